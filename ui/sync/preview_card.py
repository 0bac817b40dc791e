"""The change in hand, field by field: what Salesforce has, and what it will get."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.sync.describing import FieldLine, Preview
from ui import actions
from ui.sync.aside import Aside
from ui.widgets import Button, FlowLayout, IconLabel, KeyBadge, Label
from ui.widgets.base import one_line

_LONG = 400


class PreviewCard(Aside):
    """``offer`` says which of the three buttons there are; their keys are those of the page."""

    def __init__(self) -> None:
        super().__init__("What will be sent")
        self.buttons: dict[str, Button] = {}
        self._holders: dict[str, QWidget] = {}
        foot = QWidget()
        flow = FlowLayout(foot, spacing=8)
        for words, icon, action_id in (
            ("Hold", "pause", "hold_change"), ("Edit", "pencil", "edit_change"),
            ("Keep on this computer", "x", "drop_change"),
        ):  # fmt: skip
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 4, 0)
            row.setSpacing(6)
            button = self.buttons[action_id] = Button(words, "small", icon)
            row.addWidget(button)
            row.addWidget(KeyBadge(*actions.caps_of(action_id)))
            flow.addWidget(holder)
            self._holders[action_id] = holder
        self._foot = foot
        self.body.addWidget(foot)

    def show_preview(self, found: Preview | None, title: str) -> None:
        """Show a change; without one that Salesforce knows it all already."""
        self.title.setText(one_line(title)[:200])
        self.clear()
        if found is None:
            self.say("Salesforce knows all of this already. The next sync takes it off the list.")
            return
        self.say(f"{found.verb} in Salesforce.")
        for one in found.lines:
            self.add(_field(one))

    def offer(self, *, is_held: bool | None, may_edit: bool) -> None:
        """Which buttons there are: ``is_held`` None for what can be neither held nor dropped."""
        hold = self.buttons["hold_change"]
        hold.set_words("Release" if is_held else "Hold", "play" if is_held else "pause")
        self._holders["hold_change"].setVisible(is_held is not None)
        self._holders["drop_change"].setVisible(is_held is not None)
        self._holders["edit_change"].setVisible(may_edit)
        self._foot.setVisible(is_held is not None or may_edit)


def _field(one: FieldLine) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(1)
    column.addWidget(Label(one.label, "secondary", "text3"))
    now = _value(one.now or "Nothing", "text" if one.now else "text3")
    if not one.was:
        column.addWidget(now)
        return holder
    both = QHBoxLayout()
    both.setSpacing(8)
    both.addWidget(_value(one.was, "text2"), 1)
    both.addWidget(IconLabel("arrow-right", "text3", 14, "becomes"), 0, Qt.AlignmentFlag.AlignTop)
    both.addWidget(now, 1)
    column.addLayout(both)
    return holder


def _value(words: str, tone: str) -> Label:
    shown = words if len(words) <= _LONG else f"{words[:_LONG]}…"
    made = Label(shown, "body", tone, wraps=True, selectable=True)
    made.setMinimumWidth(1)
    return made
