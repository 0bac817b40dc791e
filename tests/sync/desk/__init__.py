"""Tests of a whole sync between a store and the practice org."""
