"""How moments, money and the days of snapshots are stored: microseconds, ten-thousandths and days, all whole."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MONEY_SCALE = 10_000
_FIRST_DAY = EPOCH.toordinal()
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


def to_days(on: date) -> int:
    """A day as whole days since 1970, the form in which snapshots keep it: a third of the bytes of its text."""
    return on.toordinal() - _FIRST_DAY


def from_days(days: int) -> date:
    """The day for stored days."""
    return date.fromordinal(days + _FIRST_DAY)
