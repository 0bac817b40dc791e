"""Reports on file: listed like documents, made again byte for byte from what was kept, taken back by undo."""

from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from callstation.app import App
from callstation.demo import make_book
from callstation.documents.filing import documents_of, make_again, put_back, recent_documents, states_of
from callstation.errors import UserError
from callstation.renewals.snapshots import take_snapshot
from callstation.reports.kept import as_plain, from_plain
from callstation.reports.making import ReportKind, make_report, print_page, read_report
from callstation.reports.pack_facts import PackFacts, pack_facts
from callstation.reports.report import Report
from callstation.work import Work
from db.vocabulary import DocumentKind, FileFormat
from tests.ui.walk import HOSTILE

EVERY = [(kind, one) for kind in ReportKind for one in (FileFormat.PDF, FileFormat.XLSX)]


@pytest.fixture
def full(app: App) -> App:
    app.record(make_book, 60, seed=3)
    return app


def differing(one: Any, other: Any) -> list[str]:
    """Where two values differ in their types: equal numbers of two types would be written as two things."""
    if type(one) is not type(other):
        return [f"{one!r} is no {other!r}"]
    if is_dataclass(one):
        return [said for part in fields(one) for said in differing(getattr(one, part.name), getattr(other, part.name))]
    if isinstance(one, tuple):
        return [said for pair in zip(one, other, strict=True) for said in differing(*pair)]
    return [] if one == other else [f"{one!r} is not {other!r}"]


def test_what_is_kept_is_read_again_value_by_value_and_type_by_type(full: App) -> None:
    full.record(take_snapshot)
    day = full.ask(lambda work: work.today)
    for kind in ReportKind:
        report = full.ask(read_report, kind, day)
        assert differing(from_plain(Report, as_plain(report)), report) == []
        facts = full.ask(pack_facts, day, is_week=kind is ReportKind.WEEK)
        assert differing(from_plain(PackFacts, as_plain(facts)), facts) == []


def test_a_report_is_on_file_like_a_letter_and_is_no_accounts(full: App, tmp_path: Path) -> None:
    day = full.ask(lambda work: work.today)
    for kind, file_format in EVERY:
        made = make_report(full, kind, file_format, day, folder=tmp_path)
        assert made.is_new
        row = full.ask(recent_documents, limit=1)[0]
        assert (row.document_id, row.kind, row.file_format) == (made.document_id, kind.document, file_format)
        assert (row.account_id, row.account, row.title) == (None, "", made.path.stem)
        again = make_report(full, kind, file_format, day, folder=tmp_path)
        assert (again.document_id, again.path, again.is_new) == (made.document_id, made.path, False)
    assert len(full.ask(recent_documents)) == len(EVERY)
    assert all(full.ask(documents_of, account_id) == () for account_id in range(1, 60))
    assert full.ask(states_of, tmp_path) == {}


def test_it_is_made_again_byte_for_byte_when_the_book_has_moved_on(full: App, clock: Any, tmp_path: Path) -> None:
    day = full.ask(lambda work: work.today)
    made = [make_report(full, *which, day, folder=tmp_path) for which in EVERY]
    before = [one.path.read_bytes() for one in made]

    def change(work: Work) -> None:
        for number, words in enumerate(HOSTILE):
            work.derive("UPDATE account SET name = ? WHERE id % 9 = ?", (words or "x", number))
        work.derive("UPDATE renewal SET amount = amount * 2, stage = 'quoted' WHERE closed_at IS NULL")

    full.do(change)
    clock.advance(40 * 86_400)
    for one, content in zip(made, before, strict=True):
        assert make_again(full, one.document_id) == content
        one.path.unlink()
        assert put_back(full, one.document_id, folder=tmp_path) == one.path
        assert one.path.read_bytes() == content


def test_undo_takes_it_off_the_record_and_the_next_making_adopts_the_file(full: App, tmp_path: Path) -> None:
    day = full.ask(lambda work: work.today)
    made = make_report(full, ReportKind.WEEK, FileFormat.PDF, day, folder=tmp_path)
    full.undo()
    assert full.ask(recent_documents) == ()
    assert made.path.exists()
    again = make_report(full, ReportKind.WEEK, FileFormat.PDF, day, folder=tmp_path)
    assert (again.path, again.is_new, len(full.ask(recent_documents))) == (made.path, True, 1)


def test_hostile_names_are_kept_as_they_are(full: App, tmp_path: Path) -> None:
    day = full.ask(lambda work: work.today)
    report = full.ask(read_report, ReportKind.DAY, day)
    for words in (*HOSTILE, "\ud800 half a letter"):
        made = print_page(full, words.strip() or "Page", report.sections, folder=tmp_path)
        assert made.path.is_relative_to(tmp_path / "Reports")
        assert make_again(full, made.document_id) == made.path.read_bytes()
    assert {one.kind for one in full.ask(recent_documents)} == {DocumentKind.PRINTED_PAGE}


def test_a_report_of_a_day_ahead_leaves_nothing(full: App, tmp_path: Path) -> None:
    ahead = full.ask(lambda work: work.today) + timedelta(days=1)
    with pytest.raises(UserError, match="lies ahead"):
        make_report(full, ReportKind.DAY, FileFormat.PDF, ahead, folder=tmp_path)
    assert full.ask(recent_documents) == ()
    assert list(tmp_path.rglob("*.pdf")) == []
