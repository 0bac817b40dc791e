"""What is read from the CRM: each object's fields, whose records, and the parent each belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass

from callstation.sync.context import Context
from callstation.sync.soql import text

PAGE = 2000
SYSTEM = ("Id", "IsDeleted", "SystemModstamp")


@dataclass(frozen=True, slots=True)
class Pull:
    """One object. Fields that this user may not see are left out by describe."""

    sobject: str
    label: str
    fields: tuple[str, ...]
    parent: str = ""
    """The field whose record it belongs to."""
    scope: str = ""
    """Whose records: a condition with ``{me}`` for the user's id, left out where all are wanted."""
    first: str = ""
    """A condition of the first load alone: what is over and done with is not fetched."""
    always: str = ""
    has_deleted: bool = True


PULLS: Mapping[str, Pull] = {
    pull.sobject: pull
    for pull in (
        Pull("User", "users", ("Name", "Email", "IsActive"), has_deleted=False, first="IsActive = true"),
        Pull(
            "Account", "accounts",
            ("Name", "Type", "BillingStreet", "BillingCity", "BillingState", "BillingPostalCode", "BillingCountry",
             "Phone", "OwnerId", "MasterRecordId", "LastModifiedById"),
            scope="OwnerId = {me}",
        ),
        Pull(
            "Contact", "contacts",
            ("AccountId", "FirstName", "LastName", "Title", "Email", "Phone", "MobilePhone", "DoNotCall",
             "MasterRecordId", "LastModifiedById"),
            parent="AccountId", scope="Account.OwnerId = {me}",
        ),
        Pull(
            "Contract", "contracts", ("AccountId", "ContractNumber", "Name", "StartDate", "EndDate", "Status"),
            parent="AccountId", scope="Account.OwnerId = {me}",
        ),
        Pull("Product2", "products", ("Name", "ProductCode", "Family", "IsActive"), first="IsActive = true"),
        Pull("Pricebook2", "price books", ("Name", "IsActive", "IsStandard"), first="IsActive = true"),
        Pull(
            "PricebookEntry", "prices", ("Product2Id", "Pricebook2Id", "UnitPrice", "CurrencyIsoCode", "IsActive"),
            parent="Product2Id", first="IsActive = true",
        ),
        Pull(
            "Opportunity", "opportunities",
            ("AccountId", "Name", "StageName", "Amount", "CurrencyIsoCode", "CloseDate", "NextStep",
             "ForecastCategoryName", "IsClosed", "IsWon", "ContractId", "Pricebook2Id", "OwnerId", "LastModifiedById"),
            parent="AccountId", scope="Account.OwnerId = {me}", first="IsClosed = false",
        ),
        Pull(
            "OpportunityLineItem", "opportunity lines",
            ("OpportunityId", "Product2Id", "Quantity", "UnitPrice", "TotalPrice"), parent="OpportunityId",
            scope="Opportunity.Account.OwnerId = {me}", first="Opportunity.IsClosed = false",
        ),
        Pull(
            "Quote", "quotes", ("OpportunityId", "Name", "Status", "Pricebook2Id", "LastModifiedById"),
            parent="OpportunityId", scope="Opportunity.Account.OwnerId = {me}",
        ),
        Pull(
            "Asset", "assets",
            ("AccountId", "Product2Id", "Name", "SerialNumber", "Quantity", "Price", "InstallDate", "UsageEndDate",
             "Status"),
            parent="AccountId", scope="Account.OwnerId = {me}",
        ),
        Pull(
            "Task", "tasks",
            ("AccountId", "WhoId", "WhatId", "Subject", "Status", "Priority", "ActivityDate", "ReminderDateTime",
             "Description", "CallObject", "TaskSubtype", "IsClosed", "OwnerId", "LastModifiedById"),
            parent="AccountId", scope="OwnerId = {me}", first="IsClosed = false",
            always="(IsClosed = false OR TaskSubtype != 'Call' OR IsDeleted = true)",  # calls are ours to tell
        ),
        Pull(
            "Case", "cases",
            ("AccountId", "ContactId", "CaseNumber", "Subject", "Status", "Priority", "IsClosed"), parent="AccountId",
            scope="Account.OwnerId = {me}", first="IsClosed = false",
        ),
        Pull("Campaign", "campaigns", ("Name", "Status", "IsActive", "StartDate", "EndDate"), first="IsActive = true"),
        Pull(
            "CampaignMember", "campaign members", ("CampaignId", "ContactId", "Status"), parent="CampaignId",
            scope="Contact.Account.OwnerId = {me}", first="Campaign.IsActive = true",
        ),
    )
}  # fmt: skip
"""In the order in which they are read: who, then whom they belong to, then what hangs on those."""
ASKED_ABOUT = (*PULLS, "QuoteLineItem", "Organization")
"""The objects whose schema a sync asks for."""
SENT_ONLY = {"QuoteLineItem": "quote lines"}
"""What is written and never read, with its label."""


def label_of(sobject: str) -> str:
    """What an object is called among its like: "opportunity lines"."""
    return PULLS[sobject].label if sobject in PULLS else SENT_ONLY.get(sobject, sobject)


def fields_of(pull: Pull, context: Context) -> list[str]:
    """The fields to ask for: those that this user may see, and our key where there is one."""
    shape = context.shapes.get(pull.sobject)
    if shape is None:
        return []
    system = [name for name in SYSTEM if name in shape.fields]
    key = context.key_of(pull.sobject)
    return [*system, *(name for name in pull.fields if name in shape.fields), *([key] if key else [])]


def conditions(pull: Pull, context: Context, *, is_first: bool) -> list[str]:
    """What every query of an object asks for beside its stamp."""
    found = []
    if pull.scope and context.settings.crm_scope == "mine":
        found.append(pull.scope.format(me=text(context.user_id)))
    elif pull.sobject == "Task":
        found.append(pull.scope.format(me=text(context.user_id)))  # other people's tasks are theirs
    if is_first and pull.first:
        found.append(pull.first)
    if pull.always and not is_first:
        found.append(pull.always)
    if is_first and pull.has_deleted:
        found.append("IsDeleted = false")
    return found
