"""Lists in: preview what a file would do, then merge it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import AsJson, Data, opened, printable, read_day, say, show, show_json, told
from callstation.errors import UserError

if TYPE_CHECKING:
    from callstation.accounts.importing.preview import ListPreview
    from callstation.accounts.importing.source import Overrides, Source
    from callstation.app import App
    from callstation.settings import Settings

PROBLEM_ROWS = 20
FIELDS = (
    "Fields: contract_no, customer, account_id, reseller, distributor, vendor, product, sku, quantity, start_on,"
    " end_on, value, currency, contact, first_name, last_name, role, email, phone, mobile, street, street_2, city,"
    " state, postal_code, country, segment, order_no, status, notes; of prices also: edition, family, kind, price,"
    " cost, unit, period, min_quantity, valid_from, valid_to."
)
"""In words, for help must not load what reads lists."""
NAMED = {"contract_no": "Contract no.", "customer": "End customer"}
PRICED = {"vendor": "Vendor", "product": "Product"}
"""By which words a row of each sort of list is known."""


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("import")(told(import_list))


def import_list(
    file: Annotated[Path, typer.Argument(help="A list of contracts or prices: CSV, TSV, XLSX, XLS or ODS.")],
    prices: Annotated[
        bool | None, typer.Option("--prices/--contracts", help="Which of both it is; its header tells without.")
    ] = None,
    profile: Annotated[str, typer.Option(metavar="NAME", help="Under which name its columns are remembered.")] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help=f"What a column means; may be given often. {FIELDS}"),
    ] = None,
    date_order: Annotated[str, typer.Option(help="day_first or month_first, for dates like 03/04.")] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help="Currency of amounts that name none, as EUR.")] = "",
    country: Annotated[str, typer.Option(metavar="CODE", help="Country of rows that name none, as DE.")] = "",
    sheet: Annotated[str, typer.Option(metavar="NAME", help="Which sheet of a workbook.")] = "",
    valid_from: Annotated[
        str, typer.Option("--from", metavar="DAY", help="From when prices without a day hold; today without.")
    ] = "",
    per: Annotated[str, typer.Option(help="month or year, for prices that name neither.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen, change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before merging.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Import a list of expiring contracts, or a price list.

    Every row gets a verdict first: new, update, same, review or problem, and why.

    Example: callstation import renewals.xlsx --dry-run
    """
    from callstation.accounts.importing import imports
    from callstation.accounts.importing.source import open_source

    with opened(data) as app:
        overrides = _overrides(profile, columns or [], date_order, sheet, currency, country)
        overrides = replace(overrides, **_price_words(valid_from, per))
        source = open_source(file, overrides)
        preview = _look(app, source, overrides, prices, is_said=not as_json)
        _check_columns(preview, prices)
        if not as_json:
            _show(preview, app.settings)
        if dry_run:
            if as_json:
                show_json(_facts(preview))
            return
        if not yes and not as_json:
            typer.confirm("Merge this into the book?", abort=True)
        result = app.do(imports.merge, preview)
        say(
            f"{app.undo_label or 'Imported'}. It is import {result.batch_id}.",
            as_json=as_json, batch_id=result.batch_id, **_facts(preview),
        )  # fmt: skip


def _look(
    app: "App", source: "Source", overrides: "Overrides", is_told: bool | None, *, is_said: bool
) -> "ListPreview[Any]":
    """As what was told, or as what its header says it is, in a sentence."""
    from callstation.accounts.importing import imports
    from callstation.quotes.price_lists.price_list import is_price_list, preview_prices

    is_prices = app.ask(is_price_list, source) if is_told is None else is_told
    if is_prices and is_told is None and is_said:
        typer.echo("It is taken as a price list; --contracts takes it as a list of contracts.")
    return app.ask(preview_prices if is_prices else imports.preview, source, overrides)


def _price_words(valid_from: str, per: str) -> dict[str, Any]:
    said: dict[str, Any] = {"valid_on": read_day(valid_from)} if valid_from else {}
    if per:
        months = {"month": 1, "year": 12}.get(per.strip().lower())
        if months is None:
            raise UserError(f"There is no period “{per}”.", "", "Give month or year.")
        said["plan_months"] = months
    return said


def _overrides(
    profile: str, columns: list[str], date_order: str, sheet: str, currency: str, country: str
) -> "Overrides":
    from callstation.accounts.importing.amounts import is_currency
    from callstation.accounts.importing.days import DateOrder
    from callstation.accounts.importing.fields import Field
    from callstation.accounts.importing.shapes import country_code
    from callstation.accounts.importing.source import Overrides

    wishes: dict[Field, str | None] = {}
    for wish in columns:
        name, _, column = wish.partition("=")
        try:
            wishes[Field(name.strip())] = column.strip() or None
        except ValueError as error:
            known = ", ".join(field.value for field in Field)
            raise UserError(f"There is no field “{name}”.", "", f"Choose one of: {known}.") from error
    order: DateOrder | None = None
    if date_order:
        try:
            order = DateOrder(date_order.replace("-", "_"))
        except ValueError as error:
            raise UserError(f"There is no date order “{date_order}”.", "", "Give day_first or month_first.") from error
    code, region = currency.strip().upper(), country_code(country.strip()) or ""
    if code and not is_currency(code):
        raise UserError(f"There is no currency “{currency}”.", "", "Give its three letters, such as EUR.")
    if country and not region:
        raise UserError(f"There is no country “{country}”.", "", "Give its two letters, such as DE.")
    return Overrides(profile=profile, columns=wishes, date_order=order, sheet=sheet, currency=code, region=region)


