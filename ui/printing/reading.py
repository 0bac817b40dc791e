"""What a page shows as the sections of a report: its words, figures, charts and tables, as they stand on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from callstation.reports.report import Head, Section, Table, left, right, table
from ui.chart_panel import ChartPanel
from ui.forecast.figures import FigureBar
from ui.forecast.grid import Grid
from ui.pipeline.ask_strip import AskStrip
from ui.rows_view import RowsView
from ui.widgets import Button, Chip, ElidedLabel, KeyBadge, Label, SegmentedTabs

MOST_ROWS = 500
"""A printed table has so many; how many more there are is said."""
_TITLES = ("emphasis", "pane_title")
_BLOCKS = (ChartPanel, RowsView, FigureBar, Grid)
_CLOSED = (*_BLOCKS, AskStrip, Button, KeyBadge, SegmentedTabs)
"""Whose insides are no words of the page."""


def sections_of(page: QWidget) -> tuple[Section, ...]:
    """All that is in view, top to bottom and, side by side, from the left; nothing of what only helps to press keys."""
    found: list[Section] = []
    now = Section("")

    def close() -> None:
        nonlocal now
        if now != Section(now.title):  # a heading alone says nothing
            found.append(now)
        now = Section("")

    for widget in _in_order(page):
        if isinstance(widget, ChartPanel):
            close()
            chart = widget.chart
            if chart is not None and not chart.is_empty:
                found.append(Section(chart.title, chart=chart))
        elif isinstance(widget, FigureBar):
            close()
            found.append(Section("Figures", table=_figures(widget)))
        elif isinstance(widget, Grid):
            close()
            found.append(Section(widget.accessibleName(), table=_grid(widget)))
        elif isinstance(widget, RowsView):
            if now.title in ("", found[-1].title if found else ""):
                now = replace(now, title=widget.accessibleName())
            if widget.rows.rowCount():
                now = replace(now, table=_rows(widget))
            close()
        elif words := _words(widget):
            if getattr(widget, "_role", "") in _TITLES:
                close()
                now = Section(words)
            else:
                now = replace(now, words=(*now.words, words))
    close()
    return tuple(replace(one, title=one.title or "As of now") for one in found)


def _words(widget: QWidget) -> str:
    """The words of a label; "" of the page's own title, which stands above."""
    if not isinstance(widget, Label | ElidedLabel | Chip) or getattr(widget, "_role", "") == "account":
        return ""
    return widget.text().strip()


def _in_order(page: QWidget) -> list[QWidget]:
    """What is in view on a page, as it is read."""
    found: list[QWidget] = [one for one in _within(page) if isinstance(one, (*_BLOCKS, Label, ElidedLabel, Chip))]
    places = {one: one.mapTo(page, QPoint(0, 0)) for one in found}
    return sorted(found, key=lambda one: (places[one].y() // 8, places[one].x()))


def _within(widget: QWidget) -> Iterator[QWidget]:
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isHidden():
            yield child
            if not isinstance(child, _CLOSED):
                yield from _within(child)


def _figures(bar: FigureBar) -> Table:
    views = [figure.view for figure in bar.figures if not figure.isHidden()]
    return table([left("Figure", 1.2), right("Value", 1.2), left("How it is counted", 4.6)],
                 [(one.label, one.value, one.said) for one in views])  # fmt: skip


def _grid(grid: Grid) -> Table:
    """The amounts with their counts; last week's change below them."""
    rows = [
        (label, *(f"{cell.amount} ({cell.count}){f'; {cell.change}' if cell.change else ''}" for cell in cells))
        for label, cells in zip(grid.labels, grid.cells, strict=True)
    ]
    return table([left("Category", 0.9), *(right(head, 1.2) for head in grid.heads)], rows)


def _rows(view: RowsView) -> Table:
    """Every column, also those that a narrow window leaves out."""
    model = view.rows
    count, columns = model.rowCount(), range(len(model.columns))
    heads: Sequence[Head] = [
        Head(one.title, (one.width or 190) / 100, "right" if one.align == "right" else "left") for one in model.columns
    ]
    rows = [tuple(model.words(number, column) for column in columns) for number in range(min(count, MOST_ROWS))]
    return replace(table(heads, rows, most=MOST_ROWS), more=count - len(rows))
