"""Generated opportunities and edits of them, for the tests of what is measured."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from callstation.renewals.state import Key, State
from callstation.renewals.sums import CellKey, Sum
from db.vocabulary import ForecastCategory, RenewalStage

CURRENCIES = ("USD", "EUR", "JPY", "XXX")
"""The own one, two with a rate, one without."""
DAYS = st.one_of(
    st.dates(date(2026, 9, 1), date(2027, 3, 31)),
    st.sampled_from([date(2026, 11, 30), date(2026, 12, 1), date(2027, 2, 28), date(2028, 2, 29), date(9999, 12, 31)]),
)
_OPEN = st.tuples(
    st.sampled_from([stage for stage in RenewalStage if stage.is_open]),
    st.sampled_from([one for one in ForecastCategory if one is not ForecastCategory.CLOSED]),
)
_OVER = st.sampled_from(
    [(RenewalStage.WON, ForecastCategory.CLOSED), (RenewalStage.LOST, ForecastCategory.OMITTED)]
)  # fmt: skip
UNITS = st.one_of(st.none(), st.just(0), st.integers(0, 10**12), st.integers(1, 500).map(lambda one: one * 333_333))


@st.composite
def states(draw: Any) -> State:
    """One opportunity that may be."""
    stage, category = draw(st.one_of(_OPEN, _OVER))
    return State(stage, category, draw(UNITS), draw(st.sampled_from(CURRENCIES)), draw(DAYS))


KEYS = st.builds(Key, st.booleans(), st.integers(1, 12))
BOOKS = st.dictionaries(KEYS, states(), max_size=14)
"""The book at one moment."""


@st.composite
def two_books(draw: Any) -> tuple[dict[Key, State], dict[Key, State]]:
    """A book and what became of it: some gone, some new, some changed in one thing, some in all."""
    before = draw(BOOKS)
    after = dict(before)
    for key, state in before.items():
        other = draw(states())
        fate = draw(st.integers(0, 6))
        if fate == 0:
            del after[key]
        elif fate == 1:
            after[key] = other
        elif fate == 2:
            after[key] = state._replace(units=other.units)
        elif fate == 3:
            after[key] = state._replace(close_on=other.close_on)
        elif fate == 4:
            after[key] = state._replace(stage=other.stage, category=other.category)
        elif fate == 5:
            after[key] = state._replace(currency=other.currency)
    return before, {**draw(BOOKS), **after} if draw(st.booleans()) else after


def sums_of(states: Iterable[tuple[Key, State]]) -> dict[CellKey, Sum]:
    """What single opportunities come to, added up one by one."""
    found: dict[CellKey, Sum] = {}
    for key, state in states:
        cell = CellKey(key.is_growth, state.close_on.replace(day=1), state.stage, state.category, state.currency)
        was = found.get(cell, Sum(0, 0, 0))
        found[cell] = Sum(was.units + (state.units or 0), was.number + 1, was.unvalued + (state.units is None))
    return found
