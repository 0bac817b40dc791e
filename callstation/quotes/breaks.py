"""Quantity breaks: which of a product's list prices hold, each from its quantity on."""

from collections.abc import Iterable
from typing import Any

from callstation.quotes.worksheet import Break
from db.stored import from_units

Row = tuple[Any, ...]
"""A row of ``catalogue.LISTED``: product, least quantity, amount, months, cost, ..."""


def holding(entries: Iterable[Row]) -> list[Row]:
    """Of one product's entries, best first, those that are the best for some quantity; the highest quantity first."""
    found: list[Row] = []
    for entry in entries:
        if not found or entry[1] < found[-1][1]:
            found.append(entry)
    return found


def breaks_of(held: list[Row], months: int) -> tuple[Break, ...]:
    """Entries that hold as the breaks of a line with a price for ``months``, a multiple of the months of each.

    None where one price holds for every quantity: then there is nothing to choose.
    """
    if not held or (len(held) == 1 and held[0][1] <= 1):
        return ()
    found = []
    for _, least, amount, plan_months, cost, *_ in reversed(held):
        times = months // plan_months
        found.append(
            Break(max(1, least), from_units(amount * times), None if cost is None else from_units(cost * times))
        )
    return tuple(found)
