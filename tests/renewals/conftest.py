"""What the tests of snapshots share: as many apps on empty stores as one wants."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.settings import Settings
from tests.renewals.edits import start


@pytest.fixture
def fresh(empty_store: Path, tmp_path: Path) -> Callable[[], App]:
    """A new app on an empty store with each call."""
    made: list[App] = []

    def make() -> App:
        path = Path(copy(empty_store, tmp_path / f"store-{len(made)}.db"))
        clock = ManualClock(datetime(2026, 10, 20, 15, 0, tzinfo=UTC))  # with days on both sides of the end of DST
        made.append(App(path, settings=Settings(time_zone="America/New_York"), clock=clock))
        made[-1].record(start)
        return made[-1]

    return make
