"""The four ways to renew: each with its terms, its sums and its words, by examples worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from callstation.quotes.option_lines import price_key
from callstation.quotes.options import compare, work_out
from callstation.quotes.worksheet import Choices, OptionView, Policy, SumStep, Worksheet
from db.vocabulary import CoTermMethod, LineKind, Proration, QuoteOption
from tests.quotes.sheets import TODAY, offered, owned, sheet_of

HALF_YEAR = {"starts_on": date(2026, 7, 4), "ends_on": date(2026, 12, 31)}
LATER = owned(2, ends_on=date(2027, 3, 31), starts_on=date(2026, 4, 1), quantity=5)


def view(sheet: Worksheet, option: QuoteOption, choices: Choices | None = None) -> OptionView:
    return work_out(sheet, choices or Choices(), option)


def ends(found: OptionView) -> list[date]:
    return [line.ends_on for line in found.lines]


def test_as_is_each_line_renews_for_its_own_last_term() -> None:
    found = view(sheet_of(owned(1), owned(2, **HALF_YEAR), owned(3, starts_on=None)), QuoteOption.AS_IS)
    assert ends(found) == [date(2027, 12, 31), date(2027, 6, 30), date(2027, 12, 31)]
    assert [line.multiplier_words for line in found.lines] == ["1 year", "181 of 365 days", "1 year"]
    assert (found.starts_on, found.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))


def test_co_termed_all_lines_end_with_the_one_that_would_end_last() -> None:
    found = view(sheet_of(owned(1), LATER), QuoteOption.CO_TERM)
    assert ends(found) == [date(2028, 3, 31)] * 2
    assert found.about == "All contracts end together on 31 Mar 2028, at the price of their last term by the day."


def test_the_trades_example_of_co_terming_by_price_comes_out_in_a_quote() -> None:
    line = owned(1, **HALF_YEAR, quantity=7, paid=Decimal(6000), contract_uplift=Decimal("0.1"))
    end = date(2027, 1, 1) + timedelta(days=305)
    found = view(sheet_of(line), QuoteOption.CO_TERM, Choices(ends_on=end))
    assert found.total == Decimal("11158.01")
    assert found.lines[0].steps == (
        SumStep("6,000.00 / 181 days x 306 days", Decimal("10143.646409")),
        SumStep("x 1.1 uplift", Decimal("11158.01105")),
        SumStep("rounded to 0.01", Decimal("11158.01")),
    )
    half = view(sheet_of(line), QuoteOption.CO_TERM, Choices(ends_on=end, quantities={"c1.1": 14}))
    assert half.total == Decimal("22316.02")
    assert half.lines[0].steps[0].words == "6,000.00 / 181 days x 306 days x 14 of 7 units"


def test_co_terming_by_price_shows_the_list_price_and_counts_the_cost_by_the_day() -> None:
    line = owned(1, paid=Decimal(800), unit_cost=Decimal(60))
    found = view(sheet_of(line), QuoteOption.CO_TERM, Choices(ends_on=date(2027, 7, 2)))
    assert (found.list_total, found.cost_total, found.total) == (
        Decimal("501.37"), Decimal("300.82"), Decimal("401.10"),
    )  # fmt: skip


def test_co_terming_by_price_follows_an_agreed_price_where_there_is_one_and_the_list_where_nothing_was_paid() -> None:
    end = Choices(ends_on=date(2027, 12, 31))
    agreed = owned(1, paid=Decimal(5), contracted=Decimal(90), price_source="contracted")
    assert view(sheet_of(agreed), QuoteOption.CO_TERM, end).total == 900
    assert view(sheet_of(owned(1, paid=Decimal(0))), QuoteOption.CO_TERM, end).total == 1000
    assert view(sheet_of(owned(1, paid=Decimal(5), starts_on=None)), QuoteOption.CO_TERM, end).total == 1000
    typed = replace(end, prices={"c1.1": Decimal(95)})
    assert view(sheet_of(owned(1, paid=Decimal(5))), QuoteOption.CO_TERM, typed).total == 950


def test_co_terming_by_price_needs_no_list_price() -> None:
    unknown = owned(1, paid=Decimal(730), price_source="unknown", unit_list=Decimal(0))
    found = view(sheet_of(unknown), QuoteOption.CO_TERM)
    assert (found.total, found.problems) == (Decimal(730), ())
    typed = view(sheet_of(unknown), QuoteOption.CO_TERM, Choices(prices={"c1.1": Decimal(80)}))
    assert (typed.total, typed.lines[0].price_source) == (Decimal(800), "typed")


def test_licence_days_are_spread_to_one_end_and_each_unit_pays_a_whole_term() -> None:
    sheet = sheet_of(owned(1), LATER, policy=Policy(co_term=CoTermMethod.BY_LICENCE_DAYS))
    found = view(sheet, QuoteOption.CO_TERM)
    # From 25 Nov 2026: 10 units to 31 Dec 2027 (401 days), 5 units to 31 Mar 2028 (492 days): 6470 days / 15.
    assert ends(found) == [TODAY + timedelta(days=432)] * 2
    assert found.about == (
        "All licence-days end together on 31 Jan 2028: (10 x 401 + 5 x 492) / 15 = 431.33, so 432 days."
    )
    assert found.total == 1500
    assert found.lines[0].multiplier_words == "1 year, in licence-days"


def test_the_trades_example_of_licence_days_comes_out_where_new_licences_join_old_ones() -> None:
    line = owned(1, quantity=20, ends_on=TODAY + timedelta(days=45), starts_on=None)
    sheet = sheet_of(line, policy=Policy(co_term=CoTermMethod.BY_LICENCE_DAYS))
    found = view(sheet, QuoteOption.CO_TERM, Choices(quantities={"c1.1": 30}))
    assert "(20 x 45 + 30 x 365) / 30 = 395 days" in found.about


def test_a_typed_end_is_prorated_whatever_the_method() -> None:
    sheet = sheet_of(owned(1), policy=Policy(co_term=CoTermMethod.BY_LICENCE_DAYS))
    found = view(sheet, QuoteOption.CO_TERM, Choices(ends_on=date(2027, 7, 2)))
    assert (found.total, found.about) == (Decimal("501.37"), "All contracts end together on 2 Jul 2027, prorated.")


def test_an_end_before_a_lines_own_is_a_problem_and_leaves_the_line_out() -> None:
    found = view(sheet_of(owned(1), LATER), QuoteOption.CO_TERM, Choices(ends_on=date(2027, 3, 1)))
    assert [line.key for line in found.lines] == ["c1.1"]
    assert found.problems == ("C-2 runs until 31 Mar 2027, beyond the new end.",)


def test_a_contract_without_an_end_has_nothing_to_renew() -> None:
    found = compare(sheet_of(owned(1, ends_on=date.max)), Choices(ends_on=date.max))
    assert {view.problems for view in found} == {("C-1 runs until 31 Dec 9999, beyond the new end.",)}


def test_three_years_are_three_times_a_year_over_any_leap_day() -> None:
    found = view(sheet_of(owned(1), LATER), QuoteOption.THREE_YEARS)
    assert ends(found) == [date(2029, 12, 31), date(2030, 3, 31)]
    assert [line.multiplier for line in found.lines] == [(3, 1), (3, 1)]
    assert found.total == 4500


def test_a_monthly_price_renews_for_twelve_months() -> None:
    found = view(sheet_of(owned(1, plan_months=1, unit_list=Decimal("9.99"))), QuoteOption.AS_IS)
    assert found.lines[0].steps == (
        SumStep("10 x 9.99 list price for 1 month", Decimal("99.90")),
        SumStep("x 12 (1 year)", Decimal("1198.80")),
    )


def test_lines_move_to_the_first_edition_offered_or_the_chosen_one() -> None:
    offers = offered(50, "c1.1"), offered(51, "c1.1", unit_list=Decimal(200)), offered(52, "c9.1")
    sheet = sheet_of(owned(1), LATER, offers=offers)
    found = view(sheet, QuoteOption.UPGRADE)
    assert [(line.kind, line.product_id, line.amount) for line in found.lines] == [
        (LineKind.UPGRADE, 50, Decimal(1500)), (LineKind.RENEWAL, 2, Decimal(500)),
    ]  # fmt: skip
    assert (found.total, found.growth) == (Decimal(2000), Decimal(500))
    assert found.about == "1 of 2 lines move to another edition."
    chosen = view(sheet, QuoteOption.UPGRADE, Choices(upgrades={"c1.1": 51}))
    assert (chosen.lines[0].product_id, chosen.total, chosen.growth) == (51, Decimal(2500), Decimal(1000))
    assert view(sheet, QuoteOption.UPGRADE, Choices(upgrades={"c1.1": 99})).lines[0].product_id == 50


def test_without_another_edition_upgrading_is_as_is_and_says_so() -> None:
    sheet = sheet_of(owned(1))
    upgrade, as_is = view(sheet, QuoteOption.UPGRADE), view(sheet, QuoteOption.AS_IS)
    assert (upgrade.lines, upgrade.total, upgrade.growth) == (as_is.lines, as_is.total, Decimal(0))
    assert upgrade.about == "The catalogue has no other edition of what is owned."


def test_an_upgraded_line_keeps_units_and_discount_but_has_a_price_of_its_own() -> None:
    sheet = sheet_of(owned(1), offers=(offered(50, "c1.1"),))
    choices = Choices(
        quantities={"c1.1": 20}, discounts={"c1.1": Decimal("0.1")}, prices={"c1.1": Decimal(1)}
    )  # fmt: skip
    line = view(sheet, QuoteOption.UPGRADE, choices).lines[0]
    assert (line.key, line.amount, price_key(line)) == ("c1.1", Decimal(2700), "c1.1>50")
    typed = view(sheet, QuoteOption.UPGRADE, Choices(prices={price_key(line): Decimal(140)}))
    assert (typed.total, typed.lines[0].price_source) == (Decimal(1400), "typed")
    assert view(sheet, QuoteOption.AS_IS, Choices(prices={price_key(line): Decimal(140)})).total == 1000


def test_add_ons_are_prorated_to_the_end_of_each_option() -> None:
    sheet = sheet_of(owned(1), LATER, offers=(offered(70), offered(50, "c1.1")))
    as_is, co_term, three, upgrade = compare(sheet, Choices(add_ons={70: 10, 50: 3, 99: 4}))
    for found, days in ((as_is, 456), (co_term, 456), (three, 1186), (upgrade, 456)):
        line = found.lines[-1]
        assert (line.key, line.kind, line.starts_on) == ("a70", LineKind.ADD_ON, date(2027, 1, 1))
        assert (line.ends_on, line.multiplier) == (found.ends_on, (days, 365))
    assert as_is.growth == as_is.lines[-1].amount == Decimal("149.92")
    assert upgrade.growth == Decimal("149.92") + 500


def test_add_ons_stand_in_the_catalogues_order() -> None:
    sheet = sheet_of(owned(1), offers=(offered(72), offered(70), offered(71)))
    found = view(sheet, QuoteOption.AS_IS, Choices(add_ons={70: 1, 71: 1, 72: 1}))
    assert [line.key for line in found.lines] == ["c1.1", "a72", "a70", "a71"]


def test_add_ons_alone_are_co_termed_with_what_is_owned_or_run_for_a_term() -> None:
    sheet = sheet_of(owned(1), offers=(offered(70),))
    found = compare(sheet, Choices(quantities={"c1.1": 0}, add_ons={70: 10}))
    assert [one.ends_on for one in found] == [
        date(2027, 11, 24), date(2026, 12, 31), date(2029, 11, 24), date(2027, 11, 24),
    ]  # fmt: skip
    assert found[1].total == Decimal("12.16")  # 10 x 12 x 37/365
    assert found[1].per_seat_month is not None


def test_an_add_on_beside_a_lapsed_contract_starts_today() -> None:
    sheet = sheet_of(owned(1, ends_on=date(2026, 10, 31), starts_on=None), offers=(offered(70),))
    found = view(sheet, QuoteOption.AS_IS, Choices(add_ons={70: 1}))
    assert [line.starts_on for line in found.lines] == [date(2026, 11, 1), TODAY]


def test_an_add_on_is_discounted_and_priced_by_its_own_key() -> None:
    sheet = sheet_of(owned(1), offers=(offered(70),))
    chosen = Choices(add_ons={70: 10}, discounts={"a70": Decimal("0.5")}, prices={"a70": Decimal(10)})
    line = view(sheet, QuoteOption.AS_IS, chosen).lines[-1]
    assert (line.amount, line.list_amount) == (Decimal(50), Decimal(120))


def test_units_that_are_none_leave_a_line_out_and_nothing_left_is_said() -> None:
    sheet = sheet_of(owned(1), LATER)
    assert view(sheet, QuoteOption.AS_IS, Choices(quantities={"c1.1": 0})).total == 500
    nothing = view(sheet, QuoteOption.AS_IS, Choices(quantities={"c1.1": 0, "c2.1": -3}))
    assert (nothing.lines, nothing.total, nothing.margin, nothing.per_seat_month) == ((), Decimal(0), None, None)
    assert (nothing.starts_on, nothing.ends_on) == (None, None)
    assert nothing.problems == ("Nothing is left to quote.",)
    assert view(sheet_of(), QuoteOption.AS_IS).problems == ("Nothing is up for renewal here.",)


def test_a_price_that_nobody_knows_is_a_problem_until_it_is_typed() -> None:
    sheet = sheet_of(owned(1, price_source="unknown", unit_list=Decimal(0)))
    assert view(sheet, QuoteOption.AS_IS).problems == ("No price is known for Quillbase 1.",)
    typed = view(sheet, QuoteOption.AS_IS, Choices(prices={"c1.1": Decimal(5)}))
    assert (typed.total, typed.problems) == (Decimal(50), ())


def test_the_totals_say_what_the_list_is_and_what_the_discounts_took() -> None:
    line = owned(1, contract_uplift=Decimal("0.05"), unit_cost=Decimal(60))
    found = view(sheet_of(line), QuoteOption.AS_IS, Choices(discount=Decimal("0.1")))
    assert (found.list_total, found.total, found.discount_total, found.discount) == (
        Decimal(1000), Decimal(945), Decimal(105), Decimal("0.1"),
    )  # fmt: skip
    assert found.margin == Decimal("0.3651")


def test_a_fee_is_no_part_of_the_discount() -> None:
    lapsed = owned(1, starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
    found = view(sheet_of(lapsed), QuoteOption.AS_IS, Choices(discount=Decimal("0.1")))
    assert (found.total, found.discount_total, found.discount) == (Decimal(990), Decimal(100), Decimal("0.1"))


def test_a_seat_month_is_weighed_by_seats_and_months() -> None:
    lines = owned(1), owned(2, **HALF_YEAR, quantity=20)
    sheet = sheet_of(*lines, offers=(offered(70),), policy=Policy(proration=Proration.MONTH_UP))
    found = view(sheet, QuoteOption.AS_IS)
    assert found.total == 2000
    assert found.per_seat_month == Decimal("8.33")  # 2000 / (10 x 12 + 20 x 6)
    assert view(sheet, QuoteOption.AS_IS, Choices(add_ons={70: 10})).per_seat_month == Decimal("8.83")


def test_yen_have_no_decimals_in_any_sum() -> None:
    sheet = sheet_of(owned(1, unit_list=Decimal(1001)), currency="JPY", offers=(offered(70),))
    for found in compare(sheet, Choices(discount=Decimal("0.0333"), add_ons={70: 1})):
        assert str(found.total).isdigit()
        assert str(found.lines[0].amount).isdigit()


def test_a_family_renews_line_by_line_in_its_order() -> None:
    found = view(sheet_of(LATER, owned(1)), QuoteOption.AS_IS)
    assert [line.key for line in found.lines] == ["c2.1", "c1.1"]
