"""Documents in the window: made on the desk for the account in hand, and in batches on a page of their own."""
