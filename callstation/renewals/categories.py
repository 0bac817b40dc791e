"""The forecast category that a stage suggests, and what becomes of the rep's own pick."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from db.vocabulary import ForecastCategory, RenewalStage

SUGGESTED: Mapping[RenewalStage, ForecastCategory] = MappingProxyType(
    {
        RenewalStage.NOT_STARTED: ForecastCategory.PIPELINE,
        RenewalStage.CONTACTED: ForecastCategory.PIPELINE,
        RenewalStage.QUOTED: ForecastCategory.BEST_CASE,
        RenewalStage.VERBAL_YES: ForecastCategory.MOST_LIKELY,
        RenewalStage.ORDER_PROMISED: ForecastCategory.COMMIT,
        RenewalStage.AT_RISK: ForecastCategory.PIPELINE,
        RenewalStage.WON: ForecastCategory.CLOSED,
        RenewalStage.LOST: ForecastCategory.OMITTED,
        RenewalStage.LAPSED: ForecastCategory.OMITTED,
    }
)
"""trade.md, "Pipeline, forecast, retention"."""
UNPICKED: Mapping[str, Any] = MappingProxyType({"is_category_picked": False, "picked_by": "", "picked_at": None})
"""The columns of an opportunity whose category is only suggested."""


def follow_stage(
    stage: RenewalStage, *, is_picked: bool, suggestion: ForecastCategory | None = None
) -> dict[str, Any]:  # fmt: skip
    """The columns that a new stage changes beside itself; ``suggestion`` where whatever moved it knows a better one.

    A pick stays while the opportunity is open. What is won or lost is no matter of opinion: it has the category of its
    stage, as in Salesforce.
    """
    if not stage.is_open:
        return {"category": SUGGESTED[stage], **UNPICKED}
    return {} if is_picked else {"category": suggestion or SUGGESTED[stage]}


def picked(category: ForecastCategory, by: str, at: datetime) -> dict[str, Any]:
    """The columns of a category that somebody chose."""
    return {"category": category, "is_category_picked": True, "picked_by": by, "picked_at": at}


def slips_by(before: date, after: date) -> int:
    """1 where an expected day moves to a later month, else 0."""
    return int((after.year, after.month) > (before.year, before.month))
