"""One line of what is known of a customer: a mark, a title, a second line, and something at the end."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import icons
from ui.calling.wrapping import wrapped
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import Divider, Label, paint
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

    def _indent(self) -> int:
        return theme.px(26 if self._info.mark else 38)

    def _lines(self, width: int) -> tuple[str, ...]:
        if not self._info.words:
            return ()
        return wrapped(self._info.words, "secondary", width - self._indent(), self._info.lines)

    def _fit(self) -> None:
        # by hand: a layout that asks each row for its height per width takes longer than the whole rest of the panel
        self.setFixedHeight(theme.px(18) + theme.px(17) * len(self._lines(self.width())) + theme.px(8))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(280), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole, info = paint.on(self), theme.tokens, theme.px, self.rect(), self._info
        start, right = self._indent(), self.width()
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
        room = right - start if info.chip else self.width() - start
        for number, line in enumerate(self._lines(self.width())):
            at = paint.placed(painter, whole, QRect(start, px(18) + px(17) * number, room, px(17)))
            paint.text(painter, at, line, theme.font("secondary"), tokens.text2)

    def restyle(self) -> None:
        self._fit()


class InfoSection(QWidget):
    """A heading with its rows, a line above; hidden while there are none."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._column.addSpacing(8)
        self._column.addWidget(Divider())
        self._column.addSpacing(12)
        self.title = Label(title, "label", "text3")
        self._column.addWidget(self.title, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(8)
        self._rows: list[InfoRow] = []
        self._column.addSpacing(4)
        self.hide()

    def show_rows(self, infos: list[Info]) -> None:
        """Show these rows, in order."""
        while len(self._rows) < len(infos):
            row = InfoRow()
            self._rows.append(row)
            self._column.insertWidget(self._column.count() - 1, row)
        for place, row in enumerate(self._rows):
            if place < len(infos):
                row.show_info(infos[place])
            row.setVisible(place < len(infos))
        self.setVisible(bool(infos))
        self._column.activate()  # now, not at the next event: the panel is painted once, in its final shape

    @property
    def shown(self) -> list[Info]:
        """What is shown now."""
        return [row.info for row in self._rows if not row.isHidden()]


class Fact(Themed, QWidget):
    """A name at the start of a line and its value at the end; hidden while there is no value."""

    def __init__(self, name: str, *, is_strong: bool = False) -> None:
        super().__init__()
        self._name, self._value, self._is_strong = name, "", is_strong
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def value(self) -> str:
        """What is shown."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show another value."""
        self._value = value
        self.setAccessibleName(f"{self._name}: {one_line(value)}")
        self.setVisible(bool(value))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(21))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, whole = paint.on(self), theme.tokens, self.rect()
        font, small = theme.font("label" if self._is_strong else "secondary", tabular=True), theme.font("secondary")
        wide = QFontMetrics(small).horizontalAdvance(self._name) + theme.px(12)
        paint.text(painter, whole, self._name, small, tokens.text3)
        room = paint.placed(painter, whole, QRect(wide, 0, self.width() - wide, self.height()))
        # the ink of the value is a shade darker than body text so that figures stand out
        paint.text(painter, room, self._value, font, QColor(tokens.text).name(), Qt.AlignmentFlag.AlignRight)

    def restyle(self) -> None:
        self.updateGeometry()
