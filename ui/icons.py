"""The bundled icons, tinted by token and drawn sharp on every screen."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import RESOURCES, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_FOLDER = RESOURCES / "icons"


def names() -> list[str]:
    """Every icon there is."""
    return sorted(path.stem for path in _FOLDER.glob("*.svg"))


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon ``name`` in ``colour`` (``#RRGGBB``), ``size`` logical px square for a device pixel ratio.

    Raises FileNotFoundError for a name that is not bundled.
    """
    source = _source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    side = round(size * ratio)
    image = QPixmap(side, side)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def paint(painter: QPainter, rect: QRect, name: str, colour: QColor) -> None:
    """Draw an icon in the middle of ``rect``, as large as its shorter side."""
    size = min(rect.width(), rect.height())
    ratio = painter.deviceTransform().m11()  # of the screen; no painter of ours is scaled otherwise
    at = QPointF(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2)
    painter.drawPixmap(at, pixmap(name, colour.name(), size, ratio))


def icon(name: str, tone: str = "text2", size: int = 16) -> "QIcon":
    """A QIcon for Qt's own menus and views; ask again after a theme change."""
    from PySide6.QtGui import QIcon

    made = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        made.addPixmap(pixmap(name, theme.tokens.colour(tone), size, ratio))
    return made
