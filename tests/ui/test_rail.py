"""The rail holds every page at the smallest window: nothing overlaps, nothing is cut off."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from ui.pages import PAGES
from ui.rail import LEAST, Rail, RailButton

EVERY = (*PAGES, *(replace(PAGES[0], id=f"more{n}", action_id=None) for n in range(max(0, 16 - len(PAGES)))))


def places(rail: Rail) -> list[QRect]:
    return sorted((button.geometry() for button in rail.findChildren(RailButton)), key=lambda at: at.top())


@pytest.mark.parametrize("high", [864, 700, 539, 480])
def test_buttons_neither_overlap_nor_leave_the_rail(qtbot: QtBot, high: int) -> None:
    rail = Rail(EVERY)
    qtbot.addWidget(rail)
    rail.resize(57, high)
    rail.show()
    at = places(rail)
    assert len(at) == sum(entry.is_in_rail for entry in EVERY) + 2
    assert [one for one, other in pairwise(at) if one.bottom() >= other.top()] == []
    assert at[0].top() >= 4
    assert at[-1].bottom() <= high - 4
    assert min(one.height() for one in at) >= LEAST


def test_with_room_the_buttons_are_as_large_as_ever(qtbot: QtBot) -> None:
    rail = Rail(PAGES)
    qtbot.addWidget(rail)
    rail.resize(57, 864)
    rail.show()
    assert {(at.width(), at.height()) for at in places(rail)} == {(40, 40)}


def test_the_rail_does_not_set_the_height_of_the_window() -> None:
    assert Rail(EVERY).minimumSizeHint().height() <= 480
