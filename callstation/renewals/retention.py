"""Retention read from the book: what was due in a span, cut by period, product family, partner or segment."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from callstation.renewals.due_cells import TOTAL, cells_of
from callstation.renewals.due_customers import customers_of
from callstation.renewals.due_groups import in_order, names_of, rates_of, span_of
from callstation.renewals.due_sql import By, Of
from callstation.renewals.grown import grown_beside_due
from callstation.renewals.retained import Cell, Customers, Retention, retain
from callstation.renewals.won_for import SOURCE_WORDS
from callstation.work import Work

__all__ = ["By", "DueTable", "due_in"]


@dataclass(frozen=True, slots=True)
class DueTable:
    """What was due from ``first`` to ``last``: the whole, and its groups. What was closed then is another table."""

    by: By
    first: date
    last: date
    total: Retention
    groups: tuple[Retention, ...]
    currency: str
    """The base currency of all money in it."""
    source_words: str


def due_in(work: Work, first: date, last: date, *, by: By = By.MONTH) -> DueTable:
    """What was due within both days (included); by period, the fiscal periods that lie in between, the odd ends cut.

    ``UserError`` where the exchange rates of the settings cannot be read.
    """
    span = span_of(work, first, last, by)
    cells, customers = cells_of(work, Of.DUE, by, span), customers_of(work, by, span)
    growth = grown_beside_due(work, by, span)
    rate_of, base = rates_of(work.settings), work.settings.currency
    by_group: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_group[cell.group].append(cell)
    keys = {*by_group, *growth} - {TOTAL}
    names = names_of(work, by, span, keys)

    def figures(key: str, name: str, some: list[Cell]) -> Retention:
        return retain(
            some, key=key, name=name, customers=customers.get(key, Customers(0, 0)), growth=growth.get(key, {}),
            rate_of=rate_of, base=base,
        )  # fmt: skip

    groups = [figures(key, name, by_group.get(key, [])) for key, name in names.items()]
    return DueTable(by, first, last, figures(TOTAL, "Total", cells), in_order(by, groups), base, SOURCE_WORDS)
