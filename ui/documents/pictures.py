"""The pictures of documents and closing: a letter in the call, batches, what is left to close, the letterhead."""

from collections.abc import Callable

from PySide6.QtTest import QTest

from callstation.work import Work
from db.nouns import Contact
from ui.play import Player

_SOON_MS = 250
"""Within this what is drawn beside the window has begun."""


def take(player: Player, keep: Callable[[str], object]) -> None:
    """Take them on the practice book that is open, in the look it has."""
    shell = player.shell

    def take_one(name: str) -> None:
        _rest(player)
        keep(name)

    player.press("L")
    take_one("document")
    player.press("Esc", "G", "L")
    _hide_addresses(player)
    player.press("A", "F", "F")
    take_one("batch")
    player.press("B")
    take_one("batch-blocked")
    page = shell.page("documents")
    under_way: list[int] = []

    def on_progress(done: int, total: int) -> None:
        if done > total // 3 and not under_way:
            under_way.append(done)
            keep("batch-running")

    page.batching.on_progress = on_progress  # type: ignore[attr-defined]
    player.press("Ctrl+Return")
    take_one("batch-done")
    player.press("G", "O")
    take_one("closing")
    player.press("L")
    take_one("lapse")
    shell.go("settings", setting="company_name")
    take_one("letterhead")


def _rest(player: Player) -> None:
    """Until nothing is under way."""
    for _ in range(2):
        QTest.qWait(_SOON_MS)
        player.until(lambda: not player.shell.jobs.running, "everything is drawn")


def _hide_addresses(player: Player) -> None:
    """Two people whose e-mail address nobody knows yet."""
    player.shell.app.do(_forget_some)


def _forget_some(work: Work) -> None:
    for (contact_id,) in work.rows("SELECT id FROM contact WHERE email IS NOT NULL ORDER BY id LIMIT 2"):
        work.update(Contact, contact_id, email=None)
