"""What the forms of the people card do to the book: one verb each, one undoable step."""

from typing import TYPE_CHECKING, Any

from callstation.accounts import contacts
from callstation.accounts.card import AccountCard
from ui.accounts.people_forms import Edit, full_number, person_of

if TYPE_CHECKING:
    from callstation.app import App


def do(app: "App", card: AccountCard, edit: Edit, typed: dict[str, Any]) -> None:
    """Do what a form asks for. ``UserError`` where something typed cannot be taken; then nothing has changed."""
    contact_id, phone_id = edit.contact_id or 0, edit.phone_id or 0
    match edit.what:
        case "add_person":
            app.do(contacts.add_contact, card.account_id, **typed)
        case "person":
            _change(app, card, contact_id, typed)
        case "add_number":
            app.do(contacts.add_number, contact_id, typed["number"])
        case "number":
            _correct(app, card, edit, typed)
        case "block_person":
            app.do(contacts.block_contact, contact_id, typed["evidence"])
        case "block_number":
            app.do(contacts.block_number, phone_id, typed["evidence"])
        case "unblock_person":
            app.do(contacts.unblock_contact, contact_id, typed["evidence"])
        case "unblock_number":
            app.do(contacts.unblock_number, phone_id, typed["evidence"])


def _change(app: "App", card: AccountCard, contact_id: int, typed: dict[str, Any]) -> None:
    """Only what differs is told, so that the timeline says what it was about."""
    person = person_of(card, contact_id)
    if person is None:
        return
    wanted = {
        "name": typed["name"], "role": typed["role"], "email": typed["email"],
        "is_decision_maker": typed["is_decision_maker"], "is_active": not typed["has_left"],
    }  # fmt: skip
    app.do(
        contacts.change_contact,
        contact_id,
        **{key: value for key, value in wanted.items() if value != getattr(person, key)},
    )


def _correct(app: "App", card: AccountCard, edit: Edit, typed: dict[str, Any]) -> None:
    contact_id, phone_id = edit.contact_id or 0, edit.phone_id or 0
    person = person_of(card, contact_id)
    number = next((one for one in person.numbers if one.phone_id == phone_id), None) if person else None
    if typed["remove"]:
        app.do(contacts.remove_number, contact_id, phone_id)
    elif number is None or typed["number"] != full_number(number):
        app.do(contacts.correct_number, contact_id, phone_id, typed["number"])
