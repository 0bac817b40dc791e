"""What the opportunities of a book come to, by month, stage, category and currency; kept with every snapshot."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from callstation.renewals.state import OPEN_CATEGORIES
from db.vocabulary import ForecastCategory, RenewalStage

KEPT_DAYS = 800
"""How old what was closed may be and still be kept with a snapshot: a year that ended 400 days ago, all of it."""


_STAGES = {stage.value: stage for stage in RenewalStage}
_CATEGORIES = {category.value: category for category in ForecastCategory}


class CellKey(NamedTuple):
    """What the opportunities of one sum have in common."""

    is_growth: bool
    month: date
    """The first day of the month in which they close."""
    stage: RenewalStage
    category: ForecastCategory
    currency: str


class Sum(NamedTuple):
    """So many opportunities, and what those with a known amount come to in ten-thousandths of their currency."""

    units: int
    number: int
    unvalued: int
    """How many have no amount; they are in ``number``."""


Sums = Mapping[CellKey, Sum]
_NOTHING = Sum(0, 0, 0)


def kept_of(sums: Sums, today: date) -> dict[CellKey, Sum]:
    """What a snapshot of a day keeps: not what was closed or omitted in months that are long over."""
    oldest = today - timedelta(days=min(KEPT_DAYS, today.toordinal() - 1))
    return {key: value for key, value in sums.items() if key.month >= oldest or key.category in OPEN_CATEGORIES}


def to_bytes(sums: Sums, today: date) -> bytes:
    """The sums as the snapshot of a day keeps them, see ``kept_of``."""
    cells = [
        [int(key.is_growth), key.month.isoformat(), key.stage.value, key.category.value, key.currency, *value]
        for key, value in kept_of(sums, today).items()
    ]
    return zlib.compress(json.dumps(sorted(cells), separators=(",", ":")).encode())


@lru_cache(maxsize=4)
def from_bytes(kept: bytes) -> Sums:
    """The sums of a snapshot; which never changes, and is asked for again and again."""
    return sums_from(json.loads(zlib.decompress(kept)))


def sums_from(cells: Iterable[Sequence[Any]]) -> dict[CellKey, Sum]:
    """Sums from their stored values: growth or not, month, stage, category, currency; units, number, unvalued."""
    months: dict[str, date] = {}
    found = {}
    for is_growth, word, stage, category, currency, units, number, unvalued in cells:
        month = months.get(word)
        if month is None:
            month = months[word] = date.fromisoformat(word)
        key = CellKey(is_growth == 1, month, _STAGES[stage], _CATEGORIES[category], currency)
        found[key] = Sum(units, number, unvalued)
    return found


def combined(sums: Sums, more: Sums, sign: int) -> dict[CellKey, Sum]:
    """Two sums added up (``sign`` 1) or the second taken off the first (-1); empty cells fall away."""
    found = dict(sums)
    for key, value in more.items():
        units, number, unvalued = found.get(key, _NOTHING)
        now = Sum(units + sign * value.units, number + sign * value.number, unvalued + sign * value.unvalued)
        if any(now):
            found[key] = now
        else:
            found.pop(key, None)
    return found
