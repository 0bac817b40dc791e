"""The client against a practice org that misbehaves: what is repeated, what is not, and what is said in the end."""

from datetime import UTC, datetime
from typing import Any

import pytest

from callstation.sync.connection import Connection
from callstation.sync.crm import (
    BudgetError,
    CrmError,
    LostAnswerError,
    OfflineError,
    Part,
    SignInError,
    Usage,
)  # fmt: skip
from callstation.sync.salesforce.client import Client
from callstation.sync.salesforce.shape import describe, from_json, to_json
from callstation.sync.salesforce.wire import TRIES, TRIES_OFFLINE
from tests.sync.salesforce.conftest import KEY, Practice

NO_REFUSAL_OVER_HTTP = pytest.mark.parametrize("practice", ["in process"], indirect=True)
"""A server that answers cannot refuse the connection; test_odd_servers has a real closed port."""


def _call(subject: str, **values: Any) -> Part:
    return Part("POST", "/sobjects/Task", {"Subject": subject, "Status": "Completed", **values})


def _upsert(key: str, subject: str) -> Part:
    return Part("PATCH", f"/sobjects/Task/{KEY}/{key}", {"Subject": subject})


def test_subrequests_are_answered_in_their_order_good_and_bad(client: Client, practice: Practice) -> None:
    parts = [
        _call("one"),
        Part("POST", "/sobjects/Account", {}),
        Part("GET", "/sobjects/Nothing/describe"),
        _call("two"),
    ]
    answers = client.composite(parts, is_repeatable=False)
    assert [answer.status for answer in answers] == [201, 400, 404, 201]
    assert answers[0].body["id"].startswith("00T")
    assert answers[1].body[0]["errorCode"] == "REQUIRED_FIELD_MISSING"
    assert practice.subjects() == ["one", "two"]
    assert client.requests == 1


def test_nothing_asked_is_nothing_sent(client: Client) -> None:
    assert client.composite([], is_repeatable=True) == []
    assert client.requests == 0


def test_a_resource_is_read_and_its_next_page_by_the_address_it_gives(client: Client) -> None:
    assert client.get("/limits")["DailyApiRequests"]["Max"] == 100_000
    assert client.get("/services/data/v66.0/query?q=SELECT+Id+FROM+Task")["records"] == []


def test_what_cannot_be_asked_is_a_fault_with_the_crms_words(client: Client) -> None:
    with pytest.raises(CrmError) as caught:
        client.get("/query?q=SELECT+Nonsense+FROM+Task")
    assert (caught.value.status, caught.value.refusal.code) == (400, "INVALID_FIELD")
    assert client.requests == 1


def test_the_calls_used_and_the_servers_time_are_read_from_every_answer(client: Client, practice: Practice) -> None:
    assert (client.usage, client.server_time) == (None, None)
    practice.web.site.set_skew(-3600)
    client.get("/limits")
    client.get("/limits")
    assert client.usage == Usage(practice.web.site.calls, 100_000)
    assert client.server_time == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def test_the_assignment_rules_of_the_crm_move_no_owner(
    client: Client, practice: Practice, signed_in: Connection
) -> None:
    practice.web.site.assigned_owner_id = "005000000000099AAA"
    client.composite([Part("POST", "/sobjects/Account", {"Name": "Halden"})], is_repeatable=False)
    assert practice.org.query("SELECT OwnerId FROM Account").records[0]["OwnerId"] == signed_in.user_id


def test_a_text_that_looks_like_a_reference_is_sent_as_it_is(client: Client, practice: Practice) -> None:
    subject = "asked for @{p0.id} and @{refs}"
    answers = client.composite(
        [_call("first"), _call(subject), Part("POST", "/sobjects/Account", {})], is_repeatable=False
    )
    assert [answer.status for answer in answers] == [201, 201, 400]
    assert answers[2].body[0]["errorCode"] == "REQUIRED_FIELD_MISSING"
    assert practice.subjects() == sorted([subject, "first"])


def test_a_long_body_in_every_script_arrives_whole(client: Client, practice: Practice) -> None:
    note = 'Grüße, 漢字, 😀, "quotes" \\ and\r\nlines. ' * 300
    answers = client.composite([_call("long", Description=note)], is_repeatable=False)
    task = practice.org.retrieve("Task", answers[0].body["id"], ["Description"])
    assert task["Description"] in (note, note.strip())


# -- an answer that does not come ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "truncate"])
def test_what_must_not_be_doubled_is_sent_once_and_called_unknown(
    client: Client, practice: Practice, kind: str
) -> None:
    practice.plan(kind)
    with pytest.raises(LostAnswerError):
        client.composite([_call("one")], is_repeatable=False)
    assert client.requests == 1
    assert practice.subjects() == ([] if kind == "drop_before" else ["one"])


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "truncate", "500", "503"])
def test_what_may_be_doubled_is_sent_again(client: Client, practice: Practice, kind: str, waits: list[float]) -> None:
    practice.plan(kind, times=2)
    answers = client.composite([_upsert("k1", "one")], is_repeatable=True)
    assert answers[0].is_ok
    assert practice.subjects() == ["one"]
    assert client.requests == 3
    assert len(waits) == 2


@pytest.mark.parametrize("kind", ["500", "503"])
@pytest.mark.parametrize("is_after", [False, True])
def test_a_server_in_trouble_may_have_done_it(client: Client, practice: Practice, kind: str, *, is_after: bool) -> None:
    practice.plan(kind, is_after=is_after)
    with pytest.raises(LostAnswerError):
        client.composite([_call("one")], is_repeatable=False)
    assert client.requests == 1


