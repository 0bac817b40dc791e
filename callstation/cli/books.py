"""What the book holds: lists out, search, and made-up books to try things on."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from callstation.cli.frame import AsJson, Data, UsageError, opened, say, show, told
from callstation.errors import UserError

LIST_NAMES = ("queue", "renewals", "activities", "accounts", "quotes", "closing")
SEARCH_TITLES = {"kind": "Kind", "title": "Found", "detail": "Where", "happened_on": "Day", "target_id": "Target"}


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("export")(told(export))
    cli.command("search")(told(search))
    cli.command("demo")(told(demo))


def export(
    what: Annotated[str, typer.Argument(help="queue, renewals, activities, accounts, quotes or closing.")],
    file: Annotated[Path, typer.Argument(help="Where to, ending in .xlsx or .csv.")],
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Write a list as a spreadsheet.

    What was text in it stays text, and never becomes a formula.

    Example: callstation export renewals renewals.xlsx
    """
    if what not in LIST_NAMES:
        raise UsageError(f"There is no list “{what}”.", "", f"Choose one of: {', '.join(LIST_NAMES)}.")
    with opened(data) as app:
        from callstation.export.files import export as write

        rows = app.ask(write, what, file)
        say(
            f"Wrote {rows:,} {'row' if rows == 1 else 'rows'} to {file}.",
            as_json=as_json,
            list=what,
            file=str(file),
            rows=rows,
        )


def search(
    text: Annotated[str, typer.Argument(help="Part of a name, a contract number, a phone number or a note.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many rows.")] = 20,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Search names, contracts, numbers and notes.

    Example: callstation search "halden"
    """
    with opened(data) as app:
        from callstation.accounts.search import find

        rows = [
            {
                "kind": hit.kind.value, "title": hit.title, "detail": hit.detail, "happened_on": hit.happened_on,
                "account_id": hit.account_id, "target_id": hit.target_id,
            }
            for hit in app.ask(find, text, limit=limit)
        ]  # fmt: skip
        show(rows, SEARCH_TITLES, as_json=as_json, settings=app.settings, empty="Nothing was found.")


def demo(
    size: Annotated[int, typer.Option(min=10, max=1_000_000, help="How many open renewals.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed and day make the same book.")] = 1,
    history: Annotated[int, typer.Option(min=0, max=50, help="Past activities for each renewal.")] = 10,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make up a believable book to try things on.

    It goes into an empty store of its own.

    Example: callstation demo --size 10000 --seed 7 --data try
    """
    from dataclasses import asdict

    if data is None:
        raise UserError("A made-up book needs a folder of its own.", "", "Say which: callstation demo --data DIR")
    with opened(data) as app:
        from callstation.demo import make_book

        def tell(share: float, step: str) -> None:
            if sys.stderr.isatty():
                typer.echo(f"\r{share:4.0%} {step:<30}", err=True, nl=share == 1)

        counts = app.record(make_book, size, seed=seed, history_per_renewal=history, on_progress=tell)
        words = ", ".join(f"{number:,} {noun}" for noun, number in asdict(counts).items())
        say(f"Made a book in {data}: {words}.", as_json=as_json, data=str(data), **asdict(counts))
