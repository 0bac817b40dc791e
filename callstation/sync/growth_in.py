"""Growth that was made here, as the CRM tells of it: found by its id or its key, and taken over like a renewal."""

from typing import Any

from callstation.sync.growth_out import LONGEST_NAME
from callstation.sync.opportunity_in import put_values
from callstation.sync.taking import Page, compare, find_by_key, key_of, link, name_of
from callstation.work import Work
from db.nouns import Growth
from db.vocabulary import SyncEntity

_LOST = """
    SELECT x.id FROM growth x JOIN outbox_entry o ON o.entity = 'growth' AND o.record_id = x.id
    WHERE x.account_id = ? AND substr(x.title, 1, ?) = ? AND x.crm_id IS NULL AND o.sent_at NOT NULL"""


def growth_of(work: Work, page: Page, account_id: int, record: dict[str, Any]) -> int | None:
    """The growth that an opportunity is; where it has no key, also by the name under which it went out unanswered."""
    known = work.row("SELECT id FROM growth WHERE crm_id = ?", (record["Id"],))
    if known is not None:
        return int(known[0])
    found = find_by_key(work, "growth", record, page.context)
    if found is None and page.context.key_of("Opportunity") is None:
        lost = work.row(_LOST, (account_id, LONGEST_NAME, record.get("Name")))
        if lost is not None:
            found = int(lost[0])
            link(work, "growth", found, record["Id"])
    return found


def is_withdrawn(work: Work, page: Page, record: dict[str, Any]) -> bool:
    """Whether it was undone here and is about to be taken back there; then it is nothing new."""
    key = key_of(record, page.context)
    by_name = "OR (crm_id IS NULL AND words = ?)" if page.context.key_of("Opportunity") is None else "OR ? = 0"
    found = work.row(
        f"SELECT 1 FROM withdrawal WHERE sobject = 'Opportunity' AND (crm_id = ? OR uid = ? {by_name})",
        (record["Id"], key, record.get("Name") or ""),
    )
    return found is not None


def take_growth(work: Work, page: Page, growth_id: int, record: dict[str, Any]) -> dict[str, Any]:
    """Bring growth up to date; our values that both sides agree on."""
    found = compare(work, page, SyncEntity.GROWTH, growth_id, record)
    is_first, by = record["Id"] not in page.bases, name_of(work, record.get("LastModifiedById"))
    put_values(work, Growth, growth_id, found.take, by=by, is_first=is_first)
    return found.agreed
