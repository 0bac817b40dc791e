"""P9: forecast, retention and coverage over 400 daily snapshots, a snapshot itself, and what a month of them weighs."""

import random
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.accuracy_history import accuracy_history
from callstation.renewals.bridging import bridge_between
from callstation.renewals.coverage import ledger
from callstation.renewals.forecast import GRID, Measure, forecast, period_named
from callstation.renewals.retention import due_in
from callstation.renewals.snapshots import prune, take_snapshot
from callstation.work import Work
from db.vocabulary import PeriodKind
from tests.bench.books import MONDAY_MORNING, SETTINGS, book, folder, made_by
from tests.bench.measure import Times, exponent, race, ratio
from tests.bench.table import Report

DAYS, MONTH = 400, 30
CHURN = 0.02
"""The share of the open renewals that is other each day."""
LIMIT_MS, SNAPSHOT_MS, MONTH_MB = 100, 50, 5
LARGEST = 100_000
THREE = ("forecast", "retention", "coverage")
STAGES = (
    ("not_started", "pipeline"), ("contacted", "pipeline"), ("quoted", "best_case"), ("verbal_yes", "most_likely"),
    ("order_promised", "commit"),
)  # fmt: skip
RAW = """SELECT substr(coalesce(close_on, due_on), 1, 7), category, currency, sum(amount), count(*) FROM renewal
    WHERE closed_at IS NULL AND coalesce(close_on, due_on) BETWEEN ? AND ? GROUP BY 1, 2, 3"""


def run(report: Report, sizes: list[int]) -> None:
    """Each size up to ``LARGEST`` (400 days of a million are hours to make); how each figure grows with it."""
    found = {size: _at_size(report, size) for size in sorted({min(size, LARGEST) for size in sizes})}
    small, large = min(found), max(found)
    if small < large:
        for name in THREE:
            grows = exponent({size: of[name] for size, of in found.items()})
            report.add(
                "P9", f"{name} grows, exponent {grows:.2f}", large, found[large][name], f"own {small:,}",
                found[small][name],
            )  # fmt: skip


def _at_size(report: Report, size: int) -> dict[str, float]:
    """The medians of the three."""
    app = _open(_with_history(size), MONDAY_MORNING)
    app.record(_change_some, random.Random(9), round(size * CHURN / 2))  # half a day's changes are not put down yet
    period, today = app.ask(period_named, "rolling"), app.ask(lambda work: work.today)
    quarter = app.ask(period_named, "quarter")
    raw = app._connect()
    week_ago, months = today - timedelta(days=7), (period.starts_on.isoformat(), period.ends_on.isoformat())
    racers: dict[str, Callable[[int], object]] = {
        "forecast": lambda _: _read(app),
        "retention": lambda _: app.ask(due_in, quarter.starts_on, quarter.ends_on),
        "coverage": lambda _: app.ask(ledger, period.starts_on, period.ends_on),
        "raw": lambda _: raw.execute(RAW, months).fetchall(),
    }
    took = race(racers, 15)
    together = Times(tuple(sum(times) for times in zip(*(took[name].all for name in THREE), strict=True)))
    found, low, high = ratio(together, Times((LIMIT_MS,)))
    report.add(
        "P9", " + ".join(THREE), size, together.median, "the goal", LIMIT_MS, at_most=1, ratio=found,
        spread=f"{low:.2f}-{high:.2f}",
    )  # fmt: skip
    found, low, high = ratio(took["forecast"], took["raw"])
    against = "raw SQL, four months of now"
    report.add(
        "P9", "forecast with last week", size, took["forecast"].median, against, took["raw"].median, ratio=found,
        spread=f"{low:.2f}-{high:.2f}",
    )  # fmt: skip
    for name in ("retention", "coverage"):
        report.add("P9", name, size, took[name].median, "", None)
    others: dict[str, Callable[[int], object]] = {
        "bridge from last week to now": lambda _: app.ask(
            bridge_between, week_ago, None, measure=Measure.COMMIT_FORECAST, period=period
        ),
        "accuracy of 13 months": lambda _: app.ask(accuracy_history, PeriodKind.MONTH),
    }
    for name, times in race(others, 5, warm_up=1).items():
        report.add("P9", name, size, times.median, "", None)
    app.close()
    _snapshots(report, size)
    return {name: took[name].median for name in THREE}


def _read(app: App) -> None:
    """As the page does: every cell of the grid, and the figures."""
    found = app.ask(lambda work: forecast(work, period_named(work, "rolling")))
    for side in (found.renewals, found.growth):
        for month in (None, *side.months):
            for measure in (*GRID, Measure.COMMIT_FORECAST, Measure.MOST_LIKELY_FORECAST, Measure.BEST_CASE_FORECAST):
                side.cell(measure, month)
        found.needed(is_growth=side.is_growth)


