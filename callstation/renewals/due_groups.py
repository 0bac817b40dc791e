"""The groups of retention's tables: their spans, names and order, and the exchange rates."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from callstation.errors import UserError
from callstation.quotes.policy import read_rates
from callstation.renewals.due_sql import By, Span
from callstation.renewals.fiscal import Period, after, period_of
from callstation.renewals.retained import RateOf
from callstation.settings import Settings
from callstation.work import Work
from db.vocabulary import PeriodKind

NAMELESS: Mapping[By, str] = {By.FAMILY: "No family", By.PARTNER: "Direct", By.SEGMENT: "No segment"}
"""What a group is called whose contracts say nothing of what they are cut by."""

MOST_PERIODS = 1200


class Group(Protocol):
    """A row of a table."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def weight(self) -> Decimal: ...


G = TypeVar("G", bound=Group)


def span_of(work: Work, first: date, last: date, by: By) -> Span:
    """Both days included; by period with the fiscal periods in between, the odd ends cut."""
    if not by.is_period:
        return Span(first, last)
    periods = _periods(work, first, last, by)
    return Span(first, last, tuple((max(one.starts_on, first), min(one.ends_on, last)) for one in periods))


def names_of(work: Work, by: By, span: Span, keys: Iterable[str]) -> dict[str, str]:
    """The name of each group by its key; every period has one, whether anything happened in it or not."""
    if by.is_period:
        return {str(at): one.name for at, one in enumerate(_periods(work, span.first, span.last, by))}
    names = {key: key or NAMELESS[by] for key in keys}
    if by is By.PARTNER:
        ids = ", ".join(str(int(key)) for key in names if key)
        names |= {str(one): name for one, name in work.rows(f"SELECT id, name FROM account WHERE id IN ({ids})")}
    return names


def in_order(by: By, groups: Iterable[G]) -> tuple[G, ...]:
    """Periods as they follow, everything else with the most value first."""
    if by.is_period:
        return tuple(sorted(groups, key=lambda one: int(one.key)))
    return tuple(sorted(groups, key=lambda one: (-one.weight, one.name.casefold(), one.key)))


def rates_of(settings: Settings) -> RateOf:
    """The exchange rates of the settings, read once."""
    rates = {currency: rate.rate for currency, rate in read_rates(settings.rates).items()}
    rates[settings.currency] = Decimal(1)
    return rates.get


def _periods(work: Work, first: date, last: date, by: By) -> list[Period]:
    """The fiscal periods that have a day within both; none where the span is upside down."""
    starts = work.settings.fiscal_year_starts
    found: list[Period] = []
    period = period_of(first, PeriodKind(by.value), starts)
    while period.starts_on <= last and (not found or period != found[-1]):
        if len(found) == MOST_PERIODS:
            raise UserError(
                f"{first} to {last} holds too many {by.value}s.", f"{MOST_PERIODS:,} at most.", "Choose fewer days."
            )
        found.append(period)
        period = after(period, starts)
    return found
