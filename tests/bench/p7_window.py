"""The window while a sync of ten thousand calls runs beside it: its longest stall, and the slowest log."""

import gc
import time
from statistics import median
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from callstation.calling.today import summary
from callstation.changes import Changes
from callstation.sync.receipt import Receipt
from tests.bench.desk import application
from tests.bench.org import Desk, FarOrg
from tests.bench.table import Report
from ui.calling.page import DeskPage
from ui.shell import Shell

FRAME_MS, LOG_MS, KEY_EVERY_MS, AT_REST_MS = 16.0, 50.0, 200, 1500
CALLS, RUNS = 10_000, 3


class Watched:
    """A window on a rep's store, and a timer of one millisecond in its thread: what it misses is a stall."""

    def __init__(self, org: FarOrg) -> None:
        self.qt = application()
        self.desk = Desk(org)
        self.shell = Shell()
        self.shell.secrets = self.desk.secrets
        self.shell.show()
        self.shell.attach(self.desk.app, "desk")
        self.shell.summary = lambda: self.desk.app.ask(summary)
        self.desk.app.on_changed.insert(0, self._committed)
        self.gaps: list[float] = []
        self.logs: list[float] = []
        """Milliseconds from the key to the commit."""
        self.keys: list[float] = []
        """Milliseconds from the key to the next account in hand, not painted yet."""
        self._last = self._pressed = 0.0
        self._ticks, self._presses = QTimer(self.shell), QTimer(self.shell)
        self._ticks.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticks.setInterval(1)
        self._ticks.timeout.connect(self._tick)
        self._presses.setInterval(KEY_EVERY_MS)
        self._presses.timeout.connect(self._press)
        settle(300)
        gc.collect()
        gc.freeze()  # as the program does after its first page

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now

    def _press(self) -> None:
        """Log "No answer" as a rep does."""
        page = self.shell.page("desk")
        assert isinstance(page, DeskPage)
        if page.card is None:
            raise RuntimeError("there is nobody left to call")
        self._pressed = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget() or self.shell, Qt.Key.Key_1)
        self.keys.append((time.perf_counter() - self._pressed) * 1000)

    def _committed(self, changes: Changes) -> None:
        if self._pressed and changes.touch("activity") and len(self.logs) == len(self.keys):
            self.logs.append((time.perf_counter() - self._pressed) * 1000)

    def watch(self, page: str, *, is_calling: bool = False, is_syncing: bool = True) -> None:
        """Watch one sync with a page in view, or a while without one; fills ``gaps``, ``logs`` and ``keys``."""
        if is_syncing:
            self.desk.log(CALLS)
        shell, loop, found = self.shell, QEventLoop(), list[Receipt]()
        shell.go(page)
        settle(500)
        self.gaps, self.logs, self.keys, self._pressed = [], [], [], 0.0

        def ended(receipt: Receipt) -> None:
            found.append(receipt)
            QTimer.singleShot(200, loop.quit)

        ends = shell.sync_runner.finished.connect(ended)
        if is_syncing:
            assert shell.sync_runner.start()
        else:
            QTimer.singleShot(AT_REST_MS, loop.quit)
        self._last = time.perf_counter()
        self._ticks.start()
        if is_calling:
            self._presses.start()
        loop.exec()
        self._ticks.stop()
        self._presses.stop()
        shell.sync_runner.finished.disconnect(ends)
        if is_syncing and (found[0].problem or found[0].sent < CALLS):
            raise RuntimeError(f"the sync did not go through: {found[0]}")

    def close(self) -> None:
        self.shell.detach()
        self.shell.close()
        self.desk.close()
        self.qt.processEvents()


def settle(ms: int) -> None:
    """Let the window do what it does in a pause."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def run(report: Report, org: FarOrg) -> None:
    """The desk and the Sync page in view of a rep who looks on, then a rep who logs a call five times a second."""
    window = Watched(org)
    add: Any = report.add
    for page in ("desk", "sync"):
        worst, p99 = _watched(window, page)
        spread = f"{min(worst):.1f}-{max(worst):.1f}"
        add("P7", f"the window's worst stall in a sync, {page} page", CALLS, max(worst), "a frame", FRAME_MS,
            at_most=1, spread=spread)  # fmt: skip
        add("P7", f"p99 of its turns, {page} page", CALLS, max(p99), "", None)
    logs: dict[bool, list[float]] = {False: [], True: []}
    keys: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(RUNS):
        for is_syncing in (False, True):
            window.watch("desk", is_calling=True, is_syncing=is_syncing)
            logs[is_syncing] += window.logs
            keys[is_syncing] += window.keys
    spread = f"median {median(logs[True]):.2f}"
    add("P7", "worst log in a sync", CALLS, max(logs[True]), "the goal", LOG_MS, at_most=1, spread=spread)
    add("P7", "median log in a sync", CALLS, median(logs[True]), "without one", median(logs[False]))
    add("P7", "key to next account in a sync, median", CALLS, median(keys[True]), "without one", median(keys[False]))
    add("P7", "key to next account in a sync, worst", CALLS, max(keys[True]), "without one", max(keys[False]))
    window.close()


def _watched(window: Watched, page: str) -> tuple[list[float], list[float]]:
    worst, p99 = [], []
    for _ in range(RUNS):
        window.watch(page)
        worst.append(max(window.gaps))
        p99.append(sorted(window.gaps)[int(len(window.gaps) * 0.99)])
    return worst, p99
