"""What the quote in hand says, in a few lines, with the way to the desk."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from callstation.quotes.cards import QuoteCard
from callstation.settings import Settings
from db.vocabulary import LineKind
from ui import words
from ui.quotes.numbers import percent
from ui.quotes.opening import TITLES
from ui.quotes.statuses import LOOKS
from ui.widgets import Button, Card, Chip, ElidedLabel, KeyBadge

_SHOWN = 4
_MARKS = {LineKind.ADD_ON: "+ ", LineKind.UPGRADE: "↑ "}


class QuoteStrip(Card):
    """``opened`` asks for the desk."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("The quote in hand")
        row = QHBoxLayout()
        row.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title, self.chip = ElidedLabel("", "emphasis", tabular=True), Chip()
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        told.addLayout(head)
        self.lines = ElidedLabel("", "body", "text2", tabular=True)
        self.terms = ElidedLabel("", "secondary", "text3", tabular=True)
        told.addWidget(self.lines)
        told.addWidget(self.terms)
        row.addLayout(told, 1)
        self.open = Button("Open on the desk", "primary", "phone-call", height=36)
        self.open.clicked.connect(self.opened)
        row.addWidget(self.open)
        row.addWidget(KeyBadge("↵"))
        self.body.addLayout(row)

    def show_card(self, card: QuoteCard, settings: Settings) -> None:
        """Show another quote."""
        row = card.row
        label, kind, icon = LOOKS[row.status]
        self.title.setText(f"{row.label} for {row.account}")
        self.chip.set_chip(label, kind, icon)
        said = [
            f"{words.count(line.quantity, settings)} × {_MARKS.get(line.kind, '')}{line.product}"
            + (f" ({line.end_customer})" if line.end_customer and line.end_customer != row.account else "")
            for line in card.lines[:_SHOWN]
        ]
        rest = len(card.lines) - len(said)
        self.lines.setText(", ".join(said) + (f" and {rest} more" if rest else ""))
        parts = [TITLES[row.option], words.money(row.total, row.currency, settings)]
        if card.discount_total:
            parts.append(f"{percent(card.discount, settings)} off")
        if card.approved_by:
            parts.append(f"approved by {card.approved_by}")
        why = card.reason or card.approval_reason
        parts += [f"“{why}”"] if why else []
        self.terms.setText(", ".join(parts))
        self.open.set_words("Open on the desk" if row.target_id is not None else "Open the account")
