"""How many calls it takes to close the gap, at what the rep's own calls have won in the last 90 days."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from callstation.calling.clock_words import date_words
from callstation.calling.targets import day_starts_at
from callstation.quotes.money import exact
from callstation.renewals.amounts import Rates, base_of
from callstation.renewals.live import MILLION, SIDES, SUMS
from callstation.work import Work
from db.stored import to_micros

TRAILING_DAYS = 90


@dataclass(frozen=True, slots=True)
class CallRates:
    """What calls of the trailing 90 days came to; ``won`` in the own currency, what has a rate."""

    since: date
    calls: int
    reached: int
    won: Decimal
    won_count: int

    @property
    def won_per_reached(self) -> Decimal | None:
        """What a reached call has won; None where nobody was reached, or nothing was won."""
        with exact():
            return self.won / self.reached if self.reached and self.won > 0 else None


@dataclass(frozen=True, slots=True)
class NeededCalls:
    """Conversations, and the calls it takes to get them; both None where the rates are not known."""

    conversations: int | None
    calls: int | None
    words: str


def needed_calls(gap: Decimal | None, rates: CallRates) -> NeededCalls:
    """trade.md: gap / (won per reached call, trailing 90 days), then by calls per reached call; both rounded up."""
    if gap is None:
        return NeededCalls(None, None, "There is no quota, so there is no gap.")
    if gap <= 0:
        return NeededCalls(0, 0, "The quota is met.")
    if rates.won_per_reached is None:
        what = "nobody was reached" if not rates.reached else "nothing was won"
        return NeededCalls(None, None, f"In the last {TRAILING_DAYS} days {what}, so no rate is known.")
    with exact():  # multiplied first, so that what comes out even is not rounded up
        conversations, calls = (
            int((gap * number / rates.won).to_integral_value(ROUND_CEILING)) for number in (rates.reached, rates.calls)
        )
    words = (
        f"{rates.won_count:,} won with {rates.reached:,} {'conversation' if rates.reached == 1 else 'conversations'} "
        f"out of {rates.calls:,} {'call' if rates.calls == 1 else 'calls'} since "
        f"{date_words(rates.since)}."
    )
    return NeededCalls(conversations, calls, words)


def call_rates(work: Work, rates: Rates) -> dict[bool, CallRates]:
    """Calls, conversations and what was won in the last 90 days, today included; by whether that was growth."""
    since = work.today - timedelta(days=TRAILING_DAYS - 1)
    called = work.row(
        "SELECT count(*), coalesce(sum(is_reached), 0) FROM activity WHERE happened_on BETWEEN ? AND ? "
        "AND kind = 'call'",
        (since.isoformat(), work.today.isoformat()),
    )
    assert called is not None
    found = {}
    for side in SIDES:
        won = work.rows(
            f"SELECT x.currency, {SUMS.format('x')} FROM {side.table} x WHERE x.closed_at >= ? AND x.stage = 'won' "
            "GROUP BY 1",
            (to_micros(day_starts_at(work, since)),),
        )
        value = base_of({currency: high * MILLION + low for currency, high, low, *_ in won}, rates)
        found[bool(side.is_growth)] = CallRates(since, called[0], called[1], value, sum(row[3] for row in won))
    return found
