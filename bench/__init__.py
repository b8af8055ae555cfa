"""Quality and speed figures, measured and printed as tables."""
