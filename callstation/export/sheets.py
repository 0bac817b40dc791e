"""What each list holds: its columns in the words of the import and the screen, and its rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from callstation.accounts.importing.fields import Field
from callstation.calling import queue
from callstation.renewals.marks import LABELS, STEPS
from callstation.work import Work
from db.stored import from_micros, from_units


class Kind(StrEnum):
    """How a cell is typed."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"  # 0.42 is 42 %
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` is the stable word of JSON and code, ``title`` the heading of the spreadsheet and the screen."""

    key: str
    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list: typed rows, money as Decimal, days as date, moments as local datetime with their zone."""

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]


def _of(field: Field, kind: Kind = Kind.TEXT) -> Column:
    return Column(field.value, field.label, kind)


QUEUE = (
    Column("place", "Place", Kind.NUMBER), Column("section", "Section"), Column("target_id", "Target", Kind.NUMBER),
    Column("account", "Account"), Column("contact", "Contact"), Column("amount", "Value", Kind.MONEY),
    _of(Field.CURRENCY),
    Column("days", "Days to renewal", Kind.NUMBER), Column("due_at", "Due", Kind.MOMENT), Column("status", "Status"),
    Column("score", "Score", Kind.NUMBER), Column("contracts", "Contracts", Kind.NUMBER),
)  # fmt: skip
_FIRST_PRODUCT = (
    "(SELECT p.name FROM contract_line l JOIN product p ON p.id = l.product_id "
    "WHERE l.contract_id = k.id ORDER BY l.position LIMIT 1)"
)
_RENEWALS = (
    (_of(Field.CONTRACT_NO), "k.number"), (_of(Field.CUSTOMER), "a.name"), (_of(Field.RESELLER), "b.name"),
    (_of(Field.DISTRIBUTOR), "k.distributor"), (_of(Field.VENDOR), "k.vendor"),
    (_of(Field.PRODUCT), _FIRST_PRODUCT),
    (_of(Field.QUANTITY, Kind.NUMBER), "r.quantity"), (_of(Field.START, Kind.DAY), "k.starts_on"),
    (_of(Field.END, Kind.DAY), "r.due_on"), (_of(Field.VALUE, Kind.MONEY), "r.amount"),
    (_of(Field.CURRENCY), "r.currency"),
    (Column("stage", "Stage"), "r.stage"), (Column("category", "Category"), "r.category"),
    (Column("loss_reason", "Loss reason"), "r.loss_reason"), (Column("competitor", "Competitor"), "r.competitor"),
    (Column("last_contact_at", "Last contact", Kind.MOMENT), "r.last_contact_at"),
    (Column("closed_at", "Closed", Kind.MOMENT), "r.closed_at"), (_of(Field.CONTACT), "c.name"),
    (_of(Field.EMAIL), "c.email"), (_of(Field.PHONE), "h.e164"), (Column("renewal_id", "Renewal", Kind.NUMBER), "r.id"),
)  # fmt: skip
_ACTIVITIES = (
    (Column("happened_at", "When", Kind.MOMENT), "v.happened_at"), (Column("kind", "Kind"), "v.kind"),
    (Column("account", "Account"), "a.name"), (Column("contact", "Contact"), "c.name"), (_of(Field.PHONE), "h.e164"),
    (_of(Field.CONTRACT_NO), "k.number"), (Column("disposition", "Outcome"), "v.disposition"),
    (Column("is_reached", "Reached", Kind.NUMBER), "v.is_reached"),
    (Column("duration_s", "Seconds", Kind.NUMBER), "v.duration_s"), (Column("note", "Note"), "v.note"),
    (Column("loss_reason", "Loss reason"), "v.loss_reason"), (Column("competitor", "Competitor"), "v.competitor"),
    (Column("next_at", "Next", Kind.MOMENT), "v.next_at"), (Column("activity_id", "Activity", Kind.NUMBER), "v.id"),
)  # fmt: skip
_ACCOUNTS = (
    (Column("kind", "Kind"), "a.kind"), (Column("account", "Account"), "a.name"),
    (_of(Field.STREET), "a.street"), (_of(Field.CITY), "a.city"),
    (_of(Field.STATE), "a.region"), (_of(Field.POSTAL_CODE), "a.postal_code"), (_of(Field.COUNTRY), "a.country"),
    (_of(Field.SEGMENT), "a.segment"), (_of(Field.CONTACT), "c.name"), (_of(Field.ROLE), "c.role"),
    (_of(Field.EMAIL), "c.email"), (_of(Field.PHONE), "h.e164"), (Column("extension", "Extension"), "x.extension"),
    (Column("is_do_not_call", "Do not call", Kind.NUMBER),
     "coalesce(c.is_do_not_call, 0) OR coalesce(h.is_do_not_call, 0)"),
    (Column("do_not_call_evidence", "Evidence"), "h.do_not_call_evidence"),
    (Column("account_id", "Account no.", Kind.NUMBER), "a.id"),
)  # fmt: skip
_QUOTES = (
    (Column("number", "Number"), "q.number"), (Column("version", "Version", Kind.NUMBER), "q.version"),
    (Column("status", "Status"), "q.status"), (Column("account", "Account"), "a.name"),
    (Column("option", "Option"), "q.option"), (Column("total", "Total", Kind.MONEY), "q.total"),
    (Column("list_total", "List total", Kind.MONEY), "q.list_total"), (_of(Field.CURRENCY), "q.currency"),
    (Column("valid_until", "Valid until", Kind.DAY), "q.valid_until"), (_of(Field.START, Kind.DAY), "q.starts_on"),
    (_of(Field.END, Kind.DAY), "q.ends_on"), (Column("approved_by", "Approved by"), "q.approved_by"),
    (Column("reason", "Rejected for"), "q.reason"), (Column("created_at", "Made", Kind.MOMENT), "q.created_at"),
    (Column("sent_at", "Sent", Kind.MOMENT), "q.sent_at"),
    (Column("decided_at", "Decided", Kind.MOMENT), "q.decided_at"), (_of(Field.CONTRACT_NO), "k.number"),
    (Column("quote_id", "Quote", Kind.NUMBER), "q.id"),
)  # fmt: skip
_CLOSING = (
    (_of(Field.CONTRACT_NO), "k.number"), (Column("account", "Account"), "a.name"),
    (Column("stage", "Stage"), "r.stage"), (_of(Field.END, Kind.DAY), "r.due_on"),
    (_of(Field.VALUE, Kind.MONEY), "r.amount"), (_of(Field.CURRENCY), "r.currency"),
    *((Column(step.value, LABELS[step], Kind.MOMENT), f"max(iif(m.step = '{step.value}', m.done_at, NULL))")
      for step in STEPS),
    (Column("order", "Order"), "max(iif(m.step = 'order_number', m.words, NULL))"),
    (Column("renewal_id", "Renewal", Kind.NUMBER), "r.id"),
)  # fmt: skip
_SOURCES: dict[str, tuple[tuple[tuple[Column, str], ...], str]] = {
    "renewals": (
        _RENEWALS,
        """FROM renewal r JOIN contract k ON k.id = r.contract_id JOIN account a ON a.id = r.account_id
           LEFT JOIN account b ON b.id = k.partner_id LEFT JOIN call_target t ON t.id = r.target_id
           LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN phone h ON h.id = t.phone_id ORDER BY r.due_on, r.id""",
    ),
    "activities": (
        _ACTIVITIES,
        """FROM activity v JOIN account a ON a.id = v.account_id LEFT JOIN contact c ON c.id = v.contact_id
           LEFT JOIN phone h ON h.id = v.phone_id LEFT JOIN renewal r ON r.id = v.renewal_id
           LEFT JOIN contract k ON k.id = r.contract_id ORDER BY v.happened_at DESC, v.id DESC""",
    ),
    "accounts": (
        _ACCOUNTS,
        """FROM account a LEFT JOIN contact c ON c.account_id = a.id AND c.is_active
           LEFT JOIN contact_phone x ON x.contact_id = c.id LEFT JOIN phone h ON h.id = x.phone_id
           ORDER BY a.name, a.id, c.id""",
    ),
    "quotes": (
        _QUOTES,
        """FROM quote q JOIN account a ON a.id = q.account_id LEFT JOIN renewal r ON r.id = q.renewal_id
           LEFT JOIN contract k ON k.id = r.contract_id ORDER BY q.created_at DESC, q.id DESC""",
    ),
    "closing": (
        _CLOSING,
        """FROM closing_mark m JOIN renewal r ON r.id = m.renewal_id JOIN contract k ON k.id = r.contract_id
           JOIN account a ON a.id = r.account_id GROUP BY r.id ORDER BY r.due_on DESC, r.id""",
    ),
}
LISTS = ("queue", *_SOURCES)
"""The names of what can be exported."""


def sheet(work: Work, name: str, *, limit: int = 1_000_000) -> Sheet:
    """Read one of ``LISTS``, whole; at most ``limit`` rows, which a spreadsheet can hold."""
    if name == "queue":
        return Sheet(name, QUEUE, list(queue_rows(queue.page(work, limit=min(limit, 100_000)), work)))
    fields, source = _SOURCES[name]
    columns = tuple(column for column, _ in fields)
    readers = [_READERS[column.kind](work) for column in columns]
    found = work.rows(f"SELECT {', '.join(sql for _, sql in fields)} {source} LIMIT ?", (limit,))
    return Sheet(name, columns, [tuple(read(value) for read, value in zip(readers, row, strict=True)) for row in found])


def queue_rows(page: queue.QueuePage, work: Work) -> Iterator[tuple[Any, ...]]:
    """The queue in the columns of ``QUEUE``."""
    for place, row in enumerate(page.rows, start=1):
        due_at = row.due_at.astimezone(work.settings.zone) if row.due_at else None
        yield (
            place, row.section, row.target_id, row.account, row.contact, row.amount, row.currency, row.days, due_at,
            row.chip.words if row.chip else row.status, round(row.score, 1), row.contracts,
        )  # fmt: skip


def _as_it_is(_work: Work) -> Callable[[Any], Any]:
    return lambda value: value


def _moments(work: Work) -> Callable[[Any], datetime | None]:
    zone = work.settings.zone
    return lambda micros: None if micros is None else from_micros(micros).astimezone(zone)


_READERS: dict[Kind, Callable[[Work], Callable[[Any], Any]]] = {
    Kind.TEXT: _as_it_is,
    Kind.NUMBER: _as_it_is,
    Kind.SHARE: _as_it_is,
    Kind.MONEY: lambda _work: lambda units: None if units is None else from_units(units),
    Kind.DAY: lambda _work: lambda text: None if text is None else date.fromisoformat(text),
    Kind.MOMENT: _moments,
}
