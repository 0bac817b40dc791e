"""What a chart shows, before it has a size: its kind, its series, and the same in words and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from callstation.percents import percent, written

Value = Decimal | int | None
"""None: unknown, which is no nought."""


class ChartKind(StrEnum):
    """How the series are drawn."""

    BARS = "bars"
    STACKED = "stacked"
    LINE = "line"
    BRIDGE = "bridge"
    HEAT = "heat"


class Tone(StrEnum):
    """A colour by its meaning; window and paper each have their own for it."""

    ACCENT = "accent"
    SOFT = "soft"
    """The accent, lighter: what is less sure."""
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    MUTE = "mute"


class Point(NamedTuple):
    """One value of a chart: which series, and which place in it."""

    series: int
    place: int


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, as many as the chart has labels. ``counts`` is how many things stand behind each."""

    name: str
    values: tuple[Value, ...]
    tone: Tone = Tone.ACCENT
    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """``labels`` name the places along the axis; of a heat map the columns, its series are the rows.

    A bridge has one series: where it starts, each move, where it ends. ``ValueError`` where the parts do not fit.
    """

    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    """"EUR", "%" or "" for plain numbers."""
    things: tuple[str, str] = ("contract", "contracts")
    """What ``counts`` count, one and many."""
    language: str = "en_US"
    """Whose marks its numbers are written with."""
    goals: tuple[Value, ...] = ()
    """Of stacked bars: what each place should come to, drawn as a line across; none, or one for each label."""
    goal: str = ""
    """What the goals are called: "Quota"."""

    def __post_init__(self) -> None:
        for one in self.series:
            if len(one.values) != len(self.labels) or (one.counts and len(one.counts) != len(self.labels)):
                raise ValueError(f"{one.name!r} has not one value for each of {len(self.labels)} labels")
        if len(self.goals) not in (0, len(self.labels)):
            raise ValueError(f"{len(self.goals)} goals do not fit {len(self.labels)} labels")
        if self.kind is ChartKind.BRIDGE:
            _check_bridge(self)

    @property
    def points(self) -> tuple[Point, ...]:
        """All that is known, place after place, as arrow keys walk it; of a heat map row after row."""
        every = (
            (Point(row, at) for row in range(len(self.series)) for at in range(len(self.labels)))
            if self.kind is ChartKind.HEAT
            else (Point(row, at) for at in range(len(self.labels)) for row in range(len(self.series)))
        )
        return tuple(point for point in every if self.value(point) is not None)

    @property
    def has_goals(self) -> bool:
        return any(one is not None for one in self.goals)

    @property
    def is_empty(self) -> bool:
        return not any(self.value(point) for point in self.points)

    def value(self, point: Point) -> Value:
        return self.series[point.series].values[point.place]

    def full(self, value: Value, *, is_move: bool = False) -> str:
        """A value whole, with its unit."""
        return full(value, self.unit, is_move=is_move, language=self.language)

    def short(self, value: Value, *, is_move: bool = False) -> str:
        """A value as there is room for it."""
        return short(value, self.unit, is_move=is_move, language=self.language)

    def tick(self, value: Value) -> str:
        """A value beside the axis: whole percentages have no decimal there."""
        text = self.short(value)
        return text.replace(written(".0", self.language), "") if self.unit == "%" else text

    def is_total(self, point: Point) -> bool:
        """Whether a value of a bridge is where it starts or ends, and no move."""
        return self.kind is ChartKind.BRIDGE and point.place in (0, len(self.labels) - 1)


def bridge(
    title: str, start: tuple[str, Decimal], moves: Sequence[tuple[str, Decimal, int]], end_label: str, *, unit: str = ""
) -> Chart:
    """A bridge from ``start`` over ``moves`` (name, amount, how many) to what they come to."""
    amounts = [amount for _, amount, _ in moves]
    values = (start[1], *amounts, sum(amounts, start[1]))
    labels = (start[0], *(name for name, _, _ in moves), end_label)
    counts = (0, *(count for _, _, count in moves), 0)
    return Chart(ChartKind.BRIDGE, title, labels, (Series(title, values, counts=counts),), unit)


def _check_bridge(chart: Chart) -> None:
    if len(chart.series) != 1 or len(chart.labels) < 2:
        raise ValueError("a bridge has one series, of a start and an end at least")
    values = [value for value in chart.series[0].values if value is not None]
    if len(values) != len(chart.labels) or sum(values[:-1]) != values[-1]:
        raise ValueError("the moves of a bridge do not lead from its start to its end")


