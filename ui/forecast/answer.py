"""What the page of the forecast is read from, all at once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.renewals.fiscal import Period
from callstation.renewals.forecast import Forecast, forecast, period_named
from callstation.renewals.quotas import month_quotas
from callstation.renewals.states import sums_now
from callstation.work import Work


@dataclass(frozen=True, slots=True)
class Answer:
    """A period's forecast, the quotas of its months for renewals and for growth, and whether there is anything."""

    found: Forecast
    quotas: tuple[tuple[Decimal | None, ...], tuple[Decimal | None, ...]]
    has_any: bool

    @property
    def period(self) -> Period:
        return self.found.period


def read_answer(work: Work, kind: str, day: date | None) -> Answer:
    """Read a month, quarter, year or the rolling months around a day, today without one."""
    period = period_named(work, kind, day)
    found = forecast(work, period)
    renewals, growth = (month_quotas(work, period.months, is_growth=is_growth) for is_growth in (False, True))
    return Answer(found, (renewals, growth), bool(sums_now(work)))
