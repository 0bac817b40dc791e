"""A quote made inside the call: how many keys it takes, what the store holds and what lies on the disk afterwards."""

from collections.abc import Iterator

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.documents.filing import make_again
from tests.ui.quotes.book import QuoteDesk, quote_desk


@pytest.fixture
def desk(app: App, clock: ManualClock) -> Iterator[QuoteDesk]:
    opened = quote_desk(app, clock)
    yield opened
    opened.close()


def test_ninety_five_seats_for_three_years_are_quoted_mailed_and_logged_in_eight_keys(
    desk: QuoteDesk, clock: ManualClock
) -> None:
    desk.press("Space", "Q", "Enter")
    clock.advance(240)
    desk.type("95")
    desk.press("Enter", "3", "Ctrl+Enter")
    desk.finish()
    desk.press("7", "1")
    assert desk.presses == 8  # beside the typing
    assert desk.dialler.rung == ["tel:+16175550142"]
    assert desk.rows("SELECT number, version, status, option, total FROM quote") == [
        ("Q-2026-0001", 1, "sent", "three_years", 1_641_546_000)
    ]
    assert desk.rows("SELECT product, quantity, amount FROM quote_line ORDER BY position") == [
        ("Quillbase Growth", 95, 1_526_346_000), ("Sentrylane Team", 40, 115_200_000)
    ]  # fmt: skip
    assert desk.rows("SELECT disposition, duration_s FROM activity WHERE kind = 'call'") == [("reviewing_quote", 240)]
    assert desk.rows("SELECT DISTINCT stage, category FROM renewal WHERE id < 3") == [("quoted", "best_case")]
    assert desk.account == "Blue Fjord Logistics"
    papers = desk.rows("SELECT id, format, path FROM document ORDER BY id")
    assert [paper[1] for paper in papers] == ["pdf", "eml"]
    for document_id, _, path in papers:
        lies = desk.app.store.parent / "documents" / path
        assert lies.read_bytes() == make_again(desk.app, document_id)
    assert desk.mail.opened == [str(desk.app.store.parent / "documents" / papers[1][2])]
    waiting = {entity for (entity,) in desk.rows("SELECT DISTINCT entity FROM outbox_entry")}
    assert {"quote", "quote_line", "renewal", "activity"} <= waiting


def test_the_quote_as_it_is_owned_takes_four_keys_to_send_and_to_log(desk: QuoteDesk) -> None:
    desk.press("Q", "Ctrl+Enter")
    desk.finish()
    desk.press("7", "1")
    assert desk.presses == 4
    assert desk.rows("SELECT status, option FROM quote") == [("sent", "as_is")]


def test_everything_about_a_quote_is_taken_back_key_by_key(desk: QuoteDesk) -> None:
    desk.press("Q", "Ctrl+Enter")
    desk.finish()
    desk.press("7", "1", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert desk.rows("SELECT count(*) FROM quote") == [(0,)]
    assert desk.rows("SELECT count(*) FROM document") == [(0,)]
    assert desk.rows("SELECT count(*) FROM outbox_entry") == [(0,)]
    assert desk.rows("SELECT count(*) FROM callback") == [(0,)]
    assert desk.rows("SELECT DISTINCT stage FROM renewal") == [("not_started",)]
    assert desk.account == "Halden Robotics"
