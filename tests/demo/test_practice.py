"""The practice book: there at once, in a store of its own, with five calls to make in the first minute."""

import json
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from callstation.calling import queue
from callstation.clock import ManualClock
from callstation.demo.letterhead import LETTERHEAD, dressed, undressed
from callstation.demo.looking_back import add_snapshots
from callstation.demo.practice import open_practice
from callstation.doctor import Health
from callstation.paths import Places
from callstation.quotes.options import work_out
from callstation.quotes.reading import read_worksheet
from callstation.quotes.worksheet import Choices
from callstation.renewals.accuracy_history import accuracy_history
from callstation.renewals.bridging import bridge_between
from callstation.renewals.closing import lapse_lane, to_close
from callstation.renewals.forecast import GRID, Measure, forecast, period_named
from callstation.renewals.health import snapshots
from callstation.renewals.pipeline import pipeline
from callstation.renewals.retention import due_in
from callstation.renewals.snapshots import take_snapshot
from callstation.reports.figures import figures
from callstation.reports.kpis import Key, week_of
from callstation.settings import Settings, save_settings
from callstation.work import Work
from db.vocabulary import PeriodKind, QuoteOption, QuoteStatus
from tests.demo.test_book import FICTION


def _places(tmp_path: Path) -> Places:
    save_settings(tmp_path / "settings.json", Settings(time_zone="America/New_York"))
    return Places(tmp_path)


def test_the_practice_book_offers_its_two_callbacks_and_more_than_five_calls(
    tmp_path: Path, clock: ManualClock
) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    page = app.ask(queue.page)
    assert [row.account for row in page.due] == ["Halden Robotics"]
    assert len(page.next) >= 10
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM account WHERE kind = 'customer'")) == [(40,)]
    app.close()


def test_it_lies_in_a_store_of_its_own_and_is_made_once(tmp_path: Path, clock: ManualClock) -> None:
    places = _places(tmp_path)
    open_practice(places, clock=clock).close()
    assert not places.store.exists()
    app = open_practice(places, clock=clock)
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM account")) == [(42,)]
    assert app.undo() is None
    app.close()


def test_its_numbers_ring_nowhere_and_who_asked_not_to_be_called_is_not(tmp_path: Path, clock: ManualClock) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    for (e164,) in app.ask(lambda work: work.rows("SELECT e164 FROM phone")):
        assert FICTION.fullmatch(e164), e164
    blocked = app.ask(
        lambda work: work.rows(
            "SELECT t.state FROM call_target t JOIN account a ON a.id = t.account_id "
            "WHERE a.name = 'Quiet Water Rowing Club'"
        )
    )
    assert blocked == [("blocked",)]
    app.close()


def test_letters_to_its_companies_can_be_posted(tmp_path: Path, clock: ManualClock) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    found = app.ask(lambda work: work.rows("SELECT street, city, postal_code, country FROM account"))
    assert all(all(row) for row in found)
    assert len({row[0] for row in found}) == len(found)
    assert any("\n" in row[0] for row in found)
    app.close()


def test_its_quotes_stand_at_every_point_of_a_quotes_life_and_nothing_waits_for_a_crm(
    tmp_path: Path, clock: ManualClock
) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    statuses = {status for (status,) in app.ask(lambda work: work.rows("SELECT status FROM quote"))}
    assert statuses == {status.value for status in QuoteStatus}
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM outbox_entry")) == [(0,)]
    assert app.ask(lambda work: work.rows("PRAGMA foreign_key_check")) == []
    app.close()


def test_it_has_orders_to_close_and_contracts_that_cost_by_the_day(tmp_path: Path, clock: ManualClock) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    assert next((row.account, row.is_won) for row in app.ask(to_close)) == ("Juniper Press", True)
    assert {row.account for row in app.ask(lapse_lane)} == {
        "Westerly Freight",
        "Hollow Oak Brewing",
        "Foxglove Florists",
    }
    app.close()


