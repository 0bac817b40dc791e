"""The imported lists, Salesforce and the book side by side: contracts due that not all of them know, or date alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from callstation.accounts.importing.listed import ImportedList, current_lists
from callstation.accounts.importing.staging import number_key
from callstation.renewals.cover import Why
from callstation.renewals.denominators import Denominator, denominators
from callstation.renewals.outside import outsiders
from callstation.work import Work
from db.vocabulary import OutboxState

DAY_OFF = 1
"""Some count the last day, some the first one after it."""
NEAR = timedelta(days=400)
"""How far beyond a window the book is searched for a contract that another source dates within it."""


class Difference(StrEnum):
    """In what the three do not agree; a contract stands under the first that holds."""

    NOT_IN_BOOK = "not_in_book"
    GONE = "gone"  # it was imported, and is no longer here
    OTHER_END = "other_end"
    NOWHERE_ELSE = "nowhere_else"
    NOT_IN_LISTS = "not_in_lists"
    NOT_IN_CRM = "not_in_crm"


TO_DO: Mapping[Difference, str] = MappingProxyType(
    {
        Difference.NOT_IN_BOOK: "Mend the row and import the list again, or sync; see whose account it is.",
        Difference.GONE: "Import the list again, or ask who took the contract away.",
        Difference.OTHER_END: "Ask which end is right, and correct the others.",
        Difference.NOWHERE_ELSE: "See whether it is still alive; if so, ask for it in the list and send it.",
        Difference.NOT_IN_LISTS: "Ask whether the list is complete, or the contract ended.",
        Difference.NOT_IN_CRM: "Send it with the next sync, or make its opportunity.",
    }
)


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One contract. ``in_lists`` and ``in_crm`` are None where no list was imported, or nothing was ever synced."""

    difference: Difference
    number: str
    account: str
    account_id: int | None
    ends_on: date | None
    in_lists: bool | None
    in_book: bool
    in_crm: bool | None
    words: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class ThreeWays:
    """The sources of a window, and each contract on which they differ, what ends first on top."""

    first: date
    last: date
    denominators: tuple[Denominator, ...]
    """The book, then each list, then Salesforce's contracts and opportunities."""
    rows: tuple[DifferenceRow, ...]


@dataclass(frozen=True, slots=True)
class _Ours:
    """A contract of the book."""

    number: str
    account_id: int
    account: str
    ends_on: date
    due_on: date | None
    """Of its renewal nearest to the window."""
    is_in_crm: bool
    renewal_id: int | None


_BOOK = """
    SELECT k.number, k.account_id, a.name, k.ends_on, r.due_on, r.id,
           EXISTS (SELECT 1 FROM crm_record m WHERE m.crm_id = k.crm_id OR m.crm_id = r.crm_id)
    FROM contract k JOIN account a ON a.id = k.account_id
    LEFT JOIN renewal r ON r.contract_id = k.id AND r.due_on BETWEEN ? AND ?
    WHERE k.ends_on BETWEEN ? AND ? OR r.due_on BETWEEN ? AND ? ORDER BY k.id, r.due_on DESC"""
_CRM_ENDS = """
    SELECT k.number, json_extract(m.fields, '$.EndDate') FROM crm_record m JOIN contract k ON k.crm_id = m.crm_id
    WHERE m.sobject = 'Contract' AND json_extract(m.fields, '$.EndDate') IS NOT NULL"""
_WAITS = "SELECT state, message FROM outbox_entry WHERE entity = 'renewal' AND record_id = ?"


def three_ways(work: Work, first: date, last: date) -> ThreeWays:
    """Compare what each source says is due within both days (included). A look at every row of the lists: for a job."""
    lists = [one for one in current_lists(work) if one.packed is not None]
    has_crm = work.row("SELECT 1 FROM crm_record WHERE sobject IN ('Contract', 'Opportunity') LIMIT 1") is not None
    ours = _ours(work, first, last)
    listed = _listed(lists)
    crm_ends = {number_key(number): date.fromisoformat(end[:10]) for number, end in work.rows(_CRM_ENDS)}
    rows = [
        *_from_outside(work, first, last, has_lists=bool(lists), has_crm=has_crm),
        *_gone(work, first, last, ours, listed, has_crm=has_crm),
        *_of_book(work, first, last, ours, listed, crm_ends, has_lists=bool(lists), has_crm=has_crm),
    ]
    rows.sort(key=lambda row: (row.ends_on or date.min, row.number, row.account))
    return ThreeWays(first, last, denominators(work, first, last), tuple(rows))


def _ours(work: Work, first: date, last: date) -> dict[str, _Ours]:
    """The contracts of the book that end within the window, by number key."""
    wide = (first - min(NEAR, first - date.min)).isoformat(), (last + min(NEAR, date.max - last)).isoformat()
    span = (first.isoformat(), last.isoformat())
    found: dict[str, _Ours] = {}
    for number, account_id, account, ends_on, due_on, renewal_id, is_in_crm in work.rows(_BOOK, (*wide, *span, *span)):
        key = number_key(number)
        due = date.fromisoformat(due_on) if due_on else None
        known = found.get(key)
        if known is None or (due is not None and first <= due <= last and not _within(known, first, last)):
            found[key] = _Ours(
                number, account_id, account, date.fromisoformat(ends_on), due, bool(is_in_crm), renewal_id
            )
    return found


