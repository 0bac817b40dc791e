"""The day sheet tells of a day's own moves, also of a day on which the book was not opened."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.changing import change_many
from callstation.renewals.snapshots import take_snapshot
from callstation.renewals.state import Key
from callstation.reports.daily import day_sections
from callstation.reports.report import Section
from callstation.reports.weekly import week_sections
from db.vocabulary import ForecastCategory
from tests import factories

FRIDAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def moves(app: App, day: date) -> Section:
    (found,) = [one for one in app.ask(day_sections, day) if one.title == "Pipeline moves"]
    return found


def opened(app: App, clock: ManualClock, day: date, amount: int | None = None) -> None:
    """The book is opened in the morning; later a renewal is changed."""
    clock.jump(datetime(day.year, day.month, day.day, 15, tzinfo=UTC))
    app.record(take_snapshot)
    clock.advance(3600)
    if amount is not None:
        app.do(change_many, [Key(False, 1)], amount=Decimal(amount))


def test_a_day_off_has_none_of_the_moves_of_the_day_before(app: App, clock: ManualClock) -> None:
    app.record(lambda work: factories.customer(work, ends_on=FRIDAY + 20 * DAY))
    opened(app, clock, FRIDAY - DAY)
    opened(app, clock, FRIDAY, 500)
    opened(app, clock, FRIDAY + 3 * DAY, 600)
    assert [len(rows) for rows in (_rows(app, FRIDAY - DAY), _rows(app, FRIDAY))] == [0, 1]
    for day in (FRIDAY + DAY, FRIDAY + 2 * DAY):
        assert (moves(app, day).table, moves(app, day).words) == (None, ("Nothing moved.",))
    assert len(_rows(app, FRIDAY + 3 * DAY)) == 1
    clock.advance(2 * 86_400)
    assert _rows(app, FRIDAY + 4 * DAY) == (), "the book was not opened since Monday"


def test_two_weeks_in_a_row_share_no_move(app: App, clock: ManualClock) -> None:
    app.record(lambda work: factories.customer(work, ends_on=FRIDAY + 20 * DAY))
    app.do(change_many, [Key(False, 1)], category=ForecastCategory.COMMIT)
    for ago in (14, 7):
        opened(app, clock, FRIDAY - ago * DAY)
    opened(app, clock, FRIDAY, 500)
    for ahead, amount in ((3, None), (7, 600), (10, None)):
        opened(app, clock, FRIDAY + ahead * DAY, amount)
    told = [_bridge(app, FRIDAY + days * DAY) for days in (2, 9)]
    assert [len(one.table.rows) if one.table else 0 for one in told] == [1, 1]
    assert "500" in told[0].table.rows[0][2]  # type: ignore[union-attr]
    assert "500.00 USD to 600.00 USD" in told[1].table.rows[0][2]  # type: ignore[union-attr]


def _rows(app: App, day: date) -> tuple[object, ...]:
    found = moves(app, day).table
    return () if found is None else tuple(found.rows)


def _bridge(app: App, day: date) -> Section:
    (found,) = [one for one in app.ask(week_sections, day) if one.title == "What moved the commit forecast"]
    return found
