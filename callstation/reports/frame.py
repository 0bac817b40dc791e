"""What stands around a chart: the legend above, numbers beside the axis, names below it, and the room that is left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from callstation.reports.chart import Chart, ChartKind, Tone
from callstation.reports.shapes import Box, Measure, Rule, RuleKind, Words
from callstation.reports.ticks import ticks


@dataclass
class Frame:
    """A chart being laid out: ``plot`` is where its values go, between ``low`` and ``high`` of the axis."""

    plot: Box
    low: float
    high: float
    line: float
    """How high a line of words is."""
    measure: Measure
    words: list[Words] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    swatches: list[tuple[Box, int, Tone]] = field(default_factory=list)

    def y(self, value: float) -> float:
        """How far down a value lies, kept within the plot."""
        share = (value - self.low) / (self.high - self.low)
        return self.plot.bottom - min(1.0, max(0.0, share)) * self.plot.height

    def slot(self, index: int, count: int) -> tuple[float, float]:
        """Where the room of one label begins, and how wide it is."""
        wide = self.plot.width / max(1, count)
        return self.plot.x + index * wide, wide


def framed(
    chart: Chart, width: float, height: float, measure: Measure, line: float, bounds: tuple[float, float], *,
    is_from_nought: bool = True, head_lines: float = 1.4,
) -> Frame:  # fmt: skip
    """Legend, axis, grid and labels around values within ``bounds``; nothing is drawn where there is no room for it."""
    width, height = max(1.0, width), max(1.0, height)
    frame = Frame(Box(0, 0, width, height), 0.0, 1.0, line, measure)
    top = _legend(chart, frame, width, height)
    bottom = height - (line * 1.5 if height - top > line * 4 else 0.0)
    low, high = bounds
    if is_from_nought:
        low, high = min(0.0, low), max(0.0, high)
    head = (
        line * head_lines if bottom - top > line * (2.6 + head_lines) else min(2.0, (bottom - top) / 2)
    )  # for the number above the highest
    room = bottom - top - head
    numbers = ticks(low, high, max(2, min(6, int(room / (line * 2)))), is_whole=_is_counted(chart))
    shown = [chart.tick(_exact(number)) for number in numbers]
    wide = max(measure(text) for text in shown)
    left = wide + line * 0.6 if wide < width * 0.3 and room > line * 2 else 0.0
    frame.plot = Box(left, top + head, width - left, max(0.0, room))
    frame.low, frame.high = numbers[0], numbers[-1]
    for number, text in zip(numbers, shown, strict=True):
        y = frame.y(number)
        kind = RuleKind.AXIS if number == 0 else RuleKind.GRID
        frame.rules.append(Rule(left, y, width, y, kind))
        if left and line / 2 <= y <= height - line / 2:
            frame.words.append(Words(wide, y, text, "right", "tick"))
    if bottom < height:
        _labels(chart.labels, frame, bottom + line * 0.85)
    return frame


def _exact(number: float) -> Decimal:
    """A tick as a number that can be written: rounding errors of floats are none of the reader's."""
    return Decimal(f"{number:.12g}")


def _is_counted(chart: Chart) -> bool:
    return all(isinstance(chart.value(point), int) for point in chart.points) and chart.unit != "%"


def _legend(chart: Chart, frame: Frame, width: float, height: float) -> float:
    """Draw it where there is more than one series; how far down it reaches."""
    line, measure = frame.line, frame.measure
    few = len(chart.series) < (1 if chart.has_goals else 2)
    if few or chart.kind is ChartKind.HEAT or height < line * 6 or width < line * 4:
        return 0.0
    x, y, most = 0.0, 0.0, height * 0.35
    step = line * 1.5
    named: list[tuple[str, Tone | None]] = [(one.name, one.tone) for one in chart.series]
    named += [(chart.goal, None)] if chart.has_goals else []
    for number, (whole, tone) in enumerate(named):
        name = cut(whole, width - line * 1.2, measure)
        wide = line * 1.2 + measure(name)
        if x and x + wide > width:
            x, y = 0.0, y + step
            if y + step > most:
                break
        if tone is None:
            frame.rules.append(Rule(x, y + line * 0.6, x + line * 0.8, y + line * 0.6, RuleKind.GOAL))
        else:
            frame.swatches.append((Box(x, y + line * 0.2, line * 0.8, line * 0.8), number, tone))
        if name:
            frame.words.append(Words(x + line * 1.2, y + line * 0.6, name, "left", "legend"))
        x += wide + line * 1.4
    return y + step


def _labels(labels: Sequence[str], frame: Frame, y: float) -> None:
    """Names below the axis: all, shortened where they are few, else each second, third ..."""
    if not labels:
        return
    slot = frame.slot(0, len(labels))[1]
    gap = frame.line * 0.5
    longest = max(frame.measure(label) for label in labels)
    every = 1
    is_narrow = slot < frame.line * (5 if longest < frame.line * 5 else 3)  # days are left out sooner than names
    if longest + gap > slot and (len(labels) > 12 or is_narrow):
        every = min(len(labels), int((longest + gap) / slot) + 1)
    reached = 0.0
    for index in range(0, len(labels), every):
        at, wide = frame.slot(index, len(labels))
        text = cut(labels[index], max(slot * every - gap, 0.0), frame.measure)
        half = frame.measure(text) / 2
        middle = min(max(at + wide / 2, half), frame.plot.right - half)
        if text and middle - half >= reached:  # the last one moves inwards, and must not lie upon the one before
            reached = middle + half + gap / 2
            frame.words.append(Words(middle, y, text, "centre", "label"))


def cut(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Words cut to a width with an ellipsis; "" where not even one letter fits."""
    if measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle].rstrip() + "…") <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…" if low else ""
