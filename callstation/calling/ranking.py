"""The order of the day: a score of 0 to 100 with its parts, the share kept for small contracts, and leeches."""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import log10
from operator import mul
from typing import NamedTuple, TypeVar

from db.vocabulary import RenewalStage

PARTS = ("expiry", "value", "promise", "risk", "stage", "touch", "reach", "campaign")
"""The parts of the score, in the order every tuple of them keeps."""

_UNQUOTED = (RenewalStage.NOT_STARTED, RenewalStage.CONTACTED, RenewalStage.AT_RISK)
Key = TypeVar("Key")


class RankFacts(NamedTuple):
    """What the score is made from. Days count from the rep's today.

    ``days_left`` until the first contract ends, negative once lapsed, None = nothing ends. ``amount`` in the unit of
    the ``ValueScale``. ``promise_in_days`` of the next callback or promise, <= 0 = due. ``quoted_silent_days`` working
    days since a quote went out unanswered. ``connect_rate`` is the number's own at this hour (``shrunk_rate``).
    ``order_words`` says what the order issue is.
    """

    days_left: int | None = None
    amount: Decimal | int | None = None
    promise_in_days: int | None = None
    days_since_contact: int | None = None
    has_competitor: bool = False
    has_seat_drop: bool = False
    has_order_issue: bool = False
    is_unpaid: bool = False
    has_bad_survey: bool = False
    stage: RenewalStage | None = None
    quoted_silent_days: int | None = None
    touch_debt: int = 0
    connect_rate: float = 0.0
    campaign_boost: float = 0.0
    order_words: str = ""


