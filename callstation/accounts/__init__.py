"""Accounts, their people, and how they come into the book."""
