"""Planned faults: each kind is seen by a client as the network or the org would show it, and only when planned."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from callstation.clock import ManualClock
from callstation.sync.practice.org import Org
from callstation.sync.practice.web import Fault, PracticeApp

Make = Callable[..., str]
NEW = {"Name": "One"}


def _plan(api: httpx2.Client, *faults: dict[str, Any], **verb: Any) -> dict[str, Any]:
    """By the control endpoint, as a test in another process does."""
    url = str(api.base_url.copy_with(path="/practice/control"))
    answer = api.post(url, json=verb or {"faults": list(faults)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _count(org: Org) -> int:
    return org.query("SELECT COUNT() FROM Account").total


@pytest.mark.parametrize(("kind", "rows"), [("drop_after", 1), ("drop_before", 0), ("refuse", 0), ("truncate", 1)])
def test_a_cut_connection_tells_nothing_of_what_was_done(api: httpx2.Client, org: Org, kind: str, rows: int) -> None:
    _plan(api, {"kind": kind})
    with pytest.raises(httpx2.TransportError):
        api.post("/sobjects/Account", json=NEW)
    assert _count(org) == rows
    assert api.post("/sobjects/Account", json=NEW).status_code == 201


@pytest.mark.parametrize(
    ("kind", "status", "code", "words"),
    [
        ("401", 401, "INVALID_SESSION_ID", "Session expired or invalid"),
        ("403_daily", 403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
        ("403_concurrent", 403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded."),
        ("500", 500, "UNKNOWN_EXCEPTION", ""),
        ("503", 503, "SERVER_UNAVAILABLE", ""),
    ],
)
@pytest.mark.parametrize("is_after", [False, True])
def test_an_error_comes_before_or_after_the_work(
    api: httpx2.Client, org: Org, kind: str, status: int, code: str, words: str, is_after: bool
) -> None:
    _plan(api, {"kind": kind, "is_after": is_after})
    answer = api.post("/sobjects/Account", json=NEW)
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (status, code)
    assert words in answer.json()[0]["message"]
    assert _count(org) == is_after


def test_the_ith_request_that_matches_is_hit_and_as_many_as_planned(api: httpx2.Client) -> None:
    _plan(api, {"kind": "503", "at": 2, "times": 2, "method": "get", "path": "^/services/data/v66.0/limits"})
    api.get("/")
    assert [api.get("/limits").status_code for _ in range(5)] == [200, 503, 503, 200, 200]
    told = _plan(api, verb="requests")["requests"]
    assert [one["status"] for one in told] == [200, 200, 503, 503, 200, 200]
    assert told[0]["path"] == "/services/data/v66.0/"
    assert _plan(api, verb="reset")["requests"] == []


def test_a_lasting_fault_lasts_until_the_reset(api: httpx2.Client) -> None:
    _plan(api, {"kind": "500", "times": 0})
    assert {api.get("/limits").status_code for _ in range(4)} == {500}
    _plan(api, verb="reset")
    assert api.get("/limits").status_code == 200


def test_chosen_rows_are_locked_once(api: httpx2.Client, org: Org) -> None:
    rows = [{"attributes": {"type": "Account"}, "Name": f"N{number}", "Key__c": str(number)} for number in range(3)]
    _plan(api, {"kind": "row_lock", "rows": [1], "path": "composite/sobjects"})
    told = api.patch("/composite/sobjects/Account/Key__c", json={"records": rows}).json()
    assert [one["success"] for one in told] == [True, False, True]
    assert told[1]["errors"][0]["statusCode"] == "UNABLE_TO_LOCK_ROW"
    assert "unable to obtain exclusive access to this record" in told[1]["errors"][0]["message"]
    again = api.patch("/composite/sobjects/Account/Key__c", json={"records": rows}).json()
    assert [one["created"] for one in again] == [False, True, False]


def test_a_single_row_and_the_rows_of_a_composite_are_locked_too(api: httpx2.Client, account: Make) -> None:
    at = f"/sobjects/Account/{account()}"
    _plan(api, {"kind": "row_lock", "times": 2})
    assert api.patch(at, json={"Phone": "1"}).json()[0]["errorCode"] == "UNABLE_TO_LOCK_ROW"
    part = {"referenceId": "a", "method": "PATCH", "url": f"/services/data/v66.0{at}", "body": {"Phone": "1"}}
    told = api.post("/composite", json={"compositeRequest": [part]}).json()["compositeResponse"]
    assert told[0]["httpStatusCode"] == 400
    assert api.patch(at, json={"Phone": "1"}).status_code == 204


def test_a_page_comes_twice_and_none_is_lost(api: httpx2.Client, org: Org) -> None:
    org.create_many("Account", [{"Name": f"N{number:03}"} for number in range(500)])
    _plan(api, {"kind": "repeat_page", "times": 1})
    headers = {"Sforce-Query-Options": "batchSize=200"}
    page = api.get("/query", params={"q": "SELECT Id FROM Account"}, headers=headers).json()
    found = [row["Id"] for row in page["records"]]
    while not page["done"]:
        page = api.get(str(api.base_url.copy_with(path=page["nextRecordsUrl"]))).json()
        found += [row["Id"] for row in page["records"]]
    assert (len(found), len(set(found))) == (700, 500)


def test_a_last_page_has_its_rows_twice_or_turned_round(api: httpx2.Client, account: Make) -> None:
    ids = [account("A"), account("B")]
    soql = {"q": "SELECT Id FROM Account ORDER BY Name"}
    _plan(api, {"kind": "repeat_page"}, {"kind": "reorder_page", "at": 2})
    shown = [[row["Id"] for row in api.get("/query", params=soql).json()["records"]] for _ in range(3)]
    assert shown == [ids + ids, ids[::-1], ids]


def test_an_admins_rules_refuse_rows(api: httpx2.Client) -> None:
    rule = {"sobject": "Account", "field": "Name", "operator": "contains", "value": "Inc", "message": "No Inc, please"}
    _plan(api, {"kind": "validation_rule", **rule})
    answer = api.post("/sobjects/Account", json={"Name": "Big Inc"})
    assert answer.json()[0]["errorCode"] == "FIELD_CUSTOM_VALIDATION_EXCEPTION"
    assert answer.json()[0]["message"] == "No Inc, please"
    _plan(api, verb="reset")
    assert api.post("/sobjects/Account", json={"Name": "Big Inc"}).status_code == 201


def test_a_duplicate_rule_warns_and_lets_through_who_insists(api: httpx2.Client, account: Make) -> None:
    first = account("One")
    _plan(api, verb="duplicate_rule", sobject="Account", field="Name")
    answer = api.post("/sobjects/Account", json=NEW)
    assert answer.json()[0]["errorCode"] == "DUPLICATES_DETECTED"
    matches = answer.json()[0]["duplicateResult"]["matchResults"][0]["matchRecords"]
    assert matches[0]["record"]["Id"] == first
    insisting = {"Sforce-Duplicate-Rule-Header": "allowSave=true"}
    assert api.post("/sobjects/Account", json=NEW, headers=insisting).status_code == 201


def test_the_orgs_clock_runs_ahead(api: httpx2.Client, clock: ManualClock) -> None:
    assert api.get("/limits").headers["date"] == "Mon, 23 Nov 2026 15:00:00 GMT"
    _plan(api, {"kind": "clock_skew", "seconds": 3600})
    assert api.get("/limits").headers["date"] == "Mon, 23 Nov 2026 16:00:00 GMT"
    made = api.post("/sobjects/Account", json=NEW).json()["id"]
    assert api.get(f"/sobjects/Account/{made}").json()["CreatedDate"] == "2026-11-23T16:00:00.000+0000"


def test_sessions_expire_in_the_middle(api: httpx2.Client) -> None:
    _plan(api, {"kind": "expire_sessions", "at": 2})
    assert [api.get("/limits").status_code for _ in range(3)] == [200, 401, 401]


def test_the_days_calls_run_out(api: httpx2.Client) -> None:
    _plan(api, {"kind": "daily_limit", "limit": 2})
    assert [api.get("/limits").status_code for _ in range(3)] == [200, 200, 403]


def test_a_fault_that_does_not_exist_is_refused(api: httpx2.Client) -> None:
    url = str(api.base_url.copy_with(path="/practice/control"))
    wrongs: list[Any] = [{"faults": [{"kind": "fire"}]}, {"faults": [{}]}, {"verb": "burn"}, {"verb": "plan"}]
    for wrong in wrongs:
        assert api.post(url, json=wrong).status_code == 400
    for headers in ({"Content-Type": "text/plain"}, {}):  # what a page of another site may send unasked
        assert api.post(url, content=b'{"verb":"reset"}', headers=headers).status_code == 415


def test_a_plan_can_be_laid_in_process(api: httpx2.Client, practice: PracticeApp) -> None:
    practice.faults.plan(Fault("503"))
    assert api.get("/limits").status_code == 503
    assert [one.status for one in practice.faults.seen] == [503]
