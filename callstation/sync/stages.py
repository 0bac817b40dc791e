"""The words a company's Salesforce has for our stages and categories, and back."""

from collections.abc import Mapping
from dataclasses import dataclass

from callstation.errors import UserError
from db.vocabulary import ForecastCategory, RenewalStage

DEFAULT_NAMES = """\
Not started: Prospecting
Contacted: Qualification
Quoted: Proposal/Price Quote
Verbal yes: Negotiation/Review
Order promised: Negotiation/Review
At risk: Perception Analysis
Won: Closed Won
Lost: Closed Lost
Lapsed: Closed Lost"""
"""Salesforce's own stages; the setting ``stage_names`` says which a company uses."""

CATEGORY_NAMES: Mapping[ForecastCategory, str] = {
    ForecastCategory.OMITTED: "Omitted",
    ForecastCategory.PIPELINE: "Pipeline",
    ForecastCategory.BEST_CASE: "Best Case",
    ForecastCategory.MOST_LIKELY: "Most Likely",
    ForecastCategory.COMMIT: "Commit",
    ForecastCategory.CLOSED: "Closed",
}
"""``ForecastCategoryName`` (salesforce.md, Objects). Most Likely is a choice of newer companies alone."""


@dataclass(frozen=True, slots=True)
class StageNames:
    """Our stage to the company's name for it."""

    names: Mapping[RenewalStage, str]

    def name_of(self, stage: str) -> str:
        """What a stage is called there."""
        return self.names[RenewalStage(stage)]

    def stage_of(self, name: str | None, current: str | None) -> str | None:
        """Our stage for a name; ``current`` where it has that name too, None for a name that is none of ours."""
        if current is not None and self.names[RenewalStage(current)] == name:
            return current
        return next((stage.value for stage, one in self.names.items() if one == name), None)


def read_stage_names(text: str) -> StageNames:
    """The setting's lines, "Quoted: Proposal/Price Quote"; what it leaves out keeps Salesforce's own name.

    ``UserError`` for a line that names none of our stages.
    """
    labels = {stage.value.replace("_", " "): stage for stage in RenewalStage}
    found: dict[RenewalStage, str] = {}
    for line in f"{DEFAULT_NAMES}\n{text}".splitlines():
        ours, colon, theirs = line.partition(":")
        if not line.strip():
            continue
        stage = labels.get(ours.strip().casefold())
        if stage is None or not colon or not theirs.strip():
            raise UserError(
                "The setting Stage names cannot be read.", f"“{line.strip()}” is not a stage and its name.",
                "Write one a line, such as Quoted: Proposal/Price Quote.",
            )  # fmt: skip
        found[stage] = theirs.strip()
    return StageNames(found)


def category_of(name: str | None) -> str | None:
    """Our category for a ``ForecastCategoryName``; None for one we do not know."""
    return next((category.value for category, one in CATEGORY_NAMES.items() if one == name), None)
