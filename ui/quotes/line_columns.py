"""The columns of the table of a quote's lines."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from callstation.settings import Settings
from db.vocabulary import LineKind
from ui import words
from ui.quotes.lines import LineRow
from ui.quotes.numbers import percent
from ui.tables import Column
from ui.tokens import Kind

PRODUCT, CUSTOMER, SEATS, UNIT = "Product", "End customer", "Seats", "Unit price"
DISCOUNT, PRICE, TERM = "Disc.", "Price", "Ends"
_BOTH = 8
"""Digits of two numbers that fit beside each other."""
_SOURCES = {"contracted": "agreed", "last_paid": "paid", "typed": "typed"}
_MARKS = {LineKind.ADD_ON: "+ ", LineKind.UPGRADE: "↑ "}


def columns(
    settings: Callable[[], Settings], today: Callable[[], date], currency: Callable[[], str]
) -> tuple[Column[LineRow], ...]:
    """Product, end customer on a partner's, units, price for one, discount, price of the line, its end."""

    def unit(row: LineRow) -> str:
        if row.price_source == "unknown":
            return "none known"
        source = _SOURCES.get(row.price_source, "")
        amount = words.money(row.unit_price, currency(), settings())
        month = "" if row.plan_months == 12 else f"/{row.plan_months} mo" if row.plan_months > 1 else "/mo"
        return f"{source} {amount}{month}".strip()

    def price(row: LineRow) -> str:
        if row.is_out:
            return row.why_out
        return "no price" if row.amount is None else words.money(row.amount, currency(), settings())

    def seats(row: LineRow) -> str:
        now, before = words.count(row.quantity, settings()), words.count(row.before, settings())
        if row.is_out or not row.is_changed or len(now) + len(before) > _BOTH:
            return now  # its colour tells that it is another number
        return f"{before} → {now}"

    return (
        Column(PRODUCT, _product, width=0, role="emphasis", tone=_faded("text"), tip=_product_tip),
        Column(CUSTOMER, lambda row: row.end_customer, width=0, tone=_faded("text2"), tip=lambda row: row.end_customer),
        Column(SEATS, seats, align="right", width=104, role="emphasis", tone=_seats_tone, is_tabular=True),
        Column(UNIT, unit, align="right", width=112, tone=_unit_tone, is_tabular=True),
        Column(
            DISCOUNT,
            lambda row: _share(row, settings()),
            align="right",
            width=62,
            tone=_faded("text2"),
            is_tabular=True,
        ),
        Column(
            PRICE, price, align="right", width=108, role="emphasis", tone=_faded("text"), is_tabular=True, chip=_chip
        ),
        Column(
            TERM,
            lambda row: words.day(row.ends_on, today(), settings()) if row.ends_on and not row.is_out else "",
            align="right",
            width=100,
            role="secondary",
            tone=_faded("text2"),
            is_tabular=True,
        ),
    )


def _product(row: LineRow) -> str:
    return f"{_MARKS.get(row.kind, '')}{row.product}"


def _product_tip(row: LineRow) -> str:
    parts = [row.product, f"contract {row.contract_number}" if row.contract_number else ""]
    parts.append(f"instead of {row.owned.product}" if row.kind is LineKind.UPGRADE and row.owned else "")
    return ", ".join(part for part in parts if part)


def _share(row: LineRow, settings: Settings) -> str:
    return "" if row.is_out or row.discount == Decimal(0) else percent(row.discount, settings)


def _faded(tone: str) -> Callable[[LineRow], str]:
    return lambda row: "text3" if row.is_out else tone


def _seats_tone(row: LineRow) -> str:
    return "text3" if row.is_out else "accent_text" if row.is_changed else "text"


def _unit_tone(row: LineRow) -> str:
    return "text3" if row.is_out else "bad" if row.price_source == "unknown" else "text2"


def _chip(row: LineRow) -> tuple[Kind, str | None] | None:
    if row.is_out:
        return "mute", None
    return ("bad", None) if row.amount is None else None
