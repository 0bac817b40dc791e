"""``sync``, ``outbox`` and ``receipts`` as a script meets them: real processes, a real org over HTTP, exit codes."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

from callstation.accounts.contacts import change_contact
from callstation.sync import emptying
from callstation.sync.context import fact, keep_fact
from tests.cli.practice_orgs import PATIENCE_S, Desk, OrgProcess, customer, org_process

RECEIPT_KEYS = {
    "run_id", "started_at", "finished_at", "seconds", "sent", "received", "refused", "conflicts", "waiting", "held",
    "attention", "requests", "api_used", "api_limit", "sent_by_object", "received_by_object", "counts", "is_whole",
    "is_balanced", "problem",
}  # fmt: skip
ASKED = "Account:11:12"  # as a pull writes it that misses 11 of 12
CALLS = "SELECT Id, Description FROM Task WHERE TaskSubtype = 'Call'"


@pytest.fixture
def org() -> Iterator[OrgProcess]:
    with org_process() as running:
        yield running


@pytest.fixture
def desk(org: OrgProcess, tmp_path: Path) -> Desk:
    """A rep who has signed in and has one customer, nothing to send."""
    customer(org)
    made = Desk(tmp_path / "book", org)
    made.sign_in()
    first = made.run("sync", "--json")
    assert first.code == 0, first.err
    assert first.json["received"] > 0
    return made


def _log(desk: Desk, note: str = "Rang out.") -> None:
    logged = desk.run("log", str(desk.target()), "no_answer", "--note", note)
    assert logged.code == 0, logged.err


def test_a_call_is_looked_at_sent_and_accounted_for(desk: Desk) -> None:
    _log(desk)
    before = desk.org.requests()
    look = desk.run("sync", "--dry-run")
    assert look.code == 0, look.err
    assert "1 would be sent" in look.out
    assert "Call: No answer" in look.out
    told = desk.run("sync", "--dry-run", "--json").json
    assert told["would_send"] == [{"sobject": "Task", "verb": "upsert", "count": 1}]
    assert "Rang out." in [line["now"] for line in told["changes"][0]["fields"]]
    assert desk.org.requests() == before, "a dry run asks nothing"

    sent = desk.run("sync", "--json")
    assert (sent.code, sent.err) == (0, "")
    assert set(sent.json) == RECEIPT_KEYS
    assert (sent.json["sent"], sent.json["sent_by_object"], sent.json["waiting"]) == (1, {"Task": 1}, 0)
    assert sent.json["requests"] <= 6
    assert sent.json["is_balanced"]
    assert {one["sobject"]: one["here"] for one in sent.json["counts"]}["Task"] == 1
    assert [one["Description"] for one in desk.org.query(CALLS)] == ["Rang out."]

    again = desk.run("sync")
    assert again.code == 0
    assert again.out.startswith("0 sent, ")
    assert "Agree" in again.out
    rows = desk.run("receipts", "--json").json
    assert [row["sent"] for row in rows] == [0, 1, 0]
    assert set(rows[0]) == RECEIPT_KEYS - {"held", "attention"}
    assert "Both sides agree" in desk.run("receipts", "--limit", "1").out


def test_who_is_signed_out_or_offline_gets_a_sentence_and_1(org: OrgProcess, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "book", org)
    for words in (("sync",), ("sync", "--json")):
        told = desk.run(*words)
        assert (told.code, told.out) == (1, "")
        assert "not signed in" in told.err
        assert "callstation connect" in told.err
    customer(org)
    desk.sign_in()
    assert desk.run("sync").code == 0
    org.end()
    told = desk.run("sync", "--json")
    assert told.code == 1
    assert told.json["problem"] in told.err
    assert not told.json["is_whole"]
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    "words",
    [
        ("sync", "--everything"), ("outbox", "burn"), ("outbox", "hold"), ("outbox", "hold", "sheep:1"),
        ("outbox", "retry-all", "activity:1"), ("outbox", "keep-mine", "him"), ("outbox", "leave", "1"),
        ("receipts", "--limit", "0"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_ends_with_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    told = Desk(tmp_path / "book").run(*words)
    assert (told.code, told.out) == (2, "")
    assert told.err


def test_a_refused_change_is_told_with_its_code_and_ends_with_3_until_it_is_dropped(desk: Desk) -> None:
    desk.org.control(
        verb="validation_rule", sobject="Task", field="Description", operator="contains", value="Rang out",
        message="Notes must name a competitor.",
    )  # fmt: skip
    _log(desk)
    told = desk.run("sync")
    assert told.code == 3, told.err
    assert "1 refused" in told.out
    assert "needs you" in told.out
    told = desk.run("outbox", "--json")
    assert (told.code, told.err) == (3, "")
    listed = told.json
    (row,) = listed["attention"]
    assert row["code"] == "FIELD_CUSTOM_VALIDATION_EXCEPTION"
    assert "Notes must name a competitor." in row["sentence"]
    told = desk.run("outbox")
    assert told.code == 3
    assert row["code"] in told.out
    assert listed["counts"] == {"waiting": 0, "held": 0, "attention": 1}
    assert desk.run("outbox", "retry-all", "--json").json["count"] == 1
    assert desk.run("sync").code == 3
    dropped = desk.run("outbox", "drop", row["key"])
    assert (dropped.code, dropped.out) == (0, "Kept on this computer.\n")
    assert desk.run("sync").code == 0
    assert desk.org.query(CALLS) == []
    gone = desk.run("outbox", "drop", row["key"])
    assert gone.code == 1
    assert "not in the outbox" in gone.err


def test_what_is_held_stays_here_without_alarm_and_goes_when_released(desk: Desk) -> None:
    _log(desk)
    listed = desk.run("outbox", "--json")
    assert listed.code == 0, "what waits needs nobody"
    key = listed.json["changes"][0]["key"]
    assert desk.run("outbox", "hold", key).out == "Held back one change.\n"
    assert desk.run("outbox", "--json").json["changes"][0]["state"] == "held"
    told = desk.run("sync")
    assert told.code == 0
    assert "1 is held back." in told.out
    assert desk.org.query(CALLS) == []
    assert desk.run("outbox", "release", key).code == 0
    assert desk.run("sync").code == 0
    assert len(desk.org.query(CALLS)) == 1


@pytest.mark.parametrize(("action", "title"), [("keep-mine", "Managing director"), ("use-theirs", "Treasurer")])
def test_a_decision_is_numbered_and_taken(desk: Desk, action: str, title: str) -> None:
    person = desk.org.query("SELECT Id FROM Contact")[0]["Id"]
    desk.org.change("Contact", person, Title="Treasurer")
    with desk.app() as app:
        ((contact_id,),) = app.ask(lambda work: work.rows("SELECT id FROM contact"))
        app.do(change_contact, contact_id, role="Managing director")
    told = desk.run("sync")
    assert told.code == 3, told.err
    (row,) = desk.run("outbox", "--json").json["attention"]
    assert row["conflict_id"] is not None
    assert f"{action} {row['conflict_id']}" in row["actions"]
    assert f"{action} {row['conflict_id']}" in desk.run("outbox").out
    assert desk.run("outbox", action, str(row["conflict_id"])).code == 0
    assert desk.run("outbox", action, str(row["conflict_id"])).code == 1
    assert desk.run("sync").code == 0
    assert desk.org.query("SELECT Title FROM Contact") == [{"Title": title}]


@pytest.mark.parametrize(
    ("action", "said", "allowed"),
    [("take-over", "The next sync takes it over.", ASKED), ("leave", "Left as it is.", "")],
)
def test_a_sync_that_asks_is_answered_by_typing(tmp_path: Path, action: str, said: str, allowed: str) -> None:
    desk = Desk(tmp_path / "book")
    assert desk.run("outbox").out == "Nothing waits for Salesforce, and nothing needs you.\n"
    with desk.app() as app:
        app.record(keep_fact, emptying.ASKED, ASKED)
    told = desk.run("outbox")
    assert told.code == 3
    assert "11 of your 12 accounts" in told.out
    assert "take-over, leave" in told.out
    told = desk.run("outbox", action)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(said)
    with desk.app() as app:
        assert app.ask(emptying.asked) is None
        assert (app.ask(fact, emptying.ALLOWED) or "") == allowed
    assert desk.run("outbox").code == 0
    again = desk.run("outbox", action)
    assert (again.code, again.out) == (1, "")
    assert "No sync asks anything." in again.err


def test_accounts_that_are_only_here_are_made_there_when_asked(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Contract no.,End customer,End,Phone,Country\nX-1,New & Co,2027-01-31,+16175550143,US\n")
    assert desk.run("import", str(path), "--yes").code == 0
    hit = desk.run("search", "New & Co", "--json").json[0]
    assert desk.run("log", str(hit["target_id"]), "no_answer").code == 0
    look = desk.run("sync", "--dry-run")
    assert look.code == 3
    assert "not in Salesforce yet" in look.out
    assert desk.run("sync").code == 3
    (row,) = desk.run("outbox", "--json").json["attention"]
    assert row["actions"][0] == "create-accounts"
    assert desk.run("outbox", "create-accounts").out == "1 account will be made.\n"
    assert desk.run("sync").code == 0
    assert {"Name": "New & Co"} in desk.org.query("SELECT Name FROM Account")
    assert len(desk.org.query(CALLS)) == 1


def test_ctrl_c_stops_between_two_requests_and_the_next_sync_goes_on(desk: Desk) -> None:
    _log(desk)
    desk.org.plan("delay", seconds=2, path="composite")
    before, tokens = desk.org.requests("composite"), len(desk.org.requests("token"))
    with desk.start("sync", "--json") as running:
        _until(lambda: len(desk.org.requests("token")) > tokens)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=PATIENCE_S)
    assert running.returncode == 1
    assert "Stopped by you." in err
    assert "Traceback" not in err
    assert '"is_whole": false' in out
    assert len(desk.org.requests("composite")) <= len(before) + 1
    assert desk.run("sync").code == 0
    assert len(desk.org.query(CALLS)) == 1


def test_a_sync_that_is_killed_is_told_by_the_doctor_and_doubles_nothing(desk: Desk) -> None:
    _log(desk)
    desk.org.plan("delay", seconds=0.7, path="composite", times=0)
    with desk.start("sync") as running:
        _until(lambda: _sending(desk))
        running.kill()
        running.communicate(timeout=PATIENCE_S)
    rows = {row["check"]: row for row in desk.run("doctor", "--json").json}
    assert rows["sync"]["health"] == "warning"
    assert "middle" in rows["sync"]["found"]
    assert len(desk.org.query(CALLS)) <= 1  # made there or not: nobody here has heard of it
    desk.org.control(verb="reset")
    told = desk.run("sync", "--json")
    assert told.code == 0, told.err
    assert len(desk.org.query(CALLS)) == 1
    assert {row["check"]: row for row in desk.run("doctor", "--json").json}["sync"]["health"] == "good"


def _sending(desk: Desk) -> bool:
    with desk.app() as app:
        return app.ask(lambda work: work.row("SELECT 1 FROM outbox_entry WHERE state = 'sending'")) is not None


def _until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE_S
    while not is_so():
        assert monotonic() < end
