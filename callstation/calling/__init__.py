"""The call campaign: whom to call, whether we may, and what came of it."""
