"""What is known of a quote that was saved: its sum, its days, who approved it, and the versions beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.calling.info_row import Info, InfoRow
from ui.calling.info_section import Fact
from ui.quotes.faces import Face
from ui.quotes.option_column import OptionColumn
from ui.widgets import Card, Label

SHOWN, _LOW = 4, 3
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
        self._is_compact = False
        self._said: tuple[dict[str, str], list[Info]] = ({}, [])
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
        self._said = (facts, versions)
        self._fill()

    def _fill(self) -> None:
        facts, versions = self._said
        told = [name for name in _FACTS if facts.get(name)]
        if self._is_compact:  # what was decided and why matters more than when it was made
            told = told[-_LOW:]
        for name, fact in self.facts.items():
            fact.show_value(facts[name] if name in told else "")
        self._versions.setVisible(len(versions) > 1 and not self._is_compact)
        for place, made in enumerate(self.rows):
            made.setVisible(place < len(versions))
            if place < len(versions):
                made.show_info(versions[place])

    def set_compact(self, is_compact: bool) -> None:
        """The first facts and versions alone, where the window is low."""
        self.column.set_compact(is_compact)
        self._is_compact = is_compact
        self._fill()
