"""What changed since a quote was saved: line by line what was and what is, and the total was and now."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.widgets import Card, ElidedLabel, IconLabel, Label

SHOWN = 4


class ChangesCard(Card):
    """Hidden while nothing changed."""

    def __init__(self) -> None:
        super().__init__(padding=12, tone="sunken")
        self.setAccessibleName("What changed")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("git-compare", "warn"))
        self.title, self.total = ElidedLabel("", "emphasis", tabular=True), Label("", "emphasis", tabular=True)
        head.addWidget(self.title, 1)
        head.addWidget(self.total)
        self.body.addLayout(head)
        self.lines = [ElidedLabel("", "secondary", "text2", tabular=True) for _ in range(SHOWN)]
        column = QVBoxLayout()
        column.setContentsMargins(24, 0, 0, 0)
        column.setSpacing(1)
        for line in self.lines:
            column.addWidget(line)
        self.body.addLayout(column)
        self._most, self._said = SHOWN, tuple[str, ...]()
        self.hide()

    def show_changes(self, since: str, changes: Sequence[str], total: str) -> None:
        """Show what changed since a version; nothing hides the card."""
        self.setVisible(bool(changes))
        self.title.setText(f"Changed since {since}" if since else "")
        self.total.setText(total)
        self._said = tuple(changes)
        self._fill()

    def _fill(self) -> None:
        rest = len(self._said) - self._most
        shown = list(self._said[: self._most - (rest > 0)])
        if rest > 0:
            shown.append(f"and {len(self._said) - len(shown)} more changes")
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(shown))
            line.setText(shown[place] if place < len(shown) else "")

    def set_compact(self, is_compact: bool) -> None:
        """Fewer lines, where the window is low."""
        self._most = 1 if is_compact else SHOWN
        side = 8 if is_compact else 12
        self.body.setContentsMargins(side, side // 2, side, side // 2)
        self._fill()
