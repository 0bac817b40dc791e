"""The day's pipeline and forecast: several changed at once and taken back, growth from whitespace, a quota."""

from typing import TYPE_CHECKING, Any

from callstation.renewals.pipeline_filter import Filter
from db.vocabulary import RenewalStage

if TYPE_CHECKING:
    from ui.play import Player

STEP = "Send the renewal quote"


def play_pipeline(player: "Player") -> None:
    """Three of the list get a next step and a stage; the stage is taken back; all stand on the board."""
    shell = player.shell
    player.press("G", "I")
    player.until(lambda: shell.current == "pipeline" and not shell.jobs.running, "the pipeline")
    page: Any = shell.page("pipeline")
    whole = page.sums.count
    player.tell("Go to the pipeline", f"{page.layout_.said.text()} {page.totals.renewals.accessibleName()}", "pipeline")
    player.press("/")
    player.type("renewals not started")
    player.press("Return")
    player.expect(0 < page.sums.count < whole, f"the list is narrowed: {page.sums.count} of {whole}")
    player.press("F")
    player.type("Still to start")
    player.press("Return")
    player.expect(player.count("saved_filter") == 1, "the filter is saved")
    player.tell("Narrow it by words, save the filter", f"{page.layout_.said.text()} A digit recalls it")
    player.press("Shift+J", "Shift+J", "N")
    player.type(STEP)
    player.press("Return")
    player.expect(player.count("renewal", f"next_step = '{STEP}'") == 3, "three have a next step")
    player.tell("Mark three, write their next step", f"{shell.app.undo_label}", "pipeline-marked")
    contacted = player.count("renewal", f"stage = '{RenewalStage.CONTACTED}'")
    player.press("S", "2")
    now = player.count("renewal", f"stage = '{RenewalStage.CONTACTED}'")
    player.expect(now == contacted + 3, f"three have moved on: {contacted}, {now}")
    moved = shell.app.undo_label
    player.press("Ctrl+Z")
    now = player.count("renewal", f"stage = '{RenewalStage.CONTACTED}'")
    player.expect(now == contacted, f"all three are back where they were: {contacted}, {now}")
    player.tell("Their stage, and undo", f"{moved}; taken back in one step")
    player.press("Esc", "0", "B")
    lanes = sum(bool(lane.column.count) for lane in page.board.lanes)
    player.tell("Turn to the board", f"{lanes} stages have cards", "pipeline-board")


def play_whitespace(player: "Player") -> None:
    """What is eligible, and an opportunity made from it."""
    shell = player.shell
    player.press("W")
    player.until(lambda: shell.current == "whitespace" and not shell.jobs.running, "the whitespace grid")
    page: Any = shell.page("whitespace")
    player.press("/")
    player.type("eligible")
    player.press("Return")
    said = page.layout_.sums.eligible
    player.tell("Whitespace, what is eligible", f"{said.number.text()} {said.count.text()}", "whitespace")
    player.press("M")
    player.until(lambda: shell.current == "pipeline", "the pipeline")
    player.press("A")
    player.type("1800")
    player.press("Return")
    player.expect(player.count("growth", "amount IS NOT NULL") == 1, "growth was made, with its amount")
    player.tell("Make growth from a cell, with its amount", f"{shell.app.undo_label}", "growth")


def play_forecast(player: "Player") -> None:
    """The contracts of a cell, the quota of a month, and what moved since the day began."""
    shell = player.shell
    player.press("G", "F")
    player.until(lambda: shell.current == "forecast" and not shell.jobs.running, "the forecast")
    page: Any = shell.page("forecast")
    down, across = next(
        (down, across)
        for down, row in enumerate(page.cells)
        for across, cell in enumerate(row)
        if cell.month is not None and cell.amount.count
    )
    row, column = page.grid.place
    player.press(*["J"] * (down - row), *["Right"] * (across - column), "Return")
    player.expect(page.listing.isVisible() and page.listing.wanted != Filter(), "the cell lists its contracts")
    player.tell("The forecast, and the contracts of a cell", page.listing.title.text(), "forecast")
    player.press("Esc", "Q")
    player.type("250000")
    player.press("Return")
    player.expect(player.count("quota") == 1, "the quota is kept")
    player.tell("Type the month's quota", f"{shell.app.undo_label}", "forecast-quota")
    player.press("B")
    player.until(lambda: not shell.jobs.running, "the bridge")
    player.expect(page.bridge.found is not None, page.bridge.problem.text())
    player.tell("The bridge: what moved", page.bridge.said.text(), "bridge")
    player.press("Esc")
