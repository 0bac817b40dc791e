"""What the rep chose on a worksheet as JSON and back, amounts and shares as text."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from callstation.quotes.money import exact
from callstation.quotes.worksheet import Choices
from db.vocabulary import QuoteOption

Key = TypeVar("Key", str, int)
Value = TypeVar("Value")


def as_json(choices: Choices) -> str:
    """The choices as one line of JSON; the same choices are the same text."""
    with exact():
        said: dict[str, Any] = {
            "option": choices.option.value,
            "quantities": dict(choices.quantities),
            "discount": str(choices.discount),
            "discounts": {key: str(share) for key, share in choices.discounts.items()},
            "prices": {key: str(price) for key, price in choices.prices.items()},
            "add_ons": {str(product_id): units for product_id, units in choices.add_ons.items()},
            "upgrades": dict(choices.upgrades),
            "ends_on": choices.ends_on.isoformat() if choices.ends_on else None,
            "reason": choices.reason,
            "note": choices.note,
        }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Choices:
    """The choices that ``as_json`` wrote; what is not there is as it is owned. ``ValueError`` for anything else."""
    said = json.loads(text)
    if not isinstance(said, Mapping):
        raise ValueError(f"choices are an object, not {type(said).__name__}")
    usual = Choices()
    return Choices(
        option=QuoteOption(said.get("option", usual.option)),
        quantities=_each(said, "quantities", str, _whole),
        discount=_number(said.get("discount", "0")),
        discounts=_each(said, "discounts", str, _number),
        prices=_each(said, "prices", str, _number),
        add_ons=_each(said, "add_ons", int, _whole),
        upgrades=_each(said, "upgrades", str, _whole),
        ends_on=_day(said.get("ends_on")),
        reason=_words(said.get("reason", "")),
        note=_words(said.get("note", "")),
    )


def _each(
    said: Mapping[str, Any], name: str, key: Callable[[str], Key], value: Callable[[Any], Value]
) -> dict[Key, Value]:
    found = said.get(name, {})
    if not isinstance(found, Mapping):
        raise ValueError(f"{name} are an object, not {type(found).__name__}")
    return {key(one): value(other) for one, other in found.items()}


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r} is no whole number")
    return value


def _number(value: Any) -> Decimal:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no number in text")
    try:
        with exact():
            number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"{value!r} is no number") from None
    if not number.is_finite():
        raise ValueError(f"{value!r} is no number")
    return number


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(_words(value))


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value
