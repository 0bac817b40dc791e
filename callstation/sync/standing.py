"""How this book stands with the CRM, read in a millisecond: who is connected, what waits, what needs the rep."""

from dataclasses import dataclass
from datetime import datetime

from callstation.sync.connection import Connection, connection
from callstation.work import Work
from db.stored import from_micros

OFFLINE = "offline"
"""The trouble of a receipt whose sync found no network."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the status bar says; nothing here reads a record."""

    connection: Connection | None
    offline_since: datetime | None
    waiting: int
    """Changes that go with the next sync, those in doubt included."""
    attention: int


def standing(work: Work) -> Standing:
    """Who is connected, since when there is no network, and two counts."""
    return Standing(connection(work), offline_since(work), waiting_count(work), attention_count(work))


def waiting_count(work: Work) -> int:
    """How many changes go with the next sync; the whole is counted without looking at a row."""
    found = work.row(
        "SELECT (SELECT count(*) FROM outbox_entry) - (SELECT count(*) FROM outbox_entry WHERE state <> 'waiting' "
        "AND state IN ('held', 'refused'))"
    )
    return int(found[0]) if found else 0


def attention_count(work: Work) -> int:
    """How many rows ``overview.attention`` has: decisions, refusals (an account's or a quote's once), a pull."""
    found = work.row(_ATTENTION)
    return int(found[0]) if found else 0


def offline_since(work: Work) -> datetime | None:
    """When the first of the last syncs ended that found no network; None where the last one found it."""
    since = None
    for at, trouble in work.each(
        "SELECT finished_at, json_extract(detail, '$.trouble') FROM sync_run ORDER BY id DESC"
    ):
        if trouble != OFFLINE:
            break
        since = at
    return None if since is None else from_micros(since)


_ATTENTION = """
SELECT (SELECT count(*) FROM sync_conflict)
     + (SELECT count(*) FROM outbox_entry
        WHERE state <> 'waiting' AND state = 'refused' AND code NOT IN ('ACCOUNT_NOT_IN_SALESFORCE',
              'PRODUCT_NOT_IN_PRICE_BOOK', 'QUOTE_IN_OTHER_CURRENCY', 'OPPORTUNITY_HAS_OTHER_LINES'))
     + (SELECT count(*) FROM (
            SELECT DISTINCT l.quote_id, o.code FROM outbox_entry o LEFT JOIN quote_line l ON l.id = o.record_id
            WHERE o.state <> 'waiting' AND o.state = 'refused' AND o.code IN (
                  'PRODUCT_NOT_IN_PRICE_BOOK', 'QUOTE_IN_OTHER_CURRENCY', 'OPPORTUNITY_HAS_OTHER_LINES')))
     + (SELECT count(DISTINCT account_id) + count(*) - count(account_id) FROM (
            SELECT CASE entity
                WHEN 'account' THEN (SELECT id FROM account WHERE id = record_id)
                WHEN 'contact' THEN (SELECT account_id FROM contact WHERE id = record_id)
                WHEN 'renewal' THEN (SELECT account_id FROM renewal WHERE id = record_id)
                WHEN 'growth' THEN (SELECT account_id FROM growth WHERE id = record_id)
                WHEN 'activity' THEN (SELECT account_id FROM activity WHERE id = record_id)
                WHEN 'callback' THEN (SELECT t.account_id FROM callback b JOIN call_target t ON t.id = b.target_id
                                      WHERE b.id = record_id)
                WHEN 'quote' THEN (SELECT account_id FROM quote WHERE id = record_id)
                WHEN 'quote_line' THEN (SELECT q.account_id FROM quote_line l JOIN quote q ON q.id = l.quote_id
                                        WHERE l.id = record_id) END AS account_id
            FROM outbox_entry
            WHERE state <> 'waiting' AND state = 'refused' AND code = 'ACCOUNT_NOT_IN_SALESFORCE'))
     + (SELECT count(*) FROM store_fact WHERE name = 'crm.emptying' AND value <> '')
"""
