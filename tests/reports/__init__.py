"""Tests of reports: charts, figures, and what is printed of them."""
