"""P1: the day's first fifty targets with their scores, beside raw SQL and Anki's queue build."""

from callstation.calling import queue
from callstation.calling.day import build_day
from db.stored import to_micros
from tests.bench.anki_peer import AnkiPeer
from tests.bench.books import book, open_book, writable
from tests.bench.measure import exponent, race, ratio
from tests.bench.table import Report

RAW_DUE = f"SELECT {queue.COLUMNS} {queue.FROM} WHERE t.state = 'timed' AND t.due_at <= ? ORDER BY t.due_at LIMIT 50"
RAW_READY = f"SELECT {queue.COLUMNS} {queue.FROM} WHERE t.state = 'ready' ORDER BY t.rank LIMIT 50"


def run(report: Report, sizes: list[int]) -> None:
    """The queue as the screen asks for it, and the build that happens once a day in a job."""
    medians = {size: _at_size(report, size) for size in sizes}
    if len(medians) > 1:
        large, small = medians[max(medians)], medians[min(medians)]
        figure = f"growth, exponent {exponent(medians):.2f}"
        report.add("P1", figure, max(medians), large, f"own {min(medians):,}", small, at_most=1.3)


def _at_size(report: Report, size: int) -> float:
    app = open_book(book(size))
    raw, ahead = app._connect(), to_micros(app.clock.now()) + 20 * 60_000_000
    peer = AnkiPeer(min(size, 100_000))
    took = race(
        {
            "ours": lambda _: app.ask(queue.page, limit=50),
            "raw": lambda _: raw.execute(RAW_DUE, (ahead,)).fetchall() + raw.execute(RAW_READY).fetchall(),
        },
        60,
    )
    anki = race({"anki": lambda _: peer.build_queue()}, 10)["anki"].median
    found, low, high = ratio(took["ours"], took["raw"])
    ours = took["ours"].median
    report.add(
        "P1", "first 50 of the queue", size, ours, "raw SQL", took["raw"].median,
        at_most=2, ratio=found, spread=f"{low:.2f}-{high:.2f}",
    )  # fmt: skip
    against = f"Anki queue build, {min(size, 100_000):,}"
    report.add("P1", "first 50 of the queue", size, ours, against, anki, at_least=40)
    app.close()
    peer.close()
    fresh = open_book(writable(size))
    built = race({"build": lambda _: fresh.record(build_day)}, 1, warm_up=0)
    report.add("P1", "start-of-day build, in a job", size, built["build"].median, "", None)
    fresh.close()
    return ours
