"""Charts on the screen: walked by keys, opened by Enter, told in words, safe with hostile data, in every look."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.reports.chart import Chart, ChartKind, Point, Series, Tone
from tests.reports.charts import months
from tests.ui.walk import HOSTILE, nameless, rich
from ui.chart_paint import colour_of, draw, laid
from ui.chart_panel import AS_CHART, ChartPanel
from ui.charts import ChartView
from ui.theme import theme
from ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens, contrast

CHART = months((48_200, 31_000, None, 9_000), (12_000, 8_000, 4_000, 0))


def shown(qtbot: QtBot, chart: Chart = CHART) -> ChartView:
    view = ChartView("Forecast by month")
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_chart(chart)
    view.show()
    view.setFocus()
    return view


def test_arrows_walk_the_marks_and_enter_opens_the_list_of_one(qtbot: QtBot) -> None:
    view, opened = shown(qtbot), []
    view.opened.connect(lambda series, place: opened.append((series, place)))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(view, key)
    assert view.current == Point(0, 3)  # the unknown third is stepped over
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Enter)
    assert opened == [(0, 3), (1, 3)]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current == Point(1, 0)


def test_right_to_left_turns_the_picture_and_the_arrows(qtbot: QtBot) -> None:
    view = shown(qtbot)
    before = view.drawing.mark_of(Point(0, 0)) if view.drawing else None
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    after = view.drawing.mark_of(Point(0, 0)) if view.drawing else None
    assert before is not None
    assert after is not None
    assert before.box.x < 150 < 400 < after.box.x
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.current == Point(0, 1)


def test_a_screen_reader_hears_the_chart_and_then_each_mark(qtbot: QtBot) -> None:
    view = shown(qtbot)
    assert "November, Commit: 48,200 EUR, 3 contracts" in view.accessibleDescription().replace("\u00a0", " ")
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleDescription().replace("\u00a0", " ") == "November, Commit: 48,200 EUR, 3 contracts"
    assert nameless(view) == []


def test_a_double_click_on_a_bar_opens_its_list(qtbot: QtBot) -> None:
    view, opened = shown(qtbot), []
    view.opened.connect(lambda series, place: opened.append((series, place)))
    assert view.drawing is not None
    mark = view.drawing.mark_of(Point(1, 1))
    assert mark is not None
    x, y = mark.box.middle
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(x) + 4, round(y) + 4))
    assert opened == [(1, 1)]


def test_an_empty_chart_says_so_and_takes_no_key(qtbot: QtBot) -> None:
    view = shown(qtbot, Chart(ChartKind.LINE, "Reach rate", (), ()))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.current is None
    assert view.accessibleDescription() == "Reach rate: nothing to show"
    view.grab()


@pytest.mark.parametrize("kind", [kind for kind in ChartKind if kind is not ChartKind.BRIDGE])
def test_hostile_words_stay_words(qtbot: QtBot, kind: ChartKind) -> None:
    series = tuple(Series(words, tuple(range(len(HOSTILE)))) for words in HOSTILE[:3])
    panel = ChartPanel("Chart")
    qtbot.addWidget(panel)
    panel.resize(500, 300)
    panel.show_chart(Chart(kind, HOSTILE[0], HOSTILE, series))
    panel.show()
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    panel.grab()
    QTest.keyClick(panel.view, Qt.Key.Key_T)
    panel.grab()
    assert panel.is_table
    assert rich(panel) == []
    assert nameless(panel) == []


def test_t_shows_the_table_and_the_chart_again_and_a_row_opens_its_list(qtbot: QtBot) -> None:
    panel, opened = ChartPanel("Forecast by month"), []
    qtbot.addWidget(panel)
    panel.resize(600, 300)
    panel.opened.connect(lambda series, place: opened.append((series, place)))
    panel.show_chart(CHART)
    panel.show()
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_T)
    assert panel.switch.text() == AS_CHART
    assert panel.table is not None
    assert panel.table.rows.words(0, 1) == "48,200"
    panel.table.choose(1)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert opened == [(0, 1)]
    panel.show_chart(months((1, 2, 3, 4)))
    assert panel.table.rows.words(0, 1) == "1"
    QTest.keyClick(panel.table, Qt.Key.Key_T)
    assert not panel.is_table


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST])
def test_every_tone_stands_out_from_the_ground_and_no_two_are_one(tokens: Tokens) -> None:
    colours = {tone: colour_of(tone, tokens) for tone in Tone}
    assert len(set(colours.values())) >= len(Tone) - (tokens is HIGH_CONTRAST)  # there soft is hatched, not lighter
    for tone, colour in colours.items():
        assert contrast(colour, tokens.surface) >= (2.0 if tone is Tone.SOFT else 3.0), tone


def test_a_chart_is_painted_on_paper_as_on_the_screen(qtbot: QtBot, dressed: QApplication) -> None:
    from PySide6.QtGui import QPainter

    theme.apply(dressed, "dark")
    picture = QImage(600, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    made = laid(CHART, 600, 300)
    draw(painter, made, LIGHT)
    painter.end()
    mark = made.mark_of(Point(0, 0))
    assert mark is not None
    x, y = mark.box.middle
    assert picture.pixelColor(round(x), round(y)).name().upper() == LIGHT.accent


def test_of_nothing_there_is_no_table_and_it_says_why(qtbot: QtBot) -> None:
    panel = ChartPanel("Calls", "No call in these days.")
    qtbot.addWidget(panel)
    panel.show()
    panel.show_chart(Chart(ChartKind.BARS, "Calls", (), ()))
    assert panel.switch.isHidden()
    panel.grab()
    panel.show_chart(Chart(ChartKind.BARS, "Calls", ("a",), (Series("Calls", (1,)),)))
    assert not panel.switch.isHidden()
