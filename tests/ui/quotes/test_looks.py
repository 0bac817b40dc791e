"""How the quote shows itself: hostile words, names for a screen reader, small windows, large text, both directions."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from callstation.app import App
from callstation.clock import ManualClock
from callstation.work import Work
from tests.ui.quotes.book import QuoteDesk, quote_desk
from tests.ui.quotes.owned import customers, partner
from tests.ui.walk import HOSTILE, nameless, rich
from ui.theme import theme


@pytest.fixture
def right_to_left(dressed: QApplication) -> Iterator[None]:
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def beyond(desk: QuoteDesk) -> list[str]:
    """Visible parts of the sheet that stick out of it."""
    sheet = desk.quoting.sheet
    QApplication.processEvents()
    found = []
    for widget in sheet.findChildren(QWidget):
        if widget.isVisible() and not sheet.table.isAncestorOf(widget):
            corner = widget.mapTo(sheet, widget.rect().bottomRight())
            if not sheet.rect().adjusted(-1, -1, 1, 1).contains(corner):
                found.append(f"{type(widget).__name__} {corner}")
    return found


def overlapping(desk: QuoteDesk) -> list[str]:
    """Parts of the sheet that lie over one another."""
    sheet = desk.quoting.sheet
    layout = sheet.layout()
    assert layout is not None
    parts = [layout.itemAt(place).widget() for place in range(layout.count())]  # type: ignore[union-attr]
    shown = [part for part in parts if part is not None and part.isVisible()]
    return [
        f"{type(one).__name__} over {type(other).__name__}"
        for place, one in enumerate(shown)
        for other in shown[place + 1 :]
        if one.geometry().intersects(other.geometry())
    ]


def squeezed(desk: QuoteDesk) -> list[str]:
    """Parts of the strip that have less height than they need, or lie over one another."""
    strip = desk.quoting.sheet.strip
    if not strip.isVisible():
        return []
    QApplication.processEvents()
    parts = [one for one in (strip.title, strip.said, strip.field, strip.button) if one.isVisible()]
    low = [one for one in parts if one.height() < max(one.heightForWidth(one.width()), one.minimumSizeHint().height())]
    places = [(one, QRect(one.mapTo(strip, QPoint()), one.size())) for one in parts]
    low += [one for one, place in places if not strip.rect().contains(place)]
    if (
        strip.said.isVisible()
        and strip.field.isVisible()
        and dict(places)[strip.said].intersects(dict(places)[strip.field])
    ):
        low.append(strip.said)
    return [f"{type(one).__name__} {one.accessibleName()}" for one in low]


def states(desk: QuoteDesk) -> Iterator[str]:
    """The sheet in each of its states, by keys."""
    desk.press("Q")
    yield "worked on"
    desk.press("D")
    desk.type("25")
    yield "typed over"
    desk.press("Enter", "T")
    yield "asked for an end"
    desk.press("Esc", "R")
    desk.type("Because")
    yield "reason"
    desk.press("Esc", "Ctrl+Enter")
    yield "waiting for approval"
    desk.press("1")
    yield "asked for a name"
    desk.type("Maria")
    desk.press("Enter", "Enter")
    yield "approved"
    desk.press("1")
    desk.finish()
    desk.press("Q")
    yield "sent"
    desk.press("3")
    desk.type("+5")
    desk.press("Enter")
    yield "new version"


@pytest.mark.parametrize(("size", "text_size"), [((1440, 900), 100), ((1093, 575), 100), ((1440, 900), 140)])
def test_nothing_is_cut_off_or_lies_over_another(
    app: App, clock: ManualClock, size: tuple[int, int], text_size: int
) -> None:
    app.settings = app.settings.with_values(text_size=text_size, theme="light")
    desk = quote_desk(app, clock, size=size)
    for state in states(desk):
        assert (state, beyond(desk), overlapping(desk), squeezed(desk)) == (state, [], [], [])
    desk.close()


def test_the_smallest_window_with_the_largest_text_still_shows_sums_and_lines(app: App, clock: ManualClock) -> None:
    app.settings = app.settings.with_values(text_size=140, theme="light")
    desk = quote_desk(app, clock, size=(1093, 575))
    desk.press("Q")
    QApplication.processEvents()
    assert overlapping(desk) == []
    assert desk.quoting.sheet.table.viewport().height() >= 2 * theme.px(32)
    desk.press("N")
    assert desk.quoting.sheet.foot.isVisible()
    desk.type("By e-mail, please")
    desk.press("Esc")
    assert desk.quoting.sheet.foot.isHidden()
    assert desk.quoting.draft is not None
    assert desk.quoting.draft.choices.note == "By e-mail, please"
    desk.close()


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
def test_every_state_has_names_for_a_screen_reader_in_every_theme(app: App, clock: ManualClock, scheme: str) -> None:
    app.settings = app.settings.with_values(theme=scheme)
    desk = quote_desk(app, clock)
    for state in states(desk):
        assert (state, nameless(desk.shell), rich(desk.shell)) == (state, [], [])
        desk.shell.grab()
    desk.close()


def test_a_column_is_told_in_one_breath(desk: QuoteDesk) -> None:
    desk.press("Q")
    said = desk.quoting.sheet.columns[0].accessibleName()
    assert said.startswith("As is, key 1, chosen, $52,040.40, List $52,040.40, Discount none, Per seat, month ")
    assert "Margin unknown" in said
    assert said.endswith("No approval needed")


@pytest.mark.parametrize("words", [word for word in HOSTILE if word.strip()])
def test_hostile_words_show_as_plain_text_and_break_nothing(app: App, clock: ManualClock, words: str) -> None:
    def soil(work: Work) -> None:
        customers(work, name=words, QBG=words, QBSSO=f"{words} SSO")

    desk = quote_desk(app, clock, soil)
    desk.press("Q", "N")
    field = QApplication.focusWidget()
    assert field is not None
    desk.quoting.sheet.foot.note.insert(words[:300])
    desk.press("Esc", "A")
    desk.shell.grab()
    desk.press("Enter", "Enter", "E")
    desk.shell.grab()
    assert rich(desk.shell) == []
    desk.press("Esc", "Ctrl+S")
    assert desk.rows("SELECT count(*) FROM quote") == [(1,)]
    desk.press("Ctrl+Enter")
    desk.finish()
    desk.press("Q", "V")
    desk.shell.grab()
    desk.press("Esc", "G", "Q")
    QTest.qWait(50)
    desk.shell.grab()
    assert rich(desk.shell) == []
    assert desk.shell.width() == 1440
    desk.close()


def test_a_partner_with_hundreds_of_customers_is_quoted_smoothly(app: App, clock: ManualClock) -> None:
    desk = quote_desk(app, clock, partner, [f"Customer {number}" for number in range(60)])
    desk.press("Q")
    assert desk.quoting.sheet.table.rows.rowCount() == 60
    for _ in range(59):
        desk.press("J")
    row = desk.quoting.sheet.table.row_in_hand
    assert row is not None
    assert row.end_customer == "Customer 59"
    desk.press("Enter")
    cell = desk.quoting.sheet.table.editor.geometry()
    assert desk.quoting.sheet.table.viewport().rect().contains(cell)
    desk.close()


@pytest.mark.usefixtures("right_to_left")
def test_the_quote_mirrors_from_right_to_left(app: App, clock: ManualClock) -> None:
    desk = quote_desk(app, clock)
    desk.press("Q")
    QApplication.processEvents()
    columns = desk.quoting.sheet.columns
    assert columns[0].x() > columns[3].x()
    desk.shell.grab()
    desk.close()
