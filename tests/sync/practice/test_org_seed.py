"""A practice org filled from a store holds what the store holds, to the cent and to the day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.demo.practice import open_practice
from callstation.paths import Places
from callstation.sync.practice.org import Org
from callstation.sync.practice.seed import seed_from_store
from callstation.work import Work


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[App]:
    opened = open_practice(Places(tmp_path), clock=clock)
    yield opened
    opened.close()


def test_the_practice_book_becomes_an_org(org: Org, book: App) -> None:
    counts = seed_from_store(org, book)
    is_open = "FROM renewal WHERE stage NOT IN ('won', 'lost')"
    ended, going = (
        book.ask(Work.rows, f"SELECT count(*) {which}")[0][0]
        for which in ("FROM contract WHERE status = 'ended'", is_open)
    )
    assert ended > 50
    assert (counts["Account"], counts["Contract"], counts["Opportunity"]) == (42, 40 + ended, going)
    assert (counts["OpportunityLineItem"], counts["Asset"]) == (going, 40 + ended)
    assert min(counts[name] for name in ("Contact", "Product2", "PricebookEntry", "CampaignMember", "Case", "Task")) > 0
    stored = book.ask(lambda work: work.rows("SELECT number, ends_on FROM contract ORDER BY number"))
    rows = org.query("SELECT Name, EndDate FROM Contract ORDER BY Name").records
    assert [(row["Name"], row["EndDate"]) for row in rows] == stored
    streets = book.ask(lambda work: work.rows("SELECT name, street FROM account ORDER BY name"))
    there = org.query("SELECT Name, BillingStreet FROM Account").records
    assert sorted((row["Name"], row["BillingStreet"]) for row in there) == streets
    amounts = book.ask(lambda work: work.rows(f"SELECT sum(amount) / 10000.0 {is_open}"))
    assert org.query("SELECT SUM(Amount) total FROM Opportunity").records[0]["total"] == amounts[0][0]
    assert org.query("SELECT COUNT() FROM Opportunity WHERE IsClosed = true OR ContractId = null").total == 0
    assert org.query("SELECT COUNT() FROM Task WHERE AccountId = null OR IsClosed = true").total == 0


def test_the_same_book_makes_the_same_org(org: Org, book: App, clock: ManualClock) -> None:
    other = Org(None, clock)
    soql = (
        "SELECT Name, StageName, Amount, CloseDate, Account.Name, (SELECT Name, Quantity FROM OpportunityLineItems), "
        "(SELECT Subject FROM Tasks) FROM Opportunity ORDER BY Name"
    )
    told = []
    for each in (org, other):
        seed_from_store(each, book)
        told.append([{**row, "attributes": None, "Account": row["Account"]["Name"],
                      "OpportunityLineItems": [line["Name"] for line in row["OpportunityLineItems"]["records"]]}
                     for row in each.query(soql).records])  # fmt: skip
    assert told[0] == told[1]
    other.close()
