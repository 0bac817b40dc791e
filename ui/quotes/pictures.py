"""The pictures of quotes: worked out in the call, explained, below the floor, for a partner, stored, and the list."""

from collections.abc import Callable

from PySide6.QtTest import QTest

from callstation.work import Work
from ui.play import Player

_SOON_MS = 250
"""Within this what is drawn beside the window has begun."""
COMPACT = (1093, 575)


def take(player: Player, keep: Callable[[str], object]) -> None:
    """Take them on the practice book that is open, in the look it has."""
    shell = player.shell

    def take_one(name: str) -> None:
        _rest(player)
        keep(name)

    _open(player, _WITHOUT_QUOTE)
    player.press("Space")
    player.clock.advance(252)
    player.press("Q", "Return")
    player.type("+12")
    take_one("quote")
    player.press("Return", "3", "D")
    player.type("14")
    player.press("Return", "E")
    take_one("quote-explain")
    player.press("E", "Ctrl+Return")
    player.type("A rival offers a fifth less")
    take_one("quote-approval")
    player.press("Esc")
    wide = shell.size()
    shell.resize(*COMPACT)
    take_one("quote-compact")
    shell.resize(wide)
    player.press("Ctrl+Z", "Ctrl+Z", "Ctrl+P")
    take_one("quote-preview")
    player.press("Esc", "Esc", "Space")
    _open(player, _PARTNER)
    player.press("Q", "2")
    take_one("quote-partner")
    _open(player, _SENT)
    player.press("Q")
    take_one("quote-sent")
    player.press("3", "Return")
    player.type("+5")
    player.press("Return")
    take_one("quote-changes")
    shell.app.record(_unprice)
    _open(player, _WITHOUT_QUOTE)
    player.press("Q")
    take_one("quote-no-price")
    shell.app.record(_close_all)
    _open(player, _WITHOUT_QUOTE)
    player.press("Q")
    take_one("quote-empty")
    player.press("Esc", "G", "Q")
    take_one("quotes")


_QUOTED = "EXISTS (SELECT 1 FROM quote q WHERE q.account_id = t.account_id)"
_LINES = """(SELECT count(*) FROM renewal r JOIN contract_line l ON l.contract_id = r.contract_id
             WHERE r.target_id = t.id AND r.closed_at IS NULL)"""
_WITHOUT_QUOTE = f"a.kind = 'customer' AND a.country = 'US' AND NOT {_QUOTED} ORDER BY {_LINES} DESC, t.amount DESC"
_PARTNER = f"a.kind = 'partner' ORDER BY {_LINES} DESC, t.id"
_SENT = f"""a.kind = 'customer' AND EXISTS (SELECT 1 FROM quote q WHERE q.account_id = t.account_id
            AND q.status = 'sent') ORDER BY {_LINES} DESC, t.id"""


def _open(player: Player, which: str) -> None:
    """Bring the first account of a kind into hand."""
    page = player.shell.page("desk")
    sql = f"SELECT t.id FROM call_target t JOIN account a ON a.id = t.account_id WHERE {which} LIMIT 1"
    ((target_id,),) = player.shell.app.ask(lambda work: work.rows(sql))
    page.open(target_id=target_id)
    player.settle()


def _unprice(work: Work) -> None:
    """Nobody knows a price any more."""
    work.derive("DELETE FROM price_entry")
    work.derive("DELETE FROM contracted_price")
    work.derive("UPDATE contract_line SET value = NULL")
    work.derive("UPDATE renewal SET amount = NULL")
    work.derive("UPDATE contract SET value = NULL")


def _close_all(work: Work) -> None:
    """Nothing is up for renewal any more."""
    work.derive("UPDATE renewal SET closed_at = 0 WHERE closed_at IS NULL")


def _rest(player: Player) -> None:
    """Until nothing is under way."""
    for _ in range(2):
        QTest.qWait(_SOON_MS)
        player.until(lambda: not player.shell.jobs.running, "everything is drawn")
