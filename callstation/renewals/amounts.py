"""Money in several currencies: each added up by itself, and together in the company's own by the rates of a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from callstation.quotes.money import exact, round_to
from callstation.renewals.sums import Sum


@dataclass(frozen=True, slots=True)
class Rates:
    """Units of the own currency for one of another; ``words`` says each with its day."""

    own: str
    others: Mapping[str, Decimal]
    words: tuple[str, ...] = ()

    def of(self, currency: str) -> Decimal | None:
        """What one unit is worth; None where that is not known."""
        return Decimal(1) if currency == self.own else self.others.get(currency)


@dataclass(frozen=True, slots=True)
class Original:
    """What opportunities in one currency come to; ``base`` in the own one, None where there is no rate."""

    currency: str
    amount: Decimal
    count: int
    base: Decimal | None


@dataclass(frozen=True, slots=True)
class Amount:
    """What some opportunities come to."""

    base: Decimal
    """In the own currency, all that has a rate, rounded once; so parts may differ from their sum by the last digit."""
    count: int
    """All of them, also those without an amount or a rate."""
    unvalued: int
    """How many have no amount."""
    originals: tuple[Original, ...]
    """By currency, the own one first: these add up exactly."""

    @property
    def without_rate(self) -> tuple[Original, ...]:
        """What is not in ``base``, for there is no rate for it."""
        return tuple(one for one in self.originals if one.base is None)

    @property
    def is_mixed(self) -> bool:
        """Whether more than the own currency is in it, so that the originals are worth a look."""
        return len(self.originals) > 1 or any(one.amount != one.base for one in self.originals)


def amount_of(sums: Iterable[tuple[str, Sum]], rates: Rates) -> Amount:
    """Add up sums by currency; one currency may come many times."""
    by_currency: dict[str, list[int]] = {}
    for currency, value in sums:
        at = by_currency.setdefault(currency, [0, 0, 0])
        for index, part in enumerate(value):
            at[index] += part
    originals, unvalued = [], 0
    for currency in sorted(by_currency, key=lambda one: (one != rates.own, one)):
        units, count, blank = by_currency[currency]
        rate, amount = rates.of(currency), units_amount(units)
        with exact():
            base = None if rate is None else round_to(amount * rate, rates.own)
        originals.append(Original(currency, amount, count, base))
        unvalued += blank
    base = base_of({currency: value[0] for currency, value in by_currency.items()}, rates)
    return Amount(base, sum(one.count for one in originals), unvalued, tuple(originals))


def base_of(units: Mapping[str, int | Decimal], rates: Rates) -> Decimal:
    """Ten-thousandths by currency in the own one: what has a rate, rounded once."""
    with exact():
        total = sum(
            (Decimal(value) * rate for currency, value in units.items() if (rate := rates.of(currency)) is not None),
            Decimal(0),
        )
        return round_to(total.scaleb(-4), rates.own)


def units_amount(units: int) -> Decimal:
    """Ten-thousandths as an amount, with two places or more; as the store reads it."""
    return Decimal(units).scaleb(-4).quantize(Decimal("0.01") if units % 100 == 0 else Decimal("0.0001"))
