"""The calling gate: never a call it should have held, and a reason for each it holds."""

import json
import random
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz

from callstation.calling.hours import (
    Gate,
    GateVerdict,
    Line,
    default_rules,
    make_hours_key,
    may_ring,
    open_now,
)
from callstation.calling.open_hours import load_rules
from db.vocabulary import Purpose

RULES = default_rules()
TABLE = json.loads(resources.files("resources").joinpath("rules", "calling_hours.json").read_text("utf-8"))["rules"]
THANKSGIVING = date(2026, 11, 26)
BOSTON = make_hours_key("US", "MA", ["America/New_York"])


def works(country: str, region: str, day: date) -> bool:
    return day.weekday() < 5 and day != THANKSGIVING


def verdict(
    key: str, at: str, zone: str = "America/New_York", purpose: Purpose = Purpose.RENEWAL, **line: Any
) -> GateVerdict:
    now = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return may_ring(Line(key, **line), now=now, purpose=purpose, rules=RULES, is_working_day=works)


# R16 -----------------------------------------------------------------------------------------------------------------

ZONES = {
    "US": ["America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
           "America/Anchorage", "Pacific/Honolulu", "America/Indiana/Knox"],
    "CA": ["America/St_Johns", "America/Toronto", "America/Vancouver"],
    "AU": ["Australia/Adelaide", "Australia/Perth", "Australia/Lord_Howe", "Australia/Sydney"],
    "GB": ["Europe/London"], "DE": ["Europe/Berlin"], "IN": ["Asia/Kolkata"], "NP": ["Asia/Kathmandu"],
    "BR": ["America/Sao_Paulo", "America/Manaus"], "CL": ["America/Santiago", "Pacific/Easter"],
}  # fmt: skip


def oracle(country: str, region: str, zones: list[str], at: datetime, is_marketing: bool) -> bool:
    """The hours alone, told another way: dateutil's zones, rules as text, one row and one zone after the other."""
    rows = [row for row in TABLE if row["country"] == country]
    if not is_marketing:
        rows = [row for row in rows if row["binds"] == "always"]
    if region:
        rows = [row for row in rows if row["region"] in ("", region)]
    if not rows:
        rows = [row for row in TABLE if row["country"] == "*"]
    for zone in zones:
        there = at.astimezone(tz.gettz(zone))
        clock, day = there.strftime("%H:%M"), there.strftime("%A").lower()
        for row in rows:
            spans = row[day if day in ("saturday", "sunday") else "weekday"]
            if not row["holidays"] and there.date() == THANKSGIVING:
                return False
            if not any(start <= clock < end for start, end in spans):
                return False
    return True


def cases(count: int, seed: int) -> list[tuple[str, str, list[str], datetime, bool]]:
    chance = random.Random(seed)
    regions = [*sorted({row["region"] for row in TABLE if row["region"]}), "NY", "CA", "AZ", ""]
    edges = [
        datetime(2026, 3, 8, 6, 55, tzinfo=UTC),
        datetime(2026, 11, 1, 5, 50, tzinfo=UTC),  # clocks change
        datetime(2026, 11, 26, 14, tzinfo=UTC),
        datetime(2026, 4, 4, 15, tzinfo=UTC),
    ]
    made = []
    for number in range(count):
        country = chance.choice(["US"] * 5 + sorted(ZONES))
        region = chance.choice(regions) if country == "US" else ""
        zones = chance.sample(ZONES[country], chance.randint(1, min(3, len(ZONES[country]))))
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(400 * 24 * 60))
        if number % 5 == 0:
            at = chance.choice(edges) + timedelta(minutes=chance.randrange(-600, 600))
        made.append((country, region, zones, at, chance.random() < 0.5))
    return made


def allows(case: tuple[str, str, list[str], datetime, bool]) -> bool:
    country, region, zones, at, is_marketing = case
    line = Line(make_hours_key(country, region, zones), screened_on=at.date())
    purpose = Purpose.CROSS_SELL if is_marketing else Purpose.RENEWAL
    return may_ring(line, now=at, purpose=purpose, rules=RULES, is_working_day=works).may_dial


def test_the_gate_never_allows_wrongly_in_2000_cases() -> None:
    made = cases(2000, seed=16)
    answers = [(allows(case), oracle(*case)) for case in made]
    wrong = [case for case, (said, truth) in zip(made, answers, strict=True) if said != truth]
    assert wrong == []
    assert 400 < sum(truth for _, truth in answers) < 1600  # the cases test both sides


