"""What a call sheet says: one page for a call, with people, numbers, contracts, what is open and what to say."""

from callstation.accounts.card import Person, people_of
from callstation.accounts.timeline import TimelineEntry, timeline
from callstation.calling.card import Card, read_card
from callstation.documents.data import Data, Sender, Subject
from callstation.documents.labels import labels_of
from callstation.documents.locales import ENGLISH, paper_for
from callstation.documents.parties import party_of
from callstation.documents.values import Day, Money, Row, count, one_line
from callstation.work import Work
from db.vocabulary import DocumentKind

MOST = 60
"""Rows of one list that are kept; the page shows as many as fit, and says how many there are."""


def call_sheet_data(work: Work, subject: Subject, locale: str | None) -> Data:
    """The sheet of an account, for the rep: nothing on it blocks it. In the rep's language unless another is told."""
    own = work.settings.language if work.settings.language.startswith("en") else ENGLISH
    party = party_of(work, subject.account_id, locale or own)
    target = work.row(
        "SELECT id FROM call_target WHERE account_id = ? ORDER BY contact_id IS NOT ?, renewal_count DESC, id LIMIT 1",
        (subject.account_id, subject.contact_id),
    )
    card = read_card(work, target[0]) if target else None
    people = [one for one in (card.people if card else people_of(work, subject.account_id)) if one.is_active]
    if card and card.contact_id:
        people.sort(key=lambda one: one.contact_id != card.contact_id)
    history = card.history if card else tuple(timeline(work, subject.account_id, limit=12))
    title = f"{labels_of(party.locale)['call_sheet']} {party.name}"
    paper = paper_for(work.settings.paper, work.settings.home_region, own)
    return Data(
        kind=DocumentKind.CALL_SHEET, locale=party.locale, paper=paper, made_on=work.today, title=title, subject=title,
        paragraphs=(), closing="", sender=_sender(work), address=(),
        fields={
            "account": party.fields,
            "call": {
                "place": card.place if card else party.fields["city"], "zone": card.their_zone if card else None,
                "contact": card.contact if card else None,
                "value": Money(card.amount, card.currency) if card and card.amount is not None else None,
                "contracts": count(len(card.renewals) if card else 0),
            },
        },
        rows={
            "people": tuple(_person(one) for one in people[:MOST]), "lines": _contracts(card),
            "open": tuple({"title": item.title, "words": item.words} for item in (card.open_items if card else ())),
            "history": tuple(_entry(one, work) for one in history if one.words or one.is_reached),
            "talk": tuple({"words": point} for point in (card.talk_track if card else ())),
        },
    )  # fmt: skip


def _sender(work: Work) -> Sender:
    """It stays in the house: only the name and the colour of the letterhead."""
    settings = work.settings
    return Sender(name=one_line(settings.company_name), colour=settings.company_colour, signed_by=settings.signed_by)


def _person(person: Person) -> Row:
    numbers = [
        f"{number.shown} ext. {number.extension}" if number.extension else number.shown
        for number in person.numbers
        if not number.is_do_not_call
    ]
    role = ", ".join(part for part in (person.role, "decision maker" if person.is_decision_maker else "") if part)
    is_blocked = person.is_do_not_call or (bool(person.numbers) and not numbers)
    return {
        "name": one_line(person.name), "role": role, "email": person.email,
        "numbers": "do not call" if is_blocked else ", ".join(numbers),
    }  # fmt: skip


def _contracts(card: Card | None) -> tuple[Row, ...]:
    if card is None:
        return ()
    return tuple(
        {
            "contract": line.number, "customer": one_line(line.account) if card.is_partner else "",
            "products": one_line(line.products), "quantity": None if line.quantity is None else count(line.quantity),
            "ends_on": Day(line.due_on), "days_left": count(line.days),
            "value": None if line.amount is None else Money(line.amount, line.currency),
        }
        for line in card.renewals[:MOST]
    )  # fmt: skip


def _entry(entry: TimelineEntry, work: Work) -> Row:
    day = entry.happened_at.astimezone(work.settings.zone).date()
    who = f" ({one_line(entry.contact)})" if entry.contact else ""
    return {"day": Day(day), "title": f"{entry.title}{who}", "words": one_line(entry.words)}
