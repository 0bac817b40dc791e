"""The nouns: what Callstation remembers, and how the store is opened and upgraded."""
