"""Which quota holds for a period: its own, else the sum of its parts where every part has one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.renewals.fiscal import Period, parts_of
from db.vocabulary import PeriodKind

Quotas = Mapping[tuple[PeriodKind, date], Decimal]
"""What was set, by the kind and the first day of its period."""
_PARTS: tuple[tuple[PeriodKind | None, PeriodKind, str], ...] = (
    (PeriodKind.YEAR, PeriodKind.QUARTER, "quarters"), (PeriodKind.QUARTER, PeriodKind.MONTH, "months"),
    (None, PeriodKind.MONTH, "months"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuotaOf:
    """The quota of a period; None where none is set for it, nor for all of its parts."""

    amount: Decimal | None
    words: str
    """Which was used: "set for FY27 Q2", "set for FY27 Q2, not the sum of its 3 months"; or what is missing."""


def quota_for(period: Period, quotas: Quotas, year_starts: int) -> QuotaOf:
    """The quota of a month, quarter, year or run of months; a year is the sum of its quarters, those of months."""
    own = None if period.kind is None else quotas.get((period.kind, period.starts_on))
    split = next(((kind, name) for whole, kind, name in _PARTS if whole is period.kind), None)
    if own is not None:
        beside = "" if split is None else _beside(period, *split, quotas, year_starts)
        return QuotaOf(own, f"set for {period.name}{beside}")
    if split is None:
        return QuotaOf(None, f"no quota is set for {period.name}")
    kind, name = split
    parts = parts_of(period, kind, year_starts)
    found = [(part, quota_for(part, quotas, year_starts)) for part in parts]
    missing = [part.name for part, quota in found if quota.amount is None]
    if missing:
        none = f"no quota is set for {period.name}"
        return QuotaOf(None, none if len(missing) == len(parts) else f"{none}, nor for {', '.join(missing)}")
    total = sum((quota.amount for _, quota in found if quota.amount is not None), Decimal(0))
    summed = sum((kind, part.starts_on) not in quotas for part, _ in found)
    of_sums = f", {summed} of them sums of months" if summed else ""
    return QuotaOf(total, f"the sum of its {len(parts)} {name}{of_sums}")


def _beside(period: Period, kind: PeriodKind, name: str, quotas: Quotas, year_starts: int) -> str:
    """That the quotas of a period's parts are not what counts, where some are set."""
    parts = parts_of(period, kind, year_starts)
    known = sum(quota_for(part, quotas, year_starts).amount is not None for part in parts)
    if not known:
        return ""
    if known == len(parts):
        return f", not the sum of its {known} {name}"
    return f", not what is set for {known} of its {len(parts)} {name}"
