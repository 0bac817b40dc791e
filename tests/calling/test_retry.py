"""When we come back after an outcome, and the times offered for a callback."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.calling.business_time import BusinessTime
from callstation.calling.retry import callback_presets, next_attempt, time_presets
from callstation.calling.workdays import is_working_day
from db.vocabulary import Disposition

BOSTON = ZoneInfo("America/New_York")
THERE = BusinessTime(("America/New_York",), "US", "MA", is_working_day)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BOSTON).astimezone(UTC)


def words(disposition: Disposition, now: str, busy_today: int = 0, tried: tuple[str, ...] = ()) -> str:
    return next_attempt(
        disposition,
        now=at(now),
        there=THERE,
        tried_at=[at(one) for one in tried],
        busy_today=busy_today,
    ).words


@pytest.mark.parametrize(("disposition", "now", "expected"), [
    (Disposition.NO_ANSWER, "2026-11-12T10:18", "Again today 4:30 PM"),
    (Disposition.NO_ANSWER, "2026-11-12T14:18", "Again tomorrow 10:00 AM"),
    (Disposition.NO_ANSWER, "2026-11-13T14:18", "Again Mon 10:00 AM"),
    (Disposition.NO_ANSWER, "2026-11-25T14:18", "Again Fri 10:00 AM"),  # Thanksgiving between
    (Disposition.NO_ANSWER, "2026-11-14T10:00", "Again Mon 4:30 PM"),
    (Disposition.LEFT_VOICEMAIL, "2026-11-12T14:18", "Again Mon 10:00 AM"),
    (Disposition.LEFT_VOICEMAIL, "2026-11-12T10:18", "Again Mon 2:30 PM"),
    (Disposition.LEFT_MESSAGE, "2026-11-12T14:18", "Again Mon 10:00 AM"),
    (Disposition.GATEKEEPER, "2026-11-12T14:18", "Again tomorrow 9:00 AM"),
    (Disposition.BUSY, "2026-11-12T14:18", "Again today 2:35 PM"),
    (Disposition.BUSY, "2026-11-12T17:28", "Again tomorrow 9:00 AM"),
    (Disposition.QUOTE_REQUESTED, "2026-11-12T14:18", "Quote by tomorrow 9:48 AM"),
    (Disposition.REVIEWING_QUOTE, "2026-11-12T14:18", "Again Thu 19 Nov 10:00 AM"),
    (Disposition.VERBAL_YES, "2026-11-12T14:18", "Commit, chase Tue 10:00 AM"),
    (Disposition.NOT_RENEWING, "2026-11-12T14:18", "Win-back 11 May 2027"),
    (Disposition.WRONG_NUMBER, "2026-11-12T14:18", "Ask for a new one"),
    (Disposition.CALLBACK_AGREED, "2026-11-12T14:18", "Pick a time"),
    (Disposition.DO_NOT_CALL, "2026-11-12T14:18", "Asks first"),
])  # fmt: skip
def test_each_outcome_says_when_we_come_back(disposition: Disposition, now: str, expected: str) -> None:
    assert words(disposition, now) == expected


def test_after_three_busy_signals_a_day_it_is_as_no_answer() -> None:
    assert words(Disposition.BUSY, "2026-11-12T10:00", busy_today=2) == "Again today 10:15 AM"
    assert words(Disposition.BUSY, "2026-11-12T10:00", busy_today=3) == "Again today 4:30 PM"


def test_a_clock_time_already_tried_is_avoided() -> None:
    assert words(Disposition.NO_ANSWER, "2026-11-12T10:18", tried=("2026-11-10T16:40",)) == "Again today 2:30 PM"


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(Disposition),
    st.integers(0, 700 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.sampled_from(
        [
            ("America/New_York",),
            ("America/New_York", "America/Los_Angeles"),
            ("Asia/Kolkata",),
            ("Europe/London", "Pacific/Auckland"),
        ]
    ),
)
def test_we_always_come_back_later_on_a_working_day_in_business_hours(
    disposition: Disposition, now: datetime, zones: tuple[str, ...]
) -> None:
    there = BusinessTime(zones, "US", "MA", is_working_day)
    found = next_attempt(disposition, now=now, there=there)
    assert found.words
    if found.at is not None:
        local = found.at.astimezone(there.zone)
        assert found.at > now
        assert found.at - now < timedelta(days=16)
        assert there.works_on(local.date())
        assert time(9) <= local.time() <= time(17, 30)
        if zones == ("America/New_York", "America/Los_Angeles"):
            assert time(12) <= local.time()  # nine in the west
    if found.on is not None:
        assert there.works_on(found.on)
    if disposition is Disposition.NO_ANSWER:
        assert found.at is not None
        assert found.at - now >= timedelta(hours=4)


def test_the_callback_strip_is_the_desks() -> None:
    found = callback_presets(at("2026-11-12T14:18"), THERE)
    assert [(one.digit, one.label, one.words) for one in found] == [
        (1, "In one hour", "3:18 PM"),
        (2, "Tomorrow", "Fri 13 Nov, 2:15 PM"),
        (3, "Monday", "16 Nov, 10:00 AM"),
        (4, "Next week", "Thu 19 Nov, 2:15 PM"),
    ]
    assert found[1].at == at("2026-11-13T14:15")


def test_presets_give_way_to_weekends_and_holidays() -> None:
    friday = callback_presets(at("2026-11-13T14:18"), THERE)
    assert (friday[1].label, friday[1].words) == ("Monday", "Mon 16 Nov, 2:15 PM")
    before_thanksgiving = callback_presets(at("2026-11-25T09:00"), THERE)
    assert (before_thanksgiving[1].label, before_thanksgiving[1].words) == ("Friday", "Fri 27 Nov, 9:00 AM")
    assert callback_presets(at("2026-11-19T09:00"), THERE)[3].words == "Fri 27 Nov, 9:00 AM"


def test_a_quote_is_offered_in_four_business_hours_first() -> None:
    found = time_presets(Disposition.QUOTE_REQUESTED, at("2026-11-12T14:18"), THERE)
    assert [(one.digit, one.label) for one in found] == [
        (1, "In 4 business hours"),
        (2, "Tomorrow"),
        (3, "Monday"),
        (4, "Next week"),
    ]
    assert time_presets(Disposition.CALLBACK_AGREED, at("2026-11-12T14:18"), THERE)[0].label == "In one hour"
    assert time_presets(Disposition.VERBAL_YES, at("2026-11-12T14:18"), THERE)[0].label == "In 3 working days"


def test_skipped_and_doubled_hours_are_settled() -> None:
    assert THERE.at(date(2026, 3, 8), time(2, 30)) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)  # read as 3:30
    assert THERE.at(date(2026, 11, 1), time(1, 30)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # the first 1:30


def test_days_of_rest_are_known_by_country_and_state() -> None:
    assert not is_working_day("US", "TX", date(2026, 11, 26))
    assert not is_working_day("DE", "BY", date(2026, 1, 6))
    assert is_working_day("DE", "BE", date(2026, 1, 6))
    assert is_working_day("SA", "", date(2026, 11, 22))  # Sunday
    assert not is_working_day("SA", "", date(2026, 11, 20))  # Friday
    assert is_working_day("", "", date(2026, 11, 26))
    assert is_working_day("ZZ", "", date(2026, 11, 26))
    assert not is_working_day("US", "Nowhere", date(2026, 11, 26))


def test_an_agreed_time_stands_whatever_the_default() -> None:
    agreed = at("2026-11-19T10:00")
    found = next_attempt(
        Disposition.CALLBACK_AGREED,
        now=at("2026-11-12T14:18"),
        there=THERE,
        agreed_at=agreed,
    )
    assert (found.at, found.words, found.zone) == (agreed, "Again Thu 19 Nov 10:00 AM", "America/New_York")
