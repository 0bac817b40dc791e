"""Retention in a report's spreadsheet: what was due, kept, renewed and grown, each currency converted once."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from callstation.quotes.money import in_base, round_to
from callstation.renewals.due_list import DueRow
from callstation.renewals.retained import Outcome
from callstation.reports.pack_page import Formula, Page, Rows, below, ratio, reach

if TYPE_CHECKING:
    from callstation.reports.pack_facts import PackFacts

Money = tuple[Decimal | None, ...]


def result_of(one: DueRow) -> Decimal | None:
    """What a contract was renewed for; what is not won was for nothing."""
    return one.result if one.outcome is Outcome.WON else None if one.target is None else Decimal(0)


def counted_of(one: DueRow) -> Money:
    """(up for renewal, renewed for, kept), all None where either is not known."""
    up, renewed = one.target, result_of(one)
    return (None, None, None) if up is None or renewed is None else (up, renewed, min(up, renewed))


def write_retention(page: Page, facts: "PackFacts", at: int) -> int:
    """From row ``at`` on; the next free one."""
    count, counted = len(facts.due), [(one.currency, counted_of(one)) for one in facts.due]
    up, renewed, kept = (
        _in_own(facts, "Due", "G", column, count, ((currency, money[place]) for currency, money in counted))
        for place, column in enumerate("HIJ")
    )
    grown = _in_own(facts, "Growth", "F", "G", len(facts.grown), ((one.currency, one.a_year) for one in facts.grown))
    seats_due, seats_renewed = (
        sum(getattr(one, key) or 0 for one in facts.due) for key in ("seats_due", "seats_renewed")
    )
    seats, again = (f"SUM({reach('Due', column, count)})" for column in "KL")
    page.heading(at, (f"Due in {facts.due_name} so far", "Value"))
    first = at + 2
    target, result, growth = (f"B{first + place}" for place in (1, 3, 4))
    rows: Rows = [
        ("Contracts due", Formula(f"=COUNTA({reach('Due', 'A', count)})", count, "count")),
        ("Up for renewal, a year", up),
        ("Kept, a year", kept),
        ("Renewed for, a year", renewed),
        ("Growth of accounts with something due, a year", grown),
        ("GRR, kept / up for renewal",
         Formula(f'=IFERROR(B{first + 2}/{target},"")', ratio(kept.value, up.value), "share")),
        ("NRR, (renewed for + growth) / up for renewal",
         Formula(f'=IFERROR(({result}+{growth})/{target},"")', ratio(_sum(renewed, grown), up.value), "share")),
        ("Seats renewed / due", Formula(f'=IFERROR({again}/{seats},"")', ratio(seats_renewed, seats_due), "share")),
    ]  # fmt: skip
    return below(page, rows, at)


def _in_own(
    facts: "PackFacts", page: str, currencies: str, column: str, count: int,
    amounts: Iterable[tuple[str, Decimal | None]],
) -> Formula:  # fmt: skip
    """The sum of a column, each currency by its rate and rounded by itself, as retention does it."""
    own = facts.rates.own
    sums: dict[str, Decimal] = {}
    for currency, amount in amounts:
        sums[currency] = sums.get(currency, Decimal(0)) + (amount or 0)
    value = round_to(Decimal(0), own)
    for currency, whole in sums.items():
        rate = facts.rates.of(currency)
        if rate is not None:
            value += in_base(whole, rate, own)
    rated = len(facts.rated)
    by_currency = f"SUMIFS({reach(page, column, count)},{reach(page, currencies, count)},{reach('Rates', 'A', rated)})"
    digits = -int(value.as_tuple().exponent)
    return Formula(f"=SUMPRODUCT(ROUND({by_currency}*{reach('Rates', 'B', rated)},{digits}))", value)


def _sum(*formulas: Formula) -> Decimal:
    return sum((one.value for one in formulas if isinstance(one.value, Decimal)), Decimal(0))
