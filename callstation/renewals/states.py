"""What snapshots remember: the days they were taken, the book as it stood on one, what changed between two."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from callstation.renewals import live
from callstation.renewals.state import Key, State
from callstation.renewals.sums import CellKey, Sum, Sums, combined, from_bytes
from callstation.work import Work
from db.stored import from_days, from_micros, to_days
from db.vocabulary import ForecastCategory, RenewalStage

Change = tuple[Key, State | None, State | None]
"""An opportunity, as it was and as it is; None for not in the book."""

LITTLE = 5_000
"""So many touched opportunities are looked up one by one as fast as all are added up."""
_ROW = "r.is_growth, r.opportunity_id, r.stage, r.category, r.amount, r.currency, r.close_on, r.is_gone"
_DAYS = "snapshot_days"
_STAGES = {stage.value: stage for stage in RenewalStage}
_CATEGORIES = {category.value: category for category in ForecastCategory}


def last_rows(keys: str, until: date = date.max) -> str:
    """SQL for the last row ``r`` on or before a day of each opportunity of a table (or query in brackets)."""
    return (
        f"{keys} d CROSS JOIN snapshot_row r ON r.is_growth = d.is_growth AND r.opportunity_id = d.opportunity_id "
        "AND r.taken_on = (SELECT max(l.taken_on) FROM snapshot_row l WHERE l.is_growth = d.is_growth "
        f"AND l.opportunity_id = d.opportunity_id AND l.taken_on <= {to_days(until)})"
    )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """That the book was put down on a day."""

    taken_on: date
    taken_at: datetime
    rows: int
    changed: int


def snapshots(work: Work) -> tuple[Snapshot, ...]:
    """Every snapshot that is kept, the oldest first."""
    return tuple(
        Snapshot(from_days(on), from_micros(at), rows, changed)
        for on, at, rows, changed in work.rows("SELECT taken_on, taken_at, rows, changed FROM snapshot ORDER BY 1")
    )


def snapshot_by(work: Work, day: date) -> Snapshot | None:
    """The last snapshot on or before a day."""
    found = work.row(
        "SELECT taken_on, taken_at, rows, changed FROM snapshot WHERE taken_on <= ? ORDER BY taken_on DESC LIMIT 1",
        (to_days(day),),
    )
    return None if found is None else Snapshot(from_days(found[0]), from_micros(found[1]), found[2], found[3])


def state_on(work: Work, day: date) -> dict[Key, State] | None:
    """Every opportunity as the last snapshot on or before a day has it; None where there is none."""
    taken = snapshot_by(work, day)
    if taken is None:
        return None
    rows = work.each(
        f"SELECT {_ROW} FROM (SELECT is_growth, opportunity_id, max(taken_on) AS taken_on FROM snapshot_row "
        "INDEXED BY ix_snapshot_row_opportunity WHERE taken_on <= ? GROUP BY 1, 2) last "
        "JOIN snapshot_row r USING (taken_on, is_growth, opportunity_id) WHERE NOT r.is_gone",
        (to_days(taken.taken_on),),
    )
    return dict(_stated(row) for row in rows)


def last_states(work: Work, keys_sql: str, until: date) -> dict[Key, State | None]:
    """The last row on or before a day of each opportunity of a query; None for one that was gone by then.

    ``keys_sql``: a trusted query of (is_growth, opportunity_id), each once.
    """
    rows = work.each(f"SELECT {_ROW} FROM {last_rows(f'({keys_sql})', until)}")
    found: dict[Key, State | None] = {}
    for row in rows:
        key, state = _stated(row)
        found[key] = None if row[7] else state
    return found


def changes_between(work: Work, first: date, last: date | None = None) -> list[Change]:
    """What is other in the snapshot of ``last`` (None: now) than in that of ``first``; both days have one."""
    if last is None and not sums_and_trust(work)[1]:
        return _all_changes(work, first)
    until = last or date.max
    moved = f"FROM snapshot_row r WHERE r.taken_on > {to_days(first)} AND r.taken_on <= {to_days(until)}"
    after: dict[Key, State | None] = {}
    for row in work.each(f"SELECT {_ROW} {moved} ORDER BY r.taken_on"):  # the last one of each stays
        key, state = _stated(row)
        after[key] = None if row[7] else state
    before = last_states(work, f"SELECT DISTINCT r.is_growth, r.opportunity_id {moved}", first)
    if last is None:
        due = "SELECT is_growth, opportunity_id FROM snapshot_due"
        before |= last_states(work, due, first)
        after |= dict(live.due_states(work))
    found = ((key, before.get(key), after.get(key)) for key in sorted({**before, **after}))
    return [one for one in found if one[1] != one[2]]


def sums_on(work: Work, day: date) -> Sums | None:
    """What the last snapshot on or before a day came to; None where there is none."""
    kept = work.row("SELECT sums FROM snapshot WHERE taken_on <= ? ORDER BY taken_on DESC LIMIT 1", (to_days(day),))
    return None if kept is None else from_bytes(kept[0])


def sums_now(work: Work) -> dict[CellKey, Sum]:
    """What the book comes to now."""
    return sums_and_trust(work)[0] if _is_little_due(work) else live.live_sums(work)


def sums_and_trust(work: Work, last: str = "", now: str = "") -> tuple[dict[CellKey, Sum], bool]:
    """What the book comes to now, and whether triggers saw all that came or went since the last snapshot.

    It is what the last snapshot came to and what was touched since; everything is added up anew where very much was, or
    not all was seen. ``last`` and ``now``: tables ``r`` of what was touched, as it was then and as it is.
    """
    kept = work.row("SELECT rows, sums, taken_on FROM snapshot ORDER BY taken_on DESC LIMIT 1")
    if kept is None or kept[2] > to_days(work.today) or not _counts_days_alike(work):
        return live.live_sums(work), False  # a day still to come has let go of what seemed long over
    was = _due_sums(work, last or last_rows("snapshot_due"))
    are = _due_sums(work, now) if now else live.due_sums(work)
    grown = sum(one.number for one in are.values()) - sum(one.number for one in was.values())
    is_seen = kept[0] + grown == live.how_many(work)
    if not is_seen or not _is_little_due(work):
        return live.live_sums(work), is_seen
    found = combined(combined(from_bytes(kept[1]), was, -1), are, 1)
    return {key: value for key, value in found.items() if value.number > 0}, True  # see ``sums.kept_of``


def free_id(work: Work, *, is_growth: bool) -> int:
    """The id of the next renewal or growth: none that a snapshot knows, though that one may be gone from the book."""
    found = work.row(
        f"SELECT max(coalesce((SELECT max(id) FROM {live.SIDES[is_growth].table}), 0), coalesce((SELECT "
        "max(opportunity_id) FROM snapshot_row WHERE is_growth = ?), 0))",
        (int(is_growth),),
    )
    assert found is not None
    return int(found[0]) + 1


def note_days(work: Work) -> None:
    """Note by which zone and turn of the day the days of a snapshot are counted."""
    work.derive("INSERT OR REPLACE INTO store_fact (name, value) VALUES (?, ?)", (_DAYS, _days_of(work)))


def _counts_days_alike(work: Work) -> bool:
    """Whether what was closed still counts on the day on which the last snapshot has it."""
    found = work.row("SELECT value FROM store_fact WHERE name = ?", (_DAYS,))
    return found is None or found[0] == _days_of(work)


def _days_of(work: Work) -> str:
    return f"{work.settings.zone.key} {work.settings.day_turns_at_hour}"


def _is_little_due(work: Work) -> bool:
    found = work.row("SELECT count(*) <= ? FROM snapshot_due", (LITTLE,))
    return found is not None and bool(found[0])


def _due_sums(work: Work, last: str) -> dict[CellKey, Sum]:
    """What was touched since the last snapshot, as it was in that one."""
    return live.summed(
        work,
        "SELECT r.is_growth, strftime('%Y-%m-01', r.close_on * 86400, 'unixepoch'), r.stage, r.category, r.currency, "
        f"{live.SUMS.format('r')} FROM {last} WHERE NOT r.is_gone GROUP BY 1, 2, 3, 4, 5",
    )


def _all_changes(work: Work, first: date) -> list[Change]:
    """As ``changes_between`` with now, opportunity by opportunity: triggers did not see all that happened."""
    was, now = state_on(work, first) or {}, dict(live.live_states(work))
    return [(key, was.get(key), now.get(key)) for key in sorted({**was, **now}) if was.get(key) != now.get(key)]


def _stated(row: Any) -> tuple[Key, State]:
    is_growth, opportunity_id, stage, category, units, currency, close_on, _ = row
    state = State(_STAGES[stage], _CATEGORIES[category], units, currency, from_days(close_on))
    return Key(bool(is_growth), opportunity_id), state
