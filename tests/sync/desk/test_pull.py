"""What comes back from Salesforce: changes, deletions, merges, records that are older than any cursor."""

from datetime import timedelta

import pytest

from callstation.calling.callbacks import open_callbacks
from callstation.calling.calls import log_outcome
from callstation.calling.campaigns import switcher
from callstation.calling.card import read_card
from callstation.sync import emptying, pull
from callstation.sync.overview import attention
from callstation.sync.practice.web import queries
from callstation.work import Work
from db.nouns import WhitespaceMark
from db.vocabulary import Disposition, WhitespaceState
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers, targets


@pytest.fixture
def desk(pair: Pair) -> Pair:
    customers(pair, 12)
    pair.sync()
    pair.clock.advance(60)
    return pair


def test_an_open_task_of_theirs_becomes_a_follow_up_at_its_minute(desk: Pair) -> None:
    account = desk.there("SELECT Id FROM Account ORDER BY Name")[0]["Id"]
    desk.org.create("Task", {"Subject": "Ring about the add-on", "WhatId": account, "ActivityDate": "2026-11-25"})
    desk.sync()
    (owed,) = desk.app.ask(open_callbacks)
    assert (owed.account, owed.note, owed.kind.value) == ("Customer 0000", "Ring about the add-on", "follow_up")
    assert owed.due_at.isoformat() == "2026-11-25T15:00:00+00:00", "ten in the morning of the rep"
    assert desk.sync().sent == 0, "and nothing of it goes back"


def test_a_callback_kept_or_moved_there_is_kept_or_moved_here(desk: Pair) -> None:
    at = desk.clock.now() + timedelta(days=1)
    for target_id in targets(desk)[:2]:
        desk.app.do(log_outcome, target_id, Disposition.CALLBACK_AGREED, at=at)
    desk.sync()
    first, second = desk.there("SELECT Id FROM Task WHERE IsClosed = false ORDER BY Subject")
    desk.clock.advance(60)
    desk.org.update("Task", first["Id"], {"Status": "Completed"})
    desk.org.update("Task", second["Id"], {"ActivityDate": "2026-11-30"})
    desk.sync()
    assert desk.rows("SELECT status FROM callback ORDER BY id") == [("done",), ("open",)]
    (owed,) = desk.app.ask(open_callbacks)
    assert owed.due_at.astimezone(desk.app.zone).isoformat() == "2026-11-30T10:01:00-05:00"


def _mark(work: Work, master: int, loser: int) -> None:
    for account_id, family, words in (
        (master, "Archive", "what was marked here"), (loser, "Archive", "the loser's"),
        (loser, "Backup", "what was marked there"),
    ):  # fmt: skip
        work.replace(
            WhitespaceMark, account_id=account_id, family=family, state=WhitespaceState.NOT_ELIGIBLE, words=words,
            marked_at=work.now,
        )  # fmt: skip


def test_two_accounts_merged_there_are_one_here_with_everything_of_both(desk: Pair) -> None:
    master, loser = (row["Id"] for row in desk.there("SELECT Id FROM Account ORDER BY Name LIMIT 2"))
    desk.app.do(log_outcome, targets(desk)[1], Disposition.NO_ANSWER)
    desk.sync()
    ours = [desk.rows("SELECT id FROM account WHERE crm_id = ?", one)[0][0] for one in (master, loser)]
    desk.app.record(_mark, *ours)
    desk.clock.advance(60)
    desk.org.merge("Account", master, [loser])
    receipt = desk.sync()
    assert receipt.problem == ""
    ((account_id,),) = desk.rows("SELECT id FROM account WHERE crm_id = ?", master)
    assert desk.rows("SELECT family, words FROM whitespace_mark WHERE account_id = ? ORDER BY 1", account_id) == [
        ("Archive", "what was marked here"),
        ("Backup", "what was marked there"),
    ]
    assert desk.rows("SELECT count(*) FROM contact WHERE account_id = ?", account_id) == [(2,)]
    assert desk.rows("SELECT count(*) FROM renewal WHERE account_id = ? AND closed_at IS NULL", account_id) == [(2,)]
    assert desk.rows("SELECT count(*) FROM activity WHERE account_id = ? AND kind = 'call'", account_id) == [(1,)]
    assert desk.rows("SELECT renewal_count FROM call_target WHERE account_id = ?", account_id) == [(2,)]
    assert receipt.is_balanced, receipt.counts


