"""What stored money comes to in the base currency, for the figures of the work."""

from dataclasses import dataclass
from decimal import Decimal

from callstation.quotes.money import in_base
from callstation.renewals.due_groups import rates_of
from callstation.renewals.retained import RateOf
from callstation.work import Work
from db.stored import from_units


@dataclass(frozen=True, slots=True)
class Worth:
    """Amounts in the base currency by the rates of the settings; None where there is none."""

    rates: RateOf
    base: str

    @classmethod
    def of(cls, work: Work) -> "Worth":
        """``UserError`` where the rates of the settings cannot be read."""
        return cls(rates_of(work.settings), work.settings.currency)

    def __call__(self, amount: Decimal | None, currency: str) -> Decimal | None:
        """Rounded to the minor unit."""
        rate = self.rates(currency)
        return None if rate is None or amount is None else in_base(amount, rate, self.base)

    def quoted(self, units: int, currency: str, rate: str, base_currency: str) -> Decimal | None:
        """Of ten-thousandths of a quote, by the rate that it was made with."""
        times = Decimal(rate) if rate and base_currency == self.base else self.rates(currency)
        return None if times is None else in_base(from_units(units), times, self.base)

    def margin(
        self, total: int, cost: int | None, currency: str, rate: str, base_currency: str
    ) -> tuple[Decimal | None, Decimal | None]:
        """(total - cost, total) of a quote; both None where its cost is unknown or there is no rate."""
        sold = self.quoted(total, currency, rate, base_currency)
        spent = None if cost is None else self.quoted(cost, currency, rate, base_currency)
        return (None, None) if sold is None or spent is None else (sold - spent, sold)


def amount_of(units: int | None) -> Decimal | None:
    """Ten-thousandths as an amount."""
    return None if units is None else from_units(units)
