"""A rep's day through the real window, by keys alone."""
