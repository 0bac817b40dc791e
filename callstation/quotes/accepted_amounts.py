"""What an accepted quote makes of its renewals: each is worth what the order for it comes to, for its whole term."""

from decimal import Decimal
from typing import NamedTuple

from callstation.calling.targets import refresh_targets
from callstation.quotes.stored_quote import StoredQuote, stored_quote
from callstation.renewals.due_sql import STILL
from callstation.renewals.quoted_growth import renewed_by
from callstation.sync.outbox import mark
from callstation.work import Work
from db.nouns import Contract, Renewal
from db.stored import from_units
from db.vocabulary import SyncEntity

_COVERED = f"""
    SELECT r.id, r.account_id, r.amount, k.id, k.value FROM renewal r JOIN contract k ON k.id = r.contract_id
    WHERE r.id IN (SELECT renewal_id FROM quote_line WHERE quote_id = ? AND kind <> 'add_on')
    AND r.currency = ? AND k.currency = r.currency AND {STILL} AND (r.closed_at IS NULL OR r.stage = 'won')
    ORDER BY r.id"""
_OTHER = """
    SELECT q.id FROM quote q JOIN quote_line l ON l.quote_id = q.id JOIN renewal r ON r.id = l.renewal_id
    WHERE r.id = ? AND q.id <> ? AND q.status = 'accepted' AND q.currency = r.currency
    ORDER BY q.decided_at DESC, q.id DESC LIMIT 1"""


class _Covered(NamedTuple):
    """A renewal of a quote, open or won, and its contract's value; money in ten-thousandths."""

    renewal_id: int
    account_id: int
    amount: int | None
    contract_id: int
    value: int | None


def take_amounts(work: Work, quote: StoredQuote) -> None:
    """Let each renewal be worth what the quote's lines for it come to, without growth; before the quote is accepted.

    What was up for renewal stays what it was: a contract without a value takes it from the amount. Where nobody knows
    it, and where the renewal is in another currency, the amount is left alone.
    """
    renewed = renewed_by(work, quote)
    accounts = set()
    for one in _covered(work, quote):
        if one.value is None and one.amount is None:
            continue
        if one.value is None and one.amount is not None:
            work.update(Contract, one.contract_id, value=from_units(one.amount))
        accounts |= _put(work, one, renewed[one.renewal_id])
    _follow(work, accounts)


def give_back_amounts(work: Work, quote: StoredQuote) -> None:
    """What is no longer accepted counts no more: as another accepted quote says, else what is up for renewal.

    An amount that is not the quote's own was typed since, and stays.
    """
    renewed = renewed_by(work, quote)
    accounts = set()
    for one in _covered(work, quote):
        if one.amount is None or one.value is None or from_units(one.amount) != renewed[one.renewal_id]:
            continue
        found = work.row(_OTHER, (one.renewal_id, quote.quote_id))
        other = None if found is None else renewed_by(work, stored_quote(work, found[0])).get(one.renewal_id)
        accounts |= _put(work, one, from_units(one.value) if other is None else other)
    _follow(work, accounts)


def _covered(work: Work, quote: StoredQuote) -> list[_Covered]:
    return [_Covered(*row) for row in work.rows(_COVERED, (quote.quote_id, quote.currency))]


def _put(work: Work, one: _Covered, amount: Decimal) -> set[int]:
    """The account whose call targets may follow."""
    if one.amount is not None and from_units(one.amount) == amount:
        return set()
    work.update(Renewal, one.renewal_id, amount=amount)
    mark(work, SyncEntity.RENEWAL, one.renewal_id)
    return {one.account_id}


def _follow(work: Work, accounts: set[int]) -> None:
    if accounts:
        refresh_targets(work, accounts)
