"""How few requests a day needs, and what happens where there are too many rows or too few calls left."""

from itertools import cycle

from db.vocabulary import Disposition
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import call_all, customers, targets

DAY = cycle(
    (Disposition.NO_ANSWER, Disposition.LEFT_VOICEMAIL, Disposition.CALLBACK_AGREED, Disposition.VERBAL_YES,
     Disposition.NO_ANSWER)
)  # fmt: skip


def test_a_day_of_a_hundred_calls_made_offline_is_one_sync_of_six_requests_at_most(pair: Pair) -> None:
    customers(pair, 100)
    pair.sync()
    call_all(pair, targets(pair), iter(DAY))
    receipt = pair.sync()
    assert receipt.problem == ""
    assert receipt.requests <= 6
    assert len(pair.there("SELECT Id FROM Task WHERE TaskSubtype = 'Call'")) == 100
    assert len(pair.there("SELECT Id FROM Task WHERE IsClosed = false")) == 20
    assert pair.waiting() == []
    assert receipt.is_balanced, receipt.counts
