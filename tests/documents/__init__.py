"""Documents: their data, their files, and what makes them."""
