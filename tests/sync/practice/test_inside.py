"""The practice book's own org: connected without a browser, alive, and the same for every book."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.demo.practice import open_practice
from callstation.errors import UserError
from callstation.paths import Places
from callstation.quotes.quotes import save_quote, send_quote
from callstation.quotes.worksheet import Choices
from callstation.secrets import SessionSecrets
from callstation.sync.conflicts import use_theirs
from callstation.sync.connection import connect, connection, sign_out
from callstation.sync.crm import SignInError
from callstation.sync.opening import open_crm
from callstation.sync.overview import attention, overview
from callstation.sync.practice.inside import connect_inside, open_org, org_file
from callstation.sync.practice.life import practise
from callstation.sync.receipt import Receipt
from callstation.sync.salesforce.hosts import host_of
from callstation.sync.salesforce.oauth import Identity
from callstation.sync.syncing import sync
from db.vocabulary import QuoteOption
from tests.conftest import MONDAY_MORNING


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of a practice book; copy it, never open it."""
    places = Places(tmp_path_factory.mktemp("practice"))
    open_practice(places, clock=ManualClock(MONDAY_MORNING)).close()
    return places.sample.store


@pytest.fixture
def book(made_once: Path, tmp_path: Path, clock: ManualClock) -> Iterator[App]:
    """The practice book."""
    store = Places(tmp_path).sample.store
    store.parent.mkdir()
    shutil.copy(made_once, store)
    opened = open_practice(Places(tmp_path), clock=clock)
    yield opened
    opened.close()


def bring_in_step(book: App) -> Receipt:
    client, user_id = open_crm(book, SessionSecrets())
    try:
        return sync(book, client, user_id)
    finally:
        client.close()


def test_the_book_is_connected_without_a_browser_to_an_org_that_holds_it_already(book: App) -> None:
    made = connect_inside(book)
    assert (made.display_name, made.is_practice, made.is_inside) == ("Robin Reyes", True, True)
    receipt = bring_in_step(book)
    assert (receipt.problem, receipt.sent, receipt.is_balanced) == ("", 0, True)
    assert receipt.received_by_object["Account"] == 42
    assert book.ask(lambda work: work.rows("SELECT count(*) FROM account")) == [(42,)]  # none of them twice


