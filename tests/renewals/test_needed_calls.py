"""How many calls close the gap: counted by hand over a small book, and never fewer than it takes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.amounts import Rates
from callstation.renewals.needed_calls import CallRates, call_rates, needed_calls
from callstation.work import Work
from db.vocabulary import ActivityKind, ForecastCategory, RenewalStage
from tests import factories

NEW_YORK = ZoneInfo("America/New_York")
RATES = Rates("USD", {"EUR": Decimal("1.5")})
SINCE = date(2026, 8, 26)
"""Ninety days with the 23rd of November, the last of them; the clocks change within."""


@given(
    gap=st.decimals(Decimal("0.01"), Decimal(10**9), places=2),
    won=st.decimals(Decimal("0.01"), Decimal(10**9), places=2),
    reached=st.integers(1, 5000),
    missed=st.integers(0, 5000),
)
def test_so_many_calls_close_the_gap_and_one_fewer_does_not(
    gap: Decimal, won: Decimal, reached: int, missed: int
) -> None:
    found = needed_calls(gap, CallRates(SINCE, reached + missed, reached, won, 1))
    assert found.conversations is not None
    assert found.calls is not None
    each = Fraction(won) / reached
    assert found.conversations * each >= Fraction(gap) > (found.conversations - 1) * each
    per_call = Fraction(won) / (reached + missed)
    assert found.calls * per_call >= Fraction(gap) > (found.calls - 1) * per_call


@pytest.mark.parametrize(
    ("gap", "reached", "won", "words", "calls"),
    [
        (None, 5, 10, "no quota", None), (Decimal(0), 5, 10, "is met", 0), (Decimal(-5), 0, 0, "is met", 0),
        (Decimal(5), 0, 10, "nobody was reached", None), (Decimal(5), 5, 0, "nothing was won", None),
    ],
)  # fmt: skip
def test_where_no_rate_is_known_it_says_so(
    gap: Decimal | None, reached: int, won: int, words: str, calls: int | None
) -> None:
    found = needed_calls(gap, CallRates(SINCE, 9, reached, Decimal(won), 1))
    assert words in found.words
    assert found.calls == calls


def test_the_rates_are_of_the_last_ninety_days_by_the_reps_own_date(app: App, clock: ManualClock) -> None:
    def make(work: Work) -> None:
        account_id = factories.account(work)
        factories.contract(work, account_id, date(2026, 12, 31))
        for day, is_reached, kind in (
            (SINCE, True, ActivityKind.CALL), (SINCE - timedelta(days=1), True, ActivityKind.CALL),
            (work.today, False, ActivityKind.CALL), (work.today, True, ActivityKind.CALL),
            (work.today, True, ActivityKind.NOTE), (work.today + timedelta(days=1), True, ActivityKind.CALL),
        ):  # fmt: skip
            factories.activity(work, account_id, happened_on=day, is_reached=is_reached, kind=kind)
        for at, currency, stage in (
            (datetime(2026, 8, 26, 4, 0, tzinfo=NEW_YORK), "USD", RenewalStage.WON),
            (datetime(2026, 8, 26, 3, 59, tzinfo=NEW_YORK), "USD", RenewalStage.WON),
            (work.now, "EUR", RenewalStage.WON), (work.now, "USD", RenewalStage.LOST),
            (work.now, "XXX", RenewalStage.WON),
        ):  # fmt: skip
            factories.renewal(
                work, 1, account_id, work.today, stage=stage, category=ForecastCategory.CLOSED, currency=currency,
                amount=Decimal(100), closed_at=at,
            )  # fmt: skip

    app.record(make)
    found = app.ask(call_rates, RATES)
    assert found[False] == CallRates(SINCE, 3, 2, Decimal("250.00"), 3)
    assert found[True] == CallRates(SINCE, 3, 2, Decimal("0.00"), 0)
    assert needed_calls(Decimal(1000), found[False]).calls == 12
