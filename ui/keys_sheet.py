"""The sheet of all keys, from the registry of actions."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import actions
from ui.overlay import Overlay
from ui.theme import theme
from ui.widgets.card import Divider
from ui.widgets.chip import KeyBadge
from ui.widgets.scroll import Scroll
from ui.widgets.text import ElidedLabel, Label


class KeysSheet(Overlay):
    """Every action with a key, in its group; ``?`` opens it, Escape or ``?`` closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Keyboard shortcuts", width=820, top=64)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = self.card.body
        body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 16)
        head.addWidget(Label("Keyboard shortcuts", "pane_title"))
        head.addStretch(1)
        head.addWidget(KeyBadge("Esc"))
        body.addLayout(head)
        body.addWidget(Divider())
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(24, 16, 24, 24)
        columns.setSpacing(32)
        sides = [QVBoxLayout(), QVBoxLayout()]
        for side in sides:
            side.setSpacing(16)
            columns.addLayout(side, 1)
        fill = [0, 0]
        for group, items in actions.groups().items():
            keyed = [item for item in items if item.keys]
            lower = 0 if fill[0] <= fill[1] else 1
            fill[lower] += len(keyed) + 2
            sides[lower].addLayout(_group(group, keyed))
        for side in sides:
            side.addStretch(1)
        self._area, self._inside = Scroll(inside), inside
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.addWidget(self._area)

    def open(self) -> None:
        super().open()
        self.setFocus()

    def _fit(self) -> None:
        super()._fit()
        wanted = self._inside.sizeHint().height() + 2
        self._area.setFixedHeight(max(120, min(wanted, self.height() - 64 - 24 - theme.px(60))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._area.verticalScrollBar()
        step = {Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: 240, Qt.Key.Key_PageUp: -240}
        if event.key() in step:
            bar.setValue(bar.value() + step[Qt.Key(event.key())])
        elif event.text() == "?":
            self.close_overlay()
        else:
            super().keyPressEvent(event)


def _group(title: str, items: list[actions.Action]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.addWidget(Label(title, "label", "text3"), 0, 0, 1, 2)
    for row, item in enumerate(items, start=1):
        name = ElidedLabel(item.label)
        name.setToolTip(item.help)
        grid.addWidget(name, row, 0)
        caps = actions.caps(item.shown) if item.shown else actions.caps(item.keys[0])
        grid.addWidget(KeyBadge(*caps), row, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return grid
