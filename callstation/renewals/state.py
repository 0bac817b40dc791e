"""One opportunity as the forecast sees it: what it counts as, what it is worth, and on which day."""

from datetime import date
from typing import NamedTuple

from db.vocabulary import ForecastCategory, RenewalStage

OPEN_CATEGORIES = (
    ForecastCategory.COMMIT, ForecastCategory.MOST_LIKELY, ForecastCategory.BEST_CASE, ForecastCategory.PIPELINE,
)  # fmt: skip
"""The open four, the surest first."""


class Key(NamedTuple):
    """Which opportunity: a renewal's id, or a growth's."""

    is_growth: bool
    opportunity_id: int


class State(NamedTuple):
    """An opportunity at one moment."""

    stage: RenewalStage
    category: ForecastCategory
    """What it counts as, see ``counts_as``."""
    units: int | None
    """Ten-thousandths of ``currency``; None where no amount is known."""
    currency: str
    close_on: date
    """The day on which the order is expected; once it is closed, the rep's date of that."""


def counts_as(stage: RenewalStage, category: ForecastCategory, *, is_closed: bool) -> ForecastCategory:
    """The category in which an opportunity is forecast.

    What is won is closed; what is lost, or set aside (closed without either), is omitted. While it is open it counts
    as it stands there, except that nothing open is closed: that is commit at most.
    """
    if stage is RenewalStage.WON:
        return ForecastCategory.CLOSED
    if is_closed or stage is RenewalStage.LOST:
        return ForecastCategory.OMITTED
    return ForecastCategory.COMMIT if category is ForecastCategory.CLOSED else category
