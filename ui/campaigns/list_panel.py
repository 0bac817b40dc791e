"""The campaigns in a list: name, kind, how far each has come, and whether it runs; and the form for a new one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.calling.campaigns import CampaignRow, switcher
from callstation.errors import UserError
from ui.campaigns.kinds import KINDS
from ui.rows_view import RowsView
from ui.settings.editors import WordsEditor
from ui.tables import Column, Order, RowsModel
from ui.theme import theme
from ui.widgets import Button, Card, Field, KeyBadge, Label, Select

if TYPE_CHECKING:
    from callstation.app import App


class NewCampaign(Card):
    """Asks for name and kind; ``made(name, kind)`` on Enter."""

    made = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=12, radius=6, tone="sunken")
        self.setAccessibleName("New campaign")
        self.name, self.kind = WordsEditor("Name"), Select("Kind")
        self.name.setPlaceholderText("Q4 renewals")
        self.kind.addItems(list(KINDS.values()))
        self.name.returnPressed.connect(self._on_made)
        self.field = Field("Name", self.name)
        make, cancel = Button("Make it", "primary", height=32), Button("Cancel")
        make.clicked.connect(self._on_made)
        cancel.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for widget in (make, KeyBadge("↵"), cancel, KeyBadge("Esc")):
            foot.addWidget(widget)
        foot.addStretch(1)
        self.body.addWidget(Label("New campaign", "emphasis"))
        self.body.addWidget(self.field)
        self.body.addWidget(Field("Kind", self.kind, "Its filter, outcome keys and talk track start as the kind's."))
        self.body.addLayout(foot)
        self.hide()

    def begin(self) -> None:
        """Open empty, with the caret in the name."""
        self.name.clear()
        self.field.show_problem("")
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, error: UserError) -> None:
        """Say what cannot be taken."""
        self.field.show_problem(f"{error.title} {error.hint}".strip())

    def _on_made(self) -> None:
        self.made.emit(self.name.words(), list(KINDS)[self.kind.currentIndex()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ListPanel(QWidget):
    """``chosen(row)`` when another campaign is current, ``opened(row)`` on Enter, ``new_wanted`` by its button."""

    chosen = Signal(object)
    opened = Signal(object)
    new_wanted = Signal()

    def __init__(self, app: "App") -> None:
        super().__init__()
        self._app = app
        self.campaigns: list[CampaignRow] = []
        self.setAccessibleName("Campaigns")
        self.model = RowsModel[CampaignRow](_columns(), self._fetch, lambda: len(self.campaigns))
        self.table = RowsView(self.model, "Campaigns")
        self.form = NewCampaign()
        new = Button("New campaign", "plain", "plus")
        head = QHBoxLayout()
        head.setContentsMargins(16, 16, 16, 12)
        head.setSpacing(8)
        head.addWidget(Label("Campaigns", "pane_title"))
        head.addStretch(1)
        head.addWidget(new)
        head.addWidget(KeyBadge("A"))
        holder = QVBoxLayout()
        holder.setContentsMargins(16, 0, 16, 0)
        holder.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(holder)
        column.addWidget(self.table, 1)
        new.clicked.connect(self.new_wanted)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.opened)

    def _fetch(self, offset: int, limit: int, order: Order) -> Sequence[CampaignRow]:
        return self.campaigns[offset : offset + limit]

    def reload(self, campaign_id: int | None) -> None:
        """Read anew; ``campaign_id`` stays current where it is still there, else the first is."""
        self.campaigns = self._app.ask(switcher, with_closed=True)
        self.table.blockSignals(True)  # the place is found by the campaign, not by the row it stood on
        self.table.reload()
        self.show_campaign(campaign_id)
        self.table.blockSignals(False)

    def show_campaign(self, campaign_id: int | None) -> None:
        """Make a campaign current, the first where there is none of this id."""
        ids = [row.campaign_id for row in self.campaigns]
        if ids:
            self.table.choose(ids.index(campaign_id) if campaign_id in ids else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        edge = 0 if self.isRightToLeft() else self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), theme.colour("border"))


def _columns() -> list[Column[CampaignRow]]:
    return [
        Column("Campaign", lambda row: row.name, width=0, role="emphasis", tip=lambda row: row.name),
        Column("Kind", lambda row: KINDS[row.kind], width=122, role="secondary", tone="text2"),
        Column(
            "Called", lambda row: f"{row.progress.called:,} of {row.progress.total:,}", align="right", width=104,
            role="secondary", tone="text2", is_tabular=True, tip=progress_words,
        ),
        Column(
            "State", lambda row: "Running" if row.is_active else "Closed", width=90,
            chip=lambda row: ("ok" if row.is_active else "mute", None),
        ),
    ]  # fmt: skip


def progress_words(row: CampaignRow) -> str:
    """``23 of 71 called, 8 conversations``."""
    reached = row.progress.conversations
    spoke = "1 conversation" if reached == 1 else f"{reached:,} conversations"
    return f"{row.progress.called:,} of {row.progress.total:,} called, {spoke}"
