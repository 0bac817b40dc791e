"""The figures of the work by keys: each explains itself and opens its list, charts too, and a report is filed."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.reports.kpis import Key
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ForecastCategory, RenewalStage
from tests.ui.pages_for_tests import DeskForTests
from tests.ui.reports.conftest import Hands, at_reports
from tests.ui.walk import nameless, rich
from ui.reports.spans import KINDS, beside, span_of
from ui.shell import Shell


def value(hands: Hands, key: Key) -> str:
    return next(one.view.value for one in hands.page.figures.figures.figures if one.view.key == key)


def test_each_figure_says_what_it_is_made_of(hands: Hands) -> None:
    assert [value(hands, key) for key in (Key.CALLS, Key.CONVERSATIONS, Key.REACH_RATE)] == ["3", "1", "33.3%"]
    assert value(hands, Key.RENEWED_VALUE) == "$0"
    hands.press("E", "Right", "Right")
    told = hands.page.figures.told.text()
    assert told.startswith("Reach rate 33.3% = Conversations / calls; Week of 23 Nov 2026; n = 3 calls")
    assert "the week before -" in told


def test_a_figure_opens_its_list_and_escape_goes_back(hands: Hands) -> None:
    hands.press("E", "Return")
    view = hands.page.figures
    assert [row.account for row in view.list.rows] == ["Halden Robotics"] * 3
    assert view.list.table.hasFocus()
    hands.press("J", "Escape")
    assert view.list.isHidden()
    assert view.figures.figures[0].hasFocus()


def test_a_row_of_the_list_opens_its_account(hands: Hands, shell: Shell) -> None:
    hands.press("E", "Return", "Return")
    assert shell.current in ("desk", "accounts")
    assert not isinstance(shell.page("reports"), DeskForTests)


def test_a_mark_of_the_chart_opens_the_calls_it_counts(hands: Hands) -> None:
    view = hands.page.figures
    chart = view.by_day.chart
    assert chart is not None
    assert [one.name for one in chart.series] == ["No answer", "Call back"]
    view.by_day.view.setFocus()
    hands.press("Right", "Return")
    assert len(view.list.rows) == 2
    assert view.list.title.text() == "Calls, no answer, Mon 23 Nov: 2"
    view.by_day.opened.emit(1, 0)
    assert len(view.list.rows) == 1
    view.by_day.turn()
    view.by_day.opened.emit(0, 0)
    assert view.list.title.text() == "Calls, Mon 23 Nov: 3"


def test_calls_of_a_year_stand_by_month_and_open_them(hands: Hands) -> None:
    hands.press("P", "5")
    view = hands.page.figures
    chart = view.by_day.chart
    assert chart is not None
    assert chart.title == "Calls by month and outcome"
    assert [one.values[-1] for one in chart.series] == [2, 1]
    view.by_day.opened.emit(0, len(chart.labels) - 1)
    assert view.list.title.text() == "Calls, no answer, Nov 2026: 2"


def test_an_hour_of_the_heat_map_opens_its_calls(hands: Hands) -> None:
    hands.page.figures._open_hour(0, 0)
    assert len(hands.page.figures.list.rows) == 3


def test_the_period_is_chosen_and_moved(hands: Hands) -> None:
    hands.press("P", "1")
    assert value(hands, Key.CALLS) == "3"
    hands.press("Shift+Left")
    assert hands.page.span.starts_on == date(2026, 11, 22)
    assert value(hands, Key.CALLS) == "0"
    hands.press("Shift+Right", "P", "5")
    assert hands.page.span.name == "FY26"


def test_a_report_is_filed_by_key(hands: Hands, qtbot: QtBot) -> None:
    folder = Path(hands.shell.places.documents)
    hands.press("X", "1")
    qtbot.waitUntil(lambda: bool(list(folder.rglob("*Day sheet.pdf"))), timeout=30_000)
    qtbot.waitUntil(lambda: not hands.page.ask.is_asking)
    QApplication.processEvents()


def test_an_empty_book_has_figures_of_nothing(shell: Shell, app: App) -> None:
    hands = at_reports(shell, app)
    assert value(hands, Key.CALLS) == "0"
    assert value(hands, Key.REACH_RATE) == "-"
    hands.press("E", "Return", "J", "Escape", "X", "Escape")
    assert hands.page.figures.list.isHidden()
    hands.page.grab()
    assert rich(hands.page) == []
    assert nameless(hands.page) == []


def test_periods_follow_each_other_up_to_where_dates_end() -> None:
    for kind in KINDS:
        span = span_of(kind, date(2026, 11, 23), 2)
        assert span.starts_on <= date(2026, 11, 23) <= span.ends_on
        assert span_of(kind, beside(span, is_later=True), 2).starts_on > span.ends_on
        assert span_of(kind, beside(span, is_later=False), 2).ends_on < span.starts_on
    assert beside(span_of("day", date.max, 1), is_later=True) == date.max
    assert beside(span_of("day", date.min, 1), is_later=False) == date.min


def test_marks_of_quotes_and_renewals_open_their_lists(hands: Hands, app: App) -> None:
    app.record(closed)
    hands.press("P", "3")
    view = hands.page.figures
    chart = view.renewals.chart
    assert chart is not None
    assert chart.title == "Renewals closed by week"
    assert [sum(int(value or 0) for value in one.values) for one in chart.series] == [1, 0, 1]
    view.renewals.view.setFocus()
    hands.press("End", "Up", "Up", "Return")
    assert view.list.title.text() == "Renewals won in time, 23 Nov: 1"
    assert [row.what for row in view.list.rows] == ["C-0"]
    hands.press("Escape")
    assert view.quotes.chart is not None
    assert view.quotes.chart.is_empty
    view.renewals.turn()
    view.renewals.opened.emit(0, len(chart.labels) - 1)
    assert view.list.title.text() == "Renewals closed, 23 Nov: 2"


def test_all_charts_turn_into_tables_by_one_key(hands: Hands) -> None:
    hands.press("T")
    assert all(panel.is_table for panel in hands.page.figures.panels)
    hands.press("T", "2", "T")
    assert not any(panel.is_table for panel in hands.page.figures.panels)
    assert hands.page.retention.chart.is_table


def closed(work: Work) -> None:
    """One renewal won before its end, one lost."""
    for renewal_id, stage in ((1, RenewalStage.WON), (2, RenewalStage.LOST)):
        work.update(Renewal, renewal_id, stage=stage, category=ForecastCategory.CLOSED, closed_at=work.now)
