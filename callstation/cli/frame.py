"""What every command shares: where the store lies, how a table or JSON is printed, how a problem is told."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

import typer

from callstation.errors import CancelledError, UserError

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.paths import Places
    from callstation.settings import Settings

P = ParamSpec("P")

Data = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="The folder of the store; your own without it.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys, for another program.")]

PIPE_WIDTH = 200
"""Columns of a table that goes into a file or a pipe."""
LEAST_WIDTH, PADDING = 12, 3
"""What a column of words has at least, if it needs as much; a column of numbers is as wide as its widest."""


class UsageError(UserError):
    """What was asked wrongly: a word that does not exist, a day that is none."""


def told(command: Callable[P, None]) -> Callable[P, None]:
    """Problems become a sentence on stderr and exit code 1 (2 if asked wrongly); faults go to the log."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except UserError as error:
            for line in (error.title, error.detail, error.hint):
                if line:
                    typer.echo(printable(line), err=True)
            raise typer.Exit(2 if isinstance(error, UsageError) else 1) from error
        except CancelledError as error:
            typer.echo("Stopped. Nothing was kept.", err=True)
            raise typer.Exit(1) from error

    return run


def places_of(data: Path | None) -> "Places":
    """The folder given with ``--data``, else the user's own."""
    from callstation.paths import Places, user_places

    return Places(data) if data is not None else user_places()


@contextmanager
def opened(data: Path | None) -> "Iterator[App]":
    """The store, open until the command ends; its faults go to its log."""
    from callstation.log import get_log, start_log, stop_log
    from callstation.opening import open_app

    places = places_of(data)
    app = open_app(places)
    start_log(places.logs)
    try:
        yield app
    except (UserError, CancelledError, typer.Exit, KeyboardInterrupt):
        raise
    except Exception:
        get_log().exception("a command failed")
        raise
    finally:
        app.close()
        stop_log()


def show(
    rows: Sequence[dict[str, Any]], titles: dict[str, str], *, as_json: bool, settings: "Settings", empty: str = ""
) -> None:
    """Print rows as a table or as a JSON list; ``titles`` is key to heading, in order. JSON has every key of a row."""
    if as_json:
        show_json(list(rows))
    elif not rows:
        typer.echo(empty)
    else:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        from callstation.cli.words import cell, is_figure

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        least = 0
        shown = [{key: printable(cell(row[key], row, settings)) for key in titles} for row in rows]
        for key, title in titles.items():
            is_number = any(is_figure(row[key]) for row in rows)
            widest = max(map(len, (title if is_number else "", *(row[key] for row in shown))))
            table.add_column(
                title, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold",
                min_width=widest if is_number else min(widest, LEAST_WIDTH),
            )  # fmt: skip
            least += PADDING + (widest if is_number else min(max(widest, len(title)), LEAST_WIDTH))
        for row in shown:  # Text, never markup: "[red]" in a name is a name
            table.add_row(*map(Text, row.values()))
        console = Console(width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False)
        console.width = max(console.width, least)  # a narrow terminal wraps the line, but no number is cut
        console.print(table)


def show_json(value: Any) -> None:
    """Print one JSON value; money as text, days and moments in ISO 8601."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def say(sentence: str, *, as_json: bool, **facts: Any) -> None:
    """Print what was done: a sentence, or its facts as a JSON object."""
    if as_json:
        show_json(facts)
    else:
        typer.echo(printable(sentence))


def read_day(text: str) -> date:
    """A day that was typed, as 2027-06-30."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“{printable(text)}” is no day.", "", "Write it as 2027-06-30.") from error


def printable(text: str) -> str:
    """Text without what could steer a terminal, on one line."""
    return "".join(mark if mark.isprintable() else " " for mark in text)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
