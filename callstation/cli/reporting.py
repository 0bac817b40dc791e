"""Reports on the command line: retention, the coverage ledger, and the day sheet and weekly report."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import (
    AsJson,
    Data,
    UsageError,
    opened,
    places_of,
    printable,
    read_day,
    say,
    show,
    show_json,
    told,
)

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.renewals.retained import Retention

BY = ("month", "quarter", "year", "product", "partner", "segment")
From = Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, as 2027-06-30.")]
To = Annotated[str, typer.Option("--to", metavar="DAY", help="The last day; it is included.")]
RETENTION_TITLES = {
    "name": "Due", "due": "n", "target": "Up for renewal", "result": "Renewed for", "grr": "GRR", "nrr": "NRR",
    "logo": "Customers", "unit": "Seats", "on_time": "On time", "late": "Late", "open": "Open", "lost": "Lost",
}  # fmt: skip
CLOSED_TITLES = {
    "name": "Closed", "won": "Won", "won_value": "Won for", "lost": "Lost", "lost_value": "Lost value",
    "growth": "Growth", "growth_value": "Growth value",
}  # fmt: skip
COVER_TITLES = {
    "contract": "Contract", "account": "Account", "ends_on": "Ends", "value": "Value", "words": "Why",
    "what_to_do": "What to do",
}  # fmt: skip
FIGURE_TITLES = {
    "name": "Figure", "shown": "Value", "count": "n", "before": "Week before", "year_before": "Year before",
    "formula": "Formula",
}  # fmt: skip


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("retention")(told(retention))
    cli.command("coverage")(told(coverage))
    cli.command("report")(told(report))


def retention(
    by: Annotated[str, typer.Option("--by", metavar="WORD", help=f"{', '.join(BY)}.")] = "month",
    first: From = "",
    last: To = "",
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print what was due and what became of it.

    What is due and what was closed are two tables. The fiscal year so far without --from and --to.

    Example: callstation retention --by product --from 2026-07-01
    """
    from callstation.renewals.due_sql import By

    if by not in BY:
        raise UsageError(f"Nothing is cut by “{printable(by)}”.", "", f"Choose one of: {', '.join(BY)}.")
    cut = By.FAMILY if by == "product" else By(by)
    with opened(data) as app:
        from callstation.renewals.closed import closed_in
        from callstation.renewals.fiscal import period_of
        from callstation.renewals.retention import due_in
        from db.vocabulary import PeriodKind

        today = app.ask(lambda work: work.today)
        year = period_of(today, PeriodKind.YEAR, app.settings.fiscal_year_starts)
        start, end = _span(first, last, year.starts_on, today)
        due, closed = app.ask(due_in, start, end, by=cut), app.ask(closed_in, start, end, by=cut)
        due_rows = [_due_row(one, due.currency) for one in (*due.groups, due.total)]
        closed_rows: list[dict[str, Any]] = [
            {
                "name": one.name, "won": one.won, "won_value": one.won_value, "lost": one.lost,
                "lost_value": one.lost_value, "growth": one.growth, "growth_value": one.growth_value,
                "currency": closed.currency,
            }
            for one in (*closed.groups, closed.total)
        ]  # fmt: skip
        if as_json:
            show_json(
                {"by": by, "from": start, "to": end, "currency": due.currency, "due": due_rows, "closed": closed_rows}
            )
            return
        none = f"Nothing was due from {start} to {end}."
        shown = _in_percent(due_rows, app.settings.language)
        show(shown, RETENTION_TITLES, as_json=False, settings=app.settings, empty=none)
        typer.echo(printable(f"Renewed for: {due.source_words}"))
        for left in due.total.left_out:
            typer.echo(printable(left.words))
        show(closed_rows, CLOSED_TITLES, as_json=False, settings=app.settings)


