"""getUpdated and getDeleted: which records changed in a stretch of time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.saving import Saver
from callstation.sync.practice.schema import SObject
from callstation.sync.practice.values import moment_text

_UPDATED_FOR, _DELETED_FOR = timedelta(days=30), timedelta(days=15)


def updated(saver: Saver, one: SObject, start: datetime, end: datetime) -> dict[str, Any]:
    """``{ids, latestDateCovered}`` of live records; minutes count, seconds are cut off as the real org does."""
    since, until = _stretch(saver, start, end, _UPDATED_FOR)
    rows = saver.tables.rows(
        f'SELECT Id FROM "{one.name}" WHERE SystemModstamp >= ? AND SystemModstamp < ? AND NOT IsDeleted '
        "ORDER BY SystemModstamp, Id",
        (since, until),
    )
    return {"ids": [row[0] for row in rows], "latestDateCovered": until}


def deleted(saver: Saver, one: SObject, start: datetime, end: datetime) -> dict[str, Any]:
    """``{deletedRecords: [{id, deletedDate}], earliestDateAvailable, latestDateCovered}``; 15 days back."""
    since, until = _stretch(saver, start, end, _DELETED_FOR)
    rows = saver.tables.rows(
        "SELECT record_id, at FROM _gone WHERE sobject = ? AND at >= ? AND at < ? ORDER BY at, record_id",
        (one.name, since, until),
    )
    earliest = moment_text(datetime.fromisoformat(saver.now()) - _DELETED_FOR)
    return {
        "deletedRecords": [{"id": record_id, "deletedDate": at} for record_id, at in rows],
        "earliestDateAvailable": earliest,
        "latestDateCovered": until,
    }


def _stretch(saver: Saver, start: datetime, end: datetime, most: timedelta) -> tuple[str, str]:
    now = datetime.fromisoformat(saver.now())
    start, end = (at.astimezone(UTC).replace(second=0, microsecond=0) for at in (start, end))
    if start >= end:
        raise OrgError("INVALID_REPLICATION_DATE", "startDate must be before endDate")
    if start < now - most - timedelta(minutes=1):
        raise OrgError("INVALID_REPLICATION_DATE", f"startDate cannot be more than {most.days} days ago")
    return moment_text(start), moment_text(end)