def test_what_renews_as_it_is_costs_about_what_it_cost(tmp_path: Path, clock: ManualClock) -> None:
    """The catalogue fits the stories: no customer of the practice book finds a price far from the one paid."""
    app = open_practice(_places(tmp_path), clock=clock)
    for (target_id,) in app.ask(lambda work: work.rows("SELECT id FROM call_target WHERE renewal_count > 0")):
        sheet = app.ask(read_worksheet, target_id)
        paid = sum(line.paid or 0 for line in sheet.lines)
        total = work_out(sheet, Choices(), QuoteOption.AS_IS).total
        assert Decimal("0.85") < total / paid < Decimal("1.15"), (sheet.account, paid, total)
        assert sheet.offers, sheet.account
    app.close()


def test_the_invented_letterhead_stands_in_only_where_the_user_has_none(tmp_path: Path, clock: ManualClock) -> None:
    places = _places(tmp_path)
    app = open_practice(places, clock=clock)
    assert app.settings.company_name == LETTERHEAD["company_name"]
    app.close()
    save_settings(places.settings, Settings(time_zone="America/New_York", company_name="Mine Ltd"))
    app = open_practice(places, clock=clock)
    assert (app.settings.company_name, app.settings.company_address) == ("Mine Ltd", "")
    app.close()


def test_nothing_invented_is_kept_among_the_users_settings() -> None:
    own = Settings(company_name="", signed_by="", rates="", theme="dark")
    assert undressed(dressed(own)) == own
    named = dressed(own).with_values(company_name="Mine Ltd")
    assert (undressed(named).company_name, undressed(named).company_address) == ("Mine Ltd", "")


def test_its_forecast_bridge_retention_and_figures_are_full_at_first_sight(tmp_path: Path, clock: ManualClock) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    today = app.ask(lambda work: work.today)
    period = app.ask(period_named, "rolling")
    found = app.ask(forecast, period)
    assert found.week_ago_on == today - timedelta(days=7)
    assert all(found.renewals.cell(measure).amount.count for measure in GRID)
    assert found.renewals.gap is None or found.renewals.gap > 0
    assert app.ask(forecast, app.ask(period_named, "quarter")).renewals.quota.amount is not None
    assert found.growth.cell(Measure.TOTAL).amount.count >= 8
    bridged = app.ask(
        bridge_between, today - timedelta(days=7), None, measure=Measure.COMMIT_FORECAST, period=app.ask(
            period_named, "quarter")
    )  # fmt: skip
    assert sum(line.count > 0 for line in bridged.bridge.lines) >= 3
    due = app.ask(due_in, today - timedelta(days=330), today)
    assert due.total.grr is not None
    assert 0.6 < due.total.grr < 1
    assert due.total.nrr is not None
    assert due.total.nrr > due.total.grr
    assert due.total.lost
    week = app.ask(figures, week_of(today - timedelta(days=7)))
    assert week[Key.CALLS].n >= 15
    assert week[Key.CALLS].year_before is not None
    assert app.ask(accuracy_history, PeriodKind.MONTH).periods
    app.close()


_YEAR = (
    "SELECT taken_on, rows, changed, sums FROM snapshot ORDER BY 1",
    "SELECT * FROM snapshot_row",
    "SELECT period, starts_on, is_growth, amount FROM quota ORDER BY 1, 2, 3",
    "SELECT happened_at, account_id, disposition, duration_s FROM activity ORDER BY id",
    "SELECT title, amount, stage, close_on FROM growth ORDER BY id",
)


def test_the_year_behind_it_is_the_same_each_time_and_leaves_the_queue_as_it_is(
    tmp_path: Path, clock: ManualClock
) -> None:
    seen = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        app = open_practice(_places(tmp_path / name), clock=clock)
        seen.append([app.ask(Work.rows, sql) for sql in _YEAR])
        targets = app.ask(lambda work: work.rows("SELECT count(*) FROM call_target WHERE state <> 'finished'"))
        assert targets[0][0] <= 42
        app.close()
    assert seen[0] == seen[1]


