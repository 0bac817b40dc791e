"""What a call target's account owns now, with the prices of today: the worksheet that every quote begins with."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from callstation.errors import UserError
from callstation.quotes.catalogue import Asked, Price, offers_for, prices_of
from callstation.quotes.money import exact, kept
from callstation.quotes.months import days_in, months_later, whole_months
from callstation.quotes.policy import policy_of, rate_of
from callstation.quotes.worksheet import OwnedLine, Policy, Worksheet
from callstation.work import Work
from db.stored import from_units

NO_PRODUCT = 0
"""The product of a contract that came without lines; a quote calls it a subscription."""
SUBSCRIPTION = "Subscription"
YEAR = 12
"""Months of a plan where no price names its own."""

_HEAD = """
    SELECT t.account_id, a.name, a.kind, t.contact_id, c.name
    FROM call_target t JOIN account a ON a.id = t.account_id LEFT JOIN contact c ON c.id = t.contact_id
    WHERE t.id = ?"""
_OWNED = """
    SELECT r.id, r.contract_id, r.account_id, a.name, r.due_on, r.currency,
           iif(EXISTS (SELECT 1 FROM quote_line o JOIN quote q ON q.id = o.quote_id WHERE o.renewal_id = r.id
                       AND q.status = 'accepted'), coalesce(k.value, r.amount), r.amount), r.quantity,
           k.number, k.partner_id, k.starts_on, k.value, k.uplift, k.vendor,
           l.id, l.product_id, l.quantity, l.value, l.uplift, p.name, p.sku, p.family, p.vendor
    FROM renewal r JOIN contract k ON k.id = r.contract_id JOIN account a ON a.id = r.account_id
    LEFT JOIN contract_line l ON l.contract_id = k.id LEFT JOIN product p ON p.id = l.product_id
    WHERE r.target_id = ? AND r.closed_at IS NULL ORDER BY r.due_on, r.id, l.position, l.id"""


class _Row(NamedTuple):
    """One line of one open renewal as it is stored; without a line, the renewal alone."""

    renewal_id: int
    contract_id: int
    account_id: int
    account: str
    due_on: str
    currency: str
    amount: int | None
    seats: int | None
    number: str
    partner_id: int | None
    starts_on: str | None
    contract_value: int | None
    contract_uplift: int | None
    contract_vendor: str | None
    line_id: int | None
    product_id: int | None
    quantity: int | None
    value: int | None
    line_uplift: int | None
    product: str | None
    sku: str | None
    family: str | None
    vendor: str | None


def read_worksheet(work: Work, target_id: int) -> Worksheet:
    """Every line of every open renewal of a call target; a partner's are those of all its end customers.

    The currency is that of the line that ends first. A contract without lines counts as one line with the renewal's
    amount as last paid; with its own value where a quote was accepted, whose sum the amount then is. ``UserError``
    where the target is gone or a rule of the settings cannot be read.
    """
    head = work.row(_HEAD, (target_id,))
    if head is None:
        raise UserError(
            "This account is no longer in the queue.", f"There is no call target {target_id}.", "Reload the queue."
        )
    account_id, account, kind, contact_id, contact = head
    rows, left_out = _chosen([_Row(*row) for row in work.rows(_OWNED, (target_id,))])
    settings = work.settings
    currency = rows[0].currency if rows else settings.currency
    asked = [_asked(row) for row in rows]
    prices = prices_of(work, asked, currency=currency, on=work.today)
    alone = _counts(rows)
    lines = tuple(
        _line(row, prices.get(one), is_alone=alone[row.renewal_id] == 1) for row, one in zip(rows, asked, strict=True)
    )
    rate = rate_of(settings, currency)
    return Worksheet(
        target_id, account_id, account, contact_id, contact or "", kind == "partner", currency, settings.currency,
        rate.rate if rate else None, rate.on if rate else None, work.today, lines, left_out,
        offers_for(work, lines, currency=currency, on=work.today), _storable(policy_of(settings)),
    )  # fmt: skip


def term_months(starts_on: date | None, ends_on: date) -> Decimal:
    """How many months a running term has: whole ones where it is whole, else its days x 12/365; 12 if unknown.

    A day more or less makes no broken term: many lists say 20 December to 20 December for a year.
    """
    if starts_on is None or starts_on > ends_on:
        return Decimal(YEAR)
    months, rest = whole_months(starts_on, ends_on)
    days = days_in(starts_on, ends_on)
    if months_later(starts_on, months + 1).toordinal() - starts_on.toordinal() == days + 1:
        months, rest = months + 1, 0
    return Decimal(months) if months and rest <= 1 else Decimal(days * 12) / 365


def _chosen(rows: list[_Row]) -> tuple[list[_Row], tuple[str, ...]]:
    """The rows of one currency, each contract once; and why the others are left out."""
    chosen: list[_Row] = []
    left_out: dict[int, str] = {}
    renewal_of: dict[int, int] = {}
    for row in rows:
        if row.currency != rows[0].currency:
            left_out[row.renewal_id] = f"{row.number} is in {row.currency}."
        elif renewal_of.setdefault(row.contract_id, row.renewal_id) != row.renewal_id:
            left_out[row.renewal_id] = f"{row.number} is here already, by its renewal that ends first."
        else:
            chosen.append(row)
    return chosen, tuple(left_out.values())


def _counts(rows: list[_Row]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for row in rows:
        counts[row.renewal_id] = counts.get(row.renewal_id, 0) + 1
    return counts


def _asked(row: _Row) -> Asked:
    partner = () if row.partner_id is None else (row.partner_id,)
    return Asked(row.product_id or NO_PRODUCT, _units(row), (row.account_id, *partner))


def _units(row: _Row) -> int:
    """The line's quantity, else the renewal's, else one: a contract for which nobody counted seats is one thing."""
    return row.quantity or row.seats or 1


def _line(row: _Row, price: Price | None, *, is_alone: bool) -> OwnedLine:
    starts_on = date.fromisoformat(row.starts_on) if row.starts_on else None
    ends_on = date.fromisoformat(row.due_on)
    paid = row.value
    if paid is None and is_alone:
        paid = row.amount if row.amount is not None else row.contract_value
    quantity = _units(row)
    unit_list, plan_months, source, contracted = Decimal(0), YEAR, "unknown", None
    if price is not None:
        plan_months, source = price.plan_months, price.source
        contracted = price.amount if price.source == "contracted" else None
        unit_list = price.amount if price.list_amount is None else price.list_amount
    elif paid is not None:
        source = "last_paid"
        with exact():
            unit_list = kept(from_units(paid) * YEAR / quantity / term_months(starts_on, ends_on))
    return OwnedLine(
        key=f"c{row.contract_id}.{row.line_id or 0}", renewal_id=row.renewal_id, contract_number=row.number,
        account_id=row.account_id, account=row.account, product_id=row.product_id or NO_PRODUCT,
        product=row.product or f"{row.contract_vendor or ''} {SUBSCRIPTION}".strip(), sku=row.sku or "",
        family=row.family or "", vendor=row.vendor or row.contract_vendor or "", quantity=quantity,
        unit_list=unit_list, plan_months=plan_months, price_source=source, contracted=contracted,
        line_uplift=_share(row.line_uplift), contract_uplift=_share(row.contract_uplift),
        unit_cost=price.cost if price else None, starts_on=starts_on, ends_on=ends_on,
        paid=None if paid is None else from_units(paid), breaks=price.breaks if price else (),
    )  # fmt: skip


def _share(units: int | None) -> Decimal | None:
    return None if units is None else from_units(units)


def _storable(policy: Policy) -> Policy:
    """The policy with its shares as a store keeps them: a quote's rows then give the very sums that were shown."""
    return replace(
        policy,
        uplift=kept(policy.uplift),
        reinstatement_fee=kept(policy.reinstatement_fee),
    )
