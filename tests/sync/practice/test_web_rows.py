"""Single records over the web: create, read, change, delete, upsert by a key, conditions, what changed."""

import json
from collections.abc import Callable
from urllib.parse import quote

import httpx2
import pytest

from callstation.clock import ManualClock
from callstation.sync.practice.org import Org

Make = Callable[..., str]


def _error(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()[0]["errorCode"]


def test_a_record_is_created_read_changed_and_deleted(api: httpx2.Client) -> None:
    made = api.post("/sobjects/Account/", json={"Name": "Halden Glass", "Phone": "555"})
    assert made.status_code == 201
    assert made.json() == {"id": made.json()["id"], "success": True, "errors": []}
    at = f"/sobjects/Account/{made.json()['id']}"
    assert made.headers["location"] == f"/services/data/v66.0{at}"
    row = api.get(at, params={"fields": "Name,Phone"}).json()
    assert row["attributes"] == {"type": "Account", "url": f"/services/data/v66.0{at}"}
    assert (row["Name"], row["Phone"]) == ("Halden Glass", "555")
    changed = api.patch(at, json={"phone": None})
    assert (changed.status_code, changed.content) == (204, b"")
    assert api.get(at).json()["Phone"] is None
    assert api.delete(at).status_code == 204
    assert _error(api.get(at))[0] == 404


def test_a_refused_record_names_its_fields(api: httpx2.Client) -> None:
    answer = api.post("/sobjects/Account", json={"Phone": "1"})
    assert _error(answer) == (400, "REQUIRED_FIELD_MISSING")
    assert answer.json()[0]["fields"] == ["Name"]


@pytest.mark.parametrize("key", ["K1", "a/b c", "50% & more?", "Zürich #1", "x+y"])
def test_an_upsert_creates_then_updates(api: httpx2.Client, key: str) -> None:
    at = f"/sobjects/Account/Key__c/{quote(key, safe='')}"
    made = api.patch(at, json={"Name": "One"})
    assert (made.status_code, made.json()["created"]) == (201, True)
    again = api.patch(at, json={"Name": "Two"})
    assert (again.status_code, again.json()["created"], again.json()["id"]) == (200, False, made.json()["id"])
    assert api.get(at).json()["Name"] == "Two"
    assert api.get(at).json()["Key__c"] == key


def test_before_version_46_an_update_by_key_says_nothing(api: httpx2.Client) -> None:
    api.base_url = str(api.base_url).replace("v66.0", "v45.0")
    made = api.patch("/sobjects/Account/Key__c/K", json={"Name": "One"})
    assert (made.status_code, "created" in made.json()) == (201, False)
    again = api.patch("/sobjects/Account/Key__c/K", json={"Name": "Two"})
    assert (again.status_code, again.content) == (204, b"")
    assert api.get("/sobjects/Account/Key__c/K").json()["attributes"]["url"].startswith("/services/data/v45.0/")


def test_update_only_never_creates(api: httpx2.Client) -> None:
    answer = api.patch("/sobjects/Account/Key__c/none", params={"updateOnly": "true"}, json={"Name": "One"})
    assert answer.status_code == 404
    assert api.get("/query", params={"q": "SELECT COUNT() FROM Account"}).json()["totalSize"] == 0


def test_a_key_that_several_carry_is_ambiguous_and_writes_nothing(api: httpx2.Client, account: Make) -> None:
    ids = {account("One", Loose__c="same"), account("Two", Loose__c="same")}
    answer = api.patch("/sobjects/Account/Loose__c/same", json={"Name": "Three"})
    assert answer.status_code == 300
    assert {url.rpartition("/")[2] for url in answer.json()} == ids
    assert all(url.startswith("/services/data/v66.0/sobjects/Account/") for url in answer.json())
    assert {api.get(f"/sobjects/Account/{one}").json()["Name"] for one in ids} == {"One", "Two"}


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/nothing", (404, "NOT_FOUND")),
        ("GET", "/sobjects/Nothing/describe", (404, "NOT_FOUND")),
        ("PUT", "/sobjects/Account", (405, "METHOD_NOT_ALLOWED")),
        ("POST", "/query", (405, "METHOD_NOT_ALLOWED")),
        ("GET", "/tooling/query", (404, "NOT_FOUND")),
    ],
)
def test_what_is_not_there_is_told(api: httpx2.Client, method: str, path: str, expected: tuple[int, str]) -> None:
    assert _error(api.request(method, path)) == expected


