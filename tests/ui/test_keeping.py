"""The window keeps a log that names nobody, backs up every hour, and notices what others write."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from callstation.backup import list_backups
from callstation.clock import ManualClock
from callstation.log import stop_log
from callstation.opening import open_app
from callstation.paths import Places
from tests import factories
from tests.ui.pipeline.book import fill
from ui.keeping import Keeper
from ui.pipeline.page import PipelinePage
from ui.shell import Shell


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "book")


@pytest.fixture
def shell(places: Places, clock: ManualClock, qtbot: QtBot) -> Iterator[Shell]:
    made = Shell(state_file=places.root / "window.ini")
    qtbot.addWidget(made)
    made.attach(open_app(places, clock=clock), "welcome")
    yield made
    app = made.detach()
    if app is not None:
        app.close()
    stop_log()


def test_a_backup_is_made_where_none_is_an_hour_old(
    shell: Shell, places: Places, clock: ManualClock, qtbot: QtBot
) -> None:
    keeper = Keeper(shell, shell.app)
    keeper.look()
    qtbot.waitUntil(lambda: len(list_backups(places.backups)) == 1)
    qtbot.waitUntil(lambda: not shell.jobs.running)
    keeper.look()
    assert shell.jobs.running == []
    clock.advance(timedelta(hours=1).total_seconds())
    keeper.look()
    qtbot.waitUntil(lambda: len(list_backups(places.backups)) == 2)
    qtbot.waitUntil(lambda: not shell.jobs.running)
    keeper.stop()


def test_the_window_writes_a_log_without_names(shell: Shell, places: Places) -> None:
    shell.app.do(factories.customer, "Canary Robotics", ends_on=date(2026, 12, 1))
    keeper = Keeper(shell, shell.app)
    told = "".join(path.read_text(encoding="utf-8") for path in places.logs.iterdir())
    assert "window_opened" in told
    assert "Canary" not in told
    keeper.stop()


def test_what_the_command_line_writes_shows_in_the_window(shell: Shell, places: Places, qtbot: QtBot) -> None:
    heard: list[object] = []
    shell.bus.changed.connect(heard.append)
    keeper = Keeper(shell, shell.app)
    code = (
        "import sys; from pathlib import Path; from callstation.app import App; from tests import factories\n"
        "app = App(Path(sys.argv[1])); app.do(factories.account, 'From outside'); app.close()"
    )
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", code, str(places.store)],
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    qtbot.waitUntil(lambda: bool(heard), timeout=10_000)
    keeper.stop()


def test_a_page_that_is_left_open_over_night_is_read_anew_as_the_day_turns(
    shell: Shell, clock: ManualClock, qtbot: QtBot
) -> None:
    app = shell.app
    keeper = Keeper(shell, app)
    shell.go("pipeline")
    page = shell.page("pipeline")
    assert isinstance(page, PipelinePage)
    app.record(fill)
    keeper.listen()
    assert page.table.current is not None
    page.table.choose(1)
    before = [page.model.words(1, column) for column in range(len(page.model.columns))]
    clock.advance(13 * 86_400)
    keeper.listen()
    assert [page.model.words(1, column) for column in range(len(page.model.columns))] != before
    heard: list[object] = []
    shell.bus.changed.connect(heard.append)
    keeper.listen()
    assert heard == []
    keeper.stop()
