"""What the practice org works out by itself, and what a saved row does to others."""

from collections.abc import Callable
from typing import Any

import pytest

from callstation.clock import ManualClock
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.org import Org

Make = Callable[..., str]


def _opportunity(org: Org, **values: Any) -> str:
    return org.create("Opportunity", {"Name": "R", "StageName": "Prospecting", "CloseDate": "2027-02-28", **values})


def _entry(org: Org, price: float = 10.0) -> str:
    product = org.create("Product2", {"Name": "Quillbase", "ProductCode": "QB"})
    book = org.standard_pricebook_id
    return org.create(
        "PricebookEntry", {"Pricebook2Id": book, "Product2Id": product, "UnitPrice": price, "IsActive": True}
    )


def test_a_task_finds_its_account_through_what_or_who(org: Org, account: Make) -> None:
    one, two = account("One"), account("Two")
    contact = org.create("Contact", {"LastName": "x", "AccountId": two})
    deal = _opportunity(org, AccountId=one)
    for values, expected in (
        ({"WhatId": one, "WhoId": contact}, one), ({"WhatId": deal}, one), ({"WhoId": contact}, two), ({}, None),
    ):  # fmt: skip
        task = org.create("Task", values)
        assert org.retrieve("Task", task, ["AccountId"])["AccountId"] == expected
    org.update("Task", task, {"WhoId": contact})
    assert org.retrieve("Task", task, ["AccountId"])["AccountId"] == two


def test_a_completed_task_is_closed_and_dates_its_parents_without_moving_their_stamp(
    org: Org, account: Make, clock: ManualClock
) -> None:
    parent = account()
    org.create("Task", {"WhatId": parent, "ActivityDate": "2026-11-21"})
    clock.advance(3600)
    task = org.create(
        "Task", {"WhatId": parent, "Status": "Completed", "ActivityDate": "2026-11-20", "Priority": "High"}
    )
    row = org.retrieve("Task", task)
    assert (row["IsClosed"], row["IsHighPriority"], row["CompletedDateTime"][:19]) == (
        True,
        True,
        "2026-11-23T16:00:00",
    )
    found = org.retrieve("Account", parent)
    assert (found["LastActivityDate"], found["SystemModstamp"][:19]) == ("2026-11-20", "2026-11-23T15:00:00")
    org.update("Task", task, {"Status": "In Progress"})
    assert org.retrieve("Task", task, ["IsClosed", "CompletedDateTime"])["CompletedDateTime"] is None


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("Prospecting", (10.0, "Pipeline", "Pipeline", False, False, 100.0)),
        ("Negotiation/Review", (90.0, "Pipeline", "Pipeline", False, False, 900.0)),
        ("Closed Won", (100.0, "Closed", "Closed", True, True, 1000.0)),
        ("Closed Lost", (0.0, "Omitted", "Omitted", True, False, 0.0)),
        ("In Progress", (10.0, "Pipeline", "Pipeline", False, False, 100.0)),
    ],
)
def test_a_stage_sets_what_follows_from_it(org: Org, stage: str, expected: tuple[Any, ...]) -> None:
    deal = _opportunity(org, Amount=1000, StageName="Qualification")
    org.update("Opportunity", deal, {"StageName": stage})
    row = org.retrieve("Opportunity", deal)
    names = ("Probability", "ForecastCategory", "ForecastCategoryName", "IsClosed", "IsWon", "ExpectedRevenue")
    assert tuple(row[name] for name in names) == expected
    assert (row["FiscalYear"], row["FiscalQuarter"], row["Fiscal"]) == (2027, 1, "2027 1")


def test_a_category_that_was_given_outlives_its_stage_change(org: Org) -> None:
    deal = _opportunity(org)
    org.update("Opportunity", deal, {"StageName": "Proposal/Price Quote", "ForecastCategoryName": "Best Case"})
    row = org.retrieve("Opportunity", deal, ["ForecastCategory", "ForecastCategoryName", "Probability"])
    assert (row["ForecastCategory"], row["ForecastCategoryName"], row["Probability"]) == ("BestCase", "Best Case", 75.0)


