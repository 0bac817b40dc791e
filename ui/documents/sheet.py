"""A document for the account in hand, in the place of note and outcome keys: which, as what, and how it will look."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.documents.fitting import WHY, Fit
from callstation.documents.kinds import label_of
from ui import actions
from ui.calling.sheet import Sheet
from ui.documents.kind_key import KindKey
from ui.documents.missing_card import MissingCard
from ui.page import Commands
from ui.theme import theme
from ui.widgets import Button, Card, ElidedLabel, KeyBadge, Label, Scroll, SegmentedTabs, Select
from ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from ui.documents.documenting import Documenting
    from ui.jobs import Jobs

_LOW, _NARROW = 470, 620


class DocumentSheet(Sheet):
    """Shows; what its keys and buttons mean is decided by ``Documenting``."""

    place: ClassVar[str] = "document"
    picked = Signal(int)
    wanted = Signal(str)
    format_chosen = Signal(int)
    language_chosen = Signal(int)
    contract_chosen = Signal(int)

    def __init__(self, documenting: "Documenting", jobs: "Jobs") -> None:
        super().__init__()
        self._documenting = documenting
        self.setAccessibleName("Make a document")
        self.keys = [KindKey(digit) for digit in range(1, 10)]
        self.contracts = Select("Contract")
        self.formats = SegmentedTabs(["PDF"], "Format")
        self.languages = SegmentedTabs(["English"], "Language")
        self.title, self.said = ElidedLabel("", "emphasis"), Label("", "secondary", "text2", wraps=True)
        self.pages = Label("", "secondary", "text3", tabular=True)
        self.view = PdfView(jobs, "Preview of the document")
        self.missing = MissingCard("↵")
        self.make = Button("Make and file it", "primary", "check", height=36)
        self.edit = Button("Edit the words", "text", "pencil")
        self.open_file = Button("Open the file", "link", "external-link")
        self.open_folder = Button("Open its folder", "link", "external-link")
        self.large = Button("Larger", "text")
        self._lay_out()
        self._connect()
        self.show_made("")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._side = Card(padding=12)
        body = self._side.body
        body.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 2)
        head.addWidget(Label("Make a document", "pane_title"), 1)
        head.addWidget(KeyBadge("Esc"))
        body.addLayout(head)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for key in self.keys:
            column.addWidget(key)
        column.addStretch(1)
        body.addWidget(Scroll(inside), 1)
        self._edit_caps = KeyBadge(*actions.caps_of("edit_words"))
        self._open_caps = (KeyBadge(*actions.caps_of("open_made")), KeyBadge(*actions.caps_of("open_folder")))
        for button, cap in (
            (self.open_file, self._open_caps[0]), (self.open_folder, self._open_caps[1]), (self.edit, self._edit_caps),
        ):  # fmt: skip
            line = QHBoxLayout()
            line.setContentsMargins(4, 0, 4, 0)
            line.addWidget(button)
            line.addStretch(1)
            line.addWidget(cap)
            body.addLayout(line)
        row.addWidget(self._side)
        row.addWidget(self._paper(), 1)

    def _paper(self) -> Card:
        card = Card(padding=12)
        self._choices = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._choices.setSpacing(6)
        for widget, action_id in ((self.formats, "document_format"), (self.languages, "document_language")):
            pair = QHBoxLayout()
            pair.setSpacing(6)
            pair.addWidget(widget, 1)
            pair.addWidget(KeyBadge(*actions.caps_of(action_id)))
            self._choices.addLayout(pair, 1)
        card.body.addLayout(self._choices)
        self._about = QWidget()
        line = QHBoxLayout(self._about)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.contracts, 1)
        line.addWidget(KeyBadge(*actions.caps_of("document_contract")))
        card.body.addWidget(self._about)
        self._told = QWidget()
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(8)
        told.addWidget(self.title, 1)
        told.addWidget(self.pages)
        told.addWidget(self.large)
        told.addWidget(KeyBadge(*actions.caps_of("document_preview")))
        card.body.addWidget(self._told)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(Scroll(self.missing))
        card.body.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.make)
        foot.addWidget(KeyBadge("↵"))
        card.body.addLayout(foot)
        return card

    def _connect(self) -> None:
        for key in self.keys:
            key.clicked.connect(lambda _=False, digit=key.digit: self.picked.emit(digit))
        for button, action_id in (
            (self.make, "make_document"), (self.edit, "edit_words"), (self.open_file, "open_made"),
            (self.open_folder, "open_folder"), (self.large, "document_preview"),
        ):  # fmt: skip
            button.setToolTip(actions.tool_tip(action_id))
            button.clicked.connect(lambda _=False, name=action_id: self.wanted.emit(name))
        self.formats.currentChanged.connect(self.format_chosen)
        self.languages.currentChanged.connect(self.language_chosen)
        self.contracts.activated.connect(self.contract_chosen)
        self.view.turned.connect(lambda page, count: self.pages.setText(f"Page {page} of {count}" if count > 1 else ""))

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_kinds(self, fits: Sequence[Fit], chosen: int) -> None:
        """Show the kinds in their order, one of them in hand."""
        for place, key in enumerate(self.keys):
            key.setVisible(place < len(fits))
            if place < len(fits):
                fit = fits[place]
                key.show_kind(label_of(fit.kind), WHY[fit.kind], is_best=fit.is_best, is_untimely=fit.is_untimely)
            key.setChecked(place == chosen)

    def show_contracts(self, numbers: Sequence[str], chosen: int) -> None:
        """Show the contracts it may be about; nothing where there is but one."""
        self.contracts.blockSignals(True)
        self.contracts.clear()
        self.contracts.addItems(list(numbers))
        self.contracts.setCurrentIndex(chosen)
        self.contracts.blockSignals(False)
        self._about.setVisible(len(numbers) > 1)

    def show_page(self, title: str, pdf: bytes) -> None:
        """Show what would be made."""
        self.title.setText(title)
        self._told.show()
        self._stack.setCurrentIndex(0)
        self.view.show_pdf(pdf)

    def show_missing(self) -> None:
        """Show why it cannot be made, which the card says already."""
        self._told.hide()
        self._stack.setCurrentIndex(1)

    def say(self, words: str, tone: str = "text2") -> None:
        """A sentence at the foot."""
        self.said.setText(words)
        self.said.set_tone(tone)

    def show_edit(self, may_edit: bool) -> None:
        """Offer to word it anew, or not."""
        for widget in (self.edit, self._edit_caps):
            widget.setVisible(may_edit)

    def show_made(self, path: str) -> None:
        """Offer to open what was made; "" where nothing was yet."""
        for widget in (self.open_file, self.open_folder, *self._open_caps):
            widget.setVisible(bool(path))

    def turn(self, key: int) -> bool:
        """Scroll the page by a key; whether it is one that scrolls."""
        bar = self.view.verticalScrollBar()
        step = {
            Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep(), Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(), Qt.Key.Key_Home: -bar.maximum(), Qt.Key.Key_End: bar.maximum(),
        }.get(Qt.Key(key))  # fmt: skip
        if step is not None:
            bar.setValue(bar.value() + step)
        return step is not None

    # -- the desk --------------------------------------------------------------------------------------------------

    @property
    def is_covered(self) -> bool:
        return not self._documenting.large.isHidden()

    def commands(self) -> Commands:
        return self._documenting.commands()

    def take_key(self, event) -> bool:  # type: ignore[no-untyped-def]
        return self.turn(event.key())

    def on_closed(self) -> None:
        self._documenting.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low, is_narrow = self.height() * 100 < _LOW * theme.text_size, self.width() * 100 < _NARROW * theme.text_size
        self._side.setFixedWidth(theme.px(196 if is_narrow else 236))
        way = QBoxLayout.Direction
        self._choices.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)
        for key in self.keys:
            key.set_compact(is_low)
