"""When the book is put down: as the day is opened, and before a sync changes it; days turn as the rep's do."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from callstation.app import App
from callstation.calling.day import build_day
from callstation.clock import ManualClock
from callstation.renewals.live import live_states, live_sums
from callstation.renewals.snapshots import take_snapshot
from callstation.renewals.state import Key
from callstation.renewals.states import snapshots, state_on
from callstation.work import Work
from db.vocabulary import ForecastCategory, RenewalStage
from tests import factories
from tests.renewals.edits import start
from tests.renewals.states import sums_of
from tests.sync.desk.conftest import make_pair
from tests.sync.desk.people import customers

NEW_YORK = ZoneInfo("America/New_York")


def test_the_book_is_put_down_as_the_day_is_built(app: App, clock: ManualClock) -> None:
    app.record(lambda work: factories.customer(work, ends_on=date(2026, 12, 31)))
    app.record(build_day)
    app.record(build_day)
    clock.advance(86_400)
    app.record(build_day)
    assert [one.taken_on for one in app.ask(snapshots)] == [date(2026, 11, 23), date(2026, 11, 24)]


def test_a_sync_changes_nothing_that_was_not_put_down_before(app: App, clock: ManualClock) -> None:
    pair = make_pair(app, clock)
    customers(pair, 3)
    pair.sync()
    clock.advance(86_400)
    (found,) = pair.there("SELECT Id FROM Opportunity LIMIT 1")
    pair.org.update("Opportunity", found["Id"], {"Amount": 5})
    pair.sync()
    ((renewal_id,),) = pair.rows("SELECT id FROM renewal WHERE crm_id = ?", found["Id"])
    kept, now = app.ask(state_on, date(2026, 11, 24)), app.ask(lambda work: dict(live_states(work)))
    key = Key(False, renewal_id)
    assert kept is not None
    assert now[key].units == 50_000
    assert kept[key].units != 50_000, "as the day began"
    pair.web.close()
    pair.org.close()


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1), date(2026, 10, 31)),  # the hour that comes twice
        (datetime(2026, 11, 1, 3, 59, 59, tzinfo=NEW_YORK), date(2026, 10, 31)),
        (datetime(2026, 11, 1, 4, 0, tzinfo=NEW_YORK), date(2026, 11, 1)),
        (datetime(2027, 3, 14, 3, 30, tzinfo=NEW_YORK), date(2027, 3, 13)),  # after the hour that never comes
        (datetime(2027, 3, 14, 4, 0, tzinfo=NEW_YORK), date(2027, 3, 14)),
        (datetime(2028, 3, 1, 3, 0, tzinfo=NEW_YORK), date(2028, 2, 29)),
        (datetime(2026, 12, 1, 3, 0, tzinfo=NEW_YORK), date(2026, 11, 30)),
    ],
)
def test_what_is_won_closes_on_the_reps_day_however_it_is_added_up(
    app: App, clock: ManualClock, at: datetime, day: date
) -> None:
    clock.jump(at + timedelta(days=2))

    def make(work: Work) -> None:
        start(work)
        factories.renewal(
            work, 1, 1, date(2026, 12, 31), stage=RenewalStage.WON, category=ForecastCategory.CLOSED, closed_at=at,
            amount=Decimal(7),
        )  # fmt: skip

    app.record(make)
    app.record(take_snapshot)
    states = app.ask(lambda work: dict(live_states(work)))
    assert states[Key(False, 1)].close_on == day
    assert app.ask(state_on, app.ask(lambda work: work.today)) == states
    assert app.ask(live_sums) == sums_of(states.items())
