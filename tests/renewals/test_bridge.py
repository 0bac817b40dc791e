"""The bridge between two states of a book: each opportunity in one line, balanced to the last digit."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callstation.renewals.adjustment import Adjustment
from callstation.renewals.amounts import Rates
from callstation.renewals.bridge import Bridge, LineKind, bridge
from callstation.renewals.fiscal import Period, period_of, rolling
from callstation.renewals.measures import Measure
from callstation.renewals.move_words import move_words
from callstation.renewals.state import Key, State
from db.vocabulary import ForecastCategory, PeriodKind, RenewalStage
from tests.renewals.states import sums_of, two_books

RATES = Rates("USD", {"EUR": Decimal("1.083333"), "JPY": Decimal("0.0066777")})
NOVEMBER = period_of(date(2026, 11, 23), PeriodKind.MONTH, 1)
PERIODS = st.sampled_from([NOVEMBER, rolling(date(2026, 11, 1)), period_of(date(2027, 2, 28), PeriodKind.QUARTER, 2)])
Book = dict[Key, State]


def made(
    before: Book, after: Book, measure: Measure, period: Period = NOVEMBER, is_growth: bool = False,
    adjusted: Sequence[Adjustment] = (), since: Sequence[Adjustment] = (),
) -> Bridge:  # fmt: skip
    changes = [(key, before.get(key), after.get(key)) for key in {**before, **after}]
    return bridge(
        sums_of(before.items()), sums_of(after.items()), changes, measure=measure, period=period, is_growth=is_growth,
        rates=RATES, adjusted=adjusted, adjusted_since=since,
    )  # fmt: skip


def worth(book: Book, measure: Measure, period: Period, is_growth: bool) -> Decimal:
    """The oracle: opportunity by opportunity, in fractions, rounded once."""
    total = Fraction(0)
    for key, state in book.items():
        if key.is_growth == is_growth and period.starts_on <= state.close_on <= period.ends_on:
            rate = Fraction(1) if state.currency == "USD" else Fraction(RATES.others.get(state.currency, Decimal(0)))
            if state.category in measure.categories:
                total += Fraction(state.units or 0, 10_000) * rate
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


ADJUSTMENTS = st.lists(
    st.builds(
        Adjustment, st.integers(1, 9), st.just(date(2026, 11, 1)), st.sampled_from(list(ForecastCategory)[:-1]),
        st.booleans(), st.decimals(-10_000, 10_000, places=2), st.just("Why"),
        st.just(datetime(2026, 11, 2, tzinfo=UTC)),
    ),
    max_size=4,
)  # fmt: skip


@given(two_books(), st.sampled_from(list(Measure)), PERIODS, st.booleans(), ADJUSTMENTS, ADJUSTMENTS)
def test_a_bridge_starts_and_ends_with_the_adjustments_of_each_time_and_has_a_line_of_those_made_between(
    books: tuple[Book, Book], measure: Measure, period: Period, is_growth: bool, there: list[Adjustment],
    since: list[Adjustment],
) -> None:  # fmt: skip
    def added(some: list[Adjustment]) -> list[Adjustment]:
        return [one for one in some if one.is_growth == is_growth and one.category in measure.categories]

    plain = made(*books, measure, period, is_growth)
    found = made(*books, measure, period, is_growth, there, since)
    first, more = (sum((one.amount for one in added(some)), Decimal(0)) for some in (there, since))
    assert (found.start, found.end) == (plain.start + first, plain.end + first + more)
    assert found.start + sum(line.base for line in found.lines) == found.end
    assert found.is_balanced
    (line,) = [one for one in found.lines if one.kind is LineKind.ADJUSTED]
    assert (line.base, list(line.adjustments), line.moves) == (more, added(since), ())
    assert [one for one in found.lines if one is not line] == [
        one for one in plain.lines if one.kind is not LineKind.ADJUSTED
    ]
    assert (found.start_count, found.end_count, found.unchanged) == (
        plain.start_count, plain.end_count, plain.unchanged,
    )  # fmt: skip


@given(two_books(), st.sampled_from(list(Measure)), PERIODS, st.booleans())
@example(({}, {}), Measure.TOTAL, NOVEMBER, False)
def test_a_bridge_balances_for_any_two_books(
    books: tuple[Book, Book], measure: Measure, period: Period, is_growth: bool
) -> None:
    before, after = books
    found = made(before, after, measure, period, is_growth)
    assert found.start == worth(before, measure, period, is_growth)
    assert found.end == worth(after, measure, period, is_growth)
    assert found.start + sum(line.base for line in found.lines) == found.end
    for currency, start, end in found.originals:
        moved = [amount for line in found.lines for one, amount in line.originals if one == currency]
        assert start + sum(moved) == end
    assert found.is_balanced


@given(two_books(), st.sampled_from(list(Measure)), PERIODS, st.booleans())
def test_each_opportunity_stands_in_exactly_one_line_or_is_unchanged(
    books: tuple[Book, Book], measure: Measure, period: Period, is_growth: bool
) -> None:
    before, after = books

    def inside(state: State | None) -> bool:
        return state is not None and state.close_on in period and state.category in measure.categories

    found = made(before, after, measure, period, is_growth)
    keys = [move.key for line in found.lines for move in line.moves]
    assert len(keys) == len(set(keys))
    touched = {
        key
        for key in {**before, **after}
        if key.is_growth == is_growth and (inside(before.get(key)) or inside(after.get(key)))
    }
    same = {
        key
        for key in touched
        if inside(before.get(key)) and inside(after.get(key))
        and (before[key].units or 0, before[key].currency) == (after[key].units or 0, after[key].currency)
    }  # fmt: skip
    assert set(keys) == touched - same
    assert found.unchanged == len(same)
    assert found.start_count == sum(inside(state) for key, state in before.items() if key.is_growth == is_growth)
    assert found.end_count == sum(inside(state) for key, state in after.items() if key.is_growth == is_growth)
    for line in found.lines:
        for move in line.moves:
            assert move.kind is line.kind
            assert move_words(move)


OPEN = State(RenewalStage.QUOTED, ForecastCategory.COMMIT, 1_000_000, "USD", date(2026, 11, 30))
LATER = date(2026, 12, 1)
WON = State(RenewalStage.WON, ForecastCategory.CLOSED, 1_000_000, "USD", date(2026, 11, 24))
LOST = State(RenewalStage.LOST, ForecastCategory.OMITTED, 1_000_000, "USD", date(2026, 12, 9))


@pytest.mark.parametrize(
    ("before", "after", "measure", "kind", "amount"),
    [
        (None, OPEN, Measure.COMMIT, LineKind.NEW, "100"),
        (OPEN._replace(close_on=LATER), OPEN, Measure.COMMIT, LineKind.PULLED_IN, "100"),
        (OPEN._replace(close_on=LATER, units=5), OPEN, Measure.COMMIT, LineKind.PULLED_IN, "100"),
        (OPEN, OPEN._replace(units=1_500_000), Measure.COMMIT, LineKind.INCREASED, "50"),
        (OPEN, OPEN._replace(units=None), Measure.COMMIT, LineKind.DECREASED, "-100"),
        (OPEN, OPEN._replace(close_on=LATER), Measure.COMMIT, LineKind.PUSHED_OUT, "-100"),
        (OPEN, LOST, Measure.COMMIT, LineKind.LOST, "-100"),
        (OPEN, None, Measure.COMMIT, LineKind.REMOVED, "-100"),
        (OPEN, WON, Measure.COMMIT, LineKind.CATEGORY_OUT, "-100"),
        (OPEN, WON, Measure.CLOSED, LineKind.CATEGORY_IN, "100"),
        (OPEN, WON, Measure.OPEN_PIPELINE, LineKind.CATEGORY_OUT, "-100"),
        (OPEN._replace(close_on=LATER), WON, Measure.CLOSED, LineKind.PULLED_IN, "100"),
        (OPEN, OPEN._replace(category=ForecastCategory.PIPELINE), Measure.COMMIT, LineKind.CATEGORY_OUT, "-100"),
        (OPEN, OPEN._replace(category=ForecastCategory.OMITTED), Measure.COMMIT, LineKind.CATEGORY_OUT, "-100"),
        (OPEN._replace(category=ForecastCategory.PIPELINE), OPEN, Measure.COMMIT, LineKind.CATEGORY_IN, "100"),
        (OPEN, OPEN._replace(currency="EUR"), Measure.COMMIT, LineKind.CURRENCY, "8.33"),
        (OPEN, OPEN._replace(currency="XXX"), Measure.COMMIT, LineKind.CURRENCY, "-100"),
        (OPEN, OPEN._replace(stage=RenewalStage.LAPSED, category=ForecastCategory.OMITTED), Measure.COMMIT,
         LineKind.LOST, "-100"),
    ],
)  # fmt: skip
def test_what_moved_an_opportunity_has_its_line(
    before: State | None, after: State | None, measure: Measure, kind: LineKind, amount: str
) -> None:
    key = Key(False, 1)
    found = made({key: before} if before else {}, {key: after} if after else {}, measure)
    told = {line.kind: line.base for line in found.lines if line.moves}
    assert told == {kind: Decimal(amount)}


def test_what_is_won_within_the_measure_moves_nothing() -> None:
    key = Key(False, 1)
    found = made({key: OPEN}, {key: WON}, Measure.COMMIT_FORECAST)
    assert [line for line in found.lines if line.moves] == []
    assert (found.unchanged, found.start, found.end) == (1, Decimal(100), Decimal(100))


def test_growth_is_bridged_apart_from_renewals() -> None:
    before = {Key(False, 1): OPEN, Key(True, 1): OPEN._replace(units=70_000)}
    found = made(before, {**before, Key(True, 2): OPEN}, Measure.TOTAL)
    assert [line for line in found.lines if line.moves] == []
    assert (found.start, found.end) == (Decimal(100), Decimal(100))
    grown = made(before, {**before, Key(True, 2): OPEN}, Measure.TOTAL, is_growth=True)
    assert (grown.start, grown.end) == (Decimal(7), Decimal(107))


def test_changes_that_do_not_lead_to_the_end_are_never_shown() -> None:
    key = Key(False, 1)
    with pytest.raises(AssertionError, match="do not lead"):
        bridge(
            sums_of([(key, OPEN)]), sums_of([(key, OPEN._replace(units=1))]), [], measure=Measure.TOTAL,
            period=NOVEMBER, is_growth=False, rates=RATES,
        )  # fmt: skip


def test_a_move_is_told_in_words() -> None:
    def told(before: State, after: State, measure: Measure) -> str:
        found = made({Key(False, 1): before}, {Key(False, 1): after}, measure)
        (move,) = [move for line in found.lines for move in line.moves]
        return move_words(move)

    assert told(OPEN, LOST, Measure.TOTAL) == "Commit to Omitted; lost; 30 Nov 2026 to 9 Dec 2026"
    assert told(OPEN, WON._replace(units=900_000), Measure.CLOSED) == (
        "Commit to Closed; won; 30 Nov 2026 to 24 Nov 2026; 100.00 USD to 90.00 USD"
    )
    assert told(OPEN, OPEN._replace(units=None), Measure.COMMIT) == "100.00 USD to no amount"
