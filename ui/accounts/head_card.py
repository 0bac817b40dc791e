"""Who the account is, what is open to renew there, and the way to the call."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from callstation.accounts.accounts import AccountCard
from callstation.accounts.street import street_lines
from callstation.calling.clock_words import time_words, zone_place
from callstation.errors import UserError
from callstation.settings import Settings
from ui import actions, words
from ui.accounts.account_form import AccountForm
from ui.accounts.quiet_icon import QuietIcon
from ui.calling.info_section import Fact
from ui.tokens import Kind
from ui.widgets import Button, Card, Chip, Divider, ElidedLabel, KeyBadge, Label

SUMS = 3  # currencies shown; more than that at one account are not met


class HeadCard(Card):
    """``called`` asks for the desk; ``edited(dict)`` brings what was typed over in the form, ``left`` closed it."""

    called = Signal()
    edited = Signal(dict)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Account")
        self.name = ElidedLabel("", "account")
        self.kind, self.ends = Chip(), Chip()
        self.place = Label("", "secondary", "text2", wraps=True)
        self.call = Button("Call now", "primary", "phone", height=36)
        self.call.clicked.connect(self.called)
        self.why_not = Label("", "secondary", "text2", wraps=True)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.name, 1)
        self.edit = QuietIcon(actions.action("edit_account").label, "pencil")
        self.edit.setToolTip(actions.tool_tip("edit_account"))
        self.edit.clicked.connect(lambda: self.begin("name"))
        first.addWidget(self.edit)
        first.addWidget(KeyBadge(*actions.caps_of("edit_account")))
        self.body.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(8)
        about = QVBoxLayout()
        about.setSpacing(6)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        chips.addWidget(self.kind)
        chips.addWidget(self.ends)
        chips.addStretch(1)
        about.addLayout(chips)
        about.addWidget(self.place)
        second.addLayout(about, 1)
        second.addWidget(self.call, 0, Qt.AlignmentFlag.AlignVCenter)
        self.enter = KeyBadge("↵")
        second.addWidget(self.enter, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(second)
        self.body.addWidget(self.why_not)
        self.form: AccountForm | None = None
        self.card: AccountCard | None = None
        self._place_of_form = QVBoxLayout()
        self.body.addLayout(self._place_of_form)
        self.body.addWidget(Divider())
        self.sums = [Fact("Open to renew", is_strong=True), *(Fact("and", is_strong=True) for _ in range(SUMS - 1))]
        self.next, self.zone, self.segment = Fact("Ends first"), Fact("Time there"), Fact("Segment")
        facts = QVBoxLayout()
        facts.setSpacing(0)
        for fact in (*self.sums, self.next, self.zone, self.segment):
            facts.addWidget(fact)
        self.body.addLayout(facts)

    def show_card(self, card: AccountCard, now: datetime, today: date, settings: Settings) -> None:
        """Show another account; a form that is open for the same one stays as it is."""
        if self.card is not None and card.account_id != self.card.account_id:
            self.close_form()
        self.card = card
        self.name.setText(card.name)
        self.kind.set_chip("Partner" if card.is_partner else "Customer", "info" if card.is_partner else "mute",
                           "handshake" if card.is_partner else "building-2")  # fmt: skip
        next_on = min((one.next_on for one in card.sums), default=None)
        left = None if next_on is None else (next_on - today).days
        self.ends.set_chip("" if left is None else words.renews(left), urgency(left), "calendar-clock")
        address = (*street_lines(card.street), card.city, card.region, card.postal_code, card.country)
        self.place.setText(", ".join(part for part in address if part))
        self.place.setVisible(bool(self.place.text()))
        is_callable = card.target_id is not None
        for widget in (self.call, self.enter):
            widget.setVisible(is_callable)
        self.why_not.setText("" if is_callable else "Nothing here is up for renewal by call, so it stands in no queue.")
        self.why_not.setVisible(not is_callable)
        for place, fact in enumerate(self.sums):
            one = card.sums[place] if place < len(card.sums) else None
            count = "" if one is None else f" in {one.count:,} contracts" if one.count > 1 else " in 1 contract"
            fact.show_value("" if one is None else words.money(one.amount, one.currency, settings) + count)
        self.next.show_value("" if next_on is None else words.weekday(next_on, today, settings))
        self.zone.show_value(_their_time(card.time_zone, now, settings))
        self.segment.show_value(card.segment[:1].upper() + card.segment[1:])

    def begin(self, key: str = "") -> None:
        """Open the form with the caret in one of its fields."""
        if self.card is None:
            return
        self.close_form()
        form = self.form = AccountForm(self.card)
        form.saved.connect(lambda typed: self.edited.emit(form.changes(typed)))
        form.left.connect(self.leave)
        self._place_of_form.addWidget(form)
        form.show()
        form.begin(key)

    def leave(self) -> None:
        """Close the form and drop what was typed."""
        self.close_form()
        self.left.emit()

    def close_form(self) -> None:
        """Close the form, if it is open."""
        if self.form is not None:
            self.form.setParent(None)
            self.form.deleteLater()
            self.form = None

    def show_problem(self, error: UserError) -> None:
        """Say in the form what cannot be taken."""
        if self.form is not None:
            self.form.show_problem(error)


def _their_time(zone: str, now: datetime, settings: Settings) -> str:
    """``Adelaide, 5:48 AM now``."""
    if not zone:
        return ""
    local = now.astimezone(ZoneInfo(zone))
    return f"{zone_place(zone)}, {time_words(local, is_24_hour=settings.is_24_hour)} now"


def urgency(left: int | None) -> Kind:
    """The colour of so many days to the end."""
    return "mute" if left is None or left > 30 else "warn" if left > 7 else "bad"