@NO_REFUSAL_OVER_HTTP
@pytest.mark.parametrize("is_repeatable", [False, True])
def test_what_never_left_is_always_sent_again(client: Client, practice: Practice, *, is_repeatable: bool) -> None:
    practice.plan("refuse", times=2)
    assert client.composite([_call("one")], is_repeatable=is_repeatable)[0].is_ok
    assert practice.subjects() == ["one"]
    assert client.requests == 3


@NO_REFUSAL_OVER_HTTP
def test_a_crm_that_is_never_reached_is_offline(client: Client, practice: Practice, waits: list[float]) -> None:
    practice.plan("refuse", times=0)
    with pytest.raises(OfflineError, match="Nothing is lost"):
        client.composite([_call("one")], is_repeatable=False)
    assert client.requests == TRIES_OFFLINE
    assert len(waits) == TRIES_OFFLINE - 1
    assert waits == sorted(waits)
    assert waits[0] >= 0.5
    assert sum(waits) <= 3, "the rep is told within seconds"


@NO_REFUSAL_OVER_HTTP
def test_sent_once_and_then_unreachable_is_still_unknown(client: Client, practice: Practice) -> None:
    practice.plan("drop_after")
    practice.plan("refuse", times=0, at=2)
    with pytest.raises(LostAnswerError):
        client.composite([_upsert("k1", "one")], is_repeatable=True)
    assert client.requests == TRIES_OFFLINE


@pytest.mark.parametrize("then", ["403_daily", "401"])
def test_sent_once_and_then_refused_for_another_reason_is_still_unknown(
    client: Client, practice: Practice, then: str
) -> None:
    practice.plan("drop_after", path="/composite")
    practice.plan(then, times=0, at=2, path="/composite")
    with pytest.raises(LostAnswerError):
        client.composite([_upsert("k1", "one")], is_repeatable=True)
    assert practice.subjects() == ["one"]


def test_texts_like_references_sent_one_by_one_are_unknown_once_one_of_them_was_done(
    client: Client, practice: Practice
) -> None:
    practice.plan("403_daily", times=0, at=2)
    with pytest.raises(LostAnswerError):
        client.composite([_call("one"), _call("@{two}")], is_repeatable=False)
    assert practice.subjects() == ["one"]
    practice.web.faults.reset()
    practice.plan("403_daily", times=0, at=2)
    with pytest.raises(BudgetError):
        client.composite([Part("GET", "/limits"), _call("@{two}")], is_repeatable=False)
    assert practice.subjects() == ["one"]


def test_reading_is_repeated_and_in_the_end_offline_not_unknown(client: Client, practice: Practice) -> None:
    practice.plan("truncate", times=2)
    assert client.get("/limits")
    practice.plan("503", times=0)
    with pytest.raises(OfflineError, match="503"):
        client.get("/limits")
    assert client.requests == 3 + TRIES


# -- a session that ends, a budget that is used up -------------------------------------------------------------


@pytest.mark.parametrize("is_repeatable", [False, True])
def test_an_ended_session_is_renewed_once_and_nothing_is_doubled(
    client: Client, practice: Practice, *, is_repeatable: bool
) -> None:
    practice.web.site.tokens.expire_sessions()
    assert client.composite([_call("one")], is_repeatable=is_repeatable)[0].is_ok
    assert practice.subjects() == ["one"]
    assert client.requests == 3  # refused, refreshed, done


def test_a_session_that_ends_again_at_once_ends_in_please_sign_in(client: Client, practice: Practice) -> None:
    practice.plan("401", times=0, path="/composite")
    with pytest.raises(SignInError, match="Please sign in again"):
        client.composite([_call("one")], is_repeatable=True)
    assert client.requests == 3


def test_the_days_calls_used_up_is_said_at_once(client: Client, practice: Practice, waits: list[float]) -> None:
    practice.plan("403_daily")
    with pytest.raises(BudgetError, match="100,000"):
        client.composite([_call("one")], is_repeatable=True)
    assert (client.requests, waits) == (1, [])


@pytest.mark.parametrize("is_repeatable", [False, True])
def test_too_many_at_once_is_waited_out_for_nothing_was_done(
    client: Client, practice: Practice, *, is_repeatable: bool
) -> None:
    practice.plan("403_concurrent", times=2)
    assert client.composite([_call("one")], is_repeatable=is_repeatable)[0].is_ok
    assert practice.subjects() == ["one"]
    assert client.requests == 3


def test_always_too_many_at_once_is_a_sentence(client: Client, practice: Practice) -> None:
    practice.plan("403_concurrent", times=0)
    with pytest.raises(OfflineError, match="busy"):
        client.composite([_call("one")], is_repeatable=False)
    assert client.requests == TRIES


# -- the shape of the org ----------------------------------------------------------------------------------------


def test_the_shape_of_the_org_comes_in_one_request_and_can_be_kept(client: Client) -> None:
    shapes = describe(client, ["Task", "Account", "Nothing__c", "Opportunity"])
    assert set(shapes) == {"Task", "Account", "Opportunity"}
    assert client.requests == 1
    task = shapes["Task"].fields
    assert task["Subject"].length == 255
    assert task[KEY].is_external_id
    assert task[KEY].is_unique
    assert not task["AccountId"].is_createable
    assert "Completed" in task["Status"].values
    assert "Account" in task["WhatId"].reference_to
    kept = to_json(shapes)
    assert from_json(kept) == shapes
    assert len(kept) < 200_000


@pytest.mark.parametrize("text", ["", "[]", "{}x", '{"Task":[["Id"]]}', "null"])
def test_what_is_no_shape_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_json(text)
