"""A bridge: from where something stood, over each move, to where it stands now, each bar where the last one ended."""

from decimal import Decimal

from callstation.reports.bars import SHARE, WIDEST, drawn
from callstation.reports.chart import Chart, Point, Tone
from callstation.reports.frame import framed
from callstation.reports.shapes import Box, Drawing, Mark, Measure, Rule, RuleKind, Words

CUT_BELOW = 0.3
"""Where all levels lie within so small a share of the highest one, the axis begins just below them and says so."""


def bridged(chart: Chart, width: float, height: float, measure: Measure, line: float) -> Drawing:
    """Bars that hang between the level before and the level after; where it starts and ends they stand."""
    levels = levels_of(chart)
    flat = [float(level) for span in levels for level in span]
    ends = [float(levels[0][1]), float(levels[-1][1])]
    running = [float(after) for _, after in levels]
    low, high = min(running), max(running)
    is_cut = len(levels) > 2 and low > 0 and (high - low) < high * CUT_BELOW and high > low
    bounds = (low - (high - low) * 0.35, high) if is_cut else (min(flat), max(flat))
    frame = framed(
        chart, width, height, measure, line, bounds, is_from_nought=not is_cut, head_lines=2.4 if is_cut else 1.4
    )
    is_cut = is_cut and frame.low > 0 and min(ends) > 0
    if is_cut and frame.plot.x > 0:
        text = f"The axis begins at {chart.short(Decimal(f'{frame.low:.12g}'))}"
        if line * 2 < frame.plot.y and measure(text) < width:
            frame.words.append(Words(0.0, line * 0.6, text, "left", "tick"))
    marks, count = [], len(levels)
    for index, (before, after) in enumerate(levels):
        at, slot = frame.slot(index, count)
        wide = min(slot * SHARE, WIDEST * line)
        x = at + (slot - wide) / 2
        y, to_y = frame.y(float(max(before, after))), frame.y(float(min(before, after)))
        point = Point(0, index)
        is_total = chart.is_total(point)
        tone = Tone.ACCENT if is_total else Tone.OK if after > before else Tone.BAD if after < before else Tone.MUTE
        marks.append(Mark(point, Box(x, y, wide, to_y - y), tone))
        text = chart.short(chart.value(point), is_move=not is_total)
        if measure(text) <= slot and frame.plot.y >= line and y - line * 0.7 >= line / 2:
            frame.words.append(Words(at + slot / 2, y - line * 0.7, text, "centre", "value"))
        if index + 1 < count:
            level = frame.y(float(after))
            there, next_slot = frame.slot(index + 1, count)
            frame.rules.append(Rule(x + wide, level, there + (next_slot - wide) / 2, level, RuleKind.LINK))
    return drawn(frame, width, height, marks, is_cut=is_cut)


def levels_of(chart: Chart) -> list[tuple[Decimal, Decimal]]:
    """The level before and after each bar; what stands for itself begins at nought."""
    values = [Decimal(value or 0) for value in chart.series[0].values]
    found = [(Decimal(0), values[0])]
    for move in values[1:-1]:
        level = found[-1][1]
        found.append((level, level + move))
    found.append((Decimal(0), values[-1]))
    return found