def test_every_change_of_an_opportunity_that_matters_has_its_history(org: Org, clock: ManualClock) -> None:
    deal = _opportunity(org, Amount=100)
    org.update("Opportunity", deal, {"NextStep": "Call"})
    clock.advance(60)
    org.update("Opportunity", deal, {"Amount": 80.5, "StageName": "Qualification"})
    rows = org.query(f"SELECT Amount, PrevAmount, StageName FROM OpportunityHistory WHERE OpportunityId = '{deal}' "
                     "ORDER BY CreatedDate").records  # fmt: skip
    assert [(row["Amount"], row["PrevAmount"]) for row in rows] == [(100.0, None), (80.5, 100.0)]


def test_lines_make_the_amount_and_a_given_amount_is_ignored_then(org: Org, clock: ManualClock) -> None:
    deal, entry = _opportunity(org, Amount=5), _entry(org)
    clock.advance(60)
    line = org.create(
        "OpportunityLineItem", {"OpportunityId": deal, "PricebookEntryId": entry, "Quantity": 90, "TotalPrice": 48200}
    )
    row = org.retrieve("OpportunityLineItem", line)
    assert (row["UnitPrice"], row["TotalPrice"], row["ListPrice"], row["Name"]) == (
        535.56,
        48200.0,
        10.0,
        "R Quillbase",
    )
    found = org.retrieve("Opportunity", deal)
    assert (found["Amount"], found["HasOpportunityLineItem"], found["ExpectedRevenue"]) == (48200.0, True, 4820.0)
    assert found["SystemModstamp"][:19] == "2026-11-23T15:01:00"
    org.update("Opportunity", deal, {"Amount": 1})
    assert org.retrieve("Opportunity", deal, ["Amount"])["Amount"] == 48200.0
    org.update("OpportunityLineItem", line, {"Quantity": 2, "UnitPrice": 20, "Discount": 25})
    assert org.retrieve("Opportunity", deal, ["Amount"])["Amount"] == 30.0
    org.delete("OpportunityLineItem", line)
    found = org.retrieve("Opportunity", deal)
    assert (found["Amount"], found["HasOpportunityLineItem"]) == (30.0, False)


def test_a_line_may_name_only_its_product(org: Org) -> None:
    deal, entry = _opportunity(org), _entry(org)
    product = org.retrieve("PricebookEntry", entry, ["Product2Id"])["Product2Id"]
    line = org.create(
        "OpportunityLineItem", {"OpportunityId": deal, "Product2Id": product, "Quantity": 1, "UnitPrice": 3}
    )
    assert org.retrieve("OpportunityLineItem", line, ["PricebookEntryId"])["PricebookEntryId"] == entry


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2026-07-01", 12, "2027-06-30"), ("2026-01-31", 1, "2026-02-27"), ("2024-02-29", 12, "2025-02-27"),
     ("2026-03-01", 36, "2029-02-28")],
)  # fmt: skip
def test_a_contract_ends_the_day_before(org: Org, account: Make, start: str, months: int, end: str) -> None:
    made = org.create("Contract", {"AccountId": account(), "StartDate": start, "ContractTerm": months})
    row = org.retrieve("Contract", made)
    assert (row["EndDate"], row["Status"], row["ContractNumber"]) == (end, "Draft", "00000101")


def test_a_campaign_counts_its_members_and_knows_who_answered(org: Org, account: Make) -> None:
    campaign = org.create("Campaign", {"Name": "Autumn"})
    contact = org.create(
        "Contact", {"LastName": "Raman", "FirstName": "Priya", "AccountId": account("Halden"), "DoNotCall": True}
    )
    lead = org.create("Lead", {"LastName": "Lee", "Company": "Lee Ltd"})
    for person in ({"ContactId": contact, "Status": "Responded"}, {"LeadId": lead}):
        member = org.create("CampaignMember", {"CampaignId": campaign, **person})
    rows = org.query(
        "SELECT Name, CompanyOrAccount, HasResponded, DoNotCall, Type FROM CampaignMember ORDER BY Name"
    ).records
    told = [(row["Name"], row["CompanyOrAccount"], row["HasResponded"], row["DoNotCall"], row["Type"]) for row in rows]
    assert told == [("Lee", "Lee Ltd", False, False, "Lead"), ("Priya Raman", "Halden", True, True, "Contact")]
    counts = org.retrieve("Campaign", campaign, ["NumberOfContacts", "NumberOfLeads", "NumberOfResponses"])
    assert [counts[name] for name in ("NumberOfContacts", "NumberOfLeads", "NumberOfResponses")] == [1, 1, 1]
    org.delete("CampaignMember", member)
    assert org.retrieve("Campaign", campaign, ["NumberOfLeads"])["NumberOfLeads"] == 0


