"""The six renewal letters: whom, about what, and the words, filled in."""

from callstation.documents.data import Data, Subject
from callstation.documents.fields import MissingFieldsError, missing
from callstation.documents.merging import Merge
from callstation.documents.parties import address_of, company_fields, party_of, person_of, sender_of
from callstation.documents.subjects import About, about, quote_for, quoted_for
from callstation.documents.values import Day, Row
from callstation.documents.wording import source_for, words_of
from callstation.errors import UserError
from callstation.work import Work
from db.vocabulary import DocumentKind

NAMES = {
    DocumentKind.FIRST_NOTICE: "The first notice",
    DocumentKind.REMINDER: "The reminder",
    DocumentKind.FINAL_NOTICE: "The final notice",
    DocumentKind.LAPSE: "The letter about the lapse",
    DocumentKind.PRICE_CHANGE: "The letter about the price",
    DocumentKind.THANK_YOU: "The thank-you letter",
}

NEEDED = ("contact", "company", "user")
"""Whose names a letter has around its words."""
BEFORE_THE_END = frozenset({DocumentKind.FIRST_NOTICE, DocumentKind.REMINDER, DocumentKind.FINAL_NOTICE})


def letter_data(work: Work, kind: DocumentKind, subject: Subject, locale: str | None) -> Data:
    """A letter about one renewal. ``MissingFieldsError`` where its words need what is not known."""
    party = party_of(work, subject.account_id, locale)
    topic = about(work, kind, subject.account_id, subject.renewal_id)
    if topic is None:
        raise MissingFieldsError([missing("contract.number", party.name)], NAMES[kind])
    is_thanks = kind is DocumentKind.THANK_YOU
    quote = quote_for(work, topic.renewal_id, subject.quote_id, is_accepted=is_thanks)
    _refuse_untimely(work, kind, topic, is_accepted=quote is not None and is_thanks)
    renewal = dict(topic.renewal)
    if quote is not None and (quoted := quoted_for(work, quote[0], topic.renewal_id)) is not None:
        renewal["new_price"], renewal["ends_on"] = quoted
        if renewal["ends_on"] != topic.renewal["ends_on"]:
            renewal["old_price"] = None  # that of a year says nothing beside that of three
    person = person_of(work, subject.account_id, subject.contact_id, topic.contact_id)
    sender = sender_of(work.settings)
    fields: dict[str, Row | None] = {
        "account": party.fields, "contact": person, "contract": topic.contract, "renewal": renewal,
        "quote": None if quote is None else quote[1], "partner": topic.partner, **company_fields(sender),
    }  # fmt: skip
    merge = Merge(fields, (), Day(work.today), party.locale, f"{party.name} ({topic.contract['number']})")
    words = words_of(source_for(work.folder, party.locale, kind), merge)
    needed = [missing(f"{name}.name", party.name) for name in NEEDED if not (fields[name] or {}).get("name")]
    if lacking := {one.path: one for one in (*merge.missing, *needed)}:
        raise MissingFieldsError(lacking.values(), NAMES[kind])
    return Data(
        kind=kind, locale=party.locale, paper=party.paper, made_on=work.today, title=words.subject,
        subject=words.subject, paragraphs=words.paragraphs, closing=words.closing, sender=sender,
        address=address_of(party, person, work.settings.home_region), fields=fields,
    )  # fmt: skip


def _refuse_untimely(work: Work, kind: DocumentKind, topic: About, *, is_accepted: bool) -> None:
    """``UserError`` where a letter would say what is not so: that a contract ended, or that it is renewed."""
    number, has_ended = topic.contract["number"], topic.ends_on < work.today
    if kind is DocumentKind.LAPSE and not has_ended:
        raise UserError(
            f"{NAMES[kind]} is too early.", f"{number} has not ended yet.", "Make a reminder or a final notice instead."
        )
    if kind in BEFORE_THE_END and has_ended:
        raise UserError(
            f"{NAMES[kind]} is too late.", f"{number} has ended.", "Make the letter about the lapse instead."
        )
    if kind is DocumentKind.THANK_YOU and not (topic.is_won or is_accepted):
        raise UserError(
            f"{NAMES[kind]} is too early.",
            f"{number} is not renewed yet.",
            "Log “Order received”, or accept its quote.",
        )
