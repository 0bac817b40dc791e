"""The foot of a quote that is worked on: words for the customer, the reason for the discount, save and send."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ui import actions
from ui.quotes.keyed_field import KeyedField
from ui.widgets import Button, Card, ElidedLabel, KeyBadge


class LiveFoot(Card):
    """``noted(words)``, ``reasoned(words)``, ``left`` of a field, ``wanted(action id)`` for a button."""

    noted = Signal(str)
    reasoned = Signal(str)
    left = Signal()
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=12)
        self.setAccessibleName("Save and send")
        self.note = KeyedField("Note to the customer", actions.caps_of("quote_note")[0])
        self.reason = KeyedField("Reason for the discount", actions.caps_of("quote_reason")[0])
        self.words = ElidedLabel("", "secondary", "text2", tabular=True)
        self.save = Button("Save draft", "plain", height=36)
        self.send = Button("Send", "primary", "mail", height=36)
        fields = self._fields = QHBoxLayout()
        row = self._row = QHBoxLayout()
        for layout in (fields, row):
            layout.setSpacing(8)
            self.body.addLayout(layout)
        fields.addWidget(self.note, 3)
        fields.addWidget(self.reason, 2)
        row.addWidget(self.words, 1)
        for button, action_id in ((self.save, "quote_save"), (self.send, "quote_send")):
            row.addWidget(button)
            row.addWidget(KeyBadge(*actions.caps_of(action_id)))
            button.clicked.connect(lambda _=False, name=action_id: self.wanted.emit(name))
        self.note.said.connect(self.noted)
        self.reason.said.connect(self.reasoned)
        self.note.left.connect(self.left)
        self.reason.left.connect(self.left)
        self.reason.hide()

    def show_state(self, note: str, reason: str, words: str, tone: str, *, has_discount: bool, may_send: bool) -> None:
        """Show what is written; ``may_send`` is False where the discount needs an approval first."""
        self.note.show_words(note)
        self.reason.show_words(reason)
        self.reason.setVisible(has_discount or bool(reason))
        self.words.setText(words)
        self.words.set_tone(tone)
        if may_send is not (self.send.words == "Send"):
            self.send.set_words(*(("Send", "mail") if may_send else ("Ask for approval", "circle-question-mark")))

    def set_busy(self, is_busy: bool) -> None:
        """While the paper is made, nothing is sent a second time."""
        for widget in (self.save, self.send, self.note, self.reason):
            widget.setEnabled(not is_busy)

    def set_compact(self, is_compact: bool) -> None:
        """All on one line, where the window is low; what the words say is then said below the table."""
        side = 7 if is_compact else 12
        self.body.setContentsMargins(12, side, 12, side)
        self.body.setSpacing(0 if is_compact else 8)
        self.words.setVisible(not is_compact)
        for place, field in enumerate((self.note, self.reason)):
            (self._fields if is_compact else self._row).removeWidget(field)
            (self._row if is_compact else self._fields).insertWidget(place, field, 3 - place)
