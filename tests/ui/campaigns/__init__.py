"""Tests of the page of the same name."""
