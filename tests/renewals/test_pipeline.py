"""The pipeline against plain Python over generated books: every filter, order and sum, and what many changes do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.renewals import pipeline as asked
from callstation.renewals.board import board, cards_of
from callstation.renewals.pipeline import ORDERS, Filter, Key, Standing, Total, pipeline, pipeline_keys, pipeline_sums
from callstation.renewals.pipeline_rows import pipeline_rows
from callstation.settings import Settings
from db.vocabulary import ForecastCategory, RenewalStage
from tests.conftest import MONDAY_MORNING
from tests.renewals.pipelines import (
    FIRST_ACCOUNT,
    FIRST_PARTNER,
    NAMES,
    PARTNERS,
    RATE_LINES,
    RATES,
    SEGMENTS,
    TODAY,
    Book,
    Made,
    books,
    contact_at,
    filters,
    gaps_of,
    rep_day,
    write,
)

NOW = MONDAY_MORNING
EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def opened(empty_store: Path, book: Book) -> Iterator[tuple[App, dict[Key, Made]]]:
    """A store with a generated book in it."""
    with TemporaryDirectory() as folder:
        store = Path(shutil.copy(empty_store, Path(folder) / "callstation.db"))
        own = Settings(time_zone="America/New_York", rates=RATE_LINES)
        app = App(store, settings=own, clock=ManualClock(NOW))
        try:
            made = app.record(write, book)
            yield app, {Key(*key): one for key, one in made.items()}
        finally:
            app.close()


ONE_EACH: tuple[tuple[str, Any], ...] = (
    ("is_growth", True), ("stages", (RenewalStage.QUOTED, RenewalStage.WON)),
    ("categories", (ForecastCategory.COMMIT,)), ("categories", (ForecastCategory.CLOSED,)),
    ("categories", (ForecastCategory.OMITTED, ForecastCategory.PIPELINE)), ("closes_from", TODAY),
    ("closes_to", TODAY), ("families", ("Mail", "")), ("segments", ("small",)), ("currencies", ("EUR", "CHF")),
    ("is_incomplete", True), ("silent_days", 7), ("is_slipped", True), ("text", "mail suite"),
    ("partner_ids", (FIRST_PARTNER,)), ("account_id", FIRST_ACCOUNT),
)  # fmt: skip
ALONE = tuple(Filter(standing=Standing.ALL, **{name: value}) for name, value in ONE_EACH)
"""Every condition on its own."""


def is_wanted(book: Book, key: Key, one: Made, number: int, wanted: Filter) -> bool:
    """The filter in plain Python."""
    closed_at, talked = one.closed_at(NOW), contact_at(book, one, NOW)
    is_lately = closed_at is not None and rep_day(closed_at) >= TODAY - timedelta(days=30)
    stands = {
        Standing.OPEN: one.is_open, Standing.LATELY: one.is_open or is_lately, Standing.CLOSED: not one.is_open,
        Standing.ALL: True,
    }[wanted.standing]  # fmt: skip
    day = one.close_on(NOW)
    return all(
        (
            stands, wanted.is_growth in (None, key.is_growth), not wanted.stages or one.stage in wanted.stages,
            not wanted.categories or one.category in wanted.categories,
            wanted.closes_from is None or day >= wanted.closes_from,
            wanted.closes_to is None or day <= wanted.closes_to,
            not wanted.families or one.family in wanted.families,
            not wanted.segments or (SEGMENTS[one.account] or "") in wanted.segments,
            not wanted.currencies or one.currency in wanted.currencies,
            not wanted.is_incomplete or gaps_of(book, one, NOW), not wanted.is_slipped or one.slips > 0,
            wanted.silent_days is None or talked is None or (TODAY - rep_day(talked)).days > wanted.silent_days,
            _is_named(book, one, number, wanted.text),
            wanted.account_id is None or one.account == wanted.account_id - FIRST_ACCOUNT,
            not wanted.partner_ids or _is_sold(book, one, wanted.partner_ids[0] - FIRST_PARTNER),
        )
    )  # fmt: skip


def _is_named(book: Book, one: Made, number: int, text: str) -> bool:
    """Whether the words stand in the account's name, a contract's number, the product or the title."""
    if not text:
        return True
    if text in ("...", "100%_!"):
        return False
    said = text.casefold()
    if said in NAMES[one.account].casefold():
        return True
    if one.is_growth:
        numbers = [
            f"C-{at}" for at, other in enumerate(book.made) if not other.is_growth and other.account == one.account
        ]
        return said in f"growth {number}" or any(_begins(said, one_number) for one_number in numbers)
    return _begins(said, f"C-{number}") or said in f"{one.family or 'Plain'} suite".casefold()


def _is_sold(book: Book, one: Made, partner: int) -> bool:
    """A renewal by the partner of its contract; growth by whoever sold the account any."""
    if not one.is_growth:
        return one.partner == partner
    return any(not other.is_growth and (other.account, other.partner) == (one.account, partner) for other in book.made)


def _begins(said: str, number: str) -> bool:
    return number.casefold().startswith(said)


def keys_wanted(book: Book, made: dict[Key, Made], wanted: Filter) -> set[Key]:
    numbers = {id(one): number for number, one in enumerate(book.made)}
    return {key for key, one in made.items() if is_wanted(book, key, one, numbers[id(one)], wanted)}


@EXAMPLES
@given(book=books, wanted=filters)
def test_a_filter_keeps_and_adds_up_what_plain_python_does(empty_store: Path, book: Book, wanted: Filter) -> None:
    with opened(empty_store, book) as (app, made):
        for one in (wanted, *ALONE):
            found, kept = app.ask(pipeline_keys, one), keys_wanted(book, made, one)
            assert len(found) == len(set(found))
            assert set(found) == kept, one
            sums = app.ask(pipeline_sums, one)
            for is_growth, total in ((False, sums.renewals), (True, sums.growth)):
                check_total(total, [made[key] for key in kept if key.is_growth == is_growth])


def check_total(total: Total, kept: list[Made]) -> None:
    by_currency: dict[str, Decimal] = {}
    for one in kept:
        by_currency[one.currency] = by_currency.get(one.currency, Decimal(0)) + (one.amount or 0)
    assert {one.currency: one.amount for one in total.by_currency} == by_currency
    base = sum((amount * RATES[one] for one, amount in by_currency.items() if one in RATES), Decimal(0))
    assert total.base == base.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert {one.currency for one in total.without_rate} == set(by_currency) - set(RATES)
    assert (total.count, total.unvalued) == (len(kept), sum(one.amount is None for one in kept))


@EXAMPLES
@given(book=books, is_descending=st.booleans(), is_long=st.booleans())
def test_each_order_sorts_all_of_it_windows_agree_and_what_has_nothing_comes_last(
    empty_store: Path, book: Book, is_descending: bool, is_long: bool
) -> None:
    everything = Filter(standing=Standing.ALL)
    with opened(empty_store, book) as (app, made), pytest.MonkeyPatch.context() as patch:
        if is_long:  # the walk along the names by which very many are sorted
            patch.setattr(asked, "LONG", 4)
        for order in ORDERS:
            how: dict[str, Any] = {"order": order, "is_descending": is_descending}
            whole = app.ask(pipeline_keys, everything, **how)
            assert set(whole) == set(made)
            pages = [app.ask(pipeline_keys, everything, offset=at, limit=3, **how) for at in range(0, len(whole), 3)]
            assert [key for page in pages for key in page] == whole
            ranked = [measure_of(order, row) for row in app.ask(pipeline_rows, whole)]
            some = [one for one in ranked if one is not None]
            assert ranked == [*some, *[None] * (len(ranked) - len(some))]
            assert some == sorted(some, reverse=is_descending)


def measure_of(order: str, row: asked.PipelineRow) -> Any:
    """What a row is sorted by, None for nothing."""
    return {
        "account": row.account.lower().replace("&", "and"), "title": row.number or row.title,
        "partner": row.partner.lower() or None,
        "stage": list(RenewalStage).index(row.stage), "category": list(ForecastCategory).index(row.category),
        "amount": None if row.base is None or row.amount is None else row.amount * RATES[row.currency],
        "currency": row.currency, "closes": row.close_on, "due": row.due_on, "next_step": row.next_step or None,
        "contact": row.last_contact_at, "slips": row.slips, "gaps": len(row.gaps),
        "quote": row.quote_status,
    }[order]  # fmt: skip


@EXAMPLES
@given(book=books)
def test_a_row_says_what_was_put_down(empty_store: Path, book: Book) -> None:
    with opened(empty_store, book) as (app, made):
        for row in app.ask(pipeline_rows, list(made)):
            one = made[row.key]
            talked = contact_at(book, one, NOW)
            assert (row.account, row.stage, row.category, row.amount, row.currency, row.slips) == (
                NAMES[one.account], one.stage, one.category, one.amount, one.currency, one.slips,
            )  # fmt: skip
            assert (row.close_on, row.is_open, row.gaps) == (one.close_on(NOW), one.is_open, gaps_of(book, one, NOW))
            assert row.silent_days == (None if talked is None else (TODAY - rep_day(talked)).days)
            if not one.is_growth:
                assert row.partner == ("" if one.partner is None else PARTNERS[one.partner])
            assert row.families == ((one.family,) if one.family else ())


@EXAMPLES
@given(book=books, wanted=filters)
def test_stages_partition_the_board_and_categories_partition_the_sums(
    empty_store: Path, book: Book, wanted: Filter
) -> None:
    with opened(empty_store, book) as (app, _):
        columns = app.ask(board, wanted, cards=2)
        sums = app.ask(pipeline_sums, wanted)
        assert sum(column.count for column in columns) == sums.count
        for is_growth in (False, True):
            parts = [column.growth if is_growth else column.renewals for column in columns]
            assert added(parts) == added([sums.growth if is_growth else sums.renewals])
        for column in columns:
            assert len(column.cards) == min(2, column.count)
            more = app.ask(cards_of, column.stage, wanted, limit=100)
            assert more[: len(column.cards)] == column.cards
            assert [card.close_on for card in more] == sorted(card.close_on for card in more)
        if not wanted.categories:
            by_category = [app.ask(pipeline_sums, replace(wanted, categories=(one,))) for one in ForecastCategory]
            assert sum(one.count for one in by_category) == sums.count
            assert added([one.renewals for one in by_category]) == added([sums.renewals])
            assert added([one.growth for one in by_category]) == added([sums.growth])


def added(totals: list[Total]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for total in totals:
        for one in total.by_currency:
            found[one.currency] = found.get(one.currency, Decimal(0)) + one.amount
    return found


def test_an_unknown_order_is_refused(app: App) -> None:
    with pytest.raises(UserError, match="cannot be sorted"):
        app.ask(pipeline, order="colour")


def test_an_empty_book_has_an_empty_pipeline(app: App) -> None:
    page = app.ask(pipeline)
    assert (page.rows, page.sums.count, page.sums.renewals) == ((), 0, Total())
    assert {column.count for column in app.ask(board)} == {0}


def test_a_close_in_the_small_hours_belongs_to_the_day_before(app: App, clock: ManualClock) -> None:
    from callstation.renewals.changing import change_many
    from callstation.renewals.growth import make_growth
    from tests import factories

    account_id = app.do(factories.account)
    growth_id = app.do(make_growth, account_id, currency="USD")
    clock.jump(datetime.fromisoformat("2026-12-01T03:59:00-05:00"))
    app.do(change_many, [Key(True, growth_id)], stage=RenewalStage.WON)
    november = Filter(standing=Standing.ALL).in_month(date(2026, 11, 1))
    assert [row.close_on for row in app.ask(pipeline, november).rows] == [date(2026, 11, 30)]
    assert app.ask(pipeline_keys, Filter(standing=Standing.ALL).in_month(date(2026, 12, 1))) == []
