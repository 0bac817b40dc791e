"""What a partner statement says: every contract of a partner's end customers that ends in the window, and the sums."""

from datetime import date, timedelta
from decimal import Decimal

from callstation.documents.data import Data, Subject
from callstation.documents.fields import MissingFieldsError, missing
from callstation.documents.labels import labels_of
from callstation.documents.parties import address_of, company_fields, party_of, person_of, sender_of
from callstation.documents.values import Day, Money, Row, Value, count, in_words, one_line
from callstation.errors import UserError
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import DocumentKind

DAYS_BACK = 30
DAYS_AHEAD = 120
"""The window: contracts that ended within so many days and are still open, and those that end within so many."""
WHAT = "The statement"

_LINES = """
    SELECT a.name, k.number, r.due_on, k.starts_on, r.amount, r.currency, r.quantity,
           (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT p.name AS name FROM contract_line l
            JOIN product p ON p.id = l.product_id WHERE l.contract_id = k.id ORDER BY l.position)),
           (SELECT sum(l.quantity) FROM contract_line l WHERE l.contract_id = k.id)
    FROM contract k JOIN renewal r ON r.contract_id = k.id JOIN account a ON a.id = r.account_id
    WHERE k.partner_id = ? AND r.closed_at IS NULL AND r.due_on BETWEEN ? AND ?
    ORDER BY a.name COLLATE NOCASE, a.id, r.due_on, k.number"""


def statement_data(work: Work, subject: Subject, locale: str | None) -> Data:
    """A partner's statement. ``UserError`` where the account is no partner, or nothing ends in the window."""
    party = party_of(work, subject.account_id, locale)
    if not party.is_partner:
        raise UserError(
            f"{WHAT} cannot be made.", f"{party.name} is no partner.", "Choose a partner; customers get letters."
        )
    start, end = work.today - timedelta(days=DAYS_BACK), work.today + timedelta(days=DAYS_AHEAD)
    found = work.rows(_LINES, (subject.account_id, start.isoformat(), end.isoformat()))
    if not found:
        raise UserError(
            f"{WHAT} would be empty.",
            f"No contract of {party.name}'s end customers ends in the next {DAYS_AHEAD} days.",
            "Import their list, or write to them later.",
        )
    person, sender = person_of(work, subject.account_id, subject.contact_id), sender_of(work.settings)
    needed = (("contact", person["name"]), ("company", sender.name), ("user", sender.signed_by))
    if lacking := [missing(f"{name}.name", party.name) for name, value in needed if not value]:
        raise MissingFieldsError(lacking, WHAT)
    lines = tuple(_line(row, work.today) for row in found)
    title = f"{labels_of(party.locale)['statement']} {in_words(Day(work.today), party.locale)}"
    fields: dict[str, Row | None] = {
        "account": party.fields, "contact": person, "contract": None, "renewal": None, "quote": None,
        "partner": {"name": party.name, "city": party.fields["city"]}, **company_fields(sender),
        "window": {"starts_on": Day(start), "ends_on": Day(end)},
    }  # fmt: skip
    return Data(
        kind=DocumentKind.STATEMENT, locale=party.locale, paper=party.paper, made_on=work.today, title=title,
        subject=title, paragraphs=(), closing="", sender=sender,
        address=address_of(party, person, work.settings.home_region), fields=fields,
        rows={"lines": lines, "totals": _totals(lines)},
    )  # fmt: skip


def _line(row: tuple[object, ...], today: date) -> Row:
    customer, number, due, starts, amount, currency, quantity, products, seats = row
    ends_on = date.fromisoformat(str(due))
    units = quantity if quantity is not None else seats
    return {
        "customer": one_line(str(customer)), "contract": str(number), "products": one_line(str(products or "")) or None,
        "quantity": count(units) if isinstance(units, int) else None,
        "starts_on": Day(date.fromisoformat(str(starts))) if starts else None, "ends_on": Day(ends_on),
        "days_left": count((ends_on - today).days),
        "value": Money(from_units(amount), str(currency)) if isinstance(amount, int) else None,
        "currency": str(currency),
    }  # fmt: skip


def _totals(lines: tuple[Row, ...]) -> tuple[Row, ...]:
    """Per currency how many contracts, and what those with a value come to."""
    sums: dict[str, list[Decimal]] = {}
    for line in lines:
        values = sums.setdefault(str(line["currency"]), [])
        value = line["value"]
        values.append(value.amount if isinstance(value, Money) else Decimal(0))
    totals: list[dict[str, Value]] = []
    for currency, values in sorted(sums.items()):
        totals.append(
            {"currency": currency, "contracts": count(len(values)), "total": Money(sum(values, Decimal(0)), currency)}
        )
    return tuple(totals)
