"""The desk: the queue, the account in hand with its outcome keys, and what is known of the customer."""
