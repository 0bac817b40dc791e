"""The desk, offscreen."""
