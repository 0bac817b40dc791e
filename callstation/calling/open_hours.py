"""When each jurisdiction lets a phone ring: the dated rules as data, and a fast answer to "open now, and else when"."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Spans = tuple[tuple[int, int], ...]
"""Minutes after local midnight, (start, end), the end excluded."""
Week = tuple[Spans, ...]
"""Seven days' spans, Monday first."""

HOURS_SLOT = (
    900  # seconds; every rule's edge and every zone's offset is a multiple, so the answer is constant within one
)
_ALL_DAY: Spans = ((0, 24 * 60),)


class Rule(NamedTuple):
    """A row of the table: what binds calls to ``region`` ("" = all) of ``country`` ("*" = all without rows)."""

    id: str
    country: str
    region: str
    name: str
    is_marketing_only: bool
    is_hard: bool
    week: Week
    may_ring_on_holidays: bool
    calls_in_24_hours: int | None
    screening_days: int | None
    screening_lists: str
    source: str
    as_of: str


class Cap(NamedTuple):
    """At most ``calls`` to one number within ``hours``, or on ``days`` calendar days of theirs."""

    calls: int
    hours: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class CallingRules:
    """The whole table, dated; compared and hashed by identity, for it is a cache key."""

    version: str
    as_of: str
    rules: tuple[Rule, ...]
    caps: tuple[Cap, ...]
    business: Week
    lunch: tuple[int, int]
    opens: time
    closes: time


class OpenNow(NamedTuple):
    """Whether a call may ring by the hours alone; ``is_known`` is False if nobody knows where (then not open).

    ``is_business``: open, and within the business hours of a weekday there. ``opens_at`` (UTC) if not open.
    """

    is_open: bool
    is_business: bool
    is_known: bool
    opens_at: datetime | None


def load_rules(text: str, *, opens: time | None = None, closes: time | None = None) -> CallingRules:
    """Read ``resources/rules/calling_hours.json``; ``opens`` and ``closes`` replace the business hours.

    Raises ``ValueError`` for edges that are not on a quarter of an hour or spans that run backwards.
    """
    doc = json.loads(text)
    business = doc["business"]
    opens = opens or time.fromisoformat(business["opens"])
    closes = closes or time.fromisoformat(business["closes"])
    span = _spans([[opens.isoformat("minutes"), closes.isoformat("minutes")]])
    return CallingRules(
        version=doc["version"],
        as_of=doc["as_of"],
        rules=tuple(_rule(row) for row in doc["rules"]),
        caps=tuple(Cap(**cap) for cap in doc["attempts"]),
        business=tuple(span if day in business["days"] else () for day in range(7)),
        lunch=_spans([business["lunch"]])[0],
        opens=opens,
        closes=closes,
    )


def _rule(row: dict[str, object]) -> Rule:
    weekday, saturday, sunday = (_spans(row[day]) for day in ("weekday", "saturday", "sunday"))
    calls, days = row.get("calls_in_24_hours"), row.get("screening_days")
    return Rule(
        str(row["id"]),
        str(row["country"]),
        str(row["region"]),
        str(row["name"]),
        row["binds"] == "marketing",
        row["strength"] == "hard",
        (weekday,) * 5 + (saturday, sunday),
        bool(row["holidays"]),
        calls if isinstance(calls, int) else None,
        days if isinstance(days, int) else None,
        str(row.get("screening_lists", "")),
        str(row["source"]),
        str(row["as_of"]),
    )


def _spans(pairs: object) -> Spans:
    spans = []
    for start, end in pairs:  # type: ignore[attr-defined]
        first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (start, end))
        if first % 15 or last % 15 or not 0 <= first < last <= 24 * 60:
            raise ValueError(f"calling hours {start}-{end}: quarters of an hour, the end after the start")
        spans.append((first, last))
    return tuple(spans)


def make_hours_key(country: str, region: str, zones: Sequence[str]) -> str:
    """The compact key all targets with the same hours share: "US-TX|America/Chicago".

    ``country`` is the number's ISO country, ``region`` the account's state if its address is in that country,
    ``zones`` every candidate zone of number and address. "|" alone means unknown.
    """
    place = f"{country}-{region}" if country and region else country
    return f"{place}|{','.join(sorted(set(zones)))}"


def read_hours_key(key: str) -> tuple[str, str, tuple[str, ...]]:
    """(country, region, zones) of a key; names no IANA database knows make the zones unknown: ()."""
    place, _, names = key.partition("|")
    country, _, region = place.partition("-")
    zones = tuple(name for name in names.split(",") if name)
    return country, region, zones if all(_zone(name) for name in zones) else ()


