"""The letterhead as it prints: a sample letter or quote beside its settings, made anew as they are typed."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.documents.samples import KINDS, LANGUAGES, sample
from callstation.errors import UserError
from callstation.settings import Settings
from ui.theme import theme
from ui.widgets import Label, SegmentedTabs
from ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from ui.jobs import Jobs, Report

_PAUSE_MS = 120
_SHAPE = 1.42
"""How much higher than wide the room of a page is: A4."""
SAID = "A sample to an invented customer."
UNNAMED = "Your company’s name is missing; no letter or quote is made without it."


class LetterheadPreview(QWidget):
    """Letter or quote, in three languages; what is wrong is said above the page, which then stays as it was."""

    def __init__(self, jobs: "Jobs") -> None:
        super().__init__()
        self._jobs = jobs
        self._asked: tuple[Settings, Path, date] | None = None
        self.kinds = SegmentedTabs(["Letter", "Quote"], "Sample document")
        self.languages = SegmentedTabs(["English", "German", "French"], "Language of the sample")
        self.said = Label(SAID, "secondary", "text3", wraps=True)
        self.view = PdfView(jobs, "Preview of the letterhead", fit="page")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kinds, 2)
        row.addWidget(self.languages, 3)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.view)
        column.addStretch(1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._make)
        self.kinds.currentChanged.connect(lambda _index: self._pause.start())
        self.languages.currentChanged.connect(lambda _index: self._pause.start())
        self.view.failed.connect(self._on_failed)
        self.view.turned.connect(lambda *_: self._fit())
        self._is_wanted = False

    def show_settings(self, settings: Settings, folder: Path, today: date) -> None:
        """Show other settings, a moment later; ``folder`` is where the company's own templates lie."""
        if self._asked != (settings, folder, today):
            self._asked = (settings, folder, today)
            self._is_wanted = self.visibleRegion().isEmpty()  # drawn only where it is looked at
            if not self._is_wanted:
                self._pause.start()

    def _make(self) -> None:
        if self._asked is None:
            return
        settings, folder, today = self._asked
        kind, language = KINDS[self.kinds.currentIndex()], LANGUAGES[self.languages.currentIndex()]

        def make(report: "Report") -> bytes:
            from callstation.documents.pdf import render_pdf

            return render_pdf(sample(kind, language, settings, folder=folder, today=today))

        self._jobs.run(make, done=self._on_made, failed=self._on_failed, label="letterhead", owner=self)

    def _on_made(self, pdf: bytes) -> None:
        is_named = self._asked is not None and bool(self._asked[0].company_name.strip())
        self._say(SAID if is_named else UNNAMED, "text3" if is_named else "warn")
        self.view.show_pdf(pdf)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(" ".join(part for part in (error.title, error.detail, error.hint) if part), "bad")

    def _say(self, words: str, tone: str) -> None:
        self.said.setText(words)
        self.said.set_tone(tone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_wanted:  # it has come into view
            self._is_wanted = False
            self._pause.start()

    def _fit(self) -> None:
        """As high as the page is at this width."""
        wide, high = self.view.paper.sizes[0] if len(self.view.paper) else (1.0, _SHAPE)
        self.view.setFixedHeight(min(theme.px(900), round((self.width() - 24) * high / wide) + 24))