class ValueScale(NamedTuple):
    """The book's median and 95th percentile amount, in one unit; 0 where there are none."""

    median: float
    top: float

    @classmethod
    def of(cls, amounts: Iterable[Decimal | int]) -> "ValueScale":
        """The scale of a book's amounts; those not above zero are left out."""
        ordered = sorted(float(amount) for amount in amounts if amount > 0)
        if not ordered:
            return cls(0.0, 0.0)
        last = len(ordered) - 1
        return cls(ordered[last // 2], ordered[round(last * 0.95)])


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The table ``resources/rules/ranking.json``; ``weights`` in the order of ``PARTS``."""

    version: str
    as_of: str
    weights: tuple[float, ...]
    full_points: tuple[float, ...]
    """What each part brings at most: its weight's share of 100."""
    urgency: tuple[float, ...]
    first_day: int
    marks: tuple[int, ...]
    """The days left at which the urgency curve bends, nearest to the end first."""
    numbers: Mapping[str, float]


def load_ranking(text: str, weights: Mapping[str, float] | None = None) -> Ranking:
    """Read the table; ``weights`` (from settings, by part) replace its own. ``ValueError`` for a weight below zero."""
    doc = json.loads(text)
    chosen = tuple(float({**doc["weights"], **(weights or {})}[part]) for part in PARTS)
    if min(chosen) < 0:
        raise ValueError("weights of the score cannot be below zero")
    curve = [(int(day), float(value)) for day, value in doc["urgency"]]
    days = range(curve[0][0], curve[-1][0] + 1)
    numbers = {name: float(value) for name, value in doc.items() if isinstance(value, int | float)}
    urgency = tuple(_between(curve, day) for day in days)
    marks = tuple(day for day, _ in curve if day >= 0)
    whole = sum(chosen) or 1.0
    full_points = tuple(100 * weight / whole for weight in chosen)
    return Ranking(doc["version"], doc["as_of"], chosen, full_points, urgency, curve[0][0], marks, numbers)


def _between(curve: Sequence[tuple[int, float]], day: int) -> float:
    index = min(bisect_right(curve, (day, 2.0)), len(curve) - 1)
    (left, low), (right, high) = curve[index - 1], curve[index]
    return low + (high - low) * (day - left) / (right - left)


def part_values(facts: RankFacts, scale: ValueScale, ranking: Ranking) -> tuple[float, ...]:
    """Each part's value 0..1, in the order of ``PARTS`` (trade.md, Queue)."""
    numbers, days, promise, stage = ranking.numbers, facts.days_left, facts.promise_in_days, facts.stage
    expiry = 0.0
    if days is not None:
        expiry = ranking.urgency[min(max(days - ranking.first_day, 0), len(ranking.urgency) - 1)]
    value = 0.0
    if facts.amount is not None and facts.amount > 0 and scale.median > 0:
        span = log10(scale.top / scale.median) or 1.0
        value = min(max((log10(float(facts.amount) / scale.median) / span + 1) / 2, 0.0), 1.0)
    due = 0.0
    if promise is not None and promise <= 1:
        due = numbers["promise_today" if promise <= 0 else "promise_tomorrow"]
    since = facts.days_since_contact
    risks = (
        facts[4] + facts[5] + facts[6] + facts[7] + facts[8] + (since is None or since >= numbers["no_contact_days"])
    )
    gap = 0.0
    if facts.quoted_silent_days is not None and facts.quoted_silent_days > numbers["quoted_silent_working_days"]:
        gap = numbers["quoted_silent"]
    elif stage in _UNQUOTED and days is not None and days <= numbers["no_quote_days"]:
        gap = numbers["no_quote"]
    elif stage is RenewalStage.VERBAL_YES:
        gap = numbers["verbal_without_order"]
    touch = min(facts.touch_debt / numbers["touch_debt_full"], 1.0) if facts.touch_debt > 0 else 0.0
    risk = min(risks * numbers["risk_each"], 1.0)
    return (
        expiry,
        value,
        due,
        risk,
        gap,
        touch,
        min(max(facts.connect_rate, 0.0), 1.0),
        min(max(facts.campaign_boost, 0.0), 1.0),
    )


def part_points(values: Sequence[float], ranking: Ranking) -> tuple[float, ...]:
    """The points each part brings; together 0..100 whatever the weights are."""
    return tuple(map(mul, ranking.full_points, values))


def total_score(facts: RankFacts, scale: ValueScale, ranking: Ranking) -> float:
    """The score alone, 0..100: the fast path over a whole book."""
    total: float = sum(map(mul, ranking.full_points, part_values(facts, scale, ranking)))
    return total


def shrunk_rate(connects: int, attempts: int, mean: float, ranking: Ranking) -> float:
    """A number's connect rate drawn towards the book's ``mean`` as if that had been seen in ten attempts more."""
    strength = ranking.numbers["reach_strength"]
    return (connects + strength * mean) / (attempts + strength)


def sort_key(
    score: float, expires_on: date | None, amount: Decimal | int | None, attempts: int, target_id: int
) -> tuple[float, date, Decimal | int, int, int]:
    """Sort ascending by this: score, then earlier expiry, larger value, fewer attempts, id."""
    return -round(score, 6), expires_on or date.max, -(amount or 0), attempts, target_id


def keep_small_share(ranked: Sequence[tuple[Key, bool]], percent: float) -> list[Key]:
    """The ids of (id, is_small) in order, with small contracts raised so far that every head holds their share.

    Of the first n places at least n x ``percent`` / 100 (rounded down) are small while there are any; nothing is
    left out and neither group changes its own order.
    """
    small = [(place, key) for place, (key, is_small) in enumerate(ranked) if is_small]
    large = [(place, key) for place, (key, is_small) in enumerate(ranked) if not is_small]
    order: list[Key] = []
    served = 0
    for place in range(1, len(ranked) + 1):
        others = place - 1 - served
        is_owed = served < int(place * percent / 100)
        if served < len(small) and (is_owed or others == len(large) or small[served][0] < large[others][0]):
            order.append(small[served][1])
            served += 1
        else:
            order.append(large[others][1])
    return order


def is_leech(misses: int, ranking: Ranking) -> bool:
    """Whether a number was missed so often that calling it again is waste."""
    return misses >= ranking.numbers["leech_misses"]
