"""An opportunity with products there is worth their sum: an amount typed here is asked about, never lost or ignored."""

from decimal import Decimal

import pytest

from callstation.renewals.renewals import change_renewal
from callstation.sync import conflicts
from callstation.sync.overview import attention
from db.vocabulary import RenewalStage
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers
from tests.sync.desk.quoting import PRODUCTS, price_book

OPPORTUNITY = "SELECT Amount, StageName FROM Opportunity"


@pytest.fixture
def desk(pair: Pair) -> Pair:
    """A renewal whose opportunity is worth 500 by its product."""
    entries = price_book(pair)
    (made,) = customers(pair, 1)
    line = {"OpportunityId": made["opportunity"], "PricebookEntryId": entries[PRODUCTS[0]], "Quantity": 10}
    pair.org.create("OpportunityLineItem", {**line, "TotalPrice": 500})
    assert pair.sync().problem == ""
    pair.clock.advance(60)
    pair.app.do(change_renewal, 1, amount=Decimal(777), stage=RenewalStage.QUOTED)
    return pair


def test_an_amount_that_products_make_there_is_asked_about_while_the_rest_goes(desk: Pair) -> None:
    receipt = desk.sync()
    assert receipt.is_balanced, receipt.counts
    assert desk.there(OPPORTUNITY) == [{"Amount": 500.0, "StageName": "Proposal/Price Quote"}]
    assert desk.rows("SELECT amount FROM renewal") == [(7_770_000,)], "nothing typed here is thrown away"
    (row,) = desk.app.ask(attention)
    assert row.sentence == "You set 777.00; its products set 500.00 in Salesforce."
    assert desk.waiting() == []


def test_mine_stays_here_and_theirs_there_until_they_change_it(desk: Pair) -> None:
    desk.sync()
    (row,) = desk.app.ask(attention)
    assert row.conflict_id is not None
    desk.app.do(conflicts.keep_mine, row.conflict_id)
    for _ in range(2):
        desk.clock.advance(660)
        receipt = desk.sync()
        assert (receipt.problem, receipt.sent, receipt.is_balanced) == ("", 0, True)
    assert desk.rows("SELECT amount FROM renewal") == [(7_770_000,)]
    line = desk.there("SELECT Id FROM OpportunityLineItem")[0]["Id"]
    desk.org.update("OpportunityLineItem", line, {"TotalPrice": 600})
    desk.sync()
    assert desk.rows("SELECT amount FROM renewal") == [(6_000_000,)]


def test_theirs_is_taken_when_the_rep_says_so(desk: Pair) -> None:
    desk.sync()
    (row,) = desk.app.ask(attention)
    assert row.conflict_id is not None
    desk.app.do(conflicts.use_theirs, row.conflict_id)
    assert desk.sync().problem == ""
    assert desk.rows("SELECT amount FROM renewal") == [(5_000_000,)]
    assert desk.app.ask(attention) == []
