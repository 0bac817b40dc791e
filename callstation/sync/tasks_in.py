"""Open tasks from the CRM: ours come back as callbacks that were moved or kept there, new ones become follow-ups."""

from typing import Any
from uuid import uuid4

from callstation.calling.targets import settle
from callstation.sync.attribute import NOT_SAID, plain
from callstation.sync.attributes import CALLBACK
from callstation.sync.taking import Page, compare, find_by_key, uid_of_marker
from callstation.work import Work
from db.nouns import Callback
from db.stored import from_micros
from db.vocabulary import CallbackKind, CallbackStatus, SyncEntity

NOTE = 500


def take_task(work: Work, page: Page, record: dict[str, Any]) -> dict[str, Any] | None:
    """One task; None where it is no business of a call target (yet)."""
    crm_id = record["Id"]
    if work.row("SELECT 1 FROM activity WHERE crm_id = ?", (crm_id,)) is not None:
        return _kept_agreed(page, crm_id)
    if find_by_key(work, "activity", record, page.context) is not None:
        return {}
    found = work.row("SELECT id FROM callback WHERE crm_id = ?", (crm_id,))
    callback_id = int(found[0]) if found else find_by_key(work, "callback", record, page.context)
    if callback_id is None:
        uid = uid_of_marker(record.get("CallObject"), page.context)
        if uid is not None and _is_withdrawn(work, uid):
            return None  # undone here meanwhile
        return _make_callback(work, page, record, uid or uuid4().hex)
    merged = compare(work, page, SyncEntity.CALLBACK, callback_id, record)
    change_callback(work, callback_id, merged.take)
    return merged.agreed


def change_callback(work: Work, callback_id: int, take: dict[str, Any]) -> None:
    """Move, keep or reopen what is owed as the CRM says."""
    values: dict[str, Any] = {}
    if "due_at" in take:
        values["due_at"] = from_micros(take["due_at"])
    if "is_done" in take:
        is_done = take["is_done"]
        values["status"] = CallbackStatus.DONE if is_done else CallbackStatus.OPEN
        values["closed_at"] = work.now if is_done else None
    if values:
        work.update(Callback, callback_id, **values)
        _settle_target(work, callback_id)


def _settle_target(work: Work, callback_id: int) -> None:
    found = work.row("SELECT target_id FROM callback WHERE id = ?", (callback_id,))
    if found is not None:
        settle(work, found[0])


def _kept_agreed(page: Page, crm_id: str) -> dict[str, Any]:
    base = page.bases.get(crm_id)
    return base.local if base is not None else {}


def _is_withdrawn(work: Work, uid: str) -> bool:
    return work.row("SELECT 1 FROM withdrawal WHERE uid = ?", (uid,)) is not None


def _make_callback(work: Work, page: Page, record: dict[str, Any], uid: str) -> dict[str, Any] | None:
    due = next(one for one in CALLBACK if one.name == "due_at")
    due_at: Any = due.read(record, page.context) if due.read is not None else NOT_SAID
    account_id = page.accounts.get(record.get("AccountId") or "")
    if record.get("IsClosed") or account_id is None or due_at is NOT_SAID:
        return None
    target = work.row("SELECT id FROM call_target WHERE account_id = ?", (account_id,))
    if target is None:
        return None
    words = " ".join(part for part in (plain(record.get("Subject")), plain(record.get("Description"))) if part)
    callback_id = work.insert(
        Callback, uid=uid, kind=CallbackKind.FOLLOW_UP, status=CallbackStatus.OPEN, target_id=target[0],
        due_at=from_micros(due_at), note=words[:NOTE], crm_id=record["Id"],
    )  # fmt: skip
    settle(work, int(target[0]))
    return _agreed(work, callback_id, page)


def _agreed(work: Work, callback_id: int, page: Page) -> dict[str, Any]:
    """Everything of it as it stands is agreed on: nothing of a task of theirs is sent but what is changed here."""
    from callstation.sync.local import read_records

    return dict(next(read_records(work, SyncEntity.CALLBACK, [callback_id], page.context)).values)
