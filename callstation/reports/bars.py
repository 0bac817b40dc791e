"""Bars: side by side, or one upon the other with what they come to above them."""

from decimal import Decimal

from callstation.reports.chart import Chart, Point
from callstation.reports.frame import Frame, framed
from callstation.reports.shapes import Box, Drawing, Mark, Measure, Rule, RuleKind, Words

SHARE = 0.68
"""Of the room of a label, what its bars take."""
WIDEST = 6.0
"""Lines: no bar is wider than so many."""


def bars(chart: Chart, width: float, height: float, measure: Measure, line: float) -> Drawing:
    """A bar for each value, those of one label side by side; below nought they hang."""
    values = [float(value) for point in chart.points if (value := chart.value(point)) is not None]
    frame = framed(chart, width, height, measure, line, (min(values, default=0.0), max(values, default=0.0)))
    marks = []
    for point in chart.points:
        value = chart.value(point)
        assert value is not None
        at, slot = frame.slot(point.place, len(chart.labels))
        whole = min(slot * SHARE, WIDEST * line * len(chart.series))
        wide = whole / len(chart.series)
        x = at + (slot - whole) / 2 + point.series * wide
        gap = min(1.5, wide * 0.1) if len(chart.series) > 1 else 0.0
        box = _upright(frame, x, wide - gap, 0.0, float(value))
        marks.append(Mark(point, box, chart.series[point.series].tone))
        if value:
            _number(frame, box, chart.short(value), wide, is_below=value < 0)
    return drawn(frame, width, height, marks)


def stacked(chart: Chart, width: float, height: float, measure: Measure, line: float) -> Drawing:
    """The values of a label one upon the other, what is below nought downwards; their sum stands above."""
    count = len(chart.labels)
    ups, downs, sums = [Decimal(0)] * count, [Decimal(0)] * count, [Decimal(0)] * count
    spans: list[tuple[Point, Decimal, Decimal]] = []
    for point in chart.points:
        value = Decimal(chart.value(point) or 0)
        side = ups if value >= 0 else downs
        spans.append((point, side[point.place], side[point.place] + value))
        side[point.place] += value
        sums[point.place] += value
    ends = [*map(float, (*ups, *downs)), *(float(one) for one in chart.goals if one is not None)]
    bounds = (min(ends, default=0.0), max(ends, default=0.0))
    frame = framed(chart, width, height, measure, line, bounds)
    marks = []
    for point, start, end in spans:
        at, slot = frame.slot(point.place, count)
        wide = min(slot * SHARE, WIDEST * line)
        box = _upright(frame, at + (slot - wide) / 2, wide, float(start), float(end))
        marks.append(Mark(point, box, chart.series[point.series].tone))
    known = {point.place for point in chart.points}
    for index in sorted(known):
        at, slot = frame.slot(index, count)
        top = frame.y(float(ups[index]))
        if sums[index] or ups[index]:
            _number(frame, Box(at, top, slot, 0.0), chart.short(sums[index]), slot, is_below=False)
    for index, goal in enumerate(chart.goals):
        if goal is not None:
            at, slot = frame.slot(index, count)
            wide = min(slot * 0.9, (WIDEST + 2) * line)
            left, y = at + (slot - wide) / 2, frame.y(float(goal))
            frame.rules.append(Rule(left, y, left + wide, y, RuleKind.GOAL))
    return drawn(frame, width, height, marks)


def drawn(frame: Frame, width: float, height: float, marks: list[Mark], *, is_cut: bool = False) -> Drawing:
    """What a frame and its marks come to."""
    return Drawing(
        max(1.0, width), max(1.0, height), frame.plot, tuple(marks), tuple(frame.words), tuple(frame.rules),
        swatches=tuple(frame.swatches), is_cut=is_cut,
    )  # fmt: skip


def _upright(frame: Frame, x: float, wide: float, start: float, end: float) -> Box:
    high, low = frame.y(max(start, end)), frame.y(min(start, end))
    return Box(x, high, max(0.0, wide), low - high)


def _number(frame: Frame, box: Box, text: str, room: float, *, is_below: bool) -> None:
    """The number at the end of a bar, where there is room for it."""
    if frame.measure(text) > room or frame.plot.y < frame.line:
        return
    y = box.bottom + frame.line * 0.7 if is_below else box.y - frame.line * 0.7
    if frame.line / 2 <= y <= (frame.plot.bottom - frame.line / 2 if is_below else frame.plot.bottom):
        frame.words.append(Words(box.x + box.width / 2, y, text, "centre", "value"))
