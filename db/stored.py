"""How moments and money are stored: whole microseconds and whole ten-thousandths."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MONEY_SCALE = 10_000
_MICROSECOND = timedelta(microseconds=1)


def to_micros(at: datetime) -> int:
    """An aware moment as whole microseconds since 1970 UTC, the form in which moments are stored."""
    return (at - EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware UTC moment for stored microseconds."""
    return EPOCH + timedelta(microseconds=micros)


def to_units(amount: Decimal) -> int:
    """An amount as whole ten-thousandths of the currency, the form in which money is stored."""
    return int((amount * MONEY_SCALE).to_integral_value(ROUND_HALF_UP))


def from_units(units: int) -> Decimal:
    """The amount for stored ten-thousandths, always with two places or more."""
    return Decimal(units).scaleb(-4).quantize(Decimal("0.01") if units % 100 == 0 else Decimal("0.0001"))
