"""The figures of the work: what each is, how it is counted in words, and the days it is compared with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median
from types import MappingProxyType
from typing import NamedTuple, Protocol

from callstation.calling.clock_words import date_words
from callstation.percents import share_of
from callstation.quotes.months import days_words, months_later, months_words, whole_months

LEAST_CALLS = 5
"""A heat map says nothing of an hour with fewer calls."""
WEEK = 7
YEAR_OF_WEEKS = 364
_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a value counts."""

    COUNT = "count"
    SHARE = "share"  # 0.42 is 42 %
    SECONDS = "seconds"
    MONEY = "money"  # of the base currency
    DAYS = "days"


class Key(StrEnum):
    """The figures, in the order in which they are shown."""

    CALLS = "calls"
    CONVERSATIONS = "conversations"
    REACH_RATE = "reach_rate"
    TALK_TIME = "talk_time"
    QUOTES_MADE = "quotes_made"
    QUOTES_SENT = "quotes_sent"
    QUOTE_TO_ORDER = "quote_to_order"
    RENEWALS_WON = "renewals_won"
    RENEWED_VALUE = "renewed_value"
    GROWTH_WON = "growth_won"
    GROWTH_VALUE = "growth_value"
    ATTACH_RATE = "attach_rate"
    DISCOUNT = "discount"
    MARGIN = "margin"


class About(NamedTuple):
    """What a figure is. ``counted``: what its n counts."""

    name: str
    unit: Unit
    formula: str
    counted: str


ABOUT: Mapping[Key, About] = MappingProxyType(
    {
        Key.CALLS: About("Calls", Unit.COUNT, "Calls logged.", "calls"),
        Key.CONVERSATIONS: About(
            "Conversations", Unit.COUNT, "Calls in which the person asked for was reached.", "conversations"
        ),
        Key.REACH_RATE: About("Reach rate", Unit.SHARE, "Conversations / calls.", "calls"),
        Key.TALK_TIME: About("Talk time", Unit.SECONDS, "The length of all calls, added up.", "calls"),
        Key.QUOTES_MADE: About("Quotes made", Unit.COUNT, "Quotes and new versions of quotes, saved.", "quotes"),
        Key.QUOTES_SENT: About("Quotes sent", Unit.COUNT, "Quotes sent, each version.", "quotes"),
        Key.QUOTE_TO_ORDER: About(
            "Quote to order", Unit.DAYS,
            "Median of the days from the first version sent to the first renewal won, of accepted quotes.", "quotes",
        ),
        Key.RENEWALS_WON: About("Renewals won", Unit.COUNT, "Renewals closed as won.", "renewals"),
        Key.RENEWED_VALUE: About(
            "Renewed value", Unit.MONEY,
            "What they were won for, a year: the accepted quote's lines, else the renewal's amount.", "renewals",
        ),
        Key.GROWTH_WON: About(
            "Growth won", Unit.COUNT, "Cross-sells, add-ons and upgrades closed as won.", "opportunities"
        ),
        Key.GROWTH_VALUE: About(
            "Growth value", Unit.MONEY, "What the growth won was sold for, a year of its term.", "opportunities"
        ),
        Key.ATTACH_RATE: About(
            "Attach rate", Unit.SHARE,
            "Renewals won with growth (an add-on or upgrade on the accepted quote, or growth won by the account in the "
            "same days) / renewals won.", "renewals",
        ),
        Key.DISCOUNT: About("Average discount", Unit.SHARE, "Mean of the discounts of the quotes sent.", "quotes"),
        Key.MARGIN: About(
            "Margin", Unit.SHARE,
            "(Total - cost) / total of the quotes accepted whose cost is known, in the base currency.", "quotes",
        ),
    }
)  # fmt: skip


class Days(Protocol):
    """Anything with a first and a last day, both included: a fiscal period, a week."""

    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, both included."""

    starts_on: date
    ends_on: date
    name: str = ""


class Measure(NamedTuple):
    """A value and how many rows it was made of; ``apart`` rows could not be counted, such as quotes of unknown cost."""

    value: Decimal | None
    n: int
    apart: int = 0


NOTHING = Measure(None, 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with all that is needed to believe it."""

    key: Key
    name: str
    value: Decimal | None
    """None where nothing could be measured, which is never zero."""
    unit: Unit
    formula: str
    period: Stretch
    """The days it was counted over: up to today where the period is not over."""
    n: int
    counted: str
    """What ``n`` counts: "quotes"."""
    apart: int
    """Rows that belong to it and could not be counted."""
    before: Decimal | None
    """In the period before, as far as this one has come; None where there was nothing."""
    before_words: str
    """Which period that is: "the month before"."""
    year_before: Decimal | None
    currency: str
    """Of money, else ""."""


