"""The status bar: the connection in words, what waits, what needs attention, and the day so far."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from callstation.settings import Settings
from ui import actions, words
from ui.theme import theme
from ui.widgets.base import Themed
from ui.widgets.button import Button
from ui.widgets.chip import Chip, KeyBadge, StatusPill
from ui.widgets.text import ElidedLabel, IconLabel, Label

if TYPE_CHECKING:
    from callstation.calling.today import DaySummary
    from callstation.sync.standing import Standing

_SAVED = "Everything is saved on this computer."
"""Said wherever nothing is on its way: no network is a normal state and not an error."""


def talk_words(seconds: int) -> str:
    """``1 h 12 m talking``; minutes are cut, not rounded."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes:02d} m talking" if hours else f"{minutes} m talking"


def counted(count: int, one: str, many: str) -> str:
    """``1 call``, ``2 calls``."""
    return f"{count:,} {one if count == 1 else many}"


def attention_words(attention: int, without_number: int) -> str:
    """What the pill says and leads to: the Sync page's own number, else the accounts that cannot be called."""
    if attention:
        return f"{counted(attention, 'needs', 'need')} attention"
    return f"{without_number:,} without a number" if without_number else ""


def connection_words(crm: "Standing", settings: Settings) -> tuple[str, str, str]:
    """(icon, tone, words) of how the CRM stands."""
    who = crm.connection
    if who is None:
        return "cloud-off", "text3", f"Not connected to Salesforce. {_SAVED}"
    if crm.offline_since is not None:
        return "cloud-off", "warn", f"Offline since {words.clock(crm.offline_since, settings)}. {_SAVED}"
    where = " to the practice org" if who.is_practice else ""
    return "cloud", "text2", f"Connected{where} as {who.display_name or who.username}"


class StatusBar(Themed, QWidget):
    """36 px at the window's foot; gives way from its end when the window is narrow."""

    action_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Status")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(8)
        self._cloud = IconLabel("cloud-off", "text3", 16)
        self.connection = ElidedLabel(_SAVED, "label")
        self._standing: tuple[str, str, str] = ("cloud-off", "text3", _SAVED)
        self._syncing = ""
        self.waiting = Chip("", "mute", "upload")
        self.attention = StatusPill("bad", "triangle-alert")
        for widget in (self._cloud, self.connection, self.waiting, self.attention):
            row.addWidget(widget)
        row.addStretch(1)
        self._today = Label("Today", "secondary", "text3")
        self.calls, self.conversations, self.talk = (Label("", "label", "text2", tabular=True) for _ in range(3))
        self._figures = (self._today, self.calls, self.conversations, self.talk)
        for label in self._figures:
            row.addWidget(label)
        self._hints: list[QWidget] = []
        row.addSpacing(8)
        for action_id in ("palette", "keys"):
            badge = KeyBadge(*actions.caps_of(action_id))
            button = Button(actions.action(action_id).label, "text")
            button.clicked.connect(lambda _=False, name=action_id: self.action_chosen.emit(name))
            row.addWidget(badge)
            row.addWidget(button)
            self._hints += [badge, button]
        self.attention.clicked.connect(lambda: self.action_chosen.emit("attention"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_summary(self, day: "DaySummary", settings: Settings) -> None:
        """Show the counts of a day and how the CRM stands."""
        crm = day.crm
        self.waiting.set_chip(f"{crm.waiting:,} waiting to sync" if crm.waiting else "", "mute", "upload")
        self.attention.set_words(attention_words(crm.attention, day.without_number))
        self.calls.setText(counted(day.calls, "call", "calls"))
        self.conversations.setText(counted(day.conversations, "conversation", "conversations"))
        self.talk.setText(talk_words(day.talk_seconds))
        self._standing = connection_words(crm, settings)
        self._show_connection()

    def show_sync(self, said: str) -> None:
        """Say how far a sync has come, in the place of the connection; empty words end that."""
        self._syncing = said
        self._show_connection()

    def _show_connection(self) -> None:
        icon, tone, said = ("refresh-cw", "accent_text", self._syncing) if self._syncing else self._standing
        self._cloud.set_icon(icon, tone)
        if said != self.connection.text():
            self.connection.setText(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # after the layout that is under way: to show or hide anything within it would upset the whole window's
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Give way from the end when the bar is narrow."""
        wide = self.width() * 100 // theme.text_size
        for hint in self._hints[2:]:
            hint.setVisible(wide >= 1180)
        for hint in self._hints[:2]:
            hint.setVisible(wide >= 1000)
        for label in self._figures:
            label.setVisible(wide >= 820)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.colour("border"))

    def restyle(self) -> None:
        self.setFixedHeight(max(36, theme.px(36)))
