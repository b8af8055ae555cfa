"""One file a behaviour; beside them the doubles, which are real subclasses with a script."""
