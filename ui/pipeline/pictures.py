"""The pictures of the pipeline: the table with a category being picked, and the board."""

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


def _quieten(player: Player) -> None:
    """The line of the last action is not part of the page."""
    for line in player.shell.findChildren(NoticeLine):
        line.hide()
    player.settle()
