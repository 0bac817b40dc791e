"""The life of a quote once it is made: sent, accepted, rejected, expired, and what follows from each."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from callstation.accounts.search import find
from callstation.accounts.timeline import timeline
from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.quotes import quotes
from callstation.quotes.cards import read_quote
from callstation.quotes.quotes import Saved
from callstation.quotes.worksheet import Choices
from callstation.renewals.closing import mark_step
from callstation.work import Work
from db.nouns import PriceEntry, Renewal
from db.vocabulary import (
    CallbackKind,
    ClosingStep,
    Disposition,
    ForecastCategory,
    QuoteOption,
    QuoteStatus,
    RenewalStage,
)
from tests import factories
from tests.quotes import shop
from tests.quotes.shop import DEEP, everything, marked, notes, on, owed, renewal_of, save, sent, status


@pytest.fixture
def target(app: App) -> int:
    return app.do(shop.halden)


def test_sending_stands_on_the_timeline_and_moves_the_stage(app: App, target: int) -> None:
    sent(app, target, Choices(option=QuoteOption.THREE_YEARS))
    assert notes(app) == ["Quote Q-2026-0001 v1 sent: 32,400.00 USD, three years"]
    assert renewal_of(app) == (RenewalStage.QUOTED, ForecastCategory.BEST_CASE)
    assert app.ask(Work.row, "SELECT stage FROM call_target WHERE id = ?", (target,)) == ("quoted",)


def test_a_quote_and_an_order_are_found_by_their_numbers(app: App, target: int) -> None:
    sent(app, target)
    app.do(mark_step, 1, ClosingStep.ORDER_NUMBER, words="PO-88213")
    for typed in ("Q-2026-0001", "PO-88213"):
        (hit,) = app.ask(find, typed)
        assert (hit.account_id, hit.target_id) == (1, target)
    titles = [entry.title for entry in app.ask(timeline, 1)]
    assert titles[:2] == ["C-1003: Order number PO-88213", "Quote Q-2026-0001 v1 sent: 10,800.00 USD, as is"]


def test_what_goes_to_the_crm_is_marked(app: App, target: int) -> None:
    sent(app, target)
    assert marked(app) == [("activity", 1), ("callback", 1), ("quote", 1), ("quote_line", 1), ("renewal", 1)]


def test_a_category_the_rep_picked_and_a_further_stage_stay(app: App, target: int) -> None:
    picked = {"category": ForecastCategory.COMMIT, "is_category_picked": True}
    app.do(lambda work: work.update(Renewal, 1, stage=RenewalStage.CONTACTED, **picked))
    sent(app, target)
    assert renewal_of(app) == (RenewalStage.QUOTED, ForecastCategory.COMMIT)
    app.do(lambda work: work.update(Renewal, 1, stage=RenewalStage.ORDER_PROMISED))
    sent(app, target)
    assert renewal_of(app) == (RenewalStage.ORDER_PROMISED, ForecastCategory.COMMIT)


def test_the_value_up_for_renewal_is_not_overwritten(app: App, target: int) -> None:
    sent(app, target, Choices(quantities={"c1.1": 200}))
    assert app.ask(Work.row, "SELECT amount FROM renewal") == (108000000,)


def test_the_follow_up_is_five_of_their_working_days_later_at_ten(app: App, target: int) -> None:
    sent(app, target)
    (kind, due, note) = owed(app)[0]
    # Thanksgiving, 26 November, is no working day
    assert datetime.fromtimestamp(due / 1e6, UTC) == datetime(2026, 12, 1, 15, tzinfo=UTC)
    assert (kind, note) == (CallbackKind.FOLLOW_UP, "Quote Q-2026-0001: have they read it?")
    state = app.ask(Work.row, "SELECT state, due_at, due_kind FROM call_target WHERE id = ?", (target,))
    assert state == ("resting", due, "retry")


def test_a_contract_that_ends_before_is_followed_up_before_its_end(app: App, target: int) -> None:
    app.do(lambda work: work.update(Renewal, 1, due_on=date(2026, 11, 28)))
    app.do(lambda work: work.derive("UPDATE call_target SET next_expiry_on = '2026-11-28'"))
    sent(app, target)
    assert datetime.fromtimestamp(owed(app)[0][1] / 1e6, UTC) == datetime(2026, 11, 27, 15, tzinfo=UTC)


def test_the_quote_that_was_promised_is_kept_by_sending_it(app: App, target: int, clock: ManualClock) -> None:
    app.do(log_outcome, target, Disposition.QUOTE_REQUESTED)
    assert [row[0] for row in owed(app)] == [CallbackKind.PROMISE]
    clock.advance(1 * 3600)
    sent(app, target)
    assert [row[0] for row in owed(app)] == [CallbackKind.FOLLOW_UP]
    assert app.ask(Work.row, "SELECT status FROM callback WHERE kind = 'promise'") == ("done",)


def test_another_promise_stays_owed(app: App, target: int, clock: ManualClock) -> None:
    at = clock.now() + timedelta(days=1)
    app.do(lambda work: factories.callback(work, target, at, kind=CallbackKind.PROMISE, note="The licence keys"))
    sent(app, target)
    assert [row[0] for row in owed(app)] == [CallbackKind.PROMISE, CallbackKind.FOLLOW_UP]


def test_a_quote_whose_validity_is_over_is_not_sent(app: App, target: int, clock: ManualClock) -> None:
    made = save(app, target)
    clock.advance(31 * 86400)
    with pytest.raises(UserError, match="valid until 2026-12-23"):
        app.do(quotes.send_quote, made.quote_id)


def test_a_stricter_level_since_the_draft_is_heeded(app: App, target: int) -> None:
    app.settings = app.settings.with_values(my_level="manager")
    made = save(app, target, DEEP)
    assert made.status is QuoteStatus.DRAFT
    app.settings = app.settings.with_values(my_level="rep")
    with pytest.raises(UserError, match="lead to allow"):
        app.do(quotes.send_quote, made.quote_id)
    assert app.do(quotes.ask_approval, made.quote_id, "Their budget").status is QuoteStatus.NEEDS_APPROVAL


# -- the answer --------------------------------------------------------------------------------------------------------


def test_a_yes_commits_the_renewal_ticks_the_first_step_and_chases_the_order(app: App, target: int) -> None:
    made = sent(app, target)
    app.do(quotes.accept_quote, made.quote_id)
    assert renewal_of(app) == (RenewalStage.VERBAL_YES, ForecastCategory.COMMIT)
    assert app.ask(Work.rows, "SELECT step, words FROM closing_mark") == [("quote_accepted", "Q-2026-0001 v1")]
    ((kind, due, note),) = owed(app)
    assert (kind, note) == (CallbackKind.FOLLOW_UP, "Order for quote Q-2026-0001")
    assert datetime.fromtimestamp(due / 1e6, UTC) == datetime(2026, 11, 27, 15, tzinfo=UTC)
    assert notes(app)[-1] == "Quote Q-2026-0001 v1 accepted: 10,800.00 USD"


def test_a_no_needs_a_reason_and_puts_the_renewal_at_risk(app: App, target: int) -> None:
    made = sent(app, target)
    with pytest.raises(UserError, match="needs a reason"):
        app.do(quotes.reject_quote, made.quote_id, reason=" ")
    app.do(quotes.reject_quote, made.quote_id, reason="Too dear")
    assert renewal_of(app) == (RenewalStage.AT_RISK, ForecastCategory.PIPELINE)
    assert (owed(app), notes(app)[-1]) == ([], "Quote Q-2026-0001 v1 rejected: Too dear")
    assert app.ask(read_quote, made.quote_id).reason == "Too dear"


def test_a_lapsed_or_risky_renewal_is_carried_on_by_a_yes(app: App, target: int) -> None:
    app.do(lambda work: work.update(Renewal, 1, stage=RenewalStage.LAPSED, category=ForecastCategory.OMITTED))
    made = sent(app, target)
    assert renewal_of(app) == (RenewalStage.LAPSED, ForecastCategory.OMITTED)
    app.do(quotes.accept_quote, made.quote_id)
    assert renewal_of(app) == (RenewalStage.VERBAL_YES, ForecastCategory.COMMIT)


def test_a_new_version_of_an_accepted_quote_takes_the_tick_back(app: App, target: int) -> None:
    made = sent(app, target)
    app.do(quotes.accept_quote, made.quote_id)
    save(app, target, Choices(quantities={"c1.1": 80}), made.quote_id)
    assert shop.count(app, "closing_mark") == 0
    assert status(app, made.quote_id) is QuoteStatus.SUPERSEDED


def test_each_step_says_what_is_possible_instead(app: App, target: int) -> None:
    draft = save(app, target).quote_id
    with pytest.raises(UserError, match=r"cannot be accepted\. It is a draft\. Send it first"):
        app.do(quotes.accept_quote, draft)
    app.do(quotes.send_quote, draft)
    with pytest.raises(UserError, match="cannot be sent"):
        app.do(quotes.send_quote, draft)
    app.do(quotes.accept_quote, draft)
    with pytest.raises(UserError, match="It is accepted"):
        app.do(quotes.reject_quote, draft, reason="x")
    with pytest.raises(UserError, match="There is no quote 99"):
        app.do(quotes.send_quote, 99)


# -- expiry ------------------------------------------------------------------------------------------------------------


def test_a_quote_expires_the_day_after_its_validity(app: App, target: int, clock: ManualClock) -> None:
    made = sent(app, target)
    on(clock, datetime(2026, 12, 23, 15, tzinfo=UTC))
    assert app.record(quotes.expire_quotes) == 0
    on(clock, datetime(2026, 12, 24, 15, tzinfo=UTC))
    assert status(app, made.quote_id) is QuoteStatus.EXPIRED
    assert app.record(quotes.expire_quotes) == 1
    assert app.record(quotes.expire_quotes) == 0
    assert notes(app)[-1] == "Quote Q-2026-0001 v1 expired: it was valid until 2026-12-23"
    assert len(owed(app)) == 1


def test_an_expired_quote_is_not_accepted_even_before_the_day_was_begun(
    app: App, target: int, clock: ManualClock
) -> None:
    made = sent(app, target)
    on(clock, datetime(2026, 12, 24, 15, tzinfo=UTC))
    with pytest.raises(UserError, match=r"It is expired\. Make a new version"):
        app.do(quotes.accept_quote, made.quote_id)
    assert save(app, target, Choices(), made.quote_id).version == 2


# -- undo --------------------------------------------------------------------------------------------------------------


def test_every_step_is_undone_and_redone_to_the_byte(app: App, target: int) -> None:
    seen = [everything(app)]
    made = save(app, target, DEEP)
    steps: tuple[Callable[[], Saved], ...] = (
        lambda: app.do(quotes.approve_quote, made.quote_id, by="Lena Vogt"),
        lambda: app.do(quotes.send_quote, made.quote_id),
        lambda: app.do(quotes.accept_quote, made.quote_id),
    )
    for step in steps:
        seen.append(everything(app))
        step()
    for before in reversed(seen):
        after = everything(app)
        app.undo()
        assert everything(app) == before
        app.redo()
        assert everything(app) == after
        app.undo()


def test_a_quote_that_was_priced_by_hand_keeps_its_sum_when_the_catalogue_changes(app: App, target: int) -> None:
    made = save(app, target, Choices(prices={"c1.1": Decimal("111.1111")}))
    before = app.ask(read_quote, made.quote_id)
    app.do(lambda work: work.update(PriceEntry, 1, amount=Decimal(500)))
    assert app.ask(read_quote, made.quote_id) == before
    assert before.row.total == Decimal("10000.00")


def test_a_name_full_of_markup_is_only_a_name(app: App) -> None:
    name = "<b>AT&T</b> {{ 7*7 }} '; DROP TABLE quote; --"

    def make(work: Work) -> int:
        account_id = factories.customer(work, name, ends_on=date(2026, 12, 20))
        from callstation.calling.targets import refresh_targets

        refresh_targets(work, [account_id])
        return shop.target_of(work, account_id)

    made = sent(app, app.do(make))
    assert made.label == f"Sent Q-2026-0001 v1 for {name}"
    assert app.ask(read_quote, made.quote_id).row.account == name


def test_two_quotes_never_share_a_number_and_version(app: App, target: int) -> None:
    made = save(app, target)
    with pytest.raises(Exception, match="UNIQUE"):
        app.do(
            lambda work: work.raw.execute(
                "INSERT INTO quote SELECT NULL, ?, number, version, account_id, contact_id, target_id, renewal_id, "
                "status, option, proration, co_term, currency, base_currency, rate, rate_on, priced_on, valid_until, "
                "starts_on, ends_on, list_total, total, cost_total, discount, approval_level, approval_reason, "
                "approved_by, approved_at, choices, note, reason, created_at, sent_at, decided_at, NULL FROM quote "
                "WHERE id = ?",
                (uuid4().hex, made.quote_id),
            )
        )
