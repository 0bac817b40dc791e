"""The quote on the desk, and the page of all quotes, driven by keys through the real window."""
