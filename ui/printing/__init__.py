"""Printing what a page shows, and exporting the table in hand."""
