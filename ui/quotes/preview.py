"""The paper of a quote over the desk, as the customer will see it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.overlay import Overlay
from ui.theme import theme
from ui.widgets import Divider, ElidedLabel, KeyBadge, Label
from ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from ui.jobs import Jobs

_TOP = 32


class PreviewSheet(Overlay):
    """Escape closes it; the arrows and Page keys turn."""

    def __init__(self, ground: QWidget, jobs: "Jobs", name: str = "Preview of the quote") -> None:
        super().__init__(ground, name, width=780, top=_TOP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = self.card.body
        body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 20, 12)
        head.setSpacing(8)
        self.title, self.pages = ElidedLabel("", "pane_title"), Label("", "secondary", "text3", tabular=True)
        head.addWidget(self.title, 1)
        head.addWidget(self.pages)
        head.addWidget(KeyBadge("Esc"))
        body.addLayout(head)
        body.addWidget(Divider())
        self.view = PdfView(jobs, "The pages")
        self.view.turned.connect(lambda page, count: self.pages.setText(f"Page {page} of {count}" if count else ""))
        body.addWidget(self.view)

    def show_pdf(self, title: str, pdf: bytes) -> None:
        """Open with a paper, at its first page."""
        self.title.setText(title)
        self.view.show_pdf(b"")
        self.open()
        self._fit_view()
        self.view.show_pdf(pdf)
        self.setFocus()

    def _fit_view(self) -> None:
        self.view.setFixedHeight(max(theme.px(160), self.height() - _TOP - 24 - theme.px(50)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        found = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._fit_view()
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, key = self.view.verticalScrollBar(), Qt.Key(event.key())
        step = {Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep()}.get(key)
        if step is not None:
            bar.setValue(bar.value() + step)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.view.turn(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)
