"""The product in hand: what it is, what it lists for now and before, and who pays another price by agreement."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.errors import UserError
from callstation.quotes.product_card import Agreed, Book, Entry, ProductCard
from callstation.settings import Settings
from ui import actions, words
from ui.accounts.inline_form import InlineForm
from ui.catalogue import forms
from ui.catalogue.columns import kind_words, money_or_unknown, state, unit_words, validity
from ui.catalogue.forms import Edit
from ui.catalogue.rows_card import RowsCard
from ui.quotes.numbers import percent
from ui.quotes.row_button import RowButton
from ui.tokens import Kind
from ui.widgets import Button, Card, Chip, ElidedLabel, KeyBadge, Label


class ProductPanel(QWidget):
    """``edited(Edit, dict)`` brings what was typed; ``left`` when a form is closed."""

    edited = Signal(object, dict)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[ProductCard, date, Settings, str] | None = None
        self.head = Card(padding=16)
        self.head.setAccessibleName("The product in hand")
        self.name, self.kind = Label("", "pane_title", wraps=True, selectable=True), Chip()
        self.about, self.used = Label("", "body", "text2", wraps=True), ElidedLabel("", "secondary", "text3")
        self.change = Button("Change", "small", "pencil")
        self._lay_out_head()
        self.details = RowsCard("Details", "")
        self.details.hide()
        self.prices = RowsCard(
            "List prices", "No price book has it yet.", add="Add a price", action_id="add_price", edit=Edit("add_price")
        )
        self.agreed = RowsCard(
            "Contracted prices", "Everyone pays the list price.", add="Add a contracted price", action_id="agree_price",
            edit=Edit("add_agreed"),
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for card in (self.head, self.details, self.prices, self.agreed):
            column.addWidget(card)
        column.addStretch(1)
        self.change.clicked.connect(lambda: self.begin(Edit("product")))
        for part in (self.details, self.prices, self.agreed):
            part.wanted.connect(self.begin)
            part.edited.connect(self.edited)
            part.left.connect(self.left)

    def _lay_out_head(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.name, 1)
        first.addWidget(self.kind)
        first.addWidget(self.change)
        first.addWidget(KeyBadge(*actions.caps_of("edit_product")))
        self.head.body.addLayout(first)
        self.head.body.addWidget(self.about)
        self.head.body.addWidget(self.used)

    @property
    def card(self) -> ProductCard | None:
        """What is shown."""
        return self._shown[0] if self._shown else None

    def show_card(self, card: ProductCard, today: date, settings: Settings, currency: str) -> None:
        """Show a product; ``currency`` is that of the row in hand. An open form of the same product stays."""
        is_other = self._shown is None or self._shown[0].product_id != card.product_id
        self._shown = (card, today, settings, currency or settings.currency)
        if is_other:
            self.close_forms()
        self.name.setText(card.name)
        self.kind.set_chip(kind_words(card.kind), "info" if card.kind.value == "add_on" else "mute")
        told = [part for part in (card.vendor, card.family, f"SKU {card.sku}" if card.sku else "") if part]
        self.about.setText(" · ".join(told) or "No vendor is known; E says whose it is.")
        many = card.contracts
        self.used.setText(
            f"In {words.count(many, settings)} {'contract' if many == 1 else 'contracts'}" if many else ""
        )
        self.used.setVisible(bool(many))
        now = [entry for entry in card.entries if entry.counts]
        older = [entry for entry in card.entries if not entry.counts]
        rows = [(_entry(entry, today, settings), Edit("price", entry.entry_id)) for entry in (*now, *older)]
        self.prices.show_rows(rows, max(1, len(now)), f"Show {len(older):,} that do not count today")
        self.agreed.show_rows([(_agreed(one, today, settings), Edit("agreed", one.price_id)) for one in card.agreed])

    def begin(self, edit: Edit) -> None:
        """Open the form of an edit."""
        if self._shown is None:
            return
        card, _, settings, currency = self._shown
        self.close_forms()
        home, form = self._form(edit, card, settings, currency)
        home.show_form(form, edit)
        home.show()

    def _form(self, edit: Edit, card: ProductCard, settings: Settings, currency: str) -> tuple[RowsCard, InlineForm]:
        if edit.what == "product":
            return self.details, forms.product_form(card)
        if edit.what in ("price", "add_price"):
            entry = next((one for one in card.entries if one.entry_id == edit.record_id), None)
            return self.prices, forms.price_form(card, entry, settings, currency)
        agreed = next((one for one in card.agreed if one.price_id == edit.record_id), None)
        return self.agreed, forms.agreed_form(card, agreed, settings, currency)

    def show_problem(self, error: UserError) -> None:
        """Say in the open form what cannot be taken."""
        for card in (self.details, self.prices, self.agreed):
            card.show_problem(error)

    def close_forms(self) -> None:
        """Take an open form away."""
        for card in (self.details, self.prices, self.agreed):
            card.close_form()
        self.details.hide()

    @property
    def has_form(self) -> bool:
        """Whether something is being typed."""
        return any(card.form is not None for card in (self.details, self.prices, self.agreed))


class BookPanel(QWidget):
    """The price book in hand; the same signals."""

    edited = Signal(object, dict)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._book: Book | None = None
        self.card = RowsCard("Price book", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.card)
        column.addStretch(1)
        self.card.wanted.connect(self.begin)
        self.card.edited.connect(self.edited)
        self.card.left.connect(self.left)

    def show_book(self, book: Book, today: date, settings: Settings) -> None:
        """Show a price book."""
        if self._book is None or self._book.book_id != book.book_id:
            self.card.close_form()
        self._book = book
        many = f"{words.count(book.prices, settings)} {'price' if book.prices == 1 else 'prices'}"
        source = f", imported from {book.source}" if book.source else ""
        said = f"Valid {validity(book.valid_from, book.valid_to, today, settings)}{source}"
        row = RowButton(book.name, said, many, state(book, today)[0], "ok" if book.holds else "mute")
        self.card.show_rows([(row, Edit("book", book.book_id))])

    def begin(self, edit: Edit) -> None:
        """Open the form of the book."""
        if self._book is not None:
            self.card.show_form(forms.book_form(self._book), edit)

    def show_problem(self, error: UserError) -> None:
        """Say in the form what cannot be taken."""
        self.card.show_problem(error)

    def close_forms(self) -> None:
        """Take an open form away."""
        self.card.close_form()

    @property
    def has_form(self) -> bool:
        """Whether something is being typed."""
        return self.card.form is not None


def _entry(entry: Entry, today: date, settings: Settings) -> RowButton:
    margin = "" if entry.margin is None else f", margin {percent(entry.margin, settings)}"
    cost = f"cost {money_or_unknown(entry.cost, entry.currency, settings)}{margin}"
    when = validity(entry.valid_from, entry.valid_to, today, settings)
    amount = (
        f"{words.money(entry.amount, entry.currency, settings)} / {unit_words(entry.unit, entry.months, entry.least)}"
    )
    chip, kind = _chip(entry.valid_from, today, holds=entry.counts, word="Counts", over="Older")
    return RowButton(f"{entry.book}, {when}", cost, amount, chip, kind)


def _agreed(one: Agreed, today: date, settings: Settings) -> RowButton:
    when = validity(one.valid_from, one.valid_to, today, settings)
    amount = f"{words.money(one.amount, one.currency, settings)} / {unit_words('', one.months, 1)}"
    said = ", ".join(part for part in (when, one.note) if part)
    chip, kind = _chip(one.valid_from, today, holds=one.holds, word="Holds", over="Past")
    return RowButton(one.account, said, amount, chip, kind)


def _chip(first: date | None, today: date, *, holds: bool, word: str, over: str) -> tuple[str, Kind]:
    if holds:
        return word, "ok"
    return ("Ahead", "info") if first is not None and first > today else (over, "mute")
