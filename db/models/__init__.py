"""All nouns, one file per family; importing this package registers every table."""

from db.models.accounts import Account, Contact, ContactPhone, Phone
from db.models.calling import Activity, Callback, CallTarget, Campaign, CampaignMember, NoteDraft
from db.models.contracts import Contract, ContractLine, Product, Renewal
from db.models.documents import BatchItem, Document, DocumentBatch
from db.models.forecasting import (
    ForecastAdjustment,
    Growth,
    Quota,
    SavedFilter,
    Snapshot,
    SnapshotDue,
    SnapshotRow,
    WhitespaceMark,
)
from db.models.importing import ImportBatch, ImportImage, ImportSource
from db.models.quoting import ClosingMark, ContractedPrice, PriceBook, PriceEntry, Quote, QuoteLine
from db.models.sync import (
    CrmCursor,
    CrmRecord,
    OutboxEntry,
    StoreFact,
    SyncConflict,
    SyncJob,
    SyncRun,
    Withdrawal,
)

__all__ = [
    "Account",
    "Activity",
    "BatchItem",
    "CallTarget",
    "Callback",
    "Campaign",
    "CampaignMember",
    "ClosingMark",
    "Contact",
    "ContactPhone",
    "Contract",
    "ContractLine",
    "ContractedPrice",
    "CrmCursor",
    "CrmRecord",
    "Document",
    "DocumentBatch",
    "ForecastAdjustment",
    "Growth",
    "ImportBatch",
    "ImportImage",
    "ImportSource",
    "NoteDraft",
    "OutboxEntry",
    "Phone",
    "PriceBook",
    "PriceEntry",
    "Product",
    "Quota",
    "Quote",
    "QuoteLine",
    "Renewal",
    "SavedFilter",
    "Snapshot",
    "SnapshotDue",
    "SnapshotRow",
    "StoreFact",
    "SyncConflict",
    "SyncJob",
    "SyncRun",
    "WhitespaceMark",
    "Withdrawal",
]
