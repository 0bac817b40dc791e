"""The forms of the catalogue: what each asks, filled with what is known now."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.quotes.price_lists.staging import words_of
from callstation.quotes.product_card import Agreed, Book, Entry, ProductCard
from callstation.settings import Settings
from db.vocabulary import ProductKind
from ui.accounts.inline_form import Ask, InlineForm
from ui.quotes.numbers import plain

_PERIOD = "month, year or months"


@dataclass(frozen=True, slots=True)
class Edit:
    """``what`` is product, price, add_price, agreed, add_agreed or book; which, by its id (0 for a new one)."""

    what: str
    record_id: int = 0


def product_form(card: ProductCard) -> InlineForm:
    """Vendor, family, SKU, and whether it stands on its own."""
    asks = (
        Ask("vendor", "Vendor", card.vendor),
        Ask("family", "Family", card.family, "Editions of one another share it"),
        Ask("sku", "SKU", card.sku, is_wide=True),
        Ask("is_add_on", "It is an add-on to a plan", "yes" if card.kind is ProductKind.ADD_ON else "", is_check=True),
    )
    return InlineForm(f"Change {card.name}", asks, "Save")


def price_form(card: ProductCard, entry: Entry | None, settings: Settings, currency: str) -> InlineForm:
    """A list price; a new one holds from today on."""
    asks: tuple[Ask, ...] = (
        Ask(
            "amount",
            f"Price in {entry.currency}" if entry else "Price",
            _number(entry.amount if entry else None, settings),
        ),
        Ask("months", "For", words_of(entry.months if entry else 12), _PERIOD),
        Ask("cost", "Cost", _number(entry.cost if entry else None, settings), "Empty: unknown"),
        Ask("unit", "Unit", entry.unit if entry else "", "user/month"),
        Ask("least", "From quantity", str(entry.least if entry else 1)),
    )
    if entry is None:
        asks += (Ask("currency", "Currency", currency, "USD"),)
        says = "It goes into the book of your own prices and holds from today on; older prices stay as history."
        return InlineForm(f"A list price of {card.name}", asks, "Set price", says=says)
    asks += (Ask("remove", "Take this price away", is_check=True),)
    return InlineForm(f"A list price of {card.name} in {entry.book}", asks, "Save")


def agreed_form(card: ProductCard, agreed: Agreed | None, settings: Settings, currency: str) -> InlineForm:
    """What one account pays by agreement."""
    asks: tuple[Ask, ...] = (
        Ask("amount", "Price", _number(agreed.amount if agreed else None, settings)),
        Ask("currency", "Currency", agreed.currency if agreed else currency, "USD"),
        Ask("months", "For", words_of(agreed.months if agreed else 12), _PERIOD),
        Ask("note", "Note", agreed.note if agreed else ""),
        Ask("valid_from", "Valid from", _day(agreed.valid_from if agreed else None), "Always"),
        Ask("valid_to", "Valid to", _day(agreed.valid_to if agreed else None), "Until further notice"),
    )
    if agreed is None:
        asks = (Ask("account", "Account", "", "Its name, or the start of it", is_wide=True), *asks)
        return InlineForm(f"A contracted price of {card.name}", asks, "Add price")
    asks += (Ask("remove", "Take this price away; the list price counts again", is_check=True),)
    return InlineForm(f"The price of {card.name} for {agreed.account}", asks, "Save")


def book_form(book: Book) -> InlineForm:
    """Its name and how long it holds."""
    many = "its one price" if book.prices == 1 else f"its {book.prices:,} prices"
    asks = (
        Ask("name", "Name", book.name, is_wide=True),
        Ask("valid_from", "Valid from", _day(book.valid_from), "Always"),
        Ask("valid_to", "Valid to", _day(book.valid_to), "Until a newer one"),
        Ask("remove", f"Take this price book away with {many}", is_check=True),
    )
    return InlineForm(f"The price book {book.name}", asks, "Save", says="Quotes keep the prices they were made with.")


def _number(amount: Decimal | None, settings: Settings) -> str:
    return "" if amount is None else plain(amount, settings)


def _day(on: date | None) -> str:
    return "" if on is None else on.isoformat()
