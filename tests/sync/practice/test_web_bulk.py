"""Bulk 2.0: jobs from creation to results, CSV as the real one reads it, query jobs."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from callstation.sync.practice.org import Org

Make = Callable[..., str]


def _open(api: httpx2.Client, operation: str = "upsert", sobject: str = "Account", **more: Any) -> str:
    key = {"externalIdFieldName": "Key__c"} if operation == "upsert" else {}
    answer = api.post("/jobs/ingest", json={"object": sobject, "operation": operation, **key, **more})
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "Open"
    return str(answer.json()["id"])


def _fill(api: httpx2.Client, job_id: str, text: str) -> dict[str, Any]:
    """Upload, start, and look until it is over."""
    headers = {"Content-Type": "text/csv; charset=UTF-8"}
    put = api.put(f"/jobs/ingest/{job_id}/batches", content=text.encode(), headers=headers)
    assert (put.status_code, put.content) == (201, b"")
    assert api.patch(f"/jobs/ingest/{job_id}/", json={"state": "UploadComplete"}).json()["state"] == "UploadComplete"
    return _wait(api, "ingest", job_id)


def _wait(api: httpx2.Client, kind: str, job_id: str) -> dict[str, Any]:
    states = [api.get(f"/jobs/{kind}/{job_id}").json()["state"] for _ in range(2)]
    assert states[0] == "InProgress"
    found: dict[str, Any] = api.get(f"/jobs/{kind}/{job_id}").json()
    assert found["state"] == states[1]
    return found


def _rows(api: httpx2.Client, job_id: str, which: str, **options: Any) -> list[dict[str, str]]:
    answer = api.get(f"/jobs/ingest/{job_id}/{which}")
    assert answer.headers["content-type"] == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text, newline=""), **options))


def test_good_and_bad_rows_are_told_apart_and_out_of_order(api: httpx2.Client, org: Org) -> None:
    job_id = _open(api)
    lines = ["Key__c,Name", *(f"K{number},Name {number}" for number in range(20)), "K20,"]
    done = _fill(api, job_id, "\n".join(lines) + "\n")
    assert (done["state"], done["numberRecordsProcessed"], done["numberRecordsFailed"]) == ("JobComplete", 21, 1)
    good = _rows(api, job_id, "successfulResults")
    assert list(good[0]) == ["sf__Id", "sf__Created", "Key__c", "Name"]
    assert [row["Key__c"] for row in good] != [f"K{number}" for number in range(20)]
    assert {row["Key__c"] for row in good} == {f"K{number}" for number in range(20)}
    assert {row["sf__Created"] for row in good} == {"true"}
    assert org.retrieve("Account", good[0]["sf__Id"])["Key__c"] == good[0]["Key__c"]
    bad = _rows(api, job_id, "failedResults")
    assert bad[0]["Key__c"] == "K20"
    assert bad[0]["sf__Error"] == "REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --"
    assert _rows(api, job_id, "unprocessedrecords") == _rows(api, job_id, "unprocessedRecords") == []


def test_a_job_tells_all_its_facts(api: httpx2.Client, org: Org) -> None:
    told = api.post("/jobs/ingest", json={"object": "task", "operation": "insert"}).json()
    assert told["id"].startswith("750")
    assert told["contentUrl"] == f"services/data/v66.0/jobs/ingest/{told['id']}/batches"
    wanted = {
        "object": "Task", "operation": "insert", "contentType": "CSV", "lineEnding": "LF", "columnDelimiter": "COMMA",
        "apiVersion": 66.0, "jobType": "V2Ingest", "concurrencyMode": "Parallel", "createdById": org.user_id,
    }  # fmt: skip
    assert {key: told[key] for key in wanted} == wanted
    assert api.get("/jobs/ingest").json()["records"][0]["id"] == told["id"]


def test_cells_may_hold_lines_quotes_and_delimiters(api: httpx2.Client, org: Org) -> None:
    text = 'Key__c,Name,Description\nK,"A ""B"", C","one\ntwo\n\nfour"\n'
    job_id = _open(api)
    assert _fill(api, job_id, text)["numberRecordsFailed"] == 0
    row = org.query("SELECT Name, Description FROM Account").records[0]
    assert (row["Name"], row["Description"]) == ('A "B", C', "one\ntwo\n\nfour")
    assert _rows(api, job_id, "successfulResults")[0]["Description"] == "one\ntwo\n\nfour"


def test_an_empty_cell_leaves_alone_and_na_clears(api: httpx2.Client, account: Make, org: Org) -> None:
    record_id = account("One", Key__c="K", Phone="1", Website="w.example")
    _fill(api, _open(api), "Key__c,Name,Phone,Website\nK,Two,,#N/A\n")
    row = org.retrieve("Account", record_id)
    assert (row["Name"], row["Phone"], row["Website"]) == ("Two", "1", None)


def test_cells_become_values_of_their_fields(api: httpx2.Client, account: Make, org: Org) -> None:
    parent = account("One", Key__c="P")
    text = (
        "Key__c,Subject,Status,CallDurationInSeconds,ActivityDate,IsReminderSet,Id,What:Account.Key__c\n"
        "T,Call,Completed,95,2026-11-23,1,,x\n"
    ).replace("What:Account.Key__c", "Account:What.Key__c")
    job_id = _open(api, sobject="Task")
    done = _fill(api, job_id, text.replace(",,x", ",,P"))
    assert done["numberRecordsFailed"] == 0, _rows(api, job_id, "failedResults")
    row = org.query("SELECT CallDurationInSeconds, ActivityDate, IsReminderSet, WhatId FROM Task").records[0]
    assert (row["CallDurationInSeconds"], row["ActivityDate"], row["IsReminderSet"]) == (95, "2026-11-23", True)
    assert row["WhatId"] == parent


def test_a_parent_is_named_by_its_key_in_a_column(api: httpx2.Client, account: Make, org: Org) -> None:
    parent = account("One", Key__c="P")
    _fill(api, _open(api, sobject="Contact"), "Key__c,LastName,Account.Key__c\nC,Moreau,P\n")
    assert org.query("SELECT AccountId FROM Contact").records[0]["AccountId"] == parent


@pytest.mark.parametrize(("name", "mark"), [("TAB", "\t"), ("PIPE", "|"), ("SEMICOLON", ";"), ("CARET", "^")])
def test_other_delimiters_and_line_endings_are_kept_in_the_results(api: httpx2.Client, name: str, mark: str) -> None:
    job_id = _open(api, columnDelimiter=name, lineEnding="CRLF")
    _fill(api, job_id, f"Key__c{mark}Name\r\nK{mark}One\r\n")
    answer = api.get(f"/jobs/ingest/{job_id}/successfulResults").text
    assert answer.startswith(f'"sf__Id"{mark}"sf__Created"{mark}"Key__c"{mark}"Name"\r\n')
    assert _rows(api, job_id, "successfulResults", delimiter=mark)[0]["Name"] == "One"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Key__c,Name\r\nK,One\r\n", "LineEnding is invalid on user data. Current LineEnding setting is LF"),
        ("Key__c,Nam\nK,One\n", "Field name not found : Nam"),
        ("Name\nOne\n", "Field name not found : Key__c"),
        ('Key__c,Name\nK,"One\n', "Failed to parse CSV"),
        ("", "The upload has no header."),
    ],
)
def test_an_upload_that_cannot_be_read_fails_whole(api: httpx2.Client, org: Org, text: str, words: str) -> None:
    done = _fill(api, _open(api), text)
    assert done["state"] == "Failed"
    assert done["errorMessage"].startswith("InvalidBatch : ")
    assert words in done["errorMessage"]
    assert org.query("SELECT COUNT() FROM Account").total == 0


def test_a_job_takes_one_upload(api: httpx2.Client) -> None:
    at = f"/jobs/ingest/{_open(api)}"
    assert api.put(f"{at}/batches", content=b"Key__c,Name\nK,One\n").status_code == 201
    again = api.put(f"{at}/batches", content=b"Key__c,Name\nL,Two\n")
    assert (again.status_code, again.json()[0]["errorCode"]) == (400, "INVALIDJOBSTATE")
    assert api.patch(at, json={"state": "UploadComplete"}).status_code == 200
    assert api.patch(at, json={"state": "UploadComplete"}).status_code == 400


def test_an_open_job_is_aborted_then_deleted(api: httpx2.Client) -> None:
    at = f"/jobs/ingest/{_open(api)}"
    assert api.delete(at).status_code == 400
    assert api.patch(at, json={"state": "Aborted"}).json()["state"] == "Aborted"
    assert api.delete(at).status_code == 204
    assert api.get(at).status_code == 404


def test_update_and_delete_go_by_id(api: httpx2.Client, account: Make, org: Org) -> None:
    one, two = account("One"), account("Two")
    _fill(api, _open(api, "update"), f"Id,Phone\n{one},7\n{two[:15]},8\n")
    assert [org.retrieve("Account", row)["Phone"] for row in (one, two)] == ["7", "8"]
    job_id = _open(api, "delete")
    done = _fill(api, job_id, f"Id\n{one}\n001000000000000AAA\n")
    assert (done["numberRecordsProcessed"], done["numberRecordsFailed"]) == (2, 1)
    assert _rows(api, job_id, "failedResults")[0]["sf__Id"] == "001000000000000AAA"
    assert org.query("SELECT Id FROM Account").records[0]["Id"] == two


def test_a_small_job_may_be_one_request(api: httpx2.Client, org: Org) -> None:
    job = json.dumps({"object": "Account", "operation": "insert"})
    parts = {
        "job": (None, job, "application/json"),
        "content": ("content", "Name\nOne\n", "text/csv"),
    }
    made = api.post("/jobs/ingest", files=parts).json()
    assert made["state"] == "UploadComplete"
    assert _wait(api, "ingest", made["id"])["numberRecordsProcessed"] == 1
    assert org.query("SELECT Name FROM Account").records[0]["Name"] == "One"


def test_a_query_job_is_read_in_parts(api: httpx2.Client, account: Make, org: Org) -> None:
    parent = account("One, Ltd")
    for name in "ABCDE":
        org.create("Contact", {"LastName": name, "AccountId": parent})
    soql = "SELECT LastName, Account.Name, DoNotCall, Title FROM Contact ORDER BY LastName"
    made = api.post("/jobs/query", json={"operation": "query", "query": soql}).json()
    assert (made["state"], made["object"], made["jobType"]) == ("UploadComplete", "Contact", "V2Query")
    at = f"/jobs/query/{made['id']}/results"
    assert api.get(at).status_code == 400
    assert _wait(api, "query", made["id"])["numberRecordsProcessed"] == 5
    locator, names = "", []
    for expected in ("2", "2", "1"):
        answer = api.get(at, params={"maxRecords": "2", **({"locator": locator} if locator else {})})
        assert answer.headers["sforce-numberofrecords"] == expected
        rows = list(csv.reader(io.StringIO(answer.text, newline="")))
        assert rows[0] == ["LastName", "Account.Name", "DoNotCall", "Title"]
        assert rows[1][1:] == ["One, Ltd", "false", ""]
        names += [row[0] for row in rows[1:]]
        locator = answer.headers["sforce-locator"]
    assert (locator, names) == ("null", list("ABCDE"))
    api.base_url = str(api.base_url).replace("v66.0", "v60.0")
    assert api.get(at).status_code == 409


@pytest.mark.parametrize(
    "soql", ["SELECT Id, (SELECT Id FROM Contacts) FROM Account", "SELECT Id FROM Account OFFSET 5"]
)
def test_a_query_job_knows_no_subqueries_and_no_offset(api: httpx2.Client, soql: str) -> None:
    assert api.post("/jobs/query", json={"operation": "query", "query": soql}).status_code == 400
