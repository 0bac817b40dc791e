"""A quote's row as the verbs read it: where it stands, whom and which renewals it is for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from callstation.errors import UserError
from callstation.sync.outbox import mark
from callstation.work import Work
from db.nouns import Quote
from db.stored import from_units
from db.vocabulary import ApprovalLevel, QuoteOption, QuoteStatus, SyncEntity


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """What a step in a quote's life depends on."""

    quote_id: int
    number: str
    version: int
    status: QuoteStatus
    account_id: int
    account: str
    contact_id: int | None
    target_id: int | None
    renewal_id: int | None
    option: QuoteOption
    currency: str
    total: Decimal
    valid_until: date
    approval_level: ApprovalLevel
    approval_reason: str
    is_approved: bool
    was_sent: bool
    choices: str

    @property
    def label(self) -> str:
        """Its number and version: "Q-2026-0012 v2"."""
        return f"{self.number} v{self.version}"


_QUOTE = """
    SELECT q.id, q.number, q.version, q.status, q.account_id, a.name, q.contact_id,
           coalesce(q.target_id, (SELECT t.id FROM call_target t WHERE t.account_id = q.account_id LIMIT 1)),
           q.renewal_id, q.option, q.currency, q.total, q.valid_until, q.approval_level, q.approval_reason,
           q.approved_at IS NOT NULL, q.sent_at IS NOT NULL, q.choices
    FROM quote q JOIN account a ON a.id = q.account_id WHERE q.id = ?"""


def stored_quote(work: Work, quote_id: int) -> StoredQuote:
    """One quote; ``UserError`` where it is gone."""
    found = work.row(_QUOTE, (quote_id,))
    if found is None:
        raise UserError("This quote is gone.", f"There is no quote {quote_id}.", "Reload the list.")
    (_, number, version, status, account_id, account, contact_id, target_id, renewal_id, option, currency, total,
     valid_until, level, reason, is_approved, was_sent, choices) = found  # fmt: skip
    return StoredQuote(
        quote_id, number, version, QuoteStatus(status), account_id, account, contact_id, target_id, renewal_id,
        QuoteOption(option), currency, from_units(total), date.fromisoformat(valid_until), ApprovalLevel(level), reason,
        bool(is_approved), bool(was_sent), choices,
    )  # fmt: skip


def newest_version(work: Work, number: str) -> StoredQuote:
    """The last version made of a number."""
    found = work.row("SELECT id FROM quote WHERE number = ? ORDER BY version DESC LIMIT 1", (number,))
    assert found is not None
    return stored_quote(work, found[0])


def change_quote(work: Work, quote: StoredQuote, **values: Any) -> None:
    """Change the row; the CRM hears of a quote from its sending on."""
    work.update(Quote, quote.quote_id, **values)
    if quote.was_sent or values.get("status") is QuoteStatus.SENT:
        mark(work, SyncEntity.QUOTE, quote.quote_id)


def open_renewals_of(work: Work, quote_id: int) -> list[tuple[int, str, bool, int]]:
    """(id, stage, whether the category was picked, account) of each renewal a quote is for that is still open."""
    return [
        (row[0], row[1], bool(row[2]), row[3])
        for row in work.rows(
            "SELECT r.id, r.stage, r.is_category_picked, r.account_id FROM renewal r WHERE r.closed_at IS NULL "
            "AND r.id IN (SELECT renewal_id FROM quote_line WHERE quote_id = ?) ORDER BY r.due_on, r.id",
            (quote_id,),
        )
    ]
