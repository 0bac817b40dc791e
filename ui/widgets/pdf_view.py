"""A PDF on the screen: its pages one below the other, drawn in a job, with what was shown before until they are."""

from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy, QWidget

from callstation.errors import UserError
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, one_line
from ui.widgets.pdf_pages import Paper, picture_of, read_paper

if TYPE_CHECKING:
    from ui.jobs import Jobs

_GAP = 12
_RESIZED_MS = 120
_KEPT = 12  # pages; a statement of a hundred must not take the memory
_SAID = 600  # characters of the first page that a screen reader is given


class PdfView(Themed, QAbstractScrollArea):
    """``fit``: pages as wide as the view (at most ``widest`` px at 100 %), or one whole page at a time.

    ``turned(number, count)`` tells which page is in view, from 1; ``failed(UserError)`` that it cannot be shown.
    """

    turned = Signal(int, int)
    failed = Signal(object)

    def __init__(
        self, jobs: "Jobs", name: str, *, fit: Literal["width", "page"] = "width", widest: int = 900,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._jobs, self._name, self._fit, self._widest = jobs, name, fit, widest
        self._pdf, self._paper = b"", Paper((), "")
        self._kept: dict[int, tuple[int, int, QImage]] = {}  # page: edition, width, picture
        self._asked: dict[int, int] = {}
        self._edition = 0
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if fit == "page":
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sharpen = QTimer(self, singleShot=True, interval=_RESIZED_MS)
        self._sharpen.timeout.connect(self._ask_again)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def paper(self) -> Paper:
        """The pages that are shown now."""
        return self._paper

    @property
    def page(self) -> int:
        """The page in view, from 0."""
        return self._page

    @property
    def is_drawn(self) -> bool:
        """Whether every page in view is there, as it is now, and sharp."""
        seen = self._in_view()
        return bool(seen) and all(
            number in self._kept and self._kept[number][:2] == (self._edition, self._width(number)) for number in seen
        )

    def show_pdf(self, pdf: bytes) -> None:
        """Show another PDF, from its first page unless it has the pages of the one before; b"" shows nothing."""
        if pdf == self._pdf:
            return
        self._pdf, self._edition = pdf, self._edition + 1
        self._asked.clear()
        if not pdf:
            self._kept.clear()
            self._take(Paper((), ""))
            return
        self._jobs.run(
            lambda report: read_paper(pdf), done=partial(self._on_read, pdf), failed=self._on_failed, label="paper",
            owner=self,
        )  # fmt: skip

    def turn(self, by: int) -> None:
        """Go ``by`` pages on, or back if negative, stopping at the ends."""
        self.go_to(self._page + by)

    def go_to(self, number: int) -> None:
        """Bring a page into view."""
        number = max(0, min(len(self._paper) - 1, number))
        if self._fit == "page":
            self._set_page(number)
            self.viewport().update()
        elif len(self._paper):
            self.verticalScrollBar().setValue(self._place(number).top() + self.verticalScrollBar().value() - _GAP)

    # -- reading and drawing, beside the window --------------------------------------------------------------------

    def _on_read(self, pdf: bytes, paper: Paper) -> None:
        if pdf == self._pdf:
            self._take(paper)

    def _take(self, paper: Paper) -> None:
        has_same_pages = paper.sizes == self._paper.sizes
        if not has_same_pages:
            self._kept.clear()
            self._page = 0
            self.verticalScrollBar().setValue(0)
        self._paper = paper
        self.setAccessibleDescription(one_line(paper.words[:_SAID]))
        self._lay_out()
        self._ask_again()
        self.turned.emit(min(self._page + 1, len(paper)), len(paper))

    def _ask_again(self) -> None:
        self._asked.clear()
        for number in self._in_view():
            self._ask(number)
        self.viewport().update()

    def _ask(self, number: int) -> None:
        """Have a page drawn as wide as it is shown."""
        pdf, width = self._pdf, self._width(number)
        if self._asked.get(number) == width or width <= 0:
            return
        self._asked[number] = width
        self._jobs.run(
            lambda report: picture_of(pdf, number, width), done=partial(self._on_drawn, self._edition, number, width),
            failed=self._on_failed, label=f"page {number}", owner=self,
        )  # fmt: skip

    def _width(self, number: int) -> int:
        return round(self._place(number).width() * self.devicePixelRatioF())

    def _on_drawn(self, edition: int, number: int, width: int, picture: QImage) -> None:
        if edition != self._edition:
            return
        self._asked.pop(number, None)
        self._kept[number] = (edition, width, picture)
        if len(self._kept) > _KEPT:
            seen = self._in_view()
            self._kept = {n: kept for n, kept in self._kept.items() if n in seen or n == number}
        self.viewport().update()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._pdf = b""
        self._kept.clear()
        self._take(Paper((), ""))
        self.failed.emit(error)

    # -- where each page lies --------------------------------------------------------------------------------------

    def _room(self) -> QSize:
        return QSize(max(60, self.viewport().width() - 2 * _GAP), max(60, self.viewport().height() - 2 * _GAP))

    def _size(self, number: int) -> QSize:
        wide, high = self._paper.sizes[number]
        shape, room = high / max(1.0, wide), self._room()
        width = min(room.width(), theme.px(self._widest))
        if self._fit == "page":
            width = min(width, round(room.height() / max(0.01, shape)))
        return QSize(width, max(1, round(width * shape)))

    def _place(self, number: int) -> QRect:
        """Where a page is in the viewport, as scrolled."""
        size = self._size(number)
        left = (self.viewport().width() - size.width()) // 2
        if self._fit == "page":
            return QRect(left, (self.viewport().height() - size.height()) // 2, size.width(), size.height())
        top = _GAP + sum(self._size(n).height() + _GAP for n in range(number)) - self.verticalScrollBar().value()
        return QRect(left, top, size.width(), size.height())

    def _in_view(self) -> list[int]:
        if self._fit == "page":
            return [self._page] if len(self._paper) else []
        seen = self.viewport().rect()
        return [number for number in range(len(self._paper)) if self._place(number).intersects(seen)]

    def _lay_out(self) -> None:
        if self._fit == "page":
            return
        bar, high = self.verticalScrollBar(), self.viewport().height()
        whole = _GAP + sum(self._size(number).height() + _GAP for number in range(len(self._paper)))
        bar.setPageStep(high)
        bar.setSingleStep(theme.px(40))
        bar.setRange(0, max(0, whole - high))

    def _set_page(self, number: int) -> None:
        if number != self._page:
            self._page = number
            self.turned.emit(number + 1, len(self._paper))

    def _on_scrolled(self, _value: int) -> None:
        middle = self.viewport().height() // 2
        found = [n for n in self._in_view() if self._place(n).top() <= middle]
        if found:
            self._set_page(found[-1])
        self.viewport().update()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = theme.tokens.strong if theme.tokens.name == "high_contrast" else theme.tokens.border
        for number in self._in_view():
            at = self._place(number)
            kept = self._kept.get(number)
            if kept is None:
                painter.fillRect(at, Qt.GlobalColor.white)
            else:
                painter.drawImage(at, kept[2])
            is_right = kept is not None and kept[:2] == (self._edition, self._width(number))
            if not is_right and number not in self._asked and not self._sharpen.isActive():
                self._ask(number)
            paint.box(painter, at.adjusted(-1, -1, 1, 1), 2, None, edge)
        if self.hasFocus():
            paint.ring(painter, self.viewport().rect(), 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        if self._kept:
            self._sharpen.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.verticalScrollBar(), event.key()
        if self._fit == "page" and key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down):
            self.turn(1)
        elif self._fit == "page" and key in (Qt.Key.Key_PageUp, Qt.Key.Key_Up):
            self.turn(-1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(0 if key == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(120))

    def restyle(self) -> None:
        self._lay_out()
        self.viewport().update()
