"""The forecast on the command line: categories by months, the figures with their formulas, and the quotas."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import AsJson, Data, UsageError, opened, printable, read_day, say, show, show_json, told

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.renewals.forecast import Forecast
    from callstation.renewals.forecast_side import Cell
    from callstation.settings import Settings

PERIODS = ("month", "quarter", "year", "rolling")
BESIDE = 4
"""So many months stand beside each other in a table, as far as a terminal is wide."""
Growth = Annotated[bool, typer.Option("--growth", help="Growth beyond the renewals instead of them.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command("forecast")(told(forecast))


def forecast(
    what: Annotated[str, typer.Argument(help="quota, to set one; the forecast without it.")] = "",
    amount: Annotated[str, typer.Argument(help="The quota in your own currency, or none to take it away.")] = "",
    period: Annotated[
        str,
        typer.Option(
            metavar="WORD", help="month, quarter, year or rolling (four months): rolling without it; of a quota, month."
        ),
    ] = "",
    on: Annotated[str, typer.Option(metavar="DAY", help="A day in the period, as 2027-06-30; today without it.")] = "",
    is_growth: Growth = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print the forecast with its figures, or set a quota.

    Example: callstation forecast quota 250000 --period quarter
    """
    if what not in ("", "quota"):
        raise UsageError(f"There is no “{printable(what)}” here.", "", "Say quota and an amount, or nothing.")
    if period and period not in PERIODS:
        raise UsageError(f"There is no period “{printable(period)}”.", "", f"Choose one of: {', '.join(PERIODS)}.")
    with opened(data) as app:
        day = read_day(on) if on else app.ask(lambda work: work.today)
        if what:
            _set_quota(app, amount, period or "month", day, is_growth=is_growth, as_json=as_json)
            return
        from callstation.renewals import forecast as reading

        found = app.ask(reading.forecast, app.ask(reading.period_named, period or "rolling", day))
        if as_json:
            show_json(_facts(found, app.settings.language))
        else:
            _print(app, found, is_growth=is_growth)


def _set_quota(app: "App", amount: str, period: str, day: date, *, is_growth: bool, as_json: bool) -> None:
    from callstation.renewals.fiscal import period_of
    from callstation.renewals.quotas import clear_quota, quota_of, set_quota
    from db.vocabulary import PeriodKind

    if period == "rolling":
        raise UsageError("Four months have no quota of their own.", "", "Set one for each month, quarter or year.")
    kind = PeriodKind(period)
    if amount == "none":
        app.do(clear_quota, kind, day, is_growth=is_growth)
    else:
        app.do(set_quota, kind, day, _amount(amount, app.settings), is_growth=is_growth)
    at = period_of(day, kind, app.settings.fiscal_year_starts)
    now = app.ask(quota_of, at, is_growth=is_growth)
    words = "no quota" if now.amount is None else f"a quota of {_money(app, now.amount)}"
    say(
        f"{at.name} has {words} ({now.words}).", as_json=as_json, period=at.name, starts_on=at.starts_on,
        ends_on=at.ends_on, is_growth=is_growth, quota=now.amount, currency=app.settings.currency, words=now.words,
    )  # fmt: skip


def _money(app: "App", amount: Decimal) -> str:
    from callstation.reports.shown import money_shown

    return money_shown(amount, app.settings.currency, app.settings.language)


def _amount(text: str, settings: "Settings") -> Decimal:
    """What was typed, read as the window reads it: by the language of the settings, and nothing that is not clear."""
    from callstation.typed_amounts import read_amount

    read = read_amount(text, settings.currency, settings)
    if read.value is None:
        raise UsageError(printable(read.words), "", "")
    return read.value


def _print(app: "App", found: "Forecast", *, is_growth: bool) -> None:
    from callstation.renewals.fiscal import month_name
    from callstation.renewals.forecast import GRID
    from callstation.renewals.headline import headlines

    side, own = found.side(is_growth=is_growth), found.rates.own
    head = {"category": "Growth" if is_growth else "Renewals"}
    total = {"total": "Total", "n": "n"}
    if found.week_ago_on is not None:
        total["week_ago"] = found.week_ago_on.isoformat()
    months = [{f"{month}": month_name(month), f"{month} n": "n"} for month in side.months]
    rows: list[dict[str, Any]] = []
    for measure in GRID:
        row: dict[str, Any] = {"category": measure.label, "currency": own}
        for month in side.months:
            cell = side.cell(measure, month)
            row |= {f"{month}": cell.total, f"{month} n": cell.amount.count}
        whole = side.cell(measure)
        row |= {"total": whole.total, "n": whole.amount.count}
        row["week_ago"] = whole.total_ago
        rows.append(row)
    for at in range(0, len(months), BESIDE):  # a year stands below itself, four months beside each other
        titles = dict(head)
        for one in months[at : at + BESIDE]:
            titles |= one
        if at + BESIDE >= len(months):
            titles |= total
        show(rows, titles, as_json=False, settings=app.settings)
    figures = [
        {"label": one.label, "value": one.shown, "count": one.count, "formula": one.formula}
        for one in headlines(found, app.settings.language, is_growth=is_growth)
    ]
    heads = {"label": found.period.name, "value": "Value", "count": "n", "formula": "Formula"}
    show(figures, heads, as_json=False, settings=app.settings)
    for words in _asides(found, is_growth=is_growth):
        typer.echo(printable(words))


