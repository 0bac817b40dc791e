"""Quotas for months, quarters and years: set, cleared, read."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from callstation.errors import UserError
from callstation.quotes.money import round_to, show
from callstation.renewals.adjustments import own_amount
from callstation.renewals.fiscal import Period, period_of
from callstation.renewals.quota_periods import QuotaOf, Quotas, quota_for
from callstation.work import Work
from db.nouns import Quota
from db.stored import from_units
from db.vocabulary import PeriodKind

MOST = Decimal(10) ** 12


def set_quota(work: Work, kind: PeriodKind, day: date, amount: Decimal, *, is_growth: bool = False) -> None:
    """Set what is to be won in the month, quarter or year around a day, in the own currency.

    ``UserError`` for an amount below zero or beyond ``MOST``.
    """
    period = period_of(day, kind, work.settings.fiscal_year_starts)
    own = work.settings.currency
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise UserError(f"A quota cannot be {amount}.", "", f"Type an amount from 0 to {show(MOST, own)}.")
    amount = round_to(amount, own)
    quota_id = _id_of(work, period, is_growth)
    if quota_id is None:
        work.insert(
            Quota, period=kind, starts_on=period.starts_on, is_growth=is_growth, amount=amount, currency=own
        )  # fmt: skip
    else:
        work.update(Quota, quota_id, amount=amount, currency=own)
    work.journal.label = f"Set the {_words(is_growth)} of {period.name} to {show(amount, own)}"


def clear_quota(work: Work, kind: PeriodKind, day: date, *, is_growth: bool = False) -> None:
    """Take the quota of the month, quarter or year around a day away. ``UserError`` where none is set for it."""
    period = period_of(day, kind, work.settings.fiscal_year_starts)
    quota_id = _id_of(work, period, is_growth)
    if quota_id is None:
        raise UserError(f"No {_words(is_growth)} is set for {period.name}.", "", "")
    work.delete(Quota, quota_id)
    work.journal.label = f"Cleared the {_words(is_growth)} of {period.name}"


def quotas_of(work: Work, *, is_growth: bool) -> Quotas:
    """Every quota that was set, for renewals or for growth, by today's rates; what has no rate is left out."""
    return {at: amount for at, (amount, _) in _every(work, is_growth).items() if amount is not None}


def quota_of(work: Work, period: Period, *, is_growth: bool = False) -> QuotaOf:
    """The quota that holds for a period, and which one that is."""
    every = _every(work, is_growth)
    rated = {at: amount for at, (amount, _) in every.items() if amount is not None}
    found = quota_for(period, rated, work.settings.fiscal_year_starts)
    unrated = {one for (_, on), (amount, one) in every.items() if amount is None and on in period}
    if not unrated:
        return found
    return replace(found, words=f"{found.words}; there is no rate for one set in {', '.join(sorted(unrated))}")


def month_quotas(work: Work, months: Iterable[date], *, is_growth: bool = False) -> tuple[Decimal | None, ...]:
    """The quota of each month by its first day; None where none is set for it."""
    found = quotas_of(work, is_growth=is_growth)
    return tuple(found.get((PeriodKind.MONTH, month)) for month in months)


def _every(work: Work, is_growth: bool) -> dict[tuple[PeriodKind, date], tuple[Decimal | None, str]]:
    """The amount of each in the own currency, None without a rate, and the currency it was set in."""
    return {
        (PeriodKind(kind), date.fromisoformat(starts_on)): (own_amount(work, from_units(units), currency), currency)
        for kind, starts_on, units, currency in work.rows(
            "SELECT period, starts_on, amount, currency FROM quota WHERE is_growth = ?", (int(is_growth),)
        )
    }


def _id_of(work: Work, period: Period, is_growth: bool) -> int | None:
    assert period.kind is not None
    found = work.row(
        "SELECT id FROM quota WHERE period = ? AND starts_on = ? AND is_growth = ?",
        (period.kind.value, period.starts_on.isoformat(), int(is_growth)),
    )
    return None if found is None else int(found[0])


def _words(is_growth: bool) -> str:
    return "growth quota" if is_growth else "quota"
