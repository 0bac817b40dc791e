"""The day on which an order is expected, as it is typed: a day, never a time of day."""

from datetime import UTC, date, datetime

import pytest

from callstation.settings import Settings
from ui.pipeline.typed import read_day

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("15", date(2026, 12, 15)), ("25", date(2026, 11, 25)), ("23", date(2026, 11, 23)), ("31", date(2026, 12, 31)),
        ("1.", date(2026, 12, 1)), ("10.12.", date(2026, 12, 10)), ("10.12.2027", date(2027, 12, 10)),
        ("15 dec", date(2026, 12, 15)), ("+3d", date(2026, 11, 26)),
        ("next month", date(2026, 12, 23)), ("2046-01-01", date(2046, 1, 1)),
    ],
)  # fmt: skip
def test_a_day_is_read(typed: str, on: date) -> None:
    for language in ("en_US", "en_GB", "de_DE", "fr_FR"):
        assert read_day(typed, NOW, Settings(time_zone="America/New_York", language=language)).value == on


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "No month has a day 0."), ("32", "No month has a day 32."), ("9999", "No month has a day 9999."),
        ("3pm", "That has a time of day."), ("14:30", "That has a time of day."),
        ("in 2 hours", "That has a time of day."), ("9999-12-31", "9999 is too far ahead"), ("00", "No month has"),
    ],
)  # fmt: skip
def test_what_is_no_day_that_can_be_expected_is_refused_in_words(typed: str, said: str) -> None:
    told = read_day(typed, NOW, Settings(time_zone="America/New_York"))
    assert told.value is None
    assert told.words.startswith(said)
