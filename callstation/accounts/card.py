"""Everything known of one account: its address, people and numbers, contracts, money, and who sells to whom."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from callstation.calling.phones import show_number
from callstation.errors import UserError
from callstation.work import Work
from db.stored import from_micros, from_units
from db.vocabulary import AccountKind, ForecastCategory, LossReason, NumberKind, NumberStatus, RenewalStage

MOST_ROWS = 200
"""A large partner has thousands of contracts; the card shows those that end next, and says how many there are."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number a person can be reached on."""

    phone_id: int
    e164: str
    shown: str
    extension: str
    kind: NumberKind
    status: NumberStatus
    zones: tuple[str, ...]
    attempts: int
    connects: int
    last_attempt_at: datetime | None
    is_do_not_call: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Person:
    """A contact with their numbers, the one to try first on top."""

    contact_id: int
    name: str
    role: str
    email: str
    is_active: bool
    is_decision_maker: bool
    is_do_not_call: bool
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One product on a contract."""

    product: str
    vendor: str
    quantity: int | None
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class RenewalState:
    """How far the renewal of a contract has come."""

    renewal_id: int
    due_on: date
    amount: Decimal | None
    quantity: int | None
    stage: RenewalStage
    category: ForecastCategory
    loss_reason: LossReason | None
    next_step: str


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract with its lines and its renewal, None where there is none."""

    contract_id: int
    number: str
    account_id: int
    account: str
    """The end customer."""
    partner_id: int | None
    partner: str
    vendor: str
    order_number: str
    starts_on: date | None
    ends_on: date
    value: Decimal | None
    currency: str
    status: str
    lines: tuple[Line, ...]
    renewal: RenewalState | None


@dataclass(frozen=True, slots=True)
class MoneySum:
    """What is open to renew in one currency; currencies are never added up."""

    currency: str
    amount: Decimal
    count: int
    next_on: date


@dataclass(frozen=True, slots=True)
class Linked:
    """The account on the other side of the channel, and how many contracts bind the two."""

    account_id: int
    name: str
    contracts: int


@dataclass(frozen=True, slots=True)
class AccountCard:
    """One account, whole; ``contracts`` and ``linked`` hold at most ``MOST_ROWS``, the counts say how many exist."""

    account_id: int
    target_id: int | None
    name: str
    kind: AccountKind
    street: str
    """With line breaks where it takes several lines."""
    city: str
    region: str
    postal_code: str
    country: str
    time_zone: str
    segment: str
    language: str
    """Of its documents, as a locale; "" for that of its country."""
    people: tuple[Person, ...]
    contracts: tuple[ContractRow, ...]
    contract_count: int
    sums: tuple[MoneySum, ...]
    linked: tuple[Linked, ...]
    """A partner's end customers, a customer's partners."""
    linked_count: int

    @property
    def is_partner(self) -> bool:
        return self.kind is AccountKind.PARTNER


def card(work: Work, account_id: int) -> AccountCard:
    """The whole of one account. ``UserError`` where it is gone."""
    found = work.row(
        "SELECT a.name, a.kind, a.street, a.city, a.region, a.postal_code, a.country, a.time_zone, a.segment, "
        "a.language, (SELECT t.id FROM call_target t WHERE t.account_id = a.id LIMIT 1) FROM account a WHERE a.id = ?",
        (account_id,),
    )
    if found is None:
        raise UserError("This account is gone.", f"There is no account {account_id}.", "Reload the list.")
    side = "partner_id" if found[1] == AccountKind.PARTNER else "account_id"
    counted = work.row(f"SELECT count(*) FROM contract WHERE {side} = ?", (account_id,))
    linked = _linked(work, account_id, side)
    street, city, region, postal_code, country, time_zone, segment, language = (text or "" for text in found[2:10])
    return AccountCard(
        account_id, found[10], found[0], AccountKind(found[1]), street, city, region, postal_code, country, time_zone,
        segment, language, people_of(work, account_id), _contracts(work, account_id, side),
        counted[0] if counted else 0, _sums(work, account_id, side), tuple(linked[:MOST_ROWS]), len(linked),
    )  # fmt: skip


