"""The outcome keys: not reached in one row, reached in the other, each with what pressing it leads to."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from callstation.calling.card import KeyLine
from callstation.calling.outcomes import OUTCOMES, Reached
from db.vocabulary import Disposition
from ui import actions
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import Button, Card, ElidedLabel, KeyBadge, Label, OutcomeKey

_D = Disposition
KINDS: dict[Disposition, Kind] = {
    _D.WRONG_NUMBER: "bad", _D.CONTACT_LEFT: "bad", _D.CALLBACK_AGREED: "warn", _D.QUOTE_REQUESTED: "info",
    _D.REVIEWING_QUOTE: "info", _D.VERBAL_YES: "ok", _D.ORDER_RECEIVED: "ok", _D.RENEWING_VIA_PARTNER: "ok",
    _D.REDUCING_SEATS: "warn", _D.NOT_RENEWING: "bad", _D.DO_NOT_CALL: "bad",
}  # fmt: skip
"""The colour of an outcome's digit; those not named are calm."""


ROOMY = 660
"""From this width on five keys fit beside each other with their names whole."""
HINT = "Logs the call and opens the next account. Hold Ctrl while typing."
_SHORT = {
    _D.VERBAL_YES: "Commit, set day", _D.QUOTE_REQUESTED: "Quote in 4 h", _D.REVIEWING_QUOTE: "Set a day",
    _D.REDUCING_SEATS: "Risk, set day",
}  # fmt: skip


def consequence(line: KeyLine) -> str:
    """What a key leads to, in the few words that fit on it."""
    return _SHORT.get(line.disposition) or line.consequence.replace(":00 AM", " AM").replace(":00 PM", " PM")


class OutcomePad(Card):
    """``pressed(digit)`` tells which key; keys are made when the campaign changes, else only their words."""

    pressed = Signal(int)
    more_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Outcome")
        self.body.setContentsMargins(20, 14, 20, 16)
        self.keys: dict[int, OutcomeKey] = {}
        self._shown: tuple[Disposition, ...] = ()
        self._is_compact = self._is_narrow = False
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(Label("Outcome", "emphasis"))
        head.addStretch(1)
        self.hint = ElidedLabel(
            "Logs the call and opens the next account. Hold Ctrl while typing.", "secondary", "text3"
        )
        head.addWidget(self.hint)
        self.more = Button("More", "text")
        self.more.clicked.connect(self.more_pressed)
        head.addWidget(self.more)
        head.addWidget(KeyBadge(*actions.caps_of("more_outcomes")))
        self.body.addWidget(self._head)
        self._titles = (Label("Not reached", "label", "text2"), Label("Reached", "label", "text2"))
        self._rows = (QGridLayout(), QGridLayout())
        for title, row in zip(self._titles, self._rows, strict=True):
            row.setSpacing(8)
            self.body.addWidget(title, 0, Qt.AlignmentFlag.AlignLeft)
            self.body.addLayout(row)

    def show_keys(self, lines: tuple[KeyLine, ...]) -> None:
        """Show a campaign's keys with their consequences for the account in hand."""
        if tuple(line.disposition for line in lines) != self._shown:
            self._make(lines)
        for line in lines:
            key, follows = self.keys[line.digit], consequence(line)
            if (line.label, follows) != (key.label, key.consequence):
                key.set_words(line.label, follows)

    def _make(self, lines: tuple[KeyLine, ...]) -> None:
        for key in self.keys.values():
            for row in self._rows:
                row.removeWidget(key)
            key.hide()  # not taken out of its window: it would be one of its own for a moment, and take the focus
            key.deleteLater()
        self.keys.clear()
        self._shown = tuple(line.disposition for line in lines)
        for line in lines:
            kind = KINDS.get(line.disposition, "mute")
            key = OutcomeKey(
                str(line.digit), line.label, consequence(line), kind, is_compact=self._is_compact or self._is_narrow
            )
            key.clicked.connect(lambda _=False, digit=line.digit: self.pressed.emit(digit))
            self.keys[line.digit] = key
        self._place()

    def suggest(self, digit: int) -> None:
        """Mark the key that follows from what was done in the call; 0 for none."""
        for known, key in self.keys.items():
            key.set_suggested(known == digit)

    def set_compact(self, is_compact: bool) -> None:
        """Single-line keys without headings, where the window is low."""
        self._is_compact = is_compact
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < theme.px(ROOMY)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._place()
            self._arrange()

    def _place(self) -> None:
        """Two rows, told apart by whether anybody was reached; three of three where five do not fit."""
        for digit, key in self.keys.items():
            for row in self._rows:
                row.removeWidget(key)
            if self._is_narrow:
                self._rows[0].addWidget(key, (digit - 1) // 3, (digit - 1) % 3)
            else:
                is_reached = OUTCOMES[self._shown[digit - 1]].reached is Reached.YES
                self._rows[is_reached].addWidget(key, 0, digit)

    def _arrange(self) -> None:
        is_short = self._is_compact or self._is_narrow
        side, above = 12 if is_short else 20, 10 if self._is_compact else 14
        self.body.setContentsMargins(side, above, side, above)
        for row in self._rows:
            row.setSpacing(6 if self._is_narrow else 8)
        self._head.setVisible(not self._is_compact)
        self.hint.setVisible(not self._is_narrow)
        for title in self._titles:
            title.setVisible(not is_short)
        for key in self.keys.values():
            key.set_compact(is_short)
