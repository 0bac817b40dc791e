"""Rows of a form: what is asked, the control, and a line of help."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.widgets.text import Label


class Field(QWidget):
    """A label above its control, help below; the control takes the label as its accessible name."""

    def __init__(self, label: str, control: QWidget, help_words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(Label(label, "label", "text2"))
        rows.addWidget(control)
        self.problem = Label("", "secondary", "bad", wraps=True)
        self.problem.hide()
        rows.addWidget(self.problem)
        if help_words:
            rows.addWidget(Label(help_words, "secondary", "text3", wraps=True))
        _name(control, label, help_words)

    def show_problem(self, words: str) -> None:
        """Say under the control what is wrong with it; empty words clear it."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


class FieldRow(QWidget):
    """A label and its help at the start of a line, the control at its end: a row of settings."""

    def __init__(self, label: str, control: QWidget, help_words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(24)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(label, "body"))
        if help_words:
            words.addWidget(Label(help_words, "secondary", "text3", wraps=True))
        row.addLayout(words, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        _name(control, label, help_words)


def _name(control: QWidget, label: str, help_words: str) -> None:
    if isinstance(control, QLabel):
        return
    if not control.accessibleName():
        control.setAccessibleName(label)
    if help_words:
        control.setAccessibleDescription(help_words)
