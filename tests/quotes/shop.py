"""A small shop for the tests of quotes: a catalogue with prices, customers who own, a partner, and steps of a quote."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.quotes import quotes
from callstation.quotes.cards import read_quote
from callstation.quotes.quotes import Saved
from callstation.quotes.worksheet import Choices
from callstation.work import Work
from db.nouns import ContractLine, PriceBook, PriceEntry, Product
from db.vocabulary import AccountKind, ProductKind, QuoteStatus
from tests import factories

STARTER, SCALE = "Quillbase Starter", "Quillbase Scale"


def product(work: Work, name: str, *, vendor: str = "Quillbase", family: str = "Quillbase", **values: Any) -> int:
    kind = values.pop("kind", ProductKind.PLAN)
    return work.insert(
        Product, name=name, name_key=name.casefold(), vendor=vendor, family=family, sku=name[:3].upper(), kind=kind,
        **values,
    )  # fmt: skip


def price(work: Work, book_id: int, product_id: int, amount: str, *, cost: str | None = None, months: int = 12) -> int:
    return work.insert(
        PriceEntry, price_book_id=book_id, product_id=product_id, amount=Decimal(amount), plan_months=months,
        cost=None if cost is None else Decimal(cost),
    )  # fmt: skip


def price_book(work: Work, currency: str = "USD", **values: Any) -> int:
    return work.insert(
        PriceBook, uid=uuid4().hex, name=f"List {currency}", currency=currency, created_at=work.now,
        **{"valid_from": date(2026, 1, 1), "valid_to": None, **values},
    )  # fmt: skip


def catalogue(work: Work) -> dict[str, int]:
    """Starter at 120 and Scale at 300 a year (cost 84 and 180), the add-on Archive at 24; product ids by name."""
    ids = {name: product(work, name) for name in (STARTER, SCALE)}
    ids["Archive"] = product(work, "Archive", kind=ProductKind.ADD_ON)
    book_id = price_book(work)
    price(work, book_id, ids[STARTER], "120", cost="84")
    price(work, book_id, ids[SCALE], "300", cost="180")
    price(work, book_id, ids["Archive"], "24", cost="12")
    return ids


def owned(
    work: Work, account_id: int, product_id: int | None, *, ends_on: date, quantity: int = 90, value: str = "10800",
    number: str = "C-1003", starts_on: date | None = date(2025, 12, 21), currency: str = "USD", **values: Any,
) -> int:  # fmt: skip
    """A contract with one line (none without a product) and its open renewal; the renewal's id."""
    contract_id = factories.contract(
        work, account_id, ends_on, number, starts_on=starts_on, currency=currency, value=Decimal(value), **values
    )
    if product_id is not None:
        work.insert(
            ContractLine, contract_id=contract_id, position=0, product_id=product_id, quantity=quantity,
            value=Decimal(value),
        )  # fmt: skip
    return factories.renewal(
        work, contract_id, account_id, ends_on, amount=Decimal(value), currency=currency, quantity=quantity
    )


def halden(work: Work) -> int:
    """A customer with 90 seats of Starter until 20 December 2026; the target's id."""
    ids = catalogue(work)
    account_id = factories.account(work)
    factories.phone(work, factories.contact(work, account_id))
    owned(work, account_id, ids[STARTER], ends_on=date(2026, 12, 20))
    refresh_targets(work, [account_id])
    return target_of(work, account_id)


def reseller(work: Work, customers: int) -> int:
    """A partner who is called for so many end customers with one contract each; the target's id."""
    ids = catalogue(work)
    partner = factories.account(work, "Northgate Resale", kind=AccountKind.PARTNER)
    factories.phone(work, factories.contact(work, partner, "Ines Roth"), "+16175550199")
    for index in range(customers):
        account_id = factories.account(work, f"Customer {index}")
        owned(
            work, account_id, ids[STARTER if index % 2 else SCALE], ends_on=date(2026, 12, 1 + index % 28),
            number=f"C-{index}", partner_id=partner,
        )  # fmt: skip
    refresh_targets(work)
    return target_of(work, partner)


def target_of(work: Work, account_id: int) -> int:
    found = work.row("SELECT id FROM call_target WHERE account_id = ?", (account_id,))
    assert found is not None
    return int(found[0])


def count(app: App, table: str) -> int:
    found = app.ask(Work.row, f"SELECT count(*) FROM {table}")
    assert found is not None
    return int(found[0])


AS_OWNED = Choices()
DEEP = Choices(discount=Decimal("0.15"), reason="A competitor's offer")
"""A discount that the lead must allow."""


def save(app: App, target: int, choices: Choices = AS_OWNED, quote_id: int | None = None) -> Saved:
    return app.do(quotes.save_quote, target, choices, quote_id=quote_id)


def sent(app: App, target: int, choices: Choices = AS_OWNED) -> Saved:
    return app.do(quotes.send_quote, save(app, target, choices).quote_id)


def status(app: App, quote_id: int) -> QuoteStatus:
    return app.ask(read_quote, quote_id).row.status


def notes(app: App, kind: str = "quote") -> list[str]:
    return [row[0] for row in app.ask(Work.rows, "SELECT note FROM activity WHERE kind = ? ORDER BY id", (kind,))]


def renewal_of(app: App, renewal_id: int = 1) -> tuple[Any, ...]:
    """Its stage and category."""
    found = app.ask(Work.row, "SELECT stage, category FROM renewal WHERE id = ?", (renewal_id,))
    assert found is not None
    return found


def owed(app: App) -> list[tuple[Any, ...]]:
    """Kind, moment and note of everything owed, the next first."""
    return app.ask(Work.rows, "SELECT kind, due_at, note FROM callback WHERE status = 'open' ORDER BY due_at")


def marked(app: App) -> list[tuple[Any, ...]]:
    """What waits for the CRM."""
    return app.ask(Work.rows, "SELECT entity, record_id FROM outbox_entry ORDER BY entity, record_id")


def on(clock: ManualClock, at: datetime) -> None:
    """Move the clock to a moment."""
    clock.advance((at - clock.now()).total_seconds())


def everything(app: App) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that the life of a quote touches."""
    tables = (
        "quote",
        "quote_line",
        "renewal",
        "contract",
        "activity",
        "callback",
        "call_target",
        "closing_mark",
        "outbox_entry",
    )
    return {table: app.ask(Work.rows, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}
