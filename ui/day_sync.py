"""The day's end: what was done is synced with a practice org, a colleague's change is decided on, both sides agree."""

from typing import TYPE_CHECKING

from callstation.sync.overview import attention, overview
from callstation.sync.practice.told import read_told
from callstation.sync.receipt import Receipt, receipts

if TYPE_CHECKING:
    from ui.play import Player

PAUSE_S = 15 * 60
"""Between two syncs, as a rep would leave."""
MOST_DECISIONS = 5
"""More than these in a day of ten calls would be a fault, and never end."""


def play_sync(player: "Player") -> None:
    """From the Sync page's first sight to a receipt on which both sides agree."""
    shell = player.shell
    player.press("G", "S")
    player.until(lambda: shell.current == "sync", "the Sync page")
    player.tell("Go to the Sync page", "Nobody is signed in yet, nothing is lost", "sync-signed-out")
    player.press("P")
    player.until(lambda: bool(shell.app.ask(read_told)), "something has happened in the practice org")
    player.until(lambda: "practise" not in shell.jobs.running, "the practice org is ready")
    waiting = shell.app.ask(overview).waiting
    player.expect(waiting > 0, "the day's changes wait")
    player.tell("Practise syncing", f"A practice org beside the book; {waiting} changes wait", "sync-waiting")
    player.clock.advance(PAUSE_S)
    player.press("D")
    player.tell("Look first", "What would be sent, without a request", "sync-look-first")
    player.press("Esc")
    receipt = _sync(player, "sync-running")
    player.tell("Sync", _words(receipt), "sync-receipt")
    decided = _decide(player)
    player.clock.advance(PAUSE_S)
    receipt = _sync(player)
    now = shell.app.ask(overview)
    player.expect(receipt.is_balanced, f"both sides agree: {receipt.counts}")
    player.expect((now.waiting, now.attention) == (0, 0), f"nothing is left: {now}")
    player.tell("Sync again", f"{decided} decided; {_words(receipt)}; both sides agree", "sync-agreed")


def lines_of(player: "Player") -> list[str]:
    """The day's receipts, the oldest first, and the counts of the last one."""
    done = player.shell.app.ask(receipts)
    lines = [f"Sync {one.run_id}: {_words(one)}" for one in reversed(done)]
    for one in done[0].counts if done else ():
        sums = "" if one.here_sum is None else f" (sum {one.here_sum} and {one.there_sum})"
        sign = "=" if one.is_equal else "DIFFERS FROM"
        lines.append(f"  {one.label}: {one.here:,} here {sign} {one.there:,} in Salesforce{sums}")
    return lines


def _words(one: Receipt) -> str:
    """Without its seconds, for the day's clock moves only when told."""
    decide = f", {one.conflicts} to decide" if one.conflicts else ""
    return f"{one.sent} sent, {one.received} received{decide}, in {one.requests} requests"


def _sync(player: "Player", picture: str = "") -> Receipt:
    """One sync by its key; what it came to."""
    shell = player.shell
    before = len(shell.app.ask(receipts))
    player.press("Ctrl+Shift+S")
    if picture:
        player.picture(picture)
    player.until(lambda: not shell.sync_runner.is_running, "the sync has ended")
    done = shell.app.ask(receipts)
    player.expect(len(done) == before + 1, "the sync left a receipt")
    player.expect(done[0].is_whole, done[0].problem)
    beside = shell.page("sync").beside  # type: ignore[attr-defined]
    player.until(lambda: beside.receipt.is_newest(done[0].run_id), "the page shows the receipt")
    return done[0]


def _decide(player: "Player") -> str:
    """Take the first way out of everything that needs the rep: one's own value is kept, what was refused is mended."""
    made = 0
    while rows := player.shell.app.ask(attention):
        player.expect(made < MOST_DECISIONS, f"decisions end: {rows[0].title}, {rows[0].sentence}")
        player.press("1")
        left = player.shell.app.ask(attention)
        player.expect(len(left) < len(rows), f"the first way settles “{rows[0].title}”: {rows[0].sentence}")
        made += 1
    player.expect(made > 0, "the colleague's change asks for a decision")
    return f"{made} {'thing' if made == 1 else 'things'}"
