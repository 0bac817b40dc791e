"""One line of what is known of a customer: a mark, a title, a second line, and something at the end."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons
from ui.calling.pictures import Pictures
from ui.calling.wrapping import wrapped
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import paint
from ui.widgets.avatar import initials
from ui.widgets.base import Themed, one_line


@dataclass(frozen=True, slots=True)
class Info:
    """What a row says. ``mark`` is an icon, or "" for the initials of ``person``; ``chip`` stands in for ``end``."""

    title: str
    words: str = ""
    end: str = ""
    mark: str = ""
    tone: str = "text2"
    chip: str = ""
    chip_kind: Kind = "info"
    lines: int = 1
    """How many lines ``words`` may take."""
    person: str = ""


_PICTURES = Pictures(80)


def height_of(info: Info, width: int) -> int:
    """The height of a row in px."""
    return theme.px(18) + theme.px(17) * len(_lines(info, width)) + theme.px(8)


def picture_of(info: Info, width: int, ratio: float, direction: Qt.LayoutDirection) -> QPixmap:
    """A row, drawn; asking for it in a pause makes the next frame cheaper."""
    size = QSize(width, height_of(info, width))
    return _PICTURES.of(info, size, ratio, direction, lambda painter, whole: _draw(painter, whole, info))


def _indent(info: Info) -> int:
    return theme.px(26 if info.mark else 38)


def _lines(info: Info, width: int) -> tuple[str, ...]:
    return wrapped(info.words, "secondary", width - _indent(info), info.lines) if info.words else ()


def _draw(painter: QPainter, whole: QRect, info: Info) -> None:
    tokens, px = theme.tokens, theme.px
    start, right = _indent(info), whole.width()
    if info.mark:
        at = QRect(0, px(1), px(16), px(16))
        icons.paint(painter, paint.placed(painter, whole, at), info.mark, theme.colour(info.tone))
    else:
        circle = paint.placed(painter, whole, QRect(0, px(4), px(28), px(28)))
        paint.box(painter, circle, circle.width() / 2, tokens.mute.bg)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, circle, initials(info.person), theme.font("chip"), tokens.mute.fg, centre)
    if info.chip:
        size = paint.chip_size(info.chip)
        at = QRect(right - size.width(), px(8 if info.words else 0), size.width(), size.height())
        paint.chip(painter, paint.placed(painter, whole, at), info.chip, info.chip_kind)
        right = at.left() - px(8)
    elif info.end:
        font = theme.font("secondary", tabular=True)
        wide = QFontMetrics(font).horizontalAdvance(info.end) + 1
        at = QRect(right - wide, 0, wide, px(18))
        paint.text(painter, paint.placed(painter, whole, at), info.end, font, tokens.text3)
        right = at.left() - px(8)
    title = paint.placed(painter, whole, QRect(start, 0, right - start, px(18)))
    paint.text(painter, title, info.title, theme.font("label"), tokens.text)
    room = right - start if info.chip else whole.width() - start
    for number, line in enumerate(_lines(info, whole.width())):
        at = paint.placed(painter, whole, QRect(start, px(18) + px(17) * number, room, px(17)))
        paint.text(painter, at, line, theme.font("secondary"), tokens.text2)


class InfoRow(Themed, QWidget):
    """Painted in one go and used again for the next customer: the panel makes no widget while calls are made."""

    def __init__(self) -> None:
        super().__init__()
        self._info = Info("")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def info(self) -> Info:
        """What is shown."""
        return self._info

    def show_info(self, info: Info) -> None:
        """Show something else."""
        if info != self._info:
            self._info = info
            said = (info.title, info.words, info.chip or info.end)
            self.setAccessibleName(", ".join(one_line(part) for part in said if part))
            self._fit()
            self.update()

    def _fit(self) -> None:
        # by hand: a layout that asks each row for its height per width takes longer than the whole rest of the panel
        self.setFixedHeight(height_of(self._info, self.width()))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = picture_of(self._info, self.width(), self.devicePixelRatioF(), self.layoutDirection())
        QPainter(self).drawPixmap(0, 0, picture)

    def restyle(self) -> None:
        self._fit()
