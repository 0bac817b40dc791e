"""What is known of a quote that was saved: its sum, its days, who approved it, and the versions beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.calling.info_row import Info, InfoRow
from ui.calling.info_section import Fact
from ui.quotes.faces import Face
from ui.quotes.option_column import OptionColumn
from ui.widgets import Card, Label

SHOWN = 4
_FACTS = ("Made", "Sent", "Valid until", "Approved by", "Decided", "Why", "Note")


class StoredCard(QWidget):
    """The chosen option as it was, its facts, and its versions, newest first."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.column = OptionColumn(0)
        row.addWidget(self.column, 4)
        card = Card(padding=12)
        card.body.setSpacing(0)
        self.facts = {name: Fact(name) for name in _FACTS}
        for fact in self.facts.values():
            card.body.addWidget(fact)
        card.body.addStretch(1)
        row.addWidget(card, 5)
        self._versions = Card(padding=12)
        self._versions.body.setSpacing(0)
        self._versions.body.addWidget(Label("Versions", "label", "text3"))
        self._versions.body.addSpacing(6)
        self.rows = [InfoRow() for _ in range(SHOWN)]
        column = QVBoxLayout()
        column.setSpacing(0)
        for made in self.rows:
            column.addWidget(made)
        self._versions.body.addLayout(column)
        self._versions.body.addStretch(1)
        row.addWidget(self._versions, 5)

    def show_quote(self, face: Face, facts: dict[str, str], versions: list[Info]) -> None:
        """Show a stored quote; facts without a value take no line."""
        self.column.show_face(face, is_chosen=False, rows=max(1, len(face.facts)))
        for name, fact in self.facts.items():
            fact.show_value(facts.get(name, ""))
        self._versions.setVisible(len(versions) > 1)
        for place, made in enumerate(self.rows):
            made.setVisible(place < len(versions))
            if place < len(versions):
                made.show_info(versions[place])

    def set_compact(self, is_compact: bool) -> None:
        """Without the facts but the first, where the window is low."""
        self.column.set_compact(is_compact)
        for place, made in enumerate(self.rows):
            made.setVisible(not made.isHidden() and (not is_compact or place < 2))
