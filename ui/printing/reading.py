"""What a page shows as the sections of a report: its words, figures, charts and tables, as they stand on it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from callstation.reports.report import Head, Section, Table, left, right, table
from ui.chart_panel import ChartPanel
from ui.forecast.figures import FigureBar
from ui.forecast.grid import Grid
from ui.forecast.said import CellWords
from ui.pipeline.ask_strip import AskStrip
from ui.rows_view import RowsView
from ui.widgets import Button, Chip, ElidedLabel, KeyBadge, Label, SegmentedTabs

MOST_ROWS = 500
"""A printed table has so many; how many more there are is said."""
WIDEST = 26
"""Letters that a column is wide at most, beside others that are as long."""
_TITLES = ("emphasis", "pane_title")
_BLOCKS = (ChartPanel, RowsView, FigureBar, Grid)
_CLOSED = (*_BLOCKS, AskStrip, Button, KeyBadge, SegmentedTabs)
"""Whose insides are no words of the page."""
_KEYS = ("Enter opens ", "Esc goes ", "Press ")
"""How words begin that say what a key does."""
PAPER = "paper"
"""A property of labels: what they say on paper, without keys, also where the window has no room for them."""
IN_HAND = "in_hand"
"""A property of labels that tell what the keyboard is on, which is nowhere on paper."""


def sections_of(page: QWidget, as_of: str) -> tuple[Section, ...]:
    """All that is in view, top to bottom and, side by side, from the left; nothing of what only helps to press keys.

    ``as_of`` is the title of the words above all else.
    """
    found: list[Section] = []
    now = Section(as_of)
    explained: set[str] = set()

    def close(title: str = "") -> None:
        nonlocal now
        if now.words or now.table:
            if now.title or not found:
                found.append(replace(now, title=now.title or as_of))
            else:
                found[-1] = replace(found[-1], notes=(*found[-1].notes, *now.words))
        now = Section(title)

    for widget in _in_order(page):
        if isinstance(widget, ChartPanel):
            close()
            if widget.chart is not None and not widget.chart.is_empty:
                found.append(Section(widget.chart.title, chart=widget.chart))
        elif isinstance(widget, FigureBar):
            close()
            explained.update(figure.view.said for figure in widget.figures)
            found.append(Section("Figures", table=_figures(widget)))
        elif isinstance(widget, Grid):
            close()
            found.append(Section(widget.accessibleName(), table=_grid(widget), notes=_grid_notes(widget)))
        elif isinstance(widget, RowsView):
            if widget.rows.rowCount():
                now = replace(now, title=now.title or widget.accessibleName(), table=_rows(widget))
            close()
        elif words := _words(widget):
            if getattr(widget, "_role", "") in _TITLES:
                close(words)
            elif words not in explained:
                now = replace(now, words=(*now.words, words))
    close()
    return tuple(found)


def _words(widget: QWidget) -> str:
    """The words of a label; "" of the page's own title, which stands above, and of what is in hand."""
    if not isinstance(widget, Label | ElidedLabel | Chip) or getattr(widget, "_role", "") == "account":
        return ""
    if widget.property(IN_HAND):
        return ""
    words = str(widget.property(PAPER) or widget.text()).strip()
    return "" if words.startswith(_KEYS) else words


def _in_order(page: QWidget) -> list[QWidget]:
    """What is in view on a page, as it is read."""
    found: list[QWidget] = [one for one in _within(page) if isinstance(one, (*_BLOCKS, Label, ElidedLabel, Chip))]
    places = {one: one.mapTo(page, QPoint(0, 0)) for one in found}
    return sorted(found, key=lambda one: (places[one].y() // 8, places[one].x()))


def _within(widget: QWidget) -> Iterator[QWidget]:
    for child in widget.children():
        if isinstance(child, QWidget) and (not child.isHidden() or child.property(PAPER)):
            yield child
            if not isinstance(child, _CLOSED):
                yield from _within(child)


def _figures(bar: FigureBar) -> Table:
    """Each figure with its formula, which need not name and count it once more."""
    views = [figure.view for figure in bar.figures if not figure.isHidden()]
    rows = [(one.label, one.value, one.said.removeprefix(f"{one.label} {one.value} = ")) for one in views]
    return table([left("Figure", 1.2), right("Value", 1.0), left("How it is counted", 4.6)], rows)


def _grid(grid: Grid) -> Table:
    """The amounts with their counts and the change since last week; a dash for nothing at all."""
    rows = [(label, *map(_cell, cells)) for label, cells in zip(grid.labels, grid.cells, strict=True)]
    return table([left("Category", 0.8), *(right(head, 1.2) for head in grid.heads)], rows)


def _cell(cell: CellWords) -> str:
    has_change = cell.change not in ("", "=")
    if cell.count == "0" and not has_change and not cell.is_adjusted:
        return "–"
    return f"{cell.marked} ({cell.count}){f'; {cell.change}' if has_change else ''}"


def _grid_notes(grid: Grid) -> tuple[str, ...]:
    """What the marks of the cells mean: what was adjusted and why, what is in no sum. A total repeats its months."""
    marked = [(cell, cell.mark) for row in grid.cells for cell in row[:-1] if cell.mark]
    return tuple(f"{mark} {' · '.join((cell.said, *cell.notes))}" for cell, mark in marked)


def _rows(view: RowsView) -> Table:
    """Every column, also those that a narrow window leaves out, as wide as its words."""
    model = view.rows
    count, columns = model.rowCount(), range(len(model.columns))
    rows = [tuple(model.words(number, column) for column in columns) for number in range(min(count, MOST_ROWS))]
    heads = [
        Head(one.title, _share(one.title, [row[at] for row in rows]), "right" if one.align == "right" else "left")
        for at, one in enumerate(model.columns)
    ]
    return replace(table(heads, rows, most=MOST_ROWS), more=count - len(rows))


def _share(title: str, cells: Sequence[str]) -> float:
    """The room of a column: its longest word at least, and its words on a line as far as there is room."""
    longest = max(max(map(len, words.split() or [""])) for words in (title, *cells))
    return float(max(min(max(map(len, (title, *cells))), WIDEST), min(longest, WIDEST))) + 5
