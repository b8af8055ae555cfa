"""From files to passages that can be found and attributed; knows nothing of chat."""
