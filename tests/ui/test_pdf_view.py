"""Pages of a PDF on the screen: drawn beside the window, one below the other, and no file can stop them."""

from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from callstation.errors import UserError
from ui.jobs import Jobs
from ui.widgets.pdf_pages import LONGEST_PX, picture_of, read_paper
from ui.widgets.pdf_view import PdfView


def paper(*pages: str, size: tuple[float, float] = (595, 842)) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for words in pages:
        canvas.drawString(72, 700, words)
        canvas.rect(0, 0, 40, 40, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


def is_black_at_foot(view: PdfView) -> bool:
    """Whether the square at the foot of each page is in view."""
    seen = view.grab().toImage()
    return any(seen.pixelColor(x, view.height() - 24).lightness() < 40 for x in range(0, 100, 2))


def shown(qtbot: QtBot, view: PdfView, size: tuple[int, int] = (600, 500)) -> PdfView:
    qtbot.addWidget(view)
    view.resize(*size)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_a_pdf_is_read_with_its_pages_and_words() -> None:
    found = read_paper(paper("AT&T <b>Acme</b>", "two"))
    assert len(found) == 2
    assert "AT&T <b>Acme</b>" in found.words
    assert found.sizes[0] == pytest.approx((595, 842), abs=1)


@pytest.mark.parametrize("data", [b"", b"no pdf", paper("cut")[:200]])
def test_what_is_no_pdf_is_said(data: bytes) -> None:
    with pytest.raises(UserError, match="cannot be shown"):
        read_paper(data)


def test_a_page_that_is_not_there_is_said() -> None:
    with pytest.raises(UserError, match="page cannot be shown"):
        picture_of(paper("one"), 5, 300)


def test_a_page_of_an_absurd_height_does_not_take_the_memory() -> None:
    picture = picture_of(paper("long", size=(20, 14000)), 0, 900)
    assert max(picture.width(), picture.height()) <= LONGEST_PX + 1


def test_the_pages_are_drawn_and_scrolled_by_keys(qtbot: QtBot, jobs: Jobs) -> None:
    view = shown(qtbot, PdfView(jobs, "Preview"))
    told: list[tuple[int, int]] = []
    view.turned.connect(lambda number, count: told.append((number, count)))
    view.show_pdf(paper("first", "second", "third"))
    qtbot.waitUntil(lambda: view.is_drawn)
    assert told[-1] == (1, 3)
    assert "first" in view.accessibleDescription()
    assert not is_black_at_foot(view)
    QTest.keyClick(view, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: view.is_drawn)
    assert is_black_at_foot(view)
    assert told[-1] == (3, 3)
    view.go_to(1)
    assert view.page == 1


def test_a_whole_page_fits_and_page_down_turns(qtbot: QtBot, jobs: Jobs) -> None:
    view = shown(qtbot, PdfView(jobs, "Preview", fit="page"))
    view.show_pdf(paper("first", "second"))
    qtbot.waitUntil(lambda: view.is_drawn)
    assert view._place(0).height() <= view.viewport().height()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 1
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 1
    qtbot.waitUntil(lambda: view.is_drawn)


def test_the_page_stays_while_what_it_says_changes(qtbot: QtBot, jobs: Jobs) -> None:
    view = shown(qtbot, PdfView(jobs, "Preview"))
    view.show_pdf(paper("a", "b", "c"))
    qtbot.waitUntil(lambda: view.is_drawn)
    view.go_to(2)
    view.show_pdf(paper("a", "b", "changed"))
    qtbot.waitUntil(lambda: view.is_drawn)
    assert view.page == 2
    view.show_pdf(paper("another"))
    qtbot.waitUntil(lambda: view.is_drawn)
    assert view.page == 0


def test_what_cannot_be_shown_is_told_and_leaves_no_page(qtbot: QtBot, jobs: Jobs) -> None:
    view = shown(qtbot, PdfView(jobs, "Preview"))
    view.show_pdf(paper("a"))
    qtbot.waitUntil(lambda: view.is_drawn)
    told: list[UserError] = []
    view.failed.connect(told.append)
    view.show_pdf(b"broken")
    qtbot.waitUntil(lambda: bool(told))
    assert len(view.paper) == 0
    view.grab()


def test_another_width_is_drawn_sharp_anew(qtbot: QtBot, jobs: Jobs) -> None:
    view = shown(qtbot, PdfView(jobs, "Preview"))
    view.show_pdf(paper("a"))
    qtbot.waitUntil(lambda: view.is_drawn)
    view.resize(400, 500)
    assert not view.is_drawn
    qtbot.waitUntil(lambda: view.is_drawn)


def test_a_page_of_the_paper_before_is_not_put_among_those_of_this_one(qtbot: QtBot, jobs: Jobs) -> None:
    view = shown(qtbot, PdfView(jobs, "Preview"))
    view.show_pdf(paper("a"))
    qtbot.waitUntil(lambda: view.is_drawn)
    view._on_drawn(view._edition - 1, 0, 10, picture_of(paper("older"), 0, 10))
    assert view.is_drawn


def test_of_many_pages_only_some_are_kept(qtbot: QtBot, jobs: Jobs) -> None:
    view = shown(qtbot, PdfView(jobs, "Preview", fit="page"), size=(200, 200))
    view.show_pdf(paper(*(str(number) for number in range(20))))
    for number in range(20):
        view.go_to(number)
        qtbot.waitUntil(lambda: view.is_drawn)
    assert len(view._kept) <= 12
