"""The queue beside the account in hand: campaign, progress, search, three tabs and the list."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from callstation.calling.queue import QueueCounts, QueuePage, QueueRow
from callstation.settings import Settings
from ui.calling.queue_delegate import QueueDelegate
from ui.calling.queue_model import QueueModel, Section
from ui.theme import theme
from ui.widgets import Button, Label, ProgressBar, SearchField, SegmentedTabs, Select

if TYPE_CHECKING:
    from callstation.calling.campaign_progress import Progress

TO_CALL, CALLBACKS, DONE = range(3)


def to_call(page: QueuePage, counts: QueueCounts) -> list[Section]:
    """The sections of the first tab."""
    later = len(page.later)
    return [
        ("Callbacks due", counts.due, page.due),
        ("Up next", max(counts.to_call - counts.due - later, len(page.next)), page.next),
        ("Later today", later, page.later),
    ]


ROOMY = 1420
"""A window of this width, in px at 100 %, holds both side panels at their full width."""


def queue_width(desk: QWidget) -> int:
    """The width of the panel on a desk, in px: 328, less where the window is narrow."""
    wide = desk.window().width() * 100 / theme.text_size
    return min(theme.px(328 if wide >= ROOMY else 296), max(240, desk.width() // 3))


class QueuePanel(QWidget):
    """328 px wide. Says what the user chose and shows what it is given; it reads nothing itself."""

    target_chosen = Signal(int)
    campaign_chosen = Signal(object)
    tab_chosen = Signal(int)
    search_typed = Signal(str)
    search_left = Signal()
    first_chosen = Signal()
    why_chosen = Signal()
    more_wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setAccessibleName("Queue")
        self.campaigns = Select("Campaign", role="pane_title", is_bare=True)
        self.campaigns.view().setAccessibleName("Campaigns")
        self.called, self.conversations = (
            Label("", "secondary", "text2", tabular=True),
            Label("", "secondary", "text2", tabular=True),
        )
        self.progress = ProgressBar("Called")
        self.search = SearchField("Find account, contact or number")
        self.tabs = SegmentedTabs(["To call", "Callbacks", "Done"], "Lists")
        self.model, self.delegate = QueueModel(), QueueDelegate(settings)
        self.list = _List(self.model, self.delegate)
        self.nothing = Label("", "secondary", "text3", wraps=True)
        self.nothing.hide()
        self.why = Button("Why this order?", "text", "circle-question-mark")
        self._lay_out()
        self._campaign_ids: list[int | None] = []
        self.campaigns.activated.connect(self._on_campaign)
        self.tabs.currentChanged.connect(self.tab_chosen)
        self.search.textChanged.connect(self.search_typed)
        self.search.left.connect(self.search_left)
        self.search.entered.connect(self.first_chosen)
        self.list.clicked.connect(self._on_clicked)
        self.model.more_wanted.connect(self.more_wanted, Qt.ConnectionType.QueuedConnection)
        self.why.clicked.connect(self.why_chosen)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 1, 0)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 15, 0)
        head.setSpacing(8)
        head.addWidget(self.campaigns)
        figures = QHBoxLayout()
        figures.addWidget(self.called)
        figures.addStretch(1)
        figures.addWidget(self.conversations)
        head.addLayout(figures)
        head.addWidget(self.progress)
        head.addSpacing(4)
        head.addWidget(self.search)
        head.addWidget(self.tabs)
        head.addWidget(self.nothing)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 6)
        foot.addWidget(self.why)
        foot.addStretch(1)
        column.addLayout(foot)

    def show_campaigns(self, campaigns: Iterable[tuple[int | None, str]], current: int | None) -> None:
        """Offer campaigns by id and name; None stands for all of them."""
        offered = list(campaigns)
        self._campaign_ids = [one for one, _ in offered]
        self.campaigns.clear()
        self.campaigns.addItems([name for _, name in offered])
        if current in self._campaign_ids:
            self.campaigns.setCurrentIndex(self._campaign_ids.index(current))

    def show_progress(self, so_far: "Progress") -> None:
        """Show how far the day or the campaign has come."""
        talks = so_far.conversations
        self.called.setText(f"{so_far.called:,} of {so_far.total:,} called")
        self.conversations.setText(f"{talks:,} conversation{'' if talks == 1 else 's'}")
        self.progress.set_parts(min(talks, so_far.called), so_far.called, so_far.total)

    def show_counts(self, counts: QueueCounts) -> None:
        """Show how many stand on each tab."""
        for index, number in ((TO_CALL, counts.to_call), (CALLBACKS, counts.callbacks), (DONE, counts.done)):
            self.tabs.set_count(index, number)

    def show_rows(self, sections: Iterable[Section], *, has_more: bool = False, nothing: str = "") -> None:
        """Show the rows of the tab or of the search; ``nothing`` says why there are none."""
        self.model.show(sections, has_more=has_more)
        is_empty = self.model.rowCount() == 0
        if nothing and is_empty:
            self.nothing.setText(nothing)
        self.nothing.setVisible(is_empty and bool(nothing))

    def set_current(self, target_id: int | None) -> None:
        """Mark the target in hand and bring its row into view."""
        before = self.delegate.current
        self.delegate.current = target_id
        for one in {before, target_id} - {None}:
            place = self.model.place_of(one) if one is not None else None
            if place is not None:
                self.list.update(self.model.index(place))
        place = None if target_id is None else self.model.place_of(target_id)
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place))
            if place <= 1:
                self.list.scrollToTop()

    def _on_campaign(self, index: int) -> None:
        self.campaign_chosen.emit(self._campaign_ids[index])

    def _on_clicked(self, index: QModelIndex) -> None:
        item = self.model.item(index.row())
        if isinstance(item, QueueRow):
            self.target_chosen.emit(item.target_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        edge = 0 if self.isRightToLeft() else self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), theme.colour("border"))


class _List(QListView):
    """A click chooses and leaves the focus where it was, so that the next digit still logs the call."""

    def __init__(self, model: QueueModel, delegate: QueueDelegate) -> None:
        super().__init__()
        self.setAccessibleName("Accounts to call")
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setViewportMargins(8, 0, 7, 0)
        self.setFrameShape(QListView.Shape.NoFrame)
        self._delegate = delegate

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(QModelIndex())

    def _point_at(self, index: QModelIndex) -> None:
        before, self._delegate.hot = self._delegate.hot, index.row()
        if before != index.row():
            self.update(self.model().index(before, 0))
            self.update(index)
