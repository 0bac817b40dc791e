"""The line above a quote: its number, where it stands, what is left out; and the ways to its versions and its paper."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import actions
from ui.tokens import Kind
from ui.widgets import Button, Chip, ElidedLabel, KeyBadge, Label

_WAYS = (
    ("quote_explain", "Explain"), ("quote_versions", "Versions"), ("quote_preview", "Preview"),
)  # fmt: skip


class SheetHead(QWidget):
    """``wanted(action id)`` for its buttons."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(8)
        self.title, self.chip = Label("Quote", "pane_title", tabular=True), Chip()
        self.about = ElidedLabel("", "secondary", "text2", tabular=True)
        row.addWidget(self.title)
        row.addWidget(self.chip)
        row.addWidget(self.about, 1)
        self._holders: dict[str, QWidget] = {}
        for action_id, label in (*_WAYS, ("back", "Back")):
            holder = QWidget()
            inner = QHBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(4)
            button = Button(label, "text")
            button.clicked.connect(lambda _=False, name=action_id: self.wanted.emit(name))
            inner.addWidget(button)
            inner.addWidget(KeyBadge(*actions.caps_of(action_id)))
            row.addWidget(holder)
            self._holders[action_id] = holder

    def show_quote(self, title: str, chip: tuple[str, Kind, str] | None, about: str, tone: str = "text2") -> None:
        """Show which quote this is, and one sentence about it."""
        self.title.setText(title)
        self.chip.set_chip(*(chip or ("", "mute", "")))
        self.about.setText(about)
        self.about.set_tone(tone)

    def offer(self, *, may_explain: bool, has_versions: bool, may_preview: bool) -> None:
        """Show only the ways that lead somewhere."""
        for name, is_open in (
            ("quote_explain", may_explain), ("quote_versions", has_versions), ("quote_preview", may_preview)
        ):  # fmt: skip
            self._holders[name].setVisible(is_open)
