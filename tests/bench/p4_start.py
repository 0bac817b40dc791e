"""P4: cold starts of whole processes, to the window and to the first fifty rows, beside a bare PySide6 window."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from callstation.clock import working_date
from callstation.settings import Settings, save_settings
from db.engine import connect
from db.schema import StoreState, state_of
from tests.bench.books import SETTINGS, folder, writable
from tests.bench.measure import Times, race, ratio
from tests.bench.table import Report

ROUNDS = 15
LARGEST = 100_000
"""A million rows start like a hundred thousand: P1 shows that the queue does not grow."""

BARE = """
import os, sys, time
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QLabel("A window"))
window.resize(1440, 900)
window.show()
application.processEvents()
os.write(1, b"%d" % time.monotonic_ns())
os._exit(0)
"""
OURS = """
import os, sys, time
from pathlib import Path
from callstation.paths import Places
from ui.main import run

def tell(step):
    if step == sys.argv[2]:
        os.write(1, b"%d" % time.monotonic_ns())
        os._exit(0)

run(Places(Path(sys.argv[1])), tell=tell)
"""
ANKI = """
import os, sys, time
import anki.collection
collection = anki.collection.Collection(sys.argv[1])
collection.sched.get_queued_cards(fetch_limit=50)
os.write(1, b"%d" % time.monotonic_ns())
os._exit(0)
"""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["QT_QPA_PLATFORM"] = "offscreen"


def run(report: Report, sizes: list[int]) -> None:
    """Processes started one after the other, in an order shuffled by the round; ``__pycache__`` is filled before."""
    for size in sorted({min(size, LARGEST) for size in sizes}):
        root = _places(size)
        took = _race({
            "bare": ("-c", BARE),
            "window": ("-c", OURS, str(root), "window"),
            "rows": ("-c", OURS, str(root), "rows"),
            "page": ("-c", OURS, str(root), "page"),
        })  # fmt: skip
        for step, figure, at_most in (
            ("window", "cold start to window painted", 1.2),
            ("rows", "cold start to first 50 rows painted", 1.8),
            ("page", "cold start to the whole desk painted", None),
        ):
            found, low, high = ratio(took[step], took["bare"])
            report.add(
                "P4", figure, size, took[step].median, "bare window", took["bare"].median, at_most=at_most, ratio=found,
                spread=f"{low:.2f}-{high:.2f}",
            )  # fmt: skip
        absent = "Anki desktop: not to be had here"
        report.add("P4", "cold start to first 50 rows painted", size, took["rows"].median, absent, None)
        _anki(report, size, took["rows"])
    _check(report, sizes[0])


def _places(size: int) -> Path:
    """A data folder whose book of ``size`` is in order for today."""
    root = folder() / f"start-{size}"
    root.mkdir(exist_ok=True)
    store = root / "callstation.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{store}{ending}").unlink(missing_ok=True)
    writable(size).rename(store)
    save_settings(root / "settings.json", Settings(time_zone=SETTINGS.time_zone))
    raw = connect(store)
    today = working_date(datetime.now(UTC), SETTINGS.zone, SETTINGS.day_turns_at_hour)
    raw.execute("UPDATE store_fact SET value = ? WHERE name = 'queue_built_on'", (today.isoformat(),))
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return root


def _race(racers: dict[str, tuple[str, ...]], rounds: int = ROUNDS) -> dict[str, Times]:
    """Milliseconds from before the process is made until it says that it is there."""
    took: dict[str, list[float]] = {name: [] for name in racers}
    chance = random.Random(rounds)
    for number in range(-1, rounds):
        order = list(racers)
        chance.shuffle(order)
        for name in order:
            began = time.monotonic_ns()
            told = subprocess.run(
                [sys.executable, *racers[name]], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                check=True,
            )  # fmt: skip
            if number >= 0:
                took[name].append((int(told.stdout) - began) / 1e6)
    return {name: Times(tuple(times)) for name, times in took.items()}


def _anki(report: Report, size: int, ours: Times) -> None:
    """Anki without its window: its backend opens the collection and builds the queue."""
    from tests.bench.anki_peer import AnkiPeer

    peer = AnkiPeer(size)
    took = _race({"anki": ("-c", ANKI, str(peer.copy()))}, 5)["anki"]
    report.add("P4", "cold start to first 50 rows painted", size, ours.median, "Anki backend, no window", took.median)
    peer.close()


def _check(report: Report, size: int) -> None:
    """The question of every start, whether the store has our version, beside reading its header."""
    path = folder() / f"start-{size}" / "callstation.db"

    def bare(_: int) -> bytes:
        with path.open("rb") as file:
            return file.read(100)

    def ours(_: int) -> None:
        assert state_of(path)[0] is StoreState.CURRENT

    racers: dict[str, Callable[[int], object]] = {"ours": ours, "bare": bare}
    took = race(racers, 400)
    found, low, high = ratio(took["ours"], took["bare"])
    report.add(
        "P4", "schema check", size, took["ours"].median, "bare read of the header", took["bare"].median, at_most=3,
        ratio=found, spread=f"{low:.2f}-{high:.2f}",
    )  # fmt: skip
