"""What the org works out by itself when a row is saved: names, ends, sums, whether a thing is closed."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.values import moment_text

Row = dict[str, Any]
STAGES: Mapping[str, tuple[float, str, str]] = {
    "Prospecting": (10.0, "Pipeline", "Pipeline"),
    "Qualification": (10.0, "Pipeline", "Pipeline"),
    "Needs Analysis": (20.0, "Pipeline", "Pipeline"),
    "Value Proposition": (50.0, "Pipeline", "Pipeline"),
    "Id. Decision Makers": (60.0, "Pipeline", "Pipeline"),
    "Perception Analysis": (70.0, "Pipeline", "Pipeline"),
    "Proposal/Price Quote": (75.0, "Pipeline", "Pipeline"),
    "Negotiation/Review": (90.0, "Pipeline", "Pipeline"),
    "Closed Won": (100.0, "Closed", "Closed"),
    "Closed Lost": (0.0, "Omitted", "Omitted"),
}
"""Stage -> (probability in per cent, ForecastCategory, ForecastCategoryName); an unknown one is 10, Pipeline."""
_CATEGORY = {"Best Case": "BestCase", "Commit": "Forecast", "Most Likely": "MostLikely"}


@dataclass(slots=True)
class Around:
    """What a row is derived from besides itself: the rows it refers to, by id, the moment, and numbers to give out."""

    now: str
    parents: dict[str, Row] = field(default_factory=dict)
    number: Callable[[str], int] = lambda _name: 0

    def of(self, record_id: str | None) -> Row:
        return self.parents.get(record_id, {}) if record_id else {}


Derive = Callable[[Row, Row | None, Around], None]
"""(the new row, changed in place; the row before or None; what is around)."""


def _activity(row: Row, old: Row | None, around: Around) -> None:
    what, who = row["WhatId"], row["WhoId"]
    account_id = what if what and what.startswith("001") else around.of(what).get("AccountId")
    row["AccountId"] = account_id or around.of(who).get("AccountId")


def _task(row: Row, old: Row | None, around: Around) -> None:
    _activity(row, old, around)
    is_closed = row["IsClosed"] = int(row["Status"] == "Completed")
    row["IsHighPriority"] = int(row["Priority"] == "High")
    if is_closed:
        row["CompletedDateTime"] = row["CompletedDateTime"] or around.now
    else:
        row["CompletedDateTime"] = None


def _event(row: Row, old: Row | None, around: Around) -> None:
    _activity(row, old, around)
    # The two names of the start follow each other: the one just changed leads.
    was = old or {}
    start = row["StartDateTime"]
    if start is None or (row["ActivityDateTime"] and row["ActivityDateTime"] != was.get("ActivityDateTime")):
        start = row["ActivityDateTime"]
    if start is None and not row["IsAllDayEvent"]:
        raise OrgError(
            "REQUIRED_FIELD_MISSING", "Required fields are missing: [ActivityDateTime]", ["ActivityDateTime"]
        )
    row["StartDateTime"] = row["ActivityDateTime"] = start
    if start is None:
        row["EndDate"] = row["ActivityDate"]
        return
    begins = datetime.fromisoformat(start)
    minutes = row["DurationInMinutes"]
    if row["EndDateTime"] and row["EndDateTime"] != was.get("EndDateTime"):
        minutes = int((datetime.fromisoformat(row["EndDateTime"]) - begins).total_seconds() // 60)
    if minutes is None or minutes < 0:
        raise OrgError("FIELD_INTEGRITY_EXCEPTION", "Duration: an event ends after it begins", ["DurationInMinutes"])
    row["DurationInMinutes"] = minutes
    row["EndDateTime"] = moment_text(begins + timedelta(minutes=minutes))
    row["ActivityDate"], row["EndDate"] = start[:10], row["EndDateTime"][:10]


def _person(row: Row, old: Row | None, around: Around) -> None:
    row["Name"] = " ".join(part for part in (row["FirstName"], row["LastName"]) if part)


def _opportunity(row: Row, old: Row | None, around: Around) -> None:
    was = old or {}
    probability, _category, category_name = STAGES.get(row["StageName"], (10.0, "Pipeline", "Pipeline"))
    is_moved = row["StageName"] != was.get("StageName")
    if is_moved and row["ForecastCategoryName"] == was.get("ForecastCategoryName"):
        row["ForecastCategoryName"] = category_name
    if row["Probability"] is None or (is_moved and row["Probability"] == was.get("Probability")):
        row["Probability"] = probability
    if is_moved:
        row["LastStageChangeDate"] = around.now if old else None
    name = row["ForecastCategoryName"] or category_name
    row["ForecastCategoryName"], row["ForecastCategory"] = name, _CATEGORY.get(name, name)
    row["IsWon"] = int(row["StageName"] == "Closed Won")
    row["IsClosed"] = int(row["IsWon"] or row["StageName"] == "Closed Lost")
    if old and old["HasOpportunityLineItem"]:
        row["Amount"] = old["Amount"]  # a new amount is ignored without a word where lines make it
    amount = row["Amount"]
    row["ExpectedRevenue"] = None if amount is None else round(amount * row["Probability"] / 100, 2)
    closes = date.fromisoformat(row["CloseDate"])
    row["FiscalYear"], row["FiscalQuarter"] = closes.year, (closes.month + 2) // 3
    row["Fiscal"] = f"{closes.year} {row['FiscalQuarter']}"


def _line(row: Row, old: Row | None, around: Around) -> None:
    entry, was = around.of(row["PricebookEntryId"]), old or {}
    row["Product2Id"] = entry.get("Product2Id") or row["Product2Id"]
    row["ListPrice"] = entry.get("UnitPrice")
    quantity = row["Quantity"]
    if not quantity:
        raise OrgError("FIELD_INTEGRITY_EXCEPTION", "Quantity: must be other than nought", ["Quantity"])
    keep = 1 - (row["Discount"] or 0.0) / 100
    total = row["TotalPrice"]
    if total is not None and total != was.get("TotalPrice") and row["UnitPrice"] == was.get("UnitPrice"):
        # The total leads: it stays to the cent, and the unit price is what comes out.
        row["Subtotal"] = round(total / keep, 2) if keep else 0.0
        row["UnitPrice"] = round(row["Subtotal"] / quantity, 2)
        return
    if row["UnitPrice"] is None:
        raise OrgError("REQUIRED_FIELD_MISSING", "Required fields are missing: [UnitPrice]", ["UnitPrice"])
    if any(row[name] != was.get(name) for name in ("Quantity", "UnitPrice", "Discount")):
        row["Subtotal"] = round(row["UnitPrice"] * quantity, 2)
        row["TotalPrice"] = round(row["Subtotal"] * keep, 2)


def _in_book(row: Row, book_id: str | None, whose: str, around: Around) -> None:
    """A line's price has to be an active one of the price book that its parent has."""
    entry = around.of(row["PricebookEntryId"])
    if entry and entry.get("Pricebook2Id") != book_id:
        raise OrgError(
            "FIELD_INTEGRITY_EXCEPTION",
            f"field integrity exception: PricebookEntryId (pricebook entry is in a different pricebook than the one "
            f"assigned to the {whose})",
            ["PricebookEntryId"],
        )
    if entry and not entry.get("IsActive"):
        raise OrgError(
            "FIELD_INTEGRITY_EXCEPTION",
            "field integrity exception: PricebookEntryId (pricebook entry has been inactivated)",
            ["PricebookEntryId"],
        )


