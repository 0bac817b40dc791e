"""How likely a stage is to be won: the trade's start values, then the rep's own rate from 60 closed on."""

import random
from datetime import date
from decimal import Decimal

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.fiscal import rolling
from callstation.renewals.forecast import forecast
from callstation.renewals.likelihood import ENOUGH, win_rate
from callstation.renewals.snapshots import take_snapshot
from callstation.renewals.win_rates import win_rates
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ForecastCategory, RenewalStage
from tests import factories
from tests.renewals.edits import start

S = RenewalStage
DAY = 86_400


def put(work: Work, renewal_id: int, stage: RenewalStage) -> None:
    work.update(Renewal, renewal_id, stage=stage, closed_at=None if stage.is_open else work.now)


def test_the_start_values_are_those_of_the_trade() -> None:
    assert [win_rate(stage, won=0, lost=0).share for stage in S if stage.is_open and stage is not S.LAPSED] == [
        Decimal(one) for one in ("0.70", "0.80", "0.80", "0.90", "0.95", "0.40")
    ]
    assert win_rate(S.QUOTED, won=40, lost=ENOUGH - 41).share == Decimal("0.80")
    assert win_rate(S.QUOTED, won=40, lost=ENOUGH - 40).share == Decimal("0.6667")


def test_a_stage_is_won_as_often_as_what_stood_in_it_was(app: App, clock: ManualClock) -> None:
    """The oracle keeps, of each renewal, every stage it was seen in; reopened ones count again only once closed."""
    rng, count = random.Random(5), 150
    app.record(start)
    for _ in range(count):
        app.record(lambda work: factories.renewal(work, 1, 1, date(2026, 12, 31), stage=S.NOT_STARTED))
    seen: dict[int, set[RenewalStage]] = {one: set() for one in range(1, count + 1)}
    stages = dict.fromkeys(seen, S.NOT_STARTED)
    for _ in range(30):
        app.record(take_snapshot)
        for renewal_id, stage in stages.items():
            if stage not in (S.WON, S.LOST):
                seen[renewal_id].add(stage)
        clock.advance(DAY)
        for renewal_id in rng.sample(list(stages), 25):
            stages[renewal_id] = rng.choice([S.CONTACTED, S.QUOTED, S.AT_RISK, S.WON, S.WON, S.LOST])
            app.record(put, renewal_id, stages[renewal_id])
    app.record(take_snapshot)
    rates = app.ask(win_rates)
    for stage in (S.NOT_STARTED, S.CONTACTED, S.QUOTED, S.AT_RISK):
        over = [stages[one] for one, was in seen.items() if stage in was and stages[one] in (S.WON, S.LOST)]
        found = rates[False, stage]
        assert found.closed == len(over)
        if len(over) >= ENOUGH:
            assert found.is_own
            assert found.share == round(Decimal(over.count(S.WON)) / len(over), 4)
    assert rates[False, S.NOT_STARTED].is_own
    assert not rates[True, S.NOT_STARTED].is_own, "growth is counted apart"


def test_the_weighted_forecast_follows_the_own_rate(app: App, clock: ManualClock) -> None:
    app.record(start)
    for _ in range(ENOUGH + 1):
        app.record(
            lambda work: factories.renewal(
                work, 1, 1, date(2026, 12, 31), stage=S.QUOTED, category=ForecastCategory.BEST_CASE, amount=Decimal(100)
            )
        )
    app.record(take_snapshot)
    assert app.ask(forecast, rolling(date(2026, 11, 1))).renewals.weighted == Decimal("4880.00")
    clock.advance(DAY)
    for renewal_id in range(1, ENOUGH + 1):
        app.record(put, renewal_id, S.WON if renewal_id <= 15 else S.LOST)
    app.record(take_snapshot)
    assert app.ask(forecast, rolling(date(2026, 11, 1))).renewals.weighted == Decimal("1525.00"), "15 won, 1 at .25"
