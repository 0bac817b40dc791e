"""What every table shares: constraint names and the column types for moments, money and enums."""

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Enum, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from db.stored import from_days, from_micros, from_units, to_days, to_micros, to_units

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


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


class Days(TypeDecorator[date]):
    """A day, kept as an integer where there are very many of them; everywhere else a day is its ISO text."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        return None if value is None else to_days(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        return None if value is None else from_days(value)


def word(vocabulary: type[enum.Enum]) -> Enum:
    """The column type for one of the vocabulary's enums, stored by its value."""
    return Enum(vocabulary, native_enum=False, length=32, values_callable=lambda kind: [item.value for item in kind])


class Base(DeclarativeBase):
    """The parent of every noun."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: Any = {datetime: UtcDateTime(), Decimal: Money()}
