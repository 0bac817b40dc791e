"""Documents in the window: on the desk, in batches, on the account."""
