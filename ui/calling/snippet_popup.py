"""The snippets under the caret: go on typing to narrow them, Enter takes one, Escape leaves."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget

from callstation.calling.notes import Snippet
from ui.palette import PaletteDelegate, matches
from ui.palette_rows import Found, PaletteModel
from ui.theme import theme
from ui.widgets import Card


class SnippetPopup(Card):
    """Lies over the page without taking the focus: the caret stays in the note."""

    taken = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__(padding=4, radius=6, parent=page)
        self.page = page
        self.setAccessibleName("Snippets")
        self._snippets: Sequence[Snippet] = ()
        self.model = PaletteModel()
        self.list = QListView()
        self.list.setAccessibleName("Snippets found")
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._on_clicked)
        self.body.addWidget(self.list)
        self.hide()

    def show_matching(self, snippets: Sequence[Snippet], typed: str, caret: QRect) -> bool:
        """Show those that match what was typed, under ``caret`` (in the page); hides and tells False if none does."""
        rows = [Found("Snippets", "file-text", one.name, lambda: None, detail=one.text) for one in snippets]
        rows = [row for row in rows if matches(row, typed)]
        self.model.show(rows, ())
        if not rows:
            self.hide()
            return False
        self.list.setCurrentIndex(self.model.index(1))
        high = sum(self.list.sizeHintForRow(row) for row in range(self.model.rowCount())) + 12
        page = self.page
        wide, high = min(theme.px(380), page.width() - 24), min(high, theme.px(260))
        left = max(12, min(caret.left(), page.width() - wide - 12))
        below = caret.bottom() + 6
        top = below if below + high < page.height() - 8 else max(8, caret.top() - high - 6)
        self.setGeometry(QRect(QPoint(left, top), QPoint(left + wide - 1, top + high - 1)))
        self.show()
        self.raise_()
        return True

    def move_by(self, step: int) -> None:
        """Choose the next or the one before."""
        row = self.list.currentIndex().row() + step
        if self.model.is_choice(row):
            self.list.setCurrentIndex(self.model.index(row))

    def take(self) -> None:
        """Take the chosen one."""
        self._on_clicked(self.list.currentIndex())

    def _on_clicked(self, index: QModelIndex) -> None:
        found = self.model.found(index.row())
        if found is not None:
            self.hide()
            self.taken.emit(found.detail)
