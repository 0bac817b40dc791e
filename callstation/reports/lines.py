"""Lines through the values of each series, broken where one is not known."""

from dataclasses import replace

from callstation.reports.bars import drawn
from callstation.reports.chart import Chart, Point, Tone
from callstation.reports.frame import framed
from callstation.reports.shapes import Box, Drawing, Mark, Measure, Path


def lines(chart: Chart, width: float, height: float, measure: Measure, line: float) -> Drawing:
    """A dot for each value, a line through those that follow one another."""
    values = [float(value) for point in chart.points if (value := chart.value(point)) is not None]
    frame = framed(chart, width, height, measure, line, (min(values, default=0.0), max(values, default=0.0)))
    marks: list[Mark] = []
    paths: list[Path] = []
    size = min(line * 0.45, frame.plot.width / 2, max(0.0, frame.plot.height) / 2)
    for number, one in enumerate(chart.series):
        run: list[tuple[float, float]] = []
        for index, value in enumerate(one.values):
            if value is None:
                _end(paths, run, number, one.tone)
                run = []
                continue
            at, slot = frame.slot(index, len(chart.labels))
            x, y = at + slot / 2, frame.y(float(value))
            run.append((x, y))
            box = Box(
                min(max(x - size / 2, 0.0), frame.plot.right - size),
                min(max(y - size / 2, 0.0), height - size),
                size,
                size,
            )
            marks.append(Mark(Point(number, index), box, one.tone, is_dot=True))
        _end(paths, run, number, one.tone)
    order = {point: place for place, point in enumerate(chart.points)}
    marks.sort(key=lambda mark: order[mark.point])
    return replace(drawn(frame, width, height, marks), paths=tuple(paths))


def _end(paths: list[Path], run: list[tuple[float, float]], number: int, tone: Tone) -> None:
    if len(run) > 1:
        paths.append(Path(tuple(run), number, tone))
