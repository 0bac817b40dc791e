"""What is told of growth on its account's timeline."""

from uuid import uuid4

from callstation.quotes.money import show
from callstation.sync.outbox import mark_new
from callstation.work import Work
from db.nouns import Activity
from db.stored import from_units
from db.vocabulary import ActivityKind, SyncEntity


def tell(work: Work, growth_id: int, what: str) -> int:
    """One line: "Growth won: Mail Archive for Halden, 4,800.00 USD"; the activity's id."""
    found = work.row("SELECT account_id, contact_id, title, amount, currency FROM growth WHERE id = ?", (growth_id,))
    assert found is not None
    account_id, contact_id, title, units, currency = found
    target = work.row("SELECT id FROM call_target WHERE account_id = ? ORDER BY id LIMIT 1", (account_id,))
    worth = "" if units is None else f", {show(from_units(units), currency)}"
    activity_id = work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.PIPELINE, target_id=target[0] if target else None,
        account_id=account_id, contact_id=contact_id, happened_at=work.now, happened_on=work.today,
        note=f"{what}: {title}{worth}",
    )  # fmt: skip
    mark_new(work, SyncEntity.ACTIVITY, activity_id)
    return activity_id
