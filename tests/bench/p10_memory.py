"""P10: the memory of the window, open and after a working day of calls, beside a bare window and Anki's backend."""

import subprocess
import sys
from pathlib import Path

from tests.bench.anki_peer import AnkiPeer
from tests.bench.books import folder, writable
from tests.bench.p4_start import ENVIRONMENT
from tests.bench.table import Report

CALLS = 800
"""Eight hours of a hundred calls."""
LARGEST = 100_000

RESIDENT = """
import os, sys, time
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
"""
BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QLabel("A window"))
window.resize(1440, 900)
window.show()
application.processEvents()
print(resident())
"""
DAY = """
from pathlib import Path
from tests.bench.desk import BenchDesk
desk = BenchDesk(Path(sys.argv[1]))
desk.settle(500)
print(resident())
for number in range(int(sys.argv[2])):
    desk.log()
    desk.settle(150 if number % 20 == 0 else 1)
    if number == 100:
        print(resident())
desk.settle(500)
print(resident())
"""
ANKI = """
import anki.collection
collection = anki.collection.Collection(sys.argv[1])
collection.sched.get_queued_cards(fetch_limit=50)
print(resident())
"""


def run(report: Report, sizes: list[int]) -> None:
    """Resident memory of whole processes, in MB; on Linux alone, for it is read from ``/proc``."""
    if not Path("/proc/self/statm").exists():
        report.add("P10", "memory is read from /proc", 0, 0.0, "not on this system", None, unit="MB")
        return
    bare = _resident(BARE)[0]
    opened: dict[int, float] = {}
    for size in sorted({min(size, LARGEST) for size in sizes}):
        opened[size], early, late = _resident(DAY, str(writable(size)), str(CALLS))
        report.add("P10", "window open", size, opened[size], "bare window", bare, at_most=1.5, unit="MB")
        report.add("P10", f"after {CALLS} calls", size, late, "own, just open", opened[size], at_most=1.1, unit="MB")
        report.add("P10", f"after {CALLS} calls", size, late, "own, after 100 calls", early, unit="MB")
    large, small = max(opened), min(opened)
    if large > small:
        report.add("P10", "window open", large, opened[large], f"own {small:,}", opened[small], at_most=1.05, unit="MB")
    peer = AnkiPeer(large)
    anki = _resident(ANKI, str(peer.copy()))[0]
    report.add("P10", "window open", large, opened[large], "Anki backend, no window", anki, unit="MB")
    peer.close()


def _resident(code: str, *arguments: str) -> list[float]:
    command = [sys.executable, "-c", RESIDENT + code, *arguments]
    told = subprocess.run(
        command, env=ENVIRONMENT, cwd=folder().parent.parent, capture_output=True, text=True, check=True
    )
    return [float(line) for line in told.stdout.split()]
