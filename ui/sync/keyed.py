"""A button with its key beside it, as one thing in a row."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import actions
from ui.widgets import Button, KeyBadge


def keyed(button: Button, action_id: str) -> QWidget:
    """The button and the cap of its action's key, in the middle of its height."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 8, 0)
    row.setSpacing(8)
    row.addWidget(button)
    row.addWidget(KeyBadge(*actions.caps_of(action_id)))
    return holder
