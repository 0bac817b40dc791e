"""What can be done with the callback in hand; moving it is typed here and told in both zones before it counts."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.calling.callbacks import CallbackRow
from callstation.calling.retry import Preset
from ui import actions
from ui.calling.asking import ReadTime
from ui.calling.strip import StripField
from ui.theme import theme
from ui.widgets import Button, Card, ElidedLabel, FlowLayout, IconLabel, KeyBadge, Label

READ = Callable[[str], ReadTime]


class CallbackStrip(Card):
    """``wanted(action id)`` for a button, ``moved(datetime)`` for a new minute, ``left`` when it is given up."""

    wanted = Signal(str)
    moved = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("The callback in hand")
        self._read: READ | None = None
        self.title = ElidedLabel("", "emphasis")
        self.note = Label("", "body", "text2", wraps=True, selectable=True)
        self.body.addWidget(self.title)
        self.body.addWidget(self.note)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        for words, kind, icon, action_id, keys in (
            ("Call now", "primary", "phone", "call_now", ("↵",)),
            ("Move", "plain", "calendar-clock", "reschedule", actions.caps_of("reschedule")),
            ("Kept", "plain", "check", "complete", actions.caps_of("complete")),
            ("Cancel callback", "plain", "x", "cancel", actions.caps_of("cancel")),
        ):
            button = Button(words, kind, icon, height=32)  # type: ignore[arg-type]
            button.clicked.connect(lambda _=False, name=action_id: self.wanted.emit(name))
            row.addWidget(button)
            row.addWidget(KeyBadge(*keys))
            row.addSpacing(4)
        row.addStretch(1)
        self.body.addWidget(self._buttons)
        self._form = QWidget()
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        self._presets = QWidget()
        self._flow = FlowLayout(self._presets, spacing=8)
        column.addWidget(self._presets)
        line = QHBoxLayout()
        line.setSpacing(12)
        self.field = StripField()
        self.field.setPlaceholderText("or type: thu 10am")
        self.field.setAccessibleName("The new time, theirs")
        self.field.setFixedWidth(theme.px(200))
        line.addWidget(self.field)
        line.addWidget(IconLabel("arrow-right", "text3"))
        told = QVBoxLayout()
        told.setSpacing(1)
        self.strong, self.words = ElidedLabel("", "emphasis", tabular=True), ElidedLabel("", "secondary", tabular=True)
        told.addWidget(self.strong)
        told.addWidget(self.words)
        line.addLayout(told, 1)
        self.save = Button("Move", "primary", height=32)
        self.save.clicked.connect(self._on_saved)
        line.addWidget(self.save)
        line.addWidget(KeyBadge("↵"))
        back = Button("Back", "text")
        back.clicked.connect(self.left)
        line.addWidget(back)
        line.addWidget(KeyBadge("Esc"))
        column.addLayout(line)
        self.body.addWidget(self._form)
        self.field.textEdited.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_saved)
        self.field.left.connect(self.left)
        self._form.hide()

    @property
    def is_moving(self) -> bool:
        """Whether a new time is being typed."""
        return not self._form.isHidden()

    def show_row(self, row: CallbackRow) -> None:
        """Show the callback in hand."""
        self.title.setText(" · ".join(part for part in (row.account, row.contact, row.number) if part))
        self.note.setText(row.note)
        self.note.setVisible(bool(row.note))
        self._form.hide()
        self._buttons.show()

    def begin(self, presets: tuple[Preset, ...], read: READ) -> None:
        """Ask for another time; ``read`` says how something typed is understood."""
        self._read = read
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for preset in presets:
            button = Button(f"{preset.label}, {preset.words}", "small")
            button.clicked.connect(lambda _=False, at=preset.at: self.moved.emit(at))
            self._flow.addWidget(button)
            button.show()
        self.field.clear()
        self._tell(ReadTime(None, "", "Their time. Add “my time” for yours."))
        self._buttons.hide()
        self._form.show()
        self.field.setFocus()

    def _on_typed(self, typed: str) -> None:
        if self._read is not None:
            self._tell(self._read(typed))

    def _tell(self, read: ReadTime) -> None:
        self.strong.setText(read.strong)
        self.strong.setVisible(bool(read.strong))
        self.words.setText(read.words)
        self.words.set_tone(read.tone)
        self.words.setVisible(bool(read.words))
        self.save.setEnabled(read.at is not None)

    def _on_saved(self) -> None:
        at: datetime | None = self._read(self.field.text()).at if self._read is not None else None
        if at is not None:
            self.moved.emit(at)
