"""Merging duplicates of an account, a contact or a lead into the one that stays."""

from collections.abc import Sequence

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.ids import full_id
from callstation.sync.practice.saving import Saver
from callstation.sync.practice.schema import SObject

_MOST_LOSERS = 2


def merge(saver: Saver, one: SObject, master_id: str, loser_ids: Sequence[str]) -> None:
    """What hung on the losers hangs on the master; a loser is deleted and its MasterRecordId tells where it went."""
    if not one.is_mergeable:
        raise OrgError("INVALID_TYPE", f"records of {one.name} cannot be merged")
    if not 1 <= len(loser_ids) <= _MOST_LOSERS:
        raise OrgError("INVALID_ARGUMENT", f"between one and {_MOST_LOSERS} records can be merged into another")
    tables = saver.tables
    with tables.transaction():
        now = saver.now()
        ids = [full_id(each) for each in (master_id, *loser_ids)]
        rows = tables.whole(one, [each for each in ids if each])
        if len(set(ids)) != len(ids) or any(each not in rows for each in ids):
            raise OrgError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
        if any(row["IsDeleted"] for row in rows.values()):
            raise OrgError("ENTITY_IS_DELETED", "entity is deleted", status=404)
        master, *losers = [rows[each or ""] for each in ids]
        for child, pointer in one.pointers:
            if child.is_readonly or pointer.name == "MasterRecordId":
                continue
            for loser in losers:
                stamps = "SystemModstamp = ?, LastModifiedDate = ?, LastModifiedById = ?"
                tables.raw.execute(
                    f'UPDATE "{child.name}" SET "{pointer.name}" = ?, {stamps} WHERE "{pointer.name}" = ? AND Id <> ?',
                    (master["Id"], now, now, saver.user_id, loser["Id"], master["Id"]),
                )
        for loser in losers:
            loser |= {"IsDeleted": 1, "MasterRecordId": master["Id"]}
            saver.stamp(loser, now)
            entry = (loser["Id"], one.name)
            tables.raw.execute("INSERT OR REPLACE INTO _bin VALUES (?, ?, ?, ?)", (*entry, loser["Id"], now))
            tables.raw.execute("INSERT OR REPLACE INTO _gone VALUES (?, ?, ?)", (*entry, now))
        saver.stamp(master, now)
        tables.replace(one, [master, *losers])
