"""What the queue and the desk say of quotes that are out and of orders that are not closed."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from callstation.app import App
from callstation.calling import queue
from callstation.calling.calls import log_outcome
from callstation.calling.card import Card, read_card
from callstation.calling.day import build_day, facts_of
from callstation.calling.queue_words import Chip, chip_of
from callstation.calling.why import why
from callstation.clock import ManualClock
from callstation.quotes import quotes
from callstation.renewals.closing import mark_step
from callstation.work import Work
from db.vocabulary import ClosingStep, Disposition
from tests.quotes import shop
from tests.quotes.shop import DEEP, on, save, sent

S = ClosingStep


@pytest.fixture
def target(app: App) -> int:
    return app.do(shop.halden)


def _card(app: App, target: int) -> Card:
    return app.ask(read_card, target)


def _items(app: App, target: int) -> list[tuple[str, str, str]]:
    return [(item.kind, item.title, item.words) for item in _card(app, target).open_items]


def _win(app: App, target: int) -> None:
    app.do(log_outcome, target, Disposition.ORDER_RECEIVED)


def _close(app: App, *steps: ClosingStep) -> None:
    for step in steps:
        app.do(mark_step, 1, step, words="PO-77")


def _keep_check_in(app: App, target: int, clock: ManualClock) -> None:
    """The conversation a week after the win: nothing else is owed then."""
    on(clock, datetime(2026, 12, 1, 15, tzinfo=UTC))
    app.do(log_outcome, target, Disposition.REVIEWING_QUOTE)
    on(clock, datetime(2026, 12, 14, 15, tzinfo=UTC))
    app.record(build_day)


# -- the desk ----------------------------------------------------------------------------------------------------------


def test_the_desk_says_how_each_quote_stands_with_the_proposed_price(app: App, target: int) -> None:
    made = save(app, target, DEEP)
    assert _items(app, target) == [
        ("warn", "Quote Q-2026-0001 v1 waits for approval", "9,180.00 USD. It cannot be sent before.")
    ]
    app.do(quotes.approve_quote, made.quote_id, by="Lena Vogt")
    assert _items(app, target)[0][1] == "Quote Q-2026-0001 v1 is approved"
    app.do(quotes.send_quote, made.quote_id)
    assert _items(app, target)[1:] == [
        ("info", "Quote Q-2026-0001 v1 sent",
         "9,180.00 USD, valid until Wed 23 Dec. Ask whether they have read it.")
    ]  # fmt: skip
    (quote,) = _card(app, target).quotes
    assert (str(quote.total), quote.version) == ("9180.00", 1)
    app.do(quotes.reject_quote, made.quote_id, reason="Too dear")
    assert _card(app, target).quotes == ()


def test_the_desk_warns_of_a_quote_that_is_about_to_expire_and_of_one_that_did(
    app: App, target: int, clock: ManualClock
) -> None:
    sent(app, target)
    on(clock, datetime(2026, 12, 17, 15, tzinfo=UTC))
    assert _items(app, target)[1][:2] == ("warn", "Quote Q-2026-0001 v1 sent")
    on(clock, datetime(2026, 12, 24, 15, tzinfo=UTC))
    assert _items(app, target)[1][:2] == ("bad", "Quote Q-2026-0001 v1 expired")


def test_a_quoted_stage_without_a_quote_of_ours_still_says_so(app: App, target: int) -> None:
    app.do(log_outcome, target, Disposition.REVIEWING_QUOTE)
    assert [title for _, title, _ in _items(app, target)] == ["Quote sent"]


def test_the_desk_says_what_is_missing_of_an_order(app: App, target: int) -> None:
    app.do(quotes.accept_quote, sent(app, target).quote_id)
    assert (
        "info",
        "Order to come",
        "C-1003: order number, order placed, licence delivered, customer told missing.",
    ) in (_items(app, target))
    _close(app, S.ORDER_NUMBER)
    assert _card(app, target).renewals[0].order_number == "PO-77"
    _win(app, target)
    assert ("warn", "Order not closed", "C-1003: order placed, licence delivered, customer told missing.") in (
        _items(app, target)
    )
    _close(app, S.ORDER_PLACED, S.LICENCE_DELIVERED, S.CUSTOMER_TOLD)
    assert _card(app, target).closing == ()


def test_a_quote_whose_renewals_are_all_closed_is_history(app: App, target: int) -> None:
    sent(app, target)
    assert len(_card(app, target).quotes) == 1
    _win(app, target)
    assert _card(app, target).quotes == ()


# -- the queue ---------------------------------------------------------------------------------------------------------


def test_a_won_contract_that_is_not_complete_stays_in_sight_and_its_chip_says_what_is_missing(
    app: App, target: int, clock: ManualClock
) -> None:
    _win(app, target)
    (row,) = app.ask(queue.timed)
    assert row.chip == Chip("warn", "list-checks", "Quote not accepted, 10:00 AM")
    _close(app, S.QUOTE_ACCEPTED, S.ORDER_NUMBER, S.ORDER_PLACED)
    (row,) = app.ask(queue.timed)
    assert row.chip == Chip("warn", "list-checks", "Licence missing, 10:00 AM")
    _keep_check_in(app, target, clock)
    (row,) = app.ask(queue.page).rows
    assert row.chip == Chip("warn", "list-checks", "Licence missing")
    assert _card(app, target).chip == row.chip
    _close(app, S.LICENCE_DELIVERED, S.CUSTOMER_TOLD)
    assert app.ask(queue.page).rows == ()
    assert app.ask(Work.row, "SELECT state FROM call_target") == ("finished",)


def test_once_called_it_rests_for_three_days(app: App, target: int, clock: ManualClock) -> None:
    _win(app, target)
    _keep_check_in(app, target, clock)
    assert len(app.ask(queue.page).rows) == 1
    app.do(lambda work: work.derive("UPDATE call_target SET called_on = '2026-12-14'"))
    for day, rows in ((15, 0), (16, 0), (17, 1)):
        on(clock, datetime(2026, 12, day, 15, tzinfo=UTC))
        app.record(build_day)
        assert len(app.ask(queue.page).rows) == rows, day


def test_an_order_that_is_not_closed_is_a_risk_with_its_words(app: App, target: int, clock: ManualClock) -> None:
    _win(app, target)
    _close(app, S.QUOTE_ACCEPTED, S.ORDER_NUMBER, S.ORDER_PLACED, S.CUSTOMER_TOLD)
    app.record(build_day)
    found = app.ask(facts_of, target)
    assert found is not None
    assert found[0].has_order_issue
    assert "Order not closed: licence delivered missing" in app.ask(why, target).words
    assert "Closing the order: -" in app.ask(why, target).moves
    _close(app, S.LICENCE_DELIVERED)
    again = app.ask(facts_of, target)
    assert again is not None
    assert not again[0].has_order_issue


@pytest.mark.parametrize("days", [2, 7])
def test_a_yes_without_an_order_is_an_issue_after_three_working_days(
    app: App, target: int, clock: ManualClock, days: int
) -> None:
    app.do(log_outcome, target, Disposition.VERBAL_YES)
    clock.advance(days * 86400)
    found = app.ask(facts_of, target)
    assert found is not None
    assert found[0].order_words == ("yes 5 working days ago, no order" if days == 7 else "")
    _close(app, S.ORDER_NUMBER)
    again = app.ask(facts_of, target)
    assert again is not None
    assert again[0].order_words == ""


def test_a_quote_is_silent_since_it_was_sent_or_since_they_were_last_spoken_to(
    app: App, target: int, clock: ManualClock
) -> None:
    sent(app, target)
    clock.advance(14 * 86400)
    app.do(log_outcome, target, Disposition.NO_ANSWER)
    found = app.ask(facts_of, target)
    assert found is not None
    assert found[0].quoted_silent_days == 10
    assert "Quoted and silent for 10 working days" in app.ask(why, target).words
    app.do(log_outcome, target, Disposition.REVIEWING_QUOTE)
    again = app.ask(facts_of, target)
    assert again is not None
    assert again[0].quoted_silent_days == 0


def test_sending_a_quote_is_named_as_what_moves_a_renewal_without_one(app: App, target: int) -> None:
    app.record(build_day)
    assert "Sending a quote" in app.ask(why, target).moves
    sent(app, target)
    assert "Sending a quote" not in app.ask(why, target).moves


def test_the_day_begins_by_expiring_what_is_no_longer_valid(app: App, target: int, clock: ManualClock) -> None:
    made = sent(app, target)
    on(clock, datetime(2026, 12, 24, 15, tzinfo=UTC))
    app.record(build_day)
    assert app.ask(Work.row, "SELECT status FROM quote WHERE id = ?", (made.quote_id,)) == ("expired",)


@pytest.mark.parametrize(
    ("done", "words"),
    [("", "Quote not accepted"), ("quote_accepted,order_number", "Order not placed"), ("customer_told", "Quote not")],
)
def test_the_first_missing_step_is_the_chip(done: str, words: str) -> None:
    chip = chip_of("ready", None, "", False, None, None, done)
    assert chip is not None
    assert chip.words.startswith(words)


def test_a_callback_they_agreed_to_comes_before_the_order() -> None:
    chip = chip_of("timed", "callback", "10:00 AM", False, None, None, "")
    assert chip == Chip("info", "clock", "Callback 10:00 AM")


def test_the_walk_through_the_queue_asks_no_more_for_each_row(app: App) -> None:
    """However many rows the page has, it is read with the same number of statements."""

    def statements(read: Callable[[Work], object]) -> int:
        seen: list[str] = []

        def ask(work: Work) -> None:
            work.raw.set_trace_callback(seen.append)
            read(work)
            work.raw.set_trace_callback(None)

        app.ask(ask)
        return len([one for one in seen if one.lstrip().startswith(("SELECT", "WITH"))])

    app.do(shop.reseller, 1)
    few = statements(queue.page)

    def more(work: Work) -> None:
        from datetime import date

        from callstation.calling.targets import refresh_targets
        from tests import factories

        for index in range(20):
            factories.customer(work, f"Firm {index}", ends_on=date(2026, 12, 3), e164=f"+1617555{index:04}")
        refresh_targets(work)

    app.do(more)
    app.record(build_day)
    assert len(app.ask(queue.page).rows) > 15
    assert statements(queue.page) <= few
