"""The import's questions and verbs, the same for the window and the command line."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from callstation.accounts.importing.assuming import ask_about, assume, remark
from callstation.accounts.importing.collector import no_cycle_search
from callstation.accounts.importing.contract_list import CONTRACT_LIST, Preview
from callstation.accounts.importing.known import stamp
from callstation.accounts.importing.listed import listed_now
from callstation.accounts.importing.mapping import map_columns
from callstation.accounts.importing.merging import Progress, Writer
from callstation.accounts.importing.plan import About, Decisions
from callstation.accounts.importing.preview import Counts, ListPreview, ListSort
from callstation.accounts.importing.profiles import find_profile, remember
from callstation.accounts.importing.source import Overrides, Source
from callstation.accounts.importing.unchanged import changed_rows, part_of, remembered_digests, row_digests
from callstation.accounts.importing.undoing import put_in_again, take_back
from callstation.errors import UserError
from callstation.work import Work
from db.stored import from_micros, to_micros
from db.vocabulary import Verdict

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Batch:
    """One merged list; ``counts`` are its rows by verdict."""

    batch_id: int
    file_name: str
    source: str
    merged_at: datetime
    counts: dict[Verdict, int]
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a merge did. ``made`` and ``changed`` are rows by table."""

    batch_id: int
    counts: Counts
    made: dict[str, int]
    changed: dict[str, int]


def preview(
    work: Work, source: Source, overrides: Overrides | None = None, decisions: Decisions | None = None
) -> Preview:
    """A verdict for every contract, with nothing changed. ``UserError`` where a told column does not exist."""
    return preview_as(work, CONTRACT_LIST, source, overrides, decisions)


@no_cycle_search()
def preview_as(
    work: Work, sort: ListSort[R], source: Source, overrides: Overrides | None = None,
    decisions: Decisions | None = None,
) -> ListPreview[R]:  # fmt: skip
    """The same for a list of any sort."""
    told, lexicon = overrides or Overrides(), sort.lexicon
    table, kept = source.table, find_profile(work, source, told.profile, lexicon.name)
    mapping = map_columns(table, lexicon, told=told.columns, remembered=kept.columns)
    assumed = assume(work, lexicon, told, kept, mapping)
    digests = row_digests(table, mapping, assumed)
    planned = changed_rows(table, mapping, digests, remembered_digests(work, kept.source_id), sort.together)
    looked_at = table if planned is None else part_of(table, planned)
    rows = sort.stage(looked_at, mapping, assumed)
    shown = replace(
        assumed, usual_order=rows.date_order or assumed.usual_order, usual_mark=rows.decimal_mark or assumed.usual_mark
    )
    if shown != assumed:  # what it shows is not what was assumed, so old rows mean something else than before
        digests = row_digests(table, mapping, shown)
        if planned is not None:
            planned, looked_at = None, table
            rows = sort.stage(table, mapping, shown)
    about = About(kept.name, source.name, assumed.valid_on or work.today)
    plan = sort.make_plan(work, rows, looked_at, about, decisions or {})
    wishes = (*kept.columns.items(), *told.columns.items())
    absent = {item: None for item, header in wishes if header is None}
    profile = replace(
        kept,
        columns={**absent, **{item: choice.header for item, choice in mapping.items()}},
        date_order=assumed.date_order,
        decimal_mark=assumed.decimal_mark,
        shown_order=rows.date_order or kept.shown_order,
        shown_mark=rows.decimal_mark or kept.shown_mark,
        region=(told.region or kept.region).upper(),
        currency=(told.currency or kept.currency).upper(),
        plan_months=assumed.plan_months,
    )
    questions = ask_about(source, lexicon, mapping, rows, assumed)
    remarks = remark(rows, told, kept, shown)
    return ListPreview(
        sort, source, told, profile, mapping, plan, planned, digests, shown, stamp(work), questions, remarks
    )


@no_cycle_search()
def merge(
    work: Work,
    previewed: ListPreview[Any],
    decisions: Decisions | None = None,
    *,
    progress: Progress = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> ImportResult:
    """Write what the preview shows: one transaction, one step that can be undone, at once or later.

    ``progress`` gets rows done and rows in all. ``CancelledError`` where ``is_cancelled`` says so: nothing is kept.
    """
    if decisions is not None or previewed.plan.is_spent or previewed.stamp != stamp(work):
        previewed = preview_as(work, previewed.sort, previewed.source, previewed.overrides, decisions)
    plan, counts = previewed.plan, previewed.counts
    plan.is_spent = True
    source_id = remember(work, previewed.source, previewed.profile)
    listed = listed_now(work, previewed, source_id) if previewed.sort.has_contracts else None
    cursor = work.raw.execute(
        "INSERT INTO import_batch (source_id, file_name, merged_at, counts, row_digests, listed) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (source_id, previewed.source.name, to_micros(work.now), json.dumps(counts.verdicts), _taken(previewed), listed),
    )
    batch_id: int = cursor.lastrowid
    writer = Writer(work, plan, batch_id, progress, is_cancelled)
    writer.write()
    taken = counts.verdicts[Verdict.NEW] + counts.verdicts[Verdict.UPDATE]
    work.journal.label = f"Imported {taken:,} {previewed.sort.noun[taken != 1]} of {previewed.source.name}"
    work.journal.reversal = (lambda work: take_back(work, batch_id), lambda work: put_in_again(work, batch_id))
    changed = {table: sum(row_id > 0 for row_id in rows) for table, rows in plan.updates.items()}
    return ImportResult(batch_id, counts, writer.written, changed)


def _taken(previewed: ListPreview[Any]) -> bytes:
    """The digests of all rows that the store now agrees with."""
    verdicts = (Verdict.NEW, Verdict.UPDATE, Verdict.SAME)
    return b"".join(previewed.digests[at] for verdict in verdicts for at in previewed.rows_with(verdict))


def undo_import(work: Work, batch_id: int) -> str:
    """Take a merged list back; the file's name. ``UserError`` naming what was touched since, with nothing changed."""
    row = work.row("SELECT file_name, undone_at FROM import_batch WHERE id = ?", (batch_id,))
    if row is None:
        raise UserError(f"There is no import {batch_id}.", "", "Look at the list of imports.")
    name = str(row[0])
    if row[1] is not None:
        raise UserError("This import is undone already.", f"“{name}” was taken back.", "Import the file again.")
    take_back(work, batch_id)
    work.journal.label = f"Undid the import of {name}"
    work.journal.reversal = (lambda work: put_in_again(work, batch_id), lambda work: take_back(work, batch_id))
    return name


def batches(work: Work) -> list[Batch]:
    """Every merged list, the newest first."""
    rows = work.rows(
        """SELECT b.id, b.file_name, coalesce(s.name, ''), b.merged_at, b.counts, b.undone_at
           FROM import_batch b LEFT JOIN import_source s ON s.id = b.source_id ORDER BY b.id DESC"""
    )
    return [_batch(row) for row in rows]


def _batch(row: tuple[Any, ...]) -> Batch:
    batch_id, file_name, source, merged_at, counts, undone_at = row
    by_verdict = {Verdict(name): number for name, number in json.loads(counts).items()}
    undone = None if undone_at is None else from_micros(undone_at)
    return Batch(batch_id, file_name, source, from_micros(merged_at), by_verdict, undone)
