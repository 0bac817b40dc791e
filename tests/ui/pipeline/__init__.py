"""Tests of the page of the pipeline."""
