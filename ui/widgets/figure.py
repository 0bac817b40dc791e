"""A card with one number over its name, such as stand in a row at the head of a page."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.card import Card
from ui.widgets.text import ElidedLabel, Label


class Figure(Card):
    """``tone`` colours the number alone; a screen reader hears both as one."""

    def __init__(self, name: str) -> None:
        super().__init__(padding=12)
        self.body.setContentsMargins(16, 11, 16, 11)
        self.body.setSpacing(0)
        self.number, self.name = Label("", "number", tabular=True), ElidedLabel(name, "secondary", "text3")
        self.body.addWidget(self.number)
        self.body.addWidget(self.name)

    def show_value(self, value: str, name: str, tone: str = "text") -> None:
        """Show a value over its name."""
        self.number.setText(value)
        self.number.set_tone(tone)
        self.name.setText(name)
        self.setAccessibleName(f"{value} {name}")


class FigureRow(QWidget):
    """Figures side by side, of equal width."""

    def __init__(self, *figures: Figure) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for figure in figures:
            row.addWidget(figure, 1)
