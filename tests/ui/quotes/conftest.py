"""A desk with something to quote."""

from collections.abc import Iterator

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from tests.ui.quotes.book import QuoteDesk, quote_desk


@pytest.fixture
def desk(app: App, clock: ManualClock) -> Iterator[QuoteDesk]:
    """Halden Robotics is in hand, with two contracts."""
    opened = quote_desk(app, clock)
    yield opened
    opened.close()
