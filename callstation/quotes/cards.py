"""Quotes as screens, documents and the command line show them: lists, and one with every line and its sum."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from callstation.quotes.difference import Difference, difference
from callstation.quotes.line_rows import lines_of
from callstation.quotes.quotes import needs_approval
from callstation.quotes.stored_quote import stored_quote
from callstation.quotes.worksheet import PricedLine
from callstation.work import Work
from db.stored import from_micros, from_units
from db.vocabulary import ApprovalLevel, CoTermMethod, LineKind, Proration, QuoteOption, QuoteStatus

__all__ = ["Difference", "QuoteCard", "QuoteRow", "all_quotes", "difference", "open_quotes", "quotes_of", "read_quote"]

SOON_DAYS = 7
"""A quote that holds for so many days or less is about to expire."""
_ROWS = """
    SELECT q.id, q.number, q.version, q.status, q.option, q.account_id, a.name, q.target_id, q.renewal_id, q.total,
           q.currency, q.valid_until, q.ends_on, q.approved_at IS NOT NULL, q.created_at, q.sent_at, q.decided_at
    FROM quote q JOIN account a ON a.id = q.account_id {where} ORDER BY q.created_at DESC, q.id DESC LIMIT ?"""
_CARD = """
    SELECT contact_id, proration, co_term, base_currency, rate, rate_on, priced_on, starts_on, list_total, cost_total,
           discount, approval_level, approval_reason, approved_by, approved_at, choices, note, reason, crm_id
    FROM quote WHERE id = ?"""


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One version of a quote in a list."""

    quote_id: int
    number: str
    version: int
    status: QuoteStatus
    """Expired as soon as its validity is over, also before the next day was begun."""
    option: QuoteOption
    account_id: int
    account: str
    target_id: int | None
    renewal_id: int | None
    total: Decimal
    currency: str
    valid_until: date
    ends_on: date
    is_approved: bool
    """Somebody allowed its discount."""
    is_expiring: bool
    """Sent, and its validity ends within a week."""
    created_at: datetime
    sent_at: datetime | None
    decided_at: datetime | None

    @property
    def label(self) -> str:
        """Its number and version: "Q-2026-0012 v2"."""
        return f"{self.number} v{self.version}"


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """One quote, whole; money in its currency."""

    row: QuoteRow
    contact_id: int | None
    proration: Proration
    co_term: CoTermMethod | None
    base_currency: str
    rate: Decimal | None
    """Units of ``base_currency`` for one of the quote's; None where the settings had none."""
    rate_on: date | None
    priced_on: date
    starts_on: date
    list_total: Decimal
    discount_total: Decimal
    """What the discounts took off."""
    cost_total: Decimal | None
    margin: Decimal | None
    """(total - cost)/total; None where a cost is unknown."""
    growth: Decimal | None
    """The part of the total that is add-ons; None with an upgrade, for what it replaces was never priced on it."""
    discount: Decimal
    """As a share of the price before discounts."""
    approval_level: ApprovalLevel
    needs_approval: bool
    """Its discount is above the rep's and nobody has allowed it: watermarked, and it cannot be sent."""
    approval_reason: str
    approved_by: str
    approved_at: datetime | None
    choices: str
    note: str
    reason: str
    crm_id: str | None
    lines: tuple[PricedLine, ...]
    versions: tuple[QuoteRow, ...]
    """Every version of its number, the newest first, itself among them."""

    @property
    def is_newest(self) -> bool:
        """Whether no version was made after it."""
        return self.versions[0].quote_id == self.row.quote_id


def quotes_of(work: Work, account_id: int, *, limit: int = 200) -> tuple[QuoteRow, ...]:
    """The quotes made out to an account, the newest first; every version is a row."""
    return _rows(work, "WHERE q.account_id = ?", account_id, limit)


