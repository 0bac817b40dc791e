"""A quote line's price as the CRM works it out: quantity x unit price x (1 - discount), the same to the cent."""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

_CENT = Decimal("0.01")
_NEAR = Decimal("0.004")
"""So near to the cent a product has to come: it is then the same however the CRM rounds, and in floating point."""
_MOST = Decimal("9999999999.99")
"""``Quantity`` has ten digits before the point."""
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)


class LinePrice(NamedTuple):
    """The three numbers of a line there; ``discount`` in per cent, None for none."""

    quantity: int
    unit_price: Decimal
    discount: Decimal | None


def line_price(quantity: int, amount: Decimal, discount: Decimal = Decimal(0)) -> LinePrice:
    """The price that makes the CRM's total our ``amount``; ``discount`` is a share that is in it already.

    With the discount named where that comes out right, else net, else as one piece at the whole amount: the seats are
    in its words then.
    """
    if 0 < quantity <= _MOST and amount > 0:
        per_cent = _CONTEXT.multiply(discount, Decimal(100))
        if 0 < per_cent < 100 and per_cent == _CONTEXT.quantize(per_cent, _CENT):
            kept = _CONTEXT.subtract(Decimal(1), discount)
            unit = _unit(amount, _CONTEXT.multiply(Decimal(quantity), kept))
            gross = _CONTEXT.multiply(unit, Decimal(quantity))
            if _is_exact(_CONTEXT.multiply(gross, kept), amount):
                return LinePrice(quantity, unit, per_cent)
        unit = _unit(amount, Decimal(quantity))
        if _CONTEXT.multiply(unit, Decimal(quantity)) == amount:
            return LinePrice(quantity, unit, None)
    return LinePrice(1, amount, None)


def _unit(amount: Decimal, share: Decimal) -> Decimal:
    return _CONTEXT.quantize(_CONTEXT.divide(amount, share), _CENT)


def _is_exact(product: Decimal, amount: Decimal) -> bool:
    return abs(_CONTEXT.subtract(product, amount)) < _NEAR
