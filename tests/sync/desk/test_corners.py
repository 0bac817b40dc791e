"""Rare turns of a sync that once ended it, asked without end, or told the queue nothing."""

import json
from collections.abc import Sequence
from urllib.parse import unquote

import pytest

from callstation.accounts import contacts
from callstation.calling.calls import log_outcome
from callstation.renewals.renewals import change_renewal
from callstation.sync import conflicts, emptying
from callstation.sync.context import fact, keep_fact, read_context
from callstation.sync.crm import Answer, Part
from callstation.sync.doubts import Doubt, queries, signs
from callstation.sync.syncing import sync
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import Disposition, RenewalStage, SyncEntity
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers, targets


@pytest.fixture
def desk(pair: Pair) -> Pair:
    customers(pair, 12)
    pair.sync()
    pair.clock.advance(60)
    return pair


def first(desk: Pair, sobject: str) -> str:
    return str(desk.there(f"SELECT Id FROM {sobject} ORDER BY Id LIMIT 1")[0]["Id"])


def test_most_of_a_book_that_left_without_a_trace_goes_once_the_rep_agrees(desk: Pair) -> None:
    for row in desk.there("SELECT Id FROM Contact")[:11]:
        desk.org.delete("Contact", row["Id"])
    desk.org.purge()
    desk.clock.advance(8 * 86_400)
    assert desk.sync().problem.startswith("Salesforce no longer shows 11 of your 12 contacts.")
    assert desk.sync().problem != "", "until the rep agrees"
    desk.app.do(emptying.allow)
    assert desk.sync().problem == ""
    assert desk.rows("SELECT count(*) FROM contact WHERE crm_id IS NULL") == [(11,)]
    assert desk.app.ask(emptying.asked) is None


def test_a_stage_of_their_own_under_an_open_question_ends_no_sync(desk: Pair) -> None:
    crm_id = first(desk, "Opportunity")
    ((renewal_id,),) = desk.rows("SELECT id FROM renewal WHERE crm_id = ?", crm_id)
    desk.app.do(change_renewal, renewal_id, stage=RenewalStage.QUOTED)
    desk.org.update("Opportunity", crm_id, {"StageName": "Qualification"})
    assert desk.sync().conflicts == 1
    desk.clock.advance(60)
    desk.org.update("Opportunity", crm_id, {"StageName": "Value Proposition"})
    assert desk.sync().problem == ""
    assert desk.rows("SELECT count(*) FROM sync_conflict") == [(1,)]


def test_a_renewal_closed_by_a_decision_leaves_the_queue(desk: Pair) -> None:
    crm_id = first(desk, "Opportunity")
    ((renewal_id, target_id),) = desk.rows("SELECT id, target_id FROM renewal WHERE crm_id = ?", crm_id)
    desk.app.do(change_renewal, renewal_id, stage=RenewalStage.QUOTED)
    desk.org.update("Opportunity", crm_id, {"StageName": "Closed Lost"})
    desk.sync()
    for (conflict_id,) in desk.rows("SELECT id FROM sync_conflict"):
        desk.app.do(conflicts.use_theirs, conflict_id)
    assert desk.rows("SELECT state, renewal_count FROM call_target WHERE id = ?", target_id) == [("finished", 0)]


@pytest.mark.parametrize("state", ["waiting", "unknown"])
def test_a_redo_after_a_correction_that_did_not_get_through_leaves_the_person_there(desk: Pair, state: str) -> None:
    contact_id = desk.app.do(contacts.add_contact, 1, name="Robin Twice")
    desk.sync()
    desk.app.undo()
    desk.app.record(
        lambda work: work.derive(
            "UPDATE outbox_entry SET state = ?, attempts = 1, sent_at = ? WHERE entity = 'withdrawal' "
            "AND record_id = (SELECT id FROM withdrawal WHERE sobject = 'Contact')",
            (state, None if state == "waiting" else 1),
        )
    )
    desk.app.redo()
    desk.sync()
    desk.sync()
    (there,) = desk.there("SELECT Id FROM Contact WHERE LastName = 'Twice'")
    assert desk.rows("SELECT crm_id FROM contact WHERE id = ?", contact_id) == [(there["Id"],)]
    assert desk.waiting() == []