def open_quotes(work: Work, account_id: int, *, limit: int = 3) -> tuple[QuoteRow, ...]:
    """The last versions that can still be answered or changed, and what expired unanswered; the newest first.

    Those whose renewals are all won or lost by now are history.
    """
    newest = (
        "WHERE q.account_id = ? AND q.status IN ('draft', 'needs_approval', 'sent', 'expired') AND NOT EXISTS "
        "(SELECT 1 FROM quote n WHERE n.number = q.number AND n.version > q.version) AND EXISTS (SELECT 1 FROM "
        "quote_line l JOIN renewal r ON r.id = l.renewal_id WHERE l.quote_id = q.id AND r.closed_at IS NULL)"
    )
    return _rows(work, newest, account_id, limit)


def all_quotes(work: Work, *, limit: int = 2000) -> tuple[QuoteRow, ...]:
    """Every quote in its last version, the newest first."""
    newest = "WHERE NOT EXISTS (SELECT 1 FROM quote n WHERE n.number = q.number AND n.version > q.version)"
    return _rows(work, newest, limit)


def read_quote(work: Work, quote_id: int) -> QuoteCard:
    """One quote as its rows say, each line with its sum. ``UserError`` where it is gone."""
    stored = stored_quote(work, quote_id)
    found = work.row(_CARD, (quote_id,))
    assert found is not None
    (contact_id, proration, co_term, base, rate, rate_on, priced_on, starts_on, list_total, cost, discount, level,
     asked_why, by, approved_at, choices, note, reason, crm_id) = found  # fmt: skip
    versions = _rows(work, "WHERE q.number = ?", stored.number, 1000)
    versions = tuple(sorted(versions, key=lambda row: -row.version))
    row = next(one for one in versions if one.quote_id == quote_id)
    lines = lines_of(work, quote_id, row.currency)
    cost_total = None if cost is None else from_units(cost)
    share = from_units(discount)
    return QuoteCard(
        row, contact_id, Proration(proration), CoTermMethod(co_term) if co_term else None, base,
        Decimal(rate) if rate else None, _day(rate_on), date.fromisoformat(priced_on), date.fromisoformat(starts_on),
        from_units(list_total), lines.discount_total, cost_total,
        None if cost_total is None or not row.total else (row.total - cost_total) / row.total,
        _growth(lines.lines), share,
        ApprovalLevel(level), needs_approval(work, ApprovalLevel(level)) and not row.is_approved, asked_why, by,
        _moment(approved_at), choices, note, reason, crm_id, lines.lines, versions,
    )  # fmt: skip


def _growth(lines: tuple[PricedLine, ...]) -> Decimal | None:
    if any(line.kind is LineKind.UPGRADE for line in lines):
        return None
    return sum((line.amount for line in lines if line.kind is LineKind.ADD_ON), Decimal(0))


def _rows(work: Work, where: str, *values: Any) -> tuple[QuoteRow, ...]:
    return tuple(_row(work, row) for row in work.rows(_ROWS.format(where=where), values))


def _row(work: Work, row: tuple[Any, ...]) -> QuoteRow:
    (quote_id, number, version, status, option, account_id, account, target_id, renewal_id, total, currency, until,
     ends_on, is_approved, created_at, sent_at, decided_at) = row  # fmt: skip
    valid_until = date.fromisoformat(until)
    left = (valid_until - work.today).days
    now = QuoteStatus(status)
    if now is QuoteStatus.SENT and left < 0:
        now = QuoteStatus.EXPIRED
    return QuoteRow(
        quote_id, number, version, now, QuoteOption(option), account_id, account, target_id, renewal_id,
        from_units(total), currency, valid_until, date.fromisoformat(ends_on), bool(is_approved),
        now is QuoteStatus.SENT and left <= SOON_DAYS, from_micros(created_at), _moment(sent_at), _moment(decided_at),
    )  # fmt: skip


def _moment(at: int | None) -> datetime | None:
    return None if at is None else from_micros(at)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
