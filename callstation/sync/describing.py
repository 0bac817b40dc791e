"""One change in words: whose it is, what happened, and field by field what the CRM has and what it will get."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from callstation.calling.clock_words import near_day_words, time_words
from callstation.calling.outcomes import OUTCOMES
from callstation.sync.attributes import ATTRIBUTES, read_moment
from callstation.sync.context import Context, read_context
from callstation.sync.failures import LABELS
from callstation.sync.incomplete import words_of
from callstation.sync.local import subject_of
from callstation.sync.rows import Row, Verb, row_of
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import ActivityKind, Disposition, QuoteStatus, SyncEntity

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Title:
    """A change in two parts: "Halden Robotics", "Call, no answer"; ``account_id`` None for what is gone."""

    account_id: int | None
    account: str
    what: str


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a change: what the CRM has ("" for nothing, or not known) and what it will get."""

    field: str
    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What will be sent of one change."""

    title: Title
    sobject: str
    verb: str
    """"Makes a Task", "Changes an Opportunity", "Takes a Task back"."""
    lines: tuple[FieldLine, ...]
    warning: str = ""
    """"incomplete: no next step, no contact"; "" where nothing is missing."""


def title_of(work: Work, entity: SyncEntity, record_id: int) -> Title:
    """Whose change it is and what it is about."""
    found = work.row(_TITLES[entity], (record_id,))
    if found is None:
        return Title(None, "Something that is gone", "")
    account_id, account, *facts = found
    return Title(account_id, account, _WORDS[entity](work, facts))


def preview(work: Work, entity: SyncEntity, record_id: int) -> Preview | None:
    """What will be sent of a change, field by field; None where the CRM knows it all already."""
    context = read_context(work, "")
    row = row_of(work, context, entity, record_id)
    if row is None:
        if entity is SyncEntity.QUOTE and not context.has_quotes:
            return _without_quotes(work, record_id)
        return None
    warning = words_of(work, entity, [record_id]).get(record_id, "")
    return Preview(
        title_of(work, entity, record_id), row.sobject, _verb(row), tuple(_lines(work, context, row)), warning
    )


def _without_quotes(work: Work, quote_id: int) -> Preview:
    found = work.row("SELECT status FROM quote WHERE id = ?", (quote_id,))
    is_accepted = found is not None and found[0] == QuoteStatus.ACCEPTED
    how = "Becomes the opportunity's products" if is_accepted else "Is told by its task alone"
    return Preview(title_of(work, SyncEntity.QUOTE, quote_id), "Quote", f"{how}, for there are no quotes", ())


_NOUNS = {"QuoteLineItem": "Quote Line Item", "OpportunityLineItem": "Opportunity Product"}


def _verb(row: Row) -> str:
    name = _NOUNS.get(row.sobject, row.sobject)
    noun = f"an {name}" if name[0] in "AEIOU" else f"a {name}"
    if row.verb is Verb.DELETE:
        return f"Takes {noun} back"
    return f"Changes {noun}" if row.verb is Verb.UPDATE else f"Makes {noun}"


def _lines(work: Work, context: Context, row: Row) -> list[FieldLine]:
    found = work.row("SELECT fields FROM crm_record WHERE crm_id = ?", (row.crm_id or "",))
    base: dict[str, Any] = json.loads(found[0]) if found else {}
    labels = {name: one.label for one in ATTRIBUTES.get(row.entity, ()) for name in one.fields}
    lines = []
    for name, value in row.values.items():
        shape = context.field(row.sobject, name)
        label = labels.get(name) if len([one for one in labels if labels[one] == labels.get(name)]) == 1 else None
        label = label or (shape.label if shape else LABELS.get(name, name))
        was, now = _shown(work, name, base.get(name)), _shown(work, name, value)
        if was != now:
            lines.append(FieldLine(name, label, was, now))
    return lines


def _shown(work: Work, name: str, value: Any) -> str:
    """A value as one reads it: records by name, days and moments as the rep writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return f"{value:,.2f}"
    said = str(value)
    if name.endswith("Id"):
        return _name_of(work, said)
    if _DAY.fullmatch(said):
        from babel.dates import format_date

        return str(format_date(date.fromisoformat(said), "d MMM yyyy", locale=work.settings.language))
    if _MOMENT.match(said):
        local = read_moment(said).astimezone(work.settings.zone)
        clock = time_words(local, is_24_hour=work.settings.is_24_hour)
        return f"{near_day_words(local.date(), work.today)} {clock}"
    return said