def test_looking_back_leaves_every_renewal_as_its_story_has_it(tmp_path: Path, clock: ManualClock) -> None:
    book = json.loads((files("resources") / "sample" / "book.json").read_text(encoding="utf-8"))
    sold = {one["account"] for one in book["sales"]}
    app = open_practice(_places(tmp_path), clock=clock)
    found = app.ask(
        Work.rows,
        "SELECT a.name, r.stage, r.amount / 10000, r.close_on, r.closed_at FROM renewal r JOIN account a "
        "ON a.id = r.account_id JOIN contract k ON k.id = r.contract_id WHERE k.status <> 'ended'",
    )
    today = app.ask(lambda work: work.today)

    def expected(one: dict[str, Any]) -> str | None:
        return (today + timedelta(days=one["slips"][1])).isoformat() if "slips" in one else None

    told = {(one["name"], one["stage"], one["amount"], expected(one), None) for one in book["customers"]}
    assert {row for row in found if row[0] not in sold} == {row for row in told if row[0] not in sold}
    assert ("Westerly Freight", "order_promised") in {row[:2] for row in found}  # a step of the last day
    app.close()


def _all_but_snapshots(work: Work) -> dict[str, list[tuple[Any, ...]]]:
    names = [
        name
        for (name,) in work.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        if not name.startswith(("snapshot", "sqlite_"))
    ]
    return {name: sorted(work.rows(f'SELECT * FROM "{name}"'), key=repr) for name in names}


def _forget_snapshots(work: Work) -> None:
    """As if none had been taken yet: what keeps them from being deleted steps aside meanwhile."""
    guards = work.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'snapshot%is_kept'")
    for name, _ in guards:
        work.raw.execute(f"DROP TRIGGER {name}")
    for table in ("snapshot_row", "snapshot"):
        work.raw.execute(f"DELETE FROM {table}")
    work.raw.execute("DELETE FROM store_fact WHERE name = 'stage_win_rates'")
    for _, sql in guards:
        work.raw.execute(sql)


def test_the_book_after_looking_back_is_exactly_the_book_of_today(tmp_path: Path, clock: ManualClock) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    before = app.ask(_all_but_snapshots)
    app.record(_forget_snapshots)
    app.record(add_snapshots)
    assert app.ask(_all_but_snapshots) == before
    assert app.ask(Work.rows, "SELECT count(*) FROM snapshot") == [(19,)]
    assert app.ask(Work.rows, "SELECT count(*) > 40 FROM snapshot_row") == [(1,)]
    assert app.ask(snapshots).health is Health.GOOD
    app.record(take_snapshot)
    assert app.ask(snapshots).health is Health.GOOD
    app.close()


def test_its_opportunities_are_worked_on_most_have_a_next_step_some_slipped_some_were_picked(
    tmp_path: Path, clock: ManualClock
) -> None:
    app = open_practice(_places(tmp_path), clock=clock)
    rows = app.ask(pipeline).rows
    for is_growth, count in ((False, 39), (True, 13)):
        some = [row for row in rows if row.key.is_growth is is_growth]
        steps = [row.next_step for row in some if row.next_step]
        assert len(some) == count
        assert 0.6 < len(steps) / len(some) < 0.75
        assert len(set(steps)) == len(steps), "no two say the same"
        assert max(map(len, steps)) <= 45
        assert {row.slips for row in some} == {0, 1, 2}
        picked = [row for row in some if row.is_picked]
        assert len(picked) >= 2
        assert all(
            row.picked_by == LETTERHEAD["signed_by"] and row.picked_at and row.picked_at < clock.now() for row in picked
        )
        assert all(row.category is not row.suggested for row in picked)
    app.close()
