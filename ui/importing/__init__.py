"""The page that takes a list into the book."""
