"""When a book is synced by itself: each occasion once, later and later without a network."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from callstation.settings import Settings
from callstation.sync.timetable import Timetable, is_wanted

OPENED = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""10:00 in New York."""


class Day:
    """A book's day, minute by minute; nothing is due unless it is asked."""

    def __init__(self, **settings: Any) -> None:
        self.settings = Settings(time_zone="America/New_York", **settings)
        self.minutes = 0.0
        self.times = Timetable.begin(self.settings, OPENED, 0.0)

    @property
    def at_s(self) -> float:
        return self.minutes * 60

    def is_due(self) -> bool:
        return self.times.is_due(self.settings, OPENED + timedelta(minutes=self.minutes), self.at_s)

    def due_minutes(self, until: int, *, is_offline: bool = False) -> list[int]:
        """Look every minute; each due one is synced at once."""
        found = []
        while self.minutes < until:
            if self.is_due():
                found.append(int(self.minutes))
                self.times.end(self.at_s, is_offline=is_offline)
            self.minutes += 1
        return found


def test_nothing_syncs_by_itself_unless_it_is_wanted() -> None:
    assert not is_wanted(Settings())
    assert Day().due_minutes(24 * 60) == []


def test_at_the_start_it_syncs_once() -> None:
    assert Day(is_synced_at_start=True).due_minutes(600) == [0]


def test_every_so_many_minutes_counts_from_the_last_sync_whoever_began_it() -> None:
    day = Day(sync_every_min=30)
    assert day.due_minutes(61) == [30, 60]
    day.minutes = 75
    day.times.end(day.at_s, is_offline=False)  # by hand
    assert day.due_minutes(106) == [105]


def test_a_pause_is_five_minutes_without_a_key_and_counts_once() -> None:
    day = Day(is_synced_when_idle=True)
    assert day.due_minutes(60) == [5]
    day.times.touch(day.at_s)
    assert day.due_minutes(120) == [65]


def test_keys_in_between_put_the_pause_off() -> None:
    day = Day(is_synced_when_idle=True)
    for minute in range(0, 40, 4):
        day.minutes = minute
        day.times.touch(day.at_s)
        assert not day.is_due()


@pytest.mark.parametrize(("hour", "minute"), [(18, 8 * 60), (11, 60), (24, 14 * 60)])
def test_at_the_days_end_it_syncs_at_the_hour_that_is_set(hour: int, minute: int) -> None:
    assert Day(is_synced_at_day_end=True, work_ends_at=hour).due_minutes(20 * 60) == [minute]


def test_the_days_end_comes_every_day_and_not_for_a_book_opened_after_it() -> None:
    assert Day(is_synced_at_day_end=True, work_ends_at=9).due_minutes(24 * 60) == [23 * 60]


def test_a_computer_that_slept_over_the_days_end_syncs_when_it_wakes() -> None:
    day = Day(is_synced_at_day_end=True)
    assert not day.is_due()
    day.minutes = 13 * 60
    assert day.is_due()


def test_without_a_network_the_next_tries_are_further_and_further_apart() -> None:
    tries = Day(is_synced_at_start=True).due_minutes(400, is_offline=True)
    assert tries == [0, 2, 6, 14, 30, 62, 122, 182, 242, 302, 362]


def test_back_on_the_network_the_waits_begin_anew() -> None:
    day = Day(is_synced_at_start=True)
    assert day.due_minutes(20, is_offline=True) == [0, 2, 6, 14]
    assert day.due_minutes(60) == [30]
    assert day.times.failures == 0


def test_what_is_owed_waits_until_it_may(  # a call is under way: the caller asks and does nothing
) -> None:
    day = Day(is_synced_at_start=True)
    assert [day.is_due() for _ in range(3)] == [True] * 3


def test_switched_off_nothing_is_owed_any_more() -> None:
    day = Day(is_synced_at_start=True)
    day.settings = Settings(time_zone="America/New_York")
    assert not day.is_due()
    day.settings = Settings(time_zone="America/New_York", is_synced_when_idle=True)
    assert not day.is_due()