def _opportunity_line(row: Row, old: Row | None, around: Around) -> None:
    if old is None and not row["PricebookEntryId"]:
        raise OrgError(
            "REQUIRED_FIELD_MISSING", "Required fields are missing: [PricebookEntryId]", ["PricebookEntryId"]
        )
    book_id = around.of(row["OpportunityId"]).get("Pricebook2Id")
    if old is None and book_id is not None:
        _in_book(row, book_id, "opportunity", around)
    _line(row, old, around)
    row["ProductCode"] = around.of(row["PricebookEntryId"]).get("ProductCode")
    product = around.of(row["PricebookEntryId"]).get("Name")
    row["Name"] = f"{around.of(row['OpportunityId']).get('Name')} {product}"[:376]


def _quote_line(row: Row, old: Row | None, around: Around) -> None:
    if old is None:
        _in_book(row, around.of(row["QuoteId"]).get("Pricebook2Id"), "quote", around)
    _line(row, old, around)
    if old is None:
        row["LineNumber"] = f"{around.number('QuoteLineItem.LineNumber'):08d}"


def _entry(row: Row, old: Row | None, around: Around) -> None:
    product = around.of(row["Product2Id"])
    row["Name"], row["ProductCode"] = product.get("Name", row["Name"]), product.get("ProductCode", row["ProductCode"])


def _contract(row: Row, old: Row | None, around: Around) -> None:
    if old is None:
        row["ContractNumber"] = f"{around.number('Contract.ContractNumber') + 100:08d}"
    starts, term = row["StartDate"], row["ContractTerm"]
    row["EndDate"] = _end(date.fromisoformat(starts), term).isoformat() if starts and term else None
    row["StatusCode"] = {"In Approval Process": "InApproval"}.get(row["Status"], row["Status"])
    if row["StatusCode"] == "Activated" and not row["ActivatedDate"]:
        row["ActivatedDate"], row["ActivatedById"] = around.now, row["LastModifiedById"]


