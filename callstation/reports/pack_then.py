"""The rows of a spreadsheet of an earlier day, as far as they are remembered: never today's under that day's name."""

from dataclasses import replace
from datetime import date

from callstation.calling.clock_words import date_words
from callstation.renewals.fiscal import Period, period_of
from callstation.renewals.state import Key, State
from callstation.renewals.states import state_on
from callstation.reports.pack_facts import Opportunity, PackFacts, UnknownPart, pack_facts
from callstation.reports.retained_then import rows_then
from callstation.reports.then import End, adjustments_then, end_of, no_snapshot_words
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import PeriodKind

_NAMES = (
    (False, "SELECT r.id, a.name, k.number FROM renewal r JOIN contract k ON k.id = r.contract_id"),
    (True, "SELECT r.id, a.name, r.title FROM growth r"),
)


def pack_facts_then(work: Work, day: date, *, is_week: bool) -> PackFacts:
    """As ``pack_facts`` when ``day`` was over; what is not known says so instead of a nought."""
    found = pack_facts(work, day, is_week=is_week)
    year = period_of(day, PeriodKind.YEAR, work.settings.fiscal_year_starts)
    due = rows_then(work, year.starts_on, day, day)
    end = end_of(work, day)
    unknown = {UnknownPart.COVERAGE} if end is not None else {UnknownPart.COVERAGE, UnknownPart.FORECAST}
    note = no_snapshot_words(work, day) if end is None else end.words
    note += f" What was closed after {date_words(day)} counts as open; what was planned then is not remembered."
    return replace(
        found, opportunities=() if end is None else _opportunities(work, end, found.period), due=due, covered=(),
        adjustments=adjustments_then(work, found.period, day), note=note, unknown=frozenset(unknown),
    )  # fmt: skip


def _opportunities(work: Work, end: End, period: Period) -> tuple[Opportunity, ...]:
    """What the snapshot knows, with the names of today; what nobody touched since needs no snapshot."""
    states = state_on(work, end.taken_on or work.today) or {}
    if end.taken_on is None:
        return pack_facts(work, end.day, is_week=False).opportunities
    named: dict[Key, tuple[str, str]] = {}
    for is_growth, sql in _NAMES:
        rows = work.rows(f"{sql} JOIN account a ON a.id = r.account_id")
        named |= {Key(is_growth, row_id): (account, title) for row_id, account, title in rows}
    some = [(key, state) for key, state in states.items() if state.close_on in period]
    return tuple(
        _opportunity(key, state, *named.get(key, ("no longer in the book", ""))) for key, state in _ordered(some)
    )


def _ordered(some: list[tuple[Key, State]]) -> list[tuple[Key, State]]:
    return sorted(some, key=lambda one: (one[0].is_growth, one[1].close_on, one[0].opportunity_id))


def _opportunity(key: Key, state: State, account: str, title: str) -> Opportunity:
    amount = None if state.units is None else from_units(state.units)
    stage = state.stage.value.replace("_", " ")
    return Opportunity(key.is_growth, account, title, stage, state.category, state.close_on, amount, state.currency)
