"""Why a document cannot be made: what is missing, of whom, and a button that leads to where it is filled in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.documents.fields import MissingFieldsError
from callstation.errors import UserError
from ui.documents.mending import button_words
from ui.widgets import Button, Card, IconLabel, KeyBadge, Label

_MOST = 6


class MissingCard(QWidget):
    """``mended(MissingField)`` for a button; any other error is told without one."""

    mended = Signal(object)

    def __init__(self, *keys: str) -> None:
        super().__init__()
        self._keys = keys
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.card = Card(padding=20, tone="sunken")
        outer.addWidget(self.card)
        outer.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("triangle-alert", "warn", 20), 0, Qt.AlignmentFlag.AlignTop)
        self.title = Label("", "pane_title", wraps=True)
        head.addWidget(self.title, 1)
        self.card.body.addLayout(head)
        self.detail = Label("", "body", "text2", wraps=True)
        self.detail.setContentsMargins(32, 0, 0, 0)
        self.card.body.addWidget(self.detail)
        self._rows: QWidget | None = None
        self.buttons: list[Button] = []

    def show_error(self, error: UserError) -> None:
        """Say why; a row for each missing field."""
        self.title.setText(error.title)
        fields = error.fields if isinstance(error, MissingFieldsError) else ()
        self.detail.setText("" if fields else " ".join(part for part in (error.detail, error.hint) if part))
        self.detail.setVisible(bool(self.detail.text()))
        if self._rows is not None:
            self.card.body.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget()
        self.buttons = []
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(32, 0, 0, 0)
        column.setSpacing(10)
        for place, field in enumerate(fields[:_MOST]):
            column.addWidget(Label(field.words, "body", "text2", wraps=True))
            line = QHBoxLayout()
            line.setSpacing(8)
            button = Button(button_words(field), "primary" if place == 0 else "plain", height=32)
            button.setAccessibleName(f"{button.words}: {field.name}")
            button.clicked.connect(lambda _=False, field=field: self.mended.emit(field))
            self.buttons.append(button)
            line.addWidget(button)
            if place == 0 and self._keys:
                line.addWidget(KeyBadge(*self._keys))
            line.addStretch(1)
            column.addLayout(line)
        if len(fields) > _MOST:
            column.addWidget(Label(f"and {len(fields) - _MOST} more", "secondary", "text3"))
        self.card.body.addWidget(self._rows)

    @property
    def words(self) -> str:
        """All it says, for a screen reader."""
        said = [label.text() for label in self.card.findChildren(Label) if not label.isHidden()]
        return " ".join(part for part in said if part)