def _end(starts: date, months: int) -> date:
    """The day before the same day ``months`` later (StartDate 1 July + 12 ends on 30 June)."""
    years, month = divmod(starts.month - 1 + months, 12)
    year = min(starts.year + years, 4000)
    day = min(starts.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def _case(row: Row, old: Row | None, around: Around) -> None:
    if old is None:
        row["CaseNumber"] = f"{around.number('Case.CaseNumber') + 1000:08d}"
    contact = around.of(row["ContactId"])
    if row["ContactId"] and row["ContactId"] != (old or {}).get("ContactId") and not row["AccountId"]:
        row["AccountId"] = contact.get("AccountId")
    for ours, theirs in (("Phone", "Phone"), ("Mobile", "MobilePhone"), ("Email", "Email"), ("Fax", "Fax")):
        row[f"Contact{ours}"] = contact.get(theirs)
    row["IsClosed"] = int(row["Status"] == "Closed")
    row["ClosedDate"] = (row["ClosedDate"] or around.now) if row["IsClosed"] else None


def _quote(row: Row, old: Row | None, around: Around) -> None:
    if old is None:
        row["QuoteNumber"] = f"{around.number('Quote.QuoteNumber'):08d}"
    row["AccountId"] = around.of(row["OpportunityId"]).get("AccountId")
    if old and old["LineItemCount"] and row["Pricebook2Id"] != old["Pricebook2Id"]:
        raise OrgError(
            "FIELD_INTEGRITY_EXCEPTION", "Price Book: cannot be changed while the quote has products", ["Pricebook2Id"]
        )
    if old is None:
        row["LineItemCount"], row["Subtotal"], row["TotalPrice"] = 0, 0.0, 0.0
    row["GrandTotal"] = round((row["TotalPrice"] or 0) + (row["Tax"] or 0) + (row["ShippingHandling"] or 0), 2)


def _member(row: Row, old: Row | None, around: Around) -> None:
    if not row["ContactId"] and not row["LeadId"]:
        raise OrgError("REQUIRED_FIELD_MISSING", "Required fields are missing: [LeadId, ContactId]", ["ContactId"])
    person = around.of(row["ContactId"]) or around.of(row["LeadId"])
    row["LeadOrContactId"] = row["ContactId"] or row["LeadId"]
    row["LeadOrContactOwnerId"] = person.get("OwnerId")
    for same in (
        "Name",
        "FirstName",
        "LastName",
        "Title",
        "Salutation",
        "Email",
        "Phone",
        "Fax",
        "MobilePhone",
        "LeadSource",
    ):
        row[same] = person.get(same)
    for same in ("Street", "City", "State", "PostalCode", "Country"):
        row[same] = person.get(f"Mailing{same}", person.get(same))
    row["DoNotCall"], row["HasOptedOutOfEmail"] = person.get("DoNotCall", 0), person.get("HasOptedOutOfEmail", 0)
    row["CompanyOrAccount"] = person.get("Company") or around.of(person.get("AccountId")).get("Name")
    row["Type"] = "Contact" if row["ContactId"] else "Lead"
    row["HasResponded"] = int(row["Status"] == "Responded")
    if row["HasResponded"] and not row["FirstRespondedDate"]:
        row["FirstRespondedDate"] = around.now[:10]


def _asset(row: Row, old: Row | None, around: Around) -> None:
    if not row["AccountId"] and not row["ContactId"]:
        raise OrgError(
            "FIELD_INTEGRITY_EXCEPTION", "Every asset needs an account, a contact, or both.", ["AccountId", "ContactId"]
        )
    row["AccountId"] = row["AccountId"] or around.of(row["ContactId"]).get("AccountId")
    product, parent = around.of(row["Product2Id"]), around.of(row["ParentId"])
    row["ProductCode"], row["StockKeepingUnit"] = product.get("ProductCode"), product.get("StockKeepingUnit")
    row["RootAssetId"] = parent.get("RootAssetId") or row["ParentId"]
    row["AssetLevel"] = (parent.get("AssetLevel") or 0) + 1


DERIVE: Mapping[str, Derive] = {
    "Task": _task, "Event": _event, "Contact": _person, "Lead": _person, "User": _person, "Opportunity": _opportunity,
    "OpportunityLineItem": _opportunity_line, "QuoteLineItem": _quote_line, "PricebookEntry": _entry,
    "Contract": _contract, "Case": _case, "Quote": _quote, "CampaignMember": _member, "Asset": _asset,
}  # fmt: skip
"""Object -> what is worked out before a row of it is written."""
