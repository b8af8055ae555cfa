"""From a question to a checked answer, and the faces it has."""
