"""What a new batch is: which document, as what file, in which language, and whom it is for."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from callstation.calling.campaigns import CampaignRow
from callstation.documents.fitting import WHY
from callstation.documents.kinds import FORMATS, label_of
from db.vocabulary import DocumentKind, FileFormat
from ui import actions
from ui.campaigns.filter_card import FilterCard
from ui.documents.kind_key import KindKey
from ui.documents.looking import FORMAT_NAMES, language_name
from ui.documents.ordering import KINDS, Order
from ui.widgets import Card, Check, Field, KeyBadge, Label, SegmentedTabs, Select

OWN_LANGUAGE = "Theirs"


class OrderForm(QWidget):
    """``changed`` at once for what is chosen, a moment after typing; ``kind_chosen(kind)`` asks for another filter."""

    changed = Signal()
    kind_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("New batch")
        self.kind = DocumentKind.REMINDER
        self._formats: tuple[FileFormat, ...] = ()
        self._languages: tuple[str, ...] = ()
        self._campaigns: list[int | None] = [None]
        self.keys = [KindKey(digit) for digit in range(1, len(KINDS) + 1)]
        self.formats, self.languages = SegmentedTabs(["PDF"], "Format"), SegmentedTabs([OWN_LANGUAGE], "Language")
        self.campaign = Select("Campaign")
        self.with_sent = Check("Also those who were sent it already")
        self.filter = FilterCard("Whom it is for")
        self.filter.count.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._what())
        column.addWidget(self._whom())
        column.addWidget(self.filter)
        column.addStretch(1)
        self._connect()

    def _what(self) -> Card:
        card = Card(padding=16)
        card.setAccessibleName("What is made")
        card.body.addWidget(Label("What is made", "pane_title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(1)
        for place, (key, kind) in enumerate(zip(self.keys, KINDS, strict=True)):
            key.set_compact(True)
            key.show_kind(label_of(kind), WHY[kind], is_best=False, is_untimely=False)
            grid.addWidget(key, place % 5, place // 5)
        card.body.addLayout(grid)
        for name, tabs, action_id in (
            ("Format", self.formats, "document_format"), ("Language", self.languages, "document_language"),
        ):  # fmt: skip
            line = QHBoxLayout()
            line.setSpacing(8)
            label = Label(name, "label", "text2")
            label.setMinimumWidth(64)
            line.addWidget(label)
            line.addWidget(tabs, 1)
            line.addWidget(KeyBadge(*actions.caps_of(action_id)))
            card.body.addLayout(line)
        return card

    def _whom(self) -> Card:
        card = Card(padding=16)
        card.setAccessibleName("Campaign")
        card.body.addWidget(Field("Campaign", self.campaign))
        card.body.addWidget(self.with_sent)
        return card

    def _connect(self) -> None:
        for key, kind in zip(self.keys, KINDS, strict=True):
            key.clicked.connect(lambda _=False, kind=kind: self.kind_chosen.emit(kind))
        for signal in (
            self.formats.currentChanged, self.languages.currentChanged, self.campaign.currentIndexChanged,
            self.with_sent.toggled, self.filter.edited, self.filter.kept,
        ):  # fmt: skip
            signal.connect(lambda *_: self.changed.emit())

    def show_kind(self, kind: DocumentKind, languages: Sequence[str]) -> None:
        """Show another kind, with the files and languages it can be had in."""
        self.kind = kind
        for key, known in zip(self.keys, KINDS, strict=True):
            key.setChecked(known is kind)
        was, self._formats = self.file_format, FORMATS[kind]
        self.formats.set_labels([FORMAT_NAMES[one] for one in self._formats])
        self.formats.choose(self._formats.index(was) if was in self._formats else 0)
        self._languages = tuple(languages)
        self.languages.set_labels([OWN_LANGUAGE, *(language_name(one) for one in languages)])

    def show_campaigns(self, rows: Sequence[CampaignRow]) -> None:
        """Show the campaigns that run; the one chosen stays where it still runs."""
        was = self._campaigns[max(0, self.campaign.currentIndex())]
        self._campaigns = [None, *(row.campaign_id for row in rows)]
        self.campaign.blockSignals(True)
        self.campaign.clear()
        self.campaign.addItems(["Everyone who matches below", *(row.name for row in rows)])
        self.campaign.setCurrentIndex(self._campaigns.index(was) if was in self._campaigns else 0)
        self.campaign.blockSignals(False)

    @property
    def file_format(self) -> FileFormat:
        """The file that is chosen."""
        return self._formats[max(0, self.formats.currentIndex())] if self._formats else FileFormat.PDF

    def next_format(self) -> None:
        """The next file this kind can be had as."""
        self.formats.setCurrentIndex((self.formats.currentIndex() + 1) % self.formats.count())

    def next_language(self) -> None:
        """The next language."""
        self.languages.setCurrentIndex((self.languages.currentIndex() + 1) % self.languages.count())

    def order(self) -> Order:
        """The batch as it stands in the form."""
        language = self.languages.currentIndex()
        return Order(
            self.kind, self.file_format, self._languages[language - 1] if language > 0 else "",
            self._campaigns[max(0, self.campaign.currentIndex())], self.filter.typed(), self.filter.chosen(),
            self.with_sent.isChecked(),
        )  # fmt: skip