def _asides(found: "Forecast", *, is_growth: bool) -> list[str]:
    """What the figures do not say: adjustments, other currencies, what has no rate, what is overdue."""
    from callstation.renewals.fiscal import month_name
    from callstation.renewals.forecast import Measure

    side, own = found.side(is_growth=is_growth), found.rates.own
    said = [
        f"Adjusted {month_name(one.month)}, {one.category.value}: {one.amount:+,.2f} {own}. {one.note_words}"
        for one in found.adjustments
        if one.is_growth == is_growth
    ]
    total = side.cell(Measure.TOTAL).amount
    for original in total.originals:
        if original.currency != own:
            base = (
                "no exchange rate is set, it is in no sum" if original.base is None else f"{original.base:,.2f} {own}"
            )
            said.append(
                f"{original.count:,} in {original.currency}: {original.amount:,.2f} {original.currency} ({base})"
            )
    if total.unvalued:
        said.append(f"{total.unvalued:,} of the {total.count:,} counted {_has(total.unvalued)} no amount.")
    before = side.overdue
    if before.count:
        still = f"{before.count:,} still open, expected before {found.period.starts_on}: {before.base:,.2f} {own}"
        left = [
            f"{one.count:,} in {one.currency}, for which no exchange rate is set ({one.amount:,.2f} {one.currency})"
            for one in before.without_rate
        ]
        if before.unvalued:
            left.append(f"{before.unvalued:,} without an amount")
        said.append(f"{still}; not in that sum: {', '.join(left)}." if left else f"{still}.")
    return said


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _facts(found: "Forecast", language: str) -> dict[str, Any]:
    from callstation.renewals.forecast import GRID
    from callstation.renewals.headline import headlines

    def cell(one: "Cell") -> dict[str, Any]:
        amount = one.amount
        return {
            "category": one.measure.value, "month": one.month, "amount": amount.base, "adjusted": one.adjusted,
            "count": amount.count, "unvalued": amount.unvalued,
            "week_ago": one.total_ago, "adjusted_week_ago": one.adjusted_ago,
            "originals": [
                {"currency": at.currency, "amount": at.amount, "count": at.count, "base": at.base}
                for at in amount.originals
            ],
        }  # fmt: skip

    def side(is_growth: bool) -> dict[str, Any]:
        of = found.side(is_growth=is_growth)
        return {
            "cells": [cell(of.cell(measure, month)) for measure in GRID for month in (*of.months, None)],
            "figures": [
                {"key": one.key, "label": one.label, "value": one.value, "formula": one.formula, "count": one.count}
                for one in headlines(found, language, is_growth=is_growth)
            ],
            "stages": [
                {
                    "stage": one.stage.value,
                    "amount": one.amount.base,
                    "count": one.amount.count,
                    "win_rate": one.rate.share,
                    "is_own_rate": one.rate.is_own,
                    "closed": one.rate.closed,
                }
                for one in of.stages
            ],
            "overdue": {
                "amount": of.overdue.base,
                "count": of.overdue.count,
                "unvalued": of.overdue.unvalued,
                "without_rate": {at.currency: at.amount for at in of.overdue.without_rate},
            },
        }

    period = found.period
    return {
        "period": period.name, "starts_on": period.starts_on, "ends_on": period.ends_on, "currency": found.rates.own,
        "rates": list(found.rates.words), "week_ago_on": found.week_ago_on, "renewals": side(False),
        "growth": side(True),
        "adjustments": [
            {"adjustment_id": one.adjustment_id, "month": one.month, "category": one.category.value,
             "is_growth": one.is_growth, "amount": one.amount, "note": one.note}
            for one in found.adjustments
        ],
    }  # fmt: skip
