"""Tests of the page of the reports."""
