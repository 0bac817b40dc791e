"""The page of what is won or promised and not finished, and of what is late."""
