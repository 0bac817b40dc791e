"""The columns of the catalogue: what a product is and costs, and what a price book holds."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from callstation.quotes.listing import CatalogueRow
from callstation.quotes.price_lists.staging import words_of
from callstation.quotes.product_card import Book
from callstation.settings import Settings
from db.vocabulary import ProductKind
from ui import words
from ui.quotes.numbers import percent
from ui.tables import Column

PRODUCT, FAMILY, PRICE, COST = "Product", "Family", "Price", "Cost"
USUAL = ("Vendor", FAMILY, PRODUCT, "Kind", PRICE, "Per", COST, "Margin")
NARROW = (PRODUCT, "Kind", PRICE, "Per", COST)
BOOKS_NARROW = ("Price book", "Currency", "Valid", "Prices")
UNKNOWN = "unknown"


def product_columns(settings: Callable[[], Settings], today: Callable[[], date]) -> list[Column[CatalogueRow]]:
    """Vendor, family, name, plan or add-on, list price with unit and period, cost, margin, validity, contracted."""
    return [
        Column("Vendor", lambda row: row.vendor or None, width=104, sort="vendor", role="secondary", tone="text2"),
        Column(FAMILY, lambda row: row.family or None, width=98, role="secondary", tone="text2"),
        Column(PRODUCT, lambda row: row.product, width=0, sort="product", role="emphasis", tip=lambda row: row.sku),
        Column("Kind", lambda row: kind_words(row.kind), width=88,
               chip=lambda row: ("info" if row.kind is ProductKind.ADD_ON else "mute", None)),
        Column(PRICE, lambda row: price(row, settings()), width=104, align="right", role="emphasis", is_tabular=True,
               tone=lambda row: "text3" if row.amount is None else "text"),
        Column("Per", per, width=126, role="secondary", tone="text2"),
        Column(COST, lambda row: cost(row, settings()), width=88, align="right", role="secondary", is_tabular=True,
               tone=lambda row: "text3" if row.cost is None else "text2"),
        Column("Margin", lambda row: None if row.margin is None else percent(row.margin, settings()), width=84,
               align="right", role="secondary", tone="text2", is_tabular=True),
        Column("Also in", lambda row: ", ".join(row.others) or None, width=120, role="secondary", tone="text3"),
        Column("Valid", lambda row: validity(row.valid_from, row.valid_to, today(), settings()), width=150,
               role="secondary", tone="text2", is_tabular=True),
        Column("Contracted", lambda row: row.contracted or None, lambda n: words.count(n, settings()), width=92,
               align="right", role="secondary", tone="text2", is_tabular=True),
    ]  # fmt: skip


def book_columns(settings: Callable[[], Settings], today: Callable[[], date]) -> list[Column[Book]]:
    """Name, currency, validity, whether it holds today, how many prices, and the file it came from."""
    return [
        Column("Price book", lambda book: book.name, width=0, role="emphasis"),
        Column("Currency", lambda book: book.currency, width=84, role="secondary", tone="text2"),
        Column("Valid", lambda book: validity(book.valid_from, book.valid_to, today(), settings()), width=170,
               role="secondary", tone="text2", is_tabular=True),
        Column("State", lambda book: state(book, today())[0], width=96, chip=lambda book: (
            "ok" if book.holds else "mute", None)),
        Column("Prices", lambda book: book.prices, lambda n: words.count(n, settings()), width=84, align="right",
               role="secondary", tone="text2", is_tabular=True),
        Column("From file", lambda book: book.source or None, width=0, role="secondary", tone="text3"),
    ]  # fmt: skip


def kind_words(kind: ProductKind) -> str:
    """ "Plan" or "Add-on"."""
    return "Add-on" if kind is ProductKind.ADD_ON else "Plan"


def price(row: CatalogueRow, settings: Settings) -> str:
    """The list price, or that there is none."""
    return "no price" if row.amount is None else words.money(row.amount, row.currency, settings)


def per(row: CatalogueRow) -> str | None:
    """The unit in the source's words, or the months; and where it counts for more than one unit alone."""
    if row.amount is None:
        return row.currency or None
    return unit_words(row.unit, row.months, row.least) + (f", {row.breaks + 1} steps" if row.breaks else "")


def unit_words(unit: str, months: int, least: int) -> str:
    """ "user/month", "year, from 50"."""
    return (unit or words_of(months)) + (f", from {least:,}" if least > 1 else "")


def cost(row: CatalogueRow, settings: Settings) -> str | None:
    """What we pay; "unknown" is never nothing."""
    return money_or_unknown(row.cost, row.currency, settings) if row.amount is not None else None


def money_or_unknown(amount: Decimal | None, currency: str, settings: Settings) -> str:
    """An amount, or "unknown"."""
    return UNKNOWN if amount is None else words.money(amount, currency, settings)


def validity(first: date | None, last: date | None, today: date, settings: Settings) -> str:
    """ "from 1 Jan", "to 31 Dec 2027", "1 Jan to 31 Dec", "always"."""
    if first is not None and last is not None:
        return f"{words.day(first, today, settings)} to {words.day(last, today, settings)}"
    if first is not None:
        return f"from {words.day(first, today, settings)}"
    return "always" if last is None else f"to {words.day(last, today, settings)}"


def state(book: Book, today: date) -> tuple[str, bool]:
    """Whether it holds, in a word."""
    if book.holds:
        return "Holds", True
    return ("Ahead" if book.valid_from is not None and book.valid_from > today else "Past"), False
