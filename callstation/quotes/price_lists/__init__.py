"""Price lists of vendors and distributors: read, looked at row by row, and merged into price books."""