def _name_of(work: Work, crm_id: str) -> str:
    found = work.row("SELECT fields FROM crm_record WHERE crm_id = ?", (crm_id,))
    fields: dict[str, Any] = json.loads(found[0]) if found else {}
    person = " ".join(part for part in (fields.get("FirstName"), fields.get("LastName")) if part)
    return str(fields.get("Name") or person or fields.get("ContractNumber") or crm_id)


_TOLD_BY_WORDS = (ActivityKind.QUOTE, ActivityKind.DOCUMENT, ActivityKind.CLOSING, ActivityKind.PIPELINE)


def _call(work: Work, facts: list[Any]) -> str:
    kind, disposition, at, note = facts
    when = time_words(from_micros(at).astimezone(work.settings.zone), is_24_hour=work.settings.is_24_hour)
    if kind in _TOLD_BY_WORDS:
        return f"{subject_of(ActivityKind(kind), '', note)}, {when}"
    label = OUTCOMES[Disposition(disposition)].label if disposition else kind.capitalize()
    return f"{label}, {when}"


def _owed(work: Work, facts: list[Any]) -> str:
    kind, status, due = facts
    local = from_micros(due).astimezone(work.settings.zone)
    day = near_day_words(local.date(), work.today)
    when = f"{day} {time_words(local, is_24_hour=work.settings.is_24_hour)}"
    noun = {"callback": "Callback", "promise": "Promise", "follow_up": "Follow-up"}[kind]
    return f"{noun} kept" if status == "done" else f"{noun} cancelled" if status != "open" else f"{noun} for {when}"


def _quote(work: Work, facts: list[Any]) -> str:
    number, version, status = facts
    state = "" if status == QuoteStatus.SENT else f", {status.replace('_', ' ')}"
    return f"Quote {number} v{version}{state}"


_OF = "JOIN account a ON a.id = "
_TITLES = {
    SyncEntity.ACCOUNT: "SELECT a.id, a.name FROM account a WHERE a.id = ?",
    SyncEntity.CONTACT: f"SELECT a.id, a.name, c.name FROM contact c {_OF} c.account_id WHERE c.id = ?",
    SyncEntity.PHONE: f"SELECT a.id, a.name, c.name FROM contact_phone n JOIN contact c ON c.id = n.contact_id {_OF} "
    "c.account_id WHERE n.phone_id = ? ORDER BY c.id LIMIT 1",
    SyncEntity.RENEWAL: "SELECT a.id, a.name, k.number FROM renewal r JOIN contract k ON k.id = r.contract_id "
    f"{_OF} r.account_id WHERE r.id = ?",
    SyncEntity.GROWTH: f"SELECT a.id, a.name, x.title FROM growth x {_OF} x.account_id WHERE x.id = ?",
    SyncEntity.QUOTE: f"SELECT a.id, a.name, q.number, q.version, q.status FROM quote q {_OF} q.account_id "
    "WHERE q.id = ?",
    SyncEntity.QUOTE_LINE: "SELECT a.id, a.name, q.number, q.version, l.quantity, l.product FROM quote_line l "
    f"JOIN quote q ON q.id = l.quote_id {_OF} q.account_id WHERE l.id = ?",
    SyncEntity.ACTIVITY: f"SELECT a.id, a.name, y.kind, y.disposition, y.happened_at, y.note FROM activity y {_OF} "
    "y.account_id WHERE y.id = ?",
    SyncEntity.CALLBACK: "SELECT a.id, a.name, b.kind, b.status, b.due_at FROM callback b JOIN call_target t "
    f"ON t.id = b.target_id {_OF} t.account_id WHERE b.id = ?",
    SyncEntity.WITHDRAWAL: "SELECT NULL, w.words, w.sobject FROM withdrawal w WHERE w.id = ?",
}
_WORDS: dict[SyncEntity, Callable[[Work, list[Any]], str]] = {
    SyncEntity.ACCOUNT: lambda work, facts: "New account",
    SyncEntity.CONTACT: lambda work, facts: f"Contact {facts[0]}",
    SyncEntity.PHONE: lambda work, facts: f"Number of {facts[0]}",
    SyncEntity.RENEWAL: lambda work, facts: f"Renewal of {facts[0]}",
    SyncEntity.GROWTH: lambda work, facts: f"Growth, {facts[0]}",
    SyncEntity.QUOTE: _quote,
    SyncEntity.QUOTE_LINE: lambda work, facts: f"Quote {facts[0]} v{facts[1]}, {facts[2]:,} x {facts[3]}",
    SyncEntity.ACTIVITY: _call,
    SyncEntity.CALLBACK: _owed,
    SyncEntity.WITHDRAWAL: lambda work, facts: "Taken back",
}