def test_the_control_with_a_single_naive_zone_does_allow_wrongly() -> None:
    """The same gate asked with the first zone alone: were it not found out, the test above would prove nothing."""
    wrong = [
        case
        for case in cases(2000, seed=16)
        if allows((case[0], case[1], case[2][:1], case[3], case[4])) and not oracle(*case)
    ]
    assert len(wrong) > 20


def test_the_fast_answer_of_the_queue_agrees_with_the_oracle_away_from_holidays() -> None:
    for country, region, zones, at, is_marketing in cases(2000, seed=17):
        state = open_now(make_hours_key(country, region, zones), at, RULES, is_marketing=is_marketing)
        if THANKSGIVING in {at.astimezone(ZoneInfo(zone)).date() for zone in zones}:
            continue
        assert state.is_open == oracle(country, region, zones, at, is_marketing)
        if not state.is_open and state.opens_at is not None:
            opens = open_now(make_hours_key(country, region, zones), state.opens_at, RULES, is_marketing=is_marketing)
            assert opens.is_open
            just_before = state.opens_at - timedelta(minutes=15)
            if just_before >= at:
                assert not open_now(
                    make_hours_key(country, region, zones), just_before, RULES, is_marketing=is_marketing
                ).is_open


# the gate's order and words ------------------------------------------------------------------------------------------


def test_a_good_moment_says_so_and_leaves_evidence() -> None:
    found = verdict(BOSTON, "2026-11-12T14:18")
    assert (found.gate, found.words) == (Gate.ALLOWED, "2:18 PM there. Good time to call.")
    assert found.evidence["rules"] == RULES.version
    assert found.evidence["local"] == {"America/New_York": "2026-11-12T14:18-05:00"}
    assert found.evidence["verdict"] == "allowed"
    assert json.loads(json.dumps(found.evidence)) == found.evidence


def test_do_not_call_cannot_be_clicked_away_whatever_else_holds() -> None:
    found = verdict(BOSTON, "2026-11-12T03:00", is_do_not_call=True, do_not_call_words="Asked on 3 Nov.", is_asked=True)
    assert (found.gate, found.words) == (Gate.HARD_BLOCK, "Do not call. Asked on 3 Nov.")


def test_night_is_a_hard_block_that_says_when_it_opens() -> None:
    found = verdict(BOSTON, "2026-11-12T22:42")
    assert found.gate is Gate.HARD_BLOCK
    assert found.words == "10:42 PM there. Outside the calling hours. Opens tomorrow at 8:00 AM there."
    assert found.opens_at == datetime(2026, 11, 13, 13, tzinfo=UTC)


def test_a_call_they_asked_for_at_night_needs_a_typed_reason() -> None:
    assert verdict(BOSTON, "2026-11-12T07:00", is_asked=True).needs_reason


def test_an_unknown_zone_needs_a_typed_reason() -> None:
    for key in (
        make_hours_key("US", "", []),
        make_hours_key("", "", []),
        make_hours_key("US", "", ["America/Atlantis"]),
    ):
        found = verdict(key, "2026-11-12T12:00")
        assert found.needs_reason
        assert found.evidence["zone_source"] == "unknown"


@pytest.mark.parametrize(("region", "zone", "at"), [
    ("AL", "America/Chicago", "2026-11-15T12:00"), ("LA", "America/Chicago", "2026-11-15T12:00"),
    ("MS", "America/Chicago", "2026-11-15T12:00"), ("KY", "America/New_York", "2026-11-12T09:30"),
    ("TX", "America/Chicago", "2026-11-15T11:30"), ("RI", "America/New_York", "2026-11-12T18:15"),
    ("FL", "America/New_York", "2026-11-12T20:15"), ("UT", "America/Denver", "2026-11-26T12:00"),
])  # fmt: skip
def test_state_hours_bind_marketing_hard_and_warn_renewals(region: str, zone: str, at: str) -> None:
    key = make_hours_key("US", region, [zone])
    assert verdict(key, at, zone, Purpose.CROSS_SELL).gate is Gate.HARD_BLOCK
    assert verdict(key, at, zone, Purpose.RENEWAL).gate is Gate.WARN


def test_without_a_state_marketing_keeps_to_the_narrowest() -> None:
    key = make_hours_key("US", "", ["America/Chicago"])
    assert verdict(key, "2026-11-12T09:45", "America/Chicago", Purpose.CROSS_SELL).gate is Gate.HARD_BLOCK
    assert verdict(key, "2026-11-12T10:00", "America/Chicago", Purpose.CROSS_SELL).gate is Gate.ALLOWED
    assert verdict(key, "2026-11-12T09:45", "America/Chicago").gate is Gate.ALLOWED


