"""Where a company has no quotes: an accepted quote becomes products of the opportunity, and tasks tell the rest."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.quotes.quotes import accept_quote, send_quote
from callstation.sync import mending
from callstation.sync.describing import preview
from callstation.sync.dry_run import dry_run
from callstation.sync.failures import Mend
from callstation.sync.overview import attention
from db.vocabulary import QuoteStatus, SyncEntity
from tests.sync.desk.conftest import Pair
from tests.sync.desk.quoting import PRODUCTS, draft, newer_version, quoting_desk, sent

LINES = "SELECT Quantity, TotalPrice, Description, OpportunityId FROM OpportunityLineItem ORDER BY Description"
OPPORTUNITY = "SELECT Id, Amount FROM Opportunity ORDER BY Name"


@pytest.fixture(params=[True, False], ids=["with the key field", "by words alone"])
def desk(request: pytest.FixtureRequest, app: App, clock: ManualClock) -> Iterator[Pair]:
    """Two customers on both sides and a price book there, in an org that has no quotes."""
    yield from quoting_desk(app, clock, has_key=request.param, has_quotes=False)


def test_a_quote_that_was_only_sent_is_told_as_a_task_and_changes_no_amount(desk: Pair) -> None:
    sent(desk)
    receipt = desk.sync()
    assert (receipt.problem, receipt.refused, receipt.is_balanced) == ("", 0, True)
    assert desk.there(LINES) == []
    assert desk.there(OPPORTUNITY)[0]["Amount"] == 1000.0
    (task,) = desk.there("SELECT Subject, Description FROM Task WHERE IsClosed = true")
    assert task == {
        "Subject": "Quote Q-2026-0001 v1 sent",
        "Description": "Quote Q-2026-0001 v1 sent: 46,225.00 USD, three years",
    }
    assert desk.waiting() == []


def test_an_accepted_quote_becomes_the_opportunitys_products(desk: Pair) -> None:
    quote_id = sent(desk)
    seen = desk.app.ask(preview, SyncEntity.QUOTE, quote_id)
    assert seen is not None
    assert seen.verb == "Is told by its task alone, for there are no quotes"
    desk.app.do(accept_quote, quote_id)
    told = {(name, verb): count for name, verb, count in desk.app.ask(dry_run).by_object}
    receipt = desk.sync()
    assert (receipt.problem, receipt.refused) == ("", 0)
    assert receipt.is_balanced, receipt.counts
    assert sum(count for (name, _), count in told.items() if name == "OpportunityLineItem") == 2
    assert [(row["Quantity"], row["TotalPrice"]) for row in desk.there(LINES)] == [(90, 45225.0), (7, 1000.0)]
    assert desk.there(OPPORTUNITY)[0]["Amount"] == 46225.0
    assert desk.rows("SELECT amount FROM renewal WHERE id = 1") == [(462_250_000,)], "ours is worth the same"
    assert desk.waiting() == []
    desk.clock.advance(660)
    assert desk.sync().sent == 0
    assert desk.rows("SELECT count(*) FROM contract_line") == [(0,)], "what is offered is not what is owned"


def test_products_that_others_entered_are_neither_touched_nor_added_to(desk: Pair) -> None:
    opportunity = desk.there(OPPORTUNITY)[0]["Id"]
    entry = desk.there("SELECT Id FROM PricebookEntry ORDER BY Id")[0]["Id"]
    theirs = {"OpportunityId": opportunity, "PricebookEntryId": entry, "Quantity": 1, "TotalPrice": 900}
    desk.org.create("OpportunityLineItem", theirs)
    desk.clock.advance(60)
    desk.app.do(accept_quote, sent(desk))
    receipt = desk.sync()
    assert (receipt.problem, receipt.refused, receipt.is_balanced) == ("", 2, True)
    assert [row["TotalPrice"] for row in desk.there(LINES)] == [900.0]
    worth, row = desk.app.ask(attention)
    assert worth.sentence == "You set 46,225.00; Robin Reyes set 900.00 in Salesforce.", (
        "their products make the amount"
    )
    assert row.sentence == (
        "The opportunity has products of its own in Salesforce, to which these were not added: "
        f"{PRODUCTS[0]}, {PRODUCTS[1]}."
    )
    desk.app.do(mending.mend, SyncEntity.QUOTE_LINE, row.record_id, Mend.KEEP_LOCAL)
    assert desk.waiting() == []


def test_another_accepted_version_takes_the_place_of_our_products(desk: Pair) -> None:
    first = sent(desk)
    desk.app.do(accept_quote, first)
    desk.sync()
    desk.clock.advance(60)

    second = desk.app.do(newer_version, first)
    desk.app.do(send_quote, second)
    desk.app.do(accept_quote, second)
    for _ in range(2):
        receipt = desk.sync()
        assert (receipt.problem, receipt.is_balanced) == ("", True)
        desk.clock.advance(660)
    assert [row["TotalPrice"] for row in desk.there(LINES)] == [33.33]
    assert desk.there(OPPORTUNITY)[0]["Amount"] == 33.33
    assert desk.waiting() == []


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_an_undone_yes_takes_the_products_back(desk: Pair, steps: int) -> None:
    desk.app.do(accept_quote, sent(desk))
    desk.sync()
    for _ in range(steps):
        assert desk.app.undo() is not None
    receipt = desk.sync()
    assert (receipt.problem, receipt.is_balanced) == ("", True)
    assert desk.there(LINES) == []
    assert desk.waiting() == []
    assert desk.rows("SELECT status FROM quote") == {1: [("sent",)], 2: [("draft",)], 3: []}[steps]
    for _ in range(steps):
        desk.app.redo()
    desk.clock.advance(660)
    assert desk.sync().problem == ""
    assert [(row["Quantity"], row["TotalPrice"]) for row in desk.there(LINES)] == [(90, 45225.0), (7, 1000.0)]


@pytest.mark.parametrize("at", [4, 5, 6])
@pytest.mark.parametrize("is_undone", [False, True])
def test_a_lost_answer_doubles_no_product_and_leaves_none_behind(desk: Pair, at: int, is_undone: bool) -> None:
    desk.app.do(accept_quote, sent(desk))
    desk.plan("drop_after", at=at, times=6)
    desk.sync()
    desk.web.faults.reset()
    if is_undone:
        for _ in range(3):
            desk.app.undo()
    for _ in range(3):
        desk.clock.advance(660)
        assert desk.sync().problem == ""
    assert len(desk.there(LINES)) == (0 if is_undone else 2)
    assert desk.waiting() == []


def test_a_product_deleted_there_is_not_made_again(desk: Pair) -> None:
    desk.app.do(accept_quote, sent(desk))
    desk.sync()
    desk.clock.advance(60)
    desk.org.delete("OpportunityLineItem", desk.there("SELECT Id FROM OpportunityLineItem")[0]["Id"])
    assert desk.sync().problem == ""
    desk.clock.advance(660)
    receipt = desk.sync()
    assert (receipt.sent, receipt.is_balanced) == (0, True)
    assert len(desk.there(LINES)) == 1
    assert sorted(desk.rows("SELECT crm_id IS NULL FROM quote_line")) == [(0,), (1,)]


def test_a_partners_quote_puts_each_line_on_its_own_opportunity(desk: Pair) -> None:
    def spread(work: object) -> int:
        quote_id = draft(work, 1)  # type: ignore[arg-type]
        work.derive("UPDATE quote_line SET renewal_id = 2 WHERE position = 1")  # type: ignore[attr-defined]
        return quote_id

    quote_id = desk.app.do(spread)
    desk.app.do(send_quote, quote_id)
    desk.app.do(accept_quote, quote_id)
    assert desk.sync().problem == ""
    assert [row["Amount"] for row in desk.there(OPPORTUNITY)] == [45225.0, 1000.0]


def test_a_quote_that_ran_out_before_anything_was_told_stays_here(desk: Pair) -> None:
    quote_id = sent(desk)
    desk.app.record(
        lambda work: work.derive("UPDATE quote SET status = ? WHERE id = ?", (QuoteStatus.EXPIRED.value, quote_id))
    )
    desk.clock.advance(timedelta(days=40).total_seconds())
    assert desk.sync().problem == ""
    assert desk.waiting() == []


def test_two_accepted_quotes_of_one_renewal_stand_side_by_side(desk: Pair) -> None:
    first, another = sent(desk), desk.app.do(draft, 1, [(PRODUCTS[2], 1, "10.00")])
    desk.app.do(send_quote, another)
    desk.app.do(accept_quote, first)
    desk.sync()
    desk.app.do(accept_quote, another)
    receipt = desk.sync()
    assert (receipt.problem, receipt.refused, receipt.is_balanced) == ("", 0, True)
    assert desk.there(OPPORTUNITY)[0]["Amount"] == 46235.0