def mean(values: Iterable[Decimal]) -> Decimal | None:
    """To four places; None of nothing."""
    some = list(values)
    return share_of(sum(some, Decimal(0)), len(some))


def middle(days: Iterable[int]) -> Decimal | None:
    """The median; None of nothing."""
    some = list(days)
    return Decimal(str(median(some))) if some else None


def up_to(period: Days, today: date) -> Stretch | None:
    """The days of a period that have begun; None of one that lies ahead."""
    if period.starts_on > today:
        return None
    return Stretch(period.starts_on, min(period.ends_on, today), period.name)


def period_before(period: Days, days: Days) -> Stretch | None:
    """The period before, as far as ``days`` have come of this one; None before dates begin.

    Up to a week: the same weekdays a week earlier. Whole months: so many months earlier, a whole one with a whole one.
    Other days: as many of them before.
    """
    length = (period.ends_on - period.starts_on).days + 1
    if length <= WEEK:
        return _moved(days, WEEK)
    months, rest = whole_months(period.starts_on, period.ends_on)
    if rest:
        return _moved(days, length)
    if period.starts_on.year * 12 + period.starts_on.month - 12 <= months:
        return None
    last = period.starts_on - _DAY
    ends_on = last if days.ends_on == period.ends_on else min(months_later(days.ends_on, -months), last)
    return Stretch(months_later(period.starts_on, -months), ends_on)


def before_words(period: Days) -> str:
    """What ``period_before`` gives: "the week before", "the quarter before", "the 10 days before"."""
    length = (period.ends_on - period.starts_on).days + 1
    if length <= WEEK:
        return "the week before"
    months, rest = whole_months(period.starts_on, period.ends_on)
    names = {1: "month", 3: "quarter", 12: "year"}
    return f"the {days_words(length) if rest else names.get(months) or months_words(months)} before"


def year_before(days: Days) -> Stretch | None:
    """The same days a year earlier: the same weekdays 52 weeks ago for up to a week, else the same dates.

    29 February is compared with 28 February, and whole months with whole months.
    """
    if (days.ends_on - days.starts_on).days < WEEK:
        return _moved(days, YEAR_OF_WEEKS)
    if days.starts_on.year == date.min.year:
        return None
    starts_on, ends_on = months_later(days.starts_on, -12), months_later(days.ends_on, -12)
    after = days.ends_on + _DAY if days.ends_on < date.max else None
    if after is not None and after.day == 1:  # it ended with its month, and so does the other
        ends_on = months_later(after, -12) - _DAY
    return Stretch(starts_on, ends_on)


def day_of(on: date) -> Stretch:
    """One day."""
    return Stretch(on, on, date_words(on))


def week_of(on: date) -> Stretch:
    """Monday to Sunday around a day."""
    monday = on - timedelta(days=on.weekday())
    return Stretch(monday, monday + timedelta(days=WEEK - 1), f"Week of {date_words(monday)}")


class Hour(NamedTuple):
    """Calls that began in one hour (0..23, the rep's clock) of one weekday (0 is Monday)."""

    weekday: int
    hour: int
    calls: int
    conversations: int

    @property
    def reach_rate(self) -> Decimal | None:
        """Conversations / calls; None under five calls, which say nothing."""
        return share_of(self.conversations, self.calls) if self.calls >= LEAST_CALLS else None


def best_hours(hours: Iterable[Hour], most: int = 3) -> tuple[Hour, ...]:
    """The hours in which most calls become conversations, of those with enough of them."""
    told = [(rate, one) for one in hours if (rate := one.reach_rate) is not None]
    told.sort(key=lambda pair: (-pair[0], -pair[1].calls, pair[1].weekday, pair[1].hour))
    return tuple(one for _, one in told[:most])


def _moved(days: Days, back: int) -> Stretch | None:
    if days.starts_on.toordinal() <= back:
        return None
    return Stretch(days.starts_on - timedelta(days=back), days.ends_on - timedelta(days=back))
