"""Tests of accounts, their people, and the search."""
