"""Approval: who may allow which discount, by family, and that unknown costs never look like profit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.quotes.approval import level_for
from callstation.quotes.options import work_out
from callstation.quotes.worksheet import Approval, Choices, OwnedLine, Policy
from db.vocabulary import ApprovalLevel, QuoteOption
from tests.quotes.sheets import owned, shares, sheet_of

FLOORS = Policy().floors["*"]
RANKS = list(ApprovalLevel)


def approval(choices: Choices, *lines: OwnedLine, **policy: object) -> Approval:
    rules = Policy(**policy)  # type: ignore[arg-type]
    return work_out(sheet_of(*(lines or (owned(),)), policy=rules), choices, QuoteOption.AS_IS).approval


@pytest.mark.parametrize(
    ("discount", "level"),
    [
        ("0", "rep"), ("0.1", "rep"), ("0.1001", "lead"), ("0.2", "lead"), ("0.2001", "manager"), ("0.4", "manager"),
        ("0.4001", "director"), ("1", "director"),
    ],
)  # fmt: skip
def test_the_floors_are_the_trades_and_belong_to_the_lower_level(discount: str, level: str) -> None:
    assert level_for(Decimal(discount), FLOORS) == level


def test_within_the_reps_own_floor_nobody_is_asked() -> None:
    assert approval(Choices(discount=Decimal("0.1"))) == Approval(ApprovalLevel.REP, True, "Within your 10%.")
    assert approval(Choices()) == Approval(ApprovalLevel.REP, True, "No discount.")


def test_above_it_the_words_say_what_needs_whom() -> None:
    found = approval(Choices(discount=Decimal("0.142")))
    assert found == Approval(ApprovalLevel.LEAD, False, "14.2% on Quillbase needs the lead (10% is yours).")


def test_the_line_that_needs_the_most_decides() -> None:
    lines = owned(1), owned(2, family="Wayfold"), owned(3)
    found = approval(Choices(discounts={"c1.1": Decimal("0.15"), "c2.1": Decimal("0.45")}), *lines)
    assert found.words == "45% on Wayfold needs the director (10% is yours)."


def test_a_familys_own_floors_beat_the_others() -> None:
    floors = {**Policy().floors, "Wayfold": (Decimal(0), Decimal("0.05"), Decimal("0.1"))}
    lines = owned(1), owned(2, family="Wayfold")
    found = approval(Choices(discount=Decimal("0.08")), *lines, floors=floors)
    assert found == Approval(ApprovalLevel.MANAGER, False, "8% on Wayfold needs the manager (0% is yours).")
    assert approval(Choices(discount=Decimal("0.08")), owned(1), floors=floors).is_within


def test_a_price_typed_below_the_list_is_a_discount() -> None:
    found = approval(Choices(prices={"c1.1": Decimal(75)}))
    assert found.words == "25% on Quillbase needs the manager (10% is yours)."


def test_a_manager_allows_what_a_manager_may() -> None:
    choices = Choices(discount=Decimal("0.3"))
    found = approval(choices, level=ApprovalLevel.MANAGER)
    assert found == Approval(ApprovalLevel.MANAGER, True, "Within your 40%.")
    assert approval(Choices(discount=Decimal(1)), level=ApprovalLevel.DIRECTOR).words == "Yours to allow."


def test_a_product_without_a_family_is_named_itself() -> None:
    found = approval(Choices(discount=Decimal("0.5")), owned(family=""))
    assert found.words.startswith("50% on Quillbase 1 needs the director")


def test_rules_without_a_line_for_all_others_fall_back_on_the_trades() -> None:
    assert approval(Choices(discount=Decimal("0.15")), floors={}).level is ApprovalLevel.LEAD


@given(shares, shares, st.sampled_from(ApprovalLevel))
def test_a_larger_discount_never_needs_less(one: Decimal, other: Decimal, level: ApprovalLevel) -> None:
    small, large = (approval(Choices(discount=share), level=level) for share in sorted((one, other)))
    assert RANKS.index(small.level) <= RANKS.index(large.level)
    assert small.is_within >= large.is_within


@given(shares, shares)
def test_a_discount_typed_as_a_price_needs_the_same_as_one_in_percent(discount: Decimal, more: Decimal) -> None:
    typed = (1 - discount) * 100
    as_price = approval(Choices(prices={"c1.1": typed}, discount=Decimal(0)))
    assert as_price.level == approval(Choices(discount=discount)).level


def test_one_unknown_cost_makes_the_margin_unknown() -> None:
    known = owned(1, unit_cost=Decimal(60))
    view = work_out(sheet_of(known), Choices(), QuoteOption.AS_IS)
    assert (view.cost_total, view.margin) == (Decimal(600), Decimal("0.4"))
    view = work_out(sheet_of(known, owned(2)), Choices(), QuoteOption.AS_IS)
    assert (view.cost_total, view.margin) == (None, None)


def test_a_cost_of_nothing_is_known_and_a_price_of_nothing_has_no_margin() -> None:
    free = owned(unit_cost=Decimal(0))
    assert work_out(sheet_of(free), Choices(), QuoteOption.AS_IS).margin == 1
    assert work_out(sheet_of(free), Choices(discount=Decimal(1)), QuoteOption.AS_IS).margin is None
    below = work_out(sheet_of(owned(unit_cost=Decimal(150))), Choices(), QuoteOption.AS_IS)
    assert below.margin == Decimal("-0.5")
