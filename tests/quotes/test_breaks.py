"""A line takes the list price of as many units as are typed; agreed, typed and last paid prices stay as they are."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from callstation.app import App
from callstation.quotes.cards import difference, read_quote
from callstation.quotes.catalogue import price_of
from callstation.quotes.options import compare, work_out
from callstation.quotes.reading import read_worksheet
from callstation.quotes.worksheet import Break, Choices, Offer, OwnedLine, PricedLine
from callstation.work import Work
from db.nouns import ContractedPrice, ContractLine, PriceEntry
from db.vocabulary import CoTermMethod, LineKind, QuoteOption
from tests.quotes import shop
from tests.quotes.sheets import offered, owned, sheet_of

D = Decimal
BREAKS = (Break(5, D(120), D(60)), Break(50, D(100), D(55)), Break(200, D("79.9995"), None))
"""Nothing is sold below 5 units."""
OWNED: dict[str, Any] = {"quantity": 10, "unit_list": D(120), "unit_cost": D(60), "breaks": BREAKS}


def oracle(quantity: int) -> tuple[Decimal, Decimal | None] | None:
    """The price and the cost, said a second time and plainly."""
    if quantity < 5:
        return None
    return (D(120), D(60)) if quantity < 50 else (D(100), D(55)) if quantity < 200 else (D("79.9995"), None)


def line_of(line: OwnedLine, quantity: int, option: QuoteOption = QuoteOption.AS_IS, **more: Any) -> PricedLine:
    """The only line of an option for so many units."""
    choices = Choices(quantities={line.key: quantity}, **more)
    return work_out(sheet_of(line), choices, option).lines[0]


@given(quantity=st.one_of(st.integers(1, 500), st.sampled_from([4, 5, 49, 50, 199, 200, 1_000_000])))
def test_every_way_to_renew_is_priced_for_the_units_typed(quantity: int) -> None:
    line, upgrade, extra = owned(**OWNED), offered(50, "c1.1", breaks=BREAKS), offered(70, breaks=BREAKS)
    sheet = sheet_of(line, offers=(upgrade, extra))
    choices = Choices(quantities={"c1.1": quantity}, add_ons={70: quantity})
    expected = oracle(quantity)
    for view in compare(sheet, choices):
        years = 3 if view.option is QuoteOption.THREE_YEARS else 1
        for one in view.lines:
            is_upgrade = view.option is QuoteOption.UPGRADE and one.kind is not LineKind.ADD_ON
            assert one.product_id == (50 if is_upgrade else 70 if one.kind is LineKind.ADD_ON else 1)
            if expected is None:
                assert (one.price_source, one.amount, one.unit_cost) == ("unknown", D(0), None)
                continue
            amount, cost = expected
            assert (one.price_source, one.unit_list, one.unit_cost) == ("list", amount, cost)
            assert one.amount == one.list_amount == (quantity * amount * years).quantize(D("0.01"), "ROUND_HALF_UP")
            assert one.cost == (None if cost is None else quantity * cost * years)
        if expected is None:
            assert "Quillbase 1 has no price below 5 units." in view.problems or view.option is QuoteOption.UPGRADE
            assert "Offer 70 has no price below 5 units." in view.problems
        else:
            assert view.problems == ()


@pytest.mark.parametrize("quantity", [1, 5, 50, 300])
def test_an_agreed_price_stays_and_the_list_beside_it_is_that_of_the_units(quantity: int) -> None:
    line = line_of(owned(**OWNED, price_source="contracted", contracted=D(90)), quantity)
    amount, cost = oracle(quantity) or (D(90), None)
    assert (line.price_source, line.contracted, line.amount) == ("contracted", D(90), D(90) * quantity)
    assert (line.unit_list, line.unit_cost) == (amount, cost)


@pytest.mark.parametrize("quantity", [5, 50, 300])
def test_a_typed_price_stays_and_is_a_discount_from_the_list_of_the_units(quantity: int) -> None:
    line = line_of(owned(**OWNED), quantity, prices={"c1.1": D(90)})
    assert (line.price_source, line.contracted, line.amount) == ("typed", D(90), D(90) * quantity)
    assert line.unit_list == (oracle(quantity) or (0,))[0]
    view = work_out(
        sheet_of(owned(**OWNED)), Choices(quantities={"c1.1": 300}, prices={"c1.1": D(90)}), QuoteOption.AS_IS
    )
    assert view.discount_total == 0, "90.00 is above the list price of 300"


def test_what_is_typed_is_all_there_is_below_the_first_break() -> None:
    choices = Choices(quantities={"c1.1": 2}, prices={"c1.1": D(90), "a70": D(8)}, add_ons={70: 3})
    view = work_out(sheet_of(owned(**OWNED), offers=(offered(70, breaks=BREAKS),)), choices, QuoteOption.AS_IS)
    assert [(one.price_source, one.unit_list, one.contracted, one.amount) for one in view.lines] == [
        ("typed", D(90), None, D(180)), ("typed", D(8), None, D(24))
    ]  # fmt: skip
    assert view.problems == ()


def test_a_price_of_nothing_is_a_price() -> None:
    line = line_of(owned(**{**OWNED, "breaks": (Break(1, D(5), None), Break(100, D(0), None))}), 100)
    assert (line.price_source, line.amount) == ("list", D(0))


def test_co_termed_by_price_it_is_what_was_paid_for_each_unit_whatever_the_list_says() -> None:
    line = owned(**OWNED, paid=D(1100))
    assert sheet_of(line).policy.co_term is CoTermMethod.BY_PRICE
    found = line_of(line, 60, QuoteOption.CO_TERM)
    assert (found.price_source, found.amount, found.unit_list) == ("last_paid", D(6600), D(100))


# -- on a store ----------------------------------------------------------------------------------------------------


def broken_list(work: Work) -> int:
    """Halden's 90 seats of Starter, at 120 from one, 100 from 50 and 80 from 200 on; the target's id."""
    target = shop.halden(work)
    for least, amount in ((50, "100"), (200, "80")):
        work.insert(PriceEntry, price_book_id=1, product_id=1, amount=D(amount), min_quantity=least)
    return target


@tuned(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(quantity=st.integers(1, 300), is_agreed=st.booleans(), at=st.sampled_from([1, 49, 50, 90, 250]))
def test_a_quantity_typed_is_priced_as_if_it_were_owned(shelf: App, quantity: int, is_agreed: bool, at: int) -> None:
    def own(work: Work, units: int) -> None:
        work.derive("DELETE FROM contracted_price")
        work.derive("UPDATE contract_line SET quantity = ?", (units,))
        if is_agreed:
            work.insert(ContractedPrice, uid=uuid4().hex, account_id=1, product_id=1, currency="USD",
                        amount=D("9.5"), plan_months=1, created_at=work.now)  # fmt: skip

    shelf.do(own, at)
    typed = work_out(shelf.ask(read_worksheet, 1), Choices(quantities={"c1.1": quantity}), QuoteOption.AS_IS)
    shelf.do(own, quantity)
    assert typed == work_out(shelf.ask(read_worksheet, 1), Choices(), QuoteOption.AS_IS)
    account = 1 if is_agreed else None
    asked = shelf.ask(price_of, 1, currency="USD", on=date(2026, 11, 23), quantity=quantity, account_id=account)
    assert asked is not None
    (line,) = typed.lines
    assert (line.contracted or line.unit_list, line.unit_cost) == (asked.amount, asked.cost)


@pytest.fixture
def shelf(app: App) -> App:
    app.do(broken_list)
    return app


def test_one_price_for_all_is_no_break(app: App) -> None:
    target = app.do(shop.halden)
    sheet = app.ask(read_worksheet, target)
    everything: list[OwnedLine | Offer] = [*sheet.lines, *sheet.offers]
    assert [one.breaks for one in everything] == [()] * 3


def test_a_quote_for_more_units_is_saved_at_their_price_and_is_the_same_when_worked_out_again(shelf: App) -> None:
    saved = shop.save(shelf, 1, Choices(quantities={"c1.1": 250}))
    (line,) = shelf.ask(read_quote, saved.quote_id).lines
    assert (line.unit_list, line.amount) == (D(80), D(20_000))
    assert line.steps[0].words == "250 x 80.00 list price a year"
    assert shelf.ask(difference, saved.quote_id).is_same
    shelf.do(lambda work: work.update(ContractLine, 1, quantity=10))
    assert shelf.ask(difference, saved.quote_id).is_same, "what is owned does not decide what 250 cost"
    shelf.do(lambda work: work.derive("UPDATE price_entry SET min_quantity = 300 WHERE min_quantity = 200"))
    assert [one.words for one in shelf.ask(difference, saved.quote_id).changes] == ["List price 80.00 -> 100.00"]
