"""SOQL as clients send it: parents, children, conditions, order, sums, and the complaints about what is wrong."""

# ruff: noqa: E501  # tables

from collections.abc import Callable
from typing import Any

import pytest

from callstation.clock import ManualClock
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.org import Org

Make = Callable[..., str]


def names(org: Org, where: str, sobject: str = "Account", *, is_all: bool = False) -> list[str]:
    found = org.query(f"SELECT Name FROM {sobject} WHERE {where} ORDER BY Name", is_all=is_all)
    return [row["Name"] for row in found.records]


@pytest.fixture
def three(org: Org) -> Org:
    """Accounts A, B and C with different values, or none."""
    org.create("Account", {"Name": "A", "BillingCity": "Boston", "NumberOfEmployees": 5, "AnnualRevenue": 10})
    org.create("Account", {"Name": "B", "BillingCity": "boston", "NumberOfEmployees": 50, "Description": "long"})
    org.create("Account", {"Name": "C", "Key__c": "Key-C"})
    return org


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("BillingCity = 'BOSTON'", "AB"),
        ("BillingCity != 'Boston'", "C"),
        ("BillingCity <> 'Leeds'", "ABC"),
        ("BillingCity = null", "C"),
        ("BillingCity = ''", "C"),
        ("BillingCity != NULL", "AB"),
        ("BillingCity IN ('boston', null)", "ABC"),
        ("BillingCity NOT IN ('boston')", "C"),
        ("NOT BillingCity = 'Boston'", "C"),
        ("NOT (NOT BillingCity LIKE 'B%')", "AB"),
        ("BillingCity LIKE '_os%'", "AB"),
        ("NumberOfEmployees > 5", "B"),
        ("NumberOfEmployees >= 5 AND NumberOfEmployees <= 50", "AB"),
        ("NOT NumberOfEmployees > 5", "AC"),
        ("AnnualRevenue = 10.0", "A"),
        ("AnnualRevenue IN (10, 3)", "A"),
        ("(Name = 'A' OR Name = 'C') AND IsDeleted = false", "AC"),
        ("Name = 'A' OR (Name = 'B' AND BillingCity = null)", "A"),
        ("Key__c = 'key-c'", "C"),
        ("Key__c IN ('KEY-C', 'x')", "C"),
        ("Key__c != 'key-c'", "AB"),
        ("Key__c LIKE 'KEY%'", "C"),
        ("CreatedDate = TODAY", "ABC"),
        ("CreatedDate < TODAY", ""),
        ("CreatedDate >= 2026-11-23T16:00:00+01:00", "ABC"),
        ("CreatedDate > 2026-11-23T15:00:00Z", ""),
        ("CreatedDate > 2026-11-23T14:59:59.999Z", "ABC"),
        ("CreatedDate < 2026-11-23T15:00:00.500Z", "ABC"),
        ("CreatedDate = LAST_N_DAYS:1 AND SystemModstamp != YESTERDAY", "ABC"),
        ("account.Name = 'A'", "A"),
        ("Owner.Name = 'Robin Reyes' AND Owner.IsActive = true", "ABC"),
        ("Parent.Name = null", "ABC"),
    ],
)  # fmt: skip
def test_a_condition_finds_what_it_says(three: Org, where: str, expected: str) -> None:
    assert "".join(names(three, where)) == expected


