"""The CRM's products and price books as they were last read, and where a line of ours finds its price in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from callstation.accounts.names import plain_key
from callstation.sync.context import Context
from callstation.work import Work

OBJECTS = frozenset({"Product2", "Pricebook2", "PricebookEntry"})
"""What of the CRM it is made of."""
_MEMO = "books"


@dataclass(frozen=True, slots=True)
class Books:
    """Active products and prices alone."""

    by_code: Mapping[str, list[str]] = field(default_factory=dict)
    by_name: Mapping[str, list[str]] = field(default_factory=dict)
    """Product code or name, as they are compared, to products, the oldest first."""
    entries: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    """Book and currency ("01s... USD"; no currency where the company has one) to product to entries."""
    order: tuple[str, ...] = ()
    """The books, the standard one first."""

    def entry(self, book_id: str | None, currency: str, product: str, sku: str) -> str | None:
        """The price of a product in a book, by its code, else by its name; None where the book has none."""
        prices = self.entries.get(f"{book_id} {currency}", {})
        for product_id in (*self.by_code.get(_code(sku), ()), *self.by_name.get(plain_key(product), ())):
            for entry_id in prices.get(product_id, ()):
                return entry_id
        return None

    def best(self, wanted: Iterable[tuple[str, str]], currency: str) -> str | None:
        """The book with most of these (product, code); None where none has any."""
        asked = list(wanted)
        found = {one: sum(self.entry(one, currency, *each) is not None for each in asked) for one in self.order}
        most = max(found.values(), default=0)
        return next((one for one in self.order if found[one] == most), None) if most else None


def read_books(work: Work, context: Context) -> Books:
    """The books, read once a sync and again when products or prices have come in."""
    found = context.memo.get(_MEMO)
    if not isinstance(found, Books):
        found = context.memo[_MEMO] = _read(work)
    return found


def forget_books(context: Context) -> None:
    """Products or prices have come in."""
    context.memo.pop(_MEMO, None)


def _code(sku: str) -> str:
    return sku.strip().casefold()


def _read(work: Work) -> Books:
    by_code: dict[str, list[str]] = {}
    by_name: dict[str, list[str]] = {}
    for crm_id, name, code in work.each(
        "SELECT crm_id, json_extract(fields, '$.Name'), json_extract(fields, '$.ProductCode') FROM crm_record "
        "WHERE sobject = 'Product2' AND coalesce(json_extract(fields, '$.IsActive'), 1) ORDER BY crm_id"
    ):
        by_name.setdefault(plain_key(str(name or "")), []).append(crm_id)
        if _code(str(code or "")):
            by_code.setdefault(_code(str(code)), []).append(crm_id)
    books = {
        crm_id: (bool(is_active), bool(is_standard))
        for crm_id, is_active, is_standard in work.each(
            "SELECT crm_id, coalesce(json_extract(fields, '$.IsActive'), 1), json_extract(fields, '$.IsStandard') "
            "FROM crm_record WHERE sobject = 'Pricebook2'"
        )
    }
    entries: dict[str, dict[str, list[str]]] = {}
    seen: set[str] = set()
    for crm_id, book_id, product_id, currency in work.each(
        "SELECT crm_id, json_extract(fields, '$.Pricebook2Id'), json_extract(fields, '$.Product2Id'), "
        "json_extract(fields, '$.CurrencyIsoCode') FROM crm_record "
        "WHERE sobject = 'PricebookEntry' AND coalesce(json_extract(fields, '$.IsActive'), 1) ORDER BY crm_id"
    ):
        is_active, _ = books.get(book_id, (True, False))  # a book that this user may not see
        if is_active and book_id and product_id:
            seen.add(book_id)
            entries.setdefault(f"{book_id} {currency or ''}", {}).setdefault(product_id, []).append(crm_id)
    order = sorted(seen, key=lambda one: (not books.get(one, (True, False))[1], one))
    return Books(by_code, by_name, entries, tuple(order))
