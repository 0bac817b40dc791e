"""How quotes are printed: the four options side by side, one quote with its lines, and every sum step by step."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from callstation.cli.frame import printable, show, show_json
from callstation.quotes.cards import difference, read_quote
from callstation.quotes.money import number, percent
from callstation.quotes.options import compare
from callstation.quotes.worksheet import Choices, OptionView, PricedLine, Worksheet

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.settings import Settings

OPTION_TITLES = {
    "option": "Option", "list_total": "List", "discount": "Discount", "total": "Price",
    "per_seat_month": "Seat and month", "margin": "Margin", "growth": "Growth", "ends_on": "Ends",
    "approval": "Approval",
}  # fmt: skip
LINE_TITLES = {
    "product": "Product", "end_customer": "End customer", "quantity": "Seats", "unit_list": "List",
    "source": "Price is", "discount": "Discount", "starts_on": "Starts", "ends_on": "Ends", "amount": "Price",
}  # fmt: skip


def compare_options(settings: "Settings", sheet: Worksheet, choices: Choices, *, explain: bool, as_json: bool) -> None:
    """Print the four ways to renew, what keeps one from being quoted, and each sum of the chosen one if asked."""
    views = compare(sheet, choices)
    chosen = next(view for view in views if view.option is choices.option)
    if as_json:
        options = [_option(view, sheet.currency, with_lines=True) for view in views]
        show_json({"account": sheet.account, "currency": sheet.currency, "chosen": choices.option.value,
                   "left_out": list(sheet.left_out), "options": options})  # fmt: skip
        return
    if not sheet.lines:
        typer.echo(printable(f"Nothing is up for renewal at {sheet.account}."))
        return
    rows = [_option(view, sheet.currency, with_lines=False) for view in views]
    for row, view in zip(rows, views, strict=True):
        margin = "unknown" if view.margin is None else percent(view.margin)
        row |= {"option": view.title, "discount": percent(view.discount), "margin": margin}
    show(rows, OPTION_TITLES, as_json=False, settings=settings)
    for words in (*sheet.left_out, *dict.fromkeys(problem for view in views for problem in view.problems)):
        typer.echo(printable(words))
    if explain:
        typer.echo(printable(f"{chosen.title}. {chosen.about}"))
        _explain(chosen.lines, chosen.total, sheet.currency)


def say_quote(app: "App", quote_id: int, file: Path | None, *, explain: bool, as_json: bool) -> None:
    """Print how a quote stands now, line by line."""
    card = app.ask(read_quote, quote_id)
    row, currency = card.row, card.row.currency
    if as_json:
        show_json({
            "quote_id": quote_id, "number": row.number, "version": row.version, "status": row.status.value,
            "option": row.option.value, "account": row.account, "currency": currency, "total": row.total,
            "list_total": card.list_total, "discount": card.discount, "margin": card.margin, "growth": card.growth,
            "valid_until": row.valid_until, "ends_on": row.ends_on, "approval_level": card.approval_level.value,
            "needs_approval": card.needs_approval, "approved_by": card.approved_by,
            "lines": [_line(line, currency) for line in card.lines], "file": None if file is None else str(file),
        })  # fmt: skip
        return
    lines = [{**_line(line, currency), "discount": percent(line.discount)} for line in card.lines]
    titles = dict(LINE_TITLES)
    if not any(line.end_customer for line in card.lines):
        del titles["end_customer"]
    show(lines, titles, as_json=False, settings=app.settings)
    status = row.status.value.replace("_", " ")
    total = f"{number(row.total, currency)} {currency}"
    typer.echo(printable(f"{row.label}: {total}, {status}, valid until {row.valid_until.isoformat()}."))
    if card.needs_approval:
        typer.echo(f"Its discount is for the {card.approval_level.value} to allow; it cannot be sent before.")
    changes = app.ask(difference, quote_id) if row.status.is_open else None
    for change in changes.changes if changes is not None else ():
        typer.echo(printable(f"Since then: {change.line}: {change.words}."))
    if explain:
        _explain(card.lines, row.total, currency)
    if file is not None:
        typer.echo(printable(f"Filed {file}"))


def _explain(lines: Iterable[PricedLine], total: Decimal, currency: str) -> None:
    """The sum of each line, step by step, and the total of the lines."""
    for line in lines:
        whose = f", {line.end_customer}" if line.end_customer else ""
        typer.echo(printable(f"{line.product}{whose}, {line.starts_on.isoformat()} to {line.ends_on.isoformat()}"))
        for step in line.steps:
            typer.echo(printable(f"    {step.words} = {number(step.amount, currency)}"))
    typer.echo(f"Total {number(total, currency)} {currency}")


def _option(view: OptionView, currency: str, *, with_lines: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "option": view.option.value, "currency": currency, "list_total": view.list_total, "total": view.total,
        "discount_total": view.discount_total, "discount": view.discount, "growth": view.growth, "margin": view.margin,
        "per_seat_month": view.per_seat_month, "starts_on": view.starts_on, "ends_on": view.ends_on,
        "approval": view.approval.words, "problems": list(view.problems),
    }  # fmt: skip
    return {**row, "about": view.about, "lines": [_line(one, currency) for one in view.lines]} if with_lines else row


def _line(line: PricedLine, currency: str) -> dict[str, Any]:
    return {
        "key": line.key, "kind": line.kind.value, "product": line.product, "sku": line.sku,
        "end_customer": line.end_customer, "quantity": line.quantity, "unit_list": line.unit_list,
        "plan_months": line.plan_months, "source": line.price_source.replace("_", " "), "contracted": line.contracted,
        "uplift": line.uplift, "discount": line.discount, "multiplier": f"{line.multiplier[0]}/{line.multiplier[1]}",
        "starts_on": line.starts_on, "ends_on": line.ends_on, "fee": line.fee, "amount": line.amount,
        "currency": currency, "steps": [{"words": step.words, "amount": step.amount} for step in line.steps],
    }  # fmt: skip
