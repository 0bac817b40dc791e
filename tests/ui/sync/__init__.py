"""Tests of the Sync page, connecting and what syncs by itself."""
