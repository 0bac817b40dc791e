"""The bridge between two days, read: each move with its contract, and the activity that moved it, if there is one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from callstation.calling.clock_words import date_words
from callstation.calling.outcomes import OUTCOMES
from callstation.errors import UserError
from callstation.renewals.adjustment import Adjustment, made_by
from callstation.renewals.adjustments import adjustments_in
from callstation.renewals.amounts import Rates, base_of
from callstation.renewals.bridge import Bridge, LineKind, Move, bridge
from callstation.renewals.fiscal import Period, month_name
from callstation.renewals.forecast import rates_of
from callstation.renewals.measures import LABELS as MEASURES
from callstation.renewals.measures import Measure
from callstation.renewals.move_words import move_words
from callstation.renewals.said import SAID_BY, said
from callstation.renewals.state import Key
from callstation.renewals.states import Change, Snapshot, changes_between, snapshot_by, sums_now, sums_on
from callstation.renewals.sums import KEPT_DAYS, Sums
from callstation.work import Work
from db.stored import from_micros, to_micros, to_units


@dataclass(frozen=True, slots=True)
class Mover:
    """An activity between the two days: what closed an opportunity, else the last one about it."""

    activity_id: int | None
    """None of an adjustment, which is its own, and of a category that was picked."""
    happened_at: datetime
    words: str
    """"Order received", "Quote Q-2026-0012 sent"."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One move, named; or an adjustment, whose move has no opportunity."""

    move: Move
    account_id: int | None
    """None for an adjustment, and for what is no longer in the book."""
    account: str
    title: str
    """The contract's number, or the growth's title."""
    words: str
    """From where to where: "Commit to Closed, won"."""
    mover: Mover | None
    own: str
    bases: tuple[Decimal | None, ...]
    """What each of the move's units is in the own currency, ``own``; None without a rate."""

    @property
    def base(self) -> Decimal | None:
        """What it did in the own currency; None where nothing of it has a rate."""
        rated = [one for one in self.bases if one is not None]
        return sum(rated, Decimal(0)) if rated or not self.bases else None


@dataclass(frozen=True, slots=True)
class Bridged:
    """A bridge with its two ends and its moves."""

    bridge: Bridge
    first: Snapshot
    last: Snapshot | None
    """None where it ends with now."""
    moved: Mapping[LineKind, tuple[Moved, ...]]


def bridge_between(
    work: Work, first: date, last: date | None, *, measure: Measure, period: Period, is_growth: bool = False
) -> Bridged:
    """The bridge from the last snapshot on or before ``first`` to that of ``last``; None: to the book as it is now.

    ``UserError`` where there is no snapshot by a day, they are upside down, or the period is long over.
    """
    start = _taken(work, first)
    end = None if last is None else _taken(work, last)
    if end is not None and end.taken_on < start.taken_on:
        raise UserError(f"A bridge cannot go from {first} back to {last}.", "", "Put the earlier day first.")
    ended_on = work.today if end is None else end.taken_on
    if period.starts_on < ended_on - timedelta(days=KEPT_DAYS):
        raise UserError(
            f"{period.name} is too long ago for a bridge.", f"Snapshots keep what was closed for {KEPT_DAYS} days.", ""
        )
    sums = _sums(work, start), sums_now(work) if end is None else _sums(work, end)
    changes: list[Change] = changes_between(work, start.taken_on, None if end is None else end.taken_on)
    rates = rates_of(work.settings)
    until = work.now if end is None else end.taken_at
    adjustments = made_by(adjustments_in(work, period), until)
    there = made_by(adjustments, start.taken_at)
    made = bridge(
        *sums, changes, measure=measure, period=period, is_growth=is_growth, rates=rates,
        adjusted=there, adjusted_since=[one for one in adjustments if one not in there],
    )  # fmt: skip
    named = _named(work, [one.key for line in made.lines for one in line.moves], start.taken_at, until)
    moved = {
        line.kind: (*(_moved(one, named.get(one.key), rates) for one in line.moves),
                    *(_adjusted(one, rates) for one in line.adjustments))
        for line in made.lines
    }  # fmt: skip
    return Bridged(made, start, end, moved)


def _taken(work: Work, day: date) -> Snapshot:
    found = snapshot_by(work, day)
    if found is None:
        first = work.row("SELECT 1 FROM snapshot LIMIT 1")
        why = "The first one was taken later." if first else "One is taken each day as it is opened."
        raise UserError(f"There is no snapshot by {date_words(day)}.", why, "Choose a later day." if first else "")
    return found


