"""The spreadsheet of a report: each number of its summary is a formula, and comes to what the engines say."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from callstation.app import App
from callstation.demo import make_book
from callstation.renewals.adjustments import adjust
from callstation.renewals.changing import change_many
from callstation.renewals.coverage import Cover, ledger
from callstation.renewals.fiscal import month_name
from callstation.renewals.forecast import Measure, Side, forecast, period_named
from callstation.renewals.growth import make_growth
from callstation.renewals.retention import due_in
from callstation.renewals.state import Key
from callstation.reports.making import ReportKind, make_report
from callstation.work import Work
from db.vocabulary import FileFormat, ForecastCategory, RenewalStage

CENT = Decimal("0.01")
_SHOWN = (Measure.CLOSED, Measure.COMMIT, Measure.MOST_LIKELY, Measure.BEST_CASE, Measure.PIPELINE)
Grid = list[tuple[Any, ...]]


@pytest.fixture
def pack(app: App, tmp_path: Path) -> Callable[[], Path]:
    def make() -> Path:
        return make_report(app, ReportKind.WEEK, FileFormat.XLSX, today(app), folder=tmp_path / "documents").path

    return make


def today(app: App) -> date:
    return app.ask(lambda work: work.today)


def fill(app: App) -> None:
    """Several currencies, one of them without a rate; adjustments up and down; growth of one year and of three."""
    app.settings = app.settings.with_values(rates="EUR: 1.0837, 2026-11-20\nGBP: 1.2713, 2026-11-20")
    app.record(make_book, 150, seed=3)
    app.record(
        lambda work: work.derive("UPDATE renewal SET amount = amount + 37 * id, currency = 'EUR' WHERE id % 3 = 0")
    )
    app.record(lambda work: work.derive("UPDATE renewal SET amount = NULL WHERE id % 19 = 0"))
    due = app.ask(
        Work.rows, "SELECT DISTINCT account_id FROM renewal WHERE due_on BETWEEN '2026-01-01' AND '2026-11-23' LIMIT 6"
    )
    for number, (account_id,) in enumerate(due):
        currency, months = ("USD", "EUR", "CHF")[number % 3], Decimal((12, 36, 7)[number // 2])
        values: dict[str, Any] = {"amount": Decimal("1234.57"), "currency": currency, "term_months": months}
        app.do(change_many, [Key(True, app.do(make_growth, account_id, **values))], stage=RenewalStage.WON)
        app.do(make_growth, account_id, close_on=date(2026, 12, 9), **values)
    for month, category, amount, is_growth in (
        (date(2026, 11, 1), ForecastCategory.COMMIT, "1500.25", False),
        (date(2026, 12, 1), ForecastCategory.COMMIT, "-900.10", False),
        (date(2026, 12, 1), ForecastCategory.COMMIT, "33", False),
        (date(2027, 1, 1), ForecastCategory.PIPELINE, "-7", False),
        (date(2026, 12, 1), ForecastCategory.PIPELINE, "70", True),
        (date(2027, 6, 1), ForecastCategory.COMMIT, "999", False),  # beyond the four months
    ):  # fmt: skip
        app.do(adjust, month, category, Decimal(amount), "=1+1 they said", is_growth=is_growth)


def summary(path: Path, *, is_formulas: bool = False) -> Grid:
    return list(openpyxl.load_workbook(path, data_only=not is_formulas)["Summary"].iter_rows(values_only=True))


def check(app: App, grid: Grid) -> None:
    """Every number of a summary beside the engines' own."""
    found = app.ask(forecast, app.ask(period_named, "rolling"))
    for side, name in ((found.renewals, "Renewals"), (found.growth, "Growth")):
        at = next(place for place, row in enumerate(grid) if row[0] == name)
        last = next(place for place in range(at, len(grid)) if grid[place][0] == "Total")
        _check_side({row[0]: row for row in grid[at : last + 1]}, side)
    said = {row[0]: row[1] for row in grid}
    due = app.ask(due_in, today(app).replace(month=1, day=1), today(app)).total
    assert due.growth > 0
    assert due.grr is not None
    assert due.nrr is not None
    assert due.unit is not None
    assert said["Contracts due"] == due.due
    for label, value in (
        ("Up for renewal, a year", due.target), ("Kept, a year", due.kept), ("Renewed for, a year", due.result),
        ("Growth of accounts with something due, a year", due.growth),
    ):  # fmt: skip
        assert to_the_cent(said[label]) == value, label
    for label, value in (
        ("GRR, kept / up for renewal", due.grr), ("NRR, (renewed for + growth) / up for renewal", due.nrr),
        ("Seats renewed / due", due.unit),
    ):  # fmt: skip
        assert Decimal(str(said[label])).quantize(Decimal("0.0001"), ROUND_HALF_UP) == value, label
    cover = app.ask(partial(ledger, with_ended=True), today(app), today(app) + timedelta(days=120))
    for cover_kind, label in ((Cover.CONTACT, "Spoken to"), (Cover.NOTHING, "Nothing")):
        assert said[label] == cover.parts[cover_kind].count


