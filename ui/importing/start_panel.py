"""Where an import begins: drop a list, choose it, or paste its rows; and what was imported before."""

from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.importing.imports import Batch
from callstation.errors import UserError
from callstation.settings import Settings
from db.vocabulary import Verdict
from ui import actions, words
from ui.calling.info_row import Info, InfoRow
from ui.theme import theme
from ui.widgets import Button, Card, Divider, IconLabel, KeyBadge, Label
from ui.widgets.progress_card import ProgressCard

SHOWN = 30
_COUNTED = ((Verdict.NEW, "new"), (Verdict.UPDATE, "updated"), (Verdict.SAME, "unchanged"),
            (Verdict.REVIEW, "left for review"), (Verdict.PROBLEM, "with a problem"))  # fmt: skip


class DropZone(QWidget):
    """A dashed field with the ways to begin; it does no dropping of its own, the whole window takes files."""

    file_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Drop a list here")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 32, 24, 32)
        column.setSpacing(8)
        column.addWidget(IconLabel("upload", "accent_text", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (
            Label("Drop a list anywhere on this window", "pane_title", wraps=True),
            Label("CSV, Excel, OpenDocument or a saved web table. You check every column and row before anything "
                  "is saved.", "body", "text2", wraps=True),
        ):  # fmt: skip
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.choose = Button("Choose a file", "primary", "file-spreadsheet", height=36)
        self.choose.clicked.connect(self.file_wanted)
        self.paste = Button("Paste rows", "plain", "copy", height=36)
        self.paste.clicked.connect(self.paste_wanted)
        for button, action_id in ((self.choose, "import_list"), (self.paste, "paste_rows")):
            row.addWidget(button)
            row.addWidget(KeyBadge(*actions.caps_of(action_id)))
            row.addSpacing(8)
        row.addStretch(1)
        column.addSpacing(8)
        column.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("strong"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)


class ProblemCard(Card):
    """Why a list could not be taken, and what to do next; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Problem")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel("circle-alert", "bad", 20), 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(2)
        self.title = Label("", "emphasis", "bad", wraps=True, selectable=True)
        self.detail = Label("", "body", "text2", wraps=True, selectable=True)
        self.hint = Label("", "body", "text", wraps=True, selectable=True)
        for label in (self.title, self.detail, self.hint):
            told.addWidget(label)
        row.addLayout(told, 1)
        self.body.addLayout(row)
        self.hide()

    def show_problem(self, error: UserError | None) -> None:
        """Say what went wrong; None hides the card."""
        if error is not None:
            for label, said in ((self.title, error.title), (self.detail, error.detail), (self.hint, error.hint)):
                label.setText(said)
                label.setVisible(bool(said))
        self.setVisible(error is not None)


class EarlierCard(Card):
    """What was imported before, the newest first; ``undo_wanted(batch_id)``."""

    undo_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Earlier imports")
        self.body.addWidget(Label("Earlier imports", "pane_title"))
        self._rows = QWidget()
        self.body.addWidget(self._rows)
        self.undo_buttons: dict[int, Button] = {}

    def show_batches(self, batches: list[Batch], today: date, settings: Settings) -> None:
        """List them anew; hidden while there are none."""
        old, self._rows = self._rows, QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.undo_buttons = {}
        for batch in batches[:SHOWN]:
            column.addWidget(Divider())
            column.addLayout(self._line(batch, today, settings))
        if len(batches) > SHOWN:
            column.addWidget(Label(f"and {len(batches) - SHOWN:,} older ones", "secondary", "text3"))
        self.body.replaceWidget(old, self._rows)
        self._rows.show()
        old.hide()
        old.deleteLater()
        self.setVisible(bool(batches))

    def _line(self, batch: Batch, today: date, settings: Settings) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        row = InfoRow()
        local = batch.merged_at.astimezone(settings.zone)
        day = "today" if local.date() == today else words.day(local.date(), today, settings)
        source = f"{batch.source}: " if batch.source else ""
        is_undone = batch.undone_at is not None
        row.show_info(
            Info(batch.file_name, f"{source}{counted(batch.counts, settings)}",
                 f"{day}, {words.clock(batch.merged_at, settings)}", "undo-2" if is_undone else "file-spreadsheet",
                 chip="Undone" if is_undone else "", chip_kind="mute", lines=2)
        )  # fmt: skip
        line.addWidget(row, 1)
        if not is_undone:
            button = Button("Undo", "small", "undo-2")
            button.setAccessibleName(f"Undo the import of {batch.file_name}")
            button.clicked.connect(lambda _=False: self.undo_wanted.emit(batch.batch_id))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            self.undo_buttons[batch.batch_id] = button
        return line


def counted(counts: dict[Verdict, int], settings: Settings) -> str:
    """``1,204 new, 12 updated, 3 with a problem``; what is zero is left out."""
    parts = [f"{words.count(counts[one], settings)} {said}" for one, said in _COUNTED if counts.get(one)]
    return ", ".join(parts) or "no rows"


class StartPanel(QWidget):
    """Title, drop zone, problem, earlier imports."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(12)
        column.addWidget(Label("Import a list", "account"))
        column.addWidget(
            Label("A CRM report, a distributor's sheet or a vendor's register. A newer file of the same source changes "
                  "only what changed.", "body", "text2", wraps=True)
        )  # fmt: skip
        self.zone, self.problem, self.earlier = DropZone(), ProblemCard(), EarlierCard()
        self.busy = ProgressCard()
        for part in (self.problem, self.busy, self.zone, self.earlier):
            column.addWidget(part)
        column.addStretch(1)