def full(value: Value, unit: str = "", *, is_move: bool = False, language: str = "en_US") -> str:
    """A value whole, as it is read out: "48,200.50 EUR", "71.4%", "+1,200"; "unknown" for None."""
    if value is None:
        return "unknown"
    exact = Decimal(value)
    if unit == "%":
        return percent(exact / 100, language, is_change=is_move)
    places = 0 if exact == exact.to_integral_value() else 2
    sign = "−" if exact < 0 else "+" if is_move and exact > 0 else ""
    number = f"{sign}{written(f'{abs(exact):,.{places}f}', language)}"
    return f"{number}\u00a0{unit}" if unit else number


_STEPS = ((Decimal(10**12), "T"), (Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(1000), "k"))


def short(value: Value, unit: str = "", *, is_move: bool = False, language: str = "en_US") -> str:
    """A value as there is room for it: "48.2k", "1.25M", "71.4%"; three figures, or all of a smaller number."""
    if value is None:
        return "?"
    exact = Decimal(value)
    if unit == "%":
        return percent(exact / 100, language, is_change=is_move)
    size, sign, ending = abs(exact), "−" if exact < 0 else "+" if is_move and exact > 0 else "", ""
    for step, letter in _STEPS:
        if size >= step * Decimal("0.9995"):
            ending, size = letter, size / step
            break
    places = 0 if size >= 100 else 1 if size >= 10 else 2
    number = f"{size:.{places}f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return f"{sign}{written(number, language)}{ending}"


def point_words(chart: Chart, point: Point) -> str:
    """One value in words: "November, Commit: 48,200 EUR, 3 contracts"."""
    one, label = chart.series[point.series], chart.labels[point.place]
    names = (one.name, label) if chart.kind is ChartKind.HEAT else (label, one.name)
    is_alone = len(chart.series) == 1 and chart.kind is not ChartKind.HEAT
    is_move = chart.kind is ChartKind.BRIDGE and not chart.is_total(point)
    said = f"{label if is_alone else ', '.join(names)}: {chart.full(chart.value(point), is_move=is_move)}"
    count = one.counts[point.place] if one.counts and not chart.is_total(point) else None
    return said if count is None else f"{said}, {count:,} {chart.things[0] if count == 1 else chart.things[1]}"


def chart_words(chart: Chart, *, most: int = 60) -> str:
    """The whole chart in words, for whom cannot see it; after ``most`` values the rest is counted."""
    points = chart.points
    if not points:
        return f"{chart.title}: nothing to show"
    said = [point_words(chart, point) for point in points[:most]]
    left = len(points) - most
    goals = zip(chart.labels, chart.goals, strict=False)
    said += [f"{label}, {chart.goal}: {chart.full(one)}" for label, one in goals if one is not None and left <= 0]
    return f"{chart.title}. {'; '.join(said)}{f'; and {left:,} more' if left > 0 else ''}."


def table_of(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The chart as a table: headings and rows of words, a row for each label; of a heat map a row for each series."""
    if chart.kind is ChartKind.HEAT:
        return ("", *chart.labels), tuple(
            (one.name, *(chart.full(value) if value is not None else "" for value in one.values))
            for one in chart.series
        )
    rows = []
    for at, label in enumerate(chart.labels):
        is_total = chart.is_total(Point(0, at))
        is_move = chart.kind is ChartKind.BRIDGE and not is_total
        cells = [label]
        for one in chart.series:
            unit = "%" if chart.unit == "%" else ""
            cells.append(full(one.values[at], unit, is_move=is_move, language=chart.language))
            if one.counts:
                cells.append("" if is_total else f"{one.counts[at]:,}")
        if chart.has_goals:
            cells.append("" if chart.goals[at] is None else full(chart.goals[at], language=chart.language))
        rows.append(tuple(cells))
    heads = [""]
    for one in chart.series:
        heads.append(f"{one.name}, {chart.unit}" if chart.unit not in ("", "%") else one.name)
        if one.counts:
            heads.append(chart.things[1].capitalize())
    if chart.has_goals:
        heads.append(f"{chart.goal}, {chart.unit}" if chart.unit else chart.goal)
    return tuple(heads), tuple(rows)
