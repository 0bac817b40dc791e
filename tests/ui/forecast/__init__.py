"""Tests of the page of the forecast."""
