"""The stored lines of a quote as priced lines: each sum is made from the row alone, as it was shown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from callstation.quotes.money import exact, round_to
from callstation.quotes.pricing import amount_of, explain, factors_of, undiscounted
from callstation.quotes.worksheet import PricedLine
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import LineKind

_LINES = """
    SELECT l.key, l.kind, l.renewal_id, l.product_id, l.product, l.sku, coalesce(p.family, ''), l.end_customer,
           l.quantity, l.unit_list, l.plan_months, l.price_source, l.contracted, l.uplift, l.discount, l.multiplier,
           l.multiplier_words, l.unit_cost, l.fee, l.starts_on, l.ends_on, l.list_amount, l.amount
    FROM quote_line l LEFT JOIN product p ON p.id = l.product_id WHERE l.quote_id = ? ORDER BY l.position, l.id"""


class StoredLines(NamedTuple):
    """The lines of a quote, and what the discounts took off them together."""

    lines: tuple[PricedLine, ...]
    discount_total: Decimal


def lines_of(work: Work, quote_id: int, currency: str) -> StoredLines:
    """The lines in their order."""
    lines = tuple(_line(row, currency) for row in work.rows(_LINES, (quote_id,)))
    with exact():
        off = sum((_taken_off(line, currency) for line in lines), Decimal(0))
    return StoredLines(lines, off)


def _taken_off(line: PricedLine, currency: str) -> Decimal:
    factors = factors_of(line)
    return undiscounted(factors, currency) - (amount_of(factors, currency) - factors.fee)


def _line(row: tuple[Any, ...], currency: str) -> PricedLine:
    (key, kind, renewal_id, product_id, product, sku, family, end_customer, quantity, unit_list, months, source,
     contracted, uplift, discount, multiplier, words, unit_cost, fee, starts, ends, listed, amount) = row  # fmt: skip
    numerator, denominator = multiplier.split("/")
    line = PricedLine(
        key, LineKind(kind), renewal_id, product_id, product, sku, family, end_customer, quantity,
        from_units(unit_list), months, source, _money(contracted), from_units(uplift), from_units(discount),
        (int(numerator), int(denominator)), words, _money(unit_cost), from_units(fee), date.fromisoformat(starts),
        date.fromisoformat(ends), from_units(listed), from_units(amount), None, (),
    )  # fmt: skip
    return _with_sum(line, currency)


def _with_sum(line: PricedLine, currency: str) -> PricedLine:
    cost = None
    if line.unit_cost is not None and line.unit_list:
        with exact():  # the list amount carries the multiplier, also where the price follows what was paid
            cost = round_to(line.list_amount * line.unit_cost / line.unit_list, currency)
    return replace(line, cost=cost, steps=explain(factors_of(line), currency))


def _money(units: int | None) -> Decimal | None:
    return None if units is None else from_units(units)
