"""A letter in the middle of a call: two presses, filed, told of on the timeline, and the call logged as ever."""

from datetime import date

from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.clock import ManualClock
from callstation.paths import Places
from tests.documents.office import LETTERHEAD, fill
from tests.ui.documents.conftest import Clerk, Opener, opener, ready

__all__ = ["opener"]


def test_a_letter_in_the_call_is_two_presses(
    app: App, clock: ManualClock, qtbot: QtBot, opener: Opener, dressed: object
) -> None:
    app.settings = LETTERHEAD
    fill(app, 3)
    ready(app)
    clerk = Clerk(app, clock, qtbot, opener)
    account = clerk.account
    clerk.press("Space")
    clerk.presses = 0
    clerk.press("L")
    clerk.settle()
    clerk.press("Enter")
    clerk.settle()
    assert clerk.presses == 2
    (path,) = Places(app.store.parent).documents.rglob("*.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    assert path.name.startswith(date(2026, 11, 23).isoformat())
    assert account in path.parent.name
    clerk.clock.advance(95)
    clerk.press("Ctrl+2")
    assert clerk.rows("SELECT kind, disposition, duration_s FROM activity ORDER BY id") == [
        ("document", None, 0), ("call", "left_voicemail", 95),
    ]  # fmt: skip
    assert clerk.account != account
    clerk.close()
