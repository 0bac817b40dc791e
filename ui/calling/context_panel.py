"""What is known of the customer, money first: contracts, people, open items, plan and history."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.card import Person
from callstation.accounts.timeline import TimelineEntry
from callstation.calling.card import Card
from callstation.percents import percent, share_of
from callstation.settings import Settings
from db.vocabulary import NumberStatus, QuoteOption
from ui import words
from ui.calling.closing_rows import closing_rows, closing_title
from ui.calling.info_row import Info, picture_of
from ui.calling.info_section import Fact, InfoSection
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import Button, Chip, Label, Scroll
from ui.widgets.base import Themed

PEOPLE, CONTRACTS, HISTORY = 6, 8, 8
_MARKS = {
    "email": "mail", "skip": "step-forward", "snooze": "alarm-clock", "note": "pencil", "import": "file-spreadsheet",
    "callback": "clock", "contact_change": "users", "quote": "file-text", "document": "printer",
    "closing": "list-checks",
}  # fmt: skip


class ContextPanel(Themed, QWidget):
    """316 px wide; ``account_chosen`` asks for the account's own page."""

    account_chosen = Signal(int)

    def __init__(self, settings: Settings, today: Callable[[], date]) -> None:
        super().__init__()
        self.setAccessibleName("Customer")
        self._settings, self._today, self._account_id = settings, today, 0
        self._is_tight = False
        inside = QWidget()
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(17, 16, 16, 16)
        column.setSpacing(0)
        self.heading = Label("", "label", "text3")
        self.amount, self.about = Label("", "account", tabular=True), Label("", "secondary", "text3")
        self.ends = Chip()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.amount)
        row.addWidget(self.about, 1)
        row.addWidget(self.ends)
        column.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addLayout(row)
        column.addSpacing(4)
        self.plan, self.term, self.contract, self.stage, self.order, self.next_step = (
            Fact(name) for name in ("Plan", "Term", "Contract", "Stage", "Order", "Next step")
        )
        self.proposed = Fact("Proposed", is_strong=True)
        for fact in (
            self.plan, self.term, self.proposed, self.contract, self.stage, self.order, self.next_step
        ):  # fmt: skip
            column.addWidget(fact)
        column.addSpacing(4)
        self.contracts, self.people = InfoSection("Contracts"), InfoSection("People")
        self.items, self.history = InfoSection("Open items"), InfoSection("History")
        self.closing = InfoSection("Closing")
        self._sections = (self.closing, self.contracts, self.people, self.items, self.history)
        for section in self._sections:
            column.addWidget(section)
        column.addSpacing(8)
        self.all = Button("Open the account", "text")
        self.all.clicked.connect(lambda: self.account_chosen.emit(self._account_id))
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        self._scroll = Scroll(inside)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range)
        outer.addWidget(self._scroll)
        self.restyle()

    def show_card(self, card: Card) -> None:
        """Show what is known of this customer."""
        is_other, self._account_id = card.account_id != self._account_id, card.account_id
        self._money(card)
        self._facts(card)
        self.closing.title.setText(closing_title(card))
        for section, rows in zip(self._sections, self._rows(card), strict=True):
            section.show_rows(rows)
        self._column.activate()
        if is_other:
            self._scroll.verticalScrollBar().setValue(0)

    def draw_ahead(self, card: Card) -> None:
        """Draw the rows of the next customer in a pause, so that showing them takes no time."""
        if self.isVisible():
            width = self.history.width()
            for info in (info for rows in self._rows(card) for info in rows):
                picture_of(info, width, self.devicePixelRatioF(), self.layoutDirection())

    def _rows(self, card: Card) -> tuple[list[Info], ...]:
        this = card.contact_id
        people = sorted(card.people, key=lambda person: person.contact_id != this)[:PEOPLE]
        # what is to close stands in a section of its own
        items = [item for item in card.open_items if item.icon != "list-checks" or not card.closing]
        return (
            closing_rows(card),
            self._contracts(card),
            [self._person(person, person.contact_id == this) for person in people],
            [Info(item.title, item.words, mark=item.icon, tone=item.kind, lines=2) for item in items],
            [self._entry(entry) for entry in card.history[:HISTORY]],
        )

    def _money(self, card: Card) -> None:
        count = len(card.renewals)
        self.heading.setText("End customers' contracts" if card.is_partner else "Up for renewal")
        self.amount.setText(words.money(card.amount, card.currency, self._settings) or _no_amount(card))
        self.about.setText(f"{count} contracts" if count > 1 else "")
        left = card.days
        self.ends.set_chip("" if left is None else words.renews(left), _urgency(left), "calendar-clock")

    def _facts(self, card: Card) -> None:
        one = card.renewals[0] if len(card.renewals) == 1 and not card.is_partner else None
        today = self._today()
        seats = f"{one.quantity:,} seats" if one and one.quantity is not None else ""
        self.plan.show_value(", ".join(part for part in (one.products, seats) if part) if one else "")
        self.term.show_value(self._term(one.starts_on, one.due_on, today) if one else "")
        self.contract.show_value(one.number if one else "")
        self.stage.show_value(one.stage.replace("_", " ").capitalize() if one else "")
        self.order.show_value((one.order_number or "") if one else "")
        self.proposed.show_value(self._proposed(card))
        step = card.plan.next_step if card.plan else None
        self.next_step.show_value(f"{step.name}, {words.day(step.due_on, today, self._settings)}" if step else "")

    def _term(self, starts_on: date | None, due_on: date, today: date) -> str:
        ends = f"ends {words.day(due_on, today, self._settings)}"
        if starts_on is None:
            return ends
        after = due_on + timedelta(days=1)
        months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
        return f"{months} months, {ends}" if months > 0 else ends

    def _proposed(self, card: Card) -> str:
        """What the newest open quote comes to, and how much more or less that is where it renews the same term."""
        if not card.quotes:
            return ""
        quote = card.quotes[0]
        price = words.money(quote.total, quote.currency, self._settings)
        if quote.option is QuoteOption.THREE_YEARS:
            return f"{price}, three years"
        is_like = quote.option is QuoteOption.AS_IS and card.amount and quote.currency == card.currency
        change = share_of(quote.total - card.amount, card.amount) if is_like and card.amount else None
        return price if change is None else f"{price} ({percent(change, self._settings.language, is_change=True)})"

    def _contracts(self, card: Card) -> list[Info]:
        if len(card.renewals) < 2 and not card.is_partner:
            return []
        shown = []
        for line in card.renewals[:CONTRACTS]:
            value = words.money(line.amount, line.currency, self._settings)
            seats = "" if line.quantity is None else f"{line.quantity:,} seats"
            about = ", ".join(part for part in (words.renews(line.days), line.products, seats) if part)
            title = line.account if card.is_partner else line.number
            tone = _urgency(line.days)
            shown.append(Info(title, about, value, "file-text", "text2" if tone == "info" else tone, lines=2))
        rest = len(card.renewals) - len(shown)
        return [*shown, Info(f"And {rest} more", mark="ellipsis")] if rest > 0 else shown

    def _person(self, person: Person, is_this_call: bool) -> Info:
        number = person.numbers[0] if person.numbers else None
        title = ", ".join(part for part in (person.name, "" if is_this_call else person.role) if part)
        about = number.shown if number else person.email or "No number known"
        if number and number.extension:
            about += f" ext. {number.extension}"
        chip, kind = _person_chip(person, is_this_call, number is not None and number.status is NumberStatus.DEAD)
        return Info(title, about, person=person.name, chip=chip, chip_kind=kind)

    def _entry(self, entry: TimelineEntry) -> Info:
        today, on = self._today(), entry.happened_at.astimezone(self._settings.zone).date()
        mark, tone = _MARKS.get(entry.kind, "phone-call" if entry.is_reached else "phone"), "text2"
        if entry.kind == "call":
            tone = "ok" if entry.is_reached else "text2"
            mark = "voicemail" if entry.title == "Left voicemail" else mark
        about = entry.words
        if entry.is_reached and entry.duration_s >= 60:
            about = f"{about} {words.span(entry.duration_s)}." if about else f"{words.span(entry.duration_s)}."
        return Info(entry.title, about, words.day(on, today, self._settings), mark, tone, lines=2)

    def _on_range(self, _least: int, most: int) -> None:
        # the bar takes its room from the margin, so that rows keep their width and need not be drawn again
        self._column.setContentsMargins(17, 16, 6 if most else 16, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        edge = self.width() - 1 if self.isRightToLeft() else 0
        painter.fillRect(edge, 0, 1, self.height(), theme.colour("border"))

    def set_tight(self, is_tight: bool) -> None:
        """Somewhat narrower, where the window leaves less room for the call."""
        self._is_tight = is_tight
        self.restyle()

    def restyle(self) -> None:
        self.setFixedWidth(theme.px(284 if self._is_tight else 316))


def _no_amount(card: Card) -> str:
    return "No value known" if card.renewals else "Nothing is open"


def _urgency(left: int | None) -> Kind:
    return "info" if left is None or left > 30 else "warn" if left > 7 else "bad"


def _person_chip(person: Person, is_this_call: bool, is_dead: bool) -> tuple[str, Kind]:
    if person.is_do_not_call:
        return "Do not call", "bad"
    if is_this_call:
        return "This call", "info"
    if not person.is_active:
        return "Left", "mute"
    return ("Number dead", "mute") if is_dead else ("", "mute")
