"""Tests of quotes: prices, options, and a quote's life."""
