"""The list of products, filtered as one types and changed in its cells; or the list of price books."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.quotes.listing import CatalogueRow, Key, Sought, catalogue_keys, catalogue_rows, count_products
from callstation.quotes.product_card import Book, books
from callstation.work import Work
from db.vocabulary import ProductKind
from ui import actions, words
from ui.accounts.ordering import Ordering
from ui.catalogue.columns import BOOKS_NARROW, COST, FAMILY, NARROW, PRICE, USUAL, book_columns, product_columns
from ui.quotes.cell_editor import CellEditor
from ui.rows_view import RowsView
from ui.tables import Order, RowsModel
from ui.theme import theme
from ui.widgets import KeyBadge, Label, SearchField, SegmentedTabs

if TYPE_CHECKING:
    from callstation.app import App
    from ui.jobs import Jobs

PRODUCTS, BOOKS = 0, 1
FILTERS: tuple[dict[str, Any], ...] = (
    {}, {"kind": ProductKind.PLAN}, {"kind": ProductKind.ADD_ON}, {"is_unpriced": True},
)  # fmt: skip
"""What each tab asks for."""
EDITED = (PRICE, COST, FAMILY)
"""What can be typed over, in the order of Tab."""


class ListPanel(QWidget):
    """``chosen`` when another row is in hand; ``typed(column, words)`` when a cell was typed over."""

    chosen = Signal()
    typed = Signal(str, str)
    opened = Signal()

    def __init__(self, app: "App", jobs: "Jobs") -> None:
        super().__init__()
        self._app = app
        self.order: Ordering[Key] = Ordering(app, jobs, count_products, _keys)
        self.books: Sequence[Book] = ()
        self.setAccessibleName("Catalogue")
        self.search = SearchField("Find a product, vendor or SKU")
        self.lists = SegmentedTabs(["Products", "Price books"], "Lists")
        self.tabs = SegmentedTabs(["All", "Plans", "Add-ons", "No price"], "Kinds of product")
        self.shown, self.nothing = Label("", "secondary", "text3", tabular=True), Label("", "body", "text2", wraps=True)
        self.model = RowsModel[CatalogueRow](
            product_columns(lambda: app.settings, self._today),
            self._fetch,
            lambda: len(self._ordered(self.model.order)),
        )
        self.table = RowsView(self.model, "Products")
        self.book_table = RowsView(
            RowsModel[Book](
                book_columns(lambda: app.settings, self._today), lambda at, many, _order: self.books[at : at + many],
                lambda: len(self.books),
            ), "Price books",
        )  # fmt: skip
        self.editor = CellEditor(self.table.viewport())
        self.editor.setAccessibleName("The cell that is typed over")
        self._cell = self._next = ""
        self._lay_out()
        self.order.changed.connect(self.show_rows)
        self.search.textChanged.connect(lambda _words: self.reload())
        for signal in (self.search.entered, self.search.left):
            signal.connect(self.to_table)
        self.lists.currentChanged.connect(self._on_list)
        self.tabs.currentChanged.connect(lambda _index: self.reload())
        for table in (self.table, self.book_table):
            table.chosen.connect(lambda _row: self.chosen.emit())
            table.opened.connect(lambda _row: self.opened.emit())
        self.editor.kept.connect(self._on_kept)
        self.editor.dropped.connect(self.finish)
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._place())

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.setSpacing(8)
        title = QHBoxLayout()
        title.setSpacing(8)
        for widget in (Label("Catalogue", "pane_title"), self.shown):
            title.addWidget(widget)
        title.addSpacing(16)
        title.addWidget(self.search, 1)
        head.addLayout(title)
        switch = QHBoxLayout()
        switch.setSpacing(8)
        switch.addWidget(self.lists, 1)
        switch.addWidget(KeyBadge(*actions.caps_of("other_list")))
        switch.addWidget(self.tabs, 1)
        head.addLayout(switch)
        head.addWidget(self.nothing)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.book_table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def is_books(self) -> bool:
        """Whether the price books are shown."""
        return self.lists.currentIndex() == BOOKS

    @property
    def view(self) -> RowsView:
        """The table that is shown."""
        return self.book_table if self.is_books else self.table

    @property
    def row(self) -> CatalogueRow | None:
        """The product in hand."""
        found: CatalogueRow | None = None if self.is_books else self.table.current
        return found

    @property
    def book(self) -> Book | None:
        """The price book in hand."""
        found: Book | None = self.book_table.current if self.is_books else None
        return found

    def _today(self) -> Any:
        return self._app.ask(lambda work: work.today)

    def _ordered(self, order: Order) -> list[Key]:
        wanted = {
            **FILTERS[self.tabs.currentIndex()],
            "text": self.search.text(),
            "prefers": self._app.settings.currency,
        }
        return self.order.ids(order, wanted)

    def _fetch(self, offset: int, limit: int, order: Order) -> Sequence[CatalogueRow]:
        keys = self._ordered(order)[offset : offset + limit]
        return self._app.ask(lambda work: catalogue_rows(work, keys, on=work.today))

    def reload(self) -> None:
        """Read anew; the same product stays in hand where it is still there."""
        self.order.forget()
        self.books = self._app.ask(lambda work: books(work, on=work.today))
        self.show_rows()

    def show_rows(self) -> None:
        """Show what was read."""
        key = self.table.current.key if self.table.current is not None else None
        order = self._ordered(self.model.order)
        self.table.reload()
        self.table.choose(order.index(key) if key in order else 0)
        if key in order:
            self._place()
        else:
            self.finish()  # what was typed over is gone, and must not become another product's
        self.book_table.reload()
        if self.book_table.current is None:
            self.book_table.choose(0)
        total = len(self.books) if self.is_books else len(order)
        self.shown.setText(words.count(total, self._app.settings))
        typed = self.search.text().strip()
        self.nothing.setText(f"No product matches “{typed}”." if typed else "There is none of this kind.")
        self.nothing.setVisible(not total and not self.is_books)
        self.lists.set_count(BOOKS, len(self.books))
        self.chosen.emit()

    def choose_product(self, product_id: int) -> None:
        """Make a product the one in hand, where the list has it."""
        places = [place for place, key in enumerate(self._ordered(self.model.order)) if key[0] == product_id]
        if places:
            self.table.choose(places[0])

    def _on_list(self, index: int) -> None:
        self.finish()
        self._stack.setCurrentIndex(index)
        self.search.setEnabled(index == PRODUCTS)
        self.tabs.setVisible(index == PRODUCTS)
        self.show_rows()
        self.to_table()

    def to_table(self) -> None:
        """Give the keys to the list."""
        self.view.setFocus()

    # -- typing over a cell ----------------------------------------------------------------------------------------

    def begin(self, title: str, now: str) -> None:
        """Type over a cell of the product in hand."""
        row = self.row
        if row is None:
            return
        self._cell = title
        self.table.scrollTo(self.table.currentIndex())
        side = Qt.AlignmentFlag.AlignLeft if title == FAMILY else Qt.AlignmentFlag.AlignRight
        self.editor.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.editor.begin(self._rect(), f"{title} of {row.product}", now)

    def finish(self) -> None:
        """Nothing is typed over any more."""
        if self.editor.is_open:
            self.editor.finish()
            self.to_table()

    @property
    def edited(self) -> str:
        """The title of the column that is typed over, "" for none."""
        return self._cell if self.editor.is_open else ""

    def _on_kept(self, down: int, right: int) -> None:
        title = self._cell
        self.typed.emit(title, self.editor.text())
        if self.editor.is_open:
            return  # it could not be taken and stands there still
        if down:
            self.table.step(down)
            self._ask_for(title)
        elif right:
            self._ask_for(EDITED[(EDITED.index(title) + right) % len(EDITED)])

    def _ask_for(self, title: str) -> None:
        """Ask for another cell to be typed over."""
        self._next = title
        self.opened.emit()

    def take_wanted(self) -> str:
        """The column that Tab or an arrow asked for, else the price; asked once."""
        title, self._next = self._next or PRICE, ""
        return title

    def _rect(self) -> QRect:
        column = next(n for n, one in enumerate(self.model.columns) if one.title == self._cell)
        return self.table.visualRect(self.model.index(self.table.currentIndex().row(), column))

    def _place(self) -> None:
        if self.editor.is_open:
            self.editor.setGeometry(self._rect().adjusted(2, 1, -2, -2))

    def set_wide(self, wide: int) -> None:
        """Show only what matters most where ``wide`` px (at 100 % text size) are little room."""
        every = tuple(column.title for column in self.model.columns)
        self.table.show_columns(NARROW if wide < 640 else USUAL if wide < 1000 else every)
        self.book_table.show_columns(
            BOOKS_NARROW if wide < 640 else [column.title for column in self.book_table.rows.columns]
        )
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        edge = 0 if self.isRightToLeft() else self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), theme.colour("border"))


def _keys(work: Work, order: Order, wanted: dict[str, Any]) -> list[Key]:
    return catalogue_keys(work, Sought(**wanted), sort=order.key or "", is_descending=order.is_descending)
