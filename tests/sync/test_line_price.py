"""A quote line's price as Salesforce works it out comes to our amount, to the cent."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.sync.line_price import LinePrice, line_price

CENT = Decimal("0.01")


def total(price: LinePrice) -> Decimal:
    """``TotalPrice`` as Salesforce has it: the subtotal to the cent, then the discount, to the cent."""
    with localcontext(Context(prec=60)):
        subtotal = (price.unit_price * price.quantity).quantize(CENT, ROUND_HALF_UP)
        kept = 1 - (price.discount or Decimal(0)) / 100
        return (subtotal * kept).quantize(CENT, ROUND_HALF_UP)


def in_floating_point(price: LinePrice) -> float:
    subtotal = round(float(price.unit_price) * price.quantity, 2)
    return round(subtotal * (1 - float(price.discount or 0) / 100), 2)


@given(
    quantity=st.integers(0, 1_000_000),
    amount=st.integers(0, 10**11).map(lambda cents: Decimal(cents) / 100),
    discount=st.integers(0, 10_000).map(lambda share: Decimal(share) / 10_000),
)
def test_the_total_there_is_our_amount(quantity: int, amount: Decimal, discount: Decimal) -> None:
    found = line_price(quantity, amount, discount)
    assert total(found) == amount
    assert in_floating_point(found) == float(amount)
    assert found.quantity in (1, quantity)


@given(quantity=st.integers(1, 100_000), cents=st.integers(1, 10**7))
def test_seats_stay_where_a_whole_price_makes_the_amount(quantity: int, cents: int) -> None:
    assert line_price(quantity, Decimal(cents * quantity) / 100) == (quantity, Decimal(cents) / 100, None)


@pytest.mark.parametrize(
    ("quantity", "amount", "discount", "expected"),
    [
        (90, "45225.00", "0", (90, Decimal("502.50"), None)),
        (10, "900.00", "0.1", (10, Decimal("100.00"), Decimal("10.00"))),
        (7, "1000.00", "0", (1, Decimal("1000.00"), None)),
        (0, "5.00", "0", (1, Decimal("5.00"), None)),
    ],
)
def test_examples(quantity: int, amount: str, discount: str, expected: tuple[int, Decimal, Decimal | None]) -> None:
    assert line_price(quantity, Decimal(amount), Decimal(discount)) == expected


def test_no_context_of_the_thread_changes_it() -> None:
    usual = line_price(90, Decimal("45225.00"), Decimal("0.125"))
    with localcontext(Context(prec=3, rounding=ROUND_DOWN)):
        assert line_price(90, Decimal("45225.00"), Decimal("0.125")) == usual
