"""The window for a journey: dressed as the program dresses it, on a store of the test's own."""

from collections.abc import Iterator

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from tests.journeys.desk import Desk, open_desk
from tests.ui.conftest import dressed, look

__all__ = ["dressed", "look"]


@pytest.fixture
def desk(app: App, clock: ManualClock) -> Iterator[Desk]:
    """The first of five accounts is in hand."""
    opened = open_desk(app, clock)
    yield opened
    opened.close()
