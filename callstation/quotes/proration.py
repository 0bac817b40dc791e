"""How much of a plan's price a term costs: five methods, each as an exact fraction with the words to repeat it."""

from datetime import date
from functools import lru_cache
from math import gcd
from typing import NamedTuple

from callstation.quotes.months import days_in, days_words, months_later, months_words, whole_months
from db.vocabulary import Proration

_YEAR_DAYS = 365


class Multiplier(NamedTuple):
    """What a plan price is multiplied by, as a fraction of whole numbers, and how it comes about."""

    numerator: int
    denominator: int
    words: str
    """"830 of 365 days"."""


@lru_cache(maxsize=4096)
def multiplier(method: Proration, starts_on: date, ends_on: date, plan_months: int) -> Multiplier:
    """The part of a price for ``plan_months`` that a term from ``starts_on`` to ``ends_on`` costs, both counted.

    Source: trade.md, Proration methods. A whole number of plan terms is that number by every method, leap years and
    short months or not; between two whole numbers each method has its own way, and one day more never costs less.

    * ``DAY_365``: days/365 (x 12 for a monthly price): 830 days are 830/365 = 2.2740. 29 February is a day like any
      other, but the term never costs less than its whole plan terms, nor more than one plan term above them.
    * ``DAY_ACTUAL``: whole plan terms, and the days beyond them against the days of the plan term they fall in.
    * ``MONTH_UP``: months, each one begun counted whole: 12 months and 3 days are 13 months.
    * ``MONTH_PLUS_DAY``: whole months, and each day beyond them as 12/365 of a month.
    * ``FULL_TERM``: plan terms, each one begun counted whole.

    A term that ends before it starts costs nothing.
    """
    plan = max(plan_months, 1)
    days = days_in(starts_on, ends_on)
    if days <= 0:
        return Multiplier(0, 1, "no days")
    months, rest = whole_months(starts_on, ends_on)
    terms, months_over = divmod(months, plan)
    if not months_over and not rest:
        return Multiplier(terms, 1, months_words(months))
    if method is Proration.DAY_365:
        return _by_day(days, terms, plan)
    if method is Proration.DAY_ACTUAL:
        return _by_actual_day(starts_on, days, terms, plan)
    if method is Proration.MONTH_UP:
        begun = months + bool(rest)
        words = f" ({_months_and_days(months, rest)}, rounded up)" if rest else ""
        return Multiplier(begun, plan, f"{_of_plan(str(begun), plan)}{words}")
    if method is Proration.MONTH_PLUS_DAY:
        sum_words = f"{months} + {rest} x 12/365" if rest else str(months)
        if not rest:
            return Multiplier(months, plan, _of_plan(sum_words, plan))
        return Multiplier(months * _YEAR_DAYS + rest * 12, plan * _YEAR_DAYS, _of_plan(sum_words, plan))
    return Multiplier(terms + 1, 1, f"{months_words((terms + 1) * plan)} ({_months_and_days(months, rest)} begun)")


def _by_day(days: int, terms: int, plan: int) -> Multiplier:
    common = gcd(12, plan)
    numerator, denominator = days * (12 // common), _YEAR_DAYS * (plan // common)
    if numerator < terms * denominator:
        return Multiplier(terms, 1, f"{days_words(days)}, at least {months_words(terms * plan)}")
    if numerator > (terms + 1) * denominator:
        return Multiplier(terms + 1, 1, f"{days_words(days)}, at most {months_words((terms + 1) * plan)}")
    scale = "" if plan == 12 else " x 12 months" if plan == 1 else f" x 12 of {plan} months"
    return Multiplier(numerator, denominator, f"{days} of {_YEAR_DAYS} days{scale}")


def _by_actual_day(starts_on: date, days: int, terms: int, plan: int) -> Multiplier:
    begins, ends = months_later(starts_on, terms * plan), months_later(starts_on, (terms + 1) * plan)
    term_days = max((ends - begins).days, 1)
    rest = days - (begins - starts_on).days
    before = f"{months_words(terms * plan)} + " if terms else ""
    return Multiplier(terms * term_days + rest, term_days, f"{before}{rest} of {term_days} days")


def _of_plan(words: str, plan: int) -> str:
    if plan == 1:
        return "1 month" if words == "1" else f"{words} months"
    return f"{f'({words})' if ' ' in words else words} of {plan} months"


def _months_and_days(months: int, rest: int) -> str:
    if not months:
        return days_words(rest)
    return f"{months_words(months)} and {days_words(rest)}" if rest else months_words(months)
