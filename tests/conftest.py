"""What every test may ask for: a store made once and copied per test, an open app, a clock that moves when told."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from callstation.app import App
from callstation.clock import ManualClock
from callstation.settings import Settings
from db.schema import upgrade

SHARED = Path(__file__).resolve().parents[2] / "shared"

MONDAY_MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""10:00 in New York on Monday, 23 November 2026."""


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store of our version; copy it, never open it."""
    path = tmp_path_factory.mktemp("store") / "callstation.db"
    upgrade(path)
    return path


@pytest.fixture
def store(empty_store: Path, tmp_path: Path) -> Path:
    """A store of the test's own."""
    return Path(shutil.copy(empty_store, tmp_path / "callstation.db"))


@pytest.fixture
def clock() -> ManualClock:
    """Monday, 23 November 2026, 10:00 in New York."""
    return ManualClock(MONDAY_MORNING)


@pytest.fixture
def settings() -> Settings:
    return Settings(time_zone="America/New_York")


@pytest.fixture
def app(store: Path, settings: Settings, clock: ManualClock) -> Iterator[App]:
    """An open app on an empty store."""
    opened = App(store, settings=settings, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def shared() -> Path:
    """The folder of real data beside the project; the test skips where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real data beside the project is missing")
    return SHARED
