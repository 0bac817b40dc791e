"""The pictures of the Sync page: not connected, what needs the rep and what waits, a run, and its receipt."""

from collections.abc import Callable

from PySide6.QtTest import QTest

from callstation.calling.calls import log_outcome
from callstation.paths import Places
from callstation.sync.answers import refuse
from callstation.sync.crm import Refusal
from db.vocabulary import Disposition, SyncEntity
from ui.notice_line import NoticeLine
from ui.play import Player

_DAY = (
    Disposition.NO_ANSWER, Disposition.LEFT_VOICEMAIL, Disposition.VERBAL_YES, Disposition.GATEKEEPER,
    Disposition.NO_ANSWER, Disposition.LEFT_VOICEMAIL, Disposition.NO_ANSWER,
)  # fmt: skip

_SOON_MS = 250
"""Within this the card beside the lists has followed."""


def take(player: Player, keep: Callable[[str], object]) -> None:
    """Take them on the practice book that is open, in the look it has."""
    shell = player.shell
    shell.own = Places(shell.app.store.parent.parent)  # so that this book may practise syncing
    player.press("G", "S")
    player.until(lambda: shell.current == "sync", "the Sync page")
    _quieten(player)
    keep("sync-signed-out")
    player.press("P")
    page = shell.page("sync")
    player.until(lambda: not shell.jobs.running and page.seen.connection is not None, "practised")  # type: ignore[attr-defined]
    player.press("Ctrl+Shift+S")
    player.until(lambda: not shell.sync_runner.is_running, "the colleague's work came in")
    _work(player)
    _quieten(player)
    keep("sync")
    under_way: list[str] = []

    def on_progress(_done: int, total: int, said: str) -> None:
        if total and not under_way:
            under_way.append(said)
            keep("sync-running")

    shell.sync_runner.progressed.connect(on_progress)
    player.press("Ctrl+Shift+S")
    player.until(lambda: not shell.sync_runner.is_running, "synced")
    _quieten(player)
    keep("sync-receipt")


def _work(player: Player) -> None:
    """A few calls of the day, and one change that Salesforce has refused before."""
    app = player.shell.app
    targets = [row[0] for row in app.ask(lambda work: work.rows(
        "SELECT id FROM call_target WHERE state = 'ready' ORDER BY id LIMIT ?", (len(_DAY),)
    ))]  # fmt: skip
    for target_id, disposition in zip(targets, _DAY, strict=True):
        app.do(log_outcome, target_id, disposition, note="Left word about the end of the term.", duration_s=40)
        player.clock.advance(260)
    ((activity_id,),) = app.ask(lambda work: work.rows("SELECT max(id) FROM activity WHERE kind = 'call'"))
    rule = Refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Every call needs a next step.", ("Description",))
    app.record(refuse, SyncEntity.ACTIVITY, activity_id, rule)
    player.settle()


def _quieten(player: Player) -> None:
    """Without the line of the last action, and with what comes in its own time on the screen."""
    for line in player.shell.findChildren(NoticeLine):
        line.hide()
    QTest.qWait(_SOON_MS)
