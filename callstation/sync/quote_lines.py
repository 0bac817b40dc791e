"""The lines of quotes: which are to be in the CRM, and the price book entry each stands on there."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from callstation.sync.context import Context
from callstation.sync.price_books import Wanted, read_books
from callstation.work import Work
from db.stored import from_units

NOT_IN_BOOK = "PRODUCT_NOT_IN_PRICE_BOOK"
OTHER_CURRENCY = "QUOTE_IN_OTHER_CURRENCY"
OTHER_LINES = "OPPORTUNITY_HAS_OTHER_LINES"
NO_OPPORTUNITY = "QUOTE_WITHOUT_OPPORTUNITY"
LINE_CODES = frozenset({NOT_IN_BOOK, OTHER_CURRENCY, OTHER_LINES})
"""Our own codes for lines that cannot go; one question of each a quote. A quote of no renewal cannot go at all."""
QUOTE_LINE_PREFIX = "0QL"


NOT_OURS = (
    "NOT EXISTS (SELECT 1 FROM quote_line l WHERE l.crm_id = m.crm_id) "
    "AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.crm_id = m.crm_id)"
)
"""Of an opportunity's products ``m`` those that others entered, not those that we offer or take back."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quote. ``discount`` a share."""

    line_id: int
    uid: str
    crm_id: str | None
    quote_id: int
    position: int
    product: str
    sku: str
    end_customer: str
    quantity: int
    discount: Decimal
    amount: Decimal
    starts_on: str
    ends_on: str
    renewal_id: int | None
    """Whose opportunity it belongs to where the company has no quotes."""
    opportunity: str | None

    @property
    def wanted(self) -> Wanted:
        """What its price is looked up by."""
        return self.product, self.sku


@dataclass(frozen=True, slots=True)
class Places:
    """Where lines go: their price book, each line's entry in it, and why others have none."""

    book_id: str | None = None
    entries: dict[int, str] = field(default_factory=dict)
    missing: dict[int, str] = field(default_factory=dict)
    """Line to ``NOT_IN_BOOK`` or ``OTHER_CURRENCY``."""


def lines_of(work: Work, quote_ids: Sequence[int]) -> dict[int, list[Line]]:
    """The lines of quotes in their order."""
    found: dict[int, list[Line]] = {quote_id: [] for quote_id in quote_ids}
    marks = ", ".join(str(int(one)) for one in quote_ids)
    for row in work.rows(
        "SELECT l.id, l.uid, l.crm_id, l.quote_id, l.position, l.product, l.sku, l.end_customer, l.quantity, "
        "l.discount, l.amount, l.starts_on, l.ends_on, r.id, r.crm_id FROM quote_line l "
        "JOIN quote q ON q.id = l.quote_id LEFT JOIN renewal r ON r.id = coalesce(l.renewal_id, q.renewal_id) "
        f"WHERE l.quote_id IN ({marks}) ORDER BY l.quote_id, l.position, l.id"
    ):
        found[row[3]].append(Line(*row[:9], *map(from_units, row[9:11]), *row[11:]))
    return found


def place(
    work: Work, context: Context, lines: Sequence[Line], *, currency: str, opportunity: str | None,
    quote_crm_id: str | None = None,
) -> Places:  # fmt: skip
    """Find lines their entries: in the book that the quote there has, else the opportunity's, else the fullest one."""
    deal = _fields(work, opportunity)
    if context.field("PricebookEntry", "CurrencyIsoCode") is not None:
        is_same, key = deal.get("CurrencyIsoCode") in (None, currency), currency
    else:
        is_same, key = context.home_currency in ("", currency), ""
    if not is_same:
        return Places(missing={line.line_id: OTHER_CURRENCY for line in lines})
    books = read_books(work, context, [line.wanted for line in lines])
    given = _fields(work, quote_crm_id).get("Pricebook2Id") or deal.get("Pricebook2Id")
    book_id = given or books.best([line.wanted for line in lines], key)
    found = Places(book_id)
    for line in lines:
        entry_id = books.entry(book_id, key, line.wanted)
        if entry_id is None:
            found.missing[line.line_id] = NOT_IN_BOOK
        else:
            found.entries[line.line_id] = entry_id
    return found


def places_of(
    work: Work, context: Context, lines: Sequence[Line], *, currency: str, opportunity: str | None,
    quote_crm_id: str | None,
) -> Iterator[tuple[Line, Places]]:  # fmt: skip
    """Each line of one quote with where it goes: all with the quote, or each to its own renewal's opportunity."""
    if context.has_quotes:
        places = place(
            work, context, lines, currency=currency, opportunity=opportunity, quote_crm_id=quote_crm_id
        )  # fmt: skip
        yield from ((line, places) for line in lines)
        return
    groups: dict[int | None, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.renewal_id, []).append(line)
    for some in groups.values():
        places = place(work, context, some, currency=currency, opportunity=some[0].opportunity)
        yield from ((line, places) for line in some)


def has_other_lines(work: Work, opportunity: str | None) -> bool:
    """Whether an opportunity has products that are not ours: those are never touched, nor added to."""
    return opportunity is not None and (
        work.row(
            f"SELECT 1 FROM crm_record m WHERE m.sobject = 'OpportunityLineItem' AND m.parent_id = ? AND {NOT_OURS} "
            "LIMIT 1",
            (opportunity,),
        )
        is not None
    )


def refused_together(work: Work, line_id: int, code: str) -> list[int]:
    """The lines of one quote that cannot go for one reason, in their order."""
    rows = work.rows(
        "SELECT l.id FROM outbox_entry o JOIN quote_line l ON l.id = o.record_id WHERE o.entity = 'quote_line' "
        "AND o.state = 'refused' AND o.code = ? AND l.quote_id = (SELECT quote_id FROM quote_line WHERE id = ?) "
        "ORDER BY l.position, l.id",
        (code, line_id),
    )
    return [one_id for (one_id,) in rows]


def _fields(work: Work, crm_id: str | None) -> dict[str, Any]:
    found = work.row("SELECT fields FROM crm_record WHERE crm_id = ?", (crm_id,)) if crm_id else None
    fields: dict[str, Any] = json.loads(found[0]) if found else {}
    return fields
