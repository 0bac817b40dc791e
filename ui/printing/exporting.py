"""The table in hand as a typed sheet, and writing it beside the book as XLSX or CSV."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QWidget

from callstation.documents.disk import told
from callstation.documents.names import numbered, safe_name
from callstation.export.files import write_sheet
from callstation.export.sheets import Sheet
from callstation.export.shown import chart_sheet, forecast_sheet, sheet_of
from callstation.work import Work
from ui.chart_panel import ChartPanel
from ui.forecast.grid import Grid
from ui.forecast.listing import Listing
from ui.forecast.page import ForecastPage
from ui.reports.page import ReportsPage
from ui.reports.rows_card import RowsCard
from ui.rows_view import RowsView

if TYPE_CHECKING:
    from ui.page import Page

FOLDER = "exports"
"""Beside the store."""
FORMATS = ("xlsx", "csv")
Read = Callable[[], Sheet | None]
_naming = Lock()
"""Two exports at once must not find the same name free."""


def shown_sheet(page: "Page") -> Read | None:
    """How to read the table in hand: what has the focus, else the first table in view; None where there is none.

    What is returned reads the store alone and may run beside the window.
    """
    focus = QApplication.focusWidget()
    tables = list(_tables(page))
    tables.sort(key=lambda one: not (focus is not None and (one is focus or one.isAncestorOf(focus))))
    for one in tables:
        if (read := _reader(page, one)) is not None:
            return read
    if isinstance(page, ReportsPage) and page.view is page.figures and page.figures.found is not None:
        figures = page.figures.found.figures
        return lambda: sheet_of(figures)
    return None


def write_beside(made: Sheet, folder: Path, ending: str, today: date) -> Path:
    """Write a sheet under a name that is free: "2026-11-25 Retention due.xlsx". ``UserError`` where it cannot be."""
    name = safe_name(f"{today.isoformat()} {made.name}", ending=f".{ending}")
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _naming:
        path, number = folder / name, 1
        while path.exists():
            number += 1
            path = folder / numbered(name, number)
        write_sheet(made, path)
    return path


def _tables(page: QWidget) -> Iterator[QWidget]:
    for one in (*page.findChildren(RowsView), *page.findChildren(Grid), *page.findChildren(ChartPanel)):
        if one.isVisibleTo(page):
            yield one


def _reader(page: "Page", widget: QWidget) -> Read | None:
    if isinstance(widget, Grid):
        return _grid(page)
    if isinstance(widget, ChartPanel):
        focus, chart = QApplication.focusWidget(), widget.chart
        has_focus = focus is not None and widget.isAncestorOf(focus)
        return None if chart is None or not has_focus else lambda: chart_sheet(chart)
    if not isinstance(widget, RowsView) or not widget.rows.rowCount():
        return None
    first = widget.rows.row(0)
    if sheet_of([first]) is None:
        return None
    if (whole := _whole_of(widget)) is not None:
        app = page.app
        return lambda: sheet_of(app.ask(whole))
    rows = [row for at in range(widget.rows.rowCount()) if (row := widget.rows.row(at)) is not None]
    return lambda: sheet_of(rows)


def _grid(page: "Page") -> Read | None:
    if not isinstance(page, ForecastPage) or page.found is None:
        return None
    found, is_growth = page.found, page.is_growth
    return lambda: forecast_sheet(found, is_growth=is_growth)


def _whole_of(view: RowsView) -> Callable[[Work], Sequence[Any]] | None:
    """What reads every row of a list of which a card shows the first, or those in view."""
    parent = view.parentWidget()
    while parent is not None and not isinstance(parent, RowsCard | Listing):
        parent = parent.parentWidget()
    return None if parent is None else parent.whole
