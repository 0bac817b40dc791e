"""The pictures of forecast and reports: the four-month grid, the bridge, figures, retention, coverage."""

from collections.abc import Callable

from ui.play import Player


def take(player: Player, keep: Callable[[str], object]) -> None:
    """Take them on the practice book that is open, in the look it has."""
    shell = player.shell

    def take_one(name: str) -> None:
        player.until(lambda: not shell.jobs.running, f"{name} is worked out")
        keep(name)

    player.press("G", "F")
    player.until(lambda: shell.current == "forecast", "the forecast")
    take_one("forecast")
    player.press("B")
    take_one("forecast-bridge")
    player.press("Esc", "G", "R")
    player.until(lambda: shell.current == "reports", "the reports")
    for digit, name in (("1", "reports"), ("2", "reports-retention"), ("3", "reports-coverage")):
        player.press(digit, *(("P", "4") if name == "reports" else ()))  # a quarter: the week has only begun
        take_one(name)
