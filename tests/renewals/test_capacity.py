"""The capacity plan: the days to come beside a plainer simulation, and that room for more calls harms nobody."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets, settle_many
from callstation.clock import ManualClock
from callstation.renewals.capacity import Capacity, Hindrance, capacity, rates_of_calls
from callstation.renewals.reaching import Need, Person, Rates, Reached, may_ring, needed_extra, reach
from callstation.settings import Settings
from callstation.work import Work
from db.nouns import Contact, Renewal
from db.vocabulary import ActivityKind, Disposition, RenewalStage
from tests import factories

TODAY = date(2026, 11, 23)
DAYS = [day for ahead in range(40) if (day := TODAY + timedelta(days=ahead)).weekday() < 5]
FEW = settings(max_examples=200, deadline=None)

needs = st.builds(
    lambda opens, lasts: (TODAY + timedelta(days=opens), TODAY + timedelta(days=opens + lasts)),
    st.integers(-5, 30), st.integers(0, 20),
)  # fmt: skip


@st.composite
def crowds(draw: st.DrawFn) -> list[Person]:
    sizes = draw(st.lists(st.integers(1, 3), max_size=12))
    number = iter(range(1, 100))
    return [
        Person(target, tuple(Need(next(number), *draw(needs)) for _ in range(size)))
        for target, size in enumerate(sizes)
    ]


@st.composite
def rates(draw: st.DrawFn) -> Rates:
    days = draw(st.integers(1, 20))
    calls = draw(st.integers(1, 60))
    return Rates(days, calls, draw(st.integers(0, calls)), draw(st.integers(1, calls)))


def plainly(people: list[Person], rate: Rates, extra: int) -> dict[int, date]:
    """Day by day, everyone looked at in queue order."""
    counts = {need.renewal_id: 0 for person in people for need in person.needs}
    tries = -(-rate.calls // rate.conversations)
    on: dict[int, date] = {}
    for at, today in enumerate(DAYS):
        free = (at + 1) * rate.first_calls // rate.days - at * rate.first_calls // rate.days + extra
        for place, person in enumerate(people):
            open_now = [
                one.renewal_id for one in person.needs
                if one.opens_on <= today <= one.ends_on and one.renewal_id not in on
            ]  # fmt: skip
            if (tries > 6 and (at + place) % 5 in (1, 3)) or not open_now or not free:
                continue
            free -= 1
            for one in open_now:
                counts[one] += 1
                if counts[one] == tries:
                    on[one] = today
    return on


@FEW
@given(crowds(), rates(), st.integers(0, 5))
def test_the_days_to_come_are_those_of_a_plainer_simulation(people: list[Person], rate: Rates, extra: int) -> None:
    found = reach(people, DAYS, rate, extra=extra)
    assert found.on == plainly(people, rate, extra)
    assert found.on.keys() | found.missed == {need.renewal_id for one in people for need in one.needs}
    assert not found.on.keys() & found.missed


@FEW
@given(crowds(), rates(), st.integers(0, 4))
def test_room_for_another_call_makes_nobody_later(people: list[Person], rate: Rates, extra: int) -> None:
    less, more = (reach(people, DAYS, rate, extra=one) for one in (extra, extra + 1))
    assert more.missed <= less.missed
    assert all(more.on[one] <= day for one, day in less.on.items())


@FEW
@given(crowds(), rates())
def test_nobody_is_spoken_to_outside_the_time_of_the_contract(people: list[Person], rate: Rates) -> None:
    when = reach(people, DAYS, rate, extra=3).on
    for person in people:
        for need in person.needs:
            if need.renewal_id in when:
                assert need.opens_on <= when[need.renewal_id] <= need.ends_on


@FEW
@given(crowds(), rates())
def test_the_extra_calls_are_the_fewest_that_miss_nobody_for_want_of_calls(people: list[Person], rate: Rates) -> None:
    found = needed_extra(people, DAYS, rate)
    assert found is not None
    extra, then = found
    best = reach(people, DAYS, rate, extra=1000)
    assert then == reach(people, DAYS, rate, extra=extra)
    assert len(then.missed) == len(best.missed)
    assert extra == 0 or len(reach(people, DAYS, rate, extra=extra - 1).missed) > len(best.missed)


def test_nobody_is_rung_more_than_six_times_in_a_fortnight_where_more_calls_are_needed() -> None:
    for place in range(5):
        rung = [at for at in range(40) if may_ring(at, place, 7)]
        assert all(sum(first <= at < first + 10 for at in rung) <= 6 for first in range(30))
    assert all(may_ring(at, 0, 6) for at in range(10))


@pytest.mark.parametrize("rate", [Rates(20, 0, 0, 0), Rates(20, 50, 20, 0), Rates(0, 0, 0, 0)])
def test_without_a_rate_nothing_is_promised(rate: Rates) -> None:
    someone = [Person(1, (Need(7, TODAY, TODAY + timedelta(days=30)),))]
    assert reach(someone, DAYS, rate) == Reached({}, frozenset({7}))
    assert needed_extra(someone, DAYS, rate) is None


def test_a_rate_below_one_a_day_still_gets_there() -> None:
    people = [Person(at, (Need(at, TODAY, DAYS[-1]),)) for at in range(4)]
    found = reach(people, DAYS, Rates(4, 4, 1, 4))  # one first call in four days
    assert list(found.on.values()) == sorted(found.on.values())
    assert len(found.on) == 4


# -- read from the book ---------------------------------------------------------------------------------------------


@pytest.fixture
def app(store: Path, settings: Settings, clock: ManualClock) -> Iterator[App]:
    opened = App(store, settings=settings, clock=clock)
    yield opened
    opened.close()


def customers(app: App, *ends: date) -> list[int]:
    def book(work: Work) -> list[int]:
        for at, ends_on in enumerate(ends):
            factories.customer(work, f"Customer {at}", ends_on=ends_on, e164=f"+1617555{at:04}")
        refresh_targets(work)
        return [row[0] for row in work.rows("SELECT id FROM call_target ORDER BY account_id")]

    found = app.record(book)
    app.record(build_day)
    return found


def past_calls(app: App, days: int, per_day: int, *, reached_every: int) -> None:
    """So many calls on each of the last weekdays, to people of no contract."""

    def book(work: Work) -> None:
        account_id = factories.account(work, "Long ago")
        day, made, number = TODAY, 0, 0
        while made < days:
            day -= timedelta(days=1)
            if day.weekday() > 4:
                continue
            made += 1
            for _ in range(per_day):
                number += 1
                factories.activity(
                    work, account_id, happened_on=day, kind=ActivityKind.CALL, disposition=Disposition.NO_ANSWER,
                    happened_at=datetime(day.year, day.month, day.day, 15, tzinfo=UTC) + timedelta(minutes=number),
                    is_reached=number % reached_every == 0,
                )  # fmt: skip

    app.record(book)


def planned(app: App) -> Capacity:
    return app.ask(capacity)


def test_what_was_set_aside_is_in_no_queue_and_so_in_no_plan(app: App) -> None:
    customers(app, TODAY + timedelta(days=30), TODAY + timedelta(days=31))
    app.do(lambda work: work.update(Renewal, 1, stage=RenewalStage.LAPSED, closed_at=work.now))
    past_calls(app, 20, 4, reached_every=2)
    found = planned(app)
    assert (found.to_reach, found.reached, found.rows) == (1, 1, ())


def test_nothing_to_reach_is_said_as_such(app: App) -> None:
    past_calls(app, 20, 4, reached_every=2)
    assert planned(app).words.endswith("and 2 calls for a conversation; no contract is left to be reached.")


def test_a_book_without_calls_says_that_it_cannot_say(app: App) -> None:
    customers(app, TODAY + timedelta(days=30))
    found = planned(app)
    assert (found.to_reach, found.rows, found.extra_calls) == (1, None, None)
    assert found.words == "No calls in the last 20 working days: nothing can be said."


def test_rates_are_those_of_the_last_twenty_working_days(app: App) -> None:
    past_calls(app, 30, 4, reached_every=2)
    found = app.ask(rates_of_calls)
    # 26 November 2026 lies ahead; of the last 20 working days Veterans Day, 11 November, is none.
    assert found.days == 20
    assert found.calls == 4 * 21  # called on the holiday all the same: those calls were made too
    assert found.calls_per_conversation == 2


def test_a_young_book_counts_the_days_it_has(app: App) -> None:
    past_calls(app, 3, 4, reached_every=4)
    assert app.ask(rates_of_calls) == Rates(3, 12, 12, 3)


def test_the_first_day_counts_by_itself(app: App) -> None:
    (target,) = customers(app, TODAY + timedelta(days=30))
    app.do(log_outcome, target, Disposition.CALLBACK_AGREED, at=app.clock.now() + timedelta(days=1))
    assert app.ask(rates_of_calls) == Rates(1, 1, 1, 1)


def test_a_call_to_someone_spoken_to_lately_follows_up(app: App) -> None:
    (target,) = customers(app, TODAY + timedelta(days=30))
    at = datetime(2026, 11, 18, 15, tzinfo=UTC)

    def book(work: Work) -> None:
        for days, is_reached in ((-1, False), (0, True), (1, False), (2, False)):
            factories.activity(
                work, 1, target_id=target, happened_at=at + timedelta(days=days), is_reached=is_reached,
                happened_on=date(2026, 11, 18 + days),
            )  # fmt: skip

    app.record(book)
    assert app.ask(rates_of_calls) == Rates(4, 4, 2, 1)  # one before, and the one that reached them


def test_who_is_reached_in_time_and_who_is_not(app: App) -> None:
    customers(app, *[TODAY + timedelta(days=10)] * 6)
    past_calls(app, 20, 1, reached_every=1)  # one call a day, each a conversation
    found = planned(app)
    # Ten days hold seven working days (Thanksgiving is none): everyone has a turn.
    assert (found.to_reach, found.reached, found.rows, found.extra_calls) == (6, 6, (), 0)
    assert found.words.endswith("all 6 contracts are reached in time.")


def test_those_whose_turn_comes_too_late_are_named_with_the_calls_it_takes(app: App) -> None:
    customers(app, *[TODAY + timedelta(days=4)] * 6)
    past_calls(app, 20, 1, reached_every=1)
    found = planned(app)
    assert found.rows is not None
    # Mon, Tue, Wed, Fri: four calls for six.
    assert [row.hindrance for row in found.rows] == [Hindrance.CALLS] * 2
    assert found.extra_calls == 1
    assert "2 of 6 contracts cannot be reached in time. 1 more calls a day would reach 2 of them." in found.words


def test_who_cannot_be_called_at_all_is_told_apart(app: App) -> None:
    targets = customers(app, *[TODAY + timedelta(days=30)] * 3)
    past_calls(app, 20, 9, reached_every=1)

    def block(work: Work) -> None:
        work.update(Contact, 1, is_do_not_call=True)
        work.raw.execute("UPDATE phone SET status = 'dead' WHERE id = 2")
        work.raw.execute("UPDATE renewal SET target_id = NULL WHERE id = 3")
        settle_many(work, targets, is_journaled=False)

    app.record(block)
    found = planned(app)
    assert found.rows is not None
    assert [row.hindrance for row in found.rows] == [Hindrance.DO_NOT_CALL, Hindrance.NO_NUMBER, Hindrance.NO_TARGET]


def test_what_ends_before_the_calls_of_a_conversation_no_number_of_calls_would_reach(app: App) -> None:
    customers(app, TODAY + timedelta(days=4))
    past_calls(app, 20, 8, reached_every=8)
    found = planned(app)
    assert found.rows is not None
    assert [row.hindrance for row in found.rows] == [Hindrance.DAYS]
    assert (found.extra_calls, "1 end too soon" in found.words) == (0, True)


def test_who_was_spoken_to_is_not_to_be_reached(app: App) -> None:
    first, _ = customers(app, TODAY + timedelta(days=30), TODAY + timedelta(days=31))
    past_calls(app, 20, 9, reached_every=1)
    app.do(log_outcome, first, Disposition.CALLBACK_AGREED, at=app.clock.now() + timedelta(days=1))
    assert planned(app).to_reach == 1


def test_who_rests_until_after_the_end_is_not_reached(app: App) -> None:
    (target,) = customers(app, TODAY + timedelta(days=5))
    past_calls(app, 20, 9, reached_every=1)
    app.record(
        lambda work: work.raw.execute(
            "UPDATE call_target SET state = 'resting', due_kind = 'skip', due_at = ? WHERE id = ?",
            (int(datetime(2026, 12, 9, tzinfo=UTC).timestamp() * 1_000_000), target),
        )
    )
    found = planned(app)
    assert found.rows is not None
    assert [row.hindrance for row in found.rows] == [Hindrance.DAYS]
