"""Tests of renewals: what it takes to close one."""
