"""A file dropped anywhere on the window goes to the import."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Watches one window; ``taken(path)`` is called with the first file that is dropped on it."""

    def __init__(self, window: QWidget, taken: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._taken = taken
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter and _file_of(event):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and (path := _file_of(event)):
            event.acceptProposedAction()
            self._taken(path)
            return True
        return False


def _file_of(event: QDropEvent) -> Path | None:
    """The first file on this computer that is being dragged, None for anything else."""
    local = (url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
    return next((Path(name) for name in local if name), None)
