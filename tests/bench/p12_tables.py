"""P12: the table of accounts filtered, sorted and scrolled, beside a proxy over a Python model and a C++ model."""

import random
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEventLoop,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from callstation.app import App
from tests.bench.books import book, open_book
from tests.bench.desk import application
from tests.bench.measure import Times, race, ratio
from tests.bench.table import Report
from ui.accounts.list_panel import ListPanel
from ui.jobs import Jobs

COLUMNS = ("name", "kind", "city", "region", "country", "uid", "created_at")
SIZE = (1000, 800)
LARGEST = 100_000
TYPED = ("gar", "bos", "north", "ken", "med")


class PythonModel(QAbstractTableModel):
    """All rows in a list, as most programs of this kind hold them."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(COLUMNS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def run(report: Report, sizes: list[int]) -> None:
    """The list of accounts of each book, half as many as its renewals; the peer needs minutes beyond ``LARGEST``."""
    qt = application()
    for size in sorted({min(size, LARGEST) for size in sizes}):
        _at_size(report, qt, size)


def _at_size(report: Report, qt: QApplication, size: int) -> None:
    app = open_book(book(size))
    rows = _all(app)
    ours = ListPanel(app, Jobs())
    proxy, peer = QSortFilterProxyModel(), QTableView()
    proxy.setSourceModel(PythonModel(rows))
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    peer.setModel(proxy)
    standard, limit = QStandardItemModel(), QTableView()
    for row in rows:
        standard.appendRow([QStandardItem(value) for value in row])
    limit.setModel(standard)
    for view in (ours, peer, limit):
        view.resize(*SIZE)
        view.show()
    ours.reload()
    _until(qt, lambda: ours.model.rowCount() == len(rows))

    def filter_ours(number: int) -> None:
        heard: list[bool] = []
        told = ours.order.changed.connect(lambda: heard.append(True))
        ours.search.setText(TYPED[number % len(TYPED)] + "x" * (number // len(TYPED) % 2))
        _until(qt, lambda: bool(heard) or len(rows) <= 5_000)
        ours.order.changed.disconnect(told)

    def filter_peer(number: int) -> None:
        proxy.setFilterFixedString(TYPED[number % len(TYPED)] + "x" * (number // len(TYPED) % 2))
        qt.processEvents()

    few = 6 if len(rows) > 50_000 else 12
    _compare(report, "filter", len(rows), {"ours": filter_ours, "peer": filter_peer}, few)
    ours.search.setText("")
    proxy.setFilterFixedString("")
    _until(qt, lambda: ours.model.rowCount() == len(rows))

    ways = (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder)

    def sort_ours(number: int) -> None:
        heard: list[bool] = []
        told = ours.order.changed.connect(lambda: heard.append(True))
        ours.table.sortByColumn(2 if number % 4 < 2 else 0, ways[number % 2])
        _until(qt, lambda: bool(heard) or len(rows) <= 5_000)
        ours.order.changed.disconnect(told)

    def sort_peer(number: int) -> None:
        peer.sortByColumn(2 if number % 4 < 2 else 0, ways[number % 2])
        qt.processEvents()

    _compare(report, "sort", len(rows), {"ours": sort_ours, "peer": sort_peer}, 2 if len(rows) > 50_000 else 6)
    _scroll(report, qt, len(rows), ours, limit)
    for view in (ours, peer, limit):
        view.close()
    app.close()


def _scroll(report: Report, qt: QApplication, count: int, ours: ListPanel, limit: QTableView) -> None:
    """Jumps to any page, then page by page, each painted."""
    chance = random.Random(12)
    jumps = [chance.random() for _ in range(64)]

    def to(view: QTableView, share: float) -> None:
        bar = view.verticalScrollBar()
        bar.setValue(round(bar.maximum() * share))
        qt.processEvents()

    def on(view: QTableView) -> None:
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep() if bar.value() < bar.maximum() else 0)
        qt.processEvents()

    for figure, move in (
        ("jump to any page, painted", lambda view, number: to(view, jumps[number % len(jumps)])),
        ("scroll by a page, painted", lambda view, number: on(view)),
    ):
        took = race(
            {
                "ours": lambda number, move=move: move(ours.table, number),  # type: ignore[misc]
                "limit": lambda number, move=move: move(limit, number),  # type: ignore[misc]
            },
            40,
        )
        found, low, high = ratio(took["ours"], took["limit"])
        report.add(
            "P12", figure, count, took["ours"].median, "QStandardItemModel (C++)", took["limit"].median, at_most=1.5,
            ratio=found, spread=f"{low:.2f}-{high:.2f}",
        )  # fmt: skip


def _compare(
    report: Report, figure: str, count: int, racers: dict[str, Callable[[int], object]], rounds: int
) -> dict[str, Times]:
    took = race(racers, rounds, warm_up=1)
    ours, peer = took["ours"].median, took["peer"].median
    report.add("P12", figure, count, ours, "QSortFilterProxyModel", peer, at_most=0.01)
    return took


def _all(app: App) -> list[tuple[str, ...]]:
    found = app.ask(lambda work: work.rows(f"SELECT {', '.join(COLUMNS)} FROM account ORDER BY name_key"))
    return [tuple(str(value or "") for value in row) for row in found]


def _until(qt: QApplication, is_so: Callable[[], bool]) -> None:
    """Let the window work until something is so, and paint it."""
    end = time.perf_counter() + 30
    while not is_so():
        assert time.perf_counter() < end
        qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
    qt.processEvents()
