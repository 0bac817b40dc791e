"""The head of the Sync page: what it is, how the connection stands, two buttons, and four numbers."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.settings import Settings
from callstation.sync.overview import Overview
from ui import actions, words
from ui.sync.moments import moment
from ui.widgets import Button, KeyBadge, Label
from ui.widgets.figure import Figure, FigureRow


class Head(QWidget):
    """``wanted(action id)`` for a button."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(4)
        self.title = Label("Sync with Salesforce", "account")
        self.said = Label("", "body", "text2", wraps=True, tabular=True)
        told.addWidget(self.title)
        told.addWidget(self.said)
        row.addLayout(told, 1)
        self.export = Button("Export log", "plain", "download", height=36)
        self.look = Button("Look first", "plain", "eye", height=36)
        self.sync = Button("Sync now", "primary", "refresh-cw", height=36)
        self.keys = KeyBadge(*actions.caps_of("sync_now"))
        for button, action_id in (
            (self.export, "export_sync_log"), (self.look, "look_first"), (self.sync, "sync_now"),
        ):  # fmt: skip
            button.setToolTip(actions.tool_tip(action_id))
            button.clicked.connect(lambda _=False, name=action_id: self.wanted.emit(name))
            row.addWidget(button)
        row.addWidget(self.keys)

    def show_state(self, said: str, *, is_connected: bool, is_running: bool) -> None:
        """Say how the connection stands; without one there is nothing to press but the log."""
        if said != self.said.text():
            self.said.setText(said)
        for widget in (self.look, self.sync, self.keys):
            widget.setVisible(is_connected)
        self.sync.setEnabled(not is_running)
        self.look.setEnabled(not is_running)


class Figures(FigureRow):
    """Four cards with a number each."""

    def __init__(self) -> None:
        self.waiting, self.attention, self.sent, self.last = (
            Figure(name) for name in ("waiting to send", "need attention", "sent this week", "last full sync")
        )
        super().__init__(self.waiting, self.attention, self.sent, self.last)

    def show_overview(self, seen: Overview, today: date, settings: Settings) -> None:
        """Show the numbers."""
        held = f", {words.count(seen.held, settings)} held" if seen.held else ""
        self.waiting.show_value(words.count(seen.waiting, settings), f"waiting to send{held}")
        needs = "needs attention" if seen.attention == 1 else "need attention"
        self.attention.show_value(words.count(seen.attention, settings), needs, "bad" if seen.attention else "text")
        self.sent.show_value(words.count(seen.sent_this_week, settings), "sent this week")
        last = "Never" if seen.last_whole_at is None else moment(seen.last_whole_at, today, settings)
        self.last.show_value(last, "last full sync")
