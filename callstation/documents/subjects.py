"""What a document is about: the contract, its renewal and the quote for it, as merge fields."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from callstation.documents.values import Day, Money, Row, Value, count, one_line
from callstation.errors import UserError
from callstation.quotes.money import round_to
from callstation.quotes.months import term_end, whole_months
from callstation.quotes.policy import policy_of
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import ClosingStep, DocumentKind


class About(NamedTuple):
    """One renewal: the groups ``contract``, ``renewal`` and ``partner``, and whose call target it is."""

    renewal_id: int
    account_id: int
    contact_id: int | None
    ends_on: date
    is_won: bool
    contract: Row
    renewal: dict[str, Value]
    partner: Row | None


_ABOUT = """
    SELECT r.id, r.account_id, t.contact_id, t.account_id, k.id, k.number, a.name, k.starts_on, r.due_on, r.amount,
           r.currency, r.quantity, k.vendor, k.distributor, k.order_number, k.uplift, p.name, p.city, r.stage
    FROM renewal r JOIN contract k ON k.id = r.contract_id JOIN account a ON a.id = r.account_id
    LEFT JOIN call_target t ON t.id = r.target_id LEFT JOIN account p ON p.id = k.partner_id"""
_ORDER = {
    DocumentKind.THANK_YOU: "r.stage = 'won' DESC, coalesce(r.closed_at, 0) DESC, r.due_on, r.id",
}
_FIRST = "r.closed_at IS NOT NULL, r.due_on, r.id"
_OF_ACCOUNT = """SELECT id FROM renewal WHERE account_id = ? UNION
    SELECT e.id FROM contract s JOIN renewal e ON e.contract_id = s.id WHERE s.partner_id = ?"""
"""Its own, and those it sells; each by its index."""


def about(work: Work, kind: DocumentKind, account_id: int, renewal_id: int | None) -> About | None:
    """The renewal that is named, else the account's own or (a partner's) its end customers' that comes first.

    None where the account has none; ``UserError`` where the one that is named is gone.
    """
    if renewal_id is not None:
        found = work.row(f"{_ABOUT} WHERE r.id = ?", (renewal_id,))
        if found is None:
            raise UserError("This renewal is gone.", f"There is no renewal {renewal_id}.", "Reload the list.")
    else:
        found = work.row(
            f"{_ABOUT} WHERE r.id IN ({_OF_ACCOUNT}) ORDER BY {_ORDER.get(kind, _FIRST)} LIMIT 1",
            (account_id, account_id),
        )
    return None if found is None else _about(work, account_id, found)


def _about(work: Work, account_id: int, found: tuple[Any, ...]) -> About:
    (renewal_id, owner_id, contact_id, target_account, contract_id, number, customer, starts, due, amount, currency,
     quantity, vendor, distributor, order_number, uplift, partner, partner_city, stage) = found  # fmt: skip
    lines = work.rows(
        """SELECT p.name, l.quantity, l.uplift FROM contract_line l JOIN product p ON p.id = l.product_id
           WHERE l.contract_id = ? ORDER BY l.position""",
        (contract_id,),
    )
    starts_on, ends_on = _date(starts), date.fromisoformat(due)
    seats = quantity if quantity is not None else sum(line[1] or 0 for line in lines) or None
    value = None if amount is None else Money(from_units(amount), currency)
    order = work.row(
        "SELECT words FROM closing_mark WHERE renewal_id = ? AND step = ?", (renewal_id, ClosingStep.ORDER_NUMBER.value)
    )
    new_start = ends_on + timedelta(days=1)
    return About(
        renewal_id, owner_id, contact_id if target_account == account_id else None, ends_on, stage == "won",
        {
            "number": number, "customer": one_line(customer) if owner_id != account_id else None,
            "products": ", ".join(dict.fromkeys(one_line(line[0]) for line in lines)) or None,
            "quantity": None if seats is None else count(seats),
            "starts_on": None if starts_on is None else Day(starts_on), "ends_on": Day(ends_on), "value": value,
            "vendor": vendor, "distributor": distributor, "order_number": order_number,
        },
        {
            "starts_on": Day(new_start), "ends_on": Day(term_end(new_start, _term(starts_on, ends_on))),
            "amount": value, "quantity": None if seats is None else count(seats),
            "days_left": count((ends_on - work.today).days), "old_price": value,
            "new_price": _raised(work, value, uplift, [line[2] for line in lines]),
            "order_number": order[0] if order and order[0] else None,
        },
        {"name": one_line(partner), "city": partner_city} if partner else None,
    )  # fmt: skip


def _term(starts_on: date | None, ends_on: date) -> int:
    """The months of the term that ends, which the next one has too; a year where its start is not known."""
    months = 0 if starts_on is None else whole_months(starts_on, ends_on)[0]
    return months or 12


def _raised(work: Work, value: Money | None, contract_uplift: int | None, line_uplifts: list[int | None]) -> Value:
    """What the value comes to by the agreed rise, where that is the same for all of it; None where there is none."""
    if value is None:
        return None
    shares = {uplift if uplift is not None else contract_uplift for uplift in line_uplifts} or {contract_uplift}
    if len(shares) > 1:
        return None
    stored = shares.pop()
    share = policy_of(work.settings).uplift if stored is None else from_units(stored)
    if not share:
        return None
    return Money(round_to(value.amount * (1 + share), value.currency), value.currency)


_QUOTE = """
    SELECT q.id, q.number, q.version, q.total, q.currency, q.valid_until, q.priced_on, q.starts_on, q.ends_on, q.option,
           q.note, q.status
    FROM quote q"""


def quote_for(
    work: Work, renewal_id: int | None, quote_id: int | None, *, is_accepted: bool = False
) -> tuple[int, Row] | None:
    """(id, the group ``quote``) of the quote named, else of the newest that was sent for a renewal, and holds."""
    if quote_id is not None:
        found = work.row(f"{_QUOTE} WHERE q.id = ?", (quote_id,))
        if found is None:
            raise UserError("This quote is gone.", f"There is no quote {quote_id}.", "Reload the list.")
    elif renewal_id is None:
        return None
    else:
        status = "accepted" if is_accepted else "sent"
        found = work.row(
            f"""{_QUOTE} WHERE q.status = ? AND (q.valid_until >= ? OR q.status = 'accepted') AND (q.renewal_id = ?
                OR q.id IN (SELECT quote_id FROM quote_line WHERE renewal_id = ?)) ORDER BY q.id DESC LIMIT 1""",
            (status, work.today.isoformat(), renewal_id, renewal_id),
        )
    if found is None:
        return None
    number, version, total, currency, valid_until, priced_on, starts_on, ends_on, option, note = found[1:11]
    return found[0], {
        "number": number, "version": count(version), "total": Money(from_units(total), currency),
        "valid_until": _day(valid_until), "priced_on": _day(priced_on), "starts_on": _day(starts_on),
        "ends_on": _day(ends_on), "option": option, "note": note or None,
    }  # fmt: skip


def quoted_for(work: Work, quote_id: int, renewal_id: int) -> tuple[Value, Value] | None:
    """(price, end) of one renewal in a quote; None where it is not in it."""
    found = work.row(
        """SELECT sum(l.amount), max(l.ends_on), q.currency FROM quote_line l JOIN quote q ON q.id = l.quote_id
           WHERE l.quote_id = ? AND l.renewal_id = ? GROUP BY q.currency""",
        (quote_id, renewal_id),
    )
    return None if found is None else (Money(from_units(found[0]), found[2]), _day(found[1]))


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _day(text: str | None) -> Day | None:
    return None if text is None else Day(date.fromisoformat(text))
