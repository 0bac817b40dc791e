"""The middle of the desk: who is on the line, the note and the talk track, the outcome keys, the last action."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.calling.account_head import AccountHead
from ui.calling.last_line import LastLine
from ui.calling.note_card import NoteCard
from ui.calling.outcome_pad import OutcomePad
from ui.calling.sheet import Sheet
from ui.calling.strip import Strip, StripView
from ui.calling.talk_track import TalkTrack


class Workspace(QWidget):
    """Lays its parts out and tells them apart in height; what they say goes to the page."""

    def __init__(self, page: QWidget, expand: Callable[[str], str]) -> None:
        super().__init__()
        self.setAccessibleName("Call")
        self._is_compact = False
        self.head, self.note, self.track = AccountHead(), NoteCard(page, expand), TalkTrack()
        self.pad, self.strip, self.last = OutcomePad(), Strip(), LastLine()
        self.strip.hide()
        self.desk = QWidget()  # what gives way to the empty state
        self.work = QWidget()  # what gives way to a sheet: a quote, a document
        self.sheet: Sheet | None = None
        column = self._inner = QVBoxLayout(self.desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(self.work, 1)
        below = self._below = QVBoxLayout(self.work)
        below.setContentsMargins(0, 0, 0, 0)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.note, 8)
        middle.addWidget(self.track, 5)
        below.addLayout(middle, 1)
        below.addWidget(self.pad)
        below.addWidget(self.strip)
        for layout in (column, below):
            layout.setSpacing(12)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(17, 16, 17, 10)
        self._column.setSpacing(10)
        self._column.addWidget(self.desk, 1)
        self._empty: QWidget | None = None
        self._column.addWidget(self.last)

    def show_empty_in(self, empty: QWidget) -> None:
        """Take the widget that stands in for the desk while nobody is in hand."""
        self._empty = empty
        self._column.insertWidget(1, empty, 1)
        empty.hide()

    def show_desk(self) -> None:
        """Somebody is in hand."""
        if self._empty is not None and not self._empty.isHidden():
            self._empty.hide()
            self.desk.show()

    def show_empty(self) -> None:
        """Nobody is in hand."""
        if self._empty is not None:
            self.desk.hide()
            self._empty.show()

    def open_sheet(self, sheet: Sheet) -> None:
        """Put a sheet in the place of note and outcome keys; the head stays above it, and the call goes on."""
        self.close_sheet()
        self.sheet = sheet
        self._fit_head()
        if self._inner.indexOf(sheet) < 0:
            self._inner.addWidget(sheet, 1)
        self.work.hide()
        sheet.show()
        self._settle()

    def close_sheet(self) -> None:
        """Back to the note and the outcome keys; the sheet is kept, hidden."""
        if self.sheet is not None:
            sheet, self.sheet = self.sheet, None
            sheet.hide()
            self._fit_head()
            self.work.show()
            self._settle()
            sheet.on_closed()

    def open_strip(self, view: StripView) -> None:
        """Ask something where the outcome keys are."""
        self.close_sheet()
        self.strip.show_view(view)
        self.pad.hide()
        self.strip.show()
        self._settle()

    def close_strip(self) -> None:
        """Back to the outcome keys."""
        if not self.strip.isHidden():
            self.strip.hide()
            self.pad.show()
            self._settle()

    def _settle(self) -> None:
        for layout in (self._below, self._inner):
            layout.activate()  # so that the swap is one frame

    def _fit_head(self) -> None:
        """Above a sheet only the number, the timer and the verdict; in a low window not even what was said last."""
        self.head.set_compact(self._is_compact or self.sheet is not None)
        self.head.last.setVisible(not self._is_compact or self.sheet is None)

    def fit(self, *, is_compact: bool, is_narrow: bool) -> None:
        """``is_compact`` for a low window; ``is_narrow`` leaves the talk track out."""
        self.track.setVisible(not is_narrow and not is_compact)
        if is_compact == self._is_compact:
            return
        self._is_compact = is_compact
        for part in (self.pad, self.strip):
            part.set_compact(is_compact)
        self._fit_head()
        self._column.setContentsMargins(*((12, 10, 12, 8) if is_compact else (17, 16, 17, 10)))
        self._column.setSpacing(8 if is_compact else 10)
        for layout in (self._inner, self._below):
            layout.setSpacing(8 if is_compact else 12)
