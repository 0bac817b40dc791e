"""What holds for every worksheet and every choice: nothing raises, sums add, and only the factors decide."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from callstation.quotes import approval, coterm, money, option_lines, option_sums, options, pricing, proration, terms
from callstation.quotes.choices import as_json, from_json
from callstation.quotes.money import exact, minor_digits
from callstation.quotes.months import days_in
from callstation.quotes.options import compare, work_out
from callstation.quotes.pricing import amount_of, explain, factors_of
from callstation.quotes.worksheet import Choices, OptionView, Policy, Worksheet
from db.vocabulary import CoTermMethod, LineKind, QuoteOption
from tests.quotes.sheets import (
    choices,
    far_days,
    hostile,
    odd_numbers,
    offered,
    owned,
    prices,
    shares,
    sheet_of,
    worksheets,
)

FEWER = settings(max_examples=50)


def forget() -> None:
    """Work everything out anew: nothing remembered from a calmer context."""
    for module in (approval, coterm, money, option_lines, option_sums, options, pricing, proration, terms):
        for found in vars(module).values():
            if hasattr(found, "cache_clear"):
                found.cache_clear()


@settings(max_examples=300)
@given(worksheets(), choices(odd_numbers))
def test_comparing_never_raises_and_gives_the_four_options_in_order(sheet: Worksheet, chosen: Choices) -> None:
    found = compare(sheet, chosen)
    assert [view.option for view in found] == list(QuoteOption)
    assert all(view.title and view.about and view.approval.words for view in found)


@given(worksheets(), choices())
def test_totals_are_the_sums_of_rounded_lines(sheet: Worksheet, chosen: Choices) -> None:
    for view in compare(sheet, chosen):
        _check_sums(view, sheet)


def _check_sums(view: OptionView, sheet: Worksheet) -> None:
    with exact():
        assert view.total == sum((line.amount for line in view.lines), Decimal(0))
        assert view.list_total == sum((line.list_amount for line in view.lines), Decimal(0))
        assert 0 <= view.growth <= view.total
        assert view.discount_total >= 0
        assert 0 <= view.discount <= 1
    for line in view.lines:
        assert line.quantity > 0
        assert line.amount >= line.fee >= 0
        assert max(-line.amount.as_tuple().exponent, 0) == minor_digits(sheet.currency)  # type: ignore[operator]
        assert line.steps[-1].amount == line.amount


@given(worksheets(), choices())
def test_every_line_can_be_made_again_from_what_a_store_keeps(sheet: Worksheet, chosen: Choices) -> None:
    for view in compare(sheet, chosen):
        for line in view.lines:
            for kept in (line.unit_list, line.contracted, line.uplift, line.discount, line.unit_cost):
                assert kept is None or Fraction(kept) * 10_000 == int(Fraction(kept) * 10_000)
            assert amount_of(factors_of(line), sheet.currency) == line.amount
            assert explain(factors_of(line), sheet.currency) == line.steps


@given(worksheets(), choices(odd_numbers))
def test_no_decimal_context_changes_a_digit_or_a_word(sheet: Worksheet, chosen: Choices) -> None:
    forget()
    calm = compare(sheet, chosen)
    with hostile():
        forget()
        stormy = compare(sheet, chosen)
    assert repr(stormy) == repr(calm)


@FEWER
@given(worksheets(), choices())
def test_what_is_remembered_is_what_would_be_worked_out(sheet: Worksheet, chosen: Choices) -> None:
    compare(sheet, Choices())
    remembered = compare(sheet, chosen)
    forget()
    assert repr(compare(sheet, chosen)) == repr(remembered)


@FEWER
@given(worksheets(), choices(), st.sampled_from(QuoteOption))
def test_one_option_worked_out_is_the_one_compared(sheet: Worksheet, chosen: Choices, option: QuoteOption) -> None:
    assert work_out(sheet, chosen, option) == dict(zip(QuoteOption, compare(sheet, chosen), strict=True))[option]


@FEWER
@given(worksheets(), choices())
def test_choices_from_json_give_the_same_sums(sheet: Worksheet, chosen: Choices) -> None:
    assert compare(sheet, from_json(as_json(chosen))) == compare(sheet, chosen)


@given(worksheets(), choices())
def test_one_unknown_cost_makes_every_margin_of_its_option_unknown(sheet: Worksheet, chosen: Choices) -> None:
    for view in compare(sheet, chosen):
        is_unknown = any(line.unit_cost is None for line in view.lines)
        assert (view.cost_total is None) == (is_unknown or not view.lines)
        if view.cost_total is None:
            assert view.margin is None
        elif view.margin is not None:
            assert abs(Fraction(view.margin) - (1 - Fraction(view.cost_total) / Fraction(view.total))) <= Fraction(
                1, 9999
            )


@FEWER
@given(worksheets(), choices(), shares, shares)
def test_a_larger_discount_costs_no_more_and_none_takes_nothing(
    sheet: Worksheet, chosen: Choices, one: Decimal, other: Decimal
) -> None:
    small, large = sorted((one, other))
    for less, more in zip(
        compare(sheet, replace(chosen, discount=small)), compare(sheet, replace(chosen, discount=large)), strict=True
    ):
        assert more.total <= less.total
    for view in compare(sheet, replace(chosen, discount=Decimal(0), discounts={}, prices={})):
        assert view.discount_total == 0
        assert view.approval.is_within


@FEWER
@given(worksheets(), choices(), st.integers(1, 1000))
def test_more_units_cost_no_less_where_their_price_does_not_fall_with_them(
    sheet: Worksheet, chosen: Choices, more: int
) -> None:
    if not sheet.lines or sheet.policy.co_term is CoTermMethod.BY_LICENCE_DAYS:
        return  # by licence-days more units also move the end, and with it the add-ons
    sheet = replace(
        sheet, lines=tuple(replace(one, breaks=()) for one in sheet.lines),
        offers=tuple(replace(one, breaks=()) for one in sheet.offers),
    )  # fmt: skip
    key = sheet.lines[0].key
    units = max(chosen.quantities.get(key, sheet.lines[0].quantity), 1)
    few, many = (
        compare(sheet, replace(chosen, quantities={**chosen.quantities, key: count})) for count in (units, units + more)
    )
    assert all(one.total <= other.total for one, other in zip(few, many, strict=True))


@FEWER
@given(worksheets(), choices(), far_days, far_days)
def test_a_later_end_costs_no_less(sheet: Worksheet, chosen: Choices, one: date, other: date) -> None:
    less, more = (
        work_out(sheet, replace(chosen, ends_on=end, add_ons={}), QuoteOption.CO_TERM).total
        for end in sorted((one, other))
    )
    assert less <= more


ENDED_TWICE = sheet_of(
    owned(starts_on=None, ends_on=date(2026, 3, 29), plan_months=1), offers=(offered(70),),
    policy=Policy(is_backdated=True),
)  # fmt: skip
"""A month that ended in March, renewed from then on: its new term ends before today as well."""


@example(ENDED_TWICE, Choices(add_ons={70: 1}, ends_on=date(2026, 4, 1)))
@given(worksheets(), choices())
def test_terms_begin_after_the_old_end_or_today_and_never_end_before_they_begin(
    sheet: Worksheet, chosen: Choices
) -> None:
    old_ends = {line.key: line.ends_on for line in sheet.lines}
    for view in compare(sheet, chosen):
        for line in view.lines:
            assert days_in(line.starts_on, line.ends_on) > 0
            assert line.kind is LineKind.ADD_ON or line.starts_on > old_ends[line.key]
            assert view.starts_on is not None
            assert view.ends_on is not None
            assert view.starts_on <= line.starts_on
            assert line.ends_on <= view.ends_on


@given(st.integers(1, 500), prices, st.sampled_from(QuoteOption))
def test_without_uplift_discount_and_proration_a_line_is_units_times_price(
    units: int, price: Decimal, option: QuoteOption
) -> None:
    sheet = sheet_of(owned(quantity=units, unit_list=price))
    years = 3 if option is QuoteOption.THREE_YEARS else 1
    exactly = units * Fraction(price) * years
    assert Fraction(work_out(sheet, Choices(), option).total) == Fraction(int(exactly * 100 + Fraction(1, 2)), 100)


@FEWER
@given(worksheets(), choices())
def test_co_termed_lines_end_together(sheet: Worksheet, chosen: Choices) -> None:
    view = work_out(sheet, chosen, QuoteOption.CO_TERM)
    assert len({line.ends_on for line in view.lines}) <= 1
