"""What the work came to: figures with their formula, period and count, pictures of them, and what is printed."""
