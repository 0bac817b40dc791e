"""The scripted day itself: a list, ten calls, an undo, papers, pipeline, forecast, reports, and all is synced."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from callstation.calling import queue
from callstation.demo.letterhead import LETTERHEAD
from callstation.demo.sheet import sample_list
from callstation.export.files import export
from callstation.settings import Settings
from ui.day_papers import play_letter, play_prices, play_quote
from ui.day_pipeline import play_forecast, play_pipeline, play_whitespace
from ui.day_reports import play_filing, play_reports
from ui.day_sync import lines_of, play_sync
from ui.play import BrokenDayError, Player, clipboard, monday_at

SETTINGS = Settings(time_zone="America/New_York", dial_with="clipboard", theme="light", **LETTERHEAD)


def play(out: Path) -> int:
    """Play the day, save numbered pictures in ``out``, print what happened; 0 where all of it came to pass."""
    console = Console(width=118)
    player = Player.at_desk(out, at=monday_at(11), settings=SETTINGS)
    broken = ""
    try:
        for step in (
            _import,
            play_prices,
            _calls,
            _callback,
            _undo,
            play_quote,
            play_letter,
            play_pipeline,
            play_whitespace,
            play_forecast,
            play_reports,
            play_filing,
            play_sync,
            _look_around,
            _exports,
        ):
            step(player)
    except BrokenDayError as error:
        broken = str(error)
        player.picture("broken")
    console.print(_table(player))
    calls, presses = player.count("activity", "kind = 'call'"), sum(step.presses for step in player.done)
    console.print(f"{calls} calls are in the store, {player.count('outbox_entry')} changes wait for the CRM.")
    for line in lines_of(player):
        console.print(line, highlight=False)
    console.print(f"{presses} key presses in all. Pictures and documents are in {out}.")
    player.close()
    if broken:
        console.print(f"[bold red]The day broke:[/] {broken}")
    return 1 if broken else 0


def _import(player: Player) -> None:
    player.expect(player.shell.current == "welcome", "an empty book welcomes")
    player.tell("Start on an empty book", "The first-run page", "first-run")
    page = player.shell
    player.press("Ctrl+O")
    player.until(lambda: page.current == "import", "the import page")
    clipboard(sample_list(player.clock))
    player.press("Ctrl+V")
    importing = page.page("import")
    player.until(lambda: importing.preview is not None, "the rows are read")  # type: ignore[attr-defined]
    player.tell(
        "Paste a distributor's list",
        f"{_rows_of(importing)} rows, each with its verdict",
        "import-preview",
    )
    player.press("Ctrl+Return")
    player.until(lambda: importing.result is not None, "the rows are merged")  # type: ignore[attr-defined]
    contracts = player.count("contract")
    player.expect(contracts > 30, "contracts were imported")
    player.tell("Merge it", f"{contracts} contracts, {player.count('account')} accounts", "imported")
    player.press("G", "D")
    player.until(lambda: page.current == "desk" and player.in_hand() is not None, "the desk with its first account")
    player.tell("Go to the desk", f"{player.in_hand()} is in hand", "desk")


def _calls(player: Player) -> None:
    for what, keys, picture in (
        ("No answer", ("Space", "1"), ""),
        ("Voicemail, with its standard note", ("Space", "2"), ""),
        ("Gatekeeper", ("Space", "3"), ""),
        ("Wrong number, confirmed", ("Space", "4", "Return"), ""),
        ("Call back tomorrow, same time", ("Space", "6", "2"), "callback-strip"),
        ("Quote requested, by the standard promise", ("Space", "7", "1"), ""),
        ("Declined, for its price", ("Space", "8", "1"), "reasons"),
    ):
        _call(player, what, keys, picture)
    name = _start(player)
    player.press("N")
    player.type("Wants two years if the uplift stays under 4 percent.")
    player.picture("note")
    player.press("Ctrl+5", "1")
    _logged(player, f"Renewing, with a note: {name}")
    name = _start(player)
    player.press("6")
    player.type("in 30 minutes")
    player.picture("typed-time")
    player.press("Return")
    _logged(player, f"Call back in half an hour: {name}")
    _call(player, "Do not call, confirmed", ("Space", "9", "Return"), "")


def _callback(player: Player) -> None:
    player.pass_time(29)
    due = player.shell.app.ask(queue.page).due
    player.expect(len(due) == 1, "the callback has risen to the top")
    player.tell("Half an hour passes", f"The callback for {due[0].account} has risen to the top", "callback-due")


def _undo(player: Player) -> None:
    before = player.count("phone", "is_do_not_call")
    player.press("Ctrl+Z")
    player.expect(player.count("phone", "is_do_not_call") == before - 1, "the do-not-call was taken back")
    player.tell("Undo the last log", "The number may be called again, the account is back in hand", "undone")


def _look_around(player: Player) -> None:
    name = player.in_hand() or ""
    player.press("/")
    player.type(name.split(" ")[0][:6])
    player.tell("Search", f"Found by the first letters of {name}", "search")
    player.press("Esc", "Ctrl+K")
    player.type("sett")
    player.tell("Command palette", "Commands, accounts, contacts, numbers", "palette")
    player.press("Esc", "?")
    player.tell("Key sheet", "Every key", "keys")
    player.press("Esc")
    for keys, page_id in ((("G", "C"), "callbacks"), (("G", "A"), "accounts"), (("Ctrl+,",), "settings")):
        player.press(*keys)
        player.until(lambda page_id=page_id: player.shell.current == page_id, page_id)  # type: ignore[misc]
        player.tell(f"Go to {page_id}", "", page_id)


def _exports(player: Player) -> None:
    for name, file in (("activities", "activities.xlsx"), ("queue", "queue.csv")):
        rows = player.shell.app.ask(export, name, player.out / file)
        player.expect(rows > 0, f"{file} has rows")
        player.tell(f"Export the {name}", f"{rows} rows in {file}")


def _start(player: Player) -> str:
    name = player.in_hand()
    player.expect(name is not None, "an account is in hand")
    player.press("Space")
    return name or ""


def _call(player: Player, what: str, keys: tuple[str, ...], picture: str) -> None:
    name = player.in_hand()
    player.expect(name is not None, "an account is in hand")
    player.press(*keys[:-1])
    if picture:
        player.picture(picture)
    player.press(keys[-1])
    _logged(player, f"{what}: {name}")


def _logged(player: Player, what: str) -> None:
    made = sum(": " in step.what for step in player.done) + 1
    player.until(lambda: player.count("activity", "kind = 'call'") == made, f"{what} is logged")
    label = player.shell.app.undo_label or ""
    player.tell(what, f"{label}; next is {player.in_hand()}")


def _rows_of(importing: object) -> int:
    rows: int = sum(importing.preview.counts.verdicts.values())  # type: ignore[attr-defined]
    return rows


def _table(player: Player) -> Table:
    table = Table(title="A day on the desk, by keys alone")
    for name in ("#", "what", "keys", "what came of it", "picture"):
        table.add_column(name, justify="right" if name in ("#", "keys") else "left")
    for number, step in enumerate(player.done, start=1):
        table.add_row(str(number), step.what, str(step.presses), step.result, step.picture)
    return table
