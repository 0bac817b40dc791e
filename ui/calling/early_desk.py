"""The desk before the rest of it is imported: the queue with its first rows, at its own place."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from callstation.calling.head import Head
from callstation.settings import Settings
from ui.calling.queue_panel import QueuePanel, queue_width, to_call


class EarlyDesk(QWidget):
    """Its ``queue`` is taken over by the desk, so that nothing on the screen is made twice."""

    def __init__(self, settings: Settings, head: Head) -> None:
        super().__init__()
        self.queue = QueuePanel(settings)
        self.queue.show_counts(head.counts)
        self.queue.show_rows(to_call(head.page, head.counts))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.queue)
        row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.queue.setFixedWidth(queue_width(self))
