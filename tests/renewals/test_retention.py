"""Retention beside a second reckoning in plain Python, over generated books; and what must never be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.renewals.closed import closed_in
from callstation.renewals.due_cells import TOTAL
from callstation.renewals.due_list import Part, due_rows
from callstation.renewals.due_sql import By, Of
from callstation.renewals.retained import Lateness, Retention, lateness_of
from callstation.renewals.retention import DueTable, due_in
from callstation.renewals.won_for import per_year, per_year_sql
from callstation.settings import Settings
from callstation.work import Work
from db.vocabulary import LossReason, RenewalStage
from tests.renewals import due_books
from tests.renewals.due_books import FAMILIES, FIRST, LAST, Book, Lot, Sale, books, rep_day

MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
NOON = datetime(2024, 6, 3, 16, 0, tzinfo=UTC)


@pytest.fixture
def app(store: Any, settings: Settings, clock: Any) -> Any:
    opened = App(store, settings=settings.with_values(rates="EUR: 1.08, 2026-11-20"), clock=clock)
    yield opened
    opened.close()


def lot(**values: Any) -> Lot:
    usual = Lot(
        0, None, "Endpoint", "USD", None, date(2024, 5, 31), 12_000_000, 12_000_000, 10, RenewalStage.WON, NOON, None
    )
    return replace(usual, **values)


def asked(app: App, book: Book, by: By = By.YEAR, first: date = FIRST, last: date = LAST) -> DueTable:
    app.record(due_books.write, book)
    return app.ask(due_in, first, last, by=by)


def told(found: Retention) -> dict[str, Any]:
    """The figures of a group as the second reckoning names them."""
    return {
        "due": found.due, "target": found.target, "result": found.result, "kept": found.kept, "growth": found.growth,
        "grr": found.grr, "nrr": found.nrr, "logo": found.logo, "unit": found.unit, "on_time": found.on_time,
        "lateness": {one.value: found.lateness[one] for one in Lateness}, "open": found.open,
        "lost": sum(one.count for one in found.lost),
    }  # fmt: skip


def grown(book: Book, lots: list[Lot], first: date, last: date) -> list[Sale]:
    """Growth closed in the days by accounts with something due in them."""
    accounts = {one.account for one in lots}
    return [one for one in book.sales if first <= rep_day(one.closed) <= last and one.account in accounts]


def due(book: Book, first: date, last: date) -> list[Lot]:
    return [one for one in book.lots if first <= one.due_on <= last]


@MANY
@given(books)
@example(Book(()))
@example(Book((lot(),)))
@example(Book((lot(value=None, amount=None),)))
@example(Book((lot(quoted=((9_000_000, 1_000, False), (9_000_000, 0, True))),)))
def test_the_whole_is_what_a_second_reckoning_finds(app: App, book: Book) -> None:
    some = due(book, FIRST, LAST)
    assert told(asked(app, book).total) == due_books.reckon(some, grown(book, some, FIRST, LAST))


@MANY
@given(books, st.sampled_from([By.MONTH, By.QUARTER, By.YEAR]), st.integers(1, 12))
def test_each_fiscal_period_is_reckoned_by_itself(app: App, book: Book, by: By, starts: int) -> None:
    app.settings = app.settings.with_values(fiscal_year_starts=starts)
    table = asked(app, book, by)
    first, length = FIRST, {By.MONTH: 1, By.QUARTER: 3, By.YEAR: 12}[by]
    for group in table.groups:
        into = (first.month - starts) % length
        month = first.year * 12 + first.month - 1 + length - into
        last = min(date(month // 12, month % 12 + 1, 1) - timedelta(days=1), LAST)
        some = due(book, first, last)
        assert told(group) == due_books.reckon(some, grown(book, some, first, last)), group.name
        first = last + timedelta(days=1)
    assert first == LAST + timedelta(days=1)


KEYS: dict[By, Callable[[Book, Lot], str]] = {
    By.FAMILY: lambda book, one: one.family,
    By.PARTNER: lambda book, one: "" if one.partner is None else str(one.partner + 1),
    By.SEGMENT: lambda book, one: book.segments[one.account],
}


@MANY
@given(books, st.sampled_from(list(KEYS)))
def test_each_product_partner_and_segment_is_reckoned_by_itself(app: App, book: Book, by: By) -> None:
    table = asked(app, book, by)
    for group in table.groups:
        some = [one for one in due(book, FIRST, LAST) if KEYS[by](book, one) == group.key]
        wanted = due_books.reckon(some, [])
        found = told(group)
        for name in ("growth", "nrr"):
            del wanted[name], found[name]
        assert found == wanted, group.name
    assert sum(group.growth for group in table.groups) == pytest.approx(table.total.growth, abs=Decimal("0.05"))


@MANY
@given(books, st.sampled_from(By))
def test_groups_share_out_the_whole(app: App, book: Book, by: By) -> None:
    table = asked(app, book, by)
    for name in ("due", "valued", "renewed", "open", "seats_due", "seats_renewed", "on_time_count"):
        assert sum(getattr(group, name) for group in table.groups) == getattr(table.total, name), name
    whole = table.total
    assert whole.renewed + whole.open + sum(one.count for one in whole.lost) == whole.due
    assert sum(whole.lateness.values()) == whole.renewed


@MANY
@given(books, st.sampled_from(By))
def test_grr_is_never_above_all_and_is_nrr_where_nothing_grew(app: App, book: Book, by: By) -> None:
    for group in (asked(app, book, by).total, *app.ask(due_in, FIRST, LAST, by=by).groups):
        if group.grr is None:
            assert group.target == 0
            assert group.nrr is None
            continue
        assert group.nrr is not None
        assert 0 <= group.grr <= 1
        assert group.grr <= group.nrr
        if group.kept == group.result and not group.growth:
            assert group.grr == group.nrr


@MANY
@given(books)
def test_without_growth_and_dearer_renewals_grr_is_nrr(app: App, book: Book) -> None:
    plain = tuple(replace(one, quoted=(), amount=one.value) for one in book.lots)
    whole = asked(app, Book(plain)).total
    assert whole.grr == whole.nrr


@MANY
@given(books, st.sampled_from(By), st.sampled_from(Part))
def test_every_number_opens_the_contracts_it_counts(app: App, book: Book, by: By, part: Part) -> None:
    table = asked(app, book, by)
    for group in (table.total, *table.groups):
        rows = app.ask(due_rows, FIRST, LAST, by=by, key=group.key, part=part)
        wanted = {
            Part.ALL: group.due, Part.RENEWED: group.renewed, Part.ON_TIME: group.on_time_count, Part.OPEN: group.open,
            Part.LOST: sum(one.count for one in group.lost),
            Part.LATE: group.renewed - group.on_time_count,
            **{Part(one.value): group.lateness[one] for one in Lateness if one is not Lateness.ON_TIME},
        }  # fmt: skip
        assert len(rows) == wanted[part]
        for lost in group.lost:
            some = app.ask(due_rows, FIRST, LAST, by=by, key=group.key, part=Part.LOST, lost=lost)
            assert [row.reason for row in some] == [lost.reason] * lost.count
    everyone = app.ask(due_rows, FIRST, LAST, by=by)
    known = [row for row in everyone if row.target is not None and row.result is not None]
    dollars = {
        name: due_books.in_dollars(
            {currency: int(sum(getattr(row, name) for row in known if row.currency == currency).scaleb(4))
             for currency in {row.currency for row in known}}
        )
        for name in ("target", "result")
    }  # fmt: skip
    assert (dollars["target"], dollars["result"]) == (table.total.target, table.total.result)
    assert sum(row.seats_due or 0 for row in everyone) == table.total.seats_due


@MANY
@given(books, st.sampled_from(By))
def test_what_was_closed_is_another_table(app: App, book: Book, by: By) -> None:
    app.record(due_books.write, book)
    table = app.ask(closed_in, FIRST, LAST, by=by)
    some = [one for one in book.lots if one.closed is not None and FIRST <= rep_day(one.closed) <= LAST]
    won = [one for one in some if one.stage is RenewalStage.WON]
    lost = [one for one in some if one.stage is RenewalStage.LOST]
    assert (table.total.won, table.total.lost) == (len(won), len(lost))
    assert table.total.growth == sum(FIRST <= rep_day(one.closed) <= LAST for one in book.sales)
    sums: dict[str, int] = {}
    for one in won:
        if due_books.target_of(one) is not None:
            sums[one.currency] = sums.get(one.currency, 0) + (due_books.result_of(one) or 0)
    assert table.total.won_value == due_books.in_dollars(sums)
    for name in ("won", "lost", "growth"):
        assert sum(getattr(group, name) for group in table.groups) == getattr(table.total, name)
    rows = app.ask(due_rows, FIRST, LAST, of=Of.CLOSED, by=by)
    assert len(rows) == len(some)


def test_nothing_due_is_no_ratio(app: App) -> None:
    whole = asked(app, Book(())).total
    assert (whole.due, whole.grr, whole.nrr, whole.logo, whole.unit, whole.on_time) == (0, None, None, None, None, None)
    assert [group.name for group in asked(app, Book(()), By.QUARTER).groups] == [
        "FY23 Q4", "FY24 Q1", "FY24 Q2", "FY24 Q3", "FY24 Q4"
    ]  # fmt: skip


def test_a_contract_renewed_for_less_and_one_lost(app: App) -> None:
    less = lot(quoted=((9_000_000, 0, False),))
    gone = lot(stage=RenewalStage.LOST, reason=LossReason.PRICE, account=1)
    whole = asked(app, Book((less, gone))).total
    assert (whole.target, whole.kept, whole.grr) == (Decimal("2400.00"), Decimal("900.00"), Decimal("0.3750"))
    assert (whole.logo, whole.unit) == (Decimal("0.5000"), Decimal("0.3500"))  # 7 units of the quote's line of 20
    assert [(one.reason, one.count, one.value) for one in whole.lost] == [(LossReason.PRICE, 1, Decimal("1200.00"))]


def test_an_upgrade_renews_what_was_due_and_the_rest_is_growth(app: App) -> None:
    dearer = lot(quoted=((30_000_000, 0, True),))
    growth = Sale(0, "Endpoint", "USD", 18_000_000, NOON)
    whole = asked(app, Book((dearer,), (growth,))).total
    assert (whole.grr, whole.nrr) == (Decimal("1.0000"), Decimal("2.5000"))


def test_three_years_count_by_the_year(app: App) -> None:
    three = lot(starts_on=date(2021, 6, 1), value=36_000_000, amount=36_000_000, quoted=((9_000_000, 0, False),))
    whole = asked(app, Book((three,))).total
    assert (whole.target, whole.grr) == (Decimal("1200.00"), Decimal("0.7500"))


def test_a_year_of_a_term_is_the_same_in_sql_to_the_last_digit(app: App) -> None:
    starts = [date(2023, 3, 1) + timedelta(days=50 * number) for number in range(30)]
    spans = [
        (first.isoformat(), (first + timedelta(days=days)).isoformat())
        for first in starts
        for days in (363, 364, 365, 729, 1093, 1094, 1095, 1096)
    ]
    amounts = (0, 1, 2, 3, 4, 5, 100_001, 10**16)

    def in_sql(work: Work) -> list[tuple[Any, ...]]:
        sql = f"SELECT {per_year_sql(work, '?1', '?2', '?3')}"
        return [work.rows(sql, (amount, *span))[0] for span in spans for amount in amounts]

    assert app.ask(in_sql) == [(per_year(amount, *span),) for span in spans for amount in amounts]


def test_growth_of_three_years_counts_by_the_year_and_is_closed_for_as_much(app: App) -> None:
    add_on = Sale(0, "Endpoint", "USD", 18_000_000, NOON, Decimal(36))
    whole = asked(app, Book((lot(),), (add_on,))).total
    assert (whole.growth, whole.nrr) == (Decimal("600.00"), Decimal("1.5000"))
    assert app.ask(closed_in, FIRST, LAST).total.growth_value == Decimal("600.00")


def test_it_can_be_asked_while_other_rows_are_walked(app: App) -> None:
    asked(app, Book((lot(starts_on=date(2021, 6, 1)), lot())))

    def both(work: Work) -> int:
        due_in(work, FIRST, LAST)
        walk = work.each("SELECT id FROM renewal")
        return next(walk)[0] + due_in(work, FIRST, LAST).total.due  # type: ignore[no-any-return]

    assert app.ask(both) == 3


def test_a_currency_without_a_rate_is_counted_and_told_apart(app: App) -> None:
    whole = asked(app, Book((lot(currency="GBP"), lot()))).total
    assert (whole.due, whole.valued, whole.target) == (2, 1, Decimal("1200.00"))
    assert [one.words for one in whole.left_out] == ["1 contract in GBP (1,200.00 a year due): no exchange rate is set"]
    assert whole.originals["GBP"] == (Decimal(1200), Decimal(1200))


def test_growth_of_an_account_with_nothing_due_is_not_retention(app: App) -> None:
    stranger = Sale(1, "Endpoint", "USD", 10_000_000, NOON)
    whole = asked(app, Book((lot(),), (stranger,))).total
    assert (whole.growth, whole.nrr) == (Decimal(0), Decimal("1.0000"))


def test_a_period_that_reaches_beyond_the_span_is_cut(app: App) -> None:
    before, after = (lot(due_on=date(2024, 5, day)) for day in (9, 31))
    early = Sale(0, "Endpoint", "USD", 10_000_000, datetime(2024, 5, 9, 16, tzinfo=UTC))
    (month,) = asked(app, Book((before, after), (early,)), By.MONTH, date(2024, 5, 10), date(2024, 5, 31)).groups
    assert (month.name, month.due, month.growth) == ("May 2024", 1, Decimal(0))


@pytest.mark.parametrize(
    ("late", "bucket"),
    [(-400, "early"), (-31, "early"), (-30, "on_time"), (0, "on_time"), (1, "late_7"), (7, "late_7"), (8, "late_30"),
     (30, "late_30"), (31, "late_90"), (90, "late_90"), (91, "late_more")],
)  # fmt: skip
def test_the_buckets_meet_without_a_gap(late: int, bucket: str) -> None:
    assert lateness_of(late) == bucket


def test_families_are_named_and_what_has_none_says_so(app: App) -> None:
    table = asked(app, Book(tuple(lot(family=one) for one in FAMILIES)), By.FAMILY)
    assert {group.name for group in table.groups} == {"Endpoint", "Backup", "No family"}
    assert TOTAL not in {group.key for group in table.groups}


def test_a_segment_or_family_called_total_is_a_group_like_any_other(app: App) -> None:
    named = Book((lot(),), (Sale(0, "total", "USD", 1_200_000, NOON),), segments=("total", "small"))
    for by, key in ((By.SEGMENT, "total"), (By.FAMILY, "Endpoint")):
        table = asked(app, named, by)
        assert table.total.growth == Decimal(120)
        assert next(group for group in table.groups if group.key == key).due == 1
    assert len(app.ask(due_rows, FIRST, LAST, by=By.SEGMENT, key="total")) == 1
