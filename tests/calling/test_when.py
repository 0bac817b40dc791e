"""Typed times, and how a moment is shown in both zones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.calling.both_times import show_both
from callstation.calling.business_time import BusinessTime
from callstation.calling.when import Misread, Typed, parse
from callstation.calling.workdays import is_working_day

BOSTON, PACIFIC = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 12, 14, 18, tzinfo=BOSTON)  # a Thursday
THERE = BusinessTime(("America/New_York",), "US", "MA", is_working_day)


def read(text: str, now: datetime = NOW, *, is_day_first: bool = True) -> str:
    found = parse(text, now=now.astimezone(UTC), zone=BOSTON, own_zone=PACIFIC, is_day_first=is_day_first)
    return found.at.strftime("%Y-%m-%d %H:%M") if isinstance(found, Typed) else found.words


@pytest.mark.parametrize(("text", "expected"), [
    ("thu 10am", "2026-11-19 10:00"), ("thu 4pm", "2026-11-12 16:00"), ("thursday", "2026-11-19 10:00"),
    ("fri", "2026-11-13 10:00"), ("mon", "2026-11-16 10:00"), ("Mon 9", "2026-11-16 09:00"),
    ("next mon", "2026-11-16 10:00"), ("next fri 2pm", "2026-11-20 14:00"), ("friday afternoon", "2026-11-13 14:00"),
    ("fri morning", "2026-11-13 10:00"), ("fri 9 in the morning", "2026-11-13 09:00"),
    ("monday at 3 in the afternoon", "2026-11-16 15:00"), ("next week", "2026-11-19 14:15"),
    ("next week tue 11:30", "2026-11-17 11:30"), ("next month", "2026-12-12 14:15"),
    ("tomorrow 3pm", "2026-11-13 15:00"), ("tomorrow", "2026-11-13 14:15"), ("tmr 9", "2026-11-13 09:00"),
    ("tomorrow noon", "2026-11-13 12:00"), ("day after tomorrow 8:30", "2026-11-14 08:30"),
    ("today 5", "2026-11-12 17:00"), ("today eod", "2026-11-12 17:00"),
    ("in 2 hours", "2026-11-12 16:18"), ("in an hour", "2026-11-12 15:18"), ("half an hour", "2026-11-12 14:48"),
    ("in 45 min", "2026-11-12 15:03"), ("+90m", "2026-11-12 15:48"), ("2h", "2026-11-12 16:18"),
    ("+3d", "2026-11-15 14:15"), ("in 3 days 10am", "2026-11-15 10:00"), ("in two weeks", "2026-11-26 14:15"),
    ("+1w 9:30", "2026-11-19 09:30"), ("in 3 months", "2027-02-12 14:15"),
    ("2:30", "2026-11-12 14:30"), ("2:10", "2026-11-13 14:10"), ("14.30", "2026-11-12 14:30"),
    ("9.00", "2026-11-13 09:00"),
    ("16h", "2026-11-12 16:00"), ("4pm", "2026-11-12 16:00"), ("4", "2026-11-12 16:00"), ("9am", "2026-11-13 09:00"),
    ("12", "2026-11-13 12:00"), ("12am", "2026-11-13 00:00"), ("02:30", "2026-11-13 02:30"),
    ("4 p.m.", "2026-11-12 16:00"),
    ("5 dec 9:00", "2026-12-05 09:00"), ("dec 5", "2026-12-05 10:00"), ("dec 5 3pm", "2026-12-05 15:00"),
    ("5th december 2027 at 11", "2027-12-05 11:00"), ("5 jan", "2027-01-05 10:00"), ("29 feb", "2028-02-29 10:00"),
    ("2026-12-05 14:00", "2026-12-05 14:00"), ("5/12 9:00", "2026-12-05 09:00"), ("5.12. 14.30", "2026-12-05 14:30"),
    ("05.12.2026", "2026-12-05 10:00"), ("sat 5 dec 10:00", "2026-12-05 10:00"), ("the 20th 3pm", "2026-11-20 15:00"),
    ("the 5th", "2026-12-05 10:00"), ("tomorrow 10am my time", "2026-11-13 13:00"), ("3pm here", "2026-11-12 18:00"),
])  # fmt: skip
def test_a_typed_time_is_read_in_their_zone(text: str, expected: str) -> None:
    assert read(text) == expected


def test_month_first_where_the_setting_says_so() -> None:
    assert read("12/5 9:00", is_day_first=False) == "2026-12-05 09:00"
    assert read("2026-12-05", is_day_first=False) == "2026-12-05 10:00"


@pytest.mark.parametrize(("text", "words"), [
    ("", "When shall we call back?"),
    ("soon", '"soon" was not understood.'),
    ("thu 25pm", '"25pm" is no time of day.'),
    ("fri 10:75", '"10:75" is no time of day.'),
    ("fri xyz", 'Friday 13/11 was understood, "xyz" was not.'),
    ("31 feb", '"31 feb" is not a day of the calendar.'),
    ("fri 5 dec", "5/12/2026 is a Saturday, not a Friday."),
    ("in 2 hours 5pm", '"5pm" after "in 2 hours" was not understood.'),
])  # fmt: skip
def test_what_is_not_understood_is_said_plainly(text: str, words: str) -> None:
    assert read(text) == words
    found = parse(text, now=NOW, zone=BOSTON)
    assert isinstance(found, Misread)
    assert "tomorrow 3pm" in found.hint


def test_skipped_and_doubled_hours_are_settled() -> None:
    spring = datetime(2026, 3, 7, 12, tzinfo=BOSTON)
    assert read("tomorrow 02:30", spring) == "2026-03-08 03:30"
    autumn = datetime(2026, 10, 31, 12, tzinfo=BOSTON)
    found = parse("tomorrow 01:30", now=autumn, zone=BOSTON)
    assert isinstance(found, Typed)
    assert found.at.utcoffset() == timedelta(hours=-4)
    assert read("in 2 hours", datetime(2026, 3, 8, 1, 30, tzinfo=BOSTON)) == "2026-03-08 04:30"


@settings(max_examples=400, deadline=None)
@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            [
                "in",
                "next",
                "mon",
                "5",
                "dec",
                "31",
                "feb",
                "10am",
                "25:99",
                "+3d",
                "2026-13-40",
                "9/9",
                "tomorrow",
                "the 5th",
                "0th",
                "half an hour",
                "at",
                ".",
                ":",
                "my time",
                "99999999999",
                "month",
            ]
        ),
        max_size=6,
    ).map(" ".join)
)
def test_any_text_is_a_moment_or_a_plain_sentence(text: str) -> None:
    found = parse(text, now=NOW, zone=BOSTON, own_zone=PACIFIC)
    if isinstance(found, Misread):
        assert found.words
    else:
        assert found.at.tzinfo is BOSTON
        assert found.at == found.at.astimezone(UTC).astimezone(BOSTON)


def show(text: str) -> tuple[str, str, tuple[str, ...], bool]:
    found = parse(text, now=NOW, zone=BOSTON)
    assert isinstance(found, Typed)
    shown = show_both(found.at, there=THERE, place="Boston", own_zone=PACIFIC, now=NOW)
    return shown.theirs, shown.yours, shown.warnings, shown.is_possible


def test_a_moment_is_shown_in_both_zones_as_the_desk_does() -> None:
    assert show("thu 10am") == ("Thu 19 Nov, 10:00 AM in Boston", "7:00 AM for you, before your day starts", (), True)
    assert show("tomorrow 3pm") == ("Fri 13 Nov, 3:00 PM in Boston", "12:00 PM for you", (), True)


def test_warnings_say_what_speaks_against_a_moment() -> None:
    assert show("tomorrow 8:30")[2] == ("Before their business day.",)
    assert show("tomorrow 6pm")[2] == ("After their business day.",)
    assert show("sat 10am")[2] == ("A weekend there.",)
    assert show("26 nov 10am")[2] == ("A public holiday there.",)
    assert show("today 1pm")[2:] == (("That moment has passed.",), False)
    assert show("20 dec 2027")[2:] == (("More than 400 days ahead.",), False)
    assert show("5 jan 10am")[0] == "Tue 5 Jan 2027, 10:00 AM in Boston"


def test_the_same_zone_is_told_once() -> None:
    shown = show_both(NOW + timedelta(hours=1), there=THERE, place="", own_zone=BOSTON, now=NOW, is_24_hour=True)
    assert (shown.theirs, shown.yours) == ("Thu 12 Nov, 15:18 there", "")
    late = show_both(NOW + timedelta(hours=5), there=THERE, place="", own_zone=BOSTON, now=NOW)
    assert late.yours == "7:18 PM for you, after your day ends"
    auckland = show_both(
        NOW + timedelta(hours=1), there=THERE, place="", own_zone=ZoneInfo("Pacific/Auckland"), now=NOW
    )
    assert auckland.yours.startswith("Fri 13 Nov, 9:18 AM for you")
