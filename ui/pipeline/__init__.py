"""The page of the pipeline: what is open, as a table, as a board, and what could be sold beside it."""