def _snapshots(report: Report, size: int) -> None:
    """A month of days, each with its changes; beside each snapshot the same rows by prepared statement."""
    path = folder() / f"work-p9-{size}.db"
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    shutil.copy(_with_history(size), path)
    app, rng = _open(path, MONDAY_MORNING), random.Random(5)
    clock = app.clock
    assert isinstance(clock, ManualClock)
    app.rest()
    before = path.stat().st_size
    rows: list[tuple[Any, ...]] = []

    def prepare(_: int) -> None:
        clock.advance(86_400)
        app.record(_change_some, rng, round(size * CHURN))

    def plain(work: Work) -> None:
        work.raw.execute("CREATE TEMP TABLE IF NOT EXISTS plain AS SELECT * FROM snapshot_row LIMIT 0")
        work.raw.executemany("INSERT INTO plain VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    spent: list[float] = []
    peers: list[float] = []
    pruned: list[float] = []
    for number in range(MONTH):
        prepare(number)
        spent += race({"take": lambda _: app.record(take_snapshot)}, 1, warm_up=0)["take"].all
        rows[:] = app.ask(
            lambda work: work.rows("SELECT * FROM snapshot_row WHERE taken_on = (SELECT max(taken_on) FROM snapshot)")
        )
        peers += race({"plain": lambda _: app.record(plain)}, 1, warm_up=0)["plain"].all
        pruned += race({"prune": lambda _: app.record(prune)}, 1, warm_up=0)["prune"].all
        app.rest()
    grown = (path.stat().st_size - before) / 1e6
    median, peer = sorted(spent)[MONTH // 2], sorted(peers)[MONTH // 2]
    figure = f"a snapshot, {CHURN:.0%} touched"
    report.add("P9", figure, size, median, "the goal", SNAPSHOT_MS, at_most=1)
    report.add("P9", figure, size, median, "its rows alone, into a bare table", peer)
    report.add("P9", "letting go what is too old, in a job", size, sorted(pruned)[MONTH // 2], "", None)
    report.add("P9", f"{MONTH} snapshots of {CHURN:.0%}", size, grown, "the goal", MONTH_MB, at_most=1, unit="MB")
    app.close()


def _with_history(size: int) -> Path:
    """A book whose last ``DAYS`` days were put down, the last one this Monday's; made once."""
    path = folder() / f"book-{size}-{made_by()}-p9.db"
    if path.exists():
        return path
    half = path.with_suffix(".part")
    for ending in ("", "-wal", "-shm"):
        Path(f"{half}{ending}").unlink(missing_ok=True)
    shutil.copy(book(size), half)
    rng, app = random.Random(1), _open(half, MONDAY_MORNING - timedelta(days=DAYS - 1))
    app.record(_forget)
    clock = app.clock
    assert isinstance(clock, ManualClock)
    for day in range(DAYS):
        app.record(take_snapshot)
        app.record(prune)
        if day < DAYS - 1:
            clock.advance(86_400)
            app.record(_change_some, rng, round(size * CHURN))
        if day % 20 == 0:
            app.rest()
    app.close()
    half.rename(path)
    return path


def _open(path: Path, at: datetime) -> App:
    return App(path, settings=SETTINGS, clock=ManualClock(at.astimezone(UTC)))


def _forget(work: Work) -> None:
    """Take away what building the book put down, so that its history can be told from the beginning."""
    guards = work.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'snapshot%is_kept'")
    for name, _ in guards:
        work.raw.execute(f"DROP TRIGGER {name}")
    work.raw.execute("DELETE FROM snapshot")
    work.raw.execute("DELETE FROM snapshot_row")
    for _, sql in guards:
        work.raw.execute(sql)


def _change_some(work: Work, rng: random.Random, count: int) -> None:
    """A day's changes of open renewals: stages, amounts and days, each near where it was."""
    ids = [row[0] for row in work.rows("SELECT id FROM renewal WHERE closed_at IS NULL")]
    for renewal_id in rng.sample(ids, min(count, len(ids))):
        dice = rng.random()
        if dice < 0.5:
            work.raw.execute(
                "UPDATE renewal SET stage = ?, category = ? WHERE id = ?", (*rng.choice(STAGES), renewal_id)
            )
        elif dice < 0.7:
            work.raw.execute(
                "UPDATE renewal SET amount = amount * ? / 100 WHERE id = ?", (rng.randrange(80, 125), renewal_id)
            )
        else:
            ((due_on,),) = work.rows("SELECT due_on FROM renewal WHERE id = ?", (renewal_id,))
            close_on = date.fromisoformat(due_on) + timedelta(days=rng.randrange(-30, 60))
            work.raw.execute("UPDATE renewal SET close_on = ? WHERE id = ?", (close_on.isoformat(), renewal_id))
