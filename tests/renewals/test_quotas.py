"""Quotas by month, quarter and year, which one holds, adjustments, and undo of each."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.app import App
from callstation.errors import UserError
from callstation.renewals.adjustments import adjust, adjustments_in, change_adjustment, remove_adjustment
from callstation.renewals.fiscal import parts_of, period_of, rolling
from callstation.renewals.quota_periods import quota_for
from callstation.renewals.quotas import clear_quota, quota_of, quotas_of, set_quota
from db.vocabulary import ForecastCategory, PeriodKind

DAY = date(2026, 11, 23)
M, Q, Y = PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR


def test_a_quarter_is_its_own_quota_else_the_sum_of_its_months_when_all_are_set(app: App) -> None:
    quarter = period_of(DAY, Q, 1)
    assert app.ask(quota_of, quarter).words == "no quota is set for FY26 Q4"
    for month, amount in ((10, 100), (12, 50)):
        app.do(set_quota, M, date(2026, month, 9), Decimal(amount))
    missing = app.ask(quota_of, quarter)
    assert (missing.amount, missing.words) == (None, "no quota is set for FY26 Q4, nor for Nov 2026")
    app.do(set_quota, M, DAY, Decimal("70.50"))
    summed = app.ask(quota_of, quarter)
    assert (summed.amount, summed.words) == (Decimal("220.50"), "the sum of its 3 months")
    app.do(set_quota, Q, DAY, Decimal(999))
    own = app.ask(quota_of, quarter)
    assert (own.amount, own.words) == (Decimal(999), "set for FY26 Q4, not the sum of its 3 months")
    app.do(clear_quota, M, DAY)
    assert app.ask(quota_of, quarter).words == "set for FY26 Q4, not what is set for 2 of its 3 months"
    assert app.ask(quota_of, quarter, is_growth=True).amount is None


def test_a_year_is_the_sum_of_its_quarters_and_says_which_are_sums_themselves(app: App) -> None:
    app.settings = app.settings.with_values(fiscal_year_starts=8)
    year = period_of(DAY, Y, 8)
    quarters = parts_of(year, Q, 8)
    for quarter in quarters[:3]:
        app.do(set_quota, Q, quarter.starts_on, Decimal(10))
    for month in parts_of(quarters[3], M, 8):
        app.do(set_quota, M, month.starts_on, Decimal(1))
    found = app.ask(quota_of, year)
    assert (found.amount, found.words) == (Decimal(33), "the sum of its 4 quarters, 1 of them sums of months")


def test_four_rolling_months_have_the_sum_of_their_months(app: App) -> None:
    for month in rolling(DAY).months:
        app.do(set_quota, M, month, Decimal(5))
    assert app.ask(quota_of, rolling(DAY)).amount == 20
    app.do(clear_quota, M, DAY)
    assert app.ask(quota_of, rolling(DAY)).words == "no quota is set for Nov 2026 to Feb 2027, nor for Nov 2026"


@given(st.sets(st.integers(0, 11)), st.sets(st.integers(0, 3)), st.booleans(), st.integers(1, 12))
def test_which_quota_holds_is_what_one_would_add_up_by_hand(
    months: set[int], quarters: set[int], has_year: bool, year_starts: int
) -> None:
    year = period_of(DAY, Y, year_starts)
    starts = {kind: [one.starts_on for one in parts_of(year, kind, year_starts)] for kind in (M, Q)}
    quotas = {(M, starts[M][at]): Decimal(2**at) for at in months} | {
        (Q, starts[Q][at]): Decimal(-1) for at in quarters
    }
    quotas |= {(Y, year.starts_on): Decimal(7)} if has_year else {}

    def by_hand(quarter: int) -> Decimal | None:
        if quarter in quarters:
            return Decimal(-1)
        mine = {3 * quarter, 3 * quarter + 1, 3 * quarter + 2}
        return Decimal(sum(2**at for at in mine)) if mine <= months else None

    for at, quarter in enumerate(parts_of(year, Q, year_starts)):
        assert quota_for(quarter, quotas, year_starts).amount == by_hand(at)
    parts = [one for one in map(by_hand, range(4)) if one is not None]
    wanted = Decimal(7) if has_year else sum(parts, Decimal(0)) if len(parts) == 4 else None
    assert quota_for(year, quotas, year_starts).amount == wanted


def test_a_quota_is_set_changed_cleared_and_each_is_undone(app: App) -> None:
    app.do(set_quota, M, DAY, Decimal("48200.005"))
    assert app.undo_label == "Set the quota of Nov 2026 to 48,200.01 USD"
    app.do(set_quota, M, date(2026, 11, 1), Decimal(7), is_growth=True)
    app.do(set_quota, M, date(2026, 11, 30), Decimal(8))
    assert app.ask(quotas_of, is_growth=False) == {(M, date(2026, 11, 1)): Decimal(8)}
    assert app.ask(quotas_of, is_growth=True) == {(M, date(2026, 11, 1)): Decimal(7)}
    app.undo()
    assert app.ask(quotas_of, is_growth=False) == {(M, date(2026, 11, 1)): Decimal("48200.01")}
    app.do(clear_quota, M, DAY)
    assert app.undo_label == "Cleared the quota of Nov 2026"
    with pytest.raises(UserError, match="No quota is set for Nov 2026"):
        app.do(clear_quota, M, DAY)
    app.undo()
    app.undo()
    app.undo()
    assert app.ask(quotas_of, is_growth=False) == app.ask(quotas_of, is_growth=True) == {}


@pytest.mark.parametrize("amount", ["-0.01", "1e13", "NaN", "Infinity"])
def test_a_quota_that_cannot_be_is_refused(app: App, amount: str) -> None:
    with pytest.raises(UserError, match="A quota cannot be"):
        app.do(set_quota, M, DAY, Decimal(amount))


def test_an_adjustment_is_made_changed_removed_and_each_is_undone(app: App) -> None:
    month = period_of(DAY, M, 1)
    made = app.do(adjust, DAY, ForecastCategory.COMMIT, Decimal("-1200.5"), "  Budget  cut\n likely ")
    assert app.undo_label == "Adjusted commit of Nov 2026 by -1,200.50 USD"
    (one,) = app.ask(adjustments_in, month)
    assert (one.month, one.amount, one.note, one.is_growth) == (
        date(2026, 11, 1), Decimal("-1200.50"), "Budget cut likely", False,
    )  # fmt: skip
    app.do(change_adjustment, made, amount=Decimal(3), note="Less")
    assert app.ask(adjustments_in, month)[0].amount == 3
    app.do(remove_adjustment, made)
    assert app.ask(adjustments_in, month) == ()
    with pytest.raises(UserError, match="gone"):
        app.do(change_adjustment, made, amount=Decimal(3), note="Less")
    app.undo()
    app.undo()
    assert app.ask(adjustments_in, month) == (one,)
    app.undo()
    assert app.ask(adjustments_in, month) == ()
    assert app.ask(adjustments_in, period_of(date(2026, 12, 1), M, 1)) == ()


def test_what_was_typed_keeps_its_currency_when_the_own_one_changes(app: App) -> None:
    month = period_of(DAY, M, 1)
    app.do(adjust, DAY, ForecastCategory.COMMIT, Decimal("-1500.25"), "A smaller order")
    app.do(set_quota, M, DAY, Decimal(1000))
    app.settings = app.settings.with_values(currency="EUR", rates="USD: 0.92, 2026-11-20")
    (one,) = app.ask(adjustments_in, month)
    assert (one.amount, one.typed, one.is_left_out) == (Decimal("-1380.23"), (Decimal("-1500.25"), "USD"), False)
    assert app.ask(quota_of, month).amount == 920
    app.settings = app.settings.with_values(rates="")
    (one,) = app.ask(adjustments_in, month)
    assert (one.amount, one.is_left_out) == (Decimal(0), True)
    assert one.note_words == (
        "A smaller order (typed as -1,500.25 USD, for which there is no rate, so it is in no sum)"
    )  # fmt: skip
    unrated = app.ask(quota_of, month)
    assert (unrated.amount, unrated.words) == (
        None, "no quota is set for Nov 2026; there is no rate for one set in USD",
    )  # fmt: skip
    app.do(set_quota, M, DAY, Decimal(7))
    app.do(change_adjustment, one.adjustment_id, amount=Decimal(5), note="In euro now")
    assert app.ask(quota_of, month).amount == 7
    assert app.ask(adjustments_in, month)[0].amount == 5
    app.undo()
    assert app.ask(adjustments_in, month)[0] == one


@pytest.mark.parametrize(
    ("amount", "note", "category", "words"),
    [
        ("5", "  ", ForecastCategory.COMMIT, "needs a note"),
        ("5", "x" * 501, ForecastCategory.COMMIT, "too long"),
        ("0.001", "Why", ForecastCategory.COMMIT, "changes nothing"),
        ("NaN", "Why", ForecastCategory.COMMIT, "cannot be"),
        ("-1e13", "Why", ForecastCategory.COMMIT, "cannot be"),
        ("5", "Why", ForecastCategory.OMITTED, "not forecast"),
    ],
)
def test_an_adjustment_that_cannot_be_is_refused(
    app: App, amount: str, note: str, category: ForecastCategory, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        app.do(adjust, DAY, category, Decimal(amount), note)