def _check_columns(preview: "ListPreview[Any]", is_told: bool | None) -> None:
    """A list without the columns every row needs cannot be taken by a program; the window asks for them."""
    lexicon = preview.sort.lexicon
    needed = lexicon.missing(preview.mapping, lexicon.required)
    if needed:
        headers = ", ".join(preview.source.table.headers)
        wishes = " ".join(f"--map {field.value}=..." for field in needed)
        other = ""
        if is_told is None:
            other = ", or take it as a list of contracts with --contracts"
            if lexicon.name == "contracts":
                other = ", or take it as a price list with --prices"
        raise UserError(
            f"No column was found for: {', '.join(field.label for field in needed)}.",
            f"The list has: {printable(headers)}.",
            f"Say which it is with {wishes}{other}.",
        )


def _facts(preview: "ListPreview[Any]") -> dict[str, Any]:
    counts = preview.counts
    taken = {choice.header: field.value for field, choice in preview.mapping.items()}
    return {
        "file": preview.source.name,
        "rows_in_file": counts.rows_in_file,
        "verdicts": {verdict.value: number for verdict, number in counts.verdicts.items()},
        "skipped": {reason.value: number for reason, number in counts.skipped.items()},
        "columns": taken,
        "columns_left_out": [column.header for column in preview.columns if column.field is None],
        "questions": [{"kind": one.kind.value, "text": one.text, "answer": one.answer} for one in preview.questions],
        "assumed": list(preview.remarks),
        "problems": _problems(preview, PROBLEM_ROWS),
        "updates": _updates(preview, PROBLEM_ROWS),
        "warnings": _warnings(preview),
    }


def _names(preview: "ListPreview[Any]") -> dict[str, str]:
    return PRICED if preview.sort.lexicon.name == "prices" else NAMED


def _problems(preview: "ListPreview[Any]", limit: int) -> list[dict[str, Any]]:
    from db.vocabulary import Verdict

    return [
        {"row_number": row.row_number, "verdict": row.verdict.value, **_named(preview, row), "why": row.why}
        for verdict in (Verdict.PROBLEM, Verdict.REVIEW)
        for row in preview.rows(verdict, limit=limit)
    ][:limit]


def _updates(preview: "ListPreview[Any]", limit: int) -> list[dict[str, Any]]:
    from db.vocabulary import Verdict

    return [
        {
            "row_number": row.row_number, **_named(preview, row),
            "changes": [{"what": one.what, "was": one.old, "now": one.new} for one in row.changes],
        }
        for row in preview.rows(Verdict.UPDATE, limit=limit)
    ]  # fmt: skip


def _warnings(preview: "ListPreview[Any]") -> list[dict[str, Any]]:
    """All of them: what is left out of a row that is taken must not be passed over."""
    return [
        {"row_number": row.row_number, **_named(preview, row), "warning": warning}
        for row in preview.warned_rows()
        for warning in row.warnings
    ]


def _named(preview: "ListPreview[Any]", row: Any) -> dict[str, str]:
    return {key: getattr(row, key) for key in _names(preview)}


def _change_words(change: dict[str, str]) -> str:
    return f"{change['what']}: {change['was'] or 'none'} -> {change['now']}"


def _show(preview: "ListPreview[Any]", settings: "Settings") -> None:
    """The columns as understood, the counts that add up, the first rows that need a look."""
    facts, names = _facts(preview), _names(preview)
    put: Callable[[str], None] = typer.echo
    number = facts["rows_in_file"]
    put(f"{printable(facts['file'])}: {number:,} {'row' if number == 1 else 'rows'}")
    for header, field in facts["columns"].items():
        put(f"  {printable(header)} -> {field}")
    if facts["columns_left_out"]:
        put(f"  Nothing is taken from: {printable(', '.join(facts['columns_left_out']))}.")
    parts = [f"{number:,} {word}" for word, number in facts["verdicts"].items() if number]
    parts += [f"{number:,} left out ({word})" for word, number in facts["skipped"].items() if number]
    put("  " + ", ".join(parts))
    for one in preview.questions:
        put(f"  {printable(one.text)} Taken as: {dict(one.options).get(one.answer) or 'none'}.")
    for remark in preview.remarks:
        put(f"  {remark}")
    if facts["problems"]:
        titles = {"row_number": "Row", "verdict": "Verdict", **names, "why": "Why"}
        show(facts["problems"], titles, as_json=False, settings=settings)
    if facts["updates"]:
        put("What the updates change:")
        changed = [{**row, "changes": "; ".join(map(_change_words, row["changes"]))} for row in facts["updates"]]
        titles = {"row_number": "Row", **names, "changes": "Was -> now"}
        show(changed, titles, as_json=False, settings=settings)
        if (more := facts["verdicts"]["update"] - len(changed)) > 0:
            put(f"And {more:,} more.")
    if warnings := facts["warnings"]:
        rows = len({one["row_number"] for one in warnings})
        put(f"{rows:,} {'row is' if rows == 1 else 'rows are'} taken with a warning:")
        titles = {"row_number": "Row", **names, "warning": "Warning"}
        show(warnings[:PROBLEM_ROWS], titles, as_json=False, settings=settings)
        if len(warnings) > PROBLEM_ROWS:
            put(f"And {len(warnings) - PROBLEM_ROWS:,} more; --json gives them all.")
