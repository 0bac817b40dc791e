"""What a renewal was won for, a year: by the accepted quote's lines for it, else by the renewal's own amount."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from callstation.quotes.reading import term_months
from callstation.work import Work
from db.engine import OperationalError
from db.stored import MONEY_SCALE

SOURCE_WORDS = (
    "Value due: the contract's value a year, or the renewal's amount where the contract has none or runs on already. "
    "Renewed for: the accepted quote's lines for the contract a year, without add-ons and fees, upgraded lines up to "
    "the value due, for what is above it is growth; without such a quote the renewal's amount, a year of its term. "
    "Growth: what it was sold for, a year of its term."
)
"""Where target and result come from, as the screens say it."""

_LINES = """
    SELECT l.renewal_id, q.id, q.currency, l.amount, l.fee, l.multiplier, l.plan_months, l.quantity, l.kind = 'upgrade'
    FROM quote q JOIN quote_line l ON l.quote_id = q.id JOIN renewal r ON r.id = l.renewal_id
    WHERE q.status = 'accepted' AND r.stage = 'won' AND {which} ORDER BY q.decided_at, q.id, l.position"""
QUOTED = """
    SELECT l.renewal_id FROM quote q JOIN quote_line l ON l.quote_id = q.id
    WHERE q.status = 'accepted' AND l.renewal_id IS NOT NULL"""
"""SQL for the ids of renewals with an accepted quote."""


@dataclass(frozen=True, slots=True)
class WonFor:
    """Of one renewal by the quote that was accepted last: money in ten-thousandths a year, and its units."""

    quote_id: int
    currency: str
    renewed: int
    """By lines that renew what is owned."""
    upgraded: int
    """By lines that renew as another edition."""
    seats: int

    def result(self, target: int) -> int:
        """What counts as renewed of the value due: an upgrade at most up to it, for what is above it is growth."""
        return self.renewed + min(self.upgraded, max(target - self.renewed, 0))

    def known_result(self, target: int | None, currency: str) -> int | None:
        """The same; None where the value due is unknown, or in another currency, of which the quote says nothing."""
        return self.result(target) if target is not None and self.currency == currency else None


def won_for(work: Work, which: str, values: tuple[Any, ...]) -> dict[int, WonFor]:
    """By renewal id, for the won renewals ``r`` of a condition that have an accepted quote."""
    found: dict[int, list[Any]] = {}
    for renewal_id, quote_id, currency, amount, fee, times, months, units, is_upgrade in work.rows(
        _LINES.format(which=which), values
    ):
        one = found.get(renewal_id)
        if one is None or one[0] != quote_id:
            one = found[renewal_id] = [quote_id, currency, 0, 0, 0]
        one[3 if is_upgrade else 2] += line_per_year(amount - fee, times, months)
        one[4] += units
    return {renewal_id: WonFor(*one) for renewal_id, one in found.items()}


@lru_cache(maxsize=4096)
def line_months(times: str, plan_months: int) -> Fraction:
    """The months of a quote's line: multiplier ("830/365") x months of the plan; twelve where they make no sense."""
    numerator, _, denominator = times.partition("/")
    over = int(numerator) * plan_months
    return Fraction(over, int(denominator or 1)) if over > 0 else Fraction(12)


def line_per_year(amount: int, times: str, plan_months: int) -> int:
    """What a quote's line comes to a year."""
    months = line_months(times, plan_months)
    return _rounded(amount * 12 * months.denominator, months.numerator)


def per_year(amount: int | None, starts_on: str, ends_on: str) -> int | None:
    """What an amount for a term comes to a year: x 12 / months of the term; half a ten-thousandth rounds up."""
    if amount is None:
        return None
    numerator, denominator = _months(starts_on, ends_on)
    return _rounded(amount * 12 * denominator, numerator)


def growth_per_year(amount: int | None, term_months: int) -> int | None:
    """What growth comes to a year; its term in ten-thousandths of a month, as it is stored."""
    return None if amount is None else _rounded(amount * 12 * MONEY_SCALE, term_months)


def per_year_sql(work: Work, amount: str, starts_on: str, ends_on: str) -> str:
    """SQL for ``per_year``. Terms of one and of three years, the usual ones, need no function."""
    _know(work)
    return (
        f"CASE julianday({ends_on}) - julianday({starts_on}) "
        f"WHEN 364 THEN {amount} WHEN 365 THEN {amount} "
        f"WHEN 1094 THEN (2 * {amount} + 3) / 6 WHEN 1095 THEN (2 * {amount} + 3) / 6 "
        f"ELSE iif({starts_on} IS NULL, {amount}, per_year({amount}, {starts_on}, {ends_on})) END"
    )


def _know(work: Work) -> None:
    """Teach a connection ``per_year``, once: it cannot be taught again while rows of it are being walked."""
    try:
        work.raw.execute("SELECT per_year(0, '2026-01-01', '2026-12-31')").fetchall()
    except OperationalError:
        work.raw.create_function("per_year", 3, per_year, deterministic=True)


@lru_cache(maxsize=65536)
def _months(starts_on: str, ends_on: str) -> tuple[int, int]:
    """The months of a term as a fraction of whole numbers; twelve where they make no sense."""
    months = term_months(date.fromisoformat(starts_on), date.fromisoformat(ends_on))
    if months == months.to_integral_value():
        return int(months), 1
    days = (date.fromisoformat(ends_on) - date.fromisoformat(starts_on)).days + 1
    return days * 12, 365


def _rounded(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
