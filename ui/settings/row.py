"""One setting on its line: what it is, its control, and under it what is wrong with what was typed."""

from dataclasses import Field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.errors import UserError
from ui.settings.controls import control_of
from ui.widgets import Divider, Label


class SettingRow(QWidget):
    """Generated from the declaration; ``take(name, value)`` is called with every new value."""

    def __init__(self, declared: "Field[Any]", take: Any) -> None:
        super().__init__()
        self.name = declared.name
        self._take = take
        told = declared.metadata
        self.label, self.help = told["label"], told["help"]
        if told["high"]:
            self.help = f"{self.help} {told['low']} to {told['high']}."
        self.control = control_of(declared)
        self.control.widget.setAccessibleDescription(self.help)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.divider = Divider()
        whole.addWidget(self.divider)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(self.label, "emphasis"))
        words.addWidget(Label(self.help, "secondary", "text3", wraps=True))
        self._problem = Label("", "secondary", "bad", wraps=True)
        self._problem.hide()
        inner: QHBoxLayout | QVBoxLayout
        if self.control.is_wide:
            inner = QVBoxLayout()
            inner.setSpacing(8)
            inner.addLayout(words)
            inner.addWidget(self.control.widget)
        else:
            inner = QHBoxLayout()
            inner.setSpacing(24)
            inner.addLayout(words, 1)
            inner.addWidget(self.control.widget, 0, Qt.AlignmentFlag.AlignVCenter)
        inner.setContentsMargins(0, 10, 0, 10)
        whole.addLayout(inner)
        whole.addWidget(self._problem)
        self.control.on_changed(self._on_changed)

    def show_value(self, value: Any) -> None:
        """Show what is in force, unless the user is in the middle of typing something else."""
        self.control.show(value)
        self.show_problem(None)

    def show_problem(self, error: UserError | None) -> None:
        """Say under the control what cannot be taken; None clears it."""
        words = "" if error is None else " ".join(part for part in (error.title, error.hint) if part)
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._problem.setContentsMargins(0, 0, 0, 10 if words else 0)

    @property
    def problem(self) -> str:
        """What is wrong with the value as typed, or nothing."""
        return self._problem.text()

    def matches(self, typed: str) -> bool:
        """Whether every word typed stands in the label or the help."""
        said = f"{self.label} {self.help}".casefold()
        return all(word in said for word in typed.casefold().split())

    def _on_changed(self) -> None:
        self._take(self, self.control.value())
