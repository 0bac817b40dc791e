"""A line for when Salesforce no longer takes the key: what happened, and the way back in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ui import actions
from ui.widgets import Button, Card, IconLabel, KeyBadge, Label


class SignInAgain(Card):
    """Hidden until it is needed; ``wanted`` asks for the way in."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(padding=12)
        self.setAccessibleName("Sign in again")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel("triangle-alert", "warn", 16))
        row.addWidget(
            Label(
                "Salesforce wants you to sign in again. Everything that waits stays here until then.",
                "body",
                wraps=True,
            ),
            1,
        )
        self.button = Button("Sign in", "primary", height=32)
        self.button.clicked.connect(self.wanted)
        row.addWidget(self.button)
        row.addWidget(KeyBadge(*actions.caps_of("sign_in")))
        self.body.addLayout(row)
        self.hide()