def open_now(key: str, now: datetime, rules: CallingRules, *, is_marketing: bool = False) -> OpenNow:
    """Whether targets with this key may ring at ``now`` (aware) in **every** candidate zone, and else when.

    Weekday hours alone; public holidays, caps and do-not-call are the gate's (``hours.may_ring``). Cached by the
    quarter of an hour: thousands of keys cost a dictionary look-up each.
    """
    slot = int(now.timestamp()) // HOURS_SLOT
    is_open, is_business, is_known = _state(rules, key, is_marketing, slot)
    opens_at = _opens_at(rules, key, is_marketing, slot) if is_known and not is_open else None
    return OpenNow(is_open, is_business, is_known, opens_at)


@lru_cache(maxsize=1)
def default_rules() -> CallingRules:
    """The table the product ships with."""
    return load_rules(resources.files("resources").joinpath("rules", "calling_hours.json").read_text("utf-8"))


@lru_cache(maxsize=65536)
def _state(rules: CallingRules, key: str, is_marketing: bool, slot: int) -> tuple[bool, bool, bool]:
    """(is_open, is_business, is_known) throughout one quarter of an hour."""
    country, region, zones = read_hours_key(key)
    if not country or not zones:
        return False, False, False
    there = [_local(zone, slot) for zone in zones]
    week = allowed_week(rules, country, region, is_marketing)
    is_open = all(_is_within(week, *moment) for moment in there)
    return is_open, is_open and all(_is_within(rules.business, *moment) for moment in there), True


@lru_cache(maxsize=65536)
def _opens_at(rules: CallingRules, key: str, is_marketing: bool, slot: int) -> datetime | None:
    country, region, zones = read_hours_key(key)
    week = allowed_week(rules, country, region, is_marketing)
    return next_opening(week, zones, datetime.fromtimestamp(slot * HOURS_SLOT, UTC))


def binding_rules(rules: CallingRules, country: str, region: str, is_marketing: bool) -> tuple[Rule, ...]:
    """The rows that bind a call: the country's and the region's; all regions' if the region is unknown; else "*"."""
    rows = tuple(
        row
        for row in rules.rules
        if row.country == country
        and (not row.region or not region or row.region == region)
        and (is_marketing or not row.is_marketing_only)
    )
    return rows or tuple(row for row in rules.rules if row.country == "*")


@lru_cache(maxsize=4096)
def allowed_week(rules: CallingRules, country: str, region: str, is_marketing: bool) -> Week:
    """The hours in which every binding rule lets a phone ring."""
    week: Week = (_ALL_DAY,) * 7
    for row in binding_rules(rules, country, region, is_marketing):
        week = tuple(_both(mine, theirs) for mine, theirs in zip(week, row.week, strict=True))
    return week


def _both(one: Spans, other: Spans) -> Spans:
    pairs = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple((start, end) for start, end in pairs if start < end)


def is_within_week(week: Week, zones: Sequence[str], at: datetime) -> bool:
    """Whether ``at`` lies in the week's hours in every zone."""
    return all(_is_within(week, *_local(zone, int(at.timestamp()) // HOURS_SLOT)) for zone in zones)


def next_opening(week: Week, zones: Sequence[str], at: datetime) -> datetime | None:
    """The first moment from ``at`` on (UTC) at which every zone is within the hours; None if none in eight days."""
    limit, found = at + timedelta(days=8), at
    while found < limit:
        latest = found
        for zone in zones:
            opening = _next_in_zone(week, ZoneInfo(zone), found)
            if opening is None:
                return None
            latest = max(latest, opening)
        if latest == found:
            return found
        found = latest
    return None


def _next_in_zone(week: Week, zone: ZoneInfo, at: datetime) -> datetime | None:
    local = at.astimezone(zone)
    midnight = datetime.combine(local.date(), time(), tzinfo=zone)
    for ahead in range(9):
        day = midnight + timedelta(days=ahead)
        for start, end in week[day.weekday()]:
            first, last = (
                datetime.combine(day.date(), time(), tzinfo=zone) + timedelta(minutes=m) for m in (start, end)
            )
            if last.astimezone(UTC) > at:
                return max(first.astimezone(UTC), at)
    return None


@lru_cache(maxsize=4096)
def _local(zone: str, slot: int) -> tuple[int, int]:
    """(weekday, minute of the day) there."""
    local = datetime.fromtimestamp(slot * HOURS_SLOT, ZoneInfo(zone))
    return local.weekday(), local.hour * 60 + local.minute


def _is_within(week: Week, weekday: int, minute: int) -> bool:
    return any(start <= minute < end for start, end in week[weekday])


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
