"""A percentage kept as typed words: a narrow field with its sign behind it."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.settings.editors import WordsEditor
from ui.widgets import Label

_TYPING_PAUSE_MS = 500


class PercentControl:
    """What is typed counts a moment after the last key; whether it is a number is said by the setting."""

    is_wide = False

    def __init__(self, name: str) -> None:
        self.widget: Any = QWidget()
        self.field = WordsEditor(name, wide=76)
        self.field.setMaxLength(12)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field)
        row.addWidget(Label("%", "body", "text2"))
        self.widget.setAccessibleName(name)
        self.widget.setFocusProxy(self.field)
        self._pause = QTimer(self.field, singleShot=True, interval=_TYPING_PAUSE_MS)
        self.field.textChanged.connect(lambda *_: self._pause.start())

    def value(self) -> Any:
        return self.field.words().removesuffix("%").strip()

    def show(self, value: str) -> None:
        if value != self.value():
            self.field.blockSignals(True)
            self.field.put(value)
            self.field.blockSignals(False)

    def on_changed(self, heard: Any) -> None:
        self._pause.timeout.connect(heard)
        self.field.left.connect(self._pause.stop)
        self.field.left.connect(heard)
