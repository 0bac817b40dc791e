"""Correcting a change before it is sent: what of it can be edited, and one step that corrects and lets it go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from callstation.errors import UserError
from callstation.sync import outbox
from callstation.sync.context import read_context
from callstation.sync.describing import Title, title_of
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import ForecastCategory, RenewalStage, SyncEntity


class Kind(StrEnum):
    """How a value is typed."""

    LINE = "line"
    TEXT = "text"
    """Several lines."""
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class EditField:
    """One value that may be corrected; ``longest`` 0 where the CRM sets no limit, ``choices`` as (value, words)."""

    key: str
    label: str
    value: str
    kind: Kind = Kind.LINE
    longest: int = 0
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Editable:
    """A change as it stands here, ready to be corrected."""

    title: Title
    fields: tuple[EditField, ...]


def editable(work: Work, entity: SyncEntity, record_id: int) -> Editable | None:
    """What of a change may be corrected; None for a kind of change that has no words of its own."""
    read = _READERS.get(entity)
    fields = read(work, record_id) if read is not None else ()
    return Editable(title_of(work, entity, record_id), fields) if fields else None


def edit(work: Work, entity: SyncEntity, record_id: int, values: Mapping[str, str]) -> None:
    """Correct what differs and let the change go with the next sync. ``UserError`` for what cannot be read."""
    found = editable(work, entity, record_id)
    if found is None:
        raise UserError("This change is gone.", "It was sent or taken back meanwhile.", "Reload the page.")
    known = {field.key: field.value for field in found.fields}
    changed = {key: value.strip() for key, value in values.items() if value.strip() != known.get(key, "").strip()}
    _WRITERS[entity](work, record_id, changed)
    outbox.release(work, entity, record_id)
    work.journal.label = f"Corrected {found.title.account}, {found.title.what}"


def _longest(work: Work, sobject: str, name: str) -> int:
    shape = read_context(work, "").field(sobject, name)
    return shape.length or 0 if shape is not None else 0


# -- what stands here ------------------------------------------------------------------------------------------------


def _call(work: Work, record_id: int) -> tuple[EditField, ...]:
    found = work.row("SELECT note FROM activity WHERE id = ?", (record_id,))
    if found is None:
        return ()
    return (EditField("note", "Note", found[0] or "", Kind.TEXT, _longest(work, "Task", "Description")),)


def _person(work: Work, record_id: int) -> tuple[EditField, ...]:
    found = work.row("SELECT name, role, email FROM contact WHERE id = ?", (record_id,))
    if found is None:
        return ()
    name, role, email = found
    return (
        EditField("name", "Name", name),
        EditField("role", "Title", role or "", longest=_longest(work, "Contact", "Title")),
        EditField("email", "E-mail", email or "", longest=_longest(work, "Contact", "Email")),
    )


def _renewal(work: Work, record_id: int) -> tuple[EditField, ...]:
    return _opportunity(work, "renewal", "coalesce(close_on, due_on)", record_id)


def _growth(work: Work, record_id: int) -> tuple[EditField, ...]:
    return _opportunity(work, "growth", "close_on", record_id)


def _opportunity(work: Work, table: str, expected: str, record_id: int) -> tuple[EditField, ...]:
    found = work.row(f"SELECT next_step, amount, {expected}, stage, category FROM {table} WHERE id = ?", (record_id,))
    if found is None:
        return ()
    next_step, amount, close_on, stage, category = found
    plain = "" if amount is None else format(from_units(amount).normalize(), "f")
    return (
        EditField("next_step", "Next step", next_step or "", longest=_longest(work, "Opportunity", "NextStep")),
        EditField("amount", "Amount", plain),
        EditField("close_on", "Renewal date", close_on or ""),
        EditField("stage", "Stage", stage, Kind.CHOICE, choices=_words(RenewalStage)),
        EditField("category", "Forecast", category, Kind.CHOICE, choices=_words(ForecastCategory)),
    )


def _words(enum: type[StrEnum]) -> tuple[tuple[str, str], ...]:
    return tuple((one.value, one.value.replace("_", " ").capitalize()) for one in enum)


# -- what it becomes -------------------------------------------------------------------------------------------------


def _write_call(work: Work, record_id: int, values: Mapping[str, str]) -> None:
    from callstation.calling.amend import amend_note

    if "note" in values:
        amend_note(work, record_id, values["note"])


def _write_person(work: Work, record_id: int, values: Mapping[str, str]) -> None:
    from callstation.accounts.contacts import change_contact

    if values:
        change_contact(work, record_id, **values)  # type: ignore[arg-type] # only name, role and email


def _write_renewal(work: Work, record_id: int, values: Mapping[str, str]) -> None:
    from callstation.renewals.renewals import change_renewal

    if values:
        change_renewal(work, record_id, **_read_opportunity(work, values))


def _write_growth(work: Work, record_id: int, values: Mapping[str, str]) -> None:
    from callstation.renewals.growth import change_growth

    if values:
        change_growth(work, record_id, **_read_opportunity(work, values))


def _read_opportunity(work: Work, values: Mapping[str, str]) -> dict[str, Any]:
    read: dict[str, Callable[[str, Work], Any]] = {
        "next_step": lambda text, work: text, "amount": _amount, "close_on": _day,
        "stage": lambda text, work: RenewalStage(text), "category": lambda text, work: ForecastCategory(text),
    }  # fmt: skip
    return {key: read[key](value, work) for key, value in values.items()}


def _amount(text: str, work: Work) -> Decimal:
    from callstation.accounts.importing.amounts import DecimalMark, read_amounts

    usual = DecimalMark.DOT if work.settings.language.startswith("en") else DecimalMark.COMMA
    units = read_amounts([text], mark=None, usual=usual).by_cell[text]
    if units is None:
        raise UserError("This amount cannot be read.", f"“{text}”.", "Type it as 48,200 or 48200.50.")
    return from_units(units)


def _day(text: str, work: Work) -> date:
    from callstation.accounts.importing.days import DateOrder, read_days

    usual = DateOrder.MONTH_FIRST if work.settings.language == "en_US" else DateOrder.DAY_FIRST
    found = read_days([text], order=None, usual=usual, is_end=True).by_cell[text]
    if found is None:
        raise UserError("This date cannot be read.", f"“{text}”.", "Type it as 2026-12-05 or 5 Dec 2026.")
    return date.fromisoformat(found)


_READERS: dict[SyncEntity, Callable[[Work, int], tuple[EditField, ...]]] = {
    SyncEntity.ACTIVITY: _call, SyncEntity.CONTACT: _person, SyncEntity.RENEWAL: _renewal, SyncEntity.GROWTH: _growth,
}  # fmt: skip
_WRITERS: dict[SyncEntity, Callable[[Work, int, Mapping[str, str]], None]] = {
    SyncEntity.ACTIVITY: _write_call, SyncEntity.CONTACT: _write_person, SyncEntity.RENEWAL: _write_renewal,
    SyncEntity.GROWTH: _write_growth,
}  # fmt: skip