def test_british_marketing_needs_a_screening_of_at_most_28_days() -> None:
    key, at = make_hours_key("GB", "", ["Europe/London"]), "2026-11-12T14:00"
    for screened_on, gate in (
        (None, Gate.HARD_BLOCK),
        (date(2026, 10, 14), Gate.HARD_BLOCK),
        (date(2026, 10, 15), Gate.ALLOWED),
    ):
        assert verdict(key, at, "Europe/London", Purpose.CROSS_SELL, screened_on=screened_on).gate is gate
    assert verdict(key, at, "Europe/London", Purpose.RENEWAL).gate is Gate.ALLOWED
    assert "TPS" in verdict(key, at, "Europe/London", Purpose.CROSS_SELL).words


@pytest.mark.parametrize(("hours_ago", "gate"), [
    ([3], Gate.SOFT_BLOCK), ([4], Gate.ALLOWED), ([4.5, 5], Gate.SOFT_BLOCK), ([24, 25], Gate.ALLOWED),
    ([24, 48, 72, 96, 120, 240], Gate.SOFT_BLOCK), ([24, 48, 72, 96, 120, 14 * 24], Gate.ALLOWED),
])  # fmt: skip
def test_a_number_is_tried_once_in_4_hours_twice_a_day_six_times_in_14_days(hours_ago: list[float], gate: Gate) -> None:
    now = datetime(2026, 11, 12, 19, 30, tzinfo=UTC)
    tried = [now - timedelta(hours=hours) for hours in hours_ago]
    found = verdict(BOSTON, "2026-11-12T14:30", attempts_at=tried)
    assert found.gate is gate
    assert verdict(BOSTON, "2026-11-12T14:30", attempts_at=tried, is_asked=True).gate is Gate.ALLOWED
    if gate is Gate.SOFT_BLOCK:
        assert found.opens_at is not None
        assert found.opens_at > now
        later = may_ring(
            Line(BOSTON, attempts_at=tried),
            now=found.opens_at,
            purpose=Purpose.RENEWAL,
            rules=RULES,
            is_working_day=works,
        )
        assert later.may_dial


def test_florida_allows_three_marketing_calls_in_24_hours_even_if_asked() -> None:
    key = make_hours_key("US", "FL", ["America/New_York"])
    now = datetime(2026, 11, 12, 19, 30, tzinfo=UTC)
    tried = [now - timedelta(hours=hours) for hours in (5, 12, 23)]
    found = verdict(key, "2026-11-12T14:30", purpose=Purpose.CROSS_SELL, attempts_at=tried, is_asked=True)
    assert (found.gate, found.opens_at) == (Gate.HARD_BLOCK, now + timedelta(hours=1))


@pytest.mark.parametrize(("at", "words"), [
    ("2026-11-12T08:30", "8:30 AM there. Before their business day."),
    ("2026-11-12T17:30", "5:30 PM there. After their business day."),
    ("2026-11-12T12:20", "12:20 PM there. Lunch time."),
    ("2026-11-14T11:00", "11:00 AM there. A weekend there."),
    ("2026-11-26T11:00", "11:00 AM there. A public holiday there."),
])  # fmt: skip
def test_out_of_their_business_day_it_warns_and_lets_pass(at: str, words: str) -> None:
    found = verdict(make_hours_key("US", "NY", ["America/New_York"]), at)
    assert (found.gate, found.words, found.may_dial) == (Gate.WARN, words, True)


def test_several_zones_are_all_told() -> None:
    found = verdict(make_hours_key("US", "", ["America/New_York", "America/Chicago"]), "2026-11-12T14:18")
    assert found.words == "1:18 PM to 2:18 PM there. Good time to call."


def test_hours_that_are_not_on_a_quarter_are_refused() -> None:
    doc = {
        "version": "x",
        "as_of": "x",
        "attempts": [],
        "rules": [],
        "business": {"opens": "09:10", "closes": "17:30", "days": [0], "lunch": ["12:00", "13:00"]},
    }
    with pytest.raises(ValueError, match="quarters"):
        load_rules(json.dumps(doc))


def test_every_rule_is_dated_and_has_a_source() -> None:
    assert all(rule.source and rule.as_of for rule in RULES.rules)
    assert {"AL", "LA", "MS", "KY", "TX", "RI", "FL", "OK", "MD"} <= {rule.region for rule in RULES.rules}


def test_a_clock_set_back_does_not_free_a_number() -> None:
    later = datetime(2026, 11, 12, 20, tzinfo=UTC)
    assert verdict(BOSTON, "2026-11-12T14:30", attempts_at=[later]).gate is Gate.SOFT_BLOCK
