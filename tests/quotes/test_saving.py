"""Saving a quote: its number, its versions, its sums, and the approval that a deep discount needs."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.quotes import quotes
from callstation.quotes.cards import all_quotes, quotes_of, read_quote
from callstation.quotes.options import work_out
from callstation.quotes.reading import read_worksheet
from callstation.quotes.worksheet import Choices
from callstation.work import Work
from db.nouns import Quote, QuoteLine
from db.vocabulary import (
    ApprovalLevel,
    LineKind,
    QuoteOption,
    QuoteStatus,
)
from tests.quotes import shop
from tests.quotes.shop import DEEP, marked, on, owed, save, sent, status


@pytest.fixture
def target(app: App) -> int:
    return app.do(shop.halden)


def test_a_saved_quote_says_to_the_cent_what_the_worksheet_showed(app: App, target: int) -> None:
    choices = Choices(
        option=QuoteOption.CO_TERM, discount=Decimal("0.0725"), add_ons={3: 40}, ends_on=date(2027, 6, 30), note="Hi"
    )
    shown = work_out(app.ask(read_worksheet, target), choices, choices.option)
    card = app.ask(read_quote, save(app, target, choices).quote_id)
    assert (card.row.total, card.list_total, card.cost_total) == (shown.total, shown.list_total, shown.cost_total)
    assert (card.discount_total, card.growth, card.note) == (shown.discount_total, shown.growth, "Hi")
    assert [line.steps for line in card.lines] == [line.steps for line in shown.lines]
    assert [line.amount for line in card.lines] == [line.steps[-1].amount for line in card.lines]
    assert [line.kind for line in card.lines] == [LineKind.RENEWAL, LineKind.ADD_ON]
    assert (card.row.valid_until, card.priced_on) == (date(2026, 12, 23), date(2026, 11, 23))


def test_numbers_follow_one_another_through_the_year_and_begin_anew_with_the_next(
    app: App, target: int, clock: ManualClock
) -> None:
    assert [save(app, target).number for _ in range(2)] == ["Q-2026-0001", "Q-2026-0002"]
    app.do(lambda work: work.update(Quote, 2, number="Q-2026-9999"))
    assert save(app, target).number == "Q-2026-10000"
    assert save(app, target).number == "Q-2026-10001"
    on(clock, datetime(2027, 1, 4, 15, tzinfo=UTC))
    assert save(app, target).number == "Q-2027-0001"


def test_an_undone_quote_gives_its_number_free(app: App, target: int) -> None:
    save(app, target)
    assert app.undo() == "Saved Q-2026-0001 v1 for Halden Robotics"
    assert shop.count(app, "quote") + shop.count(app, "quote_line") == 0
    assert save(app, target).number == "Q-2026-0001"


def test_a_draft_is_written_over(app: App, target: int) -> None:
    first = save(app, target, Choices(add_ons={3: 40}))
    again = save(app, target, Choices(quantities={"c1.1": 95}), first.quote_id)
    assert (again.quote_id, again.version) == (first.quote_id, 1)
    (line,) = app.ask(read_quote, first.quote_id).lines
    assert line.quantity == 95


def test_a_sent_quote_gets_a_new_version_that_supersedes_it(app: App, target: int) -> None:
    first = sent(app, target)
    second = save(app, target, Choices(quantities={"c1.1": 95}), first.quote_id)
    assert (second.number, second.version, second.status) == (first.number, 2, QuoteStatus.DRAFT)
    assert status(app, first.quote_id) is QuoteStatus.SUPERSEDED
    assert owed(app) == []
    third = save(app, target, Choices(), first.quote_id)
    assert third.version == 3
    assert [row.version for row in app.ask(read_quote, first.quote_id).versions] == [3, 2, 1]
    assert [row.quote_id for row in app.ask(all_quotes)] == [third.quote_id]
    assert len(app.ask(quotes_of, 1)) == 3


def test_a_draft_is_nobodys_business_in_the_crm(app: App, target: int) -> None:
    save(app, target, DEEP)
    assert marked(app) == []


def test_nothing_to_quote_is_said(app: App, target: int) -> None:
    with pytest.raises(UserError, match="nothing to quote"):
        save(app, target, Choices(quantities={"c1.1": 0}))


def test_a_line_without_a_price_is_not_quoted_for_nothing(app: App, target: int) -> None:
    def forget(work: Work) -> None:
        work.derive("DELETE FROM price_entry")
        work.derive("UPDATE contract_line SET value = NULL")
        work.derive("UPDATE renewal SET amount = NULL")
        work.derive("UPDATE contract SET value = NULL")

    app.do(forget)
    with pytest.raises(UserError, match="cannot be quoted"):
        save(app, target)
    assert save(app, target, Choices(prices={"c1.1": Decimal(100)})).version == 1


def test_a_quote_is_not_changed_into_another_accounts(app: App, target: int) -> None:
    made = save(app, target)
    other = app.do(shop.reseller, 2)
    with pytest.raises(UserError, match="is a quote for Halden Robotics"):
        save(app, other, Choices(), made.quote_id)


def test_below_the_floor_a_quote_waits_for_approval_and_cannot_be_sent(app: App, target: int) -> None:
    made = save(app, target, DEEP)
    assert made.status is QuoteStatus.NEEDS_APPROVAL
    card = app.ask(read_quote, made.quote_id)
    assert (card.approval_level, card.needs_approval) == (ApprovalLevel.LEAD, True)
    with pytest.raises(UserError, match=r"waiting for approval\. Have it approved"):
        app.do(quotes.send_quote, made.quote_id)


def test_an_approved_quote_is_sent_with_who_and_why_kept(app: App, target: int) -> None:
    made = save(app, target, DEEP)
    approved = app.do(quotes.approve_quote, made.quote_id, by="Lena Vogt", reason="Keep them")
    assert approved.status is QuoteStatus.DRAFT
    card = app.ask(read_quote, made.quote_id)
    assert (card.approved_by, card.approval_reason, card.needs_approval) == ("Lena Vogt", "Keep them", False)
    assert app.do(quotes.send_quote, made.quote_id).status is QuoteStatus.SENT


@pytest.mark.parametrize(("by", "reason"), [("", "Keep them"), ("  ", "x")])
def test_an_approval_needs_a_name(app: App, target: int, by: str, reason: str) -> None:
    made = save(app, target, DEEP)
    with pytest.raises(UserError, match="needs a name"):
        app.do(quotes.approve_quote, made.quote_id, by=by, reason=reason)


def test_an_approval_needs_a_reason_unless_one_was_given_when_it_was_asked_for(app: App, target: int) -> None:
    made = save(app, target, Choices(discount=Decimal("0.15")))
    with pytest.raises(UserError, match="needs a reason"):
        app.do(quotes.approve_quote, made.quote_id, by="Lena Vogt")
    app.do(quotes.ask_approval, made.quote_id, "Their budget was cut")
    app.do(quotes.approve_quote, made.quote_id, by="Lena Vogt")
    assert app.ask(read_quote, made.quote_id).approval_reason == "Their budget was cut"


def test_an_approval_lasts_while_nothing_of_the_quote_changes(app: App, target: int) -> None:
    made = save(app, target, DEEP)
    app.do(quotes.approve_quote, made.quote_id, by="Lena Vogt")
    assert save(app, target, DEEP, made.quote_id).status is QuoteStatus.DRAFT
    assert app.ask(read_quote, made.quote_id).approved_by == "Lena Vogt"
    changed = save(app, target, Choices(discount=Decimal("0.18")), made.quote_id)
    assert changed.status is QuoteStatus.NEEDS_APPROVAL
    assert app.ask(read_quote, made.quote_id).approved_by == ""


def test_an_approval_ends_where_a_higher_level_must_allow_the_same_discount_now(app: App, target: int) -> None:
    made = save(app, target, DEEP)
    app.do(quotes.approve_quote, made.quote_id, by="Lena Vogt")
    app.settings = app.settings.with_values(floors="*: 1, 2, 3")
    assert save(app, target, DEEP, made.quote_id).status is QuoteStatus.NEEDS_APPROVAL
    with pytest.raises(UserError, match="waiting for approval"):
        app.do(quotes.send_quote, made.quote_id)


def test_within_the_floor_nobody_needs_to_be_asked(app: App, target: int) -> None:
    made = save(app, target, Choices(discount=Decimal("0.10")))
    assert made.status is QuoteStatus.DRAFT
    with pytest.raises(UserError, match="does not wait for approval"):
        app.do(quotes.approve_quote, made.quote_id, by="Lena Vogt", reason="x")


def test_a_slip_too_large_to_keep_is_said(app: App, target: int) -> None:
    with pytest.raises(UserError, match="too large to keep"):
        save(app, target, Choices(quantities={"c1.1": 1_000_000}, prices={"c1.1": Decimal("999999999999")}))


def test_a_line_that_says_nothing_of_its_multiplier_is_read_as_a_whole_term(app: App, target: int) -> None:
    quote_id = save(app, target).quote_id
    app.do(lambda work: work.derive("DELETE FROM quote_line"))
    facts = {"unit_list": Decimal(1), "list_amount": Decimal(1), "amount": Decimal(1), "price_source": "list"}
    days = {"starts_on": date(2026, 12, 21), "ends_on": date(2027, 12, 20)}
    app.do(
        lambda work: work.insert(
            QuoteLine, uid="u", quote_id=quote_id, position=0, key="k", kind=LineKind.RENEWAL, product_id=1,
            product="x", quantity=1, **facts, **days,
        )
    )  # fmt: skip
    assert app.ask(read_quote, quote_id).lines[0].multiplier == (1, 1)


def test_a_saved_upgrade_says_no_other_growth_than_the_worksheet_did(app: App, target: int) -> None:
    choices = Choices(option=QuoteOption.UPGRADE)
    assert work_out(app.ask(read_worksheet, target), choices, choices.option).growth == 16200
    assert app.ask(read_quote, save(app, target, choices).quote_id).growth is None