@pytest.mark.parametrize(
    ("soql", "code", "words"),
    [
        ("SELECT Nope FROM Account", "INVALID_FIELD", "No such column 'Nope' on entity 'Account'"),
        ("SELECT Id FROM Gadget", "INVALID_TYPE", "sObject type 'Gadget' is not supported"),
        ("SELECT Boss.Name FROM Account", "INVALID_FIELD", "Didn't understand relationship 'Boss' in field path"),
        ("SELECT Id, (SELECT Id FROM Toys) FROM Account", "INVALID_TYPE", "Didn't understand relationship 'Toys'"),
        ("SELECT Id FROM Account WHERE Description = 'x'", "INVALID_FIELD", "'Description' can not be filtered"),
        ("SELECT Id FROM Account ORDER BY Description", "INVALID_FIELD", "'Description' can not be sorted"),
        ("SELECT Id, Id FROM Account", "INVALID_FIELD", "duplicate field selected: Id"),
        ("SELECT Id FROM Account WHERE Name = 5", "INVALID_FIELD", "'Name' must be of type string and should be enclosed"),
        ("SELECT Id FROM Account WHERE IsDeleted = 'false'", "INVALID_FIELD", "must be of type boolean and should not"),
        ("SELECT Id FROM Account WHERE CreatedDate > 2026-01-01", "INVALID_FIELD", "must be of type dateTime"),
        ("SELECT Id FROM Account WHERE Id = '12'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: 12"),
        ("SELECT Id FROM Account WHERE Name LIKE null", "INVALID_FIELD", "invalid operator"),
        ("SELECT Id FROM Account WHERE CreatedDate = SOMEDAY", "MALFORMED_QUERY", "unexpected token: 'SOMEDAY'"),
        ("SELECT Id FROM Account WHERE CreatedDate > 2026-02-30T00:00:00Z", "MALFORMED_QUERY", "2026-02-30"),
        ("SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "MALFORMED_QUERY", "unexpected token: 'OR'"),
        ("SELECT Id FROM Account WHERE Name = 'a", "MALFORMED_QUERY", "ERROR at Row:1:Column:37"),
        ("SELECT Id FROM Account LIMIT 1 WHERE Name = 'a'", "MALFORMED_QUERY", "unexpected token: 'where'"),
        ("SELECT Id\nFROM Account WHEE Name = 'a'", "MALFORMED_QUERY", "Row:2"),
        ("SELECT", "MALFORMED_QUERY", "<EOF>"),
        ("", "MALFORMED_QUERY", "<EOF>"),
        ("DELETE FROM Account", "MALFORMED_QUERY", "unexpected token: 'DELETE'"),
        ("SELECT * FROM Account", "MALFORMED_QUERY", "unexpected token: '*'"),
        ("SELECT Id FROM Account OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000"),
        ("SELECT FIELDS(ALL) FROM Account", "MALFORMED_QUERY", "must have a LIMIT of at most 200"),
        ("SELECT Name, COUNT(Id) FROM Account", "MALFORMED_QUERY", "must be grouped or aggregated: Name"),
        ("SELECT SUM(Name) FROM Account", "MALFORMED_QUERY", "does not support aggregate operator SUM"),
        ("SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)", "INVALID_FIELD", "semi join"),
        ("SELECT Id FROM Account WHERE " + "(" * 100 + "Id = null" + ")" * 100, "MALFORMED_QUERY", "too deeply"),
    ],
)  # fmt: skip
def test_a_wrong_query_is_told_what_is_wrong(org: Org, soql: str, code: str, words: str) -> None:
    with pytest.raises(OrgError) as caught:
        org.query(soql)
    assert (caught.value.code, caught.value.status) == (code, 400)
    assert words in caught.value.message


def test_parents_nest_and_a_missing_one_is_null(org: Org, account: Make) -> None:
    contact = org.create("Contact", {"LastName": "Raman", "AccountId": account("Halden")})
    org.create("Contact", {"LastName": "Alone"})
    rows = org.query("SELECT LastName, Account.Name, Account.Owner.Name FROM Contact ORDER BY LastName").records
    base = "/services/data/v66.0/sobjects"
    assert rows[0]["Account"] is None
    assert rows[1]["attributes"] == {"type": "Contact", "url": f"{base}/Contact/{contact}"}
    inner = rows[1]["Account"]
    assert inner["attributes"]["type"] == "Account"
    assert inner["attributes"]["url"].startswith(f"{base}/Account/001")
    assert (inner["Name"], inner["Owner"]["Name"], list(rows[1])) == (
        "Halden",
        "Robin Reyes",
        ["attributes", "LastName", "Account"],
    )


def test_who_and_what_tell_their_kind(org: Org, account: Make) -> None:
    lead = org.create("Lead", {"LastName": "Lee", "FirstName": "Ann", "Company": "x"})
    case = org.create("Case", {"Subject": "s"})
    org.create("Task", {"WhoId": lead, "WhatId": case})
    row = org.query(
        "SELECT Who.Name, Who.Type, Who.FirstName, What.Name, What.Id FROM Task WHERE Who.Type = 'lead'"
    ).records[0]
    assert (row["Who"]["Name"], row["Who"]["FirstName"], row["Who"]["attributes"]["type"]) == ("Ann Lee", "Ann", "Lead")
    assert (row["What"]["Name"], row["What"]["Id"], row["What"]["attributes"]["type"]) == ("00001001", case, "Case")


def test_children_nest_with_their_own_conditions_order_and_limit(org: Org, account: Make) -> None:
    full, empty = account("Full"), account("Empty")
    for name in "dbca":
        org.create("Contact", {"LastName": name, "AccountId": full})
    found = org.query(
        "SELECT Name, (SELECT LastName, Account.Name FROM Contacts WHERE LastName != 'a' ORDER BY LastName DESC LIMIT 2 "
        "OFFSET 1) FROM Account ORDER BY Name DESC"
    )
    inner = found.records[0]["Contacts"]
    assert (inner["totalSize"], inner["done"]) == (2, True)
    assert [(row["LastName"], row["Account"]["Name"]) for row in inner["records"]] == [("c", "Full"), ("b", "Full")]
    assert found.records[1]["Contacts"] is None
    assert [column.name for column in found.columns] == ["Name", "Contacts"]
    assert [column.name for column in found.columns[1].children] == ["LastName", "Account.Name"]
    assert empty


def test_semi_joins_go_both_ways(org: Org, account: Make) -> None:
    with_one, without = account("With"), account("Without")
    org.create("Contact", {"LastName": "x", "AccountId": with_one})
    org.create("Contact", {"LastName": "y"})
    assert names(org, "Id IN (SELECT AccountId FROM Contact WHERE LastName = 'x')") == ["With"]
    assert names(org, "Id NOT IN (SELECT AccountId FROM Contact)") == ["Without"]
    assert without


@pytest.mark.parametrize(
    ("order", "expected"),
    [("BillingCity", "CAB"), ("BillingCity ASC NULLS LAST, Name DESC", "BAC"), ("BillingCity DESC, Name DESC", "CBA"),
     ("NumberOfEmployees DESC NULLS LAST", "BAC"), ("Owner.Name, Name DESC", "CBA")],
)  # fmt: skip
def test_order_puts_nulls_where_it_is_told(three: Org, order: str, expected: str) -> None:
    found = three.query(f"SELECT Name FROM Account ORDER BY {order}")
    assert "".join(row["Name"] for row in found.records) == expected


def test_limit_and_offset_cut_the_rows(three: Org) -> None:
    found = three.query("SELECT Name FROM Account ORDER BY Name LIMIT 1 OFFSET 1")
    assert (found.total, found.records[0]["Name"]) == (1, "B")


def test_counts_and_sums(three: Org) -> None:
    assert (three.query("select count() from account").total, three.query("SELECT COUNT() FROM Account").records) == (
        3,
        [],
    )
    rows = three.query(
        "SELECT BillingCity city, COUNT(Id), SUM(NumberOfEmployees) total, MAX(Name) FROM Account GROUP BY BillingCity "
        "HAVING COUNT(Id) > 0 ORDER BY COUNT(Id) DESC LIMIT 5"
    ).records
    assert [row["attributes"] for row in rows] == [{"type": "AggregateResult"}] * 2
    assert (rows[0]["city"].lower(), rows[0]["expr0"], rows[0]["total"], rows[0]["expr1"]) == ("boston", 2, 55.0, "B")
    assert (rows[1]["city"], rows[1]["total"]) == (None, None)


def test_addresses_come_as_one_and_fields_as_all(three: Org) -> None:
    rows = three.query("SELECT FIELDS(ALL) FROM Account ORDER BY Name LIMIT 200").records
    assert set(rows[0]) - {"attributes"} == {column["name"] for column in three.describe("Account")["fields"]}
    assert rows[0]["BillingAddress"]["city"] == "Boston"
    assert rows[2]["BillingAddress"] is None
    assert "Key__c" not in three.query("SELECT FIELDS(STANDARD) FROM Account").records[0]


def test_deleted_rows_and_parents_are_seen_only_on_demand(org: Org, account: Make) -> None:
    parent = account("Parent")
    case = org.create("Case", {"Subject": "s"})
    contract = org.create("Contract", {"AccountId": parent})
    org.create("Opportunity", {"Name": "O", "StageName": "x", "CloseDate": "2027-01-01", "ContractId": contract})
    org.delete("Contract", contract)
    assert org.query("SELECT Contract.ContractNumber FROM Opportunity").records[0]["Contract"] is None
    assert org.query("SELECT Contract.ContractNumber FROM Opportunity", is_all=True).records[0]["Contract"] is not None
    assert org.query("SELECT COUNT() FROM Contract").total == 0
    assert org.query("SELECT COUNT() FROM Contract ALL ROWS").total == 1
    assert org.query("SELECT COUNT() FROM Contract WHERE IsDeleted = true", is_all=True).total == 1
    assert case


def test_what_clients_add_to_a_query_does_no_harm(three: Org) -> None:
    for tail in ("FOR VIEW", "FOR REFERENCE", "LIMIT 3", "WITH SECURITY_ENFORCED", "LIMIT 3 FOR VIEW"):
        assert three.query(f"SELECT Id FROM Account {tail}").total == 3
    assert three.query("  select a.Id, a.name FROM Account as a where a.Name = 'A'\n").records[0]["Name"] == "A"
    assert three.query("SELECT Id FROM Account USING SCOPE mine WHERE Name = 'A'").total == 1
    rows = three.query("SELECT toLabel(Name), CALENDAR_YEAR(CreatedDate) y FROM Account ORDER BY Name").records
    assert (rows[0]["Name"], rows[0]["y"]) == ("A", 2026)


@pytest.mark.parametrize(
    ("word", "days"),
    [("TODAY", 1), ("YESTERDAY", 1), ("TOMORROW", 1), ("LAST_N_DAYS:3", 4), ("NEXT_N_DAYS:3", 3), ("THIS_WEEK", 7), ("LAST_WEEK", 7),
     ("THIS_MONTH", 30), ("LAST_MONTH", 31), ("NEXT_MONTH", 31), ("THIS_QUARTER", 92), ("THIS_YEAR", 365), ("LAST_N_WEEKS:2", 14)],
)  # fmt: skip
def test_a_date_literal_means_its_days(org: Org, word: str, days: int) -> None:
    from datetime import date, timedelta

    first = date(2025, 10, 1)
    org.create_many("Task", [{"ActivityDate": first + timedelta(n)} for n in range(850)])
    assert org.query(f"SELECT COUNT() FROM Task WHERE ActivityDate = {word}").total == days


def test_case_is_no_matter_in_any_alphabet(org: Org, account: Make) -> None:
    account("Éclair Ältere ΣΟΦΙΑ")
    for where in ("= 'éCLAIR äLTERE σοφια'", "IN ('x', 'éclair ältere Σοφια')", "LIKE 'ÉCLAIR Ä%'", "LIKE '%οφι%'"):
        assert len(names(org, f"Name {where}")) == 1, where


def test_a_week_begins_on_sunday(org: Org) -> None:
    org.create_many("Task", [{"ActivityDate": f"2026-11-{day}"} for day in range(15, 31)])
    for word, first in (("LAST_WEEK", "2026-11-15"), ("THIS_WEEK", "2026-11-22"), ("NEXT_WEEK", "2026-11-29")):
        rows = org.query(f"SELECT MIN(ActivityDate) first FROM Task WHERE ActivityDate = {word}").records
        assert rows[0]["first"] == first


def test_a_keyset_walk_meets_every_row_once_though_stamps_are_equal(org: Org, clock: ManualClock) -> None:
    for _ in range(3):
        org.create_many("Account", [{"Name": "x"} for _ in range(250)])
        clock.advance(1)
    seen: list[str] = []
    where = ""
    while True:
        rows: list[Any] = org.query(
            f"SELECT Id, SystemModstamp FROM Account {where} ORDER BY SystemModstamp, Id LIMIT 200"
        ).records
        seen += [row["Id"] for row in rows]
        if len(rows) < 200:
            break
        at, last = rows[-1]["SystemModstamp"].replace("+0000", "Z"), rows[-1]["Id"]
        where = f"WHERE (SystemModstamp > {at}) OR (SystemModstamp = {at} AND Id > '{last}')"
    assert len(seen) == len(set(seen)) == 750
