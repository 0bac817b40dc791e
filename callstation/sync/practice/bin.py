"""The recycle bin: deleting with all that hangs on a record, bringing back, emptying."""

from collections.abc import Iterable, Sequence
from typing import Any

from callstation.sync.practice.answers import Created
from callstation.sync.practice.effects import follow
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.ids import full_id
from callstation.sync.practice.saving import Saver
from callstation.sync.practice.schema import SObject
from callstation.sync.practice.tables import Row
from callstation.sync.practice.writing import refuse_readonly

_SUMMED = frozenset({"OpportunityLineItem", "QuoteLineItem", "CampaignMember"})


def delete(saver: Saver, record_ids: Sequence[str], *, is_hard: bool = False) -> list[Created]:
    """Put records and all that hangs on them into the bin (``is_hard``: past it); one outcome an id.

    References that do not cascade keep the id until the bin is emptied; a query does not see the parent through them.
    """
    outcome: list[Any] = []
    with saver.tables.transaction():
        now = saver.now()
        for given in record_ids:
            try:
                one, row = find(saver, given)
                refuse_readonly(one)
                if one.is_kept:
                    raise OrgError("DELETE_FAILED", f"records of {one.name} cannot be deleted")
            except OrgError as error:
                outcome.append(error)
                continue
            root_id = row["Id"]
            taken = [(one, row), *_hanging(saver, one, [root_id], {root_id})]
            _mark(saver, taken, root_id, now)
            if is_hard:
                _remove(saver, [(each.name, gone["Id"]) for each, gone in taken])
            outcome.append(root_id)
    return outcome


def find(saver: Saver, record_id: str, *, is_deleted: bool = False) -> tuple[SObject, Row]:
    """The record of an id. Raises MALFORMED_ID, 404 INVALID_CROSS_REFERENCE_KEY or 404 ENTITY_IS_DELETED."""
    whole = full_id(record_id)
    if whole is None:
        raise OrgError("MALFORMED_ID", f"bad id {record_id}", ["Id"])
    one = saver.schema.of_id(whole)
    row = saver.tables.whole(one, [whole]).get(whole) if one else None
    if one is None or row is None:
        raise OrgError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", status=404)
    if bool(row["IsDeleted"]) is not is_deleted:
        if is_deleted:
            raise OrgError("UNDELETE_FAILED", "entity is not in the recycle bin", status=400)
        raise OrgError("ENTITY_IS_DELETED", "entity is deleted", status=404)
    return one, row


def undelete(saver: Saver, record_id: str) -> None:
    """Bring a record back with all that went with it; what was deleted by itself stays in the bin."""
    with saver.tables.transaction():
        now = saver.now()
        _, row = find(saver, record_id, is_deleted=True)
        gone = saver.tables.rows("SELECT record_id, sobject, root_id FROM _bin WHERE root_id = ?", (row["Id"],))
        if not gone:
            raise OrgError("UNDELETE_FAILED", "entity went with another and comes back with it")
        for name in dict.fromkeys(entry[1] for entry in gone):
            one = saver.schema.objects[name]
            changes = []
            for old in saver.tables.whole(one, [entry[0] for entry in gone if entry[1] == name]).values():
                back = {**old, "IsDeleted": 0}
                saver.stamp(back, now)
                changes.append((old, back))
            _refuse_taken_keys(saver, one, [back for _, back in changes])
            saver.tables.replace(one, [back for _, back in changes])
            if name in _SUMMED:
                follow(saver, one, changes, now)
        ids = [(entry[0],) for entry in gone]
        saver.tables.raw.executemany("DELETE FROM _bin WHERE record_id = ?", ids)
        saver.tables.raw.executemany("DELETE FROM _gone WHERE record_id = ?", ids)


def purge(saver: Saver) -> int:
    """Empty the bin; how many records are gone for good."""
    with saver.tables.transaction():
        gone = [(name, record_id) for record_id, name in saver.tables.rows("SELECT record_id, sobject FROM _bin")]
        _remove(saver, gone)
    return len(gone)


def _refuse_taken_keys(saver: Saver, one: SObject, rows: Iterable[Row]) -> None:
    """A key that another record took in the meantime keeps its first holder in the bin."""
    for key in (key for key in one.keys if key.is_unique):
        for holders in saver.tables.by_key(one, key, [row[key.name] for row in rows]).values():
            raise OrgError(
                "DUPLICATE_VALUE",
                f"duplicate value found: {key.name} duplicates value on record with id: {holders[0]}",
                [key.name],
            )


def _hanging(saver: Saver, parent: SObject, ids: list[str], seen: set[str]) -> list[tuple[SObject, Row]]:
    found: list[tuple[SObject, Row]] = []
    for child, pointer in parent.pointers:
        if not pointer.is_cascading:
            continue
        marks = ", ".join("?" * len(ids))
        children = [
            record_id
            for (record_id,) in saver.tables.rows(
                f'SELECT Id FROM "{child.name}" WHERE "{pointer.name}" IN ({marks}) AND NOT IsDeleted', ids
            )
            if record_id not in seen
        ]
        if not children:
            continue
        seen.update(children)
        found += [(child, row) for row in saver.tables.whole(child, children).values()]
        for start in range(0, len(children), 500):
            found += _hanging(saver, child, children[start : start + 500], seen)
    return found


def _mark(saver: Saver, taken: list[tuple[SObject, Row]], root_id: str, now: str) -> None:
    by_object: dict[str, list[Row]] = {}
    for one, row in taken:
        by_object.setdefault(one.name, []).append(row)
    for name, rows in by_object.items():
        one, changes = saver.schema.objects[name], []
        for old in rows:
            row = {**old, "IsDeleted": 1}
            saver.stamp(row, now)
            changes.append((old, row))
        saver.tables.replace(one, [row for _, row in changes])
        saver.tables.raw.executemany(
            "INSERT OR REPLACE INTO _bin VALUES (?, ?, ?, ?)", [(row["Id"], name, root_id, now) for row in rows]
        )
        saver.tables.raw.executemany(
            "INSERT OR REPLACE INTO _gone VALUES (?, ?, ?)", [(row["Id"], name, now) for row in rows]
        )
        if name in _SUMMED:
            follow(saver, one, changes, now)


def _remove(saver: Saver, gone: list[tuple[str, str]]) -> None:
    """Take rows out for good, and their ids out of what still refers to them."""
    by_object: dict[str, list[str]] = {}
    for name, record_id in gone:
        by_object.setdefault(name, []).append(record_id)
    for name, ids in by_object.items():
        one = saver.schema.objects[name]
        saver.tables.raw.executemany(f'DELETE FROM "{name}" WHERE Id = ?', [(record_id,) for record_id in ids])
        for child, pointer in one.pointers:
            if child.is_readonly or pointer.name in ("CreatedById", "LastModifiedById"):
                continue
            saver.tables.raw.executemany(
                f'UPDATE "{child.name}" SET "{pointer.name}" = NULL WHERE "{pointer.name}" = ?',
                [(record_id,) for record_id in ids],
            )
    saver.tables.raw.executemany("DELETE FROM _bin WHERE record_id = ?", [(record_id,) for _, record_id in gone])
