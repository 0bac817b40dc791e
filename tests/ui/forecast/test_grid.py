"""The forecast by keys: cells that open their contracts, figures that explain themselves, quotas, adjustments."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.adjustments import adjustments_in
from callstation.renewals.forecast import GRID, period_named
from callstation.renewals.measures import Measure
from callstation.renewals.pipeline_filter import Standing
from callstation.renewals.quotas import quota_of
from callstation.renewals.snapshots import take_snapshot
from db.vocabulary import ForecastCategory, RenewalStage
from tests.ui.forecast.conftest import Hands, at_forecast
from tests.ui.pages_for_tests import DeskForTests
from tests.ui.pipeline.book import One, fill
from tests.ui.walk import HOSTILE, nameless, rich
from ui.forecast.editing import NONE, read_adjustment, read_quota
from ui.forecast.figures import FigureBar, FigureView
from ui.shell import Shell

COMMIT, MOST_LIKELY, BEST_CASE = (GRID.index(one) for one in (Measure.COMMIT, Measure.MOST_LIKELY, Measure.BEST_CASE))


def adjustments(hands: Hands) -> list[tuple[Decimal, str]]:
    period = hands.app.ask(period_named, "rolling")
    return [(one.amount, one.note) for one in hands.app.ask(adjustments_in, period)]


def test_four_months_and_their_total_stand_beside_last_week(hands: Hands) -> None:
    grid = hands.page.grid
    assert grid.heads == ("Nov 2026", "Dec 2026", "Jan 2027", "Feb 2027", "Total")
    december = grid.cells[COMMIT][1]
    assert (december.amount, december.count, december.week_ago, december.change) == ("$5,000", "1", "$0", "+$5,000")
    same = grid.cells[MOST_LIKELY][1]
    assert (same.amount, same.week_ago, same.change) == ("$9,000", "$9,000", "=")
    assert "beside the book as Mon 23 Nov began" in hands.page.layout_.said.text()


def test_a_cell_opens_its_contracts_and_from_there_the_desk(hands: Hands, shell: Shell) -> None:
    grid = hands.page.grid
    hands.press("Right", "J")
    assert grid.place == (COMMIT, 1)
    assert "Commit, Dec 2026: $5,000 in 1 renewal" in grid.accessibleDescription()
    hands.press("Return")
    assert hands.accounts() == ["Aster Freight"]
    assert hands.page.listing.table.hasFocus()
    hands.press("Return")
    assert shell.current == "desk"
    desk = shell.page("desk")
    assert isinstance(desk, DeskForTests)
    assert "target_id" in desk.told[-1]


def test_escape_goes_back_from_the_list_to_the_cell(hands: Hands) -> None:
    hands.press("Right", "J", "Return", "Escape")
    assert hands.page.listing.isHidden()
    assert hands.page.grid.hasFocus()
    hands.press("K", "Return")
    assert hands.page.listing.isHidden()  # nothing is closed


def test_every_cell_lists_as_many_as_it_counts(hands: Hands) -> None:
    for _ in range(2):
        for row, line in enumerate(hands.page.grid.cells):
            for column, cell in enumerate(line):
                hands.page.grid.choose(row, column)
                hands.page._open_cell()
                assert str(hands.page.listing.count) == cell.count, cell.said
        hands.press("Escape", "L")


def test_growth_is_a_page_of_its_own(hands: Hands) -> None:
    hands.press("L")
    assert hands.page.grid.cells[BEST_CASE][-1].amount == "$700"
    assert hands.page.grid.cells[COMMIT][-1].count == "0"
    hands.press("L")
    assert hands.page.grid.cells[COMMIT][-1].count == "1"


def test_digits_choose_the_period_and_shift_arrows_move_it(hands: Hands) -> None:
    seen = []
    for key in ("2", "3", "4", "1"):
        hands.press(key)
        assert hands.page.found is not None
        seen.append(hands.page.found.period.name)
    assert seen == ["Nov 2026", "FY26 Q4", "FY26", "Nov 2026 to Feb 2027"]
    hands.press("2", "Shift+Right")
    assert hands.page.grid.heads == ("Dec 2026", "Total")
    hands.press("Shift+Left")
    assert hands.page.grid.heads == ("Nov 2026", "Total")


def test_a_year_scrolls_its_months_and_keeps_the_total_in_view(hands: Hands) -> None:
    hands.press("4", "Home", *["Right"] * 11)
    grid = hands.page.grid
    assert not grid.cell_rect(0, 11).isEmpty()
    assert not grid.cell_rect(0, 12).isEmpty()
    assert grid.cell_rect(0, 0).isEmpty()


def test_a_quota_is_typed_in_place_and_the_figures_follow(hands: Hands, app: App) -> None:
    hands.press("3", "End", "Q")
    hands.type("100000")
    hands.press("Return")
    period = app.ask(period_named, "quarter")
    assert app.ask(quota_of, period).amount == Decimal(100000)
    assert hands.figure("gap") == "$100,000"
    assert hands.page.grid.hasFocus()
    hands.press("Ctrl+Z")
    assert hands.figure("quota") == "–"


def test_a_quota_of_nothing_typed_is_taken_away(hands: Hands, app: App) -> None:
    hands.press("2", "Q")
    hands.type("5000")
    hands.press("Return", "Q")
    assert hands.page.ask.field.text() == "5000"
    hands.press("Delete", "Return")
    assert app.ask(quota_of, app.ask(period_named, "month")).amount is None


def test_a_rolling_total_has_no_quota_of_its_own(hands: Hands) -> None:
    hands.press("End", "Q")
    assert not hands.page.ask.is_asking


def test_an_adjustment_is_made_with_a_note_changed_and_taken_away(hands: Hands) -> None:
    hands.press("Right", "J", "N")
    hands.type("+2500")
    assert not hands.page.ask.save.isEnabled()  # no note yet
    hands.type(" the PO is promised")
    hands.press("Return")
    assert adjustments(hands) == [(Decimal(2500), "the PO is promised")]
    assert hands.page.grid.cells[COMMIT][1].amount == "$7,500"
    assert "+$2,500: the PO is promised" in hands.page.layout_.told.text()
    assert hands.figure("commit_forecast") == "$7,500"
    hands.press("N", "1")
    assert hands.page.ask.field.text() == "+2500 the PO is promised"
    hands.type("-300 a smaller one")
    hands.press("Return")
    assert adjustments(hands) == [(Decimal(-300), "a smaller one")]
    hands.press("N", "1", "Delete", "Return")
    assert adjustments(hands) == []


def test_what_was_adjusted_is_in_the_list_the_bridge_and_next_week_beside(hands: Hands, clock: ManualClock) -> None:
    hands.press("Right", "J", "N")
    hands.type("-1500 a smaller order")
    hands.press("Return")
    hands.press("Return")
    listing = hands.page.listing
    rows = [listing.model.row(place) for place in range(listing.model.rowCount())]
    amounts = [Decimal(one.amount or 0) for one in rows if one is not None]
    assert (amounts, sum(amounts)) == ([Decimal(5000), Decimal(-1500)], Decimal(3500))
    assert listing.model.words(1, 1) == "Adjusted: a smaller order"
    assert "$3,500" in listing.said.text()
    hands.press("Escape", "B")
    found = hands.page.bridge.found
    assert found is not None
    assert found.bridge.end == hands.page.cells[COMMIT][-1].total == Decimal(3500)
    assert [hands.page.bridge.model.words(row, 1) for row in range(2)] == ["Aster Freight", "Your adjustment"]
    hands.press("B")
    clock.advance(60)
    hands.app.record(take_snapshot)
    clock.advance(7 * 86_400)
    hands.page.refresh()
    hands.settle()
    cell = hands.page.grid.cells[COMMIT][0]  # December is the first month by then
    assert (cell.amount, cell.week_ago, cell.change) == ("$3,500", "$3,500", "=")


def test_what_is_omitted_and_totals_of_months_are_not_adjusted(hands: Hands) -> None:
    hands.press("Down", "End", "N")
    assert not hands.page.ask.is_asking
    hands.press("Home", *["J"] * 5, "N")
    assert not hands.page.ask.is_asking


def test_figures_explain_themselves_and_open_their_list(hands: Hands) -> None:
    hands.press("E", "Right")
    told = hands.page.layout_.told.text()
    assert told.startswith("Commit forecast $5,000 = closed + commit; Nov 2026 to Feb 2027; n = 1")
    hands.press("Return")
    assert hands.accounts() == ["Aster Freight"]
    hands.press("Escape", "E", "Down")
    assert "Quota" in hands.page.layout_.told.text()


def test_what_was_expected_before_is_a_list_too(hands: Hands) -> None:
    hands.press("2", "Shift+Right", "O")
    assert hands.accounts() == ["Kestrel Analytics"]


def test_a_cell_opens_in_the_pipeline_under_its_filter(hands: Hands, shell: Shell) -> None:
    hands.press("Right", "J", "P")
    assert shell.current == "pipeline"
    wanted = shell.page("pipeline").wanted  # type: ignore[attr-defined]
    assert wanted.standing is Standing.OPEN
    assert ForecastCategory.COMMIT in wanted.categories


def test_what_has_no_rate_is_said_and_not_dropped(hands: Hands) -> None:
    hands.press(*["J"] * 4)
    assert "not in it, for there is no rate: €12,000 in 1" in hands.page.layout_.told.text()
    assert hands.page.grid.cells[hands.page.grid.place[0]][0].is_short


def test_a_click_takes_a_cell_and_a_double_click_opens_it(hands: Hands) -> None:
    grid = hands.page.grid
    at: QPoint = grid.cell_rect(COMMIT, 1).center()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=at)
    assert grid.place == (COMMIT, 1)
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, pos=at)
    assert hands.accounts() == ["Aster Freight"]


def test_right_to_left_turns_the_grid_and_its_arrows(hands: Hands) -> None:
    grid = hands.page.grid
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert grid.cell_rect(0, 0).x() > grid.cell_rect(0, 4).x()
    hands.press("Left")
    assert grid.place == (0, 1)
    grid.grab()


def test_an_empty_book_says_so(shell: Shell, app: App) -> None:
    hands = at_forecast(shell, app)
    assert hands.page.layout_.empty.isVisible()
    hands.press("J", "Return", "E", "O", "N", "Escape")


def test_one_contract_without_a_snapshot_has_no_change(shell: Shell, app: App) -> None:
    app.record(fill, (One("Aster", 3, "10", RenewalStage.QUOTED, ForecastCategory.BEST_CASE),), has_growth=False)
    hands = at_forecast(shell, app)
    cell = hands.page.grid.cells[BEST_CASE][0]
    assert (cell.amount, cell.week_ago, cell.change) == ("$10", "", "")
    assert "No snapshot is a week old yet" in hands.page.layout_.note.text()


def test_hostile_words_stay_words(shell: Shell, app: App, clock: ManualClock) -> None:
    names = tuple(
        One(words[:200] or "empty", 3, "10", RenewalStage.QUOTED, ForecastCategory.BEST_CASE, step=words[:200])
        for words in HOSTILE
    )
    app.record(fill, names)
    hands = at_forecast(shell, app)
    hands.press("J", "J", "J", "Return")
    assert hands.page.listing.count == len(HOSTILE)
    hands.press("Escape", "N")
    hands.page.ask.field.setText(f"+5 {HOSTILE[0]}")
    hands.press("Return")
    assert HOSTILE[0] in hands.page.layout_.told.text()
    hands.page.grab()
    assert rich(hands.page) == []
    assert nameless(hands.page) == []


@pytest.mark.parametrize(
    ("typed", "value"),
    [("+5000 why", (Decimal(5000), "why")), ("−1,200.50  a  b", (Decimal("-1200.50"), "a b")), ("5000", None),
     ("0 nothing", None), ("why", None), ("", None), ("NaN x", None)],
)  # fmt: skip
def test_an_adjustment_is_an_amount_and_a_note(typed: str, value: object, app: App) -> None:
    assert read_adjustment(typed, app.settings).value == value


def test_an_empty_field_takes_away_what_is_there(app: App) -> None:
    assert read_adjustment(" ", app.settings, is_there=True).value == NONE
    assert read_quota("", app.settings).value == NONE
    assert read_quota("lots", app.settings).value is None


def test_rates_and_what_was_expected_before_stand_on_a_line_of_their_own(hands: Hands) -> None:
    hands.press("2", "Shift+Right")
    layout = hands.page.layout_
    assert layout.note.isVisible()
    assert "1 still open, expected before the period" in layout.note.text()
    assert layout.said.text() == "Dec 2026, beside the book as Mon 23 Nov began"


def test_the_months_stand_as_bars_with_their_quotas_and_a_mark_opens_its_contracts(hands: Hands) -> None:
    december = hands.page.below.chart
    assert december.view.isVisible()
    hands.press("Right", "J", "Q")
    hands.type("20000")
    hands.press("Return")
    chart = december.view.chart
    assert chart is not None
    assert chart.labels == ("Nov 2026", "Dec 2026", "Jan 2027", "Feb 2027")
    assert chart.goals == (None, Decimal(20_000), None, None)
    december.view.setFocus()
    hands.press("Right", *["Up"] * 9, "Down", "Return")
    point = december.view.current
    assert point is not None
    series = chart.series[point.series]
    assert hands.page.listing.count == series.counts[point.place]
    assert hands.page.listing.title.text() == f"{series.name}, {chart.labels[point.place]}"


def test_the_chart_turns_into_a_table_of_which_a_row_opens_its_month(hands: Hands) -> None:
    hands.press("T")
    table = hands.page.below.chart.table
    assert table is not None
    assert table.hasFocus()
    hands.press("Down", "Return")
    assert hands.page.listing.title.text() == "Total, Dec 2026"
    assert sorted(hands.accounts()) == ["Aster Freight", "Halden Robotics", "Orchard & Vine"]
    hands.press("Escape", "T")
    assert not hands.page.below.chart.is_table


def test_a_list_follows_the_cell_in_hand_beside_the_chart(hands: Hands) -> None:
    hands.press("Right", "J", "Return")
    assert hands.page.below.chart.isVisible()
    hands.page.grid.setFocus()
    hands.press("J")
    assert hands.accounts() == ["Orchard & Vine"]
    hands.press("J")
    assert hands.accounts() == ["Halden Robotics"]
    hands.page.resize(1000, 800)
    assert hands.page.below.chart.isHidden()


def test_a_low_window_has_small_figures_and_no_chart_and_large_type_keeps_it(hands: Hands) -> None:
    hands.page.resize(1093, 539)
    assert hands.page.below.chart.isHidden()
    assert hands.page.figures.figures[0].sizeHint().height() < 30
    hands.page.resize(1093, 600)
    assert not hands.page.below.chart.isHidden()


def test_figures_made_in_a_low_window_are_small_from_the_start() -> None:
    bar = FigureBar()
    bar.be_compact(True)
    bar.show_figures([FigureView("a", "Commit forecast", "$1", "why", short="Commit")])
    assert bar.figures[0].sizeHint().height() < 30
    bar.resize(90, 30)
    bar.grab()
