"""Geometry: nothing leaves its room, stacked parts add up, a bridge connects, and what is taller is more."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from callstation.reports.bridged import levels_of
from callstation.reports.chart import Chart, ChartKind, Point, Series, bridge, chart_words, table_of
from callstation.reports.geometry import Drawing, lay_out
from callstation.reports.shapes import RuleKind, mirrored
from callstation.reports.ticks import ticks
from tests.reports.charts import bridges, charts, months

LINE = 14.0
NEAR = 1e-6
sizes = st.tuples(st.floats(1, 1500), st.floats(1, 900))


def measure(text: str) -> float:
    return 6.5 * len(text)


def drawn(chart: Chart, width: float = 600, height: float = 300, *, is_mirrored: bool = False) -> Drawing:
    return lay_out(chart, width, height, measure=measure, line=LINE, is_mirrored=is_mirrored)


@settings(max_examples=150, deadline=None)
@given(charts(), sizes, st.booleans())
@example(Chart(ChartKind.HEAT, "", ("0",), ()), (1.0, 29.0), False)
def test_every_shape_lies_within_the_room(chart: Chart, size: tuple[float, float], is_mirrored: bool) -> None:
    made = drawn(chart, *size, is_mirrored=is_mirrored)
    wide, high = made.width + NEAR, made.height + NEAR
    boxes = [made.plot, *(mark.box for mark in made.marks), *(box for box, _, _ in made.swatches)]
    for box in boxes:
        assert box.width >= -NEAR
        assert box.height >= -NEAR
        assert box.x >= -NEAR
        assert box.y >= -NEAR
        assert box.right <= wide
        assert box.bottom <= high
    for one in made.words:
        start, end = one.span(measure)
        assert -NEAR <= start <= end <= wide, one
        assert LINE / 2 - NEAR <= one.y <= high - LINE / 2 + 1, one
    places = [(rule.x, rule.y) for rule in made.rules] + [(rule.to_x, rule.to_y) for rule in made.rules]
    for x, y in [*places, *(place for path in made.paths for place in path.places)]:
        assert -NEAR <= x <= wide
        assert -NEAR <= y <= high


@settings(max_examples=70, deadline=None)
@given(charts())
def test_each_known_value_has_one_mark_that_is_found_at_its_middle(chart: Chart) -> None:
    made = drawn(chart)
    known = [mark.point for mark in made.marks if mark.strength is not None]
    assert sorted(known) == sorted(chart.points)
    for mark in made.marks:
        assert made.mark_of(mark.point) is mark
        assert made.at(*mark.box.middle) is not None


@settings(max_examples=70, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 10**6)] * 4), min_size=3, max_size=3))
def test_stacked_parts_add_up_and_touch(rows: list[tuple[int, ...]]) -> None:
    made = drawn(months(*rows))
    sums = [sum(row[place] for row in rows) for place in range(4)]
    heights = []
    for place in range(4):
        parts = [made.mark_of(Point(series, place)) for series in range(3)]
        boxes = [part.box for part in parts if part is not None]
        assert all(abs(upper.bottom - lower.y) < NEAR for lower, upper in pairwise(boxes))
        heights.append(sum(box.height for box in boxes))
        for box, row in zip(boxes, rows, strict=True):
            assert abs(box.height * max(1, sums[place]) - heights[place] * row[place]) < 1e-3 or sums[place]
    for one, other in pairwise(range(4)):
        assert abs(heights[one] * sums[other] - heights[other] * sums[one]) <= 1e-6 * (1 + max(sums)) * 300


@settings(max_examples=70, deadline=None)
@given(bridges())
def test_each_bar_of_a_bridge_begins_where_the_last_one_ended(chart: Chart) -> None:
    made = drawn(chart, 900, 400)
    levels = levels_of(chart)
    links = [rule for rule in made.rules if rule.kind is RuleKind.LINK]
    assert len(links) == len(made.marks) - 1
    for link, left, right in zip(links, made.marks, made.marks[1:], strict=False):
        assert min(abs(link.y - left.box.y), abs(link.y - left.box.bottom)) < NEAR
        assert min(abs(link.y - right.box.y), abs(link.y - right.box.bottom)) < NEAR
        assert link.x == pytest.approx(left.box.right)
        assert link.to_x == pytest.approx(right.box.x)
    assert levels[-2 if len(levels) > 2 else 0][1] == levels[-1][1]


def test_a_bridge_that_does_not_balance_is_refused() -> None:
    with pytest.raises(ValueError, match="do not lead"):
        Chart(ChartKind.BRIDGE, "B", ("Start", "Won", "End"), (Series("B", (10, 5, 16)),))


def test_small_moves_of_a_large_sum_are_seen_and_the_axis_says_that_it_is_cut() -> None:
    chart = bridge("B", ("Last week", Decimal(1_000_000)), [("New", Decimal(20_000), 2)], "Today", unit="EUR")
    made = drawn(chart)
    assert made.is_cut
    assert made.marks[1].box.height > 40
    assert any(one.text.startswith("The axis begins at ") for one in made.words)


@given(st.floats(-1e12, 1e12), st.floats(0, 1e12), st.integers(2, 9), st.booleans())
def test_ticks_are_few_even_and_around_the_values(low: float, span: float, most: int, is_whole: bool) -> None:
    found = ticks(low, low + span, most, is_whole=is_whole)
    step = found[1] - found[0]
    assert 2 <= len(found) <= most + 2
    assert found[0] <= low + abs(step) * 1e-6
    assert found[-1] >= low + span - abs(step) * 1e-6
    assert all(abs(b - a - step) <= abs(step) * 1e-3 + abs(low) * 1e-12 for a, b in pairwise(found))


@settings(max_examples=60, deadline=None)
@given(charts())
def test_mirrored_twice_is_as_before(chart: Chart) -> None:
    made = drawn(chart)
    again = mirrored(mirrored(made))
    assert [mark.box.x for mark in again.marks] == pytest.approx([mark.box.x for mark in made.marks])
    assert [one.align for one in again.words] == [one.align for one in made.words]


def test_a_heat_map_is_strongest_at_its_most_and_hollow_where_nothing_is_known() -> None:
    chart = Chart(ChartKind.HEAT, "H", ("8", "9", "10"), (Series("Monday", (10, None, 40)),), "%")
    strengths = [mark.strength for mark in drawn(chart).marks]
    assert strengths == [0.25, None, 1.0]


def test_a_line_breaks_where_a_value_is_not_known() -> None:
    chart = Chart(ChartKind.LINE, "L", tuple("abcde"), (Series("Reach", (1, 2, None, 3, 4)),))
    assert [len(path.places) for path in drawn(chart).paths] == [2, 2]


def test_counts_have_no_halves_beside_their_axis() -> None:
    chart = Chart(ChartKind.BARS, "Calls", ("Mon",), (Series("Calls", (2,)),))
    shown = [one.text for one in drawn(chart).words if one.role == "tick"]
    assert shown == ["0", "1", "2"]


def test_a_goal_lies_across_its_bar_as_high_as_it_is_and_is_told() -> None:
    chart = replace(months((40, 10, 0, 0), (20, 0, 0, 0)), goals=(Decimal(60), None, Decimal(200), 0), goal="Quota")
    made = drawn(chart)
    legend, *lines = sorted(made.goals, key=lambda rule: (rule.y >= made.plot.y, rule.x))
    assert legend.y < made.plot.y
    assert len(lines) == 3
    top = min(mark.box.y for mark in made.marks if mark.point.place == 0)
    assert abs(lines[0].y - top) < NEAR
    bar = next(mark.box for mark in made.marks if mark.point.place == 0)
    assert lines[0].x < bar.x < bar.right < lines[0].to_x
    assert lines[1].y < top
    assert "November, Quota: 60" in chart_words(chart)
    heads, rows = table_of(chart)
    assert [heads[-1], *(row[-1] for row in rows)] == ["Quota, EUR", "60", "", "200", "0"]
