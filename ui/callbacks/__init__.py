"""The page of calls that were promised."""
