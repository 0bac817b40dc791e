"""Quotes and their lines by a Bulk 2.0 job, where there are very many of them."""

import pytest

from callstation.quotes.quotes import reject_quote
from callstation.sync import push
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers
from tests.sync.desk.quoting import LINES, QUOTES, price_book, sent


@pytest.mark.parametrize("lost", [None, 6, 8, 12], ids=str)
def test_quotes_go_by_a_job_as_they_go_by_a_request(
    pair: Pair, lost: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    price_book(pair)
    customers(pair, 4)
    pair.sync()
    monkeypatch.setattr(push, "BULK_FROM", 3)
    quotes = [sent(pair, renewal_id) for (renewal_id,) in pair.rows("SELECT id FROM renewal ORDER BY id")]
    if lost:
        pair.plan("drop_after", at=lost, times=6)
    pair.sync()
    assert any("/jobs/ingest" in one.path for one in pair.web.faults.seen)
    pair.web.faults.reset()
    for _ in range(2):
        pair.clock.advance(660)
        receipt = pair.sync()
        assert (receipt.problem, receipt.refused, receipt.is_balanced) == ("", 0, True)
    assert [(row["LineItemCount"], row["TotalPrice"]) for row in pair.there(QUOTES)] == [(2, 46225.0)] * 4
    assert len(pair.there(LINES)) == 8
    assert pair.waiting() == []
    for quote_id in quotes:
        pair.app.do(reject_quote, quote_id, reason='Too dear,\n"they" say')
    assert pair.sync().problem == ""
    assert {row["Status"] for row in pair.there(QUOTES)} == {"Denied"}
    assert 'Rejected: Too dear,\n"they" say' in pair.there(QUOTES)[0]["Description"]
