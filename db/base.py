"""What every table shares: constraint names and the column types for moments, money and enums."""

import enum
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
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


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as an integer so that it compares fast and no time zone is lost on the way."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        return to_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_micros(value)


class Money(TypeDecorator[Decimal]):
    """A Decimal amount, kept as an integer so that sums in SQL are exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else to_units(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else from_units(value)


def word(vocabulary: type[enum.Enum]) -> Enum:
    """The column type for one of the vocabulary's enums, stored by its value."""
    return Enum(vocabulary, native_enum=False, length=32, values_callable=lambda kind: [item.value for item in kind])


class Base(DeclarativeBase):
    """The parent of every noun."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: Any = {datetime: UtcDateTime(), Decimal: Money()}
