"""The first sync of a book: what is there comes in, what was done here goes out, and both sides agree."""

from datetime import date, timedelta

from callstation.calling.calls import log_outcome
from db.vocabulary import Disposition
from tests.sync.desk.conftest import Pair


def fill(pair: Pair) -> dict[str, str]:
    """One customer with a person, a contract and an opportunity."""
    org = pair.org
    account = org.create(
        "Account", {"Name": "Halden Robotics", "BillingCountry": "United States", "BillingState": "MA"}
    )
    contact = org.create(
        "Contact",
        {"AccountId": account, "FirstName": "Priya", "LastName": "Raman", "Phone": "(617) 555-0142", "Title": "CFO"},
    )
    contract = org.create(
        "Contract", {"AccountId": account, "StartDate": "2025-12-03", "ContractTerm": 12, "Status": "Draft"}
    )
    opportunity = org.create(
        "Opportunity",
        {"AccountId": account, "Name": "Halden renewal", "StageName": "Prospecting", "CloseDate": "2026-12-02",
         "Amount": 48200, "ContractId": contract},
    )  # fmt: skip
    return {"account": account, "contact": contact, "contract": contract, "opportunity": opportunity}


def test_what_is_there_comes_in_as_an_account_that_can_be_called(pair: Pair) -> None:
    ids = fill(pair)
    receipt = pair.sync()
    assert receipt.problem == ""
    assert pair.rows("SELECT name, country, region, crm_id FROM account") == [
        ("Halden Robotics", "US", "MA", ids["account"])
    ]
    assert pair.rows("SELECT name, role, crm_id FROM contact") == [("Priya Raman", "CFO", ids["contact"])]
    assert pair.rows("SELECT e164 FROM phone") == [("+16175550142",)]
    assert pair.rows("SELECT ends_on, crm_id FROM contract") == [("2026-12-02", ids["contract"])]
    assert pair.rows("SELECT amount, stage, crm_id FROM renewal") == [
        (48200 * 10_000, "not_started", ids["opportunity"])
    ]
    assert pair.rows("SELECT state, renewal_count FROM call_target") == [("ready", 1)]
    assert receipt.is_balanced, receipt.counts


def test_a_logged_call_becomes_one_completed_task(pair: Pair) -> None:
    ids = fill(pair)
    pair.sync()
    ((target_id,),) = pair.rows("SELECT id FROM call_target")
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER, note="Rang out.", duration_s=31)
    receipt = pair.sync()
    assert receipt.problem == ""
    assert receipt.sent == 1
    (task,) = pair.there(
        "SELECT Subject, Status, TaskSubtype, CallType, CallDurationInSeconds, CallDisposition, WhoId, WhatId, "
        "ActivityDate, Description, AccountId FROM Task"
    )
    assert task == {
        "Subject": "Call: No answer", "Status": "Completed", "TaskSubtype": "Call", "CallType": "Outbound",
        "CallDurationInSeconds": 31, "CallDisposition": "No answer", "WhoId": ids["contact"],
        "WhatId": ids["opportunity"], "ActivityDate": date(2026, 11, 23).isoformat(), "Description": "Rang out.",
        "AccountId": ids["account"],
    }  # fmt: skip
    assert pair.waiting() == []
    assert receipt.is_balanced, receipt.counts
    assert pair.sync().sent == 0
    assert len(pair.there("SELECT Id FROM Task")) == 1


def test_a_callback_becomes_an_open_task_and_the_stage_follows(pair: Pair) -> None:
    ids = fill(pair)
    pair.sync()
    ((target_id,),) = pair.rows("SELECT id FROM call_target")
    at = pair.clock.now() + timedelta(days=1)
    pair.app.do(log_outcome, target_id, Disposition.CALLBACK_AGREED, at=at, note="Tomorrow.")
    receipt = pair.sync()
    assert receipt.problem == ""
    open_task = pair.there("SELECT Subject, Status, ReminderDateTime, ActivityDate FROM Task WHERE IsClosed = false")
    assert open_task == [
        {
            "Subject": "Call back: Halden Robotics", "Status": "Not Started",
            "ReminderDateTime": "2026-11-24T15:00:00.000+0000", "ActivityDate": "2026-11-24",
        }
    ]  # fmt: skip
    assert pair.there(f"SELECT StageName FROM Opportunity WHERE Id = '{ids['opportunity']}'") == [
        {"StageName": "Qualification"}
    ]
    assert pair.waiting() == []
    assert receipt.is_balanced, receipt.counts
