"""The cadence: every step a visible row with a reason, derived from what was done."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.calling.cadence import (
    CadencePath,
    Standing,
    Step,
    Touch,
    load_cadence,
    plan,
    touch_debt,
    touches_planned,
)
from callstation.calling.rules import rule_text
from callstation.calling.workdays import is_working_day
from db.vocabulary import Channel, RenewalStage, StepStatus

TABLE = load_cadence(rule_text("cadence.json"))
ENDS = date(2026, 12, 31)


def works(day: date) -> bool:
    return is_working_day("US", "MA", day)


def steps_on(today: date, path: CadencePath = CadencePath.DIRECT, **standing: Any) -> dict[str, Step]:
    made = plan(ENDS, path, table=TABLE, today=today, standing=Standing(**standing), is_working_day=works)
    return {step.key: step for step in made}


def test_the_table_has_the_trades_offsets() -> None:
    def offsets(path: CadencePath) -> list[int]:
        return sorted({-rule.offset for rule in TABLE.paths[path] if rule.offset <= 0}, reverse=True)

    assert offsets(CadencePath.DIRECT) == [330, 240, 180, 120, 90, 60, 45, 30, 14, 7, 1]
    assert offsets(CadencePath.DIRECT_SMALL) == [330, 180, 120, 90, 60, 45, 30, 14, 7, 1]
    assert offsets(CadencePath.VIA_PARTNER) == [330, 240, 180, 120, 90, 60, 45, 30, 14, 7, 6, 5, 4, 3, 2, 1, 0]
    assert all([rule.offset for rule in rules] == [7] for rules in TABLE.after_win.values())


def test_steps_are_counted_back_and_shifted_to_working_days_one_a_day() -> None:
    steps = steps_on(date(2026, 1, 1))
    assert steps["call_1"].due_on == date(2026, 9, 2)
    assert steps["call_1"].status is StepStatus.PLANNED
    assert (steps["letter_1"].due_on, steps["call_2"].due_on) == (date(2026, 10, 2), date(2026, 10, 5))
    assert steps["call_2"].reason == "Moved from Fri 2 Oct: one step a day."
    assert steps["health"].due_on == date(2026, 5, 5)
    assert steps["lapse_1"].status is StepStatus.MOVED
    assert steps["lapse_1"].reason == "Moved from Fri 1 Jan: no working day."


def test_a_call_does_its_step_and_what_was_overtaken_is_missed() -> None:
    steps = steps_on(date(2026, 11, 3), touches=[Touch(date(2026, 9, 4)), Touch(date(2026, 10, 1), is_written=True)])
    assert (steps["call_1"].status, steps["call_1"].done_on) == (StepStatus.DONE, date(2026, 9, 4))
    assert steps["letter_1"].status is StepStatus.DONE
    assert (steps["call_2"].status, steps["call_2"].reason) == (
        StepStatus.MISSED, "Nothing was logged before the next step.")  # fmt: skip
    assert steps["call_3"].status is StepStatus.DUE
    assert steps["call_4"].status is StepStatus.PLANNED
    assert touch_debt(list(steps.values()), 2026) == 5  # touch, health, mid-term, call 2, call 3


def test_a_callback_pauses_what_falls_before_it_and_says_when_it_wakes() -> None:
    steps = steps_on(date(2026, 11, 3), callback_on=date(2026, 11, 19))
    assert (steps["call_3"].status, steps["call_3"].wakes_on) == (StepStatus.PAUSED, date(2026, 11, 19))
    assert steps["call_3"].reason == "Waits for the callback on Thu 19 Nov."
    assert steps["call_4"].status is StepStatus.PLANNED
    overdue = steps_on(date(2026, 11, 6), callback_on=date(2026, 11, 2))
    assert overdue["call_3"].wakes_on == date(2026, 11, 9)


@pytest.mark.parametrize(("standing", "reason"), [
    ({"stage": RenewalStage.WON, "ended_on": date(2026, 11, 3)}, "Won on Tue 3 Nov."),
    ({"stage": RenewalStage.LOST, "ended_on": date(2026, 11, 3)}, "Lost on Tue 3 Nov."),
    ({"is_do_not_call": True}, "Do not call."),
    ({"is_renewing_via_partner": True}, "Renewing via the partner."),
])  # fmt: skip
def test_an_end_skips_all_further_steps_with_its_reason(standing: dict[str, Any], reason: str) -> None:
    steps = steps_on(date(2026, 11, 3), **standing)
    ahead = [step for step in steps.values() if step.due_on >= date(2026, 11, 3) and step.key != "won"]
    assert len(ahead) > 10
    assert {(step.status, step.reason) for step in ahead} == {(StepStatus.SKIPPED, reason)}


def test_a_win_plans_the_confirmation_a_week_later() -> None:
    won = steps_on(
        date(2026, 11, 3), stage=RenewalStage.WON, ended_on=date(2026, 11, 3), touches=[Touch(date(2026, 11, 3))]
    )
    assert (won["won"].due_on, won["won"].status) == (date(2026, 11, 10), StepStatus.PLANNED)
    blocked = steps_on(date(2026, 11, 3), stage=RenewalStage.WON, ended_on=date(2026, 11, 3), is_do_not_call=True)
    assert blocked["won"].status is StepStatus.SKIPPED


def test_without_an_address_the_email_becomes_a_call() -> None:
    step = steps_on(date(2026, 1, 1), CadencePath.DIRECT_SMALL, has_email=False)["letter_1"]
    assert (step.channel, step.reason) == (Channel.CALL, "No e-mail address, so a call.")


def test_what_lies_before_the_contract_was_known_is_skipped_not_owed() -> None:
    steps = steps_on(date(2026, 11, 3), known_since=date(2026, 10, 20))
    assert steps["call_1"].reason == "The contract came into the book on Tue 20 Oct."
    assert touch_debt(list(steps.values()), 2026) == 1


def test_daily_partner_calls_rest_on_free_days() -> None:
    steps = steps_on(date(2026, 12, 1), CadencePath.VIA_PARTNER)
    assert steps["daily_5"].status is StepStatus.SKIPPED  # Saturday 26 December
    assert steps["daily_6"].reason == "Not a working day."  # Christmas
    assert steps["daily_7"].status is StepStatus.PLANNED


@settings(max_examples=150, deadline=None)
@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.sampled_from(CadencePath), st.integers(-400, 120),
    st.builds(
        Standing, stage=st.sampled_from(RenewalStage),
        touches=st.lists(st.builds(Touch, on=st.dates(date(2024, 1, 1), date(2028, 1, 1))), max_size=9),
        callback_on=st.none() | st.dates(date(2025, 1, 1), date(2028, 1, 1)), has_email=st.booleans(),
        is_do_not_call=st.booleans(), is_renewing_via_partner=st.booleans(),
        known_since=st.none() | st.dates(date(2024, 1, 1)),
    ),
)  # fmt: skip
def test_every_step_stays_a_row_with_a_reason_and_every_pause_wakes_up(
    expires_on: date, path: CadencePath, offset: int, standing: Standing
) -> None:
    today = expires_on + timedelta(days=offset)
    steps = plan(expires_on, path, table=TABLE, today=today, standing=standing, is_working_day=works)
    assert {rule.key for rule in TABLE.paths[path]} <= {step.key for step in steps}
    worked = [step.due_on for step in steps if step.reason != "Not a working day." and step.key != "won"]
    assert len(worked) == len(set(worked))
    assert all(works(day) for day in worked)
    for step in steps:
        if step.status in (StepStatus.SKIPPED, StepStatus.MOVED, StepStatus.PAUSED, StepStatus.MISSED):
            assert step.reason
        assert (step.wakes_on is not None) == (step.status is StepStatus.PAUSED)
        if step.wakes_on is not None:
            assert step.wakes_on >= today
        if step.status in (StepStatus.PLANNED, StepStatus.MOVED):
            assert step.due_on > today
        if step.status is StepStatus.DUE:
            assert step.due_on <= today
    done = sum(step.status is StepStatus.DONE for step in steps)
    assert done <= len(standing.touches)


def test_the_quick_count_is_the_tables() -> None:
    planned = touches_planned(ENDS, CadencePath.DIRECT, table=TABLE, since=date(2026, 1, 1), today=date(2026, 11, 3))
    assert planned == 7
