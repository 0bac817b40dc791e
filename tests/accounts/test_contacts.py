"""People and their numbers: what each change leaves behind, and that it can be taken back."""

from collections.abc import Callable
from typing import Any

import pytest

from callstation.accounts import accounts, contacts
from callstation.accounts.card import Person
from callstation.app import App
from callstation.calling import queue
from callstation.clock import ManualClock
from callstation.errors import UserError
from tests import factories
from tests.accounts.book import small_book, whole_store


def person(app: App, account_id: int, place: int = 0) -> Person:
    return app.ask(accounts.card, account_id).people[place]


def marked(app: App) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in app.ask(lambda work: work.rows("SELECT entity, record_id FROM outbox_entry"))]


def called(app: App) -> list[str]:
    return [row.account for row in app.ask(queue.page).rows]


def test_a_new_contact_has_a_number_read_in_the_accounts_country(app: App, clock: ManualClock) -> None:
    book = app.do(small_book)
    clock.advance(1)
    contact_id = app.do(
        contacts.add_contact, book.sold, name=" Jon Pritchard ", role="Finance", email="jon@vine.example",
        number="020 7946 0123",
    )  # fmt: skip
    jon = person(app, book.sold)
    assert (jon.name, jon.role, jon.email, jon.numbers[0].e164) == (
        "Jon Pritchard", "Finance", "jon@vine.example", "+442079460123"
    )  # fmt: skip
    assert marked(app) == [("contact", contact_id)]
    assert app.undo_label == "Added Jon Pritchard, Orchard & Vine"
    assert app.ask(accounts.timeline, book.sold)[0].title == "Added Jon Pritchard"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "  "}, "needs a name"),
        ({"name": "Jon", "email": "jon at vine"}, "not an e-mail"),
        ({"name": "Jon", "number": "*21*0123#"}, "not a number"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(app: App, values: dict[str, Any], words: str) -> None:
    book = app.do(small_book)
    before = app.ask(whole_store)
    with pytest.raises(UserError, match=words):
        app.do(contacts.add_contact, book.sold, **values)
    assert app.ask(whole_store) == before


def test_a_number_given_to_two_people_is_one_number(app: App) -> None:
    book = app.do(small_book)
    first, second = person(app, book.direct), person(app, book.sold)
    phone_id = app.do(contacts.add_number, second.contact_id, "+1 617 555 0142 ext. 7")
    assert phone_id == first.numbers[0].phone_id
    assert [number.extension for number in person(app, book.sold).numbers] == ["", "7"]
    with pytest.raises(UserError, match="already"):
        app.do(contacts.add_number, second.contact_id, "+16175550142")


def test_a_dead_number_corrected_brings_the_target_back_into_the_queue(app: App) -> None:
    book = app.do(small_book)
    priya = person(app, book.direct)
    wrong = priya.numbers[0].phone_id
    app.do(lambda work: work.derive("UPDATE phone SET status = 'dead' WHERE id = ?", (wrong,)))
    app.do(contacts.change_contact, priya.contact_id, role="Head of Operations")
    assert "Halden Robotics" not in called(app)
    right = app.do(contacts.correct_number, priya.contact_id, wrong, "617 555 0177")
    assert right != wrong
    assert "Halden Robotics" in called(app)
    assert [number.e164 for number in person(app, book.direct).numbers] == ["+16175550177"]


def test_a_blocked_number_leaves_the_queue_and_comes_back_only_with_evidence(app: App) -> None:
    book = app.do(small_book)
    phone_id = person(app, book.direct).numbers[0].phone_id
    with pytest.raises(UserError, match="evidence"):
        app.do(contacts.block_number, phone_id, "  ")
    app.do(contacts.block_number, phone_id, "E-mail of 20 November")
    assert "Halden Robotics" not in called(app)
    assert ("phone", phone_id) in marked(app)
    number = person(app, book.direct).numbers[0]
    assert number.is_do_not_call
    assert number.evidence == "2026-11-23 blocked: E-mail of 20 November"
    app.do(contacts.unblock_number, phone_id, "Asked us to call again, by phone")
    assert "Halden Robotics" in called(app)
    evidence = person(app, book.direct).numbers[0].evidence
    assert evidence.splitlines() == [
        "2026-11-23 blocked: E-mail of 20 November",
        "2026-11-23 lifted: Asked us to call again, by phone",
    ]


def test_a_blocked_number_blocks_everyone_who_has_it(app: App) -> None:
    book = app.do(small_book)
    other = app.do(lambda work: factories.customer(work, "Second Firm", ends_on=work.today, e164="+16175550199"))
    contact_id = person(app, other).contact_id
    app.do(contacts.correct_number, contact_id, person(app, other).numbers[0].phone_id, "+16175550142")
    assert {"Halden Robotics", "Second Firm"} <= set(called(app))
    app.do(contacts.block_number, person(app, book.direct).numbers[0].phone_id, "Letter")
    assert not {"Halden Robotics", "Second Firm"} & set(called(app))


def test_a_blocked_person_is_not_called_and_a_colleague_is(app: App) -> None:
    book = app.do(small_book)
    app.do(contacts.block_contact, person(app, book.direct).contact_id, "Asked on a call")
    assert "Halden Robotics" not in called(app)
    app.do(contacts.add_contact, book.direct, name="Dan Kim", number="617 555 0188")
    rows = {row.account: row.contact for row in app.ask(queue.page).rows}
    assert rows["Halden Robotics"] == "Dan Kim"


def test_someone_who_left_is_no_longer_called(app: App) -> None:
    book = app.do(small_book)
    app.do(contacts.change_contact, person(app, book.direct).contact_id, is_active=False)
    assert "Halden Robotics" not in called(app)
    assert app.undo_label == "Priya Raman has left, Halden Robotics"


def test_a_change_that_changes_nothing_leaves_no_trace(app: App) -> None:
    book = app.do(small_book)
    before, label = app.ask(whole_store), app.undo_label
    app.do(contacts.change_contact, person(app, book.sold).contact_id, name="Marta Ellison", role="Head of IT")
    assert app.ask(whole_store) == before
    assert app.undo_label == label


def test_none_leaves_a_thing_and_empty_clears_it(app: App) -> None:
    book = app.do(small_book)
    contact_id = person(app, book.sold).contact_id
    app.do(contacts.change_contact, contact_id, role="", email="marta@vine.example", is_decision_maker=True)
    marta = person(app, book.sold)
    assert (marta.name, marta.role, marta.email, marta.is_decision_maker) == (
        "Marta Ellison", "", "marta@vine.example", True
    )  # fmt: skip


CHANGES: dict[str, Callable[[App, Person], object]] = {
    "add": lambda app, one: app.do(contacts.add_number, one.contact_id, "617 555 0111"),
    "correct": lambda app, one: app.do(
        contacts.correct_number, one.contact_id, one.numbers[0].phone_id, "617 555 0111"
    ),
    "remove": lambda app, one: app.do(contacts.remove_number, one.contact_id, one.numbers[0].phone_id),
    "block number": lambda app, one: app.do(contacts.block_number, one.numbers[0].phone_id, "Letter"),
    "block contact": lambda app, one: app.do(contacts.block_contact, one.contact_id, "Letter"),
    "leave": lambda app, one: app.do(contacts.change_contact, one.contact_id, is_active=False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_undone_and_redone_whole(app: App, change: str) -> None:
    book = app.do(small_book)
    before = app.ask(whole_store)
    CHANGES[change](app, person(app, book.direct))
    after = app.ask(whole_store)
    assert after != before
    app.undo()
    assert app.ask(whole_store) == before
    app.redo()
    assert app.ask(whole_store) == after