def test_no_key_of_it_is_kept_anywhere(book: App) -> None:
    connect_inside(book)
    secrets = SessionSecrets()
    client, _ = open_crm(book, secrets)
    client.get("/limits")
    client.close()
    assert secrets.fleeting == {}
    with open_org(book) as org:
        tables = {name for (name,) in org.tables.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "web_grant" not in tables


def test_it_is_filled_once_and_is_the_same_org_the_next_time(book: App) -> None:
    first, again = connect_inside(book), connect_inside(book)
    assert (first.org_id, first.user_id) == (again.org_id, again.user_id)
    with open_org(book) as org:
        assert org.count("Account") == 42


def test_signing_out_reaches_for_no_network_and_keeps_the_org(book: App) -> None:
    connect_inside(book)
    assert sign_out(book, SessionSecrets())
    assert book.ask(connection) is None
    assert org_file(book).exists()
    with pytest.raises(SignInError):
        open_crm(book, SessionSecrets())
    connect_inside(book)
    assert bring_in_step(book).problem == ""


def test_an_org_whose_file_is_gone_is_said_and_not_made_anew(book: App) -> None:
    connect_inside(book)
    org_file(book).unlink()
    with pytest.raises(SignInError, match="practice org is gone"):
        open_crm(book, SessionSecrets())
    assert not org_file(book).exists()


def test_another_org_in_its_place_is_not_taken_for_it(book: App) -> None:
    connect_inside(book)
    org_file(book).unlink()
    with open_org(book) as other:
        assert other.count("Account") == 0
    with pytest.raises(SignInError, match="practice org is gone"):
        open_crm(book, SessionSecrets())


def test_nobody_can_type_its_address() -> None:
    with pytest.raises(UserError):
        host_of("http://127.0.0.1")


def test_practising_leaves_one_decision_one_change_to_send_and_one_contact_less(book: App) -> None:
    told = practise(book)
    assert len(told) == 5
    assert book.ask(overview).waiting == 2
    receipt = bring_in_step(book)
    assert (receipt.problem, receipt.conflicts, receipt.sent, receipt.refused) == ("", 1, 1, 0)
    (row,) = book.ask(attention)
    assert row.mends == ("keep_mine", "use_theirs")
    assert "Dana Cole" in row.sentence
    gone = [sentence for sentence in told if "deleted the contact" in sentence]
    inactive = book.ask(lambda work: work.rows("SELECT name FROM contact WHERE NOT is_active"))
    assert [name in gone[0] for (name,) in inactive] == [True]


def test_the_same_book_meets_the_same_events(tmp_path: Path, book: App, clock: ManualClock) -> None:
    other = open_practice(Places(tmp_path / "other"), clock=clock)
    try:
        assert practise(book) == practise(other)
    finally:
        other.close()


def test_practising_again_is_about_other_customers(book: App, clock: ManualClock) -> None:
    practise(book)
    bring_in_step(book)
    (decision,) = book.ask(attention)
    assert decision.conflict_id is not None
    book.do(use_theirs, decision.conflict_id)
    clock.advance(timedelta(hours=1).total_seconds())
    practise(book)
    assert bring_in_step(book).conflicts == 1
    (other,) = book.ask(attention)
    assert other.title != decision.title


def test_what_the_rep_did_while_practising_can_be_undone(book: App) -> None:
    practise(book)
    book.undo()
    book.undo()
    assert book.ask(overview).waiting == 0
    receipt = bring_in_step(book)
    assert (receipt.conflicts, receipt.sent) == (0, 0)


def test_a_book_with_nothing_left_to_play_with_says_so(book: App) -> None:
    practise(book)
    bring_in_step(book)
    book.record(lambda work: work.derive("UPDATE renewal SET closed_at = 1 WHERE id % 20"))
    with pytest.raises(UserError, match="nothing left to practise"):
        practise(book)


def test_a_book_of_another_org_is_refused(book: App) -> None:
    practise(book)
    bring_in_step(book)
    dana = Identity("005000000000001AAA", "00D000000000001AAA", "dana@acme.example", "Dana", "", "http://127.0.0.1:1")
    with pytest.raises(UserError, match="belongs to another Salesforce"):
        book.record(connect, dana, host="http://127.0.0.1:1", client_id="callstation")


def test_a_quote_of_the_book_goes_there_with_its_lines_and_a_colleague_may_hear_the_yes(book: App) -> None:
    connect_inside(book)
    bring_in_step(book)
    (target_id,) = book.ask(
        lambda work: work.row("SELECT id FROM call_target WHERE renewal_count > 0 ORDER BY id")
    ) or (0,)
    saved = book.do(save_quote, target_id, Choices(option=QuoteOption.THREE_YEARS))
    book.do(send_quote, saved.quote_id)
    receipt = bring_in_step(book)
    assert (receipt.problem, receipt.refused, receipt.is_balanced) == ("", 0, True)
    total, crm_id, lines = book.ask(
        lambda work: work.row(
            "SELECT total, crm_id, (SELECT count(*) FROM quote_line l WHERE l.quote_id = q.id AND l.crm_id NOT NULL) "
            "FROM quote q WHERE id = ?",
            (saved.quote_id,),
        )
    ) or (0, "", 0)
    with open_org(book) as org:
        there = org.retrieve("Quote", crm_id, ["Name", "TotalPrice", "LineItemCount"])
    assert (there["Name"], there["TotalPrice"]) == (f"{saved.number} v1", total / 10_000)
    assert there["LineItemCount"] == lines > 0
    told = practise(book)
    assert any(f"said yes to {saved.number} v1" in words for words in told)
    assert bring_in_step(book).problem == ""
    assert book.ask(lambda work: work.row("SELECT status FROM quote WHERE id = ?", (saved.quote_id,))) == ("accepted",)
