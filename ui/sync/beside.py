"""What stands beside the lists: a form or a look while one is open, the change in hand, and the receipt."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from callstation.sync.describing import preview
from callstation.sync.failures import Mend
from callstation.sync.overview import Attention, Waiting
from db.vocabulary import OutboxState, SyncEntity
from ui.sync.aside import Aside
from ui.sync.dry_card import DryCard
from ui.sync.preview_card import PreviewCard
from ui.sync.receipt_card import ReceiptCard
from ui.theme import theme
from ui.widgets.base import Themed

if TYPE_CHECKING:
    from callstation.sync.dry_run import DryRun
    from ui.sync.page import SyncPage

WIDE = 372
EDITABLE = (SyncEntity.ACTIVITY, SyncEntity.CONTACT, SyncEntity.RENEWAL, SyncEntity.GROWTH)


class Beside(Themed, QWidget):
    """``aside`` is the form or picker that is open, None for none."""

    def __init__(self, page: "SyncPage") -> None:
        super().__init__()
        self._page, self._is_beside = page, True
        self.aside: Aside | None = None
        self.dry, self.preview, self.receipt = DryCard(), PreviewCard(), ReceiptCard()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        for card in (self.dry, self.preview, self.receipt):
            card.hide()
            self._column.addWidget(card)
        self._column.addStretch(1)
        self.dry.left.connect(page.doing.leave)
        self.restyle()

    @property
    def is_asking(self) -> bool:
        """Whether a form, a picker or a look is open, which Escape closes."""
        return self.aside is not None or not self.dry.isHidden()

    def show_change(self, row: Attention | Waiting | None) -> None:
        """Show the change in hand field by field."""
        key = None if row is None or row.entity is None else (row.entity, row.record_id)
        self.preview.setVisible(key is not None and self.aside is None)
        if row is None or key is None:
            return
        found = self._page.app.ask(preview, *key)
        title = (
            row.title
            if isinstance(row.title, str)
            else ", ".join(part for part in (row.title.account, row.title.what) if part)
        )
        self.preview.show_preview(found, title)
        self.preview.offer(is_held=_is_held(row), may_edit=key[0] in EDITABLE and _has_words(row))

    def show_aside(self, aside: Aside) -> None:
        """Open a form or a picker in the place of the change."""
        self.close_asides()
        self.aside = aside
        aside.left.connect(self._page.doing.leave)
        self._column.insertWidget(0, aside)
        self.preview.hide()
        self._page.show_widget(aside)

    def show_dry_run(self, found: "DryRun") -> None:
        """Show what the next sync would send."""
        self.close_asides()
        self.dry.show_run(found, self._page.app.settings)
        self.dry.show()
        self._page.show_widget(self.dry)

    def close_asides(self) -> None:
        """Close what Escape closes."""
        self.dry.hide()
        if self.aside is not None:
            self.aside.hide()
            self.aside.deleteLater()
            self.aside = None
            self.show_change(self._page.current)

    def set_beside(self, is_beside: bool) -> None:
        """Beside the lists, or under them."""
        self._is_beside = is_beside
        self.restyle()

    def restyle(self) -> None:
        wide = theme.px(WIDE) if self._is_beside else 16_777_215
        self.setMinimumWidth(wide if self._is_beside else 0)
        self.setMaximumWidth(wide)


def _is_held(row: Attention | Waiting) -> bool | None:
    if isinstance(row, Attention) or row.state not in (OutboxState.WAITING, OutboxState.HELD):
        return None  # on its way, or refused: the two actions of its row are what helps
    return row.state is OutboxState.HELD


def _has_words(row: Attention | Waiting) -> bool:
    """Whether the change itself is to be corrected: not one to decide, nor one whose account is missing there."""
    return isinstance(row, Waiting) or (row.conflict_id is None and Mend.CREATE_ACCOUNT not in row.mends)
