"""One thing that needs the rep: what it is, why, and the two actions that mend it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from callstation.sync.overview import Attention
from ui.sync.mends import LABELS
from ui.theme import theme
from ui.widgets import Button, IconLabel, KeyBadge, Label, paint
from ui.widgets.base import one_line

_BESIDE = 700  # px at 100 % from which the buttons stand beside the words


class AttentionRow(QWidget):
    """``chosen`` when it takes the focus, ``wanted(place of the action)`` for a button, Enter or its digit."""

    chosen = Signal()
    wanted = Signal(int)

    def __init__(self, row: Attention) -> None:
        super().__init__()
        self.row, self.is_current = row, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(one_line(f"{row.title}. {row.sentence}"))
        self.setAccessibleDescription(" or ".join(LABELS[one] for one in row.mends))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(12, 10, 12, 10)
        self._across.setSpacing(12)
        front = QHBoxLayout()
        front.setSpacing(12)
        is_choice = row.conflict_id is not None
        icon = IconLabel("git-compare" if is_choice else "triangle-alert", "warn" if is_choice else "bad", 16)
        front.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(Label(one_line(row.title)[:200], "emphasis", wraps=True))
        told.addWidget(Label(one_line(row.sentence)[:600], "body", "text2", wraps=True))
        told.addWidget(Label(one_line(row.small)[:200], "secondary", "text3", wraps=True))
        front.addLayout(told, 1)
        self._across.addLayout(front, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._indent = QWidget()
        foot.addWidget(self._indent)
        self.buttons: list[Button] = []
        self.caps: list[KeyBadge] = []
        for place, mend in enumerate(row.mends):
            button, cap = Button(LABELS[mend], "plain"), KeyBadge("↵" if place == 0 else str(place + 1))
            button.clicked.connect(lambda _=False, number=place: self.wanted.emit(number))
            cap.hide()
            foot.addWidget(button)
            foot.addWidget(cap)
            self.buttons.append(button)
            self.caps.append(cap)
        foot.addStretch(1)
        self._foot = foot
        self._across.addLayout(foot)

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from others, also after the page was read anew."""
        return self.row.entity, self.row.record_id, self.row.conflict_id, self.row.mends

    def set_current(self, is_current: bool) -> None:
        """Mark the row in hand, and show its keys."""
        self.is_current = is_current
        for cap in self.caps:
            cap.setVisible(is_current)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_beside = self.width() * 100 // theme.text_size >= _BESIDE
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        self._indent.setFixedWidth(theme.px(16) + 4)
        self._indent.setVisible(not is_beside)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.on(self)
        if self.is_current:
            paint.box(painter, self.rect(), 6, theme.tokens.selected)
        if self.hasFocus():
            paint.ring(painter, self.rect(), 6)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(0)
        else:
            super().keyPressEvent(event)
