"""Bulk jobs from the empty job to the result rows, and what a lost answer leaves behind at each step."""

import pytest

from callstation.sync.crm import CrmError, Job, LostAnswerError
from callstation.sync.salesforce.client import Client
from callstation.sync.salesforce.errors import parse_refusal
from tests.sync.salesforce.conftest import KEY, Practice

COLUMNS = (KEY, "Subject", "Description", "CallDurationInSeconds")


def _done(client: Client, job_id: str) -> Job:
    """Ask until the job is over."""
    for _ in range(10):
        if (job := client.job(job_id)).is_over:
            return job
    raise AssertionError(job)


def test_a_job_runs_and_its_rows_are_found_by_key_with_every_line_break(client: Client, practice: Practice) -> None:
    rows = [(f"k{number}", f"call, “{number}”", f'one\ntwo\r\n"three" {number}', "60") for number in range(50)]
    job = client.open_job("Task", "upsert", KEY)
    assert (job.state, job.is_over) == ("Open", False)
    client.fill_job(job.job_id, COLUMNS, rows)
    done = _done(client, job.job_id)
    assert (done.state, done.processed, done.failed) == ("JobComplete", 50, 0)
    found = client.job_rows(job.job_id, "successfulResults")
    assert [row[KEY] for row in found] != [row[0] for row in rows]  # in an order of the server's own
    assert {row[KEY]: row["Description"] for row in found} == {row[0]: row[2] for row in rows}
    assert {row["sf__Created"] for row in found} == {"true"}
    assert {row["sf__Id"][:3] for row in found} == {"00T"}
    assert client.job_rows(job.job_id, "failedResults") == []
    assert client.job_rows(job.job_id, "unprocessedrecords") == []


def test_rows_that_fail_say_why_and_the_others_are_kept(client: Client, practice: Practice) -> None:
    job = client.open_job("Task", "upsert", KEY)
    rows = [("k1", "good", "", "60"), ("k2", "x" * 256, "", "60"), ("", "no key", "", "60")]
    client.fill_job(job.job_id, COLUMNS, rows)
    done = _done(client, job.job_id)
    assert (done.processed, done.failed) == (3, 2)
    failed = {
        row["Subject"][:6]: parse_refusal(row["sf__Error"]) for row in client.job_rows(job.job_id, "failedResults")
    }
    assert failed["xxxxxx"].code == "STRING_TOO_LONG"
    assert failed["xxxxxx"].fields == ("Subject",)
    assert set(failed) == {"xxxxxx", "no key"}
    assert practice.subjects() == ["good"]


def test_an_empty_cell_leaves_alone_and_na_clears(client: Client, practice: Practice) -> None:
    for rows in ([("k1", "one", "text", "60")], [("k1", "", "#N/A", "")]):
        job = client.open_job("Task", "upsert", KEY)
        client.fill_job(job.job_id, COLUMNS, rows)
        assert _done(client, job.job_id).failed == 0
    task = practice.org.query("SELECT Subject, Description, CallDurationInSeconds FROM Task").records[0]
    assert (task["Subject"], task["Description"], task["CallDurationInSeconds"]) == ("one", None, 60)


def test_a_whole_job_that_fails_says_why(client: Client) -> None:
    job = client.open_job("Task", "upsert", KEY)
    client.fill_job(job.job_id, (KEY, "Nonsense__c"), [("k1", "x")])
    done = _done(client, job.job_id)
    assert done.state == "Failed"
    assert "Nonsense__c" in done.error


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "truncate", "503"])
def test_a_lost_answer_to_the_opening_leaves_no_more_than_an_empty_job(
    client: Client, practice: Practice, kind: str
) -> None:
    practice.plan(kind, method="POST", path="/jobs/ingest")
    job = client.open_job("Task", "upsert", KEY)
    assert job.state == "Open"
    assert client.requests == 2


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_lost_answer_to_the_upload_is_unknown_and_the_job_can_be_given_up(
    client: Client, practice: Practice, kind: str
) -> None:
    job = client.open_job("Task", "upsert", KEY)
    practice.plan(kind, method="PUT")
    with pytest.raises(LostAnswerError):
        client.fill_job(job.job_id, COLUMNS, [("k1", "one", "", "60")])
    assert client.job(job.job_id).state == "Open"
    client.abort_job(job.job_id)
    assert client.job(job.job_id).state == "Aborted"
    assert practice.subjects() == []


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "503"])
@pytest.mark.parametrize("verb", ["fill", "abort"])
def test_a_lost_answer_to_the_start_or_the_end_is_looked_up_in_the_job(
    client: Client, practice: Practice, kind: str, verb: str
) -> None:
    job = client.open_job("Task", "upsert", KEY)
    practice.plan(kind, method="PATCH")
    if verb == "fill":
        client.fill_job(job.job_id, COLUMNS, [("k1", "one", "", "60")])
        assert _done(client, job.job_id).processed == 1
        assert practice.subjects() == ["one"]
    else:
        client.abort_job(job.job_id)
        assert client.job(job.job_id).state == "Aborted"


def test_a_start_whose_answer_is_lost_twice_is_unknown(client: Client, practice: Practice) -> None:
    job = client.open_job("Task", "upsert", KEY)
    practice.plan("drop_before", method="PATCH", times=2)
    with pytest.raises(LostAnswerError):
        client.fill_job(job.job_id, COLUMNS, [("k1", "one", "", "60")])
    assert client.job(job.job_id).state == "Open"


def test_a_start_whose_answer_and_look_up_are_lost_is_unknown(client: Client, practice: Practice) -> None:
    job = client.open_job("Task", "upsert", KEY)
    practice.plan("drop_after", method="PATCH")
    practice.plan("drop_before", method="GET", times=0)
    with pytest.raises(LostAnswerError):
        client.fill_job(job.job_id, COLUMNS, [("k1", "one", "", "60")])
    assert practice.subjects() == ["one"]


def test_result_rows_that_are_cut_are_asked_for_again(client: Client, practice: Practice) -> None:
    job = client.open_job("Task", "upsert", KEY)
    client.fill_job(job.job_id, COLUMNS, [(f"k{number}", "one", "", "60") for number in range(30)])
    _done(client, job.job_id)
    practice.plan("truncate", path="successfulResults", times=2)
    assert len(client.job_rows(job.job_id, "successfulResults")) == 30


def test_a_session_that_ends_during_a_job_is_renewed_and_uploads_once(client: Client, practice: Practice) -> None:
    job = client.open_job("Task", "upsert", KEY)
    practice.web.site.tokens.expire_sessions()
    client.fill_job(job.job_id, COLUMNS, [("k1", "one", "", "60")])
    practice.web.site.tokens.expire_sessions()
    assert _done(client, job.job_id).processed == 1


def test_a_job_that_is_not_there_is_a_fault(client: Client) -> None:
    with pytest.raises(CrmError):
        client.job("750000000000001AAA")
