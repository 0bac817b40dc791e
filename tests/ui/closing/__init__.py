"""The page of what is to close and what has lapsed."""
