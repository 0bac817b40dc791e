"""Queries over the web: pages, locators, blanks, columns, versions, limits."""

import httpx2
import pytest

from callstation.sync.practice.org import Org
from callstation.sync.practice.web import PracticeApp


@pytest.fixture
def many(org: Org) -> list[str]:
    """450 accounts, their ids in order of their names."""
    made = org.create_many("Account", [{"Name": f"N{number:04}"} for number in range(450)])
    return [one for one in made if isinstance(one, str)]


def test_pages_follow_one_another_to_the_end(api: httpx2.Client, many: list[str]) -> None:
    soql = {"q": "SELECT Id FROM Account ORDER BY Name"}
    page = api.get("/query/", params=soql, headers={"Sforce-Query-Options": "batchSize=200"}).json()
    sizes, found = [], []
    while True:
        sizes.append(len(page["records"]))
        found += [row["Id"] for row in page["records"]]
        assert page["totalSize"] == 450
        if page["done"]:
            break
        assert page["nextRecordsUrl"].startswith("/services/data/v66.0/query/01g")
        page = api.get(str(api.base_url.copy_with(path=page["nextRecordsUrl"]))).json()
    assert (sizes, found) == ([200, 200, 50], many)
    assert "nextRecordsUrl" not in page


@pytest.mark.parametrize("batch", ["1", "199", "3000", "x"])
def test_a_page_holds_200_to_2000_rows(api: httpx2.Client, many: list[str], batch: str) -> None:
    headers = {"Sforce-Query-Options": f"batchSize={batch}"}
    found = api.get("/query", params={"q": "SELECT Id FROM Account"}, headers=headers).json()
    assert len(found["records"]) == (200 if batch in ("1", "199") else 450)


def test_an_unknown_locator_is_refused(api: httpx2.Client) -> None:
    answer = api.get("/query/01g000000000000AAA-2000")
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALID_QUERY_LOCATOR")


@pytest.mark.parametrize("soql", ["SELECT+Id+FROM+Account", "SELECT%20Id%20FROM%20Account"])
def test_blanks_come_both_ways(api: httpx2.Client, many: list[str], soql: str) -> None:
    assert api.get(f"/query?q={soql}").json()["totalSize"] == 450


def test_query_all_shows_the_deleted(api: httpx2.Client, many: list[str], org: Org) -> None:
    org.delete("Account", many[0])
    soql = {"q": "SELECT Id FROM Account WHERE IsDeleted = true"}
    assert api.get("/query", params=soql).json()["totalSize"] == 0
    assert api.get("/queryAll", params=soql).json()["records"][0]["Id"] == many[0]


def test_a_bad_query_is_told(api: httpx2.Client) -> None:
    answer = api.get("/query", params={"q": "SELECT FROM"})
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "MALFORMED_QUERY")
    assert api.get("/query").json()[0]["errorCode"] == "MISSING_ARGUMENT"


def test_columns_are_told_instead_of_rows(api: httpx2.Client) -> None:
    soql = "SELECT Id, Account.Owner.Name, Account.Name, LastName FROM Contact"
    told = api.get("/query", params={"q": soql, "columns": "true"}).json()
    assert (told["entityName"], told["idSelected"], told["keyPrefix"]) == ("Contact", True, "003")
    by_name = {one["columnName"]: one for one in told["columnMetadata"]}
    assert list(by_name) == ["Id", "Account", "LastName"]
    assert [one["columnName"] for one in by_name["Account"]["joinColumns"]] == ["Owner", "Name"]
    assert by_name["LastName"]["joinColumns"] == []


def test_versions_need_no_session(web: httpx2.Client) -> None:
    told = web.get("/services/data/").json()
    assert told[-1] == {"label": "Winter '27", "url": "/services/data/v68.0", "version": "68.0"}
    assert told[0]["version"] == "31.0"
    assert {one["version"]: one["label"] for one in told}["66.0"] == "Spring '26"


@pytest.mark.parametrize(("version", "status"), [("31.0", 200), ("68.0", 200), ("30.0", 410), ("69.0", 404)])
def test_old_versions_are_gone(api: httpx2.Client, version: str, status: int) -> None:
    api.base_url = str(api.base_url).replace("v66.0", f"v{version}")
    assert api.get("/").status_code == status


def test_the_resources_name_who_one_is(api: httpx2.Client, org: Org) -> None:
    told = api.get("/").json()
    assert told["sobjects"] == "/services/data/v66.0/sobjects"
    assert told["identity"].endswith(f"/id/{org.org_id}/{org.user_id}")


def test_calls_are_counted_and_limited(api: httpx2.Client, practice: PracticeApp) -> None:
    assert api.get("/limits/").headers["sforce-limit-info"] == "api-usage=1/100000"
    assert api.get("/limits").json()["DailyApiRequests"] == {"Max": 100_000, "Remaining": 99_998}
    practice.site.daily_limit = 3
    assert api.get("/limits").headers["sforce-limit-info"] == "api-usage=3/3"
    answer = api.get("/limits")
    assert (answer.status_code, answer.json()[0]["errorCode"]) == (403, "REQUEST_LIMIT_EXCEEDED")


def test_records_are_counted(api: httpx2.Client, many: list[str]) -> None:
    told = api.get("/limits/recordCount", params={"sObjects": "Account,Contact,Nothing"}).json()["sObjects"]
    assert told == [{"count": 450, "name": "Account"}, {"count": 0, "name": "Contact"}]
