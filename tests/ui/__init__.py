"""Tests of the screens, offscreen, worked by keys."""
