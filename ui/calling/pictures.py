"""Rows as drawn before: most of a frame is drawing rows that were drawn already, or could be in a pause."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from ui.theme import theme


class Pictures:
    """Keeps up to ``most`` pictures on a ground of surface; all are forgotten when the look changes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._look: tuple[object, ...] = ()
        self._kept: dict[object, QPixmap] = {}

    def of(
        self, what: Hashable, size: QSize, ratio: float, direction: Qt.LayoutDirection,
        draw: Callable[[QPainter, QRect], object],
    ) -> QPixmap:  # fmt: skip
        """The picture of ``what``, which must name everything that ``draw`` shows."""
        look = (theme.tokens.name, theme.text_size, ratio, direction)
        if look != self._look or len(self._kept) > self._most:
            self._look = look
            self._kept.clear()
        key = (what, size.width(), size.height())
        found = self._kept.get(key)
        if found is None:
            found = QPixmap(size * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(theme.colour("surface"))
            onto = QPainter(found)
            onto.setLayoutDirection(direction)
            draw(onto, QRect(QPoint(0, 0), size))
            onto.end()
            self._kept[key] = found
        return found
