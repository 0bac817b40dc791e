"""What a chart is drawn from: boxes, lines, words and rules with their places, in px or points from the top left."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, NamedTuple

from callstation.reports.chart import Point, Tone

Align = Literal["left", "centre", "right"]
Measure = Callable[[str], float]
"""How wide words are."""


class Box(NamedTuple):
    """A rectangle, its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


class Mark(NamedTuple):
    """What stands for one value. ``strength`` is 0 to 1 in a heat map (None: nothing known), else 1."""

    point: Point
    box: Box
    tone: Tone
    strength: float | None = 1.0
    is_dot: bool = False
    """A point of a line, round."""


class Words(NamedTuple):
    """One line of words; ``y`` is its middle, ``x`` its left end, its middle or its right end."""

    x: float
    y: float
    text: str
    align: Align = "left"
    role: Literal["tick", "label", "value", "legend"] = "label"
    on: Point | None = None
    """The mark it lies on, for its colour."""

    def span(self, measure: Measure) -> tuple[float, float]:
        """From where to where it reaches."""
        wide = measure(self.text)
        start = {"left": self.x, "centre": self.x - wide / 2, "right": self.x - wide}[self.align]
        return start, start + wide


class RuleKind(StrEnum):
    """What a straight line is for."""

    GRID = "grid"
    AXIS = "axis"
    LINK = "link"
    """From one bar of a bridge to the next."""
    GOAL = "goal"
    """What a bar should come to; it lies upon the bars."""


class Rule(NamedTuple):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    kind: RuleKind


class Path(NamedTuple):
    """A broken line through points."""

    places: tuple[tuple[float, float], ...]
    series: int
    tone: Tone


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart laid out: everything lies within ``width`` x ``height``."""

    width: float
    height: float
    plot: Box
    marks: tuple[Mark, ...] = ()
    words: tuple[Words, ...] = ()
    rules: tuple[Rule, ...] = ()
    paths: tuple[Path, ...] = ()
    swatches: tuple[tuple[Box, int, Tone], ...] = ()
    """The legend's: where, which series, its colour."""
    is_cut: bool = False
    """The axis does not begin at nought, and ``words`` say so."""

    @property
    def goals(self) -> tuple[Rule, ...]:
        """The rules that lie upon the bars, not under them."""
        return tuple(rule for rule in self.rules if rule.kind is RuleKind.GOAL)

    def at(self, x: float, y: float) -> Mark | None:
        """The mark at a place; of a dot also close by."""
        for mark in reversed(self.marks):
            near = 4.0 if mark.is_dot else 0.0
            box = mark.box
            if box.x - near <= x <= box.right + near and box.y - near <= y <= box.bottom + near:
                return mark
        return None

    def mark_of(self, point: Point) -> Mark | None:
        return next((mark for mark in self.marks if mark.point == point), None)


def mirrored(drawing: Drawing) -> Drawing:
    """The same from right to left."""
    wide = drawing.width
    turned: dict[Align, Align] = {"left": "right", "right": "left", "centre": "centre"}

    def flip(box: Box) -> Box:
        return box._replace(x=wide - box.right)

    return replace(
        drawing,
        plot=flip(drawing.plot),
        marks=tuple(mark._replace(box=flip(mark.box)) for mark in drawing.marks),
        words=tuple(one._replace(x=wide - one.x, align=turned[one.align]) for one in drawing.words),
        rules=tuple(rule._replace(x=wide - rule.x, to_x=wide - rule.to_x) for rule in drawing.rules),
        paths=tuple(path._replace(places=tuple((wide - x, y) for x, y in path.places)) for path in drawing.paths),
        swatches=tuple((flip(box), series, tone) for box, series, tone in drawing.swatches),
    )
