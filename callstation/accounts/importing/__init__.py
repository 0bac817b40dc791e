"""Import: read a file, find its table, map the columns, stage the rows, and merge them in one step."""
