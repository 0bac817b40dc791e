"""All nouns, one file per family; importing this package registers every table."""

from db.models.accounts import Account, Contact, ContactPhone, Phone
from db.models.calling import Activity, Callback, CallTarget, Campaign, CampaignMember, NoteDraft
from db.models.contracts import Contract, ContractLine, Product, Renewal
from db.models.importing import ImportBatch, ImportImage, ImportSource
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
    "CallTarget",
    "Callback",
    "Campaign",
    "CampaignMember",
    "Contact",
    "ContactPhone",
    "Contract",
    "ContractLine",
    "CrmCursor",
    "CrmRecord",
    "ImportBatch",
    "ImportImage",
    "ImportSource",
    "NoteDraft",
    "OutboxEntry",
    "Phone",
    "Product",
    "Renewal",
    "StoreFact",
    "SyncConflict",
    "SyncJob",
    "SyncRun",
    "Withdrawal",
]
