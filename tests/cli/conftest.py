"""A store with a customer, and the command line on it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from callstation.__main__ import open_window, paint_window, pictures, play
from callstation.app import App
from callstation.cli import Screens, make_cli
from callstation.clock import SystemClock
from callstation.paths import Places
from callstation.settings import Settings, save_settings
from callstation.work import Work
from db.nouns import Contract, Renewal
from db.schema import upgrade
from tests.quotes import shop

Run = Callable[..., Result]
"""Words of a command to what it printed, on the store of ``folder``."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with one customer whose contract ends in a month, counted from the real day."""
    places = Places(tmp_path)
    save_settings(places.settings, Settings(time_zone="America/New_York"))
    upgrade(places.store)
    app = App(places.store, settings=Settings(time_zone="America/New_York"), clock=SystemClock())

    def make(work: Work) -> None:
        target_id = shop.halden(work)
        ends_on = work.today + timedelta(days=30)
        work.update(Renewal, 1, due_on=ends_on)
        work.update(Contract, 1, ends_on=ends_on, starts_on=ends_on - timedelta(days=364))
        work.derive("UPDATE call_target SET next_expiry_on = ? WHERE id = ?", (ends_on.isoformat(), target_id))

    app.do(make)
    app.close()
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def call(*words: str) -> Result:
        cli = make_cli(Screens(open_window, play, pictures, paint_window))
        return CliRunner().invoke(cli, [*words, "--data", str(folder)], catch_exceptions=False)

    return call