def coverage(
    first: From = "",
    last: To = "",
    show_all: Annotated[bool, typer.Option("--all", help="Also what a contact, a plan or a close covers.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print who was missed among what ends soon.

    The next 120 days, and what ended before and is still open; with --from or --to those days alone. Exit code 3 where
    a contract has nothing.

    Example: callstation coverage --from 2026-12-01 --to 2026-12-31
    """
    with opened(data) as app:
        from callstation.renewals.coverage import Cover, ledger, ledger_rows

        today = app.ask(lambda work: work.today)
        start, end = _span(first, last, today, today + timedelta(days=120))
        with_ended = not first and not last
        found = app.ask(lambda work: ledger(work, start, end, with_ended=with_ended))
        wanted = list(Cover)[::-1] if show_all or as_json else [Cover.NOTHING]
        rows: list[dict[str, Any]] = [
            {
                "cover": row.cover.value, "why": row.why.value, "renewal_id": row.renewal_id,
                "account_id": row.account_id, "contract": row.contract_number, "account": row.account,
                "partner": row.partner, "ends_on": row.due_on, "value": row.amount, "currency": row.currency,
                "words": row.words, "what_to_do": row.what_to_do,
            }
            for cover in wanted
            for row in app.ask(partial(ledger_rows, with_ended=with_ended, limit=100_000), start, end, cover)
        ]  # fmt: skip
        parts = [
            {"cover": part.cover.value, "count": part.count, "value": part.value, "currency": found.currency}
            for part in found.parts.values()
        ]
        if as_json:
            show_json(
                {
                    "from": start, "to": end, "due": found.due, "ended": found.ended, "nothing": found.nothing,
                    "coverage": found.coverage, "is_green": found.is_green, "parts": parts,
                    "without_rate": dict(found.without_rate), "rows": rows,
                }
            )  # fmt: skip
        else:
            heads = {"cover": f"{start} to {end}", "count": "Contracts", "value": "Value"}
            show(parts, heads, as_json=False, settings=app.settings)
            for currency, number in found.without_rate.items():
                typer.echo(f"{number:,} in {currency}: no exchange rate is set, counted but in no value.")
            if found.ended is not None:
                typer.echo(_ended_words(found.ended))
            none = "Nothing ends in these days." if not found.due else "Every contract is covered. Nobody is missed."
            show(rows, COVER_TITLES, as_json=False, settings=app.settings, empty=none)
        if found.nothing:
            raise typer.Exit(3)


def report(
    what: Annotated[str, typer.Argument(help="day or week.")] = "week",
    on: Annotated[str, typer.Option(metavar="DAY", help="A day in it, as 2027-06-30; today without it.")] = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="Make the printed report and file it.")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="Make the spreadsheet with its formulas and file it.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="PATH", help="A copy goes there, a folder or a file.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print the figures of a day or a week, or make the report.

    Example: callstation report week --pdf --out .
    """
    if what not in ("day", "week"):
        raise UsageError(f"There is no report of the “{printable(what)}”.", "", "Say day or week.")
    if out is not None and not pdf and not xlsx:
        raise UsageError("A copy of what?", "", "Say --pdf or --xlsx as well.")
    with opened(data) as app:
        day = read_day(on) if on else app.ask(lambda work: work.today)
        if pdf or xlsx:
            _make(app, what, day, [one for one, is_on in (("pdf", pdf), ("xlsx", xlsx)) if is_on], out, data, as_json)
        else:
            _figures(app, what, day, as_json)


def _make(
    app: "App", what: str, day: date, formats: list[str], out: Path | None, data: Path | None, as_json: bool
) -> None:  # fmt: skip
    from callstation.cli.documents import copy_to
    from callstation.reports.making import ReportKind, make_report
    from db.vocabulary import FileFormat

    made = [
        make_report(app, ReportKind(what), FileFormat(one), day, folder=places_of(data).documents) for one in formats
    ]
    files = [str(copy_to(one.path, out) if out is not None else one.path) for one in made]
    ids = [one.document_id for one in made]
    say(f"{made[0].label}: {', '.join(files)}", as_json=as_json, report=what, day=day, files=files, document_ids=ids)


def _figures(app: "App", what: str, day: date, as_json: bool) -> None:
    from callstation.reports.figures import figures
    from callstation.reports.kpis import day_of, week_of
    from callstation.reports.making import ReportKind, heading_of
    from callstation.reports.shown import figure_shown

    app.ask(heading_of, ReportKind(what), day)  # what lies ahead has no figures, printed or not
    found = app.ask(figures, day_of(day) if what == "day" else week_of(day))
    rows: list[dict[str, Any]] = [
        {
            "key": one.key.value, "name": one.name, "value": one.value, "unit": one.unit.value, "count": one.n,
            "counted": one.counted, "apart": one.apart, "before": one.before, "year_before": one.year_before,
            "formula": one.formula, "from": one.period.starts_on, "to": one.period.ends_on,
            "shown": figure_shown(one, one.value, app.settings.language),
        }
        for one in found.figures
    ]  # fmt: skip
    if not as_json:
        for row, one in zip(rows, found.figures, strict=True):
            row["before"] = figure_shown(one, one.before, app.settings.language)
            row["year_before"] = figure_shown(one, one.year_before, app.settings.language)
    heads = {**FIGURE_TITLES, "name": found.period.name or "Figure"}
    show(rows, heads, as_json=as_json, settings=app.settings)


def _ended_words(number: int) -> str:
    if not number:
        return "Nothing that ended before is still open."
    return f"In it: {number:,} that ended before and {'is' if number == 1 else 'are'} still open."


def _span(first: str, last: str, start: date, end: date) -> tuple[date, date]:
    start, end = read_day(first) if first else start, read_day(last) if last else end
    if end < start:
        raise UsageError(f"{start} to {end} holds no day.", "", "Put the earlier day into --from.")
    return start, end


def _due_row(one: "Retention", currency: str) -> dict[str, Any]:
    from callstation.renewals.due_cells import TOTAL

    return {
        "key": None if one.key == TOTAL else one.key, "name": one.name,
        "due": one.due, "target": one.target, "result": one.result,
        "growth": one.growth, "currency": currency, "grr": one.grr, "nrr": one.nrr, "logo": one.logo, "unit": one.unit,
        "on_time": one.on_time, "early": one.early, "late": one.renewed - one.on_time_count, "open": one.open,
        "lost": sum(lost.count for lost in one.lost), "valued": one.valued, "customers_due": one.customers.due,
        "seats_due": one.seats_due,
        "lost_for": [
            {"reason": None if lost.reason is None else lost.reason.value, "count": lost.count, "value": lost.value}
            for lost in one.lost
        ],
    }  # fmt: skip


def _in_percent(rows: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    from callstation.percents import percent

    shares = ("grr", "nrr", "logo", "unit", "on_time")
    return [row | {key: percent(row[key], language) for key in shares} for row in rows]
