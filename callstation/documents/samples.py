"""A letter and a quote to invented customers, for looking at a letterhead before there is anybody to write to."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from callstation.documents.data import Data, Sender
from callstation.documents.labels import labels_of
from callstation.documents.locales import paper_for
from callstation.documents.merging import Merge
from callstation.documents.parties import company_fields, sender_of
from callstation.documents.values import Day, Money, Row, Share, Value, count
from callstation.documents.wording import source_for, words_of
from callstation.quotes.months import term_end
from callstation.settings import Settings
from db.vocabulary import DocumentKind, LineKind, Proration, QuoteOption, QuoteStatus

LANGUAGES = ("en", "de", "fr")
KINDS = (DocumentKind.REMINDER, DocumentKind.QUOTE)


class _Customer(NamedTuple):
    locale: str
    country: str
    currency: str
    name: str
    person: str
    address: tuple[str, ...]


_CUSTOMERS = {
    "en": _Customer("en_US", "US", "USD", "Halden Robotics", "Priya Raman",
                    ("Halden Robotics", "Priya Raman", "214 Cooperage Street", "Suite 300", "Boston, MA 02110")),
    "de": _Customer("de_DE", "DE", "EUR", "Kestrel Maschinenbau GmbH", "Jana Weiß",
                    ("Kestrel Maschinenbau GmbH", "Jana Weiß", "Gerberstraße 18", "89073 Ulm")),
    "fr": _Customer("fr_FR", "FR", "EUR", "Verger & Vigne SARL", "Élodie Noël",
                    ("Verger & Vigne SARL", "Élodie Noël", "17 rue des Presses", "69002 Lyon")),
}  # fmt: skip
_LINES = (("Quillbase Growth", "QUI-GR", 90, Decimal("535.20"), Decimal("0.05")),
          ("Sentrylane Endpoint", "SEN-EP", 40, Decimal("61.80"), Decimal(0)))  # fmt: skip


def sample(kind: DocumentKind, language: str, settings: Settings, *, folder: Path, today: date) -> Data:
    """A reminder, or a quote, by the letterhead of the settings and in one of ``LANGUAGES``.

    What the letterhead lacks is stood in for ("Your company"); ``UserError`` where its logo or a template of the
    company's own in ``folder`` cannot be used.
    """
    customer = _CUSTOMERS[language]
    sender = _filled(sender_of(settings))
    ends_on = today + timedelta(days=30)
    starts_on = ends_on + timedelta(days=1)
    lines = tuple(_line(line, customer.currency, starts_on) for line in _LINES)
    totals = _totals(lines, customer.currency)
    fields: dict[str, Row | None] = {
        "account": {"name": customer.name}, "contact": {"name": customer.person}, "partner": None,
        "contract": {
            "number": "QUI-20517", "products": "Quillbase Growth", "quantity": count(90), "ends_on": Day(ends_on),
        },
        "renewal": {
            "starts_on": Day(starts_on), "ends_on": Day(term_end(starts_on, 12)), "quantity": count(90),
            "days_left": count(30), "new_price": totals["total"], "old_price": totals["list_total"],
        },
        "quote": {
            "number": "Q-2026-0012", "version": count(2), "status": QuoteStatus.SENT.value,
            "option": QuoteOption.AS_IS.value, "proration": Proration.DAY_365.value, "co_term": None,
            "valid_until": Day(today + timedelta(days=settings.quote_valid_days)), "priced_on": Day(today),
            "starts_on": Day(starts_on), "ends_on": Day(term_end(starts_on, 12)), "note": None, "rate": None,
            "rate_on": None, "base_currency": customer.currency, "base_total": None, **totals,
        },
        **company_fields(sender),
    }  # fmt: skip
    made = Data(
        kind=kind, locale=customer.locale, paper=paper_for(settings.paper, customer.country, customer.locale),
        made_on=today, title="", subject="", paragraphs=(), closing="", sender=sender, address=customer.address,
        fields=fields,
    )  # fmt: skip
    if kind is DocumentKind.QUOTE:
        title = f"{labels_of(customer.locale)['quote']} Q-2026-0012 v2"
        return replace(made, title=title, subject=title, rows={"lines": lines})
    merge = Merge(fields, (), Day(today), customer.locale, customer.name)
    words = words_of(source_for(folder, customer.locale, kind), merge)
    return replace(made, title=words.subject, subject=words.subject, paragraphs=words.paragraphs, closing=words.closing)


def _filled(sender: Sender) -> Sender:
    return replace(sender, name=sender.name or "Your company", signed_by=sender.signed_by or "Your name")


def _line(line: tuple[str, str, int, Decimal, Decimal], currency: str, starts_on: date) -> Row:
    product, sku, quantity, unit, discount = line
    full = unit * quantity

    def money(amount: Decimal) -> Value:
        return Money(amount.quantize(Decimal("0.01")), currency)

    return {
        "kind": LineKind.RENEWAL.value, "product": product, "sku": sku, "end_customer": "", "contract": "QUI-20517",
        "quantity": count(quantity), "unit_list": money(unit), "plan_months": count(12), "price_source": "list",
        "contracted": None, "uplift": Share(Decimal(0)), "discount": Share(discount), "multiplier": "1",
        "fee": money(Decimal(0)), "starts_on": Day(starts_on), "ends_on": Day(term_end(starts_on, 12)),
        "list_amount": money(full), "amount": money(full * (1 - discount)),
    }  # fmt: skip


def _totals(lines: tuple[Row, ...], currency: str) -> dict[str, Value]:
    listed, total = (sum((_amount(line[name]) for line in lines), Decimal(0)) for name in ("list_amount", "amount"))
    return {
        "total": Money(total, currency), "list_total": Money(listed, currency), "subtotal": Money(listed, currency),
        "discount_total": Money(listed - total, currency), "discount": Share(((listed - total) / listed).quantize(
            Decimal("0.001"))),
    }  # fmt: skip


def _amount(value: Value) -> Decimal:
    assert isinstance(value, Money)
    return value.amount
