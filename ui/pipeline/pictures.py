"""The pictures of the pipeline: the table with a category being picked, the board, and the whitespace grid."""

from collections.abc import Callable

from ui.notice_line import NoticeLine
from ui.play import Player


def take(player: Player, keep: Callable[[str], object]) -> None:
    """Take them on the practice book that is open, in the look it has."""
    shell = player.shell
    player.press("G", "I")
    player.until(lambda: shell.current == "pipeline" and not shell.jobs.running, "the pipeline")
    player.press("J", "J", "C", "4", "C")
    _quieten(player)
    keep("pipeline")
    player.press("Esc", "B")
    _quieten(player)
    keep("pipeline-board")
    player.press("W")
    player.until(lambda: shell.current == "whitespace" and not shell.jobs.running, "the whitespace grid")
    player.press("/")
    player.type("eligible")
    player.press("Return")
    keep("whitespace")


def _quieten(player: Player) -> None:
    """The line of the last action is not part of the page."""
    for line in player.shell.findChildren(NoticeLine):
        line.hide()
    player.settle()
