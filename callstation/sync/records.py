"""One record of ours as it is compared and sent, and what readers of records share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from callstation.clock import working_date
from callstation.sync.context import Context
from callstation.sync.crm import Refusal
from db.stored import from_micros
from db.vocabulary import RenewalStage, SyncEntity

RESTS = (
    "CASE WHEN NOT c.is_active OR EXISTS (SELECT 1 FROM outbox_entry q WHERE q.entity = 'contact' "
    "AND q.record_id = c.id AND q.state IN ('held', 'refused')) OR EXISTS (SELECT 1 FROM sync_conflict d "
    "WHERE d.entity = 'contact' AND d.record_id = c.id AND d.kind = 'deleted') THEN 1 END"
)
"""1 for a person of whom the CRM is not told: kept back, refused, gone from the company, or deleted there."""

PRODUCTS_MAKE = (
    "(SELECT json_extract(m.fields, '$.Amount') FROM crm_record m WHERE m.crm_id = x.crm_id AND EXISTS (SELECT 1 "
    "FROM crm_record p WHERE p.sobject = 'OpportunityLineItem' AND p.parent_id = x.crm_id))"
)
"""The amount of an opportunity ``x`` that is the sum of its products there, whatever we send."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of ours: its key, its id in the CRM where it has one, whose it is, and its values."""

    entity: SyncEntity
    record_id: int
    uid: str
    crm_id: str | None
    account_id: int
    account: str
    values: dict[str, Any]
    needs: tuple[tuple[SyncEntity, int], ...] = ()
    """What the CRM has to know first."""
    is_gone: bool = False
    """It is to be taken away there."""
    refusal: Refusal | None = None
    """Why it cannot go, seen from here."""
    sobject: str = ""
    """What it is there, where that is not always the same."""


def marks(ids: Iterable[int]) -> str:
    """Ids for an SQL list."""
    return ", ".join(str(int(one)) for one in ids)


def closed_day(context: Context, stage: str, closed_at: int | None) -> str | None:
    """The rep's day on which an opportunity was won, which is its close date there; None for any other."""
    if stage != RenewalStage.WON or closed_at is None:
        return None
    settings = context.settings
    return working_date(from_micros(closed_at), settings.zone, settings.day_turns_at_hour).isoformat()
