"""From a chart to shapes: bars, stacked bars, lines, bridges and heat maps, the same for the window and for paper."""

from collections.abc import Callable

from callstation.reports.bars import bars, stacked
from callstation.reports.bridged import bridged
from callstation.reports.chart import Chart, ChartKind
from callstation.reports.heat import heat
from callstation.reports.lines import lines
from callstation.reports.shapes import Drawing, Measure, mirrored

__all__ = ["Drawing", "lay_out"]

_Maker = Callable[[Chart, float, float, Measure, float], Drawing]
_MAKERS: dict[ChartKind, _Maker] = {
    ChartKind.BARS: bars,
    ChartKind.STACKED: stacked,
    ChartKind.LINE: lines,
    ChartKind.BRIDGE: bridged,
    ChartKind.HEAT: heat,
}


def lay_out(
    chart: Chart, width: float, height: float, *, measure: Measure, line: float, is_mirrored: bool = False
) -> Drawing:
    """A chart in so much room. ``measure`` gives the width of words, ``line`` the height of one line of them.

    ``is_mirrored`` runs it from right to left. All of it lies within the room, however little that is.
    """
    made = _MAKERS[chart.kind](chart, width, height, measure, line)
    return mirrored(made) if is_mirrored else made
