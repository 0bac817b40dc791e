"""What was typed into a form of the catalogue, read in the rep's way of writing and done as one step."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from callstation.accounts.naming import account_named
from callstation.errors import UserError
from callstation.quotes import price_books
from callstation.quotes.price_lists.periods import months_in
from callstation.settings import Settings
from db.vocabulary import ProductKind
from ui.catalogue.days import read_day
from ui.catalogue.forms import Edit
from ui.quotes.numbers import MOST_UNITS, read_price, read_quantity

if TYPE_CHECKING:
    from callstation.app import App


def do(app: "App", edit: Edit, product_id: int, typed: dict[str, Any]) -> None:
    """Read what was typed and change the catalogue. ``UserError`` says what cannot be taken, with nothing changed."""
    settings = app.settings
    match edit.what:
        case "product":
            kind = ProductKind.ADD_ON if typed["is_add_on"] else ProductKind.PLAN
            words = {name: typed[name] for name in ("vendor", "family", "sku")}
            app.do(price_books.change_product, product_id, kind=kind, **words)
        case "price" if typed["remove"]:
            app.do(price_books.remove_price, edit.record_id)
        case "price":
            app.do(price_books.change_price, edit.record_id, **_price(typed, settings))
        case "add_price":
            app.do(price_books.set_price, product_id, currency=typed["currency"], **_price(typed, settings))
        case "agreed" if typed["remove"]:
            app.do(price_books.drop_agreed, edit.record_id)
        case "agreed":
            app.do(price_books.change_agreed, edit.record_id, **_agreed(typed, settings))
        case "add_agreed":
            account_id = app.ask(account_named, typed["account"])
            app.do(price_books.agree_price, account_id, product_id, **_agreed(typed, settings))
        case "book" if typed["remove"]:
            app.do(price_books.remove_book, edit.record_id)
        case "book":
            app.do(price_books.change_book, edit.record_id, name=typed["name"], **_days(typed, settings))


def amount_of(typed: str, settings: Settings) -> Decimal:
    """A price that was typed."""
    found = read_price(typed, settings)
    if found.value is None:
        raise UserError("This is no price.", f"“{typed}”.", found.words)
    return found.value


def cost_of(typed: str, settings: Settings) -> Decimal | None:
    """A cost that was typed; nothing, or "unknown", is unknown."""
    return None if typed.strip().lower() in ("", "unknown", "?") else amount_of(typed, settings)


def _price(typed: dict[str, Any], settings: Settings) -> dict[str, Any]:
    return {
        "amount": amount_of(typed["amount"], settings), "cost": cost_of(typed["cost"], settings), "unit": typed["unit"],
        "plan_months": _months(typed["months"]), "min_quantity": _least(typed["least"], settings),
    }  # fmt: skip


def _agreed(typed: dict[str, Any], settings: Settings) -> dict[str, Any]:
    return {
        "amount": amount_of(typed["amount"], settings), "currency": typed["currency"],
        "plan_months": _months(typed["months"]), "note": typed["note"], **_days(typed, settings),
    }  # fmt: skip


def _days(typed: dict[str, Any], settings: Settings) -> dict[str, date | None]:
    found = {}
    for name in ("valid_from", "valid_to"):
        read = read_day(typed[name], settings, is_end=name == "valid_to")
        if read.words:
            raise UserError("This is no day.", f"“{typed[name]}”.", read.words)
        found[name] = read.value
    return found


def _months(typed: str) -> int:
    months = months_in(typed) if typed.strip() else 12
    if months is None:
        raise UserError("This is no period.", f"“{typed}”.", "Type month, year, or how many months.")
    return months


def _least(typed: str, settings: Settings) -> int:
    found = read_quantity(typed or "1", 1, settings)
    if not found.value:
        raise UserError("This is no quantity.", f"“{typed}”.", f"Type a whole number from 1 to {MOST_UNITS:,}.")
    return found.value