def test_an_event_needs_a_start_and_works_out_its_end(org: Org) -> None:
    with pytest.raises(OrgError, match="ActivityDateTime"):
        org.create("Event", {"DurationInMinutes": 30})
    event = org.create("Event", {"StartDateTime": "2026-11-24T09:00:00+01:00", "DurationInMinutes": "90"})
    row = org.retrieve("Event", event)
    assert (row["ActivityDateTime"], row["EndDateTime"]) == (
        "2026-11-24T08:00:00.000+0000",
        "2026-11-24T09:30:00.000+0000",
    )
    org.update("Event", event, {"EndDateTime": "2026-11-24T08:15:00Z"})
    assert org.retrieve("Event", event, ["DurationInMinutes"])["DurationInMinutes"] == 15


def test_a_quote_sums_its_lines(org: Org, account: Make) -> None:
    deal, entry = _opportunity(org, AccountId=account()), _entry(org)
    book = org.standard_pricebook_id
    quote = org.create("Quote", {"Name": "Q", "OpportunityId": deal, "Tax": 5, "Pricebook2Id": book})
    values = {"QuoteId": quote, "PricebookEntryId": entry, "Quantity": 3, "UnitPrice": 10, "Discount": 10}
    org.create("QuoteLineItem", values)
    row = org.retrieve("Quote", quote)
    assert (row["Subtotal"], row["TotalPrice"], row["GrandTotal"], row["LineItemCount"]) == (30.0, 27.0, 32.0, 1)
    assert (row["Discount"], row["QuoteNumber"], row["AccountId"] is not None) == (10.0, "00000001", True)


def test_a_line_needs_an_active_price_of_its_parents_book(org: Org, account: Make) -> None:
    deal, entry = _opportunity(org, AccountId=account()), _entry(org)
    quote = org.create("Quote", {"Name": "Q", "OpportunityId": deal})
    line = {"QuoteId": quote, "PricebookEntryId": entry, "Quantity": 1, "UnitPrice": 10}
    with pytest.raises(OrgError, match="different pricebook than the one assigned to the quote"):
        org.create("QuoteLineItem", line)
    org.update("Quote", quote, {"Pricebook2Id": org.standard_pricebook_id})
    org.update("PricebookEntry", entry, {"IsActive": False})
    with pytest.raises(OrgError, match="inactivated"):
        org.create("QuoteLineItem", line)
    org.update("PricebookEntry", entry, {"IsActive": True})
    org.create("QuoteLineItem", line)
    other = org.create("Pricebook2", {"Name": "Partners", "IsActive": True})
    with pytest.raises(OrgError, match="while the quote has products"):
        org.update("Quote", quote, {"Pricebook2Id": other})
    org.update("Opportunity", deal, {"Pricebook2Id": other})
    with pytest.raises(OrgError, match="different pricebook than the one assigned to the opportunity"):
        org.create(
            "OpportunityLineItem", {"OpportunityId": deal, "PricebookEntryId": entry, "Quantity": 1, "UnitPrice": 1}
        )


def test_an_org_may_have_no_quotes(clock: ManualClock) -> None:
    without = Org(None, clock, has_quotes=False)
    assert {"Quote", "QuoteLineItem"}.isdisjoint(without.sobjects())
    with pytest.raises(OrgError):
        without.describe("Quote")
    without.close()


def test_a_case_has_a_number_and_its_contacts_account(org: Org, account: Make) -> None:
    contact = org.create("Contact", {"LastName": "x", "AccountId": account(), "Phone": "1"})
    case = org.create("Case", {"ContactId": contact, "Subject": "Broken"})
    row = org.retrieve("Case", case)
    assert (row["CaseNumber"], row["Status"], row["Priority"], row["ContactPhone"]) == (
        "00001001",
        "New",
        "Medium",
        "1",
    )
    assert row["AccountId"] is not None
    org.update("Case", case, {"Status": "Closed"})
    assert org.retrieve("Case", case, ["IsClosed", "ClosedDate"])["IsClosed"] is True
