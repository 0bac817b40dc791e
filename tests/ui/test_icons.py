"""Icons: all bundled ones draw, in the colour asked for, sharp on dense screens."""

import re

import pytest
from PySide6.QtGui import QColor, QImage, QPixmap

from tests.house.tree import ROOT
from ui import icons
from ui.actions import ACTIONS
from ui.pages import PAGES


def inked(pixmap: QPixmap) -> list[QColor]:
    """The colours of the fully covered points of a picture."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    points = ((image.pixelColor(x, y)) for x in range(image.width()) for y in range(image.height()))
    return [QColor(point.rgb()) for point in points if point.alpha() == 255]


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_draws_in_its_colour(name: str) -> None:
    asked = QColor("#2b59d9")
    for drawn in inked(icons.pixmap(name, "#2b59d9", 24, 2.0)):
        # one step off is the rounding of premultiplied alpha
        assert abs(drawn.red() - asked.red()) <= 1
        assert abs(drawn.green() - asked.green()) <= 1
        assert abs(drawn.blue() - asked.blue()) <= 1


def test_a_dense_screen_gets_as_many_points_as_it_has() -> None:
    drawn = icons.pixmap("phone", "#000000", 16, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)


def test_an_icon_is_drawn_once() -> None:
    assert icons.pixmap("phone", "#123456", 16).cacheKey() == icons.pixmap("phone", "#123456", 16).cacheKey()


def test_every_icon_that_is_named_is_bundled() -> None:
    named = {action.icon for action in ACTIONS} | {entry.icon for entry in PAGES}
    for path in (ROOT / "ui").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'(?:icon="|IconLabel\("|EmptyState\(\s*"|paint\([^"\n]*, ")([a-z0-9-]+)"', source))
    assert named - set(icons.names()) == set()
