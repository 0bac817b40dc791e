"""A calm line for what was done or went wrong, for pages without a line of their own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import actions
from ui.bus import Notice
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import KeyBadge
from ui.widgets.text import IconLabel, Label

_ICONS = {"ok": "check", "info": "info", "warn": "triangle-alert", "bad": "circle-alert", "mute": "info"}


class NoticeLine(QWidget):
    """Stays until it is closed or replaced; never takes the focus, never counts down."""

    undo_chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 8, 16, 12)
        card = Card(padding=12, radius=6)
        outer.addWidget(card)
        row = QHBoxLayout()
        row.setSpacing(12)
        card.body.addLayout(row)
        self._icon = IconLabel("info")
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = Label("", "emphasis", wraps=True, selectable=True)
        self._detail = Label("", "body", "text2", wraps=True, selectable=True)
        self._hint = Label("", "body", "text2", wraps=True, selectable=True)
        for label in (self._title, self._detail, self._hint):
            words.addWidget(label)
        row.addLayout(words, 1)
        self._undo = Button("Undo", "link")
        self._undo.clicked.connect(self.undo_chosen)
        self._keys = KeyBadge(*actions.caps_of("undo"))
        row.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._keys, 0, Qt.AlignmentFlag.AlignVCenter)
        close = Button("Close", "icon", "x", height=24)
        close.clicked.connect(self.hide)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show words until the next ones; what was done offers its undo."""
        self._icon.set_icon(_ICONS[notice.kind], notice.kind)
        for label, text in ((self._title, notice.words), (self._detail, notice.detail), (self._hint, notice.hint)):
            label.setText(text)
            label.setVisible(bool(text))
        for widget in (self._undo, self._keys):
            widget.setVisible(notice.may_undo)
        self.show()
