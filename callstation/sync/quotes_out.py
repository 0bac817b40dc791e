"""Our side of quotes: their values and their lines', what each waits for, and which of them are to be there at all."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from callstation.accounts.names import MAIN_LINE
from callstation.sync.context import Context
from callstation.sync.crm import Refusal
from callstation.sync.price_books import read_books
from callstation.sync.quote_lines import (
    NO_OPPORTUNITY,
    OTHER_LINES,
    QUOTE_LINE_PREFIX,
    Line,
    Places,
    has_other_lines,
    lines_of,
    places_of,
)
from callstation.sync.quote_words import description, label_of, line_words
from callstation.sync.records import RESTS, Record, marks
from callstation.work import Work
from db.stored import to_units
from db.vocabulary import QuoteStatus, SyncEntity

_NOT_SENT = (QuoteStatus.DRAFT, QuoteStatus.NEEDS_APPROVAL)
_OVER = (QuoteStatus.EXPIRED, QuoteStatus.SUPERSEDED)
_COLUMNS = (
    "id", "uid", "crm_id", "number", "version", "account_id", "status", "option", "proration", "co_term", "currency",
    "valid_until", "starts_on", "ends_on", "list_total", "total", "discount", "note", "reason", "sent_at", "renewal_id",
    "contact_id",
)  # fmt: skip
_BESIDE = (
    "account", "opportunity", "renewal_closed_at", "renewal_waits", "is_renewal_disputed", "contact", "contact_crm",
    "contact_rests", "waits",
)  # fmt: skip
_QUOTES = (
    f"SELECT {', '.join(f'q.{name}' for name in _COLUMNS)}, a.name, r.crm_id, r.closed_at, o.record_id, d.id, "
    f"c.name, c.crm_id, {RESTS}, w.record_id "
    "FROM quote q JOIN account a ON a.id = q.account_id LEFT JOIN renewal r ON r.id = q.renewal_id "
    "LEFT JOIN contact c ON c.id = q.contact_id "
    "LEFT JOIN outbox_entry o ON o.entity = 'renewal' AND o.record_id = q.renewal_id "
    "LEFT JOIN outbox_entry w ON w.entity = 'quote' AND w.record_id = q.id "
    "LEFT JOIN sync_conflict d ON d.entity = 'renewal' AND d.record_id = q.renewal_id AND d.kind = 'deleted' "
)


def read_quotes(work: Work, ids: Sequence[int], context: Context) -> Iterator[Record]:
    """Quotes as the CRM is to have them. Drafts stay here, and so does what was over before the CRM heard of it."""
    quotes = _quotes(work, f"q.id IN ({marks(ids)})")
    lines = _lines_of(work, context, quotes)
    for quote in quotes:
        quote_id, is_there = quote["id"], _is_told(quote) and context.has_quotes
        places = list(_places(work, context, quote, lines[quote_id])) if is_there else []
        missing = [(line, one.missing[line.line_id]) for line, one in places if line.line_id in one.missing]
        mark = "" if context.key_of("Quote") else context.marker(quote["uid"])
        values = {
            "title": label_of(quote["number"], quote["version"]), "opportunity": quote["opportunity"],
            "contact": quote["contact_crm"], "status": quote["status"], "valid_until": quote["valid_until"],
            "note": description(quote, missing, mark), "book": places[0][1].book_id if places else None,
        }  # fmt: skip
        refusal = Refusal(NO_OPPORTUNITY, "") if is_there and quote["renewal_id"] is None else None
        yield Record(
            SyncEntity.QUOTE, quote_id, quote["uid"], quote["crm_id"], quote["account_id"], quote["account"], values,
            _needs(quote) if is_there else (), is_gone=not is_there, refusal=refusal,
        )  # fmt: skip


def read_lines(work: Work, ids: Sequence[int], context: Context) -> Iterator[Record]:
    """Lines of quotes. Where the company has none, of the opportunity itself, and only once the customer said yes."""
    wanted = set(ids)
    quotes = _quotes(work, f"q.id IN (SELECT quote_id FROM quote_line WHERE id IN ({marks(ids)}))")
    lines = _lines_of(work, context, quotes)
    for quote in quotes:
        for line, places in _places(work, context, quote, lines[quote["id"]]):
            if line.line_id in wanted:
                yield _line(work, context, quote, line, places.entries.get(line.line_id), places.missing)


def _line(
    work: Work, context: Context, quote: Mapping[str, Any], line: Line, entry: str | None, missing: Mapping[int, str]
) -> Record:
    is_quote_line = context.has_quotes if line.crm_id is None else line.crm_id.startswith(QUOTE_LINE_PREFIX)
    sobject = "QuoteLineItem" if is_quote_line else "OpportunityLineItem"
    is_there = _is_told(quote) if is_quote_line else quote["status"] == QuoteStatus.ACCEPTED and _is_told(quote)
    if is_quote_line and quote["crm_id"] is None and quote["waits"] is None:
        is_there = False  # the quote was kept here
    crm_id = line.crm_id if is_there or not is_quote_line else None  # a quote's goes with its quote
    parent = quote["crm_id"] if is_quote_line else line.opportunity
    needed = (SyncEntity.QUOTE, int(quote["id"])) if is_quote_line else (SyncEntity.RENEWAL, line.renewal_id or 0)
    refusal = None
    if is_there and not is_quote_line and line.renewal_id is None:
        refusal = Refusal(NO_OPPORTUNITY, "")
    elif is_there and line.crm_id is None:
        if line.line_id in missing:
            refusal = Refusal(missing[line.line_id], line.product)
        elif not is_quote_line and has_other_lines(work, line.opportunity):
            refusal = Refusal(OTHER_LINES, line.product)
    values = {
        "parent": parent, "entry": entry, "is_quote_line": is_quote_line, "quantity": line.quantity,
        "amount": to_units(line.amount), "discount": to_units(line.discount), "position": line.position,
        "starts_on": line.starts_on,
        "note": line_words(
            label_of(quote["number"], quote["version"]), line, is_marked=context.key_of(sobject) is None
        ),
    }  # fmt: skip
    return Record(
        SyncEntity.QUOTE_LINE, line.line_id, line.uid, crm_id, quote["account_id"], quote["account"], values,
        (needed,) if is_there and parent is None else (), is_gone=not is_there, refusal=refusal,
        sobject=sobject,
    )  # fmt: skip


def _quotes(work: Work, where: str) -> list[dict[str, Any]]:
    rows = work.rows(f"{_QUOTES} WHERE {where}")
    return [dict(zip((*_COLUMNS, *_BESIDE), row, strict=True)) for row in rows]


def _lines_of(work: Work, context: Context, quotes: Sequence[Mapping[str, Any]]) -> dict[int, list[Line]]:
    """Their lines, with the products of all of them looked up in one go."""
    found = lines_of(work, [quote["id"] for quote in quotes])
    read_books(work, context, [line.wanted for lines in found.values() for line in lines])
    return found


def _places(
    work: Work, context: Context, quote: Mapping[str, Any], lines: Sequence[Line]
) -> Iterator[tuple[Line, Places]]:  # fmt: skip
    return places_of(
        work, context, lines, currency=quote["currency"], opportunity=quote["opportunity"],
        quote_crm_id=quote["crm_id"],
    )  # fmt: skip


def _is_told(quote: Mapping[str, Any]) -> bool:
    """Whether the CRM is to have a quote: it was sent, and not over before it was told of, nor was its renewal."""
    if quote["sent_at"] is None or quote["status"] in _NOT_SENT:
        return False
    if quote["crm_id"] is not None:
        return True
    is_left = quote["renewal_closed_at"] is not None and not (
        quote["opportunity"] or quote["renewal_waits"] or quote["is_renewal_disputed"]
    )
    return quote["status"] not in _OVER and not is_left


def _needs(quote: Mapping[str, Any]) -> tuple[tuple[SyncEntity, int], ...]:
    """The opportunity, and the person it is made out to unless the CRM is not told of him."""
    needs = []
    if quote["opportunity"] is None and quote["renewal_id"] is not None:
        needs.append((SyncEntity.RENEWAL, quote["renewal_id"]))
    has_person = quote["contact_id"] is not None and quote["contact"] != MAIN_LINE and quote["contact_rests"] is None
    if has_person and quote["contact_crm"] is None:
        needs.append((SyncEntity.CONTACT, quote["contact_id"]))
    return tuple(needs)
