"""The contracts of an account with their lines and how far each renewal has come; whom they bind on the other side."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.accounts import AccountCard
from callstation.accounts.card import ContractRow, Linked
from callstation.settings import Settings
from db.vocabulary import RenewalStage
from ui import words
from ui.accounts.head_card import urgency
from ui.calling.info_row import Info, InfoRow
from ui.tokens import Kind
from ui.widgets import Button, Card, Chip, Divider, ElidedLabel, Label

FIRST = 8
_STAGES: dict[RenewalStage, Kind] = {
    RenewalStage.NOT_STARTED: "mute",
    RenewalStage.CONTACTED: "info",
    RenewalStage.QUOTED: "info",
    RenewalStage.VERBAL_YES: "ok",
    RenewalStage.ORDER_PROMISED: "ok",
    RenewalStage.WON: "ok",
    RenewalStage.AT_RISK: "warn",
    RenewalStage.LOST: "bad",
    RenewalStage.LAPSED: "bad",
}


class ContractsCard(Card):
    """The first few at once, the rest when asked for."""

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Contracts")
        head = QHBoxLayout()
        head.addWidget(Label("Contracts", "pane_title"))
        head.addStretch(1)
        self.count = Label("", "secondary", "text3", tabular=True)
        head.addWidget(self.count)
        self.body.addLayout(head)
        self._rows: QWidget | None = None
        self.more = Button("", "text")
        self.more.clicked.connect(self._on_more)
        self.body.addWidget(self.more)

    def show_card(self, card: AccountCard, today: date, settings: Settings) -> None:
        """Show another account's."""
        self._shown = (card, today, settings)
        self.setVisible(bool(card.contracts))
        self.count.setText(f"{card.contract_count:,}" if card.contract_count > 1 else "")
        self._fill(card.contracts[:FIRST])
        self.more.set_words(f"Show {min(card.contract_count, len(card.contracts)) - FIRST:,} more")
        self.more.setVisible(len(card.contracts) > FIRST)

    def _on_more(self) -> None:
        self._fill(self._shown[0].contracts)
        self.more.hide()

    def _fill(self, contracts: tuple[ContractRow, ...]) -> None:
        card, today, settings = self._shown
        if self._rows is not None:
            self.body.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for row in contracts:
            column.addWidget(Divider())
            column.addWidget(_Contract(row, today, settings, is_partner=card.is_partner))
        self.body.insertWidget(1, self._rows)


class _Contract(QWidget):
    def __init__(self, row: ContractRow, today: date, settings: Settings, *, is_partner: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(ElidedLabel(row.account if is_partner else row.number, "emphasis"), 1)
        first.addWidget(Label(words.money(row.value, row.currency, settings), "emphasis", tabular=True))
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(ElidedLabel(self._term(row, today, settings, is_partner), "secondary", "text2"), 1)
        for chip in _chips(row, today):
            second.addWidget(chip)
        column.addLayout(second)
        for line in row.lines[:6]:
            seats = f"{line.quantity:,} × " if line.quantity is not None else ""
            part = QHBoxLayout()
            part.setSpacing(8)
            part.addWidget(ElidedLabel(f"{seats}{line.product}", "secondary", "text2"), 1)
            if line.value is not None and len(row.lines) > 1:
                part.addWidget(
                    Label(words.money(line.value, row.currency, settings), "secondary", "text2", tabular=True)
                )
            column.addLayout(part)
        if len(row.lines) > 6:
            column.addWidget(Label(f"and {len(row.lines) - 6} more lines", "secondary", "text3"))
        if row.renewal is not None and row.renewal.next_step:
            column.addWidget(ElidedLabel(f"Next: {row.renewal.next_step}", "secondary", "text2"))

    @staticmethod
    def _term(row: ContractRow, today: date, settings: Settings, is_partner: bool) -> str:
        ends = f"{'ends' if row.ends_on >= today else 'ended'} {words.day(row.ends_on, today, settings)}"
        through = f"through {row.partner}" if row.partner and not is_partner else ""
        told = ", ".join(part for part in (row.number if is_partner else "", ends, through, row.vendor) if part)
        return told[:1].upper() + told[1:]


def _chips(row: ContractRow, today: date) -> list[Chip]:
    renewal = row.renewal
    if renewal is None:
        return [Chip("No renewal", "mute")]
    chips = [Chip(renewal.stage.replace("_", " ").capitalize(), _STAGES[renewal.stage])]
    left = (renewal.due_on - today).days
    if renewal.stage.is_open and left <= 30:
        chips.append(Chip(words.renews(left), urgency(left), "calendar-clock"))
    return chips


class LinkedCard(Card):
    """A partner's end customers, or the partners of a customer; ``chosen(account_id)`` opens one."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.title = Label("", "pane_title")
        self.count = Label("", "secondary", "text3", tabular=True)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        self.body.addLayout(head)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.body.addLayout(self._column)
        self._rest = Label("", "secondary", "text3")
        self.body.addWidget(self._rest)

    def show_card(self, card: AccountCard) -> None:
        """Show another account's."""
        self.setVisible(bool(card.linked))
        self.title.setText("End customers" if card.is_partner else "Partners")
        self.setAccessibleName(self.title.text())
        self.count.setText(f"{card.linked_count:,}" if card.linked_count > 1 else "")
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in card.linked[:FIRST]:
            self._column.addWidget(self._line(one))
        rest = card.linked_count - min(len(card.linked), FIRST)
        self._rest.setText(f"and {rest:,} more")
        self._rest.setVisible(rest > 0)

    def _line(self, one: Linked) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        row = InfoRow()
        contracts = "1 contract" if one.contracts == 1 else f"{one.contracts:,} contracts"
        row.show_info(Info(one.name, contracts, person=one.name))
        line.addWidget(row, 1)
        button = Button(f"Show {one.name}", "icon", "arrow-right", height=26)
        button.clicked.connect(lambda _=False: self.chosen.emit(one.account_id))
        line.addWidget(button)
        return holder