def _within(one: _Ours, first: date, last: date) -> bool:
    return first <= (one.due_on or one.ends_on) <= last


def _listed(lists: list[ImportedList]) -> dict[str, tuple[str, date | None, str]]:
    """Number key to (number, end, file) of every contract that a current list names and that was taken."""
    found: dict[str, tuple[str, date | None, str]] = {}
    for one in lists:
        for key, (number, ends_on) in one.taken.items():
            found.setdefault(key, (number, ends_on, one.file_name))
    return found


def _from_outside(work: Work, first: date, last: date, *, has_lists: bool, has_crm: bool) -> Iterator[DifferenceRow]:
    for one in outsiders(work, first, last):
        is_listed = one.why is Why.ONLY_LISTED
        words = f"{one.where}: {one.detail}" if one.detail else one.where
        yield _row(
            Difference.NOT_IN_BOOK, one.number, one.account, None, one.ends_on, words,
            in_lists=is_listed if has_lists else None, in_book=False,
            in_crm=(one.why is Why.ONLY_CRM) if has_crm else None,
        )  # fmt: skip


def _gone(
    work: Work, first: date, last: date, ours: Mapping[str, _Ours], listed: Mapping[str, tuple[str, date | None, str]],
    *, has_crm: bool,
) -> Iterator[DifferenceRow]:  # fmt: skip
    """Contracts that a list dates within the window, that were taken, and that the book has no more."""
    due = {key: row for key, row in listed.items() if key not in ours and row[1] and first <= row[1] <= last}
    if not due:
        return
    known = {number_key(number): ends_on for number, ends_on in work.rows("SELECT number, ends_on FROM contract")}
    for key, (number, ends_on, file_name) in due.items():
        if key in known:
            words = f"{file_name} says it ends on {ends_on}; here it ends on {known[key]}."
            yield _row(
                Difference.OTHER_END, number, "", None, ends_on, words, in_lists=True, in_book=True,
                in_crm=False if has_crm else None,
            )  # fmt: skip
        else:
            yield _row(
                Difference.GONE, number, "", None, ends_on, f"It was taken from {file_name}.", in_lists=True,
                in_book=False, in_crm=False if has_crm else None,
            )  # fmt: skip


def _of_book(
    work: Work, first: date, last: date, ours: Mapping[str, _Ours], listed: Mapping[str, tuple[str, date | None, str]],
    crm_ends: Mapping[str, date], *, has_lists: bool, has_crm: bool,
) -> Iterator[DifferenceRow]:  # fmt: skip
    for key, one in ours.items():
        in_lists, in_crm = key in listed, one.is_in_crm or key in crm_ends
        said = [(listed[key][2], listed[key][1])] if in_lists else []
        said.append(("Salesforce", crm_ends.get(key)))
        others = [(name, end) for name, end in said if end is not None and abs((end - one.ends_on).days) > DAY_OFF]
        is_due = _within(one, first, last)
        is_alone = (has_lists or has_crm) and not (has_lists and in_lists) and not (has_crm and in_crm)
        if others and (is_due or any(first <= end <= last for _, end in others)):
            told = ", ".join(f"{name} says {end}" for name, end in others)
            difference, words = Difference.OTHER_END, f"Here it ends on {one.ends_on}; {told}."
        elif not is_due:
            continue
        elif is_alone and has_lists and has_crm:
            difference, words = Difference.NOWHERE_ELSE, "In no list and not in Salesforce."
        elif has_lists and not in_lists:
            difference, words = Difference.NOT_IN_LISTS, "In no list that was imported last."
        elif has_crm and not in_crm:
            difference, words = Difference.NOT_IN_CRM, _waits(work, one.renewal_id)
        else:
            continue
        yield _row(
            difference, one.number, one.account, one.account_id, one.due_on or one.ends_on, words,
            in_lists=in_lists if has_lists else None, in_book=True, in_crm=in_crm if has_crm else None,
        )  # fmt: skip


def _waits(work: Work, renewal_id: int | None) -> str:
    """Why Salesforce does not have it, as the outbox knows it."""
    found = None if renewal_id is None else work.row(_WAITS, (renewal_id,))
    if found is None:
        return "It was never sent."
    return {
        OutboxState.HELD: "You keep it back.",
        OutboxState.REFUSED: f"Salesforce refused it: {found[1]}",
        OutboxState.UNKNOWN: "It was sent, and no answer came.",
    }.get(OutboxState(found[0]), "It waits for the next sync.")


def _row(
    difference: Difference, number: str, account: str, account_id: int | None, ends_on: date | None, words: str, *,
    in_lists: bool | None, in_book: bool, in_crm: bool | None,
) -> DifferenceRow:  # fmt: skip
    return DifferenceRow(
        difference, number, account, account_id, ends_on, in_lists, in_book, in_crm, words, TO_DO[difference]
    )
