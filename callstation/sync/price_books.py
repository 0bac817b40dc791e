"""The CRM's products and price books as they were last read, and where a line of ours finds its price in them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from callstation.accounts.names import plain_key
from callstation.sync.context import Context
from callstation.work import Work

OBJECTS = frozenset({"Product2", "Pricebook2", "PricebookEntry"})
"""What of the CRM it is made of."""
Wanted = tuple[str, str]
"""(product, code) of a line of ours."""
_MEMO = "books"
_ACTIVE = "coalesce(json_extract(fields, '$.IsActive'), 1)"


@dataclass(slots=True)
class Books:
    """What was looked for so far, with active products and prices alone."""

    products: dict[Wanted, tuple[str, ...]] = field(default_factory=dict)
    """Products with its code before those with its name, the oldest first."""
    entries: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    """Product to (book, currency) to its price; the currency "" where the company has one."""
    standing: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    """Book to (is active, is the standard one); without those that this user may not see."""
    by_name: dict[str, list[str]] | None = None
    """Every product by its name as names are compared; read where one is written unlike ours."""

    def entry(self, book_id: str | None, currency: str, one: Wanted) -> str | None:
        """The price of a product in a book; None where the book has none."""
        for product_id in self.products.get(one, ()):
            found = self.entries[product_id].get((book_id or "", currency))
            if found is not None:
                return found
        return None

    def best(self, wanted: Iterable[Wanted], currency: str) -> str | None:
        """The book with most of these, of equal ones the standard one; None where none has any."""
        counts: dict[str, int] = {}
        for one in wanted:
            entries = [self.entries[product_id] for product_id in self.products.get(one, ())]
            for book_id in {book_id for some in entries for book_id, each in some if each == currency}:
                counts[book_id] = counts.get(book_id, 0) + 1
        return min(counts, key=lambda one: (-counts[one], one not in self._standard, one), default=None)

    @property
    def _standard(self) -> set[str]:
        return {book_id for book_id, (_, is_standard) in self.standing.items() if is_standard}


def read_books(work: Work, context: Context, wanted: Iterable[Wanted]) -> Books:
    """The books with all that is known of these products; kept for a sync, until products or prices come in."""
    books = context.memo.get(_MEMO)
    if not isinstance(books, Books):
        books = context.memo[_MEMO] = Books(standing=_standing(work))
    new = list(dict.fromkeys(one for one in wanted if one not in books.products))
    if new:
        _find_products(work, books, new)
        ids = {product_id for one in new for product_id in books.products[one]}
        _find_entries(work, books, sorted(ids - books.entries.keys()))
    return books


def forget_books(context: Context) -> None:
    """Products or prices have come in."""
    context.memo.pop(_MEMO, None)


def _find_products(work: Work, books: Books, wanted: Sequence[Wanted]) -> None:
    by_code: dict[str, list[str]] = {}
    by_name: dict[str, list[str]] = {}
    names = json.dumps([name.strip() for name, _ in wanted])
    codes = json.dumps([code.strip() for _, code in wanted if code.strip()])
    for crm_id, name, code in work.rows(
        "SELECT crm_id, json_extract(fields, '$.Name') name, json_extract(fields, '$.ProductCode') code "
        f"FROM crm_record WHERE sobject = 'Product2' AND {_ACTIVE} "
        "AND (code COLLATE NOCASE IN (SELECT value FROM json_each(?)) "
        "OR name COLLATE NOCASE IN (SELECT value FROM json_each(?))) ORDER BY crm_id",
        (codes, names),
    ):
        by_code.setdefault(_code(code), []).append(crm_id)
        by_name.setdefault(plain_key(str(name or "")), []).append(crm_id)
    for name, code in wanted:
        coded = by_code.get(_code(code), []) if code.strip() else []
        found = (*coded, *by_name.get(plain_key(name), ()))
        books.products[name, code] = found or tuple(_all_names(work, books).get(plain_key(name), ()))


def _all_names(work: Work, books: Books) -> dict[str, list[str]]:
    if books.by_name is None:
        books.by_name = {}
        for crm_id, name in work.each(
            f"SELECT crm_id, json_extract(fields, '$.Name') FROM crm_record WHERE sobject = 'Product2' AND {_ACTIVE} "
            "ORDER BY crm_id"
        ):
            books.by_name.setdefault(plain_key(str(name or "")), []).append(crm_id)
    return books.by_name


def _find_entries(work: Work, books: Books, product_ids: Sequence[str]) -> None:
    books.entries.update((product_id, {}) for product_id in product_ids)
    for crm_id, product_id, book_id, currency in work.rows(
        "SELECT crm_id, parent_id, json_extract(fields, '$.Pricebook2Id'), json_extract(fields, '$.CurrencyIsoCode') "
        "FROM crm_record WHERE sobject = 'PricebookEntry' AND parent_id IN (SELECT value FROM json_each(?)) "
        f"AND {_ACTIVE} ORDER BY crm_id",
        (json.dumps(product_ids),),
    ):
        if book_id and books.standing.get(book_id, (True, False))[0]:
            books.entries[product_id].setdefault((book_id, currency or ""), crm_id)


def _standing(work: Work) -> dict[str, tuple[bool, bool]]:
    rows = work.rows(
        f"SELECT crm_id, {_ACTIVE}, json_extract(fields, '$.IsStandard') FROM crm_record WHERE sobject = 'Pricebook2'"
    )
    return {crm_id: (bool(is_active), bool(is_standard)) for crm_id, is_active, is_standard in rows}


def _code(code: object) -> str:
    return str(code or "").strip().casefold()
