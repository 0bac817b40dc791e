"""The day's reports: figures, retention, coverage with who was missed, and what is filed of the week."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from callstation.renewals.cover import Cover
from ui.documents.again import documents_folder

if TYPE_CHECKING:
    from ui.play import Player

PERSON, NUMBER = "Mina Lowe", "+1 617 555 0163"
"""Who is found where no number worked."""


def play_reports(player: "Player") -> None:
    """The figures and retention; then the contract that has nothing gets a plan."""
    shell = player.shell
    player.press("G", "R")
    player.until(lambda: shell.current == "reports" and not shell.jobs.running, "the reports")
    page: Any = shell.page("reports")
    player.tell("Go to the reports", f"Figures of {page.said.text()}", "figures")
    for digit, name in (("2", "retention"), ("3", "coverage")):
        player.press(digit)
        player.until(lambda: not shell.jobs.running, name)
        player.tell(f"Look at {name}", page.said.text(), name)
    _cover(player, page.coverage)


def _cover(player: "Player", tab: Any) -> None:
    """Someone is found at the account of the first contract with nothing that has not ended, so that its plan goes on.

    What has ended counts with nothing until it was spoken to, whatever is planned.
    """
    shell = player.shell
    before = tab.found.parts[Cover.NOTHING].count
    player.expect(before > 0, "somebody was missed")
    rows, today = tab.cards[0].rows, shell.app.ask(lambda work: work.today)
    at = next((place for place, row in enumerate(rows) if row.due_on is not None and row.due_on >= today), None)
    player.expect(at is not None, "something with nothing ends ahead")
    row = rows[at or 0]
    player.press(*["J"] * (at or 0), "Return", "G", "A")
    player.until(lambda: shell.current == "accounts", "the accounts")
    player.press("/")
    player.type(row.account)
    player.press("Return", "P")
    player.type(PERSON)
    player.press("Tab", "Tab", "Tab")
    player.type(NUMBER)
    player.press("Return")
    player.expect(player.count("contact", f"name = '{PERSON}'") == 1, f"a person is named at {row.account}")
    player.press("G", "R")
    player.until(lambda: shell.current == "reports" and not shell.jobs.running, "the reports")
    left = tab.found.parts[Cover.NOTHING].count
    player.expect(left < before, f"fewer have nothing: {before}, {left}")
    player.tell(f"{row.words}: name someone at {row.account}", f"{before} had nothing; {tab.state.text()}", "covered")


def play_filing(player: "Player") -> None:
    """The weekly report as PDF, the pack of its figures as XLSX."""
    shell = player.shell
    for what, digit, ending in (("weekly report", "3", ".pdf"), ("pack of the week", "4", ".xlsx")):
        made = player.count("document")
        player.press("X", digit)
        player.until(lambda made=made: player.count("document") == made + 1, what)  # type: ignore[misc]
        player.until(lambda: not shell.jobs.running, what)
        path = _newest(documents_folder(shell))
        player.expect(path.suffix == ending, f"the {what} is {path.name}")
        player.tell(f"File the {what}", path.name)


def _newest(folder: Path) -> Path:
    return max((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.stat().st_mtime_ns)
