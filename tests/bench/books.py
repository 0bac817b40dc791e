"""The books that are measured: made once by the demo, kept beside the other results, copied for what writes."""

import shutil
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from callstation.app import App
from callstation.clock import ManualClock
from callstation.demo import make_book
from callstation.settings import Settings
from db.schema import upgrade

ROOT = Path(__file__).resolve().parents[2]
MONDAY_MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SETTINGS = Settings(time_zone="America/New_York")


@cache
def folder() -> Path:
    """Where books and results of the benchmarks lie."""
    found = Path("out/bench").absolute()
    found.mkdir(parents=True, exist_ok=True)
    return found


@cache
def made_by() -> str:
    """What a book depends on, the schema and the demo, in eight letters: one that other code made is made anew."""
    sources = sorted([*(ROOT / "db/migrations/versions").glob("*.py"), *(ROOT / "callstation/demo").glob("*.py")])
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]


def book(size: int) -> Path:
    """A closed store with ``size`` open renewals and ten activities each (three from a million on)."""
    path = folder() / f"book-{size}-{made_by()}.db"
    if not path.exists():
        for stale in folder().glob(f"book-{size}[-.]*"):
            stale.unlink()
        half = path.with_suffix(".part")
        half.unlink(missing_ok=True)
        upgrade(half)
        app = open_book(half)
        app.record(make_book, size, seed=1, history_per_renewal=10 if size < 1_000_000 else 3)
        app.close()
        half.rename(path)
    return path


def writable(size: int) -> Path:
    """A copy to write to."""
    path = folder() / f"work-{size}.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    return Path(shutil.copy(book(size), path))


def open_book(path: Path) -> App:
    """The store on Monday morning."""
    return App(path, settings=SETTINGS, clock=ManualClock(MONDAY_MORNING))