def people_of(work: Work, account_id: int) -> tuple[Person, ...]:
    """Everyone at an account, those who are there and decide on top."""
    numbers = defaultdict(list)
    for row in work.rows(
        "SELECT n.contact_id, p.id, p.e164, n.extension, p.kind, p.status, p.zones, p.attempts, p.connects, "
        "p.last_attempt_at, p.is_do_not_call, p.do_not_call_evidence FROM contact c JOIN contact_phone n "
        "ON n.contact_id = c.id JOIN phone p ON p.id = n.phone_id WHERE c.account_id = ? ORDER BY n.position, n.id",
        (account_id,),
    ):
        numbers[row[0]].append(_number(row, work.settings.home_region))
    rows = work.rows(
        "SELECT id, name, role, email, is_active, is_decision_maker, is_do_not_call FROM contact WHERE account_id = ? "
        "ORDER BY NOT is_active, NOT is_decision_maker, name, id",
        (account_id,),
    )
    return tuple(
        Person(
            row[0], row[1], row[2] or "", row[3] or "", bool(row[4]), bool(row[5]), bool(row[6]), tuple(numbers[row[0]])
        )
        for row in rows
    )


def _number(row: tuple[Any, ...], home_region: str) -> Number:
    return Number(
        row[1], row[2], show_number(row[2], home_region), row[3] or "", NumberKind(row[4]), NumberStatus(row[5]),
        tuple(zone for zone in row[6].split(",") if zone), row[7], row[8],
        None if row[9] is None else from_micros(row[9]), bool(row[10]), row[11] or "",
    )  # fmt: skip


def _contracts(work: Work, account_id: int, side: str) -> tuple[ContractRow, ...]:
    """What still runs first, the next to end on top; then what has ended, the latest on top."""
    today = work.today.isoformat()
    chosen = work.rows(
        f"SELECT id FROM contract WHERE {side} = ? ORDER BY ends_on < ?, CASE WHEN ends_on >= ? THEN ends_on END, "
        "ends_on DESC, id LIMIT ?",
        (account_id, today, today, MOST_ROWS),
    )
    ids = [row[0] for row in chosen]
    marks = ", ".join("?" * len(ids))
    found = work.rows(
        "SELECT k.id, k.number, k.account_id, a.name, k.partner_id, b.name, k.vendor, k.order_number, k.starts_on, "
        "k.ends_on, k.value, k.currency, k.status, r.id, r.due_on, r.amount, r.quantity, r.stage, r.category, "
        "r.loss_reason, r.next_step FROM contract k JOIN account a ON a.id = k.account_id "
        "LEFT JOIN account b ON b.id = k.partner_id LEFT JOIN renewal r ON r.id = "
        f"(SELECT max(id) FROM renewal WHERE contract_id = k.id) WHERE k.id IN ({marks})",
        ids,
    )
    rows = sorted(found, key=lambda row: ids.index(row[0]))
    lines = defaultdict(list)
    for contract_id, product, vendor, quantity, value in work.rows(
        "SELECT l.contract_id, p.name, p.vendor, l.quantity, l.value FROM contract_line l JOIN product p "
        f"ON p.id = l.product_id WHERE l.contract_id IN ({marks}) ORDER BY l.contract_id, l.position, l.id",
        ids,
    ):
        lines[contract_id].append(Line(product, vendor or "", quantity, _money(value)))
    return tuple(
        ContractRow(
            row[0], row[1], row[2], row[3], row[4], row[5] or "", row[6] or "", row[7] or "", _day(row[8]),
            date.fromisoformat(row[9]), _money(row[10]), row[11], row[12] or "", tuple(lines[row[0]]),
            _renewal(row[13:]),
        )
        for row in rows
    )  # fmt: skip


def _renewal(row: tuple[Any, ...]) -> RenewalState | None:
    if row[0] is None:
        return None
    return RenewalState(
        row[0], date.fromisoformat(row[1]), _money(row[2]), row[3], RenewalStage(row[4]), ForecastCategory(row[5]),
        LossReason(row[6]) if row[6] else None, row[7] or "",
    )  # fmt: skip


def _sums(work: Work, account_id: int, side: str) -> tuple[MoneySum, ...]:
    rows = work.rows(
        "SELECT r.currency, coalesce(sum(r.amount), 0), count(*), min(r.due_on) FROM contract k JOIN renewal r "
        f"ON r.contract_id = k.id WHERE k.{side} = ? AND r.closed_at IS NULL GROUP BY r.currency ORDER BY 2 DESC, 1",
        (account_id,),
    )
    return tuple(MoneySum(row[0], from_units(row[1]), row[2], date.fromisoformat(row[3])) for row in rows)


def _linked(work: Work, account_id: int, side: str) -> list[Linked]:
    other = "account_id" if side == "partner_id" else "partner_id"
    rows = work.rows(
        f"SELECT k.{other}, a.name, count(*) FROM contract k JOIN account a ON a.id = k.{other} WHERE k.{side} = ? "
        f"GROUP BY k.{other} ORDER BY 3 DESC, a.name_key",
        (account_id,),
    )
    return [Linked(*row) for row in rows]


def _money(units: int | None) -> Decimal | None:
    return None if units is None else from_units(units)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
