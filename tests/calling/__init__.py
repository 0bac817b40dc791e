"""Tests of the call campaign."""
