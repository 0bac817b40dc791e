"""Filling a practice org from a store: its customers, contracts and renewals as a company's CRM would hold them."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from callstation.app import App
from callstation.sync.practice.book import Book, read_book
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.org import Org
from callstation.sync.stages import CATEGORY_NAMES, StageNames, read_stage_names
from db.vocabulary import AccountKind, ForecastCategory, RenewalStage

_CASES = ("Sign-in page does not load for two users", "Invoice shows the old address", "Export stops at 10,000 rows",
          "Asks for a copy of the data agreement", "Licence key rejected after the update")  # fmt: skip
_TASKS = ("Send the two-year price", "Check the seat count with their admin", "Confirm who signs",
          "Ask for the purchase order")  # fmt: skip
_MOST_MEMBERS = 20
Row = Mapping[str, Any]


def seed_from_store(org: Org, app: App) -> dict[str, int]:
    """Make the records of an empty org from an open store, all or nothing; how many of each object.

    The same store gives the same records (their ids aside). The org knows nothing of our keys yet, as a company's
    would not; a renewal that lapsed stands there as an open, shaky opportunity.
    """
    book = app.ask(read_book)
    with org.transaction():
        seeding = _Seeding(org, book, read_stage_names(app.settings.stage_names))
        seeding.people()
        seeding.prices()
        seeding.contracts()
        seeding.renewals()
        seeding.work_to_do()
    return {name: org.count(name) for name in org.sobjects() if org.count(name)}


class _Seeding:
    """Local ids to the org's, as the objects are made one after the other."""

    def __init__(self, org: Org, book: Book, stages: StageNames) -> None:
        self._org, self._book, self._stages = org, book, stages
        self._accounts: dict[int, str] = {}
        self._contacts: dict[int, str] = {}
        self._products: dict[int, str] = {}
        self._entries: dict[int, str] = {}
        self._contracts: dict[int, str] = {}
        self._customers = [one for one in book.accounts if one["kind"] == AccountKind.CUSTOMER]

    def people(self) -> None:
        self._accounts = self._make(
            "Account", self._book.accounts,
            lambda one: {
                "Name": one["name"], "BillingStreet": one["street"], "BillingCity": one["city"],
                "BillingState": one["region"], "BillingPostalCode": one["postal_code"],
                "BillingCountry": one["country"],
                "Type": "Channel Partner / Reseller" if one["kind"] == AccountKind.PARTNER else "Customer - Direct",
            },
        )  # fmt: skip
        self._contacts = self._make("Contact", self._book.contacts, self._contact)

    def prices(self) -> None:
        self._products = self._make(
            "Product2", self._book.products,
            lambda one: {"Name": one["name"], "ProductCode": one["sku"], "Family": one["family"], "IsActive": True},
        )  # fmt: skip
        each = dict(self._book.prices)
        for line in self._book.lines:
            if line["value"] is not None and line["quantity"]:
                paid = line["value"] / line["quantity"]
                if line["product_id"] not in self._book.prices:
                    each[line["product_id"]] = max(each.get(line["product_id"], 0.0), paid)
        self._entries = self._make(
            "PricebookEntry", self._book.products,
            lambda one: {
                "Pricebook2Id": self._org.standard_pricebook_id, "Product2Id": self._products[one["id"]],
                "UnitPrice": round(each.get(one["id"], 0.0), 2), "IsActive": True,
            },
        )  # fmt: skip

    def contracts(self) -> None:
        self._contracts = self._make("Contract", self._book.contracts, self._contract)
        of = {one["id"]: one for one in self._book.contracts}
        names = {one["id"]: one["name"] for one in self._book.products}
        self._make(
            "Asset", self._book.lines,
            lambda line: {
                "AccountId": self._accounts[of[line["contract_id"]]["account_id"]], "Name": names[line["product_id"]],
                "Product2Id": self._products[line["product_id"]], "Quantity": line["quantity"],
                "Price": line["value"], "Status": "Installed", "SerialNumber": of[line["contract_id"]]["number"],
                "InstallDate": of[line["contract_id"]]["starts_on"], "UsageEndDate": of[line["contract_id"]]["ends_on"],
            },
        )  # fmt: skip

    def renewals(self) -> None:
        names = {one["id"]: one["name"] for one in self._book.accounts}
        opportunities = self._make(
            "Opportunity", self._book.renewals,
            lambda one: {
                "Name": f"{names[one['account_id']][:100]} renewal {one['due_on'][:4]}",
                "AccountId": self._accounts[one["account_id"]], "ContractId": self._contracts[one["contract_id"]],
                "StageName": self._stage(one["stage"]), "ForecastCategoryName": _category(one["category"]),
                "Amount": one["amount"], "CloseDate": one["close_on"] or one["due_on"], "NextStep": one["next_step"],
                "Type": "Existing Customer - Replacement", "Pricebook2Id": self._org.standard_pricebook_id,
            },
        )  # fmt: skip
        of = {one["contract_id"]: opportunities[one["id"]] for one in self._book.renewals}
        lines = [line for line in self._book.lines if line["contract_id"] in of and line["quantity"] and line["value"]]
        prices = self._prices(lines)
        self._make(
            "OpportunityLineItem", lines,
            lambda line: {
                "OpportunityId": of[line["contract_id"]], "PricebookEntryId": self._entries[line["product_id"]],
                "Quantity": line["quantity"], "TotalPrice": prices[line["id"]],
            },
        )  # fmt: skip

    def _prices(self, lines: Sequence[Row]) -> dict[int, float]:
        """Of each line by its id: its share of the renewal's amount, or its value; the sum is the opportunity's."""
        amounts = {one["contract_id"]: one["amount"] for one in self._book.renewals}
        of: dict[int, list[Row]] = {}
        for line in lines:
            of.setdefault(line["contract_id"], []).append(line)
        prices: dict[int, float] = {}
        for contract_id, some in of.items():
            whole = sum(line["value"] for line in some)
            left = whole if amounts[contract_id] is None else amounts[contract_id]
            for line in some[:-1]:
                prices[line["id"]] = round(left * line["value"] / whole, 2)
                left, whole = round(left - prices[line["id"]], 2), whole - line["value"]
            prices[some[-1]["id"]] = left
        return prices

    def work_to_do(self) -> None:
        """A campaign with members, a case at every sixth customer and an open task at every fifth."""
        first: dict[int, str] = {}
        for one in self._book.contacts:
            first.setdefault(one["account_id"], self._contacts[one["id"]])
        today = self._org.now().date()
        campaign = {"Name": self._book.campaign, "Type": "Telemarketing", "Status": "In Progress", "IsActive": True,
                    "StartDate": today.isoformat()}  # fmt: skip
        campaign_id = self._org.create("Campaign", campaign)
        reached = [one for one in self._customers if one["id"] in first]
        self._make(
            "CampaignMember", reached[:_MOST_MEMBERS],
            lambda one: {"CampaignId": campaign_id, "ContactId": first[one["id"]]},
        )  # fmt: skip
        place = {one["id"]: number for number, one in enumerate(reached)}
        self._make(
            "Case", reached[::6],
            lambda one: {
                "AccountId": self._accounts[one["id"]], "ContactId": first[one["id"]], "Origin": "Email",
                "Subject": _CASES[place[one["id"]] // 6 % len(_CASES)],
            },
        )  # fmt: skip
        self._make(
            "Task", reached[::5],
            lambda one: {
                "Subject": _TASKS[place[one["id"]] // 5 % len(_TASKS)], "WhatId": self._accounts[one["id"]],
                "WhoId": first[one["id"]], "ActivityDate": (today + timedelta(1 + place[one["id"]] % 9)).isoformat(),
            },
        )  # fmt: skip

    # -- how -------------------------------------------------------------------------------------------------------

    def _make(self, sobject: str, rows: Sequence[Row], values: Callable[[Row], Row]) -> dict[int, str]:
        """Local id -> the org's id."""
        made = self._org.create_many(sobject, [values(row) for row in rows])
        ids: dict[int, str] = {}
        for row, outcome in zip(rows, made, strict=True):
            if isinstance(outcome, OrgError):
                raise outcome
            ids[row["id"]] = outcome
        return ids

    def _contact(self, one: Row) -> dict[str, Any]:
        first, _, last = str(one["name"]).strip().rpartition(" ")
        return {
            "AccountId": self._accounts[one["account_id"]], "FirstName": first[:40] or None, "LastName": last[:80],
            "Title": one["role"], "Email": one["email"], "Phone": one["phone"], "MobilePhone": one["mobile"],
            "DoNotCall": bool(one["is_do_not_call"]),
        }  # fmt: skip

    def _contract(self, one: Row) -> dict[str, Any]:
        ends, starts = date.fromisoformat(one["ends_on"]), one["starts_on"]
        months = round((ends - date.fromisoformat(starts)).days / 30.44) if starts else 12
        return {
            "AccountId": self._accounts[one["account_id"]], "Name": one["number"], "ContractTerm": max(months, 1),
            "StartDate": _months_before(ends + timedelta(1), max(months, 1)).isoformat(), "Status": "Activated",
        }  # fmt: skip

    def _stage(self, stage: str) -> str:
        return self._stages.name_of(RenewalStage.AT_RISK if stage == RenewalStage.LAPSED else stage)


def _category(category: str) -> str:
    name = CATEGORY_NAMES[ForecastCategory(category)]
    return {"Most Likely": "Best Case", "Omitted": "Pipeline"}.get(name, name)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
