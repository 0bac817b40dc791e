"""Quotes: what is owned, what it costs, what is offered, and how far each offer has come."""
