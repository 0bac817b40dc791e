"""No body, address or header brings the practice org down: whatever is sent, it answers with a status of its own."""

import json
from functools import cache
from typing import Any

import httpx2
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.clock import ManualClock
from callstation.sync.practice.custom import CustomField
from callstation.sync.practice.org import Org
from callstation.sync.practice.transport import InProcessTransport
from callstation.sync.practice.web import make_app
from tests.conftest import MONDAY_MORNING
from tests.sync.practice.conftest import DATA, FIELDS

ACCOUNT = {"attributes": {"type": "Account", "referenceId": "r"}, "Name": "One", "Key__c": "k", "id": None}
PART = {"referenceId": "a", "method": "POST", "url": f"{DATA}/sobjects/Account", "body": {"Name": "@{a.id}"}}
PARTS = [PART, {**PART, "referenceId": "b", "httpHeaders": {"If-Match": "x"}, "method": "GET"}]
CHILD = {"attributes": {"type": "Contact", "referenceId": "c"}, "LastName": "Two"}
GOOD: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/sobjects/Account", {"Name": "One", "Parent": {"Key__c": "k"}, "NumberOfEmployees": 5, "OwnerId": None}),
    ("PATCH", "/sobjects/Account/Key__c/k", {"Name": "One", "AnnualRevenue": 1.5}),
    ("POST", "/sobjects/Task", {"Subject": "Call", "ActivityDate": "2026-11-23", "IsReminderSet": True, "WhoId": None}),
    ("POST", "/composite", {"allOrNone": True, "compositeRequest": PARTS}),
    ("POST", "/composite/batch", {"haltOnError": False, "batchRequests": [{**PART, "richInput": {"Name": "x"}}]}),
    ("POST", "/composite/graph", {"graphs": [{"graphId": "g", "compositeRequest": PARTS}]}),
    ("POST", "/composite/tree/Account", {"records": [{**ACCOUNT, "Contacts": {"records": [CHILD]}}]}),
    ("POST", "/composite/sobjects", {"allOrNone": True, "records": [ACCOUNT, CHILD]}),
    ("PATCH", "/composite/sobjects", {"records": [ACCOUNT, CHILD]}),
    ("PATCH", "/composite/sobjects/Account/Key__c", {"records": [ACCOUNT, {**ACCOUNT, "Key__c": "l"}]}),
    ("POST", "/composite/sobjects/Account", {"ids": ["001"], "fields": ["Name"]}),
    ("POST", "/jobs/ingest", {"object": "Account", "operation": "upsert", "externalIdFieldName": "Key__c"}),
    ("POST", "/jobs/query", {"operation": "query", "query": "SELECT Id FROM Account"}),
    ("PATCH", "/jobs/ingest/750", {"state": "UploadComplete"}),
)
TEXTS = ("Account", "@{a.id}", "", "\x00", "\ud800", "é" * 300, "2026-13-45", "http://[::1", "SELECT", "Id", "null")
ODD: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(TEXTS) | st.text(max_size=5)
    | st.lists(st.none() | st.just("x") | st.just({}), max_size=2)
    | st.dictionaries(st.sampled_from(["Id", "Name", "type", "records", "attributes", ""]), st.none() | st.just("x"))
)  # fmt: skip


def _broken(value: Any, data: st.DataObject) -> Any:
    """A copy of the value with one thing in it, or all of it, put in the place of something odd."""
    inside = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    if not inside or data.draw(st.integers(0, 5)) == 0:
        return data.draw(ODD)
    at = data.draw(st.sampled_from(inside))
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    copy[at] = _broken(value[at], data)
    return copy


@cache
def _client() -> httpx2.Client:
    """One org for all examples; what they leave behind is part of the trial."""
    clock = ManualClock(MONDAY_MORNING)
    org = Org(None, clock, custom_fields=[CustomField.parse(line) for line in FIELDS])
    app = make_app(org, clock)
    token = app.first_session("http://127.0.0.1")["access_token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return httpx2.Client(transport=InProcessTransport(app), base_url=f"http://127.0.0.1{DATA}", headers=headers)


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_a_good_body_with_something_odd_in_it_is_answered(data: st.DataObject) -> None:
    method, path, good = data.draw(st.sampled_from(GOOD))
    answer = _client().request(method, path, content=json.dumps(_broken(good, data)))
    assert answer.status_code < 500, answer.text


@settings(max_examples=150, deadline=None)
@given(
    query=st.text(max_size=12),
    path=st.lists(
        st.sampled_from(["sobjects", "query", "Account", "jobs", "%00", "..", "a b", "updated", ""]), max_size=4
    ),
    header=st.sampled_from(
        ["If-Match", "If-Modified-Since", "Sforce-Query-Options", "Authorization", "Accept-Encoding"]
    ),
    text=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=12),
)
def test_any_address_and_header_is_answered(query: str, path: list[str], header: str, text: str) -> None:
    answer = _client().get(
        "/" + "/".join(path).lstrip("/"), params={"q": query, "fields": query, "start": query}, headers={header: text}
    )
    assert answer.status_code < 500, answer.text
