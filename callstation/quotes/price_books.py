"""Changes to the catalogue by hand: products, list prices, price books, and what one account pays by agreement."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.errors import UserError
from callstation.work import Work
from db.nouns import ContractedPrice, PriceBook, PriceEntry, Product
from db.vocabulary import ProductKind

OWN_PRICES = "Own prices"
"""The book of prices that were typed here, one for each currency and day."""
HIGHEST = Decimal(10) ** 12
PERIODS = (1, 3, 6, 12, 24, 36, 60)
"""The months a typed price may pay for."""


def change_product(work: Work, /, product_id: int, **said: Any) -> None:
    """Change ``family``, ``kind``, ``vendor`` or ``sku``; "" takes a word away."""
    kept = {name: value if isinstance(value, ProductKind) else (value.strip() or None) for name, value in said.items()}
    name = _product(work, product_id)
    work.update(Product, product_id, **kept)
    work.journal.label = f"Changed {name}"


def change_price(work: Work, /, entry_id: int, **said: Any) -> None:
    """Change ``amount``, ``cost`` (None: unknown), ``unit``, ``plan_months`` or ``min_quantity`` of a list price."""
    row = work.row(
        """SELECT e.price_book_id, e.product_id, e.plan_months, e.min_quantity, p.name FROM price_entry e
           JOIN product p ON p.id = e.product_id WHERE e.id = ?""",
        (entry_id,),
    )
    if row is None:
        raise _gone("This price")
    _check(**said)
    book, product_id, months, least, name = row
    place = (book, product_id, said.get("plan_months", months), said.get("min_quantity", least))
    twin = work.row(f"SELECT id FROM price_entry WHERE {_PLACE} AND id <> ?", (*place, entry_id))
    if twin is not None:
        raise UserError("There is such a price already.", f"{name} has one for these months and this quantity.", "")
    work.update(PriceEntry, entry_id, **said)
    work.journal.label = f"Changed the price of {name}"


_PLACE = "price_book_id = ? AND product_id = ? AND plan_months = ? AND min_quantity = ?"


def set_price(
    work: Work, product_id: int, *, amount: Decimal, currency: str, plan_months: int = 12, cost: Decimal | None = None,
    unit: str = "", min_quantity: int = 1,
) -> int:  # fmt: skip
    """A list price from today on, in the book of own prices; one typed today already is overwritten. Its id."""
    name = _product(work, product_id)
    _check(amount=amount, cost=cost, plan_months=plan_months, min_quantity=min_quantity)
    book = _own_book(work, _currency(currency))
    work.journal.label = f"Set the price of {name}"
    found = work.row(f"SELECT id FROM price_entry WHERE {_PLACE}", (book, product_id, plan_months, min_quantity))
    if found is not None:
        entry_id: int = found[0]
        work.update(PriceEntry, entry_id, amount=amount, cost=cost, unit=unit)
        return entry_id
    return work.insert(
        PriceEntry, price_book_id=book, product_id=product_id, plan_months=plan_months, min_quantity=min_quantity,
        amount=amount, cost=cost, unit=unit,
    )  # fmt: skip


def remove_price(work: Work, entry_id: int) -> None:
    """Take a list price away; an older one may then count again."""
    row = work.row("SELECT p.name FROM price_entry e JOIN product p ON p.id = e.product_id WHERE e.id = ?", (entry_id,))
    if row is None or not work.delete(PriceEntry, entry_id):
        raise _gone("This price")
    work.journal.label = f"Removed a price of {row[0]}"


def change_book(work: Work, /, book_id: int, **said: Any) -> None:
    """Change ``name``, ``valid_from`` or ``valid_to`` of a price book."""
    row = work.row("SELECT name, valid_from, valid_to FROM price_book WHERE id = ?", (book_id,))
    if row is None:
        raise _gone("This price book")
    if not said.get("name", "x").strip():
        raise UserError("A price book needs a name.", "", "Type one.")
    days = [None if iso is None else date.fromisoformat(iso) for iso in row[1:]]
    _check_days(said.get("valid_from", days[0]), said.get("valid_to", days[1]))
    work.update(PriceBook, book_id, **said)
    work.journal.label = f"Changed the price book {said.get('name', row[0])}"


def remove_book(work: Work, book_id: int) -> None:
    """Take a price book away with its prices; quotes keep what they were made from."""
    row = work.row("SELECT name FROM price_book WHERE id = ?", (book_id,))
    if row is None:
        raise _gone("This price book")
    for (entry_id,) in work.rows("SELECT id FROM price_entry WHERE price_book_id = ?", (book_id,)):
        work.delete(PriceEntry, entry_id)
    work.delete(PriceBook, book_id)
    work.journal.label = f"Removed the price book {row[0]}"


def agree_price(
    work: Work, account_id: int, product_id: int, *, amount: Decimal, currency: str, plan_months: int = 12,
    valid_from: date | None = None, valid_to: date | None = None, note: str = "",
) -> int:  # fmt: skip
    """What an account pays for a product by agreement. The id of the contracted price."""
    account = _account(work, account_id)
    name = _product(work, product_id)
    _check(amount=amount, plan_months=plan_months)
    _check_days(valid_from, valid_to)
    work.journal.label = f"Agreed a price of {name} with {account}"
    return work.insert(
        ContractedPrice, uid=uuid4().hex, account_id=account_id, product_id=product_id, currency=_currency(currency),
        plan_months=plan_months, amount=amount, valid_from=valid_from, valid_to=valid_to, note=note.strip(),
        created_at=work.now,
    )  # fmt: skip


def change_agreed(work: Work, /, price_id: int, **said: Any) -> None:
    """Change ``amount``, ``currency``, ``plan_months``, ``valid_from``, ``valid_to`` or ``note`` of such a price."""
    row = work.row(
        """SELECT p.name, a.name, c.valid_from, c.valid_to FROM contracted_price c JOIN product p ON p.id = c.product_id
           JOIN account a ON a.id = c.account_id WHERE c.id = ?""",
        (price_id,),
    )
    if row is None:
        raise _gone("This contracted price")
    _check(**said)
    days = [None if iso is None else date.fromisoformat(iso) for iso in row[2:]]
    _check_days(said.get("valid_from", days[0]), said.get("valid_to", days[1]))
    if "currency" in said:
        said["currency"] = _currency(said["currency"])
    work.update(ContractedPrice, price_id, **said)
    work.journal.label = f"Changed the price of {row[0]} for {row[1]}"


def drop_agreed(work: Work, price_id: int) -> None:
    """Take a contracted price away; the list price counts again."""
    row = work.row(
        """SELECT p.name, a.name FROM contracted_price c JOIN product p ON p.id = c.product_id
           JOIN account a ON a.id = c.account_id WHERE c.id = ?""",
        (price_id,),
    )
    if row is None or not work.delete(ContractedPrice, price_id):
        raise _gone("This contracted price")
    work.journal.label = f"Removed the price of {row[0]} for {row[1]}"


def _own_book(work: Work, currency: str) -> int:
    found = work.row(
        "SELECT id FROM price_book WHERE name = ? AND currency = ? AND valid_from = ? AND valid_to IS NULL",
        (OWN_PRICES, currency, work.today.isoformat()),
    )
    if found is not None:
        book_id: int = found[0]
        return book_id
    return work.insert(
        PriceBook, uid=uuid4().hex, name=OWN_PRICES, currency=currency, valid_from=work.today, valid_to=None,
        created_at=work.now,
    )  # fmt: skip


def _product(work: Work, product_id: int) -> str:
    return _name(work, "product", product_id, "This product")


def _account(work: Work, account_id: int) -> str:
    return _name(work, "account", account_id, "This account")


def _name(work: Work, table: str, row_id: int, what: str) -> str:
    row = work.row(f"SELECT name FROM {table} WHERE id = ?", (row_id,))
    if row is None:
        raise _gone(what)
    return str(row[0])


def _gone(what: str) -> UserError:
    return UserError(f"{what} is gone.", "Something took it away meanwhile.", "Look at the list again.")


def _currency(text: str) -> str:
    from callstation.accounts.importing.amounts import is_currency

    code = text.strip().upper()
    if not is_currency(code):
        raise UserError(f"There is no currency “{text}”.", "", "Give its three letters, such as EUR.")
    return code


def _check(**said: Any) -> None:
    for name in ("amount", "cost"):
        value = said.get(name)
        if value is not None and not 0 <= value <= HIGHEST:
            raise UserError(f"{value} cannot be a {'price' if name == 'amount' else 'cost'}.", "", "Type 0 or more.")
    if said.get("min_quantity", 1) < 1:
        raise UserError("A price counts from a quantity of 1 or more.", "", "Type a whole number.")
    if said.get("plan_months", 12) not in PERIODS:
        raise UserError(f"A price cannot pay for {said['plan_months']} months.", "", "Choose a month or a year.")


def _check_days(valid_from: date | None, valid_to: date | None) -> None:
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise UserError("The last day is before the first.", f"{valid_from} to {valid_to}.", "Type them the other way.")
