"""What verbs write: each noun's table, key and defaults, as the models declare them, without importing SQLAlchemy."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from db.stored import MONEY_SCALE

# The window writes with these: SQLAlchemy and its models would double its start and its memory. A test holds the two
# together (tests/db/test_nouns.py).


class Noun(NamedTuple):
    """A table to write to: its primary key, and what a new row has where nothing is said."""

    table: str
    key: tuple[str, ...] = ("id",)
    defaults: Mapping[str, Any] = MappingProxyType({})


Account = Noun("account")
Contact = Noun("contact", defaults={"is_active": 1, "is_decision_maker": 0, "is_do_not_call": 0})
Phone = Noun("phone", defaults={"zones": "", "attempts": 0, "connects": 0, "is_do_not_call": 0})
ContactPhone = Noun("contact_phone", defaults={"position": 0})
Product = Noun("product", defaults={"kind": "plan"})
Contract = Noun("contract")
ContractLine = Noun("contract_line")
Renewal = Noun("renewal", defaults={"is_category_picked": 0, "picked_by": "", "slips": 0})
CallTarget = Noun(
    "call_target",
    defaults={
        "rank": 0, "score": 0.0, "parts": "", "hours_key": "", "renewal_count": 0, "attempts": 0, "missed_in_a_row": 0,
    },
)  # fmt: skip
Activity = Noun("activity", defaults={"is_reached": 0, "duration_s": 0, "note": ""})
Callback = Noun("callback", defaults={"note": ""})
Campaign = Noun(
    "campaign", defaults={"is_active": 1, "weight": 0, "filter": "{}", "outcome_keys": "[]", "talk_track": ""}
)
NoteDraft = Noun("note_draft", defaults={"ticked": ""})
OutboxEntry = Noun(
    "outbox_entry", key=("entity", "record_id"),
    defaults={"revision": 1, "state": "waiting", "attempts": 0, "code": "", "message": "", "fields": ""},
)  # fmt: skip
SyncConflict = Noun("sync_conflict", defaults={"field": "", "theirs_by": ""})
PriceBook = Noun("price_book", defaults={"source": ""})
PriceEntry = Noun("price_entry", defaults={"plan_months": 12, "min_quantity": 1, "unit": ""})
ContractedPrice = Noun("contracted_price", defaults={"plan_months": 12, "note": ""})
Quote = Noun(
    "quote",
    defaults={
        "version": 1, "rate": "1", "discount": 0, "approval_reason": "", "approved_by": "", "choices": "{}",
        "note": "", "reason": "",
    },
)  # fmt: skip
QuoteLine = Noun(
    "quote_line",
    defaults={
        "sku": "", "end_customer": "", "plan_months": 12, "uplift": 0, "discount": 0, "multiplier": "1/1",
        "multiplier_words": "", "fee": 0,
    },
)  # fmt: skip
ClosingMark = Noun("closing_mark", key=("renewal_id", "step"), defaults={"words": ""})
Document = Noun("document")
DocumentBatch = Noun("document_batch", defaults={"language": ""})
BatchItem = Noun("batch_item", key=("batch_id", "position"), defaults={"problem": ""})
Growth = Noun(
    "growth",
    defaults={
        "family": "", "term_months": 12 * MONEY_SCALE, "is_category_picked": 0, "picked_by": "", "slips": 0,
        "notes": "",
    },
)  # fmt: skip
Quota = Noun("quota", defaults={"is_growth": 0})
ForecastAdjustment = Noun("forecast_adjustment", defaults={"is_growth": 0})
SavedFilter = Noun("saved_filter", defaults={"position": 0})
WhitespaceMark = Noun("whitespace_mark", key=("account_id", "family"), defaults={"words": ""})
