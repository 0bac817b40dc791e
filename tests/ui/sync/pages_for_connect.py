"""A Sync page that holds nothing but the two ends of a connection, for the tests of those."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.sync.connection import connection
from ui.page import Commands, Page
from ui.pages import PAGES
from ui.shell import Shell
from ui.sync.connect_panel import ConnectPanel
from ui.sync.connected_card import ConnectedCard
from ui.widgets import Scroll


class ConnectForTests(Page):
    """The panel while nobody is signed in, the card otherwise."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.heard: list[str] = []
        self.panel, self.card = ConnectPanel(shell), ConnectedCard(shell)
        self.panel.connected.connect(lambda: self.heard.append("connected"))
        self.card.signed_out.connect(lambda: self.heard.append("signed out"))
        inside = QWidget()
        middle = QHBoxLayout(inside)
        column = QVBoxLayout()
        middle.addStretch(1)
        middle.addLayout(column, 100)
        middle.addStretch(1)
        for widget in (self.panel, self.card, self.card.practise):
            if widget is not None:
                column.addWidget(widget)
        column.addStretch(1)
        QVBoxLayout(self).addWidget(Scroll(inside))
        self.refresh()

    def commands(self) -> Commands:
        return self.card.commands() if self.app.ask(connection) else self.panel.commands()

    def refresh(self) -> None:
        made = self.app.ask(connection)
        self.panel.setVisible(made is None)
        self.card.setVisible(made is not None)
        if self.card.practise is not None:
            self.card.practise.setVisible(made is not None)
        if made is not None:
            self.card.show_connection(made)
        self.shell.renew_commands()

    def on_shown(self) -> None:
        self.setFocus()
        if self.app.ask(connection) is None:
            self.panel.focus_first()


ENTRIES = tuple(
    replace(entry, module=__name__, cls="ConnectForTests")
    if entry.id == "sync"
    else replace(
        entry, module="tests.ui.pages_for_tests", cls="DeskForTests" if entry.id == "desk" else "OtherForTests"
    )
    for entry in PAGES
    if entry.id != "welcome"
)
