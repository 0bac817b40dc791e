"""The columns of the two lists of the page of documents: batches, and documents made last."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from callstation.documents.batches import BatchRow
from callstation.documents.filing import DocumentRow
from callstation.documents.kinds import label_of
from callstation.settings import Settings
from db.vocabulary import BatchState
from ui import words
from ui.documents.looking import FORMAT_NAMES
from ui.documents.rows import about, made_words, place_of, whose
from ui.tables import Column
from ui.tokens import Kind

BATCHES_NARROW, DOCUMENTS_NARROW = ("Batch", "Made", "State"), ("Account", "Document", "Made")
Today = Callable[[], date]


def batch_columns(
    settings: Callable[[], Settings], today: Today, is_making: Callable[[], bool]
) -> list[Column[BatchRow]]:
    """Name, what is made, how many of how many, the state, and when it was ordered."""
    return [
        Column("Batch", lambda row: row.name, width=0, role="emphasis", tip=lambda row: row.name),
        Column("What", lambda row: f"{label_of(row.kind)}, {FORMAT_NAMES[row.file_format]}", width=196,
               role="secondary", tone="text2"),
        Column("Made", lambda row: f"{row.made:,} of {row.total:,}", width=112, align="right", is_tabular=True),
        Column("State", lambda row: state(row, is_making())[0], width=124,
               chip=lambda row: (state(row, is_making())[1], None)),
        Column("Ordered", lambda row: moment(row.created_at, today(), settings()), width=104, align="right",
               role="secondary", tone="text2", is_tabular=True),
    ]  # fmt: skip


def document_columns(
    settings: Callable[[], Settings], today: Today, folder: Callable[[], Path]
) -> list[Column[DocumentRow]]:
    """For whom, what, as which file and to whom, whether it is there, and when it was made."""
    return [
        Column("Account", whose, width=0, role="emphasis", tip=whose),
        Column("Document", lambda row: row.title, width=0, tip=lambda row: row.title),
        Column("What", about, width=230, role="secondary", tone="text2", tip=about),
        Column("File", lambda row: "" if place_of(row, folder()) else "Missing", width=92,
               chip=lambda row: ("bad", None)),
        Column("Made", lambda row: made_words(row, today(), settings()), width=104, align="right",
               role="secondary", tone="text2", is_tabular=True),
    ]  # fmt: skip


def moment(at: datetime, today: date, settings: Settings) -> str:
    """``4:30 PM`` for today, else ``24 Nov``."""
    on = at.astimezone(settings.zone).date()
    return words.clock(at, settings) if on == today else words.day(on, today, settings)


def state(row: BatchRow, is_making: bool) -> tuple[str, Kind]:
    """``Done``, ``2 blocked``, ``Stopped`` or, while this window makes it, ``Making``; and its colour."""
    if row.left:
        return ("Making", "info") if is_making and row.state is BatchState.WAITING else ("Stopped", "warn")
    return (f"{row.blocked:,} blocked", "warn") if row.blocked else ("Done", "ok")
