"""The pipeline's filter as it is kept: nothing is lost on the way, and what cannot be read is said."""

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.app import App
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.renewals import pipeline as asked
from callstation.renewals.pipeline import Filter, Standing
from callstation.renewals.pipeline_filter import Within
from callstation.work import Work
from db.vocabulary import ForecastCategory, RenewalStage
from tests.factories import account, contract, renewal
from tests.renewals.pipelines import TODAY, filters


@given(wanted=filters, ids=st.lists(st.integers(1, 99), max_size=3))
def test_a_filter_survives_being_kept(wanted: Filter, ids: list[int]) -> None:
    wanted = replace(wanted, partner_ids=tuple(ids), account_id=ids[0] if ids else None)
    if wanted.closes_from and wanted.closes_to and wanted.closes_from > wanted.closes_to:
        wanted = replace(wanted, closes_from=None)
    assert asked.from_json(asked.to_json(wanted)) == wanted


def test_every_field_of_a_filter_can_be_kept() -> None:
    whole = Filter(
        Standing.ALL, True, (RenewalStage.WON,), (ForecastCategory.COMMIT,), TODAY, TODAY, (1,), 2, ("Mail",),
        ("small",), ("EUR",), True, 7, True, "x", Within.OVERDUE,
    )  # fmt: skip
    assert set(json.loads(asked.to_json(whole))) == {item.name for item in fields(Filter)}
    assert asked.from_json(asked.to_json(whole)) == whole
    assert asked.to_json(Filter()) == "{}"


@pytest.mark.parametrize(
    "text", ["[]", '{"nonsense": 1}', '{"stages": ["x"]}', '{"closes_from": "soon"}', "{", '{"silent_days": -1}',
             '{"closes_from": "2026-12-02", "closes_to": "2026-12-01"}'],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError):
        asked.from_json(text)


def test_a_month_ends_on_its_last_day() -> None:
    for on, last in ((date(2028, 2, 29), date(2028, 2, 29)), (date(2026, 12, 31), date(2026, 12, 31))):
        month = Filter().in_month(on)
        assert (month.closes_from, month.closes_to) == (on.replace(day=1), last)


@pytest.mark.parametrize(
    ("within", "first", "last"),
    [
        (Within.THIS_MONTH, date(2027, 1, 1), date(2027, 1, 31)),
        (Within.NEXT_MONTH, date(2027, 2, 1), date(2027, 2, 28)),
        (Within.LAST_MONTH, date(2026, 12, 1), date(2026, 12, 31)), (Within.OVERDUE, None, date(2027, 1, 4)),
        (Within.THIS_WEEK, date(2027, 1, 4), date(2027, 1, 10)),
        (Within.NEXT_WEEK, date(2027, 1, 11), date(2027, 1, 17)),
        (Within.THIS_QUARTER, date(2026, 11, 1), date(2027, 1, 31)),
        (Within.NEXT_YEAR, date(2027, 2, 1), date(2028, 1, 31)),
    ],
)  # fmt: skip
def test_a_period_in_words_goes_along_with_the_days_also_where_it_was_saved(
    within: Within, first: date | None, last: date
) -> None:
    kept = asked.to_json(Filter().in_month(date(2026, 5, 1)).closes_within(within))
    assert asked.from_json(kept).closes(date(2027, 1, 5), 2) == (first, last)  # the fiscal year starts in February


def test_what_is_listed_under_a_saved_period_changes_with_the_day(app: App, clock: ManualClock) -> None:
    def fill(work: Work) -> None:
        for on in (date(2026, 12, 20), date(2027, 1, 20)):
            account_id = account(work, f"Due in {on:%B}")
            renewal(work, contract(work, account_id, on), account_id, on)

    app.record(fill)
    kept = asked.to_json(Filter().closes_within(Within.NEXT_MONTH))
    assert [row.account for row in app.ask(asked.pipeline, asked.from_json(kept)).rows] == ["Due in December"]
    clock.advance(20 * 86_400)
    assert [row.account for row in app.ask(asked.pipeline, asked.from_json(kept)).rows] == ["Due in January"]
