"""Deleting, bringing back, emptying the bin, merging, and what getUpdated and getDeleted tell of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from callstation.clock import ManualClock
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.org import Org

Make = Callable[..., str]
NOON = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def family(org: Org, account: Make) -> dict[str, str]:
    """An account with what hangs on it."""
    parent = account("Halden")
    contact = org.create("Contact", {"LastName": "x", "AccountId": parent})
    deal = org.create("Opportunity", {"Name": "O", "StageName": "x", "CloseDate": "2027-01-01", "AccountId": parent})
    asset = org.create("Asset", {"Name": "Seats", "AccountId": parent})
    task = org.create("Task", {"WhatId": deal, "WhoId": contact})
    other = org.create("Contact", {"LastName": "y"})
    return {"account": parent, "contact": contact, "deal": deal, "asset": asset, "task": task, "other": other}


def _alive(org: Org, family: dict[str, str]) -> set[str]:
    kinds = {"account": "Account", "deal": "Opportunity", "asset": "Asset", "task": "Task"}
    return {
        name for name, record_id in family.items()
        if org.query(f"SELECT COUNT() FROM {kinds.get(name, 'Contact')} WHERE Id = '{record_id}'").total
    }  # fmt: skip


def test_deleting_an_account_takes_what_hangs_on_it_and_undelete_brings_it_back(
    org: Org, family: dict[str, str], clock: ManualClock
) -> None:
    org.delete("Task", family["task"])
    clock.advance(60)
    org.delete("Account", family["account"])
    assert _alive(org, family) == {"other"}
    row = org.query("SELECT SystemModstamp FROM Contact WHERE IsDeleted = true", is_all=True).records[0]
    assert row["SystemModstamp"] == "2026-11-23T15:01:00.000+0000"
    with pytest.raises(OrgError, match="went with another"):
        org.undelete(family["contact"])
    org.undelete(family["account"])
    assert _alive(org, family) == {"account", "contact", "deal", "asset", "other"}
    org.undelete(family["task"])
    assert "task" in _alive(org, family)


def test_a_deleted_record_is_gone_for_reading_and_deleting(org: Org, family: dict[str, str]) -> None:
    org.delete("Contact", family["contact"])
    for call in (org.retrieve, org.delete):
        with pytest.raises(OrgError) as caught:
            call("Contact", family["contact"])
        assert (caught.value.code, caught.value.status) == ("ENTITY_IS_DELETED", 404)
    outcome = org.delete_many([family["contact"], "003000000000001", "x", family["other"]])
    assert [one.code if isinstance(one, OrgError) else one for one in outcome] == [
        "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "MALFORMED_ID", family["other"]]  # fmt: skip


def test_what_is_purged_is_gone_for_good_and_pointed_at_no_more(org: Org, account: Make) -> None:
    contract = org.create("Contract", {"AccountId": account()})
    deal = org.create("Opportunity", {"Name": "O", "StageName": "x", "CloseDate": "2027-01-01", "ContractId": contract})
    org.delete("Contract", contract)
    assert org.retrieve("Opportunity", deal, ["ContractId"])["ContractId"] == contract
    assert org.purge() == 1
    assert org.query("SELECT COUNT() FROM Contract", is_all=True).total == 0
    assert org.retrieve("Opportunity", deal, ["ContractId"])["ContractId"] is None
    with pytest.raises(OrgError):
        org.undelete(contract)
    hard = account("Hard")
    assert org.delete_many([hard], is_hard=True) == [hard]
    assert org.query(f"SELECT COUNT() FROM Account WHERE Id = '{hard}'", is_all=True).total == 0


@pytest.mark.parametrize("sobject", ["Contact", "Account"])
def test_a_merge_moves_the_children_and_leaves_a_trace(
    org: Org, family: dict[str, str], account: Make, sobject: str
) -> None:
    if sobject == "Contact":
        master, loser, child, pointer = family["other"], family["contact"], family["task"], ("Task", "WhoId")
    else:
        master, loser, child, pointer = (
            account("Master"),
            family["account"],
            family["contact"],
            ("Contact", "AccountId"),
        )
    org.merge(sobject, master, [loser])
    assert org.retrieve(pointer[0], child, [pointer[1]])[pointer[1]] == master
    row = org.query(f"SELECT IsDeleted, MasterRecordId FROM {sobject} WHERE Id = '{loser}'", is_all=True).records[0]
    assert (row["IsDeleted"], row["MasterRecordId"]) == (True, master)
    with pytest.raises(OrgError):
        org.merge(sobject, master, [loser])


def test_only_some_objects_merge(org: Org) -> None:
    with pytest.raises(OrgError, match="cannot be merged"):
        org.merge("Opportunity", "006000000000001", ["006000000000002"])


def test_updated_and_deleted_tell_what_changed_when(org: Org, account: Make, clock: ManualClock) -> None:
    old = account("Old")
    clock.advance(600)
    new, gone = account("New"), account("Gone")
    org.delete("Account", gone)
    since, until = NOON + timedelta(minutes=5), NOON + timedelta(minutes=20)
    assert org.updated("Account", since, until) == {"ids": [new], "latestDateCovered": "2026-11-23T15:20:00.000+0000"}
    told = org.deleted("Account", since, until)
    assert told["deletedRecords"] == [{"id": gone, "deletedDate": "2026-11-23T15:10:00.000+0000"}]
    assert told["earliestDateAvailable"] == "2026-11-08T15:10:00.000+0000"
    for start, end in ((until, since), (NOON - timedelta(days=40), until)):
        with pytest.raises(OrgError, match="INVALID_REPLICATION_DATE"):
            org.updated("Account", start, end)
    assert old
