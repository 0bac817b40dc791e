"""The change in hand, field by field: what Salesforce has, and what it will get."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from callstation.sync.describing import Preview
from ui import actions
from ui.sync.aside import Aside
from ui.sync.fields_view import FieldsView
from ui.widgets import Button, FlowLayout, KeyBadge
from ui.widgets.base import one_line


class PreviewCard(Aside):
    """``offer`` says which of the three buttons there are; their keys are those of the page."""

    def __init__(self) -> None:
        super().__init__("What will be sent")
        self.fields = FieldsView()
        self.add(self.fields)
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
        self.fields.setVisible(found is not None)
        if found is None:
            self.say("Salesforce knows all of this already. The next sync takes it off the list.")
            return
        self.say(f"{found.verb} in Salesforce{f', {found.warning}' if found.warning else ''}.")
        self.fields.show_lines(found.lines)

    def offer(self, *, is_held: bool | None, may_edit: bool) -> None:
        """Which buttons there are: ``is_held`` None for what can be neither held nor dropped."""
        hold = self.buttons["hold_change"]
        hold.set_words("Release" if is_held else "Hold", "play" if is_held else "pause")
        self._holders["hold_change"].setVisible(is_held is not None)
        self._holders["drop_change"].setVisible(is_held is not None)
        self._holders["edit_change"].setVisible(may_edit)
        self._foot.setVisible(is_held is not None or may_edit)
