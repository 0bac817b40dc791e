"""Long work under way: words, a bar, and a button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import KeyBadge
from ui.widgets.progress import ProgressBar
from ui.widgets.text import Label


class ProgressCard(Card):
    """Hidden until there is progress; ``stopped`` asks for an end."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Progress")
        self.body.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.words = Label("", "emphasis", tabular=True, wraps=True)
        row.addWidget(self.words, 1)
        self.stop = Button("Stop", "plain", "x")
        self.stop.clicked.connect(self.stopped)
        row.addWidget(self.stop)
        row.addWidget(KeyBadge("Esc"))
        self.body.addLayout(row)
        self.bar = ProgressBar("Progress")
        self.body.addWidget(self.bar)
        self.hide()

    def show_progress(self, said: str, done: int = 0, total: int = 0) -> None:
        """Show how far it has come; without a total only the words."""
        self.words.setText(said)
        self.bar.set_parts(done, done, total)
        self.bar.setVisible(total > 0)
        self.show()
