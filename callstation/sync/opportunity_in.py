"""What an opportunity's values from the CRM come to here, alike for renewals and growth."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from callstation.renewals.categories import SUGGESTED, UNPICKED, picked
from callstation.renewals.opportunity import Current, current, moved
from callstation.work import Work
from db.nouns import Noun
from db.stored import from_units
from db.vocabulary import ForecastCategory, RenewalStage

SOMEBODY = "Salesforce"
"""Who picked a category there, where nobody can be named."""


def put_values(
    work: Work, noun: Noun, opportunity_id: int, take: Mapping[str, Any], *, by: str = "", is_first: bool = False
) -> None:
    """Put what is taken over. ``by`` moved it there; ``is_first``: both sides have only just met, so nothing slipped.

    A stage that closes closes it, an open one opens it again. What was won is closed on its day there.
    """
    now = current(work, noun, opportunity_id)
    if now is None or not take:
        return
    values: dict[str, Any] = {name: take[name] for name in ("next_step", "title") if name in take}
    stage = RenewalStage(take["stage"]) if "stage" in take else now.stage
    closed_on = date.fromisoformat(take["close_on"]) if "close_on" in take else now.expected_on
    if "stage" in take or (stage is RenewalStage.WON and "close_on" in take and closed_on <= work.today):
        values |= {"stage": stage, "closed_at": None if stage.is_open else _closed_at(work, stage, closed_on)}
    if now.is_closed and stage is not RenewalStage.LOST:
        values["loss_reason"] = None
    values |= _category(work, now, stage, take, "" if is_first else by or SOMEBODY)
    if "amount" in take:
        values["amount"] = None if take["amount"] is None else from_units(take["amount"])
    if "close_on" in take:
        close_on = date.fromisoformat(take["close_on"])
        values |= {"close_on": close_on, **(moved(now, close_on) if stage.is_open and not is_first else {})}
    if values:
        work.update(noun, opportunity_id, **values)


def _closed_at(work: Work, stage: RenewalStage, closed_on: date) -> datetime:
    """When it was closed: now, but for what was won there on an earlier day, on which both sides are to count it."""
    if stage is not RenewalStage.WON or closed_on >= work.today:
        return work.now
    return datetime.combine(closed_on, time(12), work.settings.zone)


def _category(work: Work, now: Current, stage: RenewalStage, take: Mapping[str, Any], by: str) -> dict[str, Any]:
    """The category that comes along. With a stage it is the stage's own there, and nobody's pick; as without ``by``."""
    if not stage.is_open:
        return {"category": SUGGESTED[stage], **UNPICKED} if "stage" in take else {}
    said = ForecastCategory(take["category"]) if "category" in take else None
    if said is None or said is ForecastCategory.CLOSED:
        was_closed = "stage" in take and not now.stage.is_open
        return {"category": SUGGESTED[stage], **UNPICKED} if was_closed else {}
    if "stage" in take or said is SUGGESTED[stage] or not by:
        return {"category": said, **UNPICKED}
    return picked(said, by, work.now)
