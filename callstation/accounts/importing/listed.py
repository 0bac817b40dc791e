"""What an imported list of contracts said, kept with its batch: the proof of coverage counts against it.

Every row that named a contract is remembered: those that were taken by number and end, those that were not with the
reason. So a contract that stands in the list and not in the book is found without the file.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.preview import ListPreview, shown
from callstation.accounts.importing.staging import number_key, whole_id
from callstation.accounts.importing.typed import word
from callstation.accounts.importing.unchanged import remembered_digests
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import Verdict

_TAKEN = (Verdict.NEW, Verdict.UPDATE, Verdict.SAME)
_SIZE = 4
"""Bytes that tell the length of the first part, so that what was left out is read without the rest."""


class LeftRow(NamedTuple):
    """A row that is not in the book: a problem, or waiting for a decision."""

    number: str
    ends_on: date | None
    """None where the list does not say, or not readably."""
    customer: str
    verdict: Verdict
    why: str
    row_number: int
    """As the file counts."""


@dataclass(frozen=True, slots=True)
class ImportedList:
    """The newest list of one source that was not taken back."""

    batch_id: int
    source: str
    file_name: str
    on: date
    """The day it was imported, UTC."""
    packed: bytes | None
    """None where it was imported before rows were kept."""

    @property
    def left(self) -> list[LeftRow]:
        """Its rows that are not in the book."""
        return list(_left(_part(self.packed, is_left=True)))

    @property
    def taken(self) -> dict[str, tuple[str, date | None]]:
        """Its contracts that were taken: number key to (number, end)."""
        return _taken(self.packed)


def current_lists(work: Work) -> list[ImportedList]:
    """The newest list of each source, the newest first; lists of prices are none."""
    rows = work.rows(
        """SELECT b.id, coalesce(s.name, ''), b.file_name, b.merged_at, b.listed FROM import_batch b
           LEFT JOIN import_source s ON s.id = b.source_id WHERE b.undone_at IS NULL
           AND b.id = (SELECT max(o.id) FROM import_batch o WHERE o.source_id IS b.source_id AND o.undone_at IS NULL)
           AND (b.listed IS NOT NULL OR EXISTS (SELECT 1 FROM import_image i WHERE i.batch_id = b.id
                                                AND i.table_name IN ('contract', 'renewal')))
           ORDER BY b.id DESC"""
    )
    return [
        ImportedList(batch_id, source, name, from_micros(at).date(), packed)
        for batch_id, source, name, at, packed in rows
    ]


def listed_now(work: Work, previewed: ListPreview[Any], source_id: int) -> bytes:
    """What the merge of a list of contracts keeps of it."""
    before = None
    if previewed.planned is not None:  # rows that are not read again say what they said to the last list
        found = work.row(
            "SELECT listed FROM import_batch WHERE source_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
            (source_id,),
        )
        before = found[0] if found else None
        if before is not None and _is_same(work, previewed, source_id, before):
            return bytes(before)
    return _pack(previewed, before)


def _is_same(work: Work, previewed: ListPreview[Any], source_id: int, before: bytes) -> bool:
    """Whether the list holds the very rows of the last one, all of which were taken."""
    is_read = bool(previewed.planned) or bool(_part(before, is_left=True))
    return not is_read and set(previewed.digests) == remembered_digests(work, source_id)


def _pack(previewed: ListPreview[Any], before: bytes | None) -> bytes:
    plan, table = previewed.plan, previewed.source.table
    rows: Any = plan.rows  # type: ignore[attr-defined]  # a list of contracts is planned by ``Plan``
    numbers, ends, keys = rows.texts[Field.CONTRACT_NO], rows.ends_on, rows.number_keys
    left: list[tuple[str, str, str, str, str, int]] = []
    taken: dict[str, tuple[str, str]] = {}
    for place, verdict in enumerate(plan.verdicts):
        key, ends_on = keys[place], ends[place] or ""
        if verdict in _TAKEN:
            known = taken.get(key)
            if known is None or ends_on >= known[1]:
                taken[key] = (numbers[place], ends_on)
        else:
            row_number, _, why, _, _ = shown(plan, place)
            customer = rows.texts[Field.CUSTOMER][place]
            left.append((numbers[place], ends_on, customer, str(verdict), why, row_number))
    choice = previewed.mapping.get(Field.CONTRACT_NO)
    if choice is not None and previewed.planned is not None:
        said = {number_key(number): row_ends for number, row_ends in _part(before, is_left=False)}
        looked_at = set(previewed.planned)
        for at, cell in enumerate(table.columns[choice.column]):
            if at not in looked_at:
                number = whole_id(word(cell))
                key = number_key(number)
                taken.setdefault(key, (number, said.get(key, "")))
    first = _packed(left)
    return len(first).to_bytes(_SIZE, "big") + first + _packed(taken.values())


def _packed(rows: Iterable[Any]) -> bytes:
    return zlib.compress(json.dumps(list(rows), separators=(",", ":")).encode(), 1)


def _part(packed: bytes | None, *, is_left: bool) -> list[Any]:
    if packed is None:
        return []
    end = _SIZE + int.from_bytes(packed[:_SIZE], "big")
    found: list[Any] = json.loads(zlib.decompress(packed[_SIZE:end] if is_left else packed[end:]))
    return found


def _taken(packed: bytes | None) -> dict[str, tuple[str, date | None]]:
    return {
        number_key(number): (number, date.fromisoformat(ends_on) if ends_on else None)
        for number, ends_on in _part(packed, is_left=False)
    }


def _left(rows: Iterable[Any]) -> Iterator[LeftRow]:
    for number, ends_on, customer, verdict, why, row_number in rows:
        ends = date.fromisoformat(ends_on) if ends_on else None
        yield LeftRow(number, ends, customer, Verdict(verdict), why, row_number)
