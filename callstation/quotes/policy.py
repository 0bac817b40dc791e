"""The rules for quotes that the settings hold as text, read: uplift, fee, grace days, floors, exchange rates."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from callstation.errors import UserError

if TYPE_CHECKING:  # the settings are checked at the window's start, with nothing but this module
    from callstation.quotes.worksheet import Policy
    from callstation.settings import Settings

Value = TypeVar("Value")
Floors = tuple[Decimal, Decimal, Decimal]
"""The discounts to which rep, lead and manager decide, as shares."""

_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,9}))?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class ByName(Mapping[str, Value]):
    """Values by name, found however the name's capitals and spaces are written; "*" is there always."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._values = {_key(name): value for name, value in values.items()}

    def __getitem__(self, name: str) -> Value:
        return self._values[_key(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"ByName({self._values!r})"


class Rate(NamedTuple):
    """Units of the own currency for one of another, and of which day; no day for the own currency itself."""

    rate: Decimal
    on: date | None


def policy_of(settings: "Settings") -> "Policy":
    """The rules of the settings; ``UserError`` naming the line that cannot be read."""
    from callstation.quotes.worksheet import Policy
    from db.vocabulary import ApprovalLevel, CoTermMethod, Proration

    return Policy(
        proration=Proration(settings.proration),
        co_term=CoTermMethod(settings.co_term),
        uplift=read_percent(settings.uplift, label="Uplift"),
        reinstatement_fee=read_percent(settings.reinstatement_fee, label="Reinstatement fee"),
        is_backdated=settings.late_start == "backdate",
        grace_days=read_grace_days(settings.grace_days),
        floors=read_floors(settings.floors),
        level=ApprovalLevel(settings.my_level),
        valid_days=settings.quote_valid_days,
    )


def rate_of(settings: "Settings", currency: str) -> Rate | None:
    """What one unit of a currency is worth in the own one; None where the settings have no rate for it."""
    if currency == settings.currency:
        return Rate(Decimal(1), None)
    return read_rates(settings.rates).get(currency)


def read_percent(text: str, *, label: str) -> Decimal:
    """A percentage as a share: "7.5", "7,5 %" are 0.075; nothing is 0. ``UserError`` beyond 0 to 100."""
    share = _share(text) if text.strip() else Decimal(0)
    if share is None:
        raise _unreadable(label, text, "a percentage from 0 to 100", "Write it as 7.5 or 7,5 %.")
    return share


def read_grace_days(text: str) -> ByName[int]:
    """Vendor to the days after a contract's end without a fee; "*" is 30 where no line says otherwise."""

    def read(words: str) -> int | None:
        return int(words) if re.fullmatch(r"\d{1,4}", words) else None

    wanted = "a vendor and its whole number of days"
    return _named(text, {"*": 30}, read, "Grace days", wanted, "Write one a line, such as Quillbase: 14.")


def read_floors(text: str) -> ByName[Floors]:
    """Family to the discounts to which rep, lead and manager decide; "*" is 10, 20, 40 % unless a line says."""

    def read(words: str) -> Floors | None:
        parts = next((found for mark in (r";", r",\s+", r",") if len(found := re.split(mark, words)) == 3), [])
        shares = [share for part in parts if (share := _share(part)) is not None]
        return (shares[0], shares[1], shares[2]) if len(shares) == 3 and shares == sorted(shares) else None

    usual = {"*": (Decimal("0.10"), Decimal("0.20"), Decimal("0.40"))}
    wanted = "a family and three percentages, each at least the one before"
    return _named(text, usual, read, "Discount floors", wanted, "Write one a line, such as Quillbase: 10, 20, 40.")


def read_rates(text: str) -> dict[str, Rate]:
    """Currency to its rate into the own one and the day of that rate."""

    def read(words: str) -> Rate | None:
        number, _, day = (part.strip() for part in words.rpartition(","))
        rate = _number(number.rstrip("; ,"))
        try:
            return Rate(rate, date.fromisoformat(day)) if rate and _DAY.fullmatch(day) else None
        except ValueError:
            return None

    hint = "Write one a line, such as EUR: 1.08, 2026-11-20."
    wanted = "a currency, its rate and the rate's day"
    found = _named(text, {}, read, "Exchange rates", wanted, hint)
    for currency in found:
        if not re.fullmatch(r"[a-z]{3}", currency):
            raise _unreadable("Exchange rates", currency, "a currency's three letters", hint)
    return {currency.upper(): rate for currency, rate in found.items()}


def read_currency(text: str) -> str:
    """The three letters of a currency."""
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise _unreadable("Own currency", text, "a currency's three letters", "Write its ISO code, such as USD or EUR.")
    return text


CHECKS: Mapping[str, Callable[[str], object]] = {
    "uplift": lambda text: read_percent(text, label="Uplift"),
    "reinstatement_fee": lambda text: read_percent(text, label="Reinstatement fee"),
    "grace_days": read_grace_days,
    "floors": read_floors,
    "rates": read_rates,
    "currency": read_currency,
}
"""What reads each setting of the group Quotes that is text; ``UserError`` where it cannot."""


def _named(
    text: str, usual: Mapping[str, Value], read: Callable[[str], Value | None], label: str, wanted: str, hint: str
) -> ByName[Value]:
    """The lines "name: value" of a setting; ``UserError`` with the line that is none, or names a name again."""
    found: dict[str, Value] = {}
    for line in filter(str.strip, text.splitlines()):
        name, _, words = line.rpartition(":")
        value = read(words.strip()) if name.strip() else None
        if value is None:
            raise _unreadable(label, line, wanted, hint)
        if _key(name) in found:
            raise UserError(f"The setting {label} cannot be read.", f"“{name.strip()}” stands there twice.", hint)
        found[_key(name)] = value
    return ByName({**usual, **found})


def _unreadable(label: str, text: str, wanted: str, hint: str) -> UserError:
    return UserError(f"The setting {label} cannot be read.", f"“{text.strip()}” is not {wanted}.", hint)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _share(text: str) -> Decimal | None:
    """ "7,5 %" as 0.075, exactly; None for what is no percentage from 0 to 100."""
    number = _number(text.strip().removesuffix("%").strip())
    return Decimal(f"{number}E-2") if number is not None and number <= 100 else None


def _number(text: str) -> Decimal | None:
    found = _NUMBER.fullmatch(text)
    return Decimal(f"{found[1]}.{found[2] or 0}") if found else None