def test_a_body_must_be_json(api: httpx2.Client) -> None:
    as_text = api.post("/sobjects/Account", content=b"Name=x", headers={"Content-Type": "text/plain"})
    assert _error(as_text) == (415, "UNSUPPORTED_MEDIA_TYPE")
    broken = api.post("/sobjects/Account", content=b'{"Name": ', headers={"Content-Type": "application/json"})
    assert _error(broken) == (400, "JSON_PARSER_ERROR")


def test_an_account_carries_a_tag_that_guards_its_change(api: httpx2.Client, account: Make) -> None:
    at = f"/sobjects/Account/{account()}"
    tag = api.get(at).headers["etag"]
    assert api.get(at, headers={"If-None-Match": tag}).status_code == 304
    assert api.patch(at, json={"Phone": "1"}, headers={"If-Match": tag}).status_code == 204
    assert api.patch(at, json={"Phone": "2"}, headers={"If-Match": tag}).status_code == 412
    assert api.get(at).json()["Phone"] == "1"
    assert api.get(at).headers["etag"] != tag


def test_dates_guard_any_row(api: httpx2.Client, org: Org, clock: ManualClock) -> None:
    at = f"/sobjects/Contact/{org.create('Contact', {'LastName': 'Moreau'})}"
    read_at = api.get(at, headers={"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"}).headers["last-modified"]
    assert api.get(at, headers={"If-Modified-Since": read_at}).status_code == 304
    clock.advance(5)
    assert api.patch(at, json={"Title": "CFO"}, headers={"If-Unmodified-Since": read_at}).status_code == 204
    assert api.patch(at, json={"Title": "CEO"}, headers={"If-Unmodified-Since": read_at}).status_code == 412
    assert api.patch(at, json={"Title": "CEO"}, headers={"If-Unmodified-Since": "yesterday"}).status_code == 400
    assert api.get(at).json()["Title"] == "CFO"


def test_a_describe_is_not_sent_twice(api: httpx2.Client) -> None:
    first = api.get("/sobjects/Task/describe")
    assert {"Key__c", "CallObject"} <= {field["name"] for field in first.json()["fields"]}
    since = {"If-Modified-Since": first.headers["last-modified"]}
    assert api.get("/sobjects/Task/describe/", headers=since).status_code == 304


def test_the_lists_of_objects_know_the_tasks(api: httpx2.Client) -> None:
    told = api.get("/sobjects").json()
    assert (told["encoding"], told["maxBatchSize"]) == ("UTF-8", 200)
    assert "Task" in {one["name"] for one in told["sobjects"]}
    assert api.get("/sobjects/Task").json()["objectDescribe"]["keyPrefix"] == "00T"


def test_what_changed_and_what_went_is_listed(api: httpx2.Client, account: Make, org: Org, clock: ManualClock) -> None:
    kept, gone = account("One"), account("Two")
    org.delete("Account", gone)
    clock.advance(60)
    span = {"start": "2026-11-23T00:00:00+00:00", "end": "2026-11-24T00:00:00Z"}
    assert api.get("/sobjects/Account/updated/", params=span).json()["ids"] == [kept]
    assert [row["id"] for row in api.get("/sobjects/Account/deleted", params=span).json()["deletedRecords"]] == [gone]
    assert api.get("/sobjects/Account/updated", params={"start": "x", "end": "y"}).status_code == 400


def test_an_assignment_rule_takes_the_owner_unless_told_not_to(api: httpx2.Client, org: Org) -> None:
    me = org.retrieve("User", org.user_id)
    names = ("TimeZoneSidKey", "LocaleSidKey", "EmailEncodingKey", "LanguageLocaleKey")
    who = {
        "LastName": "Aziz",
        "Alias": "aziz",
        "Username": "aziz@example.com",
        "Email": "aziz@example.com",
        "ProfileId": "00e000000000001AAA",
    }
    other = org.create("User", {**who, **{name: me[name] for name in names}})
    control = str(api.base_url.copy_with(path="/practice/control"))
    answer = api.post(control, json={"verb": "auto_assign", "owner_id": other})
    assert answer.status_code == 200, json.dumps(answer.json())
    free = api.post("/sobjects/Account", json={"Name": "One", "OwnerId": org.user_id}).json()["id"]
    held = api.post(
        "/sobjects/Account", json={"Name": "Two", "OwnerId": org.user_id}, headers={"Sforce-Auto-Assign": "FALSE"}
    ).json()["id"]
    assert api.get(f"/sobjects/Account/{free}").json()["OwnerId"] == other
    assert api.get(f"/sobjects/Account/{held}").json()["OwnerId"] == org.user_id
