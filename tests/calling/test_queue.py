"""The daily queue: whom, in which order, why, and that nobody is ever forgotten."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from callstation.app import App
from callstation.calling import queue
from callstation.calling.calls import log_outcome
from callstation.calling.day import build_day
from callstation.calling.head import is_built
from callstation.calling.targets import first_due_on, refresh_targets
from callstation.calling.why import why
from callstation.clock import ManualClock
from callstation.work import Work
from db.nouns import Account, Phone
from db.vocabulary import AccountKind, Disposition, NumberStatus, RenewalStage
from tests import factories

TODAY = date(2026, 11, 23)


def book(work: Work, *customers: tuple[str, int, int]) -> None:
    """Customers as (name, days until their contract ends, value), with the day built."""
    for number, (name, days, value) in enumerate(customers):
        factories.customer(
            work, name, ends_on=TODAY + timedelta(days=days), amount=Decimal(value), e164=f"+1617555{number:04}"
        )
    refresh_targets(work)
    build_day(work)


def names(app: App, **given: object) -> list[str]:
    return [row.account for row in app.ask(queue.page, **given).rows]  # type: ignore[arg-type]


def test_what_ends_sooner_and_is_worth_more_comes_first(app: App) -> None:
    app.do(book, ("Later", 80, 1000), ("Sooner", 5, 1000), ("Large", 80, 90_000))
    assert names(app) == ["Sooner", "Large", "Later"]
    assert app.ask(is_built)


def test_a_built_queue_is_for_one_day_that_turns_at_four(app: App, clock: ManualClock) -> None:
    app.do(book, ("Any", 5, 1000))
    clock.advance(17 * 3600)  # 03:00 in New York
    assert app.ask(is_built)
    clock.advance(3600)
    assert not app.ask(is_built)


def test_every_head_of_the_queue_keeps_its_share_of_small_contracts(app: App) -> None:
    large = [(f"Large {one}", 5, 50_000 + one) for one in range(40)]
    small = [(f"Small {one}", 100, 100 + one) for one in range(40)]
    app.do(book, *large, *small)
    first = names(app, limit=20)
    assert sum(name.startswith("Small") for name in first) == 3


def test_one_person_at_one_account_is_called_once_for_all_contracts(app: App) -> None:
    def fill(work: Work) -> None:
        account_id = factories.customer(work, "Halden", ends_on=TODAY + timedelta(days=9))
        for number in range(3):
            ends_on = TODAY + timedelta(days=20 + number)
            factories.renewal(
                work,
                factories.contract(work, account_id, ends_on, f"X{number}"),
                account_id,
                ends_on,
                amount=Decimal(10),
            )
        refresh_targets(work)
        build_day(work)

    app.do(fill)
    (row,) = app.ask(queue.page).rows
    assert (row.contracts, row.amount, row.days) == (4, Decimal("48230.00"), 9)


def test_one_call_to_a_partner_covers_all_end_customers(app: App) -> None:
    def fill(work: Work) -> None:
        partner_id = factories.account(work, "Channel Partner", kind=AccountKind.PARTNER)
        factories.phone(work, factories.contact(work, partner_id, "Pat"), "+16175550199")
        for number in range(3):
            account_id = factories.account(work, f"End customer {number}")
            factories.phone(work, factories.contact(work, account_id, "Someone"), f"+1617555010{number}")
            ends_on = TODAY + timedelta(days=10 + number)
            contract_id = factories.contract(work, account_id, ends_on, f"P{number}", partner_id=partner_id)
            factories.renewal(work, contract_id, account_id, ends_on)
        refresh_targets(work)
        build_day(work)

    app.do(fill)
    (row,) = app.ask(queue.page).rows
    assert (row.account, row.contact, row.contracts) == ("Channel Partner", "Pat", 3)


def test_a_partner_nobody_can_reach_leaves_the_call_to_the_end_customer(app: App) -> None:
    def fill(work: Work) -> int:
        partner_id = factories.account(work, "Silent Partner", kind=AccountKind.PARTNER)
        phone_id = factories.phone(work, factories.contact(work, partner_id, "Pat"), "+16175550199")
        account_id = factories.account(work, "End customer")
        factories.phone(work, factories.contact(work, account_id, "Someone"), "+16175550100")
        contract_id = factories.contract(work, account_id, TODAY, "P1", partner_id=partner_id)
        factories.renewal(work, contract_id, account_id, TODAY)
        refresh_targets(work)
        return phone_id

    phone_id = app.do(fill)
    assert names(app) == ["Silent Partner"]

    def dies(work: Work) -> None:
        work.update(Phone, phone_id, status=NumberStatus.DEAD)
        refresh_targets(work, [work.rows("SELECT id FROM account WHERE name = 'Silent Partner'")[0][0]])

    app.do(dies)
    assert names(app) == ["End customer"]
    app.undo()
    assert names(app) == ["Silent Partner"]


def test_outside_their_hours_a_target_waits_at_the_end_marked_later(app: App, clock: ManualClock) -> None:
    def fill(work: Work) -> None:
        factories.customer(work, "Los Angeles", ends_on=TODAY + timedelta(days=1), city="Los Angeles", region="CA")
        work.derive("UPDATE phone SET zones = 'America/Los_Angeles'")
        factories.customer(work, "Boston", ends_on=TODAY + timedelta(days=90), e164="+16175550143")
        refresh_targets(work)
        build_day(work)

    app.do(fill)  # 10:00 in New York is 07:00 in Los Angeles
    assert [(row.account, row.section) for row in app.ask(queue.page).rows] == [
        ("Boston", "next"),
        ("Los Angeles", "later"),
    ]
    clock.advance(3600)
    assert names(app) == ["Los Angeles", "Boston"]


def test_a_callback_long_past_waits_for_their_hours_but_stays_in_the_queue(app: App, clock: ManualClock) -> None:
    app.do(book, ("Boston", 5, 1000))
    app.do(log_outcome, 1, Disposition.CALLBACK_AGREED, at=clock.now() + timedelta(hours=1))
    clock.advance(3600)
    assert [row.section for row in app.ask(queue.page).rows] == ["due"]
    clock.jump(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))  # 04:00 there
    assert [row.section for row in app.ask(queue.page).rows] == ["later"]
    clock.jump(datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
    assert [row.section for row in app.ask(queue.page).rows] == ["due"]


def test_a_page_is_never_longer_than_asked_for_and_the_sleeping_are_left_out_first(
    app: App, clock: ManualClock
) -> None:
    app.do(book, ("Boston", 5, 1000), ("Cambridge", 6, 1000), ("Salem", 7, 1000), ("Malden", 8, 1000))
    app.do(log_outcome, 1, Disposition.CALLBACK_AGREED, at=clock.now() + timedelta(hours=1))
    app.do(lambda work: work.derive("UPDATE call_target SET hours_key = 'US|MA|Europe/Berlin' WHERE id > 1"))
    clock.jump(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))  # 04:00 in Boston
    for limit in (1, 2, 3, 4):
        rows = app.ask(queue.page, limit=limit).rows
        assert len(rows) == limit
    assert rows[-1].section == "later"


def test_contracts_far_from_their_end_wait_for_their_touch_points() -> None:
    assert first_due_on(TODAY + timedelta(days=120), TODAY) == TODAY
    assert first_due_on(TODAY + timedelta(days=150), TODAY) == TODAY + timedelta(days=30)
    assert first_due_on(TODAY + timedelta(days=240), TODAY) == TODAY
    assert first_due_on(TODAY + timedelta(days=200), TODAY) == TODAY + timedelta(days=20)
    assert first_due_on(TODAY - timedelta(days=900), TODAY) == TODAY


def test_every_open_renewal_with_a_number_is_in_the_queue_or_has_its_day(app: App) -> None:
    """The job says all: every open contract has a target that is ready, timed, resting with a date, or blocked."""
    app.do(book, *[(f"Customer {one}", days, 1000 + one) for one, days in enumerate(range(-400, 400, 7))])
    lost = app.ask(
        lambda work: work.rows(
            "SELECT r.id FROM renewal r LEFT JOIN call_target t ON t.id = r.target_id WHERE r.closed_at IS NULL AND "
            "(t.id IS NULL OR t.state = 'finished' OR (t.state IN ('timed', 'resting') AND t.due_at IS NULL))"
        )
    )
    assert lost == []


def test_a_row_says_why_it_is_here_and_what_would_move_it(app: App) -> None:
    app.do(book, ("Sooner", 5, 1000), ("Later", 60, 90_000))
    target_id = app.ask(queue.page).rows[0].target_id
    explained = app.ask(why, target_id)
    assert "Ends in 5 days" in explained.words
    assert explained.moves
    assert round(sum(part.points for part in explained.parts), 2) == round(explained.total, 2)
    stored = app.ask(lambda work: work.rows("SELECT score, parts FROM call_target WHERE id = ?", (target_id,)))[0]
    assert abs(stored[0] - explained.total) < 0.01
    assert len(stored[1].split(",")) == len(explained.parts)


def test_the_counts_on_the_tabs_are_those_of_the_lists(app: App) -> None:
    app.do(book, *[(f"Customer {one}", 30, 1000) for one in range(5)])
    counts = app.ask(queue.counts)
    assert (counts.to_call, counts.callbacks, counts.done) == (5, 0, 0)


def test_a_campaign_shows_its_members_alone(app: App) -> None:
    def fill(work: Work) -> int:
        book(work, ("In", 30, 1000), ("Out", 30, 1000))
        campaign_id = factories.campaign(work)
        work.derive("INSERT INTO campaign_member SELECT ?, id FROM call_target WHERE id = 1", (campaign_id,))
        return campaign_id

    campaign_id = app.do(fill)
    assert names(app, campaign_id=campaign_id) == ["In"]
    assert app.ask(queue.counts, campaign_id=campaign_id).to_call == 1


def test_building_twice_changes_nothing_and_refreshing_is_the_same_alone_or_all_at_once(app: App) -> None:
    app.do(book, *[(f"Customer {one}", one * 3, 1000 * one) for one in range(1, 20)])
    rows = "SELECT * FROM call_target ORDER BY id"
    before = app.ask(lambda work: work.rows(rows))
    app.record(build_day)
    app.do(refresh_targets)
    assert app.ask(lambda work: work.rows(rows)) == before
    for account_id in range(1, 20):
        app.do(refresh_targets, [account_id])
    assert app.ask(lambda work: work.rows(rows)) == before


def test_a_stage_shows_as_the_one_chip_that_matters(app: App) -> None:
    def fill(work: Work) -> None:
        book(work, ("Quoted", 30, 1000))
        work.derive("UPDATE call_target SET stage = ?", (RenewalStage.QUOTED.value,))
        work.update(Account, 1, name="Quoted & <b>bold</b>")

    app.do(fill)
    (row,) = app.ask(queue.page).rows
    assert row.chip is not None
    assert (row.chip.words, row.account) == ("Quote sent", "Quoted & <b>bold</b>")


def test_a_small_campaign_is_read_from_its_members_and_a_large_one_along_the_order_with_the_same_rows(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(work: Work) -> int:
        book(work, *[(f"Customer {one}", 10 + one, 1000 * one) for one in range(1, 21)])
        campaign_id = factories.campaign(work)
        work.derive("INSERT INTO campaign_member SELECT ?, id FROM call_target WHERE id % 3 = 0", (campaign_id,))
        return campaign_id

    campaign_id = app.do(fill)
    app.do(log_outcome, 3, Disposition.NO_ANSWER)
    app.do(log_outcome, 6, Disposition.CALLBACK_AGREED, at=app.clock.now() + timedelta(minutes=10))
    of_members = app.ask(queue.page, campaign_id=campaign_id)
    assert len(of_members.rows) == app.ask(queue.counts, campaign_id=campaign_id).to_call == 5
    source, _ = app.ask(queue._source, campaign_id)
    assert source == queue.OF_MEMBERS
    monkeypatch.setattr(queue, "FEW_MEMBERS", 3)
    assert app.ask(queue._source, campaign_id)[0] == queue.FROM
    assert app.ask(queue.page, campaign_id=campaign_id) == of_members
