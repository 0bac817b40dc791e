"""What a field takes: a value from JSON or CSV becomes what is stored, or the refusal of the real org."""

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.ids import full_id
from callstation.sync.practice.schema import Field

Coerce = Callable[[Any], Any]
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\Z")
_YES, _NO = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no"})


def coerce(one: Field, known_prefixes: frozenset[str] | None) -> Coerce:
    """The function that takes a value of this field; it raises ``OrgError``.

    Stored forms: text, 0/1, int, float, ``YYYY-MM-DD``, ``YYYY-MM-DDTHH:MM:SS.000+0000``, 18-character ids.
    ``known_prefixes`` are the kinds of id a reference takes, None for any.
    """
    if one.is_id:
        return _reference(one, known_prefixes)
    if one.is_text:
        return _text(one)
    if one.type == "boolean":
        return _flag(one)
    if one.type == "int":
        return _whole(one)
    if one.is_number:
        return _number(one)
    if one.type == "date":
        return _day(one)
    return _moment(one)


def moment_text(at: datetime) -> str:
    """The API's form of a moment, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def bad_type(one: Field, value: object) -> OrgError:
    """The refusal of a value that is no such thing."""
    return OrgError("INVALID_TYPE_ON_FIELD_IN_RECORD", f"{one.label}: value not of required type: {value}", [one.name])


def _shape(kind: str, value: object) -> OrgError:
    what = {bool: "VALUE_BOOLEAN", int: "VALUE_NUMBER_INT", float: "VALUE_NUMBER_FLOAT"}.get(
        type(value), "START_ARRAY" if isinstance(value, list) else "START_OBJECT"
    )
    tail = f" value {value}" if what.startswith("VALUE") else ""
    return OrgError("JSON_PARSER_ERROR", f"Cannot deserialize instance of {kind} from {what}{tail}")


def _text(one: Field) -> Coerce:
    length, name = one.length, one.name
    by_lower = {choice.lower(): choice for choice in one.choices} if one.type == "picklist" else {}
    is_strict, is_email = one.is_restricted and bool(by_lower), one.type == "email"

    def careful(value: Any) -> str | None:
        if type(value) is not str:
            if value is None:
                return None
            raise _shape("string", value)
        text = value.strip()
        if not text:
            return None
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                raise OrgError("JSON_PARSER_ERROR", f"{name} is no well-formed text") from None
        if "\0" in text:
            text = text.replace("\0", "")
        if len(text) > length:
            raise OrgError(
                "STRING_TOO_LONG", f"{one.label}: data value too large: {text} (max length={length})", [name]
            )
        if by_lower:
            known = by_lower.get(text.lower())
            if known is None and is_strict:
                raise OrgError(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    f"{one.label}: bad value for restricted picklist field: {text}",
                    [name],
                )
            return known or text
        if is_email and not _EMAIL.match(text):
            raise OrgError("INVALID_EMAIL_ADDRESS", f"{one.label}: invalid email address: {text}", [name])
        return text

    if is_email:
        return careful
    if by_lower:
        exact = frozenset(one.choices)
        return lambda value: value if type(value) is str and value in exact else careful(value)

    def take(value: Any) -> str | None:
        if type(value) is str:
            text = value.strip()
            if text.isascii() and len(text) <= length and "\0" not in text:
                return text or None
        return careful(value)

    return take


def _flag(one: Field) -> Coerce:
    def take(value: Any) -> int:
        if value is None or value == "":
            return 0
        if isinstance(value, str):
            if value.strip().lower() in _YES:
                return 1
            if value.strip().lower() in _NO:
                return 0
            raise bad_type(one, value)
        if isinstance(value, int) and value in (0, 1):
            return int(value)
        raise _shape("boolean", value)

    return take


def _figure(one: Field, value: Any) -> float | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool | list | dict):
        raise _shape(one.type, value)
    try:
        number = float(value.strip() if isinstance(value, str) else value)
    except (TypeError, ValueError, OverflowError):
        raise bad_type(one, value) from None
    if not math.isfinite(number) or (isinstance(value, str) and "_" in value):
        raise bad_type(one, value)
    return number


def _range(one: Field, value: object) -> OrgError:
    return OrgError(
        "NUMBER_OUTSIDE_VALID_RANGE", f"{one.label}: value outside of valid range on numeric field: {value}", [one.name]
    )


def _whole(one: Field) -> Coerce:
    most = 10 ** (one.precision or 9) - 1

    def take(value: Any) -> int | None:
        if type(value) is int:
            whole = value
        else:
            number = _figure(one, value)
            if number is None:
                return None
            whole = int(number)
            if whole != number:
                raise bad_type(one, value)
        if abs(whole) > most:
            raise _range(one, value)
        return whole

    return take


def _number(one: Field) -> Coerce:
    scale, most = one.scale, float(10 ** ((one.precision or 18) - one.scale))
    step = Decimal(1).scaleb(-scale)

    def take(value: Any) -> float | None:
        number = _figure(one, value)
        if number is None:
            return None
        if abs(number) >= most:
            raise _range(one, value)
        # Half away from zero on the decimal the sender wrote, as money is rounded there.
        return float(Decimal(str(number)).quantize(step, "ROUND_HALF_UP")) if number != int(number) else number

    return take


def _day(one: Field) -> Coerce:
    def take(value: Any) -> str | None:
        if value is None or value == "":
            return None
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if not isinstance(value, str):
            raise _shape("date", value)
        try:
            text = value.strip()
            day = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).date()
        except ValueError:
            raise bad_type(one, value) from None
        return day.isoformat() if 1700 <= day.year <= 4000 else _refuse(bad_type(one, value))

    return take


def _moment(one: Field) -> Coerce:
    def take(value: Any) -> str | None:
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value.strip())
            except ValueError:
                raise bad_type(one, value) from None
        if not isinstance(value, datetime):
            raise _shape("datetime", value)
        return moment_text(value if value.tzinfo else value.replace(tzinfo=UTC))

    return take


def _reference(one: Field, known_prefixes: frozenset[str] | None) -> Coerce:
    seen: dict[str, str] = {}

    def take(value: Any) -> str | None:
        if value is None or value == "":
            return None
        if isinstance(value, str) and value in seen:
            return seen[value]
        if isinstance(value, list | dict):
            raise _shape("reference", value)
        whole = full_id(value)
        if whole is None:
            raise OrgError("MALFORMED_ID", f"{one.label}: id value of incorrect type: {value}", [one.name])
        if known_prefixes is not None and whole[:3] not in known_prefixes:
            raise OrgError("FIELD_INTEGRITY_EXCEPTION", f"{one.label}: id value of incorrect type: {value}", [one.name])
        if len(seen) > 20_000:
            seen.clear()
        seen[str(value)] = whole
        return whole

    return take


def _refuse(error: OrgError) -> str:
    raise error
