"""A chart in words and as a table says what the picture shows."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from callstation.reports.chart import (
    Chart,
    ChartKind,
    Point,
    Series,
    bridge,
    chart_words,
    full,
    point_words,
    short,
    table_of,
)
from tests.reports.charts import charts, months


def test_a_value_is_said_with_its_place_its_series_and_how_many() -> None:
    chart = months((48_200, 0, None, 5))
    two = months((48_200, 0, None, 5), (1, 2, 3, 4))
    assert point_words(chart, Point(0, 0)) == "November: 48,200\u00a0EUR, 3 contracts"
    assert point_words(two, Point(0, 1)) == "December, Commit: 0\u00a0EUR, 1 contract"
    assert "January, Best case: 3\u00a0EUR" in chart_words(two)
    assert "January, Commit" not in chart_words(two)  # unknown is no nought


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (7, "7"), (999, "999"), (1000, "1k"), (48_200, "48.2k"), (999_960, "1M"), (-1_250_000, "−1.25M"),
     (Decimal("0.5"), "0.5"), (None, "?"), (123_456, "123k")],
)  # fmt: skip
def test_short_numbers_keep_three_figures(value: Decimal | int | None, said: str) -> None:
    assert short(value) == said


def test_whole_numbers_show_cents_only_where_there_are_some() -> None:
    assert full(Decimal("48200.50"), "EUR") == "48,200.50\u00a0EUR"
    assert full(Decimal("71.4"), "%") == "71.4%"
    assert full(1200, is_move=True) == "+1,200"
    assert full(None) == "unknown"


def test_moves_of_a_bridge_have_their_sign_and_ends_have_none() -> None:
    chart = bridge("Bridge", ("18 Nov", Decimal(100)), [("New", Decimal(20), 1), ("Lost", Decimal(-5), 2)], "25 Nov")
    said = chart_words(chart)
    assert "18 Nov: 100;" in said
    assert "New: +20, 1 contract;" in said
    assert "Lost: −5, 2 contracts;" in said
    assert said.endswith("25 Nov: 115.")


def test_the_table_has_a_row_for_each_label_and_counts_beside() -> None:
    heads, rows = table_of(months((1, 2, None, 4), (5, 6, 7, 8)))
    assert heads == ("", "Commit, EUR", "Contracts", "Best case, EUR", "Contracts")
    assert rows[2] == ("January", "unknown", "2", "7", "2")


def test_nothing_to_show_is_said() -> None:
    assert chart_words(Chart(ChartKind.LINE, "Reach", (), ())) == "Reach: nothing to show"


def test_values_that_do_not_fit_their_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="one value for each"):
        Chart(ChartKind.BARS, "", ("a", "b"), (Series("x", (1,)),))


@settings(max_examples=100, deadline=None)
@given(charts())
def test_any_chart_can_be_said_and_tabled(chart: Chart) -> None:
    heads, rows = table_of(chart)
    assert all(len(row) == len(heads) for row in rows)
    assert chart_words(chart).startswith(chart.title)
