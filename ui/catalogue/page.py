"""The page of the catalogue: products by vendor and family with what they cost, and the one in hand beside them."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from callstation.errors import UserError
from callstation.quotes import price_books
from callstation.quotes.listing import count_products
from callstation.quotes.product_card import product_card
from db.vocabulary import ProductKind
from ui.catalogue import editing
from ui.catalogue.columns import COST, FAMILY, PRICE
from ui.catalogue.forms import Edit
from ui.catalogue.list_panel import BOOKS, PRODUCTS, ListPanel
from ui.catalogue.product_panel import BookPanel, ProductPanel
from ui.page import Commands, Page
from ui.quotes.numbers import plain
from ui.theme import theme
from ui.widgets import EmptyState, Scroll

if TYPE_CHECKING:
    from ui.shell import Shell

_READ_MS = 30  # while J is held down, only the product one stops at is read


class CataloguePage(Page):
    """J and K walk, Enter types over the price, C the cost, F the family, T turns plan and add-on, L the other list."""

    nouns = ("product", "price_book", "price_entry", "contracted_price")

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.list = ListPanel(self.app, shell.jobs)
        self.product, self.book = ProductPanel(), BookPanel()
        self._beside = QStackedWidget()
        for panel in (self.product, self.book):
            self._beside.addWidget(Scroll(panel))
        self.empty = EmptyState(
            "package", "No products yet",
            "Import a price list of a vendor or distributor: its products, prices and costs are here then, and quotes "
            "are worked out from them.",
        )  # fmt: skip
        self.empty.add_action("Import a price list", lambda: shell.go("import"), "Ctrl", "O", icon="file-spreadsheet",
                              is_main=True)  # fmt: skip
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for widget in (self.list, self._beside, self.empty):
            self._row.addWidget(widget, 1)
        self._pause = QTimer(self, singleShot=True, interval=_READ_MS)
        self._pause.timeout.connect(self._read)
        self.list.chosen.connect(self._pause.start)
        self.list.opened.connect(self._on_opened)
        self.list.typed.connect(self._on_typed)
        for panel in (self.product, self.book):
            panel.edited.connect(self._on_edited)
            panel.left.connect(self._back)

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found: dict[str, Any] = {"back": self._back}
        if self.empty.isHidden():
            found |= {"search": self._search, "other_list": self._turn_list}
        if self.list.view.current is not None:
            found |= {"next": lambda: self._step(1), "previous": lambda: self._step(-1)}
        if self.list.row is not None:
            found |= {
                "edit_price": lambda: self._begin(PRICE), "edit_cost": lambda: self._begin(COST),
                "edit_family": lambda: self._begin(FAMILY), "turn_kind": self._turn_kind,
                "edit_product": lambda: self._open_form(Edit("product")),
                "add_price": lambda: self._open_form(Edit("add_price")),
                "agree_price": lambda: self._open_form(Edit("add_agreed")),
            }  # fmt: skip
        elif self.list.book is not None:
            found["edit_price"] = self._open_book
        return found

    def refresh(self) -> None:
        has_any = self.app.ask(count_products) > 0
        for widget in (self.list, self._beside):
            widget.setVisible(has_any)
        self.empty.setVisible(not has_any)
        if has_any:
            self.list.reload()
        self._read()

    def open(self, *, product_id: int = 0, **target: Any) -> None:
        """Show one product."""
        if product_id:
            self.list.search.clear()
            self.list.lists.setCurrentIndex(PRODUCTS)
            self.list.choose_product(product_id)

    def on_shown(self) -> None:
        if self.empty.isHidden():
            self.list.to_table()
        else:
            self.setFocus()

    def on_hidden(self) -> None:
        self.list.finish()

    def _step(self, by: int) -> None:
        self.list.finish()
        self.list.view.step(by)

    def _search(self) -> None:
        self.list.lists.setCurrentIndex(PRODUCTS)
        self.list.search.setFocus()
        self.list.search.selectAll()

    def _turn_list(self) -> None:
        self.list.lists.setCurrentIndex(PRODUCTS if self.list.is_books else BOOKS)

    def _back(self) -> None:
        self.product.close_forms()
        self.book.close_forms()
        self.list.finish()
        if self.list.search.hasFocus():
            self.list.search.clear()
        self.list.to_table()

    def _read(self) -> None:
        """What stands beside the list."""
        self._pause.stop()
        row, book, settings = self.list.row, self.list.book, self.app.settings
        today = self.app.ask(lambda work: work.today)
        if book is not None:
            self._beside.setCurrentIndex(BOOKS)
            self.book.show_book(book, today, settings)
        elif row is not None:
            self._beside.setCurrentIndex(PRODUCTS)
            try:
                card = self.app.ask(product_card, row.product_id, on=today)
            except UserError:  # taken back by an undo; the list is about to be read anew
                return
            self.product.show_card(card, today, settings, row.currency)
        self._beside.setVisible(row is not None or book is not None)
        self.shell.renew_commands()

    # -- typing over -----------------------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        if self.list.is_books:
            self._open_book()
        else:
            self._begin(self.list.take_wanted())

    def _begin(self, title: str) -> None:
        row, settings = self.list.row, self.app.settings
        if row is None:
            return
        if title == COST and row.entry_id is None:
            raise UserError(f"{row.product} has no price yet.", "", "Type its price first.")
        amount = {PRICE: row.amount, COST: row.cost}.get(title)
        now = row.family if title == FAMILY else "" if amount is None else plain(amount, settings)
        self.list.begin(title, now)

    def _on_typed(self, title: str, typed: str) -> None:
        """A cell was typed over: one step, or a sentence with what was typed still there."""
        row, settings, words = self.list.row, self.app.settings, typed.strip()
        if row is None:
            return
        if title == PRICE and not words:
            self.list.finish()
            return
        try:
            if title == FAMILY:
                self.app.do(price_books.change_product, row.product_id, family=words)
            elif title == COST and row.entry_id is not None:
                self.app.do(price_books.change_price, row.entry_id, cost=editing.cost_of(words, settings))
            elif row.entry_id is not None:
                self.app.do(price_books.change_price, row.entry_id, amount=editing.amount_of(words, settings))
            else:
                currency, amount = row.currency or settings.currency, editing.amount_of(words, settings)
                self.app.do(price_books.set_price, row.product_id, amount=amount, currency=currency)
        except UserError as error:
            self.shell.show_problem(error)
            return
        self.list.finish()
        self._said()

    def _turn_kind(self) -> None:
        """A plan becomes an add-on, an add-on a plan."""
        row = self.list.row
        if row is not None:
            kind = ProductKind.PLAN if row.kind is ProductKind.ADD_ON else ProductKind.ADD_ON
            self.app.do(price_books.change_product, row.product_id, kind=kind)
            self._said()

    # -- forms -----------------------------------------------------------------------------------------------------

    def _open_form(self, edit: Edit) -> None:
        self.list.finish()
        if self._pause.isActive():
            self._read()
        self.product.begin(edit)

    def _open_book(self) -> None:
        if self.list.book is not None:
            self._read()
            self.book.begin(Edit("book", self.list.book.book_id))

    def _on_edited(self, edit: Edit, typed: dict[str, Any]) -> None:
        panel = self.book if edit.what == "book" else self.product
        card = self.product.card
        try:
            editing.do(self.app, edit, card.product_id if card is not None else 0, typed)
        except UserError as error:
            panel.show_problem(error)
            return
        panel.close_forms()
        self.list.to_table()
        self._said()

    def _said(self) -> None:
        if self.app.undo_label:
            self.shell.say(f"{self.app.undo_label}.", may_undo=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() * 100 // theme.text_size
        is_narrow = wide < 1180 - 57
        self._row.setStretch(0, 11 if is_narrow else 12)
        self._row.setStretch(1, 8 if is_narrow else 7)
        self.list.set_wide(wide * (11 if is_narrow else 12) // 19)
