"""What a quote's document says: its lines with every factor, totals before and after discounts, terms, rate."""

from datetime import date
from decimal import Decimal
from typing import Any

from callstation.documents.data import Data, Subject
from callstation.documents.fields import MissingFieldsError, missing
from callstation.documents.labels import labels_of
from callstation.documents.parties import address_of, company_fields, party_of, person_of, sender_of
from callstation.documents.sums import before_discount
from callstation.documents.values import Day, Money, Number, Row, Share, Value, count, one_line
from callstation.errors import UserError
from callstation.quotes.choices import from_json
from callstation.quotes.money import in_base
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import CoTermMethod, DocumentKind, QuoteStatus

WATERMARKED = frozenset(
    {
        QuoteStatus.DRAFT, QuoteStatus.NEEDS_APPROVAL, QuoteStatus.REJECTED, QuoteStatus.EXPIRED,
        QuoteStatus.SUPERSEDED,
    }
)  # fmt: skip
"""What the customer must not take for an offer."""

_QUOTE = """
    SELECT number, version, account_id, contact_id, status, option, proration, co_term, currency, base_currency, rate,
           rate_on, priced_on, valid_until, starts_on, ends_on, list_total, total, discount, note, choices
    FROM quote WHERE id = ?"""
_LINES = """
    SELECT l.kind, l.product, l.sku, l.end_customer, l.quantity, l.unit_list, l.plan_months, l.price_source,
           l.contracted, l.uplift, l.discount, l.multiplier, l.multiplier_words, l.fee, l.starts_on, l.ends_on,
           l.list_amount, l.amount, k.number
    FROM quote_line l LEFT JOIN renewal r ON r.id = l.renewal_id LEFT JOIN contract k ON k.id = r.contract_id
    WHERE l.quote_id = ? ORDER BY l.position, l.id"""


def quote_data(work: Work, subject: Subject, locale: str | None) -> Data:
    """A quote: the one that is named, else the account's newest. ``MissingFieldsError`` where it lacks something."""
    found = _quote_id(work, subject)
    if found is None:
        raise MissingFieldsError(
            [missing("quote.number", party_of(work, subject.account_id, locale).name)], "The quote"
        )
    row = work.row(_QUOTE, (found,))
    if row is None:
        raise UserError("This quote is gone.", f"There is no quote {found}.", "Reload the list.")
    number, version, account_id, contact_id, status, currency = row[0], row[1], row[2], row[3], row[4], row[8]
    party = party_of(work, account_id, locale)
    person = person_of(work, account_id, subject.contact_id, contact_id)
    sender = sender_of(work.settings)
    fields: dict[str, Row | None] = {
        "account": party.fields, "contact": person, "quote": {}, "contract": None, "renewal": None,
        "partner": party.fields if party.is_partner else None, **company_fields(sender),
    }  # fmt: skip
    lines = tuple(_line(line, currency) for line in work.rows(_LINES, (found,)))
    fields["quote"] = _quote(row, lines)
    lacking = [
        missing(path, party.name)
        for path, is_there in (
            ("contact.name", person["name"]), ("company.name", sender.name), ("user.name", sender.signed_by),
            ("quote.total", lines),
        )
        if not is_there
    ]  # fmt: skip
    if lacking:
        raise MissingFieldsError(lacking, f"The quote {number}")
    label = f"{number} v{version}"
    title = f"{labels_of(party.locale)['quote']} {label}"
    return Data(
        kind=DocumentKind.QUOTE, locale=party.locale, paper=party.paper, made_on=work.today, title=title, subject=title,
        paragraphs=(), closing="", sender=sender, address=address_of(party, person, work.settings.home_region),
        fields=fields, rows={"lines": lines}, watermark=status if status in WATERMARKED else "",
    )  # fmt: skip


def _quote_id(work: Work, subject: Subject) -> int | None:
    if subject.quote_id is not None:
        return subject.quote_id
    found = work.row("SELECT id FROM quote WHERE account_id = ? ORDER BY id DESC LIMIT 1", (subject.account_id,))
    return None if found is None else int(found[0])


def _quote(row: tuple[Any, ...], lines: tuple[Row, ...]) -> Row:
    (number, version, _, _, status, option, proration, co_term, currency, base, rate, rate_on, priced_on, valid_until,
     starts_on, ends_on, list_total, total, discount, note, choices) = row  # fmt: skip
    money = Money(from_units(total), currency)
    before = sum((before_discount(line, currency) for line in lines), Decimal(0))
    is_foreign = currency != base
    return {
        "number": number, "version": count(version), "status": status, "option": option, "proration": proration,
        "co_term": _co_term(co_term, choices, lines), "total": money,
        "list_total": Money(from_units(list_total), currency),
        "subtotal": Money(before, currency), "discount_total": Money(before - money.amount, currency),
        "discount": Share(from_units(discount).normalize()), "valid_until": _day(valid_until),
        "priced_on": _day(priced_on), "starts_on": _day(starts_on), "ends_on": _day(ends_on),
        "note": note.strip() or None,
        "rate": Number(Decimal(rate)) if is_foreign and rate_on else None,
        "rate_on": _day(rate_on) if is_foreign and rate_on else None, "base_currency": base,
        "base_total": Money(in_base(money.amount, Decimal(rate), base), base) if is_foreign and rate_on else None,
    }  # fmt: skip


def _co_term(method: str | None, choices: str, lines: tuple[Row, ...]) -> str | None:
    """How the common end was come to, where the paper is to say so: None where it was typed, or priced by the list."""
    if method == CoTermMethod.BY_PRICE:
        is_so = any(line["price_source"] == "last_paid" and line["contracted"] is not None for line in lines)
    else:
        is_so = from_json(choices).ends_on is None
    return method if is_so else None


def _line(row: tuple[Any, ...], currency: str) -> Row:
    (kind, product, sku, end_customer, quantity, unit_list, plan_months, source, contracted, uplift, discount,
     multiplier, multiplier_words, fee, starts_on, ends_on, list_amount, amount, contract) = row  # fmt: skip

    def money(units: int | None) -> Value:
        return None if units is None else Money(from_units(units), currency)

    return {
        "kind": kind, "product": one_line(product), "sku": one_line(sku), "end_customer": one_line(end_customer),
        "contract": contract, "quantity": count(quantity), "unit_list": money(unit_list),
        "plan_months": count(plan_months), "price_source": source, "contracted": money(contracted),
        "uplift": Share(from_units(uplift).normalize()), "discount": Share(from_units(discount).normalize()),
        "multiplier": multiplier, "multiplier_words": multiplier_words, "fee": money(fee),
        "starts_on": _day(starts_on), "ends_on": _day(ends_on),
        "list_amount": money(list_amount), "amount": money(amount),
    }  # fmt: skip


def _day(text: str) -> Day:
    return Day(date.fromisoformat(text))
