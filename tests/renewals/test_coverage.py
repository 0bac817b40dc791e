"""The coverage ledger beside a second reckoning: each contract due in one part, never green while one is missed."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.calling.rules import rule_text
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.renewals.cover_time import due_days
from callstation.renewals.coverage import Cover, CoverRow, Ledger, ledger, ledger_rows
from callstation.settings import Settings
from callstation.work import Work
from db.nouns import Account, CallTarget, Contract, Renewal
from db.vocabulary import (
    AccountKind,
    Disposition,
    ForecastCategory,
    LossReason,
    RenewalStage,
    TargetState,
)
from tests import factories

TODAY, ZONE = date(2026, 11, 23), ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
FIRST, LAST = TODAY - timedelta(days=60), TODAY + timedelta(days=150)
MANY = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def app(store: Path, settings: Settings, clock: ManualClock) -> Iterator[App]:
    opened = App(store, settings=settings.with_values(rates="EUR: 1.08, 2026-11-20"), clock=clock)
    yield opened
    opened.close()


@dataclass(frozen=True)
class Case:
    """A contract with all that may cover it."""

    due_on: date = TODAY + timedelta(days=60)
    stage: RenewalStage = RenewalStage.NOT_STARTED
    reason: LossReason | None = None
    spoken: datetime | None = None
    state: TargetState | None = TargetState.READY
    next_at: datetime | None = None
    kind: str | None = None
    is_partner: bool = False
    has_renewal: bool = True
    known_on: date = date(2026, 1, 2)
    amount: int | None = None
    """Whole units of the currency, of the renewal and the contract alike."""
    currency: str = "USD"


def write(work: Work, cases: tuple[Case, ...]) -> None:
    for table in ("renewal", "contract", "call_target", "account"):
        work.raw.execute(f"DELETE FROM {table}")
    for at, case in enumerate(cases, start=1):
        kind = AccountKind.PARTNER if case.is_partner else AccountKind.CUSTOMER
        work.insert(Account, id=at, uid=f"a{at}", kind=kind, name=f"A{at}", name_key=f"a{at}", created_at=work.now)
        work.insert(
            Contract, id=at, uid=f"k{at}", number=f"C-{at}", account_id=at, ends_on=case.due_on, currency=case.currency,
            value=None if case.amount is None else Decimal(case.amount),
            created_at=datetime.combine(case.known_on, datetime.min.time(), ZONE) + timedelta(hours=12),
        )  # fmt: skip
        if not case.has_renewal:
            continue
        if case.state is not None:
            work.insert(CallTarget, id=at, account_id=at, state=case.state, due_at=case.next_at, due_kind=case.kind)
        work.insert(
            Renewal, id=at, uid=f"r{at}", contract_id=at, account_id=at, due_on=case.due_on, currency=case.currency,
            amount=None if case.amount is None else Decimal(case.amount), stage=case.stage, loss_reason=case.reason,
            category=ForecastCategory.PIPELINE, last_contact_at=case.spoken,
            target_id=None if case.state is None else at, closed_at=None if case.stage.is_open else work.now,
        )  # fmt: skip


# -- the second reckoning -----------------------------------------------------------------------------------------


def rep_day(at: datetime) -> date:
    return (at.astimezone(ZONE).replace(tzinfo=None) - timedelta(hours=4)).date()


def part_of(case: Case) -> Cover | None:
    """Where a contract belongs; None for history that nobody could have called for."""
    if not case.has_renewal:
        return None if case.known_on > case.due_on else Cover.NOTHING
    if case.spoken is not None and rep_day(case.spoken) >= case.due_on - timedelta(days=120):
        return Cover.CONTACT
    if not case.stage.is_open:
        is_told = case.stage is RenewalStage.WON or case.reason is not None
        return Cover.CLOSED if is_told else Cover.NOTHING
    if case.due_on < TODAY or case.state in (None, TargetState.BLOCKED, TargetState.FINISHED):
        return Cover.NOTHING
    if case.state is not TargetState.READY and case.next_at is not None and case.next_at >= NOW:
        return Cover.PLAN if rep_day(case.next_at) <= case.due_on else Cover.NOTHING
    return Cover.PLAN if has_step(case.due_on, "via_partner" if case.is_partner else "direct") else Cover.NOTHING


def has_step(ends_on: date, path: str) -> bool:
    """Whether a step of the table still comes, on a working day, from today to the end."""
    free = holidays.country_holidays("US")
    taken: set[date] = set()
    for row in json.loads(rule_text("cadence.json"))["paths"][path]:
        day = ends_on + timedelta(days=row["offset"])
        if row.get("is_daily") and (day.weekday() > 4 or day in free):
            continue
        while day in taken or day.weekday() > 4 or day in free:
            day += timedelta(days=1)
        taken.add(day)
    return any(TODAY <= day <= ends_on for day in taken)


near = st.integers(-60, 150).map(lambda days: TODAY + timedelta(days=days)) | st.integers(0, 22).map(
    lambda days: TODAY + timedelta(days=days)
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    due_on = draw(near)
    stage = draw(st.sampled_from(RenewalStage))
    starts = datetime.combine(due_on - timedelta(days=120), datetime.min.time(), ZONE)
    hours = st.sampled_from([3, 3.99, 4, 4.01, 12, 500])
    return Case(
        due_on, stage, draw(st.none() | st.just(LossReason.PRICE)) if stage is RenewalStage.LOST else None,
        draw(st.none() | hours.map(lambda hour: (starts + timedelta(hours=hour)).astimezone(UTC))),
        draw(st.none() | st.sampled_from(TargetState)),
        draw(st.none() | st.integers(-48, 24 * 200).map(lambda hour: NOW + timedelta(hours=hour))),
        draw(st.sampled_from([None, "do_not_call", "no_number", "cadence"])), draw(st.booleans()),
        draw(st.sampled_from([True, True, True, False])), draw(near), draw(st.none() | st.integers(0, 9000)),
        draw(st.sampled_from(["USD", "USD", "EUR", "GBP"])),
    )  # fmt: skip


def asked(app: App, *some: Case) -> Ledger:
    app.record(write, some)
    return app.ask(ledger, FIRST, LAST)


@MANY
@given(st.lists(cases(), max_size=12).map(tuple))
@example(())
@example((Case(),))
def test_every_contract_stands_in_the_part_a_second_reckoning_finds(app: App, some: tuple[Case, ...]) -> None:
    found = asked(app, *some)
    wanted = Counter(part_of(case) for case in some)
    assert {cover: part.count for cover, part in found.parts.items()} == {cover: wanted[cover] for cover in Cover}
    for cover, part in found.parts.items():
        sums = {
            rate: sum(case.amount or 0 for case in some if part_of(case) is cover and case.currency == currency)
            for currency, rate in (("USD", Decimal(1)), ("EUR", Decimal("1.08")))
        }
        assert part.value == sum((rate * amount for rate, amount in sums.items()), Decimal(0))
    assert (found.due, found.history) == (len(some) - wanted[None], wanted[None])
    rows = {cover: app.ask(ledger_rows, FIRST, LAST, cover) for cover in Cover}
    assert {cover: len(some) for cover, some in rows.items()} == {cover: wanted[cover] for cover in Cover}
    numbers = [row.contract_number for some in rows.values() for row in some]
    assert len(numbers) == len(set(numbers)) == found.due
    for cover, some_rows in rows.items():
        assert Counter(row.why for row in some_rows) == found.parts[cover].reasons
        assert all(bool(row.what_to_do) is (cover is Cover.NOTHING) for row in some_rows)


@MANY
@given(st.lists(cases(), max_size=12).map(tuple))
@example((Case(due_on=TODAY - timedelta(days=4000), amount=5),))
@example((Case(due_on=TODAY - timedelta(days=30), has_renewal=False, amount=5, known_on=date(2026, 1, 2)),))
def test_what_ended_before_and_is_still_open_never_drops_off_by_age(app: App, some: tuple[Case, ...]) -> None:
    app.record(write, some)
    typed, found = app.ask(ledger, TODAY, LAST), app.ask(lambda work: ledger(work, TODAY, LAST, with_ended=True))
    before = [case for case in some if case.due_on < TODAY and (case.stage.is_open or not case.has_renewal)]
    wanted = Counter(part for part in map(part_of, before) if part is not None)
    assert (typed.ended, found.ended) == (None, wanted.total())
    assert found.history == typed.history
    days = app.ask(lambda work: due_days(work, TODAY, LAST, with_ended=True))
    for cover in Cover:
        assert found.parts[cover].count == typed.parts[cover].count + wanted[cover]
        rows = app.ask(partial(read_ended, cover=cover))
        assert len(rows) == found.parts[cover].count
        assert sum(row.due_on < TODAY for row in rows if row.due_on) == wanted[cover]
        assert Counter(row.why for row in rows) == found.parts[cover].reasons
        dated = {day: number for (day, of), number in days.days.items() if of is cover and number}
        assert dated == dict(Counter(row.due_on for row in rows))
    own = sum(case.amount or 0 for case in before if case.currency == "USD" and part_of(case) is Cover.NOTHING)
    euros = sum(case.amount or 0 for case in before if case.currency == "EUR" and part_of(case) is Cover.NOTHING)
    more = found.parts[Cover.NOTHING].value - typed.parts[Cover.NOTHING].value
    assert more == own + euros * Decimal("1.08")


def read_ended(work: Work, cover: Cover) -> tuple[CoverRow, ...]:
    return ledger_rows(work, TODAY, LAST, cover, with_ended=True)


@MANY
@given(st.lists(cases(), max_size=12).map(tuple))
def test_it_is_never_green_while_one_row_has_nothing(app: App, some: tuple[Case, ...]) -> None:
    found = asked(app, *some)
    nothing = app.ask(ledger_rows, FIRST, LAST, Cover.NOTHING)
    assert found.is_green == (found.due > 0 and not nothing)
    if found.coverage is not None:
        assert (found.coverage == 1) == (found.parts[Cover.CONTACT].count == found.due)


def test_coverage_of_ten_thousand_but_one_is_not_all() -> None:
    from callstation.renewals.cover import Part

    parts = {cover: Part(cover, 0, None, {}) for cover in Cover}  # type: ignore[arg-type]
    parts[Cover.CONTACT] = replace(parts[Cover.CONTACT], count=99_999)
    parts[Cover.PLAN] = replace(parts[Cover.PLAN], count=1)
    assert Ledger(FIRST, LAST, parts, "USD", {}, 0).coverage < 1  # type: ignore[operator]


def test_pages_of_what_has_nothing_join_without_a_gap(app: App) -> None:
    asked(app, *(Case(due_on=TODAY - timedelta(days=at)) for at in range(5)), Case(has_renewal=False))
    everyone = app.ask(ledger_rows, FIRST, LAST, Cover.NOTHING)
    paged = [
        row for at in range(0, 8, 2) for row in app.ask(ledger_rows, FIRST, LAST, Cover.NOTHING, offset=at, limit=2)
    ]
    assert paged == list(everyone)


def test_the_end_of_the_window_belongs_to_it(app: App) -> None:
    asked(app, Case(due_on=FIRST), Case(due_on=LAST), Case(due_on=LAST + timedelta(days=1)))
    assert app.ask(ledger, FIRST, LAST).due == 2
    assert app.ask(ledger, LAST, LAST).due == 1


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (Case(spoken=NOW - timedelta(days=20)), "Spoken to on 3 Nov 2026"),
        (Case(state=TargetState.TIMED, next_at=NOW), "Has a minute of its own before the end: 23 Nov 2026, 10:00 AM"),
        (Case(), "A step of the cadence is ahead, before the end: Call 3: quote, options, 23 Nov 2026"),
        (Case(stage=RenewalStage.WON), "Won on 23 Nov 2026"),
        (Case(stage=RenewalStage.LOST, reason=LossReason.BUDGET), "Lost on 23 Nov 2026: budget"),
        (Case(stage=RenewalStage.LOST), "Lost, and nobody said why"),
        (Case(due_on=TODAY - timedelta(days=3)),
         "Ended, and nobody spoke to them in its last 120 days; that was 3 days ago"),
        (Case(due_on=TODAY - timedelta(days=1)),
         "Ended, and nobody spoke to them in its last 120 days; that was 1 day ago"),
        (Case(state=TargetState.BLOCKED, kind="do_not_call"), "They must not be called"),
        (Case(state=TargetState.BLOCKED, kind="no_number"), "No number works"),
        (Case(state=None), "Nobody is called for it"),
        (Case(state=TargetState.RESTING, next_at=NOW + timedelta(days=90)), "The next call is planned after the end"),
        (Case(has_renewal=False), "The contract has no renewal"),
    ],
)  # fmt: skip
def test_each_row_says_why_it_stands_there(app: App, case: Case, words: str) -> None:
    asked(app, case)
    (row,) = [row for cover in Cover for row in app.ask(ledger_rows, FIRST, LAST, cover)]
    assert row.words.startswith(words)


def test_a_contract_that_ends_on_a_sunday_has_no_step_left_from_tuesday_on(app: App, clock: ManualClock) -> None:
    sunday = Case(due_on=date(2026, 11, 29))
    assert asked(app, sunday).is_green
    clock.advance(86_400)
    assert app.ask(ledger, FIRST, LAST).nothing == 1
    assert app.ask(ledger_rows, FIRST, LAST, Cover.NOTHING)[0].words == "No step of the cadence is left before the end"
    assert asked(app, replace(sunday, is_partner=True)).is_green, "partners are called daily"


@pytest.mark.parametrize(("hours", "is_in_time"), [(24 * 10 + 17.9, True), (24 * 10 + 18, False)])
def test_a_call_on_the_last_day_is_in_time_until_the_day_turns(app: App, hours: float, is_in_time: bool) -> None:
    last_call = NOW + timedelta(hours=hours)
    case = Case(due_on=TODAY + timedelta(days=10), state=TargetState.RESTING, next_at=last_call)
    assert asked(app, case).is_green is is_in_time


def test_a_conversation_covers_and_an_unanswered_call_does_not(app: App) -> None:
    def book(work: Work) -> int:
        account_id = factories.customer(work, ends_on=TODAY - timedelta(days=2))
        refresh_targets(work, [account_id])
        return int(work.rows("SELECT id FROM call_target")[0][0])

    target = app.do(book)
    app.do(log_outcome, target, Disposition.LEFT_VOICEMAIL)
    assert app.ask(ledger, FIRST, LAST).nothing == 1
    app.do(log_outcome, target, Disposition.CALLBACK_AGREED, at=NOW + timedelta(days=1))
    assert app.ask(ledger, FIRST, LAST).is_green
    app.undo()
    assert app.ask(ledger, FIRST, LAST).nothing == 1


def test_money_without_a_rate_is_told_apart(app: App) -> None:
    def book(work: Work) -> Any:
        account_id = factories.account(work)
        for at, currency in enumerate(("USD", "GBP")):
            contract_id = factories.contract(work, account_id, TODAY, f"C-{at}", currency=currency)
            factories.renewal(work, contract_id, account_id, TODAY, currency=currency)

    app.do(book)
    found = app.ask(ledger, FIRST, LAST)
    assert (found.parts[Cover.NOTHING].count, found.parts[Cover.NOTHING].value) == (2, Decimal(48200))
    assert found.without_rate == {"GBP": 1}
