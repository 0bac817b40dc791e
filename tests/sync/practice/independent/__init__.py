"""Clients nobody here wrote, from npm, against the practice org over real HTTP: long tests."""