def _check_side(rows: dict[Any, tuple[Any, ...]], side: Side) -> None:
    for place, month in enumerate((*side.months, None), start=1):
        for measure in (*_SHOWN, Measure.TOTAL):
            cell, label = side.cell(measure, month), (measure.label, month)
            assert to_the_cent(rows[measure.label][place]) == cell.total, label
            if measure is not Measure.TOTAL and side.cell(measure).adjusted:
                assert to_the_cent(rows[f"{measure.label}, contracts"][place]) == cell.amount.base, label
                assert to_the_cent(rows[f"{measure.label}, adjustments"][place]) == cell.adjusted, label
    for measure in (*_SHOWN, Measure.TOTAL):
        assert rows[measure.label][len(side.months) + 2] == side.cell(measure).amount.count
    adjusted = [name for name in rows if name and name.endswith(", adjustments")]
    assert adjusted == [f"{one.label}, adjustments" for one in _SHOWN if side.cell(one).adjusted]


def to_the_cent(value: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.000001")).quantize(CENT, ROUND_HALF_UP)


def reckoned_anew(path: Path, folder: Path) -> Path:
    """The file without any value, as LibreOffice works it out by itself; skips where that is missing."""
    import shutil
    import subprocess

    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed here")
    bare, out = folder / "bare.xlsx", folder / "out"
    openpyxl.load_workbook(path).save(bare)
    out.mkdir()
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir",
         str(out), str(bare)], check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return out / "bare.xlsx"


def test_its_summary_comes_to_what_the_engines_say_to_the_cent(app: App, pack: Callable[[], Path]) -> None:
    fill(app)
    check(app, summary(pack()))


def test_every_number_is_a_formula_over_the_other_pages(app: App, pack: Callable[[], Path]) -> None:
    fill(app)
    path = pack()
    checked = 0
    for shown, formulas in zip(summary(path), summary(path, is_formulas=True), strict=True):
        for value, formula in zip(shown, formulas, strict=True):
            if isinstance(value, int | float):
                assert str(formula).startswith("="), formula
                checked += 1
    assert checked > 90


def test_adjustments_stand_on_a_page_of_their_own_with_their_notes_as_words(app: App, pack: Callable[[], Path]) -> None:
    fill(app)
    rows = list(openpyxl.load_workbook(pack())["Adjustments"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 5
    assert {row[4] for row in rows} == {"=1+1 they said"}
    assert [row[3] for row in rows if row[1] == "Growth"] == [70]


def test_without_adjustments_a_category_is_one_row(app: App, pack: Callable[[], Path]) -> None:
    app.record(make_book, 40, seed=3)
    grid = summary(pack())
    found = app.ask(forecast, app.ask(period_named, "rolling"))
    at = next(place for place, row in enumerate(grid) if row[0] == "Renewals")
    assert [row[0] for row in grid[at + 1 : at + 7]] == [*(one.label for one in _SHOWN), "Total"]
    assert grid[at][1:5] == tuple(month_name(month) for month in found.renewals.months)


@pytest.mark.long
def test_another_program_reckons_the_same_numbers(app: App, pack: Callable[[], Path], tmp_path: Path) -> None:
    fill(app)
    check(app, summary(reckoned_anew(pack(), tmp_path)))
