"""An account corrected by hand: what is kept, what is refused, who is told, and that it can be taken back."""

from typing import Any

import pytest

from callstation.accounts import accounts
from callstation.accounts.editing import change_account
from callstation.accounts.naming import account_named
from callstation.app import App
from callstation.errors import UserError
from callstation.sync import outbox
from callstation.work import Work
from db.nouns import Account
from db.vocabulary import SyncEntity
from tests.accounts.book import Book, small_book, whole_store
from tests.ui.walk import HOSTILE


@pytest.fixture
def book(app: App) -> Book:
    return app.do(small_book)


def is_marked(app: App, account_id: int) -> bool:
    return app.ask(outbox.stands, SyncEntity.ACCOUNT, account_id)


def hours(work: Work, account_id: int) -> str:
    return str(work.rows("SELECT hours_key FROM call_target WHERE account_id = ?", (account_id,))[0][0])


def test_all_of_it_is_kept_as_it_is_compared_and_printed(app: App, book: Book) -> None:
    app.do(
        change_account, book.direct, name=" Halden  Robots, Inc. ", street="Suite 4 \n\n 12  Harbour Row",
        city=" Lyon ", region="Texas", postal_code=" 75001", country="united states", language="de-at",
    )  # fmt: skip
    card = app.ask(accounts.card, book.direct)
    assert (card.name, card.street, card.city, card.region, card.postal_code, card.country, card.language) == (
        "Halden Robots, Inc.", "Suite 4\n12 Harbour Row", "Lyon", "TX", "75001", "US", "de_AT"
    )  # fmt: skip
    assert app.ask(account_named, "halden robots") == book.direct
    assert app.undo_label == "Changed the name, address and language, Halden Robots, Inc."
    title = app.ask(accounts.timeline, book.direct)[0].title
    assert title == "Changed the name, address and language (was Halden Robotics)"


def test_none_leaves_a_thing_and_empty_clears_it(app: App, book: Book) -> None:
    app.do(change_account, book.direct, city="", region="")
    card = app.ask(accounts.card, book.direct)
    assert (card.name, card.city, card.region, card.country) == ("Halden Robotics", "", "", "US")
    assert app.undo_label == "Changed the address, Halden Robotics"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " \n"}, "needs a name"),
        ({"city": "Berlin", "country": "Atlantis"}, "not a country"),
        ({"country": "EU"}, "not a country"),
        ({"language": "klingon"}, "No document is written"),
        ({"language": "pl"}, "No document is written"),
        ({"language": "de_QQ"}, "No document is written"),
        ({"language": "../en"}, "No document is written"),
    ],
)
def test_nonsense_is_refused_and_nothing_is_written(app: App, book: Book, values: dict[str, Any], words: str) -> None:
    before = app.ask(whole_store)
    with pytest.raises(UserError, match=words):
        app.do(change_account, book.direct, **values)
    assert app.ask(whole_store) == before


def test_an_account_that_is_gone_is_said_to_be(app: App, book: Book) -> None:
    with pytest.raises(UserError, match="gone"):
        app.do(change_account, 999, name="Nobody")


def test_a_language_the_company_has_its_own_letters_in_is_taken(app: App, book: Book) -> None:
    (app.store.parent / "templates" / "pl").mkdir(parents=True)
    app.do(change_account, book.direct, language="PL")
    assert app.ask(accounts.card, book.direct).language == "pl"


def test_the_crm_hears_only_of_an_account_it_knows_or_is_told_to_make(app: App, book: Book) -> None:
    app.do(change_account, book.direct, city="Salem")
    assert not is_marked(app, book.direct)
    app.do(lambda work: work.update(Account, book.sold, crm_id="001000000000001AAA"))
    app.do(change_account, book.sold, language="fr")
    assert not is_marked(app, book.sold)
    app.do(change_account, book.sold, city="York")
    assert is_marked(app, book.sold)
    app.do(outbox.mark, SyncEntity.ACCOUNT, book.direct)
    app.do(change_account, book.direct, city="Boston")
    entry = app.ask(outbox.entry_of, SyncEntity.ACCOUNT, book.direct)
    assert entry is not None
    assert entry["revision"] == 2


def test_one_who_moved_is_called_by_the_hours_of_the_new_place(app: App, book: Book) -> None:
    app.do(lambda work: work.update(Account, book.direct, time_zone="America/Boise"))
    app.do(change_account, book.direct, city="Cambridge")  # a spelling put right is no move
    assert "America/Boise" in app.ask(hours, book.direct)
    assert "MA" in app.ask(hours, book.direct)
    app.do(change_account, book.direct, region="TX")
    assert "America/Boise" not in app.ask(hours, book.direct)
    assert "TX" in app.ask(hours, book.direct)
    app.undo()
    assert "America/Boise" in app.ask(hours, book.direct)


def test_a_change_that_changes_nothing_leaves_no_trace(app: App, book: Book) -> None:
    before, label = app.ask(whole_store), app.undo_label
    assert not app.do(change_account, book.direct, name="Halden Robotics", country="USA", region="Massachusetts")
    assert (app.ask(whole_store), app.undo_label) == (before, label)


@pytest.mark.parametrize("words", [words for words in HOSTILE if words])
def test_hostile_words_are_kept_and_every_change_is_undone_and_redone_whole(app: App, book: Book, words: str) -> None:
    app.do(lambda work: work.update(Account, book.direct, crm_id="001000000000001AAA", time_zone="America/New_York"))
    before = app.ask(whole_store)
    app.do(change_account, book.direct, name=words, street=words, city=words, region=words, postal_code=words,
           country="de")  # fmt: skip
    after = app.ask(whole_store)
    assert app.ask(accounts.card, book.direct).name == " ".join(words.split())
    app.undo()
    assert app.ask(whole_store) == before
    app.redo()
    assert app.ask(whole_store) == after
