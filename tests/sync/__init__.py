"""Tests of the nouns and the store."""
