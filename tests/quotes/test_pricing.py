"""The price of a line: each factor in its turn, one rounding, and a sum that can be repeated from its words."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from babel.numbers import get_currency_precision, list_currencies
from hypothesis import given
from hypothesis import strategies as st

from callstation.quotes import money
from callstation.quotes.items import Item
from callstation.quotes.options import work_out
from callstation.quotes.pricing import (
    Factors,
    amount_of,
    discount_of,
    explain,
    factors_of,
    price_line,
    undiscounted,
)
from callstation.quotes.proration import Multiplier
from callstation.quotes.worksheet import Choices, Policy, PricedLine, SumStep
from db.vocabulary import QuoteOption
from tests.quotes.sheets import CURRENCIES, hostile, owned, prices, shares, sheet_of

NINETY = Factors(
    90, Decimal("535.56"), 12, "list", None, Decimal("0.05"), Decimal("0.1"), (830, 365), "830 of 365 days", Decimal(0)
)


@st.composite
def factors(draw: st.DrawFn) -> Factors:
    source = draw(st.sampled_from(["list", "contracted", "typed", "last_paid", "unknown"]))
    return Factors(
        draw(st.integers(1, 100_000)), draw(prices), draw(st.sampled_from([1, 12, 36])), source,
        draw(st.none() | prices) if source in ("typed", "contracted") else None, draw(shares), draw(shares),
        (draw(st.integers(0, 20_000)), draw(st.integers(1, 13_140))), "so many days", Decimal(0),
    )  # fmt: skip


def exactly(line: Factors) -> Fraction:
    """The amount before rounding by another road: fractions, and no decimal arithmetic."""
    unit = Fraction(line.unit_list if line.contracted is None else line.contracted)
    return (
        line.quantity * unit * (1 + Fraction(line.uplift)) * (1 - Fraction(line.discount)) * Fraction(*line.multiplier)
    )


def half_up(value: Fraction, digits: int) -> Fraction:
    return Fraction(int(value * 10**digits + Fraction(1, 2)), 10**digits)


def only_line(choices: Choices | None = None, policy: Policy | None = None, **values: Any) -> PricedLine:
    sheet = sheet_of(owned(**values), policy=policy or Policy())
    return work_out(sheet, choices or Choices(), QuoteOption.AS_IS).lines[0]


def test_the_sum_is_printed_step_by_step_to_its_amount() -> None:
    assert explain(NINETY, "USD") == (
        SumStep("90 x 535.56 list price a year", Decimal("48200.40")),
        SumStep("x 1.05 uplift", Decimal("50610.42")),
        SumStep("x 0.9 discount of 10%", Decimal("45549.378")),
        SumStep("x 830/365 (830 of 365 days)", Decimal("103578.037644")),
        SumStep("rounded to 0.01", Decimal("103578.04")),
    )
    assert amount_of(NINETY, "USD") == Decimal("103578.04")


def test_the_reinstatement_fee_is_a_step_of_its_own_and_rounded_by_itself() -> None:
    late = only_line(quantity=1, unit_list=Decimal("100.05"), ends_on=date(2026, 9, 30), starts_on=date(2025, 10, 1))
    assert late.fee == Decimal("10.01")
    assert late.steps == (
        SumStep("1 x 100.05 list price a year", Decimal("100.05")),
        SumStep("+ 10.01 reinstatement fee", Decimal("110.06")),
    )
    assert late.amount == Decimal("110.06")


def test_half_a_cent_is_rounded_up_and_only_once() -> None:
    half = NINETY._replace(quantity=1, unit_list=Decimal("0.0050"), uplift=Decimal(0), discount=Decimal(0))
    assert amount_of(half._replace(multiplier=(1, 1)), "USD") == Decimal("0.01")
    third = half._replace(unit_list=Decimal("0.0149"), multiplier=(1, 1))
    assert amount_of(third, "USD") == Decimal("0.01")


def test_half_a_cent_that_a_third_makes_is_not_lost() -> None:
    half = NINETY._replace(
        quantity=1, unit_list=Decimal("0.0001"), uplift=Decimal(0), discount=Decimal(0), multiplier=(150, 3)
    )
    assert amount_of(half, "USD") == undiscounted(half, "USD") == Decimal("0.01")


def test_the_line_beats_the_contract_and_the_contract_the_policy() -> None:
    policy = Policy(uplift=Decimal("0.03"))
    assert only_line(policy=policy).uplift == Decimal("0.03")
    assert only_line(policy=policy, contract_uplift=Decimal("0.05")).uplift == Decimal("0.05")
    of_line = only_line(policy=policy, contract_uplift=Decimal("0.05"), line_uplift=Decimal(0))
    assert of_line.uplift == 0
    assert of_line.amount == 1000


def test_a_contracted_price_renews_instead_of_the_list_price() -> None:
    line = only_line(contracted=Decimal(80), price_source="contracted")
    assert (line.amount, line.list_amount) == (Decimal(800), Decimal(1000))
    assert line.steps[0].words == "10 x 80.00 contracted price a year"


def test_an_agreement_whose_list_price_is_unknown_counts_as_the_list() -> None:
    line = only_line(contracted=Decimal(80), price_source="unknown", unit_list=Decimal(0))
    assert (line.price_source, line.amount, line.list_amount) == ("contracted", Decimal(800), Decimal(800))


def test_a_typed_price_is_the_price_without_uplift_and_still_shows_the_list() -> None:
    line = only_line(Choices(prices={"c1.1": Decimal(90)}), Policy(uplift=Decimal("0.05")))
    assert (line.amount, line.list_amount, line.price_source) == (Decimal(900), Decimal(1000), "typed")
    assert line.steps[0].words == "10 x 90.00 agreed price a year"
    assert discount_of(factors_of(line)) == Decimal("0.1")
    assert undiscounted(factors_of(line), "USD") == 1000


def test_a_typed_price_and_a_discount_count_together_against_the_list() -> None:
    line = only_line(Choices(prices={"c1.1": Decimal(90)}, discount=Decimal("0.1")))
    assert line.amount == 810
    assert discount_of(factors_of(line)) == Decimal("0.19")


def test_a_price_typed_above_the_list_gives_nothing_away() -> None:
    line = only_line(Choices(prices={"c1.1": Decimal(110)}))
    assert line.amount == 1100
    assert discount_of(factors_of(line)) == 0
    assert undiscounted(factors_of(line), "USD") == 1100


def test_a_price_typed_where_none_is_known_is_the_list() -> None:
    line = only_line(Choices(prices={"c1.1": Decimal(90)}), price_source="unknown", unit_list=Decimal(0))
    assert (line.amount, line.list_amount, line.contracted) == (Decimal(900), Decimal(900), None)
    assert discount_of(factors_of(line)) == 0


def test_factors_are_kept_to_ten_thousandths_so_that_the_store_can_hold_them() -> None:
    line = only_line(Choices(discount=Decimal("0.123456"), prices={"c1.1": Decimal("99.99999")}))
    assert (line.discount, line.contracted) == (Decimal("0.1235"), Decimal("100.0000"))


@pytest.mark.parametrize(("share", "kept"), [("1.5", 1), ("-0.2", 0), ("NaN", 0), ("Infinity", 0)])
def test_a_discount_is_from_nothing_to_everything(share: str, kept: int) -> None:
    assert only_line(Choices(discount=Decimal(share))).discount == kept


@pytest.mark.parametrize("typed", ["-1", "NaN", "1E+30"])
def test_a_price_that_is_none_counts_as_not_typed(typed: str) -> None:
    assert only_line(Choices(prices={"c1.1": Decimal(typed)})).price_source == "list"


@given(factors(), st.sampled_from(CURRENCIES))
def test_the_amount_is_the_exact_product_rounded_half_up_once(line: Factors, currency: str) -> None:
    amount = Fraction(amount_of(line, currency))
    assert amount == half_up(exactly(line), money.minor_digits(currency))


@given(factors(), st.sampled_from(CURRENCIES), st.decimals(0, 1000, places=0))
def test_the_steps_end_in_the_amount(line: Factors, currency: str, fee: Decimal) -> None:
    line = line._replace(fee=fee)
    steps = explain(line, currency)
    assert steps[-1].amount == amount_of(line, currency)
    assert len(str(steps[-1].amount).partition(".")[2]) == money.minor_digits(currency)
    assert all(step.amount.as_tuple().exponent >= -12 for step in steps[:-1])  # type: ignore[operator]


@given(factors(), st.sampled_from(CURRENCIES))
def test_the_words_of_the_sum_are_enough_to_repeat_it(line: Factors, currency: str) -> None:
    if line.price_source == "unknown":
        return
    steps = explain(line, currency)
    first = re.match(r"(\d+) x ([\d,.]+)", steps[0].words)
    assert first is not None
    running = int(first[1]) * Fraction(first[2].replace(",", ""))
    for step in steps[1:]:
        if found := re.match(r"x (\d+(?:\.\d+)?)(?:/(\d+))?", step.words):
            running *= Fraction(found[1]) / int(found[2] or 1)
        else:
            running = half_up(running, money.minor_digits(currency))
            assert step.words == f"rounded to {money.minor_unit(currency)}"
    assert running == Fraction(steps[-1].amount) or abs(running - Fraction(steps[-1].amount)) < Fraction(1, 10**6)


@given(factors(), st.sampled_from(CURRENCIES))
def test_no_decimal_context_changes_a_cent_or_a_word(line: Factors, currency: str) -> None:
    def all_of_it() -> tuple[object, ...]:
        money.number.cache_clear()
        money.factor.cache_clear()
        return (
            amount_of(line, currency), explain(line, currency), undiscounted(line, currency), discount_of(line),
            money.percent(line.discount), money.show(line.unit_list, currency),
            money.in_base(line.unit_list, Decimal("1.0837"), currency),
        )  # fmt: skip

    calm = all_of_it()
    with hostile():
        stormy = all_of_it()
    assert repr(stormy) == repr(calm)


@given(factors(), st.sampled_from(CURRENCIES), st.integers(0, 1000), st.integers(0, 1000))
def test_more_units_and_more_days_never_cost_less(line: Factors, currency: str, units: int, days: int) -> None:
    more = line._replace(quantity=line.quantity + units, multiplier=(line.multiplier[0] + days, line.multiplier[1]))
    assert amount_of(line, currency) <= amount_of(more, currency)


@given(factors(), st.sampled_from(CURRENCIES))
def test_no_uplift_and_no_discount_change_nothing(line: Factors, currency: str) -> None:
    plain = line._replace(uplift=Decimal(0), discount=Decimal(0), multiplier=(1, 1))
    unit = plain.unit_list if plain.contracted is None else plain.contracted
    with money.exact():
        assert amount_of(plain, currency) == money.round_to(plain.quantity * unit, currency)


@given(factors(), st.sampled_from(CURRENCIES))
def test_a_discount_takes_off_what_lies_between(line: Factors, currency: str) -> None:
    before = undiscounted(line, currency)
    assert before >= amount_of(line, currency)
    assert 0 <= discount_of(line) <= 1
    if not line.discount and not line.is_typed_against_list:
        assert before == amount_of(line, currency)


@given(factors(), st.sampled_from(CURRENCIES), shares)
def test_a_priced_line_can_be_made_again_from_its_factors_alone(line: Factors, currency: str, fee: Decimal) -> None:
    sheet_line = work_out(sheet_of(owned()), Choices(), QuoteOption.AS_IS).lines[0]
    item_like = replace(
        sheet_line, quantity=line.quantity, unit_list=line.unit_list, price_source=line.price_source,
        contracted=line.contracted, uplift=line.uplift, discount=line.discount,
    )  # fmt: skip
    made = price_line(
        _item(item_like), date(2027, 1, 1), date(2027, 12, 31), Multiplier(*line.multiplier, "so many days"), currency,
        fee_share=fee,
    )  # fmt: skip
    assert amount_of(factors_of(made), currency) == made.amount
    assert explain(factors_of(made), currency) == made.steps


def _item(line: PricedLine) -> Item:
    return Item(**{name: getattr(line, name) for name in Item._fields})


def test_currencies_have_the_minor_units_of_iso_4217() -> None:
    for currency, digits in {"USD": 2, "EUR": 2, "JPY": 0, "KRW": 0, "KWD": 3, "TND": 3, "CLF": 4, "XXX": 2}.items():
        assert money.minor_digits(currency) == digits
    assert money.round_to(Decimal("1234.5"), "JPY") == 1235
    assert money.round_to(Decimal("0.0005"), "KWD") == Decimal("0.001")


def test_babel_knows_the_same_minor_units_save_where_daily_use_has_dropped_them() -> None:
    for currency in list_currencies():
        assert get_currency_precision(currency) in (money.minor_digits(currency), 0), currency
        if money.minor_digits(currency) != 2 and currency != "IQD":
            assert get_currency_precision(currency) == money.minor_digits(currency), currency


def test_an_amount_has_its_currencys_decimals_and_more_only_where_it_needs_them() -> None:
    assert money.show(Decimal("48200.4"), "USD") == "48,200.40 USD"
    assert money.show(Decimal("0.0375"), "USD") == "0.0375 USD"
    assert money.show(Decimal(1500), "JPY") == "1,500 JPY"
    assert money.show(Decimal("1500.0000"), "KWD") == "1,500.000 KWD"
    assert money.show(Decimal(-5), "EUR") == "-5.00 EUR"


def test_a_total_is_told_in_the_companys_own_currency() -> None:
    assert money.in_base(Decimal("1000.00"), Decimal("1.08375"), "USD") == Decimal("1083.75")
    assert money.in_base(Decimal("1000.00"), Decimal("161.237"), "JPY") == 161237


@pytest.mark.parametrize(
    ("share", "words"), [("0.1", "10%"), ("0.142", "14.2%"), ("0.12345", "12.35%"), ("0", "0%"), ("1", "100%")]
)
def test_a_share_is_told_in_percent(share: str, words: str) -> None:
    assert money.percent(Decimal(share)) == words
