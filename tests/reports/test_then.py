"""Reports of earlier days: what they said when those days were over, and never today's numbers in their place."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.demo import make_book
from callstation.documents.filing import make_again
from callstation.renewals.cover import Cover
from callstation.renewals.coverage import ledger
from callstation.renewals.forecast import Measure, period_named
from callstation.renewals.retention import By, due_in
from callstation.renewals.snapshots import take_snapshot
from callstation.renewals.states import state_on
from callstation.reports.covered_then import covered_then
from callstation.reports.daily import day_sections
from callstation.reports.making import ReportKind, make_report
from callstation.reports.report import Section
from callstation.reports.retained_then import due_then
from callstation.reports.then import end_of, forecast_then
from callstation.reports.week_coverage import AHEAD
from callstation.reports.weekly import week_sections
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import FileFormat
from tests.documents.papers import words_of_pdf

DAY = 86_400
CHANGES = ("commit", "most_likely", "best_case", "pipeline")


def a_day_of_work(work: Work, some: Random) -> None:
    """Categories, amounts and dates move; a few are won, a few lost, a few spoken to."""
    now = to_micros(work.now)
    for (renewal_id,) in work.rows("SELECT id FROM renewal WHERE closed_at IS NULL ORDER BY id"):
        match some.randrange(12):
            case 0:
                work.derive("UPDATE renewal SET category = ? WHERE id = ?", (some.choice(CHANGES), renewal_id))
            case 1:
                work.derive("UPDATE renewal SET amount = amount * 3 / 2 WHERE id = ?", (renewal_id,))
            case 2:
                won = "UPDATE renewal SET stage = 'won', category = 'closed', closed_at = ? WHERE id = ?"
                work.derive(won, (now, renewal_id))
            case 3:
                lost = "UPDATE renewal SET stage = 'lost', category = 'omitted', loss_reason = 'price', closed_at = ?"
                work.derive(f"{lost} WHERE id = ?", (now, renewal_id))
            case _:
                pass


def speak(work: Work, some: Random) -> None:
    """A few conversations, each about every open contract of its person."""
    from tests.factories import activity

    for target_id, account_id in work.rows("SELECT id, account_id FROM call_target ORDER BY id"):
        if some.randrange(5) == 0:
            activity(
                work, account_id, target_id=target_id, is_reached=True, happened_at=work.now, happened_on=work.today
            )
            work.derive(
                "UPDATE renewal SET last_contact_at = ? WHERE target_id = ? AND closed_at IS NULL",
                (to_micros(work.now), target_id),
            )


def words_of(sections: tuple[Section, ...], *titles: str) -> list[Any]:
    """The tables and charts of the sections whose titles begin so."""
    return [(one.table, one.chart) for one in sections if one.title.startswith(titles)]


@pytest.fixture
def fortnight(app: App, clock: ManualClock) -> tuple[App, dict[date, Any]]:
    """Two weeks of work, a snapshot each weekday as it is opened; by day, what the engines said when it was over."""
    app.record(make_book, 80, seed=5)
    app.record(lambda work: work.derive("UPDATE activity SET is_reached = 0"))  # the desk's conversations alone
    app.record(lambda work: work.derive("UPDATE renewal SET last_contact_at = NULL"))
    some, told = Random(7), {}
    for number in range(15):
        day = app.ask(lambda work: work.today)
        if day.weekday() < 5:
            app.record(take_snapshot)
            clock.advance(3600)
            app.do(speak, some)
            app.do(a_day_of_work, some)
        year = date(day.year, 1, 1)
        told[day] = {
            "week": app.ask(week_sections, day),
            "moves": app.ask(day_sections, day)[-1],
            "due": app.ask(due_in, year, day, by=By.MONTH),
            "cover": app.ask(partial(ledger, with_ended=True), day, day + AHEAD),
        }
        if number < 14:
            clock.advance(DAY)
    return app, told


def test_the_forecast_and_the_bridge_of_an_earlier_week_are_those_of_its_last_evening(
    fortnight: tuple[App, dict[date, Any]],
) -> None:
    app, told = fortnight
    today = max(told)
    sundays = [day for day in told if day.weekday() == 6 and day < today]
    assert sundays
    checked = 0
    for sunday in sundays:
        for any_day in (sunday, sunday - timedelta(days=3)):
            later = app.ask(week_sections, any_day)
            then = told[sunday]["week"]
            for title in ("Four-month", "Growth"):
                assert words_of(later, title) == words_of(then, title)
            bridges = [one for one in later if one.title.startswith("What moved")]
            were = [one for one in then if one.title.startswith("What moved")]
            assert len(bridges) == len(were) == (sunday - timedelta(days=7) >= min(told))
            for bridge, was in zip(bridges, were, strict=True):
                assert bridge.table == was.table
                assert bridge.chart is not None
                assert was.chart is not None
                assert bridge.chart.series[0].values == was.chart.series[0].values
                checked += 1
            assert app.ask(week_sections, today) != later
    assert checked


def test_the_forecast_of_then_is_the_sum_of_the_states_of_the_snapshot_after_it(
    fortnight: tuple[App, dict[date, Any]],
) -> None:
    app, told = fortnight
    rates = {"USD": Decimal(1)}
    for day in sorted(told)[:-1]:
        end = app.ask(end_of, day)
        assert end is not None
        period = app.ask(period_named, "rolling", day)
        found = app.ask(forecast_then, period, day)
        assert found is not None
        if end.taken is None:
            continue
        states = app.ask(state_on, end.taken.taken_on) or {}
        for measure in Measure:
            some = [
                state for key, state in states.items()
                if not key.is_growth and state.close_on in period and state.category in measure.categories
            ]  # fmt: skip
            cell = found.renewals.cell(measure)
            assert cell.amount.count == len(some)
            own = sum(Decimal(state.units or 0) / 10_000 for state in some if state.currency in rates)
            assert sum(one.amount for one in cell.amount.originals if one.currency in rates) == own


def test_the_moves_of_an_earlier_day_are_those_of_its_evening_also_over_a_weekend(
    fortnight: tuple[App, dict[date, Any]],
) -> None:
    app, told = fortnight
    days = [day for day in sorted(told)[:-1] if day.weekday() < 5]
    assert any(day.weekday() == 4 for day in days)
    for day in days:
        assert app.ask(day_sections, day)[-1].table == told[day]["moves"].table


def test_retention_of_then_counts_as_open_what_was_closed_later(fortnight: tuple[App, dict[date, Any]]) -> None:
    app, told = fortnight
    today = max(told)
    differs = 0
    for day, was in told.items():
        now = app.ask(due_then, date(day.year, 1, 1), day, day)
        assert (now.groups, now.total) == (was["due"].groups, was["due"].total)
        differs += app.ask(due_in, date(day.year, 1, 1), day, by=By.MONTH) != was["due"]
        assert day == today or app.ask(due_then, date(day.year, 1, 1), day, today) is not None
    assert differs > 3


def test_coverage_of_then_counts_conversations_and_closes_by_then_alone(
    fortnight: tuple[App, dict[date, Any]],
) -> None:
    app, told = fortnight
    for day, was in told.items():
        found = app.ask(covered_then, day, AHEAD)
        parts = was["cover"].parts
        assert found.spoken == parts[Cover.CONTACT].count
        assert found.closed == parts[Cover.CLOSED].count
        assert found.due == was["cover"].due


def test_without_a_snapshot_that_old_it_is_said_in_words_and_no_number_of_today_stands_there(
    app: App, clock: ManualClock, tmp_path: Path
) -> None:
    app.record(make_book, 40, seed=5)
    early = app.ask(lambda work: work.today) - timedelta(days=8)
    clock.advance(10 * DAY)
    app.record(take_snapshot)
    sections = app.ask(week_sections, early)
    (forecast,) = [one for one in sections if one.title == "Four-month forecast"]
    (bridge,) = [one for one in sections if one.title == "Bridge"]
    for one in (forecast, bridge):
        assert (one.table, one.chart) == (None, None)
        assert "is not known: no snapshot is as old" in one.words[0]
    path = make_report(app, ReportKind.WEEK, FileFormat.PDF, early, folder=tmp_path).path
    said = words_of_pdf(path.read_bytes())
    assert "no snapshot is as old" in said
    assert "Nothing that was in the book by then" in said
    assert "Who was missed" not in said


def test_an_adjustment_of_today_is_in_no_report_of_last_week(app: App, clock: ManualClock) -> None:
    from callstation.renewals.adjustments import adjust
    from db.vocabulary import ForecastCategory

    app.record(make_book, 40, seed=5)
    app.record(take_snapshot)
    month = app.ask(lambda work: work.today)
    app.do(adjust, month, ForecastCategory.COMMIT, Decimal(111), "By then")
    clock.advance(7 * DAY)
    app.record(take_snapshot)
    app.do(adjust, month, ForecastCategory.COMMIT, Decimal(5555), "Since")
    found = app.ask(forecast_then, app.ask(period_named, "rolling", month), month)
    assert found is not None
    assert [one.note for one in found.adjustments] == ["By then"]
    assert found.renewals.cell(Measure.COMMIT).adjusted == 111


def test_the_pack_of_an_earlier_week_has_the_rows_of_its_last_evening(
    fortnight: tuple[App, dict[date, Any]], tmp_path: Path
) -> None:
    import openpyxl

    app, told = fortnight
    sunday = next(day for day in sorted(told) if day.weekday() == 6)
    path = make_report(app, ReportKind.WEEK, FileFormat.XLSX, sunday - timedelta(days=2), folder=tmp_path).path
    book = openpyxl.load_workbook(path, data_only=True)
    assert "Coverage" not in book.sheetnames
    summary = [[cell.value for cell in row] for row in book["Summary"].iter_rows()]
    assert "the end of 29 Nov 2026" in str(summary[2][0])
    (then,) = [one for one in told[sunday]["week"] if one.title == "Four-month forecast"]
    found = {row[0]: row[1:] for row in reversed(summary)}  # renewals stand above growth
    for label, *cells in then.table.rows:
        amounts = [Decimal(cell.partition(" ")[0].replace(",", "").replace("–", "0")) for cell in cells[:5]]
        assert [round(Decimal(str(value))) for value in found[label][:5]] == pytest.approx(amounts, abs=1)
    due = told[sunday]["due"].total
    assert found["Contracts due"][0] == due.due
    assert found["GRR, kept / up for renewal"][0] == pytest.approx(float(due.grr), abs=1e-4)


def test_the_pack_of_a_week_without_a_snapshot_has_no_forecast_and_says_why(app: App, tmp_path: Path) -> None:
    import openpyxl

    app.record(make_book, 40, seed=5)
    early = app.ask(lambda work: work.today) - timedelta(days=8)
    made = make_report(app, ReportKind.WEEK, FileFormat.XLSX, early, folder=tmp_path)
    book = openpyxl.load_workbook(made.path, data_only=True)
    assert set(book.sheetnames) == {"Summary", "Calls", "Due", "Growth", "Rates"}
    assert "no snapshot is as old" in str(book["Summary"]["A3"].value)
    assert make_again(app, made.document_id) == made.path.read_bytes()