def test_an_account_that_becomes_the_reps_brings_its_older_records(desk: Pair) -> None:
    other = desk.org.create(
        "User",
        {"Username": "dana@example.com", "LastName": "Cole", "Email": "dana@example.com", "Alias": "dana",
         "TimeZoneSidKey": "America/New_York", "LocaleSidKey": "en_US", "EmailEncodingKey": "UTF-8",
         "ProfileId": "00e000000000001AAA", "LanguageLocaleKey": "en_US"},
    )  # fmt: skip
    account = desk.org.create("Account", {"Name": "Was Dana's", "OwnerId": other})
    desk.org.create("Contact", {"AccountId": account, "LastName": "Old", "Phone": "+12125550123"})
    desk.org.create(
        "Opportunity",
        {"AccountId": account, "Name": "Old one", "StageName": "Prospecting", "CloseDate": "2026-12-20", "Amount": 9},
    )
    desk.sync()
    assert desk.rows("SELECT count(*) FROM account WHERE name = 'Was Dana''s'") == [(0,)]
    desk.clock.advance(3600)
    desk.org.update("Account", account, {"OwnerId": desk.org.user_id})
    receipt = desk.sync()
    assert receipt.problem == ""
    assert desk.rows(
        "SELECT c.name FROM contact c JOIN account a ON a.id = c.account_id WHERE a.crm_id = ?", account
    ) == [("Old",)]
    assert desk.rows("SELECT count(*) FROM renewal WHERE amount = 90000") == [(1,)]
    assert receipt.is_balanced, receipt.counts


def test_a_pull_that_would_empty_the_book_stops_and_asks(desk: Pair) -> None:
    for row in desk.there("SELECT Id FROM Account")[:11]:
        desk.org.delete("Account", row["Id"])
    receipt = desk.sync()
    assert receipt.problem.startswith("Salesforce no longer shows 11 of your 12 accounts.")
    assert "“Take it over” on the Sync page, or type: callstation outbox take-over" in receipt.problem
    assert desk.rows("SELECT count(*) FROM account WHERE crm_id IS NULL") == [(0,)]
    (asked,) = desk.app.ask(attention)
    assert asked.title == "Salesforce no longer shows 11 of your 12 accounts"
    assert asked.mends[0] == "take_over"
    assert desk.sync().problem != "", "until the rep agrees"
    desk.app.do(emptying.allow)
    assert desk.sync().problem == ""
    assert desk.rows("SELECT count(*) FROM account WHERE crm_id IS NULL") == [(11,)]
    assert desk.rows("SELECT count(*) FROM account") == [(12,)], "nothing is ever deleted here"


def test_a_campaign_with_members_is_one_here_under_the_rules_of_marketing(desk: Pair) -> None:
    contacts = [row["Id"] for row in desk.there("SELECT Id FROM Contact ORDER BY LastName LIMIT 3")]
    campaign = desk.org.create("Campaign", {"Name": "Add-on push", "IsActive": True})
    for contact in contacts:
        desk.org.create("CampaignMember", {"CampaignId": campaign, "ContactId": contact})
    desk.sync()
    (row,) = [one for one in desk.app.ask(switcher) if one.name == "Add-on push"]
    assert desk.rows("SELECT purpose FROM campaign WHERE id = ?", row.campaign_id) == [("cross_sell",)]
    assert desk.rows("SELECT count(*) FROM campaign_member WHERE campaign_id = ?", row.campaign_id) == [(3,)]
    desk.clock.advance(60)
    desk.org.update("Campaign", campaign, {"IsActive": False})
    desk.sync()
    assert desk.rows("SELECT is_active FROM campaign WHERE id = ?", row.campaign_id) == [(0,)]