def _sums(work: Work, taken: Snapshot) -> Sums:
    found = sums_on(work, taken.taken_on)
    assert found is not None
    return found


def _moved(move: Move, named: tuple[Any, ...] | None, rates: Rates) -> Moved:
    bases = tuple(
        None if rates.of(currency) is None else base_of({currency: units}, rates) for currency, units in move.units
    )
    if named is None:
        return Moved(move, None, "", "", move_words(move), None, rates.own, bases)
    account_id, account, title, activity_id, kind, happened_at, disposition, note, picked_by, picked_at = named
    mover = None if activity_id is None else Mover(activity_id, from_micros(happened_at), said(kind, disposition, note))
    if mover is None and picked_at is not None and move.kind in (LineKind.CATEGORY_IN, LineKind.CATEGORY_OUT):
        mover = Mover(None, from_micros(picked_at), f"Category picked by {picked_by or 'you'}")
    return Moved(move, account_id, account, title, move_words(move), mover, rates.own, bases)


def _adjusted(one: Adjustment, rates: Rates) -> Moved:
    move = Move(Key(one.is_growth, 0), LineKind.ADJUSTED, None, None, ((rates.own, to_units(one.amount)),))
    where = f"{MEASURES[Measure(one.category.value)]} of {month_name(one.month)}"
    mover = Mover(None, one.made_at, "Adjusted")
    return Moved(move, None, "Your adjustment", "", f"{where}: {one.note_words}", mover, rates.own, (one.amount,))


_CLOSES = ", ".join(f"'{one.value}'" for one, of in OUTCOMES.items() if of.stage is not None and not of.stage.is_open)
# A conversation is about every contract of the person, whichever of them was in hand, unless it closed that one.
_ABOUT_RENEWAL = (
    "(y.target_id = x.target_id OR y.account_id = x.account_id) AND y.kind <> 'pipeline' AND (y.renewal_id = x.id "
    f"OR y.renewal_id IS NULL OR (y.kind = 'call' AND y.disposition NOT IN ({_CLOSES})))"
)
# What is told of growth names it last, before what it is worth; see ``growth_told``.
_ABOUT_GROWTH = (
    "y.account_id = x.account_id AND (y.kind <> 'pipeline' OR instr(y.note || ', ', ': ' || x.title || ', ') > 0)"
)
_SOURCES = {
    False: ("renewal x JOIN contract k ON k.id = x.contract_id", "k.number", _ABOUT_RENEWAL, "y.renewal_id IS x.id"),
    True: ("growth x", "x.title", _ABOUT_GROWTH, "y.kind = 'pipeline'"),
}
"""By whether it is growth: its table, its title, which activities are about it, and which of them come first."""


def _named(work: Work, keys: list[Key], since: datetime, until: datetime) -> dict[Key, tuple[Any, ...]]:
    """(account id, account, title, activity id, kind, moment, disposition, note, who picked its category, when) each.

    The last is None where it was not picked between the two moments.
    """
    found: dict[Key, tuple[Any, ...]] = {}
    kinds = ", ".join(f"'{kind.value}'" for kind in SAID_BY)
    for is_growth, (source, title, about, order) in _SOURCES.items():
        ids = json.dumps([key.opportunity_id for key in keys if key.is_growth == is_growth])
        rows = work.each(
            "SELECT o.id, o.account_id, o.account, o.title, y.id, y.kind, y.happened_at, y.disposition, y.note, "
            "o.picked_by, iif(o.picked_at > ? AND o.picked_at <= ?, o.picked_at, NULL) FROM "
            f"(SELECT x.id, x.account_id, a.name AS account, {title} AS title, x.picked_by, x.picked_at, "
            f"(SELECT y.id FROM activity y WHERE {about} AND y.happened_at > ? AND y.happened_at <= ? "
            f"AND y.kind IN ({kinds}) "
            "AND (y.kind <> 'call' OR y.is_reached) "
            f"ORDER BY y.happened_at IS x.closed_at DESC, {order} DESC, y.happened_at DESC, y.id DESC LIMIT 1) "
            "AS activity_id "
            f"FROM json_each(?) j CROSS JOIN {source} JOIN account a ON a.id = x.account_id "
            "WHERE x.id = j.value) o LEFT JOIN activity y ON y.id = o.activity_id",
            (*(to_micros(since), to_micros(until)) * 2, ids),
        )
        for opportunity_id, *named in rows:
            found[Key(is_growth, opportunity_id)] = tuple(named)
    return found
