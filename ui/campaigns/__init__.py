"""Campaigns: whom to call for one reason, made, changed and closed."""