def test_a_first_load_that_breaks_off_goes_on_where_it_was(pair: Pair) -> None:
    customers(pair, 12)
    pair.plan("drop_before", at=4, times=50)
    assert pair.sync().problem != ""
    before = pair.rows("SELECT sobject FROM crm_cursor WHERE is_loaded ORDER BY sobject")
    assert before
    assert pair.rows("SELECT count(*) FROM account") == [(12,)]
    pair.web.faults.reset()
    receipt = pair.sync()
    assert receipt.problem == ""
    assert receipt.is_balanced, receipt.counts
    assert pair.rows("SELECT count(*) FROM account") == [(12,)]
    assert len(targets(pair)) == 12


def test_what_left_without_a_trace_is_found_by_the_weekly_comparison(desk: Pair) -> None:
    contact = desk.there("SELECT Id FROM Contact ORDER BY LastName LIMIT 1")[0]["Id"]
    desk.org.delete("Contact", contact)
    desk.org.purge()
    desk.clock.advance(8 * 86_400)
    desk.sync()
    assert desk.rows("SELECT crm_id FROM contact WHERE name = 'Pat Number0'") == [(None,)]
    (row,) = desk.app.ask(attention)
    assert row.sentence == "It was deleted in Salesforce."


def test_the_server_may_repeat_cut_and_shuffle_its_pages(pair: Pair) -> None:
    customers(pair, 30)
    for kind in ("repeat_page", "reorder_page", "truncate"):
        pair.plan(kind, at=1, times=3)
        receipt = pair.sync()
        assert receipt.problem == ""
    assert pair.rows("SELECT count(*), count(DISTINCT crm_id) FROM contact") == [(30, 30)]
    assert receipt.is_balanced, receipt.counts


@pytest.mark.parametrize("hours", [-2, 720])
def test_a_server_clock_that_jumps_loses_nothing(desk: Pair, hours: int) -> None:
    desk.org.set_skew(hours * 3600)
    contact = desk.there("SELECT Id FROM Contact ORDER BY LastName LIMIT 1")[0]["Id"]
    desk.org.update("Contact", contact, {"Title": "After the jump"})
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    desk.sync()
    desk.org.set_skew(0)
    desk.clock.advance(8 * 86_400)  # at the latest the weekly comparison
    receipt = desk.sync()
    assert len(desk.there("SELECT Id FROM Task")) == 1
    assert receipt.is_balanced, receipt.counts


def test_an_open_case_stands_among_the_open_items_until_it_is_closed(desk: Pair) -> None:
    target_id = targets(desk)[0]
    account = desk.there("SELECT Id FROM Account ORDER BY Name LIMIT 1")[0]["Id"]
    case = desk.org.create("Case", {"AccountId": account, "Subject": "Licence not received", "Priority": "High"})
    desk.sync()
    (item,) = desk.app.ask(read_card, target_id).open_items
    assert (item.kind, item.title[:5], item.words) == ("warn", "Case ", "Licence not received, New")
    desk.clock.advance(60)
    desk.org.update("Case", case, {"Status": "Closed"})
    desk.sync()
    assert desk.app.ask(read_card, target_id).open_items == ()


def test_a_server_that_sends_fewer_than_asked_for_is_read_to_the_end(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_PAGE", 5)
    monkeypatch.setattr(pull, "PAGE", 9)
    customers(pair, 12)
    receipt = pair.sync()
    assert (receipt.problem, receipt.received_by_object["Contact"]) == ("", 12)
    assert receipt.is_balanced, receipt.counts
    assert len(targets(pair)) == 12
    pair.clock.advance(8 * 86_400)
    assert pair.sync().problem == ""
    assert pair.rows("SELECT count(*) FROM contact WHERE crm_id NOT NULL") == [(12,)]


def test_a_person_merged_into_one_that_was_not_here_takes_on_what_that_one_is(desk: Pair) -> None:
    (row,) = desk.there("SELECT Id, AccountId FROM Contact ORDER BY LastName LIMIT 1")
    desk.org.update("Contact", row["Id"], {"Title": "Buyer"})
    desk.sync()
    desk.clock.advance(60)
    master = desk.org.create("Contact", {"AccountId": row["AccountId"], "LastName": "Master"})
    desk.org.merge("Contact", master, [row["Id"]])
    desk.sync()
    assert desk.rows("SELECT name, role FROM contact WHERE crm_id = ?", master) == [("Master", None)]
    assert desk.waiting() == []
