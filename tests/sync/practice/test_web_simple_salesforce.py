"""A client nobody here wrote works against the practice org: simple-salesforce, over real HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceMalformedRequest, SalesforceResourceNotFound

from callstation.sync.practice.org import Org
from callstation.sync.practice.server import PracticeServer
from callstation.sync.practice.web import PracticeApp


class _PlainAdapter(HTTPAdapter):
    """simple-salesforce knows https alone, the practice org http alone."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.url = (request.url or "").replace("https://", "http://", 1)
        return super().send(request, *args, **kwargs)


@pytest.fixture
def sf(practice: PracticeApp, server: PracticeServer) -> Iterator[Any]:
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", _PlainAdapter())
    facts = practice.first_session(server.base_url)
    yield Salesforce(
        instance=server.base_url.removeprefix("http://"),
        session_id=facts["access_token"],
        session=session,
        version="66.0",
    )
    session.close()


def test_records_live_and_die(sf: Any) -> None:
    made = sf.Account.create({"Name": "Halden Glass"})
    assert made["success"]
    assert sf.Account.get(made["id"])["Name"] == "Halden Glass"
    assert sf.Account.update(made["id"], {"Phone": "1"}) == 204
    assert sf.Account.upsert("Key__c/K", {"Name": "Two"}) == 201
    assert sf.Account.upsert("Key__c/K", {"Name": "Three"}) == 200
    assert sf.Account.get_by_custom_id("Key__c", "K")["Name"] == "Three"
    assert sf.Account.delete(made["id"]) == 204
    with pytest.raises(SalesforceResourceNotFound):
        sf.Account.get(made["id"])
    with pytest.raises(SalesforceMalformedRequest):
        sf.Account.create({})


def test_queries_turn_their_pages(sf: Any, org: Org) -> None:
    org.create_many("Account", [{"Name": f"N{number:04}"} for number in range(4100)])
    assert len(sf.query_all("SELECT Id, Name FROM Account")["records"]) == 4100
    first = sf.query("SELECT Id FROM Account ORDER BY Name")
    assert (len(first["records"]), first["done"]) == (2000, False)
    second = sf.query_more(first["nextRecordsUrl"], identifier_is_url=True)
    assert len(second["records"]) == 2000
    assert sf.query("SELECT COUNT() FROM Account")["totalSize"] == 4100
    org.delete("Account", first["records"][0]["Id"])
    assert len(list(sf.query_all_iter("SELECT Id FROM Account", include_deleted=True))) == 4100


def test_the_org_describes_itself(sf: Any) -> None:
    assert "Task" in {one["name"] for one in sf.describe()["sobjects"]}
    assert sf.Task.describe()["keyPrefix"] == "00T"
    assert "objectDescribe" in sf.Task.metadata()
    assert sf.limits()["DailyApiRequests"]["Max"] == 100_000
    assert sf.api_usage["api-usage"].total == 100_000


def test_what_changed_is_told(sf: Any, org: Org, clock: Any) -> None:
    from datetime import timedelta

    made, gone = (sf.Account.create({"Name": name})["id"] for name in ("One", "Two"))
    sf.Account.delete(gone)
    clock.advance(60)
    span = (clock.now() - timedelta(days=1), clock.now())
    assert sf.Account.updated(*span)["ids"] == [made]
    assert sf.Account.deleted(*span)["deletedRecords"][0]["id"] == gone


AT_ONCE = 0
"""Seconds between two questions whether a job is done; the usual five would only make the test long."""


def test_bulk_jobs_go_through(sf: Any, org: Org, tmp_path: Any) -> None:
    rows = [{"Key__c": f"K{number}", "Name": f"N{number}"} for number in range(300)]
    bulk = sf.bulk2.Account
    assert bulk.insert(records=rows, wait=AT_ONCE)[0]["numberRecordsProcessed"] == 300
    told = bulk.upsert(records=[*rows, {"Key__c": "bad", "Name": ""}], external_id_field="Key__c", wait=AT_ONCE)[0]
    assert (told["numberRecordsProcessed"], told["numberRecordsFailed"]) == (301, 1)
    assert "REQUIRED_FIELD_MISSING" in bulk.get_failed_records(told["job_id"])
    assert bulk.get_successful_records(told["job_id"]).count("\n") == 301
    assert bulk.get_unprocessed_records(told["job_id"]).count("\n") == 1
    pages = list(bulk.query("SELECT Id, Name FROM Account", max_records=200, wait=AT_ONCE))
    assert [page.count("\n") for page in pages] == [201, 101]
    gone = [{"Id": row["Id"]} for row in org.query("SELECT Id FROM Account").records]
    assert bulk.delete(records=gone, wait=AT_ONCE)
    assert org.query("SELECT COUNT() FROM Account").total == 0


def test_a_composite_goes_through(sf: Any) -> None:
    root = "/services/data/v66.0"
    parts = [
        {"method": "POST", "url": f"{root}/sobjects/Account", "referenceId": "a", "body": {"Name": "One"}},
        {"method": "GET", "url": f"{root}/sobjects/Account/@{{a.id}}", "referenceId": "b"},
    ]
    told = sf.restful("composite", method="POST", json={"allOrNone": True, "compositeRequest": parts})
    assert [one["httpStatusCode"] for one in told["compositeResponse"]] == [201, 200]
    assert told["compositeResponse"][1]["body"]["Name"] == "One"
