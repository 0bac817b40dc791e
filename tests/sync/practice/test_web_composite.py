"""Composite, batch, graph and tree: references, limits, all or nothing."""

from typing import Any

import httpx2
import pytest

from callstation.sync.practice.org import Org

ROOT = "/services/data/v66.0"


def _part(name: str, method: str, path: str, body: Any = None) -> dict[str, Any]:
    found = {"referenceId": name, "method": method, "url": ROOT + path}
    return found if body is None else {**found, "body": body}


def _count(org: Org, sobject: str = "Account") -> int:
    return org.query(f"SELECT COUNT() FROM {sobject}").total


ACCOUNT = _part("acct", "POST", "/sobjects/Account", {"Name": "One"})
CONTACT = _part("person", "POST", "/sobjects/Contact", {"LastName": "Two", "AccountId": "@{acct.id}"})
BAD = _part("bad", "POST", "/sobjects/Account", {})
LOOK = _part("look", "GET", "/query?q=SELECT+Id,Account.Name+FROM+Contact+WHERE+AccountId='@{acct.id}'")


def test_later_parts_use_what_earlier_ones_answered(api: httpx2.Client) -> None:
    before = int(api.get("/limits").headers["sforce-limit-info"].split("=")[1].split("/")[0])
    answer = api.post("/composite", json={"allOrNone": True, "compositeRequest": [ACCOUNT, CONTACT, LOOK]})
    assert answer.headers["sforce-limit-info"] == f"api-usage={before + 1}/100000"
    parts = answer.json()["compositeResponse"]
    assert [one["httpStatusCode"] for one in parts] == [201, 201, 200]
    assert [one["referenceId"] for one in parts] == ["acct", "person", "look"]
    assert parts[0]["httpHeaders"]["Location"] == f"{ROOT}/sobjects/Account/{parts[0]['body']['id']}"
    assert parts[2]["body"]["records"][0]["Account"]["Name"] == "One"


def test_a_failed_part_leaves_the_others(api: httpx2.Client, org: Org) -> None:
    lame = _part("lame", "POST", "/sobjects/Contact", {"LastName": "X", "AccountId": "@{bad.id}"})
    parts = api.post("/composite", json={"compositeRequest": [BAD, ACCOUNT, lame]}).json()["compositeResponse"]
    assert [one["httpStatusCode"] for one in parts] == [400, 201, 400]
    assert parts[0]["body"][0]["errorCode"] == "REQUIRED_FIELD_MISSING"
    assert parts[2]["body"][0]["errorCode"] == "PROCESSING_HALTED"
    assert _count(org) == 1


def test_all_or_none_halts_and_undoes(api: httpx2.Client, org: Org) -> None:
    sent = {"allOrNone": True, "compositeRequest": [ACCOUNT, BAD, CONTACT]}
    parts = api.post("/composite", json=sent).json()["compositeResponse"]
    assert [one["httpStatusCode"] for one in parts] == [400, 400, 400]
    assert [one["body"][0]["errorCode"] for one in parts] == [
        "PROCESSING_HALTED",
        "REQUIRED_FIELD_MISSING",
        "PROCESSING_HALTED",
    ]
    assert _count(org) == 0


def test_a_collection_is_a_part_like_another(api: httpx2.Client) -> None:
    rows = [{"attributes": {"type": "Account"}, "Name": "One", "Key__c": "1"}]
    part = _part("many", "PATCH", "/composite/sobjects/Account/Key__c", {"records": rows})
    later = _part("task", "POST", "/sobjects/Task", {"Subject": "Call", "WhatId": "@{many[0].id}"})
    told = api.post("/composite", json={"compositeRequest": [part, later]}).json()["compositeResponse"]
    assert told[0]["body"][0]["created"] is True
    assert told[1]["httpStatusCode"] == 201


@pytest.mark.parametrize("parts", [[LOOK] * 6, [ACCOUNT] * 26])
def test_twenty_five_parts_and_five_lists_are_the_most(
    api: httpx2.Client, org: Org, parts: list[dict[str, Any]]
) -> None:
    named = [{**part, "referenceId": f"r{number}"} for number, part in enumerate(parts)]
    assert api.post("/composite", json={"compositeRequest": named}).status_code == 400
    assert api.post("/composite", json={"compositeRequest": named[:-1]}).status_code == 200


def test_a_composite_holds_no_composite(api: httpx2.Client) -> None:
    inner = _part("in", "POST", "/composite", {"compositeRequest": [ACCOUNT]})
    told = api.post("/composite", json={"compositeRequest": [inner]}).json()["compositeResponse"]
    assert told[0]["httpStatusCode"] == 400


def test_a_batch_goes_on_unless_told_to_halt(api: httpx2.Client) -> None:
    parts = [
        {"method": "GET", "url": "v66.0/limits"},
        {"method": "POST", "url": "v66.0/sobjects/Account", "richInput": {}},
        {"method": "POST", "url": f"{ROOT}/sobjects/Account", "richInput": {"Name": "One"}},
    ]
    told = api.post("/composite/batch", json={"batchRequests": parts}).json()
    assert (told["hasErrors"], [one["statusCode"] for one in told["results"]]) == (True, [200, 400, 201])
    halted = api.post("/composite/batch", json={"batchRequests": parts, "haltOnError": True}).json()
    assert [one["statusCode"] for one in halted["results"]] == [200, 400, 412]
    assert halted["results"][2]["result"][0]["errorCode"] == "BATCH_PROCESSING_HALTED"


def test_each_graph_stands_or_falls_alone(api: httpx2.Client, org: Org) -> None:
    graphs = [
        {"graphId": "good", "compositeRequest": [ACCOUNT, CONTACT]},
        {"graphId": "bad", "compositeRequest": [ACCOUNT, BAD]},
    ]
    told = api.post("/composite/graph", json={"graphs": graphs}).json()["graphs"]
    assert [(one["graphId"], one["isSuccessful"]) for one in told] == [("good", True), ("bad", False)]
    assert told[0]["graphResponse"]["compositeResponse"][1]["httpStatusCode"] == 201
    assert _count(org) == 1


def test_a_graph_has_at_most_five_hundred_nodes(api: httpx2.Client) -> None:
    parts = [{**ACCOUNT, "referenceId": f"r{number}"} for number in range(251)]
    graphs = [{"graphId": name, "compositeRequest": parts} for name in "ab"]
    assert api.post("/composite/graph", json={"graphs": graphs}).status_code == 400


def test_a_tree_is_planted_whole_or_not_at_all(api: httpx2.Client, org: Org) -> None:
    def named(kind: str, name: str, **values: Any) -> dict[str, Any]:
        return {"attributes": {"type": kind, "referenceId": name}, **values}

    child = {"records": [named("Contact", "c1", LastName="Two")]}
    good = api.post("/composite/tree/Account", json={"records": [named("Account", "a1", Name="One", Contacts=child)]})
    assert good.status_code == 201
    assert [one["referenceId"] for one in good.json()["results"]] == ["a1", "c1"]
    assert org.query("SELECT Account.Name FROM Contact").records[0]["Account"]["Name"] == "One"
    bad = api.post("/composite/tree/Account", json={"records": [named("Account", "a1", Name="Two"), named("X", "x")]})
    assert (bad.status_code, bad.json()["hasErrors"]) == (400, True)
    assert [one["referenceId"] for one in bad.json()["results"]] == ["x"]
    assert _count(org) == 1
