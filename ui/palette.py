"""The command palette: type to find a command, an account, a contact or a number, and press Enter."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import icons
from ui.overlay import Overlay
from ui.palette_rows import Found, PaletteModel
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.card import Divider
from ui.widgets.chip import KeyBadge
from ui.widgets.text import IconLabel

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the palette finds: commands at once, records by a question to the store."""

    commands: Callable[[], Iterable[Found]]
    search: Callable[[str], Iterable[Found]]


class Palette(Overlay):
    """Up and Down choose, Enter does, Escape leaves; the list is there before the first letter."""

    def __init__(self, window: QWidget, sources: Sources) -> None:
        super().__init__(window, "Commands and search", width=620, top=110)
        self._sources = sources
        body = self.card.body
        body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(12)
        self.field = QLineEdit()
        self.field.setProperty("bare", True)
        self.field.setMaxLength(200)
        self.field.setPlaceholderText("Command, account, contact or number")
        self.field.setAccessibleName("Find a command, account, contact or number")
        head.addWidget(IconLabel("search", "text3"))
        head.addWidget(self.field, 1)
        head.addWidget(KeyBadge("Esc"))
        body.addLayout(head)
        body.addWidget(Divider())
        self.model = PaletteModel()
        self.list = QListView()
        self.list.setAccessibleName("What was found")
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setContentsMargins(0, 0, 0, 0)
        holder = QHBoxLayout()
        holder.setContentsMargins(8, 8, 8, 8)
        holder.addWidget(self.list)
        body.addLayout(holder)
        self.field.textChanged.connect(self._on_typed)
        self.list.clicked.connect(self._run_at)

    def open(self) -> None:
        super().open()
        self.field.setFont(theme.font("pane_title"))
        font = theme.font("body")
        font.setPixelSize(theme.px(15))
        self.field.setFont(font)
        self.field.clear()
        self._on_typed("")
        self.field.setFocus()

    def _on_typed(self, typed: str) -> None:
        words = typed.strip()
        commands = [item for item in self._sources.commands() if matches(item, words)]
        records = list(self._sources.search(words)) if words else []
        # what starts with the letters typed comes before what only contains them
        commands.sort(key=lambda item: not item.title.casefold().startswith(words.casefold()))
        self.model.show(commands[:8] if words else commands, records[:20])
        self._move(0)
        height = sum(self.list.sizeHintForRow(row) for row in range(self.model.rowCount()))
        self.list.setFixedHeight(max(theme.px(40), min(height + 2, theme.px(380), self.height() - 240)))
        self.card.body.activate()  # grow and shrink in the same frame as the rows

    def _move(self, step: int) -> None:
        now = self.list.currentIndex().row() if step else -1
        direction = step or 1
        row = now + direction
        while 0 <= row < self.model.rowCount() and not self.model.is_choice(row):
            row += direction
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))
            if row <= 1:
                self.list.scrollToTop()

    def _run_at(self, index: Index) -> None:
        found = self.model.found(index.row())
        if found is not None:
            self.close_overlay()
            found.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run_at(self.list.currentIndex())
        else:
            super().keyPressEvent(event)


def matches(item: Found, words: str) -> bool:
    """Whether each word typed begins a word of the title, or the whole stands somewhere in it."""
    title, typed = item.title.casefold(), words.casefold()
    if typed in title:
        return True
    parts = title.split()
    return all(any(part.startswith(word) for part in parts) for word in typed.split())


class PaletteDelegate(QStyledItemDelegate):
    """Icon, title, detail and key caps of one row; headings in small type."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        is_choice = isinstance(model, PaletteModel) and model.is_choice(index.row())
        return QSize(100, theme.px(40 if is_choice else 26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, px, tokens = index.model(), theme.px, theme.tokens
        if not isinstance(model, PaletteModel):
            return
        whole: QRect = option.rect
        painter.setLayoutDirection(option.direction)
        found = model.found(index.row())
        if found is None:
            at = whole.adjusted(px(8), 0, -px(8), 0)
            paint.text(painter, at, str(index.data()), theme.font("label"), tokens.text3)
            return
        view = self.parent()
        is_current = isinstance(view, QListView) and view.currentIndex() == index
        if is_current:
            paint.box(painter, whole.adjusted(0, 1, 0, -1), 6, tokens.selected)
        picture = QRect(whole.left() + px(12), whole.center().y() - px(8) + 1, px(16), px(16))
        tint = theme.colour("accent_text" if is_current else "text2")
        icons.paint(painter, paint.placed(painter, whole, picture), found.icon, tint)
        right = whole.right() - px(12)
        for key in reversed(found.keys):
            size = paint.badge_size(key)
            cap = QRect(
                right - size.width() + 1, whole.center().y() - size.height() // 2 + 1, size.width(), size.height()
            )
            paint.badge(painter, paint.placed(painter, whole, cap), key)
            right = cap.left() - px(8)
        left = whole.left() + px(38)
        font, small = theme.font("emphasis"), theme.font("secondary", tabular=True)
        wide = min(QFontMetrics(font).horizontalAdvance(found.title[:200]) + 2, right - left)
        title = QRect(left, whole.top(), wide, whole.height())
        detail = QRect(title.right() + px(12), whole.top(), right - title.right() - px(12), whole.height())
        paint.text(painter, paint.placed(painter, whole, title), found.title, font, tokens.text)
        if detail.width() > px(24):
            paint.text(painter, paint.placed(painter, whole, detail), found.detail, small, tokens.text3)
