"""Reports on paper and as a spreadsheet: what the engines say, the same bytes each time, safe with hostile data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from callstation.app import App
from callstation.demo import make_book
from callstation.errors import UserError
from callstation.percents import percent
from callstation.renewals.coverage import Cover, ledger
from callstation.renewals.forecast import Measure, forecast, period_named
from callstation.renewals.retention import due_in
from callstation.renewals.snapshots import take_snapshot
from callstation.reports.making import ReportKind, make_report
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import FileFormat, ForecastCategory
from tests.documents.papers import pages_of, squeezed, words_of_pdf
from tests.ui.walk import HOSTILE

Made = Callable[..., Path]


@pytest.fixture
def made(app: App, tmp_path: Path) -> Made:
    def make(kind: ReportKind, file_format: FileFormat = FileFormat.PDF, folder: str = "documents") -> Path:
        day = app.ask(lambda work: work.today)
        return make_report(app, kind, file_format, day, folder=tmp_path / folder).path

    return make


def test_an_empty_book_has_both_reports_in_both_forms_and_each_says_so(made: Made) -> None:
    assert "No call was logged." in words_of_pdf(made(ReportKind.DAY).read_bytes())
    said = words_of_pdf(made(ReportKind.WEEK).read_bytes())
    assert "Calls by day Nothing to show." in said
    assert "Nothing ends from" in said
    assert "There is no snapshot by" in said
    for kind in ReportKind:
        assert made(kind, FileFormat.XLSX).stat().st_size > 5000


def test_the_weekly_report_says_what_the_engines_say(app: App, made: Made) -> None:
    app.record(make_book, 150, seed=3)
    said = words_of_pdf(made(ReportKind.WEEK).read_bytes())
    today = app.ask(lambda work: work.today)
    found = app.ask(forecast, app.ask(period_named, "rolling"))
    cell = found.renewals.cell(Measure.TOTAL)
    assert f"{cell.total:,.0f} ({cell.amount.count:,})" in said
    due = app.ask(due_in, today.replace(month=1, day=1), today)
    assert due.total.grr is not None
    assert percent(due.total.grr) in said
    cover = app.ask(partial(ledger, with_ended=True), today, today + timedelta(days=120))
    assert cover.ended
    assert f"{cover.due - cover.ended:,} contracts end" in said
    assert f"{cover.ended:,} contracts ended before and are still open" in said
    assert f"{cover.parts[Cover.CONTACT].count:,} spoken to" in said


def test_the_same_report_is_the_same_file_and_is_filed_once(app: App, made: Made) -> None:
    app.record(make_book, 40, seed=3)
    for kind in ReportKind:
        for file_format in (FileFormat.PDF, FileFormat.XLSX):
            first, again = made(kind, file_format), made(kind, file_format)
            assert first == again
            assert first.read_bytes() == made(kind, file_format, "other").read_bytes()


def test_what_moved_is_named_with_its_contract(app: App, clock: Any, made: Made) -> None:
    app.record(make_book, 60, seed=3)
    app.record(take_snapshot)
    clock.advance(7 * 86_400)
    renewal_id, number = app.ask(
        lambda work: work.rows(
            "SELECT r.id, k.number FROM renewal r JOIN contract k ON k.id = r.contract_id WHERE r.closed_at IS NULL "
            "AND r.category = 'pipeline' AND r.due_on BETWEEN '2026-12-01' AND '2027-01-31' LIMIT 1"
        )
    )[0]
    app.do(lambda work: work.update(Renewal, renewal_id, category=ForecastCategory.COMMIT, is_category_picked=True))
    said = words_of_pdf(made(ReportKind.WEEK).read_bytes())
    assert "Category in" in said
    assert squeezed(number) in squeezed(said)


def test_who_was_missed_is_named(app: App, made: Made) -> None:
    app.record(make_book, 60, seed=3)
    app.do(lambda work: work.derive("UPDATE call_target SET phone_id = NULL, due_at = NULL, state = 'blocked'"))
    today = app.ask(lambda work: work.today)
    found = app.ask(partial(ledger, with_ended=True), today, today + timedelta(days=120))
    assert found.nothing > 0
    said = words_of_pdf(made(ReportKind.WEEK).read_bytes())
    assert f"{found.nothing:,} contract" in said
    assert "Nobody: every contract is covered." not in said


def test_hostile_names_are_words_on_paper_and_no_formula_in_the_spreadsheet(app: App, made: Made) -> None:
    import openpyxl

    app.record(make_book, 40, seed=3)

    def rename(work: Work) -> None:
        for place, words in enumerate((*HOSTILE, '=HYPERLINK("http://x","y")')):
            work.derive("UPDATE account SET name = ? WHERE id % 9 = ?", (words or "x", place))

    app.do(rename)
    for kind in ReportKind:
        assert made(kind).read_bytes().startswith(b"%PDF")
    book = openpyxl.load_workbook(made(ReportKind.WEEK, FileFormat.XLSX))
    for page in ("Opportunities", "Due", "Coverage"):
        formulas = [cell.value for row in book[page].iter_rows() for cell in row if cell.data_type == "f"]
        assert all(str(one).startswith("=IF(") for one in formulas)


def test_a_report_of_a_day_ahead_is_refused_with_words(app: App, tmp_path: Path) -> None:
    today = app.ask(lambda work: work.today)
    with pytest.raises(UserError, match="lies ahead"):
        make_report(app, ReportKind.WEEK, FileFormat.PDF, today + timedelta(days=1), folder=tmp_path)
    with pytest.raises(UserError, match="not made as Word"):
        make_report(app, ReportKind.WEEK, FileFormat.DOCX, today, folder=tmp_path)


def test_numbers_are_written_as_the_language_of_the_settings_has_them(app: App, made: Made) -> None:
    app.record(make_book, 150, seed=3)
    app.settings = replace(app.settings, language="de_DE")
    said = words_of_pdf(made(ReportKind.WEEK).read_bytes())
    found = app.ask(forecast, app.ask(period_named, "rolling"))
    cell = found.renewals.cell(Measure.TOTAL)
    assert f"{cell.total:,.0f} ({cell.amount.count})".replace(",", ".") in said
    due = app.ask(due_in, app.ask(lambda work: work.today).replace(month=1, day=1), app.ask(lambda work: work.today))
    assert squeezed(percent(due.total.grr, "de_DE")) in squeezed(said)


def test_a_name_without_a_space_does_not_fill_a_page(app: App, made: Made) -> None:
    app.record(make_book, 40, seed=3)
    app.do(lambda work: work.derive("UPDATE account SET name = ?", ("W" * 5000,)))
    app.do(lambda work: work.derive("UPDATE call_target SET phone_id = NULL, due_at = NULL, state = 'blocked'"))
    content = made(ReportKind.WEEK).read_bytes()
    assert len(pages_of(content)) < 12
    assert "W…" in "".join(words_of_pdf(content).split())
