"""The palette finds records beside commands, and choosing one opens it on the desk."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets
from callstation.work import Work
from tests import factories
from ui.calling.page import DeskPage
from ui.finding import records
from ui.shell import Shell


def fill(work: Work) -> None:
    account_id = factories.customer(work, ends_on=date(2026, 12, 1))
    factories.customer(work, "Somebody Else", ends_on=date(2026, 11, 24), person="Bo Li", e164="+16175550199")
    refresh_targets(work)
    build_day(work)
    target_id = work.rows("SELECT id FROM call_target WHERE account_id = ?", (account_id,))[0][0]
    factories.activity(work, account_id, target_id=target_id, note="Asked for a two-year price.")


@pytest.mark.parametrize("words", ["halden", "Priya", "C-1", "617 555-0142", "two-year"])
def test_the_palette_finds_an_account_by_anything_known_of_it(
    app: App, qtbot: QtBot, tmp_path: Path, words: str
) -> None:
    app.do(fill)
    shell = Shell(state_file=tmp_path / "window.ini")
    qtbot.addWidget(shell)
    shell.show()
    shell.attach(app, "desk")
    found = [one for one in records(shell, app, words) if "Else" not in one.title]
    found[0].run()
    desk = shell.page("desk")
    assert isinstance(desk, DeskPage)
    assert desk.card is not None
    assert desk.card.account == "Halden Robotics"
    shell.detach()
