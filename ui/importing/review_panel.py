"""A list that has been read: what is asked, its columns, how it was read; and every row of it beside them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.accounts.importing.lexicon import PRICES
from callstation.accounts.importing.preview import ListPreview
from callstation.settings import Settings
from db.vocabulary import Verdict
from ui import actions, words
from ui.importing import columns, price_columns
from ui.importing.columns_card import ColumnsCard
from ui.importing.draft import Draft
from ui.importing.questions_card import QuestionsCard
from ui.importing.reading_card import ReadingCard
from ui.importing.result_panel import ResultCard
from ui.importing.rows_panel import RowsPanel
from ui.importing.sort_card import SortCard
from ui.theme import theme
from ui.widgets import Button, Chip, ElidedLabel, KeyBadge, Label, Scroll
from ui.widgets.progress_card import ProgressCard


class ReviewPanel(QWidget):
    """``merge_wanted`` and ``again_wanted``; the cards tell the rest themselves."""

    merge_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, settings: Settings, today: Callable[[], date]) -> None:
        super().__init__()
        self._settings = settings
        self.title, self.source = ElidedLabel("", "account"), Chip()
        self._contracts = RowsPanel(settings, columns.face(settings, today))
        self._prices = RowsPanel(settings, price_columns.face(settings, today))
        self._panels = QStackedWidget()
        for panel in (self._contracts, self._prices):
            self._panels.addWidget(panel)
        self.sort = SortCard()
        self.questions, self.columns, self.reading = QuestionsCard(), ColumnsCard(), ReadingCard(settings)
        self.progress, self.result = ProgressCard(), ResultCard()
        self.merge = Button("Merge", "primary", "check", height=36)
        self.merge.clicked.connect(self.merge_wanted)
        self.again = Button("Another list", "plain", "file-spreadsheet", height=36)
        self.again.clicked.connect(self.again_wanted)
        self._merge_keys, self._again_keys = KeyBadge(*actions.caps_of("merge")), KeyBadge("I")
        self.said = Label("", "body", "text2", wraps=True, tabular=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self.progress)
        column.addWidget(self.result)
        side = QWidget()
        parts = QVBoxLayout(side)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(12)
        for card in (self.sort, self.questions, self.columns, self.reading):
            parts.addWidget(card)
        parts.addStretch(1)
        self.side = Scroll(side)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.side)
        row.addWidget(self._panels, 1)
        column.addLayout(row, 1)

    @property
    def rows(self) -> RowsPanel:
        """The rows of the sort of list that is shown."""
        return self._prices if self._panels.currentIndex() else self._contracts

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(2)
        name = QHBoxLayout()
        name.setSpacing(8)
        name.addWidget(self.title)
        name.addWidget(self.source)
        name.addStretch(1)
        told.addLayout(name)
        told.addWidget(self.said)
        head.addLayout(told, 1)
        for widget in (self.again, self._again_keys, self.merge, self._merge_keys):
            head.addWidget(widget)
        return head

    def show_preview(self, preview: ListPreview[Any], draft: Draft, home_region: str) -> None:
        """Show a list as it would be merged now."""
        counts = preview.counts.verdicts
        taken = counts[Verdict.NEW] + counts[Verdict.UPDATE]
        self.title.setText(preview.source.name)
        is_known = preview.profile.source_id is not None
        self.source.set_chip(
            f"Known source: {preview.profile.name}" if is_known else f"New source: {preview.profile.name}",
            "info" if is_known else "mute",
        )
        self._panels.setCurrentIndex(preview.sort.lexicon.name == PRICES.name)
        self.sort.show_preview(preview, draft)
        self.questions.show_preview(preview, draft.decisions)
        self.columns.show_preview(preview)
        self.reading.show_preview(preview, home_region)
        self.rows.show_preview(preview)
        self.merge.set_words(f"Merge {words.count(taken, self._settings)} {preview.sort.noun[taken != 1]}")
        self.merge.setEnabled(taken > 0)
        self.said.setText(self._words(counts, taken))

    def _words(self, counts: dict[Verdict, int], taken: int) -> str:
        left = [
            f"{words.count(counts[one], self._settings)} {said}"
            for one, said in ((Verdict.SAME, "the same already"), (Verdict.REVIEW, "waiting for your answer"),
                              (Verdict.PROBLEM, "with a problem"))
            if counts[one]
        ]  # fmt: skip
        if not taken:
            return f"Nothing to merge: {', '.join(left)}." if left else "Nothing to merge."
        new, update = counts[Verdict.NEW], counts[Verdict.UPDATE]
        does = f"{words.count(new, self._settings)} new, {words.count(update, self._settings)} to update"
        return f"{does}. Left out: {', '.join(left)}." if left else f"{does}. Nothing is saved until you merge."

    def set_busy(self, is_busy: bool) -> None:
        """While something is read or merged, nothing else can be asked for."""
        for widget in (self.merge, self.again, self.sort, self.questions, self.columns, self.reading):
            widget.setEnabled(not is_busy)

    def show_merged(self, is_merged: bool) -> None:
        """After the merge, the rows stay to look at; what led to them is done with."""
        self.side.setVisible(not is_merged)
        for widget in (self.merge, self._merge_keys, self.again, self._again_keys, self.said, self.source):
            widget.setVisible(not is_merged)
        self.result.setVisible(is_merged)

    def set_wide(self, wide: int) -> None:
        """The room of the cards, of ``wide`` px (at 100 % text size); the rows take the rest."""
        self.side.setFixedWidth(theme.px(420 if wide >= 1180 else 340))
