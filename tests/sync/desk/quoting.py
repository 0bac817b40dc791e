"""A price book there, and quotes that a rep makes from it, for the tests of both sides."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.accounts.names import plain_key
from callstation.app import App
from callstation.clock import ManualClock
from callstation.quotes.quotes import _supersede as supersede
from callstation.quotes.quotes import send_quote
from callstation.quotes.stored_quote import stored_quote
from callstation.quotes.storing import next_number
from callstation.work import Work
from db.nouns import Product, Quote, QuoteLine
from db.stored import from_units
from db.vocabulary import ApprovalLevel, LineKind, Proration, QuoteOption, QuoteStatus
from tests.sync.desk.conftest import Pair, make_pair
from tests.sync.desk.people import customers

PRODUCTS = ("Quillbase Starter", "Quillbase Growth", "Sentrylane & <Core>")
QUOTES = "SELECT Id, Name, Status, OpportunityId, ExpirationDate, Description, TotalPrice, LineItemCount FROM Quote"
LINES = (
    "SELECT Quantity, UnitPrice, Discount, TotalPrice, Description, ServiceDate FROM QuoteLineItem ORDER BY SortOrder"
)
Wanted = tuple[str, int, str]
"""(product, quantity, amount)."""
USUAL: Sequence[Wanted] = ((PRODUCTS[0], 90, "45225.00"), (PRODUCTS[1], 7, "1000.00"))


def price_book(pair: Pair, names: Sequence[str] = PRODUCTS) -> dict[str, str]:
    """Products with a standard price there; name to the price's id."""
    made = {}
    for number, name in enumerate(names):
        product = pair.org.create("Product2", {"Name": name, "ProductCode": f"P-{number}", "IsActive": True})
        made[name] = pair.org.create(
            "PricebookEntry",
            {"Pricebook2Id": pair.org.standard_pricebook_id, "Product2Id": product, "UnitPrice": 10, "IsActive": True},
        )
    return made


def draft(work: Work, /, renewal_id: int, lines: Sequence[Wanted] = USUAL, **values: Any) -> int:
    """A draft of these lines; the quote's id."""
    found = work.row("SELECT account_id, target_id FROM renewal WHERE id = ?", (renewal_id,))
    assert found is not None
    account_id, target_id = found
    person = work.row("SELECT id FROM contact WHERE account_id = ? AND is_active ORDER BY id LIMIT 1", (account_id,))
    total = sum((Decimal(amount) for _, _, amount in lines), Decimal(0))
    starts_on = work.today + timedelta(days=17)
    facts = {
        "uid": uuid4().hex, "number": next_number(work), "status": QuoteStatus.DRAFT, "account_id": account_id,
        "contact_id": person[0] if person else None, "target_id": target_id, "renewal_id": renewal_id,
        "option": QuoteOption.THREE_YEARS, "proration": Proration.DAY_365, "currency": "USD", "base_currency": "USD",
        "priced_on": work.today, "valid_until": work.today + timedelta(days=30), "starts_on": starts_on,
        "ends_on": starts_on + timedelta(days=364), "list_total": total, "total": total,
        "approval_level": ApprovalLevel.REP, "created_at": work.now,
    } | values  # fmt: skip
    quote_id = work.insert(Quote, **facts)
    for position, (product, quantity, amount) in enumerate(lines):
        known = work.row("SELECT id FROM product WHERE name_key = ?", (plain_key(product),))
        product_id = known[0] if known else work.insert(Product, name=product, name_key=plain_key(product))
        work.insert(
            QuoteLine, uid=uuid4().hex, quote_id=quote_id, position=position, key=f"k{position}",
            kind=LineKind.RENEWAL, renewal_id=renewal_id, product_id=product_id, product=product, quantity=quantity,
            unit_list=Decimal(10), price_source="list", starts_on=starts_on, ends_on=facts["ends_on"],
            list_amount=Decimal(amount), amount=Decimal(amount),
        )  # fmt: skip
    work.journal.label = f"Saved {facts['number']}"
    return quote_id


def sent(pair: Pair, renewal_id: int = 1) -> int:
    """A quote of the usual lines that was sent here."""
    quote_id = pair.app.do(draft, renewal_id)
    pair.app.do(send_quote, quote_id)
    return quote_id


def quoting_desk(app: App, clock: ManualClock, *, has_key: bool, has_quotes: bool = True) -> Iterator[Pair]:
    """A fixture: two customers on both sides and a price book there."""
    made = make_pair(app, clock, has_key=has_key, has_quotes=has_quotes)
    price_book(made)
    customers(made, 2)
    assert made.sync().problem == ""
    yield made
    made.web.close()
    made.org.close()


def newer_version(work: Work, /, quote_id: int) -> int:
    """The draft of a new version, as saving makes it: the one before is superseded."""
    old = stored_quote(work, quote_id)
    supersede(work, old)
    assert old.renewal_id is not None
    return draft(work, old.renewal_id, [(PRODUCTS[2], 3, "33.33")], number=old.number, version=old.version + 1)


def amounts(pair: Pair, quote_id: int) -> list[Decimal]:
    """What each line of a quote costs here."""
    rows = pair.rows("SELECT amount FROM quote_line WHERE quote_id = ? ORDER BY position", quote_id)
    return [from_units(amount) for (amount,) in rows]
