"""P3: from the key of an outcome to the next account on the screen, and the part of it that is not painting."""

from statistics import median
from typing import Any

from tests.bench.books import writable
from tests.bench.desk import BenchDesk
from tests.bench.measure import Times, race, ratio
from tests.bench.p2_log import prepared
from tests.bench.table import Report

CALLS = 80
MOST_ROWS = 60
"""The walk along the queue ends after fifty rows; no other read of a key press has more."""
FRAME_MS, TWO_FRAMES_MS = 16.0, 33.0


class Recorder:
    """A connection that also writes down what is asked of it."""

    def __init__(self, raw: Any) -> None:
        self._raw, self.asked = raw, list[tuple[Any, ...]]()

    def execute(self, *asked: Any) -> Any:
        self.asked.append(asked)
        return self._raw.execute(*asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


def run(report: Report, sizes: list[int]) -> None:
    """Keys on the real desk, with the pause of a call between them; beside them the same SQL by hand."""
    for size in sizes:
        desk = BenchDesk(writable(size))
        _at_size(report, size, desk)
        desk.close()


def _at_size(report: Report, size: int, desk: BenchDesk) -> None:
    raw = _by_hand(desk)
    handled: list[float] = []
    whole: list[float] = []
    by_hand: list[float] = []
    for number in range(CALLS + 5):
        desk.settle()
        before = desk.page.card
        took = race({"key": lambda _: handled.append(desk.log())}, 1, warm_up=0)["key"].median
        assert desk.page.card is not None
        assert desk.page.card != before
        desk.settle(5)
        sql = race({"sql": lambda _, number=number: raw(number)}, 1, warm_up=0)["sql"].median  # type: ignore[misc]
        if number >= 5:
            whole.append(took)
            by_hand.append(sql)
    key, rest = Times(tuple(whole)), Times(tuple(1000 * one for one in handled[5:]))
    report.add("P3", "key to next account painted, median", size, key.median, "a frame", FRAME_MS, at_most=1)
    worst = key.percentile(0.99)
    report.add("P3", "key to next account painted, p99", size, worst, "two frames", TWO_FRAMES_MS, at_most=1)
    found, low, high = ratio(rest, Times(tuple(by_hand)))
    report.add(
        "P3", "of it not painting", size, rest.median, "the same SQL by hand", median(by_hand), at_most=1.5,
        ratio=found, spread=f"{low:.2f}-{high:.2f}",
    )  # fmt: skip


def _by_hand(desk: BenchDesk) -> Any:
    """The rows of one log by prepared statements, then every read of one key press, on a connection of its own."""
    desk.log()
    desk.settle()
    recorder = desk.app._readers.raw = Recorder(desk.app._readers.raw)
    desk.log()
    asked, desk.app._readers.raw = list(recorder.asked), recorder._raw
    app = desk.app
    sql = "SELECT id FROM call_target WHERE state = 'ready' AND renewal_count = 1 ORDER BY rank DESC LIMIT ?"
    targets = [row[0] for row in app.ask(lambda work: work.rows(sql, (CALLS + 10,)))]
    plain, raw = prepared(app, app.clock.now()), app._connect()

    def again(number: int) -> None:
        plain(targets[number])
        for statement in asked:  # with the BEGIN and COMMIT around each question
            raw.execute(*statement).fetchmany(MOST_ROWS)

    return again
