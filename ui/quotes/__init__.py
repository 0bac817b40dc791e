"""The quote in the call, its versions, and the page of all quotes."""
