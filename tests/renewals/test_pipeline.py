"""The pipeline against plain Python over generated books: every filter, order and sum, and what many changes do."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
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
    FAMILIES,
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


_some = st.lists
_FILTERS = st.builds(
    Filter, standing=st.sampled_from(Standing), is_growth=st.sampled_from((None, None, True, False)),
    stages=_some(st.sampled_from(RenewalStage), max_size=2).map(tuple),
    categories=_some(st.sampled_from(ForecastCategory), max_size=2).map(tuple),
    closes_from=st.sampled_from((None, None, TODAY, date(2026, 11, 1), date(2026, 12, 1))),
    closes_to=st.sampled_from((None, None, date(2026, 12, 31), date(2027, 3, 1))),
    families=_some(st.sampled_from(FAMILIES), max_size=1).map(tuple),
    segments=_some(st.sampled_from(("small", "mid-market", "")), max_size=1).map(tuple),
    currencies=_some(st.sampled_from(("USD", "CHF")), max_size=1).map(tuple), is_incomplete=st.booleans(),
    silent_days=st.sampled_from((None, None, 0, 7, 30)), is_slipped=st.booleans(),
    text=st.sampled_from(("", "", "halden", "C-1", "Growth 1", "mail suite", "100%_!", "...")),
)  # fmt: skip


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


def _begins(said: str, number: str) -> bool:
    return number.casefold().startswith(said)


def keys_wanted(book: Book, made: dict[Key, Made], wanted: Filter) -> set[Key]:
    numbers = {id(one): number for number, one in enumerate(book.made)}
    return {key for key, one in made.items() if is_wanted(book, key, one, numbers[id(one)], wanted)}


@EXAMPLES
@given(book=books, wanted=_FILTERS)
def test_a_filter_keeps_and_adds_up_what_plain_python_does(empty_store: Path, book: Book, wanted: Filter) -> None:
    with opened(empty_store, book) as (app, made):
        found, kept = app.ask(pipeline_keys, wanted), keys_wanted(book, made, wanted)
        assert len(found) == len(set(found))
        assert set(found) == kept
        sums = app.ask(pipeline_sums, wanted)
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
@given(book=books, order=st.sampled_from(ORDERS), is_descending=st.booleans(), is_long=st.booleans())
def test_each_order_sorts_all_of_it_windows_agree_and_what_has_nothing_comes_last(
    empty_store: Path, book: Book, order: str, is_descending: bool, is_long: bool
) -> None:
    with opened(empty_store, book) as (app, made), pytest.MonkeyPatch.context() as patch:
        everything = Filter(standing=Standing.ALL)
        whole = app.ask(pipeline_keys, everything, order=order, is_descending=is_descending)
        assert set(whole) == set(made)
        if is_long:  # the walk along the names that very many rows are found by
            patch.setattr(asked, "LONG", 3)
        pages = [
            key
            for offset in range(0, len(whole), 3)
            for key in app.ask(
                pipeline_keys, everything, order=order, is_descending=is_descending, offset=offset, limit=3
            )
        ]
        assert pages == whole
        rows = app.ask(pipeline_rows, whole)
        ranked = [measure_of(order, row) for row in rows]
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
@given(book=books, wanted=_FILTERS)
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


@given(wanted=_FILTERS, ids=st.lists(st.integers(1, 99), max_size=3))
def test_a_filter_survives_being_kept(wanted: Filter, ids: list[int]) -> None:
    wanted = replace(wanted, partner_ids=tuple(ids), account_id=ids[0] if ids else None)
    if wanted.closes_from and wanted.closes_to and wanted.closes_from > wanted.closes_to:
        wanted = replace(wanted, closes_from=None)
    assert asked.from_json(asked.to_json(wanted)) == wanted


def test_every_field_of_a_filter_can_be_kept() -> None:
    whole = Filter(
        Standing.ALL, True, (RenewalStage.WON,), (ForecastCategory.COMMIT,), TODAY, TODAY, (1,), 2, ("Mail",),
        ("small",), ("EUR",), True, 7, True, "x",
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


def test_an_unknown_order_is_refused(app: App) -> None:
    with pytest.raises(UserError, match="cannot be sorted"):
        app.ask(pipeline, order="colour")


def test_an_empty_book_has_an_empty_pipeline(app: App) -> None:
    page = app.ask(pipeline)
    assert (page.rows, page.sums.count, page.sums.renewals) == ((), 0, Total())
    assert {column.count for column in app.ask(board)} == {0}


def test_a_close_in_the_small_hours_belongs_to_the_day_before(app: App, clock: ManualClock) -> None:
    from callstation.renewals.growth import make_growth, win_growth
    from tests import factories

    account_id = app.do(factories.account)
    growth_id = app.do(make_growth, account_id, currency="USD")
    clock.jump(datetime.fromisoformat("2026-12-01T03:59:00-05:00"))
    app.do(win_growth, growth_id)
    november = Filter(standing=Standing.ALL).in_month(date(2026, 11, 1))
    assert [row.close_on for row in app.ask(pipeline, november).rows] == [date(2026, 11, 30)]
    assert app.ask(pipeline_keys, Filter(standing=Standing.ALL).in_month(date(2026, 12, 1))) == []
