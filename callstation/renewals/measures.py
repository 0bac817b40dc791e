"""What is forecast: each category by itself, and the sums of categories that have a name of their own."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from db.vocabulary import ForecastCategory


class Measure(StrEnum):
    """A row of the forecast."""

    CLOSED = "closed"
    COMMIT = "commit"
    MOST_LIKELY = "most_likely"
    BEST_CASE = "best_case"
    PIPELINE = "pipeline"
    OMITTED = "omitted"
    COMMIT_FORECAST = "commit_forecast"
    MOST_LIKELY_FORECAST = "most_likely_forecast"
    BEST_CASE_FORECAST = "best_case_forecast"
    OPEN_PIPELINE = "open_pipeline"
    TOTAL = "total"

    @property
    def categories(self) -> frozenset[ForecastCategory]:
        """What is in it."""
        return CATEGORIES[self]

    @property
    def label(self) -> str:
        """As the screen says it."""
        return LABELS[self]


GRID = (
    Measure.CLOSED, Measure.COMMIT, Measure.MOST_LIKELY, Measure.BEST_CASE, Measure.PIPELINE, Measure.OMITTED,
)  # fmt: skip
"""The rows of the grid: every opportunity is in exactly one of them."""
_OPEN = (ForecastCategory.COMMIT, ForecastCategory.MOST_LIKELY, ForecastCategory.BEST_CASE, ForecastCategory.PIPELINE)
CATEGORIES: Mapping[Measure, frozenset[ForecastCategory]] = MappingProxyType(
    {
        **{measure: frozenset({ForecastCategory(measure.value)}) for measure in GRID},
        Measure.COMMIT_FORECAST: frozenset({ForecastCategory.CLOSED, ForecastCategory.COMMIT}),
        Measure.MOST_LIKELY_FORECAST: frozenset(
            {ForecastCategory.CLOSED, ForecastCategory.COMMIT, ForecastCategory.MOST_LIKELY}
        ),
        Measure.BEST_CASE_FORECAST: frozenset(
            {ForecastCategory.CLOSED, ForecastCategory.COMMIT, ForecastCategory.MOST_LIKELY, ForecastCategory.BEST_CASE}
        ),
        Measure.OPEN_PIPELINE: frozenset(_OPEN),
        Measure.TOTAL: frozenset({ForecastCategory.CLOSED, *_OPEN}),
    }
)
"""trade.md, "Pipeline, forecast, retention"."""
LABELS: Mapping[Measure, str] = MappingProxyType(
    {
        Measure.CLOSED: "Closed",
        Measure.COMMIT: "Commit",
        Measure.MOST_LIKELY: "Most likely",
        Measure.BEST_CASE: "Best case",
        Measure.PIPELINE: "Pipeline",
        Measure.OMITTED: "Omitted",
        Measure.COMMIT_FORECAST: "Commit forecast",
        Measure.MOST_LIKELY_FORECAST: "Most likely forecast",
        Measure.BEST_CASE_FORECAST: "Best case forecast",
        Measure.OPEN_PIPELINE: "Open pipeline",
        Measure.TOTAL: "Total",
    }
)
FORMULAS: Mapping[Measure, str] = MappingProxyType(
    {
        **{measure: f"what counts as {LABELS[measure].lower()}" for measure in GRID},
        Measure.CLOSED: "what the orders come to, for their whole terms; retention counts a year",
        Measure.COMMIT_FORECAST: "closed + commit",
        Measure.MOST_LIKELY_FORECAST: "closed + commit + most likely",
        Measure.BEST_CASE_FORECAST: "closed + commit + most likely + best case",
        Measure.OPEN_PIPELINE: "commit + most likely + best case + pipeline",
        Measure.TOTAL: "closed + commit + most likely + best case + pipeline",
    }
)
