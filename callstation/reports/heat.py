"""A heat map: a cell for each series and label, stronger where the value is higher, hollow where none is known."""

from callstation.reports.chart import Chart, Point
from callstation.reports.frame import cut
from callstation.reports.shapes import Box, Drawing, Mark, Measure, Words

GAP = 2.0


def heat(chart: Chart, width: float, height: float, measure: Measure, line: float) -> Drawing:
    """Rows are the series, columns the labels; cells are at most three lines high."""
    width, height = max(1.0, width), max(1.0, height)
    rows, columns = len(chart.series), len(chart.labels)
    longest = max((measure(one.name) for one in chart.series), default=0.0)
    left = min(longest, width * 0.25) + line * 0.6 if longest and width > line * 8 else 0.0
    foot = line * 1.5 if height > line * (rows + 2) else 0.0
    plot = Box(left, 0.0, width - left, min(height - foot, line * 3 * max(1, rows)))
    known = [float(value) for point in chart.points if (value := chart.value(point)) is not None]
    most = max(known, default=0.0)
    wide, high = plot.width / max(1, columns), plot.height / max(1, rows)
    shown = [chart.short(value) for one in chart.series for value in one.values if value is not None]
    fits = all(measure(text) + GAP <= wide for text in shown)  # all of them or none
    marks: list[Mark] = []
    words: list[Words] = []
    for row, one in enumerate(chart.series):
        name = cut(one.name, left - line * 0.6, measure) if left else ""
        if name and high >= line:
            words.append(Words(0.0, (row + 0.5) * high, name, "left", "label"))
        for at, value in enumerate(one.values):
            gap = min(GAP, wide * 0.1, high * 0.1)
            box = Box(plot.x + at * wide, row * high, wide - gap, high - gap)
            share = None if value is None else max(0.0, float(value) / most) if most > 0 else 0.0
            marks.append(Mark(Point(row, at), box, one.tone, share))
            text = "" if value is None else chart.short(value)
            if text and fits and measure(text) <= box.width and line <= box.height:
                words.append(Words(*box.middle, text, "centre", "value", Point(row, at)))
    if foot:
        every = max(
            1, int((max((measure(label) for label in chart.labels), default=0.0) + line * 0.4) / max(wide, 0.01)) + 1
        )
        every = 1 if all(measure(label) + line * 0.4 <= wide for label in chart.labels) else every
        for at in range(0, columns, every):
            text = cut(chart.labels[at], min(wide * every, plot.width), measure)
            half = measure(text) / 2
            middle = min(max(plot.x + (at + 0.5) * wide, half), width - half)
            if text:
                words.append(Words(middle, plot.bottom + line * 0.7, text, "centre", "label"))
    return Drawing(width, height, plot, tuple(marks), tuple(words))
