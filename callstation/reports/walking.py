"""How arrow keys go from mark to mark of a chart."""

from callstation.reports.chart import Chart, Point


def step(chart: Chart, at: Point | None, along: int, across: int) -> Point | None:
    """The mark ``along`` places on, or ``across`` series on, stopping at the ends; the first one from nowhere.

    Along goes by what is known of the same series first, across stays at its place; None where nothing is known.
    """
    points = chart.points
    if not points:
        return None
    if at not in points:
        return points[-1] if along > 1 else points[0]
    assert at is not None
    if along:
        row = [point for point in points if point.series == at.series]
        return row[max(0, min(len(row) - 1, row.index(at) + along))]
    column = sorted(point for point in points if point.place == at.place)
    return column[max(0, min(len(column) - 1, column.index(at) + across))]
