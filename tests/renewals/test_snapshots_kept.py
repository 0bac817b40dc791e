"""What was put down is immutable, is kept 400 days, and only what no kept day needs is let go."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.snapshots import KEPT_DAYS, prune, take_snapshot
from callstation.renewals.states import changes_between, snapshots, state_on
from callstation.work import Work
from db.engine import IntegrityError
from tests import factories
from tests.renewals.edits import book, edit

DAY = 86_400
ROW, FROM = "INTO snapshot_row", "FROM snapshot_row"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE snapshot_row SET amount = 1",
        "UPDATE snapshot SET rows = 7",
        "UPDATE OR REPLACE snapshot_row SET opportunity_id = 9",
        "DELETE FROM snapshot_row",
        "DELETE FROM snapshot",
        f"INSERT OR REPLACE {ROW} SELECT taken_on, is_growth, opportunity_id, 'won', 'closed', 1, 'USD', 1, 0 {FROM}",
        f"INSERT {ROW} SELECT taken_on - 1, is_growth, opportunity_id, stage, category, 1, 'USD', 1, 0 {FROM}",
        f"INSERT {ROW} SELECT taken_on, 1, 77, stage, category, 1, 'USD', 1, 0 {FROM}",
        "INSERT OR REPLACE INTO snapshot SELECT taken_on, 0, 0, 0, x'' FROM snapshot",
        "INSERT INTO snapshot SELECT taken_on - 1, 0, 0, 0, x'' FROM snapshot",
    ],
)
def test_what_was_put_down_is_neither_changed_nor_deleted(app: App, sql: str) -> None:
    app.record(lambda work: factories.customer(work, ends_on=date(2026, 12, 31)))
    app.record(take_snapshot)
    kept = app.ask(lambda work: work.rows("SELECT * FROM snapshot_row") + work.rows("SELECT * FROM snapshot"))
    with pytest.raises(IntegrityError, match="snapshot"):
        app.record(lambda work: work.raw.execute(sql))
    assert app.ask(lambda work: work.rows("SELECT * FROM snapshot_row") + work.rows("SELECT * FROM snapshot")) == kept


def test_a_lapse_of_years_lets_nothing_go_for_a_wrong_clock_may_be_the_reason(app: App, clock: ManualClock) -> None:
    app.record(lambda work: factories.customer(work, ends_on=date(2026, 12, 31)))
    app.record(take_snapshot)
    clock.jump(datetime(2099, 1, 1, tzinfo=UTC))
    app.record(take_snapshot)
    assert len(app.ask(snapshots)) == 2
    with pytest.raises(IntegrityError, match="kept 400 days"):
        app.record(lambda work: work.raw.execute("DELETE FROM snapshot WHERE taken_on < 30000"))


def test_pruning_changes_no_state_that_is_kept_and_lets_go_of_what_none_needs(
    fresh: Callable[[], App],
) -> None:
    app, rng, copies = fresh(), random.Random(4), {}
    clock = app.clock
    assert isinstance(clock, ManualClock)
    for _ in range(KEPT_DAYS + 160):
        if rng.random() < 0.5:
            app.record(edit, rng)
        copies[app.record(take_snapshot).taken_on] = app.ask(book)
        if rng.random() < 0.6:
            app.record(prune)
        clock.advance(DAY * rng.choice([1, 1, 1, 1, 3]))
    app.record(prune)
    kept = [one.taken_on for one in app.ask(snapshots)]
    last = max(copies)
    assert len(kept) == KEPT_DAYS
    assert set(copies) - set(kept) == {day for day in copies if day < kept[0]}
    assert min(kept) <= last - timedelta(days=KEPT_DAYS - 1)
    for day in [*rng.sample(kept, 60), kept[0], kept[-1]]:
        assert app.ask(state_on, day) == copies[day]
    assert app.ask(state_on, kept[0] - timedelta(days=1)) is None
    rows = app.ask(_needed)
    assert rows == app.ask(lambda work: work.rows("SELECT count(*) FROM snapshot_row")[0][0])
    for day in kept[:30]:
        assert app.ask(changes_between, day, kept[40]) == [
            (key, copies[day].get(key), copies[kept[40]].get(key))
            for key in sorted({**copies[day], **copies[kept[40]]})
            if copies[day].get(key) != copies[kept[40]].get(key)
        ]
    assert app.record(prune) == 0
    with pytest.raises(IntegrityError, match="needs this row"):
        app.record(lambda work: work.raw.execute("DELETE FROM snapshot_row WHERE taken_on = (SELECT min(taken_on) "
                                                 "FROM snapshot_row)"))  # fmt: skip
    app.close()


def _needed(work: Work) -> int:
    """How many rows some kept snapshot needs: all since the oldest, and the last before it of what stood then."""
    oldest = work.rows("SELECT min(taken_on) FROM snapshot")[0][0]
    count = 0
    history: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for is_growth, opportunity_id, taken_on, is_gone in work.rows(
        "SELECT is_growth, opportunity_id, taken_on, is_gone FROM snapshot_row ORDER BY taken_on"
    ):
        history.setdefault((is_growth, opportunity_id), []).append((taken_on, is_gone))
    for rows in history.values():
        count += sum(taken_on > oldest for taken_on, _ in rows)
        before = [one for one in rows if one[0] <= oldest]
        count += bool(before) and not before[-1][1]
    return count
