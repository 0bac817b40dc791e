"""Collections: order, row errors, all or nothing, 200 rows at most, upsert, delete, retrieve."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from callstation.sync.practice.org import Org

Make = Callable[..., str]


def _row(kind: str = "Account", **values: Any) -> dict[str, Any]:
    return {"attributes": {"type": kind}, **values}


def _count(org: Org, sobject: str = "Account") -> int:
    return org.query(f"SELECT COUNT() FROM {sobject}").total


def test_rows_of_two_kinds_are_answered_in_their_order(api: httpx2.Client, org: Org) -> None:
    rows = [_row(Name="One"), _row("Contact", LastName="Two"), _row("Contact"), _row(Name="Four")]
    answer = api.post("/composite/sobjects", json={"allOrNone": False, "records": rows})
    assert answer.status_code == 200
    told = answer.json()
    assert [one["success"] for one in told] == [True, True, False, True]
    assert [one.get("id", "")[:3] for one in told] == ["001", "003", "", "001"]
    assert told[0]["errors"] == []
    assert told[2]["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING"
    assert told[2]["errors"][0]["fields"] == ["LastName"]
    assert "errorCode" not in told[2]["errors"][0]


def test_all_or_none_rolls_the_good_rows_back(api: httpx2.Client, org: Org) -> None:
    told = api.post("/composite/sobjects", json={"ALLORNONE": True, "records": [_row(Name="One"), _row()]}).json()
    assert [one["success"] for one in told] == [False, False]
    assert told[0]["errors"][0]["statusCode"] == "ALL_OR_NONE_OPERATION_ROLLED_BACK"
    assert told[1]["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING"
    assert _count(org) == 0


def test_two_hundred_rows_are_the_most(api: httpx2.Client, org: Org) -> None:
    rows = [_row(Name=f"N{number}") for number in range(201)]
    assert api.post("/composite/sobjects", json={"records": rows}).status_code == 400
    assert _count(org) == 0
    assert len(api.post("/composite/sobjects", json={"records": rows[:200]}).json()) == 200


def test_an_update_names_rows_by_id(api: httpx2.Client, account: Make, org: Org) -> None:
    mine, lost = account("One"), account("Two")
    org.delete("Account", lost)
    rows = [_row(id=mine, Phone="1"), _row(id=lost, Phone="2")]
    told = api.patch("/composite/sobjects", json={"records": rows}).json()
    assert told[0] == {"id": mine, "success": True, "errors": []}
    assert told[1]["errors"][0]["statusCode"] == "ENTITY_IS_DELETED"
    assert org.retrieve("Account", mine)["Phone"] == "1"


def test_an_upsert_says_what_it_created(api: httpx2.Client, org: Org) -> None:
    rows = [_row(Key__c="A", Name="One"), _row(Key__c="B", Name="Two")]
    first = api.patch("/composite/sobjects/Account/Key__c", json={"records": rows}).json()
    again = api.patch("/composite/sobjects/Account/Key__c", json={"records": rows}).json()
    assert [one["created"] for one in first + again] == [True, True, False, False]
    assert [one["id"] for one in first] == [one["id"] for one in again]
    assert _count(org) == 2


def test_the_same_key_twice_fails_both_rows(api: httpx2.Client, org: Org) -> None:
    rows = [_row(Key__c="A", Name="One"), _row(Key__c="B", Name="Two"), _row(Key__c="A", Name="Three")]
    told = api.patch("/composite/sobjects/Account/Key__c", json={"records": rows}).json()
    assert [one["success"] for one in told] == [False, True, False]
    assert told[0]["errors"][0]["statusCode"] == "DUPLICATE_VALUE"
    assert _count(org) == 1


def test_a_key_that_several_carry_fails_its_row(api: httpx2.Client, account: Make) -> None:
    account("One", Loose__c="same")
    account("Two", Loose__c="same")
    rows = [_row(Loose__c="same", Name="Three")]
    told = api.patch("/composite/sobjects/Account/Loose__c", json={"records": rows}).json()
    assert told[0]["errors"][0]["statusCode"] == "DUPLICATE_EXTERNAL_ID"


def test_a_parent_is_named_by_its_key(api: httpx2.Client, account: Make, org: Org) -> None:
    parent = account("One", Key__c="P")
    rows = [_row("Contact", Key__c="C", LastName="Moreau", Account={"Key__c": "P"})]
    told = api.patch("/composite/sobjects/Contact/Key__c", json={"records": rows}).json()
    assert org.retrieve("Contact", told[0]["id"])["AccountId"] == parent


def test_a_delete_takes_ids_of_any_kind(api: httpx2.Client, account: Make, org: Org) -> None:
    ids = [account("One"), org.create("Contact", {"LastName": "Two"}), "001000000000000AAA"]
    told = api.delete("/composite/sobjects", params={"ids": ",".join(ids), "allOrNone": "false"}).json()
    assert [one["success"] for one in told] == [True, True, False]
    assert [one["id"] for one in told] == ids


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_retrieve_keeps_the_order_and_leaves_a_gap(api: httpx2.Client, account: Make, method: str) -> None:
    ids = [account("One"), "001000000000000AAA", account("Two")]
    if method == "GET":
        answer = api.get("/composite/sobjects/Account", params={"ids": ",".join(ids), "fields": "Name"})
    else:
        answer = api.post("/composite/sobjects/Account", json={"ids": ids, "fields": ["Name"]})
    assert [one and one["Name"] for one in answer.json()] == ["One", None, "Two"]