def test_a_person_who_moved_to_another_account_is_called_there(desk: Pair) -> None:
    person = desk.there("SELECT Id FROM Contact ORDER BY LastName LIMIT 1")[0]["Id"]
    other = desk.there("SELECT Id FROM Account ORDER BY Name DESC LIMIT 1")[0]["Id"]
    desk.org.update("Contact", person, {"AccountId": other})
    desk.sync()
    assert desk.rows(
        "SELECT a.crm_id FROM contact c JOIN account a ON a.id = c.account_id WHERE c.crm_id = ?", person
    ) == [(other,)]


def test_a_person_who_vanished_without_a_trace_is_called_no_more_once_the_rep_says_so(desk: Pair) -> None:
    person = first(desk, "Contact")
    ((account_id,),) = desk.rows("SELECT account_id FROM contact WHERE crm_id = ?", person)
    desk.org.delete("Contact", person)
    desk.org.purge()
    desk.sync()
    ((conflict_id,),) = desk.rows("SELECT id FROM sync_conflict WHERE entity = 'contact'")
    desk.app.do(conflicts.use_theirs, conflict_id)
    assert desk.rows("SELECT state FROM call_target WHERE account_id = ?", account_id) == [("blocked",)]


@pytest.mark.parametrize(("sobject", "field"), [("Opportunity", "Amount"), ("Task", "CallDurationInSeconds")])
def test_a_field_that_the_rep_may_not_see_ends_no_sync(desk: Pair, sobject: str, field: str) -> None:
    def hide(work: Work) -> None:
        shapes = json.loads(fact(work, "crm.shapes") or "")
        shapes[sobject] = [one for one in shapes[sobject] if one[0] != field]
        keep_fact(work, "crm.shapes", json.dumps(shapes))

    desk.app.record(hide)
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER, duration_s=7)
    asked: list[str] = []
    client = desk.client()
    send = client.composite

    def composite(parts: Sequence[Part], *, is_repeatable: bool) -> list[Answer]:
        asked.extend(part.path for part in parts)
        return send(parts, is_repeatable=is_repeatable)

    client.composite = composite  # type: ignore[method-assign]
    try:
        receipt = sync(desk.app, client, desk.org.user_id)
    finally:
        client.close()
    assert [path for path in asked if field in path] == []
    assert receipt.is_balanced, receipt.counts
    assert desk.rows("SELECT count(*) FROM renewal WHERE amount IS NULL") == [(0,)]


def test_a_person_undone_in_doubt_whom_no_key_can_find_ends_no_sync(keyless: Pair) -> None:
    customers(keyless, 1)
    keyless.sync()
    keyless.app.do(contacts.add_contact, 1, name="Robin Doubt")
    keyless.plan("drop_after", at=4)
    assert keyless.sync().problem != ""
    keyless.app.undo()
    assert keyless.sync().problem == ""
    keyless.clock.advance(660)
    receipt = keyless.sync()
    assert (receipt.problem, receipt.is_balanced) == ("", True)
    assert keyless.waiting() == []
    assert keyless.rows("SELECT name FROM contact WHERE name LIKE 'Robin%'") == [("Robin Doubt",)], "it came back"


def test_an_account_in_doubt_is_asked_for_by_its_name_where_no_key_is(keyless: Pair) -> None:
    customers(keyless, 1)
    keyless.sync()
    there = keyless.org.create("Account", {"Name": "Only <b>here</b> & Co"})
    doubt = Doubt(SyncEntity.ACCOUNT, 2, "Account", "u", to_micros(keyless.clock.now()), ("", "Only <b>here</b> & Co"))
    ((part, wanted),) = queries([doubt], keyless.app.ask(read_context, keyless.org.user_id))
    (record,) = keyless.there(unquote(part.path.partition("q=")[2]))
    assert record["Id"] == there
    assert [wanted[sign] for sign in signs(record) if sign in wanted] == [[doubt]]
