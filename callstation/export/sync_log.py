"""The sync's own log as two CSV files: the receipts of what was done, and the outbox as it stands."""

from pathlib import Path
from typing import Any

from callstation.errors import UserError
from callstation.export.files import write_csv
from callstation.export.sheets import Column, Kind, Sheet
from callstation.sync.describing import title_of
from callstation.sync.receipt import KEPT, receipts
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import SyncEntity

RECEIPTS = (
    Column("started_at", "Started", Kind.MOMENT), Column("finished_at", "Finished", Kind.MOMENT),
    Column("sent", "Sent", Kind.NUMBER), Column("received", "Received", Kind.NUMBER),
    Column("refused", "Refused", Kind.NUMBER), Column("conflicts", "To decide", Kind.NUMBER),
    Column("waiting", "Waiting afterwards", Kind.NUMBER), Column("requests", "Requests", Kind.NUMBER),
    Column("api_used", "API calls of 24 hours", Kind.NUMBER), Column("api_limit", "Of", Kind.NUMBER),
    Column("took_s", "Seconds", Kind.NUMBER), Column("is_balanced", "Both sides agree", Kind.NUMBER),
    Column("problem", "Problem"),
)  # fmt: skip
OUTBOX = (
    Column("marked_at", "Changed", Kind.MOMENT), Column("account", "Account"), Column("what", "Change"),
    Column("state", "State"), Column("entity", "Kind"), Column("record_id", "Record", Kind.NUMBER),
    Column("attempts", "Attempts", Kind.NUMBER), Column("code", "Code"), Column("message", "Message"),
)  # fmt: skip


def write_sync_log(work: Work, folder: Path) -> tuple[Path, Path]:
    """Write receipts and outbox into ``folder``, named after the minute; where they are.

    ``UserError`` where the folder cannot be written.
    """
    stamp = work.now.astimezone(work.settings.zone).strftime("%Y-%m-%d-%H%M")
    made = (Sheet("receipts", RECEIPTS, _receipts(work)), Sheet("outbox", OUTBOX, _outbox(work)))
    paths = tuple(folder / f"sync-{one.name}-{stamp}.csv" for one in made)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one, path in zip(made, paths, strict=True):
            half = path.with_name(path.name + ".part")
            write_csv(one, half)
            half.replace(path)
    except OSError as error:
        raise UserError(
            "The log could not be written.", f"{folder}: {error.strerror}.", "Free some space or check the folder."
        ) from error
    return paths[0], paths[1]


def _receipts(work: Work) -> list[tuple[Any, ...]]:
    zone = work.settings.zone
    return [
        (
            one.started_at.astimezone(zone), one.finished_at.astimezone(zone), one.sent, one.received, one.refused,
            one.conflicts, one.waiting, one.requests, one.api_used, one.api_limit, round(one.took_s, 3),
            int(one.is_balanced) if one.counts else None, one.problem,
        )
        for one in receipts(work, limit=KEPT)
    ]  # fmt: skip


def _outbox(work: Work) -> list[tuple[Any, ...]]:
    zone = work.settings.zone
    rows = []
    for entity, record_id, at, state, attempts, code, message in work.rows(
        "SELECT entity, record_id, marked_at, state, attempts, code, message FROM outbox_entry "
        "ORDER BY marked_at, entity, record_id"
    ):
        title = title_of(work, SyncEntity(entity), record_id)
        rows.append((from_micros(at).astimezone(zone), title.account, title.what, state, entity, record_id, attempts,
                     code, message))  # fmt: skip
    return rows
