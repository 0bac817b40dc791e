"""Who is on the line: account, person, the number to ring, their local time, and what was said last."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from callstation.calling.card import Card as CallCard
from callstation.calling.gate import Gate
from ui import actions
from ui.calling.head_parts import CallClock, LastTime
from ui.calling.queue_delegate import kind_of
from ui.widgets import Button, Card, Chip, Divider, ElidedLabel, IconLabel, KeyBadge, Label

_TONES = {Gate.ALLOWED: ("sun", "warn"), Gate.WARN: ("triangle-alert", "warn"), Gate.SOFT_BLOCK: ("ban", "bad"),
          Gate.HARD_BLOCK: ("ban", "bad")}  # fmt: skip


class AccountHead(Card):
    """The card at the top of the workspace."""

    call_pressed = Signal()
    skip_pressed = Signal()
    more_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.account, self.chip = ElidedLabel("", "account"), Chip()
        self.person, self.role = ElidedLabel("", "label"), ElidedLabel("", "secondary", "text2")
        self.beside = ElidedLabel("", "secondary", "text2")
        self.skip = Button("Skip", "plain", "step-forward")
        self.skip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # a long name gives way, not this
        self.skip.setToolTip(actions.tool_tip("skip"))
        self.more = Button("More actions", "icon", "ellipsis")
        self.number = Label("", "number", selectable=True)
        self.number.setAccessibleName("Number")
        self.place_icon, self.place = IconLabel("sun", "warn", 14), ElidedLabel("", "secondary", "text2")
        self.clock = CallClock()
        self.start, self.end = (
            Button("Start call", "primary", "phone"),
            Button("End call", "plain", "phone-off", height=40),
        )
        self.call_key = KeyBadge(*actions.caps_of("call"))
        self.last = LastTime()
        self._divider = Divider()
        self._lay_out()
        self.start.clicked.connect(self.call_pressed)
        self.end.clicked.connect(self.call_pressed)
        self.skip.clicked.connect(self.skip_pressed)
        self.more.clicked.connect(self.more_pressed)
        for widget in (self.beside, self.clock, self.end):
            widget.hide()

    def _lay_out(self) -> None:
        body = self.body
        body.setSpacing(8)
        body.setContentsMargins(20, 16, 20, 16)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.account)
        first.addWidget(self.chip)
        first.addWidget(self.beside)
        first.addStretch(1)
        first.addWidget(self.skip)
        first.addWidget(self.more)
        self._second = QWidget()
        second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 4)
        second.setSpacing(10)
        second.addWidget(self.person)
        second.addWidget(self.role, 1)
        third = QHBoxLayout()
        third.setSpacing(8)
        where = QHBoxLayout()
        where.setSpacing(6)
        where.addWidget(self.place_icon)
        where.addWidget(self.place, 1)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.number, 0, Qt.AlignmentFlag.AlignLeft)
        left.addLayout(where)
        third.addLayout(left, 1)
        for widget in (self.clock, self.start, self.end, self.call_key):
            third.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        third.setStretch(0, 1)
        body.addLayout(first)
        body.addWidget(self._second)
        body.addWidget(self._divider)
        body.addSpacing(2)
        body.addLayout(third)
        body.addWidget(self.last)

    def show_card(self, card: CallCard, last_on: str, last_words: str) -> None:
        """Show who this is; ``last_on`` and ``last_words`` are the day and the words of the last time."""
        chip = card.chip
        if chip is None:
            self.chip.set_chip("")
        else:
            self.chip.set_chip(chip.words, kind_of(chip.kind), chip.icon)
        for label, text in (
            (self.account, card.account),
            (self.person, card.contact or "Nobody known yet"),
            (self.role, card.role),
            (self.beside, card.contact),
        ):
            if label.text() != text:
                label.setText(text)
        number = card.number
        extension = f" ext. {number.extension}" if number and number.extension else ""
        self.number.setText(f"{number.shown}{extension}" if number else "No number")
        icon, tone = _TONES[card.verdict.gate]
        self.place_icon.set_icon(icon, tone)
        said = card.verdict.words
        self.place.setText(f"{card.place}, {said}" if card.place and said[:1].isdigit() else said)
        self.place.set_tone("bad" if card.verdict.gate >= Gate.SOFT_BLOCK else "text2")
        self.last.show_last(last_on, last_words)

    def show_clock(self, seconds: int | None, *, is_over: bool = False) -> None:
        """The time on the call so far, None while there is none; ``is_over`` once the line is down."""
        self.clock.show_seconds(seconds, is_over=is_over)
        is_on = seconds is not None and not is_over
        if self.start.isHidden() is not is_on:
            self.start.setVisible(not is_on)
            self.end.setVisible(is_on)

    def set_compact(self, is_compact: bool) -> None:
        """Fewer lines where the window is low: the person moves up beside the account."""
        for widget in (self._second, self._divider):
            widget.setVisible(not is_compact)
        self.beside.setVisible(is_compact)
        self.last.set_lines(1 if is_compact else 2)
        side, above = (16, 8) if is_compact else (20, 16)
        self.body.setContentsMargins(side, above, side, above)
        self.body.setSpacing(4 if is_compact else 8)
