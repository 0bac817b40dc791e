"""`callstation forecast`, `retention`, `coverage` and `report`: what they print, keep and refuse."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from callstation.app import App
from callstation.clock import SystemClock
from callstation.paths import Places
from callstation.settings import Settings, save_settings
from callstation.work import Work
from db.nouns import Contract, Renewal
from tests import factories
from tests.cli.conftest import Run


def read(result: Result) -> Any:
    assert result.exit_code in (0, 3), result.stderr
    return json.loads(result.stdout)


def test_the_forecast_has_a_cell_for_each_category_and_month_and_a_total(run: Run) -> None:
    found = read(run("forecast", "--json"))
    cells = found["renewals"]["cells"]
    assert len(cells) == 6 * 5
    totals = [one for one in cells if one["month"] is None]
    assert sum(one["count"] for one in totals) == 1
    keys = {one["key"] for one in found["renewals"]["figures"]}
    assert {"commit_forecast", "weighted", "quota", "gap", "coverage", "attainment", "needed_calls"} <= keys
    assert found["growth"]["overdue"]["count"] == 0


def test_a_quota_is_set_used_and_taken_away(run: Run) -> None:
    said = read(run("forecast", "quota", "250,000.50", "--period", "year", "--json"))
    assert said["quota"] == "250000.50"
    figures = {one["key"]: one for one in read(run("forecast", "--period", "year", "--json"))["renewals"]["figures"]}
    assert figures["quota"]["value"] == "250000.50"
    assert read(run("forecast", "--period", "year", "--json"))["growth"]["figures"]
    assert read(run("forecast", "quota", "none", "--period", "year", "--json"))["quota"] is None
    assert run("forecast", "quota", "none", "--period", "year").exit_code == 1


@pytest.mark.parametrize(
    ("language", "typed", "quota"),
    [("en_US", "2,500.75", "2500.75"), ("en_US", "50k", "50000.00"), ("de_DE", "1,5", "1.50"),
     ("de_DE", "2500,75", "2500.75"), ("de_DE", "2.500", "2500.00"), ("fr_FR", "2 500,75", "2500.75")],
)  # fmt: skip
def test_a_quota_is_read_as_the_language_of_the_settings_writes_it(
    run: Run, folder: Path, language: str, typed: str, quota: str
) -> None:
    save_settings(Places(folder).settings, Settings(time_zone="America/New_York", language=language))
    assert read(run("forecast", "quota", typed, "--json"))["quota"] == quota


def test_a_quota_is_of_the_month_and_says_which_counts_beside_others(run: Run) -> None:
    first = read(run("forecast", "quota", "1000", "--on", "2027-02-10", "--json"))
    assert (first["period"], first["words"]) == ("Feb 2027", "set for Feb 2027")
    quarter = read(run("forecast", "quota", "5000", "--period", "quarter", "--on", "2027-02-10", "--json"))
    assert quarter["words"] == "set for FY27 Q1, not what is set for 1 of its 3 months"
    year = run("forecast", "quota", "9000", "--period", "year", "--on", "2027-02-10").stdout
    assert "set for FY27, not what is set for 1 of its 4 quarters" in " ".join(year.split())
    assert "of a quota" in " ".join(run("forecast", "--help").stdout.replace("│", " ").split())


def test_the_figures_of_days_that_lie_ahead_are_refused_as_their_report_is(run: Run) -> None:
    ahead = (SystemClock().now() + timedelta(days=40)).date().isoformat()
    for what in ("day", "week"):
        for more in ((), ("--pdf",), ("--json",)):
            result = run("report", what, "--on", ahead, *more)
            assert (result.exit_code, result.stdout) == (1, "")
            assert "lies ahead" in result.stderr
    assert run("report", "week", "--on", "9999-12-31").exit_code == 1


def test_no_number_of_a_table_is_cut(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(work: Work) -> None:
        for number in range(2, 16):
            due_on = work.today.replace(day=1) + timedelta(days=28 * (number - 8))
            contract = factories.contract(work, 1, due_on, f"C-{number}")
            factories.renewal(work, contract, 1, due_on, amount=Decimal("123456789.25"))

    app = App(Places(folder).store, settings=Settings(time_zone="America/New_York"), clock=SystemClock())
    app.do(fill)
    app.close()
    for width in (40, 80, 120, 200):
        monkeypatch.setattr("callstation.cli.frame.PIPE_WIDTH", width)
        for words in (("forecast", "--period", "year"), ("coverage", "--all"), ("retention",), ("report", "week")):
            result = run(*words)
            assert "…" not in result.stdout, words
    said = run("forecast", "--period", "year").stdout
    assert said.count("Renewals ") == 3, "a year stands below itself, four months beside each other"
    assert "$123,456,789.25" in said


def test_what_is_in_no_sum_is_said(run: Run, folder: Path) -> None:
    def fill(work: Work) -> None:
        for number, (currency, amount, days) in enumerate(
            [("GBP", Decimal(100), 20), ("USD", None, 20), ("GBP", Decimal(70), -90), ("USD", None, -90)], start=2
        ):
            due_on = work.today + timedelta(days=days)
            contract = factories.contract(work, 1, due_on, f"C-{number}", currency=currency)
            factories.renewal(work, contract, 1, due_on, currency=currency, amount=amount)

    app = App(Places(folder).store, settings=Settings(time_zone="America/New_York"), clock=SystemClock())
    app.do(fill)
    app.close()
    said = run("forecast").stdout
    assert "1 of the 3 counted has no amount." in said
    assert "2 still open, expected before" in said
    assert "not in that sum: 1 in GBP, for which no exchange rate is set (70.00 GBP), 1 without an amount." in said
    side = read(run("forecast", "--json"))["renewals"]
    assert side["overdue"]["unvalued"] == 1
    assert side["overdue"]["without_rate"] == {"GBP": "70.00"}
    assert "2 in GBP: no exchange rate is set, counted but in no value." in run("coverage").stdout


@pytest.mark.parametrize(
    "words",
    [("forecast", "budget"), ("forecast", "--period", "week"), ("forecast", "quota", "much"),
     ("forecast", "quota", "nan"), ("forecast", "quota", "12abc"), ("forecast", "quota", "1.2.3"),
     ("forecast", "quota", "2.500,750,1"), ("forecast", "quota", "5000 EUR"), ("forecast", "quota", ""),
     ("forecast", "quota", "5", "--period", "rolling"), ("retention", "--by", "colour"),
     ("coverage", "--from", "2027-02-30"), ("coverage", "--from", "2027-03-01", "--to", "2027-02-01"),
     ("report", "year"), ("report", "day", "--out", ".")],
)  # fmt: skip
def test_what_is_asked_wrongly_ends_with_2_and_a_sentence(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr.strip()


def test_retention_keeps_due_and_closed_apart(run: Run) -> None:
    found = read(run("retention", "--by", "product", "--from", "2000-01-01", "--to", "2099-12-31", "--json"))
    assert found["due"][-1]["due"] == 1
    assert found["due"][-1]["open"] == 1
    assert [one["won"] for one in found["closed"]] == [0]
    assert "Up for renewal" in run("retention", "--from", "2000-01-01", "--to", "2099-12-31").stdout


def test_coverage_ends_with_3_while_somebody_has_nothing(run: Run, folder: Path) -> None:
    found = read(run("coverage", "--json"))
    assert found["due"] == 1
    assert sum(part["count"] for part in found["parts"]) == 1
    assert run("coverage").exit_code == (3 if found["nothing"] else 0)
    app = App(Places(folder).store, settings=Settings(time_zone="America/New_York"), clock=SystemClock())
    app.do(lambda work: work.derive("UPDATE call_target SET phone_id = NULL, due_at = NULL, state = 'blocked'"))
    app.close()
    result = run("coverage", "--json")
    assert result.exit_code == 3
    assert read(result)["rows"][0]["why"] == "no_number"
    assert "Find a number" in run("coverage").stdout


def test_what_ended_and_is_still_open_is_due_until_a_window_is_typed(run: Run, folder: Path) -> None:
    app = App(Places(folder).store, settings=Settings(time_zone="America/New_York"), clock=SystemClock())
    today = app.ask(lambda work: work.today)
    ended = today - timedelta(days=800)

    def end(work: Work) -> None:
        work.update(Renewal, 1, due_on=ended)
        work.update(Contract, 1, ends_on=ended)

    app.do(end)
    app.close()
    result = run("coverage", "--json")
    found = read(result)
    assert (result.exit_code, found["ended"], found["nothing"], found["is_green"]) == (3, 1, 1, False)
    assert [row["why"] for row in found["rows"]] == ["over"]
    said = run("coverage").stdout
    assert "In it: 1 that ended before and is still open." in said
    assert "Nobody is missed" not in said
    typed = run("coverage", "--from", f"{today}", "--json")
    assert (typed.exit_code, read(typed)["due"], read(typed)["ended"]) == (0, 0, None)


def test_the_figures_of_a_week_are_printed_with_their_formulas(run: Run) -> None:
    rows = {one["key"]: one for one in read(run("report", "week", "--json"))}
    assert rows["calls"]["formula"] == "Calls logged."
    assert rows["margin"]["value"] is None
    assert "Reach rate" in run("report", "day").stdout


def test_a_report_is_filed_and_copied(run: Run, folder: Path, tmp_path: Path) -> None:
    found = read(run("report", "day", "--pdf", "--xlsx", "--json"))
    assert [Path(one).parent.name for one in found["files"]] == ["Reports", "Reports"]
    assert Path(found["files"][0]).read_bytes().startswith(b"%PDF")
    listed = {row["document_id"]: row for row in read(run("documents", "--json"))}
    assert {listed[one]["kind"] for one in found["document_ids"]} == {"day_sheet"}
    first, content = Path(found["files"][0]), Path(found["files"][0]).read_bytes()
    first.unlink()
    assert read(run("documents", "--again", str(found["document_ids"][0]), "--json"))["file"] == str(first)
    assert first.read_bytes() == content
    out = tmp_path / "here.pdf"
    run("report", "week", "--pdf", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")


def test_the_readme_says_which_commands_end_with_3() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert "`coverage` while a contract has nothing" in readme


@pytest.mark.parametrize("by", ["partner", "segment", "product", "year"])
def test_retention_up_to_the_last_day_of_all_is_told(run: Run, by: str) -> None:
    found = read(run("retention", "--by", by, "--from", "9990-01-01", "--to", "9999-12-31", "--json"))
    assert found["due"][-1]["due"] == found["closed"][-1]["won"] == 0


def test_more_periods_than_anybody_reads_are_refused(run: Run) -> None:
    result = run("retention", "--by", "month", "--from", "0001-01-01")
    assert result.exit_code == 1
    assert "too many months" in result.stderr


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_cells_of_the_first_and_the_last_month_open_their_contracts(folder: Path, day: str) -> None:
    from callstation.renewals.forecast import Measure, filter_of, forecast, period_named
    from callstation.renewals.pipeline import pipeline

    app = App(Places(folder).store, settings=Settings(time_zone="America/New_York"))
    for name in ("month", "year", "rolling"):
        period = app.ask(period_named, name, date.fromisoformat(day))
        side = app.ask(forecast, period).side(is_growth=False)
        for month in (None, *side.months):
            assert app.ask(pipeline, filter_of(side.cell(Measure.TOTAL, month), period)).rows == ()
    app.close()
