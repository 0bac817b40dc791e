"""Sums by month, stage, category and currency: the same however they come about."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from callstation.renewals.amounts import Rates, amount_of, base_of
from callstation.renewals.measures import GRID, Measure
from callstation.renewals.state import OPEN_CATEGORIES, Key, State, counts_as
from callstation.renewals.sums import KEPT_DAYS, Sum, combined, from_bytes, to_bytes
from db.vocabulary import ForecastCategory, RenewalStage
from tests.renewals.states import BOOKS, sums_of, two_books

RATES = Rates("USD", {"EUR": Decimal("1.083333"), "JPY": Decimal("0.0066777")})
Book = dict[Key, State]


@given(two_books())
def test_what_left_is_taken_off_and_what_came_is_added(books: tuple[Book, Book]) -> None:
    gone, come = (sums_of(book.items()) for book in books)
    both = combined(gone, come, 1)
    assert combined(both, gone, -1) == come
    assert combined(both, come, -1) == gone


@given(BOOKS)
def test_sums_are_kept_with_a_snapshot_and_read_again(book: Book) -> None:
    sums = sums_of(book.items())
    assert from_bytes(to_bytes(sums, date(2027, 1, 1))) == sums


@given(BOOKS, st.dates(date(2026, 1, 1), date(9999, 12, 31)))
def test_only_what_was_over_long_ago_is_let_go(book: Book, today: date) -> None:
    sums = sums_of(book.items())
    kept = from_bytes(to_bytes(sums, today))
    oldest = today - timedelta(days=KEPT_DAYS)
    assert kept == {
        key: value for key, value in sums.items() if key.month >= oldest or key.category in OPEN_CATEGORIES
    }  # fmt: skip
    assert from_bytes(to_bytes(sums, date.min)) == sums


@given(BOOKS)
def test_categories_partition_the_book(book: Book) -> None:
    counts = [
        sum(value.number for key, value in sums_of(book.items()).items() if key.category in measure.categories)
        for measure in GRID
    ]
    assert sum(counts) == len(book)
    assert sorted(one for measure in GRID for one in measure.categories) == sorted(ForecastCategory)


def test_the_named_sums_are_those_of_the_trade() -> None:
    c = ForecastCategory
    assert Measure.COMMIT_FORECAST.categories == {c.CLOSED, c.COMMIT}
    assert Measure.MOST_LIKELY_FORECAST.categories == {c.CLOSED, c.COMMIT, c.MOST_LIKELY}
    assert Measure.BEST_CASE_FORECAST.categories == {c.CLOSED, c.COMMIT, c.MOST_LIKELY, c.BEST_CASE}
    assert Measure.OPEN_PIPELINE.categories == {c.COMMIT, c.MOST_LIKELY, c.BEST_CASE, c.PIPELINE}
    assert Measure.TOTAL.categories == set(c) - {c.OMITTED}


def test_what_an_opportunity_counts_as_follows_its_end() -> None:
    for stage, category, is_closed in product(RenewalStage, ForecastCategory, (False, True)):
        found = counts_as(stage, category, is_closed=is_closed)
        if stage is RenewalStage.WON:
            assert found is ForecastCategory.CLOSED
        elif is_closed or stage is RenewalStage.LOST:
            assert found is ForecastCategory.OMITTED
        else:
            assert found is not ForecastCategory.CLOSED
            assert found is category or category is ForecastCategory.CLOSED


def test_currencies_are_added_up_apart_and_one_without_a_rate_is_told_not_dropped() -> None:
    found = amount_of(
        [("EUR", Sum(10_000, 1, 0)), ("USD", Sum(15_000, 2, 1)), ("XXX", Sum(70_000, 1, 0)), ("EUR", Sum(3, 1, 0))],
        RATES,
    )
    assert found.base == Decimal("2.58")  # 1.5 + 1.0003 x 1.083333
    assert (found.count, found.unvalued, found.is_mixed) == (5, 1, True)
    assert [(one.currency, one.amount, one.count, one.base) for one in found.originals] == [
        ("USD", Decimal("1.50"), 2, Decimal("1.50")), ("EUR", Decimal("1.0003"), 2, Decimal("1.08")),
        ("XXX", Decimal("7.00"), 1, None),
    ]  # fmt: skip
    assert [one.currency for one in found.without_rate] == ["XXX"]


def test_nothing_comes_to_nothing() -> None:
    found = amount_of([], RATES)
    assert (found.base, found.count, found.originals, found.is_mixed) == (Decimal("0.00"), 0, (), False)
    assert base_of({}, Rates("JPY", {})) == 0


def test_several_currencies_are_rounded_once_together() -> None:
    found = amount_of([("JPY", Sum(10_000, 1, 0)), ("EUR", Sum(10_031, 1, 0))], RATES)
    assert [one.base for one in found.originals] == [Decimal("1.09"), Decimal("0.01")]
    assert found.base == Decimal("1.09")  # 1.0866913 + 0.0066777
