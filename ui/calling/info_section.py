"""Headed groups of rows, and single facts, in the panel about the customer."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.calling.info_row import Info, InfoRow
from ui.theme import theme
from ui.widgets import Divider, Label, paint
from ui.widgets.base import Themed, one_line


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
            if row.isHidden() is (place < len(infos)):
                row.setVisible(place < len(infos))
        if self.isHidden() is bool(infos):
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
        if value == self._value:
            return
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
