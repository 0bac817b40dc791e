"""What a renewal agreement says: the parties, the products with term and price, the clauses with their versions."""

from dataclasses import replace
from typing import NamedTuple

from callstation.documents.clauses import clause_rows
from callstation.documents.data import Data, Subject
from callstation.documents.fields import MissingFieldsError, missing
from callstation.documents.labels import labels_of
from callstation.documents.merging import Merge
from callstation.documents.offers import quote_data
from callstation.documents.parties import Party, address_of, company_fields, party_of, person_of, sender_of
from callstation.documents.subjects import About, about, quote_for
from callstation.documents.values import Day, Money, Number, Row, Value, count, one_line
from callstation.work import Work
from db.vocabulary import DocumentKind

WHAT = "The agreement"


class _Ordered(NamedTuple):
    """What is agreed on: product lines, the whole price, the new term, and the quote it comes from."""

    lines: tuple[Row, ...]
    total: Money | None
    starts_on: Day
    ends_on: Day
    quote: Row | None
    label: str


def agreement_data(work: Work, subject: Subject, locale: str | None) -> Data:
    """An agreement by the quote that is named or was accepted or sent, else by the contract and its agreed uplift.

    What it used to cost is no price to agree on: without a quote or an uplift the new price is missing.
    """
    party = party_of(work, subject.account_id, locale)
    topic = about(work, DocumentKind.AGREEMENT, subject.account_id, subject.renewal_id)
    if topic is None:
        raise MissingFieldsError([missing("contract.number", party.name)], WHAT)
    ordered = _ordered(work, subject, topic, party)
    person = person_of(work, subject.account_id, subject.contact_id, topic.contact_id)
    sender = sender_of(work.settings)
    fields: dict[str, Row | None] = {
        "account": party.fields, "contact": person,
        "contract": {**topic.contract, "number": _numbers(ordered.lines) or topic.contract["number"]},
        "renewal": {**topic.renewal, **_term(ordered), "new_price": ordered.total},
        "quote": ordered.quote, "partner": topic.partner, **company_fields(sender),
    }  # fmt: skip
    of = f"{party.name} ({topic.contract['number']})"
    merge = Merge(fields, ordered.lines, Day(work.today), party.locale, of)
    clauses = clause_rows(work.folder, party.locale, merge)
    needed = [
        missing(path, of)
        for path, value in (
            ("contact.name", person["name"]), ("company.name", sender.name), ("user.name", sender.signed_by),
            ("renewal.new_price", ordered.total), ("contract.products", ordered.lines),
        )
        if not value
    ]  # fmt: skip
    if lacking := dict.fromkeys([*needed, *merge.missing]):
        raise MissingFieldsError(lacking, WHAT)
    title = f"{labels_of(party.locale)['agreement']} {ordered.label}"
    return Data(
        kind=DocumentKind.AGREEMENT, locale=party.locale, paper=party.paper, made_on=work.today, title=title,
        subject=title, paragraphs=(), closing="", sender=sender,
        address=address_of(party, person, work.settings.home_region), fields=fields,
        rows={"lines": ordered.lines, "clauses": clauses},
    )  # fmt: skip


def _ordered(work: Work, subject: Subject, topic: About, party: Party) -> _Ordered:
    quote = (
        quote_for(work, topic.renewal_id, subject.quote_id)
        if subject.quote_id is not None
        else quote_for(work, topic.renewal_id, None, is_accepted=True) or quote_for(work, topic.renewal_id, None)
    )
    if quote is None:
        return _as_it_is(work, topic)
    whole = quote_data(work, replace(subject, account_id=party.account_id, quote_id=quote[0]), party.locale)
    about_it = whole.group("quote")
    total, starts_on, ends_on = about_it["total"], about_it["starts_on"], about_it["ends_on"]
    assert isinstance(total, Money)
    assert isinstance(starts_on, Day)
    assert isinstance(ends_on, Day)
    version = about_it["version"]
    assert isinstance(version, Number)
    return _Ordered(whole.lines, total, starts_on, ends_on, quote[1], f"{about_it['number']} v{version.value}")


def _as_it_is(work: Work, topic: About) -> _Ordered:
    """The contract's own lines for another term, at the price that its uplift makes."""
    starts_on, ends_on, amount = topic.renewal["starts_on"], topic.renewal["ends_on"], topic.renewal["new_price"]
    assert isinstance(starts_on, Day)
    assert isinstance(ends_on, Day)
    found = work.rows(
        """SELECT p.name, coalesce(p.sku, ''), l.quantity FROM renewal r
           JOIN contract_line l ON l.contract_id = r.contract_id JOIN product p ON p.id = l.product_id
           WHERE r.id = ? ORDER BY l.position""",
        (topic.renewal_id,),
    )
    price = amount if isinstance(amount, Money) else None
    lines: tuple[Row, ...] = tuple(
        {
            "kind": "renewal", "product": one_line(name), "sku": one_line(sku), "end_customer": "",
            "contract": topic.contract["number"], "quantity": _quantity(quantity, topic, len(found)),
            "starts_on": starts_on, "ends_on": ends_on, "amount": price if len(found) == 1 else None,
        }
        for name, sku, quantity in found
    )  # fmt: skip
    return _Ordered(lines, price, starts_on, ends_on, None, str(topic.contract["number"]))


def _numbers(lines: tuple[Row, ...]) -> str:
    """Every contract that the agreement goes on with, in the order of its lines."""
    return ", ".join(dict.fromkeys(str(line["contract"]) for line in lines if line["contract"]))


def _term(ordered: _Ordered) -> Row:
    """The new term, where it is one for all lines; else each line says its own."""
    is_one = len({(line["starts_on"], line["ends_on"]) for line in ordered.lines}) <= 1
    return {"starts_on": ordered.starts_on if is_one else None, "ends_on": ordered.ends_on if is_one else None}


def _quantity(own: int | None, topic: About, lines: int) -> Value:
    if own is not None:
        return count(own)
    return topic.renewal["quantity"] if lines == 1 else None
