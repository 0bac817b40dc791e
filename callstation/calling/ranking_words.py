"""Why a call stands where it stands, and what would move it: the score's parts in words, made when asked for."""

from dataclasses import dataclass

from callstation.calling.ranking import (
    PARTS,
    RankFacts,
    Ranking,
    ValueScale,
    part_points,
    part_values,
    total_score,
)
from db.vocabulary import RenewalStage

NAMES = {
    "expiry": "Expiry urgency",
    "value": "Renewable value",
    "promise": "Promise or callback",
    "risk": "Risk",
    "stage": "Stage gap",
    "touch": "Touch-point debt",
    "reach": "Reachability now",
    "campaign": "Campaign boost",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its value 0..1 times its weight gives its points; ``why`` says it in words."""

    name: str
    weight: float
    value: float
    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Score:
    """A score of 0..100 and what it is made of, in the order of ``PARTS``."""

    total: float
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """The reasons that count, the greatest first: "Ends in 9 days. Callback due today."."""
        telling = sorted((part for part in self.parts if part.points >= 0.5), key=lambda part: -part.points)
        return " ".join(f"{part.why}." for part in telling) or "Nothing presses here."


def score(facts: RankFacts, scale: ValueScale, ranking: Ranking) -> Score:
    """The score with every part explained."""
    values = part_values(facts, scale, ranking)
    points = part_points(values, ranking)
    whys = _whys(facts, values, ranking)
    parts = tuple(
        Part(NAMES[name], weight, value, gain, why)
        for name, weight, value, gain, why in zip(PARTS, ranking.weights, values, points, whys, strict=True)
    )
    return Score(sum(points), parts)


def what_would_move_it(facts: RankFacts, scale: ValueScale, ranking: Ranking) -> str:
    """What raises or lowers the call next, in at most three sentences, the greatest change first."""
    now = total_score(facts, scale, ranking)

    def change(other: RankFacts) -> float:
        return total_score(other, scale, ranking) - now

    moves: list[tuple[float, str]] = []
    days = facts.days_left
    if days is not None and days > 0:
        mark = next(mark for mark in reversed((0, *ranking.marks)) if mark < days)
        wait = days - mark
        there = "when the contract ends" if mark == 0 else f"{mark} days before the end"
        since = None if facts.days_since_contact is None else facts.days_since_contact + wait
        gain = change(facts._replace(days_left=mark, days_since_contact=since))
        moves.append((gain, f"In {_days(wait)}, {there}"))
    if facts.promise_in_days is None or facts.promise_in_days > 0:
        moves.append((change(facts._replace(promise_in_days=0)), "A callback due today"))
    else:
        moves.append((change(facts._replace(promise_in_days=None)), "Keeping the promise"))
    moves.append((change(facts._replace(days_since_contact=0)), "A conversation"))
    if facts.stage in (RenewalStage.NOT_STARTED, RenewalStage.CONTACTED, RenewalStage.AT_RISK):
        moves.append((change(facts._replace(stage=RenewalStage.QUOTED, quoted_silent_days=0)), "Sending a quote"))
    elif facts.quoted_silent_days:
        moves.append((change(facts._replace(quoted_silent_days=0)), "An answer to the quote"))
    if facts.has_order_issue:
        moves.append((change(facts._replace(has_order_issue=False)), "Closing the order"))
    if facts.stage is RenewalStage.VERBAL_YES:
        moves.append((change(facts._replace(stage=RenewalStage.ORDER_PROMISED)), "A date for the order"))
    telling = sorted((move for move in moves if abs(move[0]) >= 0.5), key=lambda move: -abs(move[0]))[:3]
    return " ".join(f"{what}: {'+' if gain > 0 else '-'}{_points(abs(gain))}." for gain, what in telling)


def leech_words(misses: int, *, has_main_line: bool, has_email: bool, has_partner: bool) -> str:
    """What to try instead of a number nobody picks up."""
    ways = [
        way
        for way, has in (("the switchboard", has_main_line), ("an e-mail", has_email), ("the partner", has_partner))
        if has
    ]
    if not ways:
        return f"Missed {misses} times. Find another number or person."
    return f"Missed {misses} times. Try {ways[0] if len(ways) == 1 else ', '.join(ways[:-1]) + ' or ' + ways[-1]}."


def _whys(facts: RankFacts, values: tuple[float, ...], ranking: Ranking) -> tuple[str, ...]:
    days, promise = facts.days_left, facts.promise_in_days
    if days is None:
        expiry = "No contract ends"
    elif days < 0:
        expiry = f"Lapsed {_days(-days)} ago"
    else:
        expiry = "Ends today" if days == 0 else f"Ends in {_days(days)}"
    size = values[1]
    value = (
        "No value known"
        if facts.amount is None
        else "Among the largest"
        if size >= 0.95
        else "Above the median value"
        if size > 0.5
        else "Up to the median value"
    )
    if promise is None or promise > 1:
        due = "Nothing promised for now"
    else:
        due = (
            "Promised for tomorrow"
            if promise == 1
            else "Promised for today"
            if promise == 0
            else "A promise is overdue"
        )
    since = facts.days_since_contact
    risks = [
        words
        for words, is_so in (
            (
                "never spoken to" if since is None else f"no contact for {_days(since)}",
                since is None or since >= ranking.numbers["no_contact_days"],
            ),
            ("competitor named", facts.has_competitor),
            ("seats dropped", facts.has_seat_drop),
            (facts.order_words or "open order issue", facts.has_order_issue),
            ("unpaid", facts.is_unpaid),
            ("bad survey", facts.has_bad_survey),
        )
        if is_so
    ]
    silent = facts.quoted_silent_days
    if silent is not None and silent > ranking.numbers["quoted_silent_working_days"]:
        gap = f"Quoted and silent for {silent} working days"
    elif values[4] and facts.stage is RenewalStage.VERBAL_YES:
        gap = "Said yes, no order yet"
    else:
        gap = "No quote yet" if values[4] else "The stage is on time"
    debt = facts.touch_debt
    return (
        expiry,
        value,
        due,
        ", ".join(risks).capitalize() or "No risk seen",
        gap,
        f"{debt} touch point{'s' if debt != 1 else ''} behind" if debt > 0 else "Touch points are on plan",
        f"Picks up {values[6]:.0%} of the time",
        "Raised by the campaign" if values[7] else "No campaign boost",
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _points(gain: float) -> str:
    rounded = round(gain)
    return "1 point" if rounded == 1 else f"{rounded} points"
