"""What a company's Salesforce admin must set up, as words to copy and send."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from callstation.sync.salesforce.admin import ADMIN_TEXT
from ui import actions
from ui.theme import theme
from ui.widgets import Button, Card, KeyBadge, Label
from ui.widgets.base import Themed

if TYPE_CHECKING:
    from ui.shell import Shell


class _Text(Themed, QPlainTextEdit):
    """The letter, to be read and selected; Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("The text for your admin")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setPlainText(ADMIN_TEXT)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.px(260))


class AdminCard(Card):
    """Opened when asked for."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(padding=20)
        self._shell = shell
        self.setAccessibleName("What my admin must do")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label("What my admin must do", "pane_title"), 1)
        self.copy = Button("Copy", "plain", "copy")
        self.copy.setAccessibleName("Copy the text for your admin")
        self.copy.clicked.connect(self.take)
        head.addWidget(self.copy)
        head.addWidget(KeyBadge(*actions.caps_of("copy_admin_text")))
        self.body.addLayout(head)
        self.body.addWidget(
            Label("Send this to whoever looks after Salesforce in your company. The answer is a client id.", "body",
                  "text2", wraps=True)
        )  # fmt: skip
        self.text = _Text()
        self.body.addWidget(self.text)
        self.hide()

    def take(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(ADMIN_TEXT)
        self._shell.say("Copied. Send it to your Salesforce admin.", "info")
