"""The points to speak about, ticked one by one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import actions
from ui.widgets import Card, Check, KeyBadge, Label, Scroll
from ui.widgets.base import doubled, one_line


class TalkTrack(Card):
    """``ticked`` tells that a point was ticked or unticked."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Talk track")
        self.points: list[_Point] = []
        head = QHBoxLayout()
        head.addWidget(Label("Talk track", "emphasis"))
        head.addStretch(1)
        head.addWidget(Label("Tick", "secondary", "text3"))
        head.addWidget(KeyBadge(*actions.caps_of("talk_point")))
        self.body.addLayout(head)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        self.body.addWidget(Scroll(inside), 1)

    def show_points(self, words: tuple[str, ...], done: tuple[int, ...]) -> None:
        """Show these points, with those ticked whose places are in ``done``."""
        while len(self.points) < len(words):
            point = _Point()
            point.clicked.connect(self.ticked)
            self.points.append(point)
            self._column.insertWidget(len(self.points) - 1, point)
        for place, point in enumerate(self.points):
            if point.isHidden() is (place < len(words)):
                point.setVisible(place < len(words))
            if place < len(words):
                point.set_words(words[place])
                point.setChecked(place in done)

    def tick_next(self) -> None:
        """Tick the first point that is not; when all are, begin anew."""
        shown = [point for point in self.points if not point.isHidden()]
        fresh = next((point for point in shown if not point.isChecked()), None)
        for point in (fresh,) if fresh else shown:
            point.setChecked(fresh is not None)
        self.ticked.emit()

    @property
    def done(self) -> tuple[int, ...]:
        """The places of the ticked points."""
        return tuple(place for place, point in enumerate(self.points) if point.isChecked() and not point.isHidden())


class _Point(Check):
    """A point that can take other words: the next account's."""

    def __init__(self) -> None:
        super().__init__("?", is_round=True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_words(self, words: str) -> None:
        shown = one_line(words)
        if shown != self._words:
            self._words = shown
            self.setText(doubled(shown))
            self.setAccessibleName(shown)
            self.updateGeometry()
            self.update()
