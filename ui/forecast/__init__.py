"""The page of the forecast: what will be won in the coming months, what moved it, and how good it was."""
