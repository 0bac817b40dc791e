"""The forms of the people card: what each asks, and what it says before something grave."""

from dataclasses import dataclass

from callstation.accounts.card import AccountCard, Number, Person
from ui.accounts.inline_form import Ask, InlineForm

_LIKE = "+1 617 555 0142 ext. 12"


@dataclass(frozen=True, slots=True)
class Edit:
    """``what`` is add_person, person, add_number, number, (un)block_person or (un)block_number; whose, and which."""

    what: str
    contact_id: int | None = None
    phone_id: int | None = None


def form_for(edit: Edit, card: AccountCard) -> InlineForm:
    """The form of an edit, filled with what is known now."""
    person = person_of(card, edit.contact_id)
    number = next((one for one in person.numbers if one.phone_id == edit.phone_id), None) if person else None
    if edit.what.startswith(("block", "unblock")):
        return _block(edit, person, number)
    if edit.what in ("add_number", "number"):
        return _number(person, number, card)
    return _person(person, card)


def person_of(card: AccountCard, contact_id: int | None) -> Person | None:
    """One of the people of an account."""
    return next((one for one in card.people if one.contact_id == contact_id), None)


def full_number(number: Number) -> str:
    """The number as it can be typed again: ``+16175550142 ext. 12``."""
    return f"{number.e164} ext. {number.extension}" if number.extension else number.e164


def _person(person: Person | None, card: AccountCard) -> InlineForm:
    decides = Ask(
        "is_decision_maker", "Decides about the renewal", "yes" if person and person.is_decision_maker else "",
        is_check=True,
    )  # fmt: skip
    if person is None:
        asks = (
            Ask("name", "Name", "", "Priya Raman"),
            Ask("role", "Role", "", "Head of Operations"),
            Ask("email", "E-mail"),
            Ask("number", "Number", "", _LIKE),
            decides,
        )
        return InlineForm(f"Add a person at {card.name}", asks, "Add person")
    left = Ask("has_left", "Has left the company", "" if person.is_active else "yes", is_check=True)
    asks = (
        Ask("name", "Name", person.name),
        Ask("role", "Role", person.role),
        Ask("email", "E-mail", person.email, is_wide=True),
        decides,
        left,
    )
    return InlineForm(f"Correct {person.name}", asks, "Save")


def _number(person: Person | None, number: Number | None, card: AccountCard) -> InlineForm:
    whose = person.name if person else card.name
    if number is None:
        return InlineForm(f"Add a number of {whose}", (Ask("number", "Number", "", _LIKE, is_wide=True),), "Add number")
    asks = (
        Ask("number", "Number", full_number(number), _LIKE, is_wide=True),
        Ask("remove", f"It is not a number of {whose}: take it away", is_check=True),
    )
    return InlineForm(f"Correct {number.shown}", asks, "Save", says="A wrong number keeps its history.")


def _block(edit: Edit, person: Person | None, number: Number | None) -> InlineForm:
    whom = number.shown if number else person.name if person else "this contact"
    asks = (Ask("evidence", "Who asked for it, when and how", "", "Asked by e-mail on 12 Nov", is_wide=True),)
    if edit.what.startswith("unblock"):
        says = "What you write here is kept beside the evidence of the block."
        return InlineForm(f"Allow calls to {whom} again", asks, "Allow calls", says=says)
    says = "No call will be offered any more. What you write here is kept as the evidence."
    return InlineForm(f"Do not call {whom}", asks, "Do not call", says=says, is_grave=True)
