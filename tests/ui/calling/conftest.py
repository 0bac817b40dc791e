"""The desk of the journeys, for tests of its parts."""

from tests.journeys.conftest import desk

__all__ = ["desk"]
