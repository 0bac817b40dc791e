"""Touch points of a year: planned by the cadences against done, for each account that is called."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from callstation.calling.cadence import CadencePath
from callstation.calling.plan import cadence_table, path_for
from callstation.percents import share_of
from callstation.renewals.rep_day import day_sql
from callstation.renewals.touches import Run, planned_days
from callstation.work import Work

_RUNS = """
    SELECT t.id, r.due_on, min({known}, coalesce((
               SELECT y.happened_on FROM activity y WHERE y.target_id = t.id AND y.kind IN ('call', 'email')
               ORDER BY y.happened_at LIMIT 1), '9999-12-31')), iif(r.closed_at IS NULL, NULL, {closed}),
           a.kind = 'partner'
    FROM renewal r JOIN call_target t ON t.id = r.target_id JOIN account a ON a.id = t.account_id
    JOIN contract k ON k.id = r.contract_id
    WHERE r.due_on BETWEEN ? AND ? {one} ORDER BY t.id"""
_DONE = """
    SELECT y.target_id, count(DISTINCT y.happened_on), count(DISTINCT iif(y.is_reached, y.happened_on, NULL)),
           max(y.happened_on)
    FROM activity y WHERE y.happened_on BETWEEN ? AND ? AND y.kind IN ('call', 'email') AND y.target_id IS NOT NULL
    {one} GROUP BY 1"""
BEFORE, AFTER = timedelta(days=400), timedelta(days=60)
"""How far an end may lie beyond a year, and its cadence still reach into it: 330 days after it, 30 before it."""


@dataclass(frozen=True, slots=True)
class TouchRow:
    """One account in one year, as far as it has come."""

    target_id: int
    account_id: int
    account: str
    planned: int
    """Days with a step of any contract's cadence, from the day the contract was known to its close."""
    done: int
    """Days with a call or an e-mail, reached or not."""
    reached: int
    """Days with a conversation."""
    last_on: date | None
    next_on: date | None
    """The next planned day."""

    @property
    def debt(self) -> int:
        """Planned and not done."""
        return max(self.planned - self.done, 0)


@dataclass(frozen=True, slots=True)
class Touches:
    """Every account with something planned or done in the year, the most owed first; ``planned`` counts up to today."""

    year: int
    until: date
    rows: tuple[TouchRow, ...]

    @property
    def planned(self) -> int:
        return sum(row.planned for row in self.rows)

    @property
    def done(self) -> int:
        return sum(row.done for row in self.rows)

    @property
    def kept(self) -> int:
        """Touch points that were kept: of no account more than were planned."""
        return sum(min(row.done, row.planned) for row in self.rows)

    @property
    def share(self) -> Decimal | None:
        """Kept / planned, to four places; None where nothing was planned."""
        return share_of(self.kept, self.planned)


def touches(work: Work, year: int | None = None, *, target_id: int | None = None) -> Touches:
    """Planned against done of a calendar year, this one where none is told; of one target, or of all (for a job).

    A contract counts from the day it came into the book, or from the first touch of whoever is called for it.
    """
    year = year or work.today.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    until = min(last, work.today)
    runs = _runs(work, first, last, target_id)
    one = "" if target_id is None else f"AND y.target_id = {int(target_id)}"
    done = {row[0]: row[1:] for row in work.rows(_DONE.format(one=one), (first.isoformat(), last.isoformat()))}
    names = {
        row[0]: (row[1], row[2])
        for row in work.rows(
            "SELECT t.id, t.account_id, a.name FROM call_target t JOIN account a ON a.id = t.account_id"
            + ("" if target_id is None else f" WHERE t.id = {int(target_id)}")
        )
    }
    table, rows = cadence_table(), []
    for target in {*runs, *done} & names.keys():
        days = planned_days(runs.get(target, ()), table, first, date.max)
        planned = sum(day <= until for day in days)
        number, reached, last_on = done.get(target, (0, 0, None))
        if planned or number:
            rows.append(
                TouchRow(
                    target, *names[target], planned, number, reached, date.fromisoformat(last_on) if last_on else None,
                    min((day for day in days if day > work.today), default=None),
                )
            )  # fmt: skip
    rows.sort(key=lambda row: (-row.debt, -row.planned, row.account.casefold(), row.target_id))
    return Touches(year, until, tuple(rows))


def _runs(work: Work, first: date, last: date, target_id: int | None) -> dict[int, list[Run]]:
    known, closed = day_sql(work, "k.created_at"), day_sql(work, "r.closed_at")
    one = "" if target_id is None else f"AND t.id = {int(target_id)}"
    ends = ((first - AFTER).isoformat(), (last + BEFORE).isoformat())
    found: dict[int, list[Run]] = defaultdict(list)
    for target, run in _read(work, _RUNS.format(known=known, closed=closed, one=one), ends):
        found[target].append(run)
    return found


def _read(work: Work, sql: str, ends: tuple[str, str]) -> Iterator[tuple[int, Run]]:
    day = date.fromisoformat
    paths = {is_partner: path_for(has_partner=is_partner, is_small=False) for is_partner in (False, True)}
    for target, due_on, known, closed, is_partner in work.each(sql, ends):
        path: CadencePath = paths[bool(is_partner)]
        yield target, Run(day(due_on), path, day(known), day(closed) if closed else None)
