"""Both sides changed: what differs is decided by the rep, what does not is merged field by field."""

from decimal import Decimal

import pytest

from callstation.accounts import contacts
from callstation.calling.calls import log_outcome
from callstation.renewals.renewals import change_renewal
from callstation.sync import conflicts
from callstation.sync.overview import attention
from db.vocabulary import Disposition, ForecastCategory, RenewalStage
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers


@pytest.fixture
def desk(pair: Pair) -> Pair:
    customers(pair, 1)
    pair.sync()
    pair.clock.advance(60)
    return pair


def opportunity(desk: Pair) -> dict[str, object]:
    (row,) = desk.there("SELECT Id, NextStep, Amount, CloseDate FROM Opportunity")
    return row


def test_different_fields_of_one_record_merge_without_a_question(desk: Pair) -> None:
    desk.app.do(change_renewal, 1, next_step="Mine")
    desk.org.update("Opportunity", str(opportunity(desk)["Id"]), {"Amount": 777})
    receipt = desk.sync()
    assert (receipt.conflicts, receipt.problem) == (0, "")
    assert desk.rows("SELECT next_step, amount FROM renewal") == [("Mine", 7_770_000)]
    assert (opportunity(desk)["NextStep"], opportunity(desk)["Amount"]) == ("Mine", 777)


def disputed(desk: Pair) -> int:
    desk.app.do(change_renewal, 1, next_step="Mine")
    desk.org.update("Opportunity", str(opportunity(desk)["Id"]), {"NextStep": "Theirs"})
    assert desk.sync().conflicts == 1
    assert opportunity(desk)["NextStep"] == "Theirs", "nothing is overwritten before it is decided"
    assert desk.rows("SELECT next_step FROM renewal") == [("Mine",)]
    ((conflict_id,),) = desk.rows("SELECT id FROM sync_conflict")
    return int(conflict_id)


def test_one_field_changed_on_both_sides_waits_for_the_rep_and_says_who_set_what(desk: Pair) -> None:
    disputed(desk)
    (row,) = desk.app.ask(attention)
    assert row.title == "Customer 0000, next step"
    assert "You set “Mine”;" in row.sentence
    assert "set “Theirs” in Salesforce." in row.sentence
    assert row.mends == ("keep_mine", "use_theirs")
    assert desk.sync().conflicts == 0, "it is told once"
    assert len(desk.app.ask(attention)) == 1


def test_mine_is_sent(desk: Pair) -> None:
    desk.app.do(conflicts.keep_mine, disputed(desk))
    desk.sync()
    assert opportunity(desk)["NextStep"] == "Mine"
    assert desk.app.ask(attention) == []
    assert desk.waiting() == []


def test_theirs_is_taken_and_can_be_undone(desk: Pair) -> None:
    desk.app.do(conflicts.use_theirs, disputed(desk))
    assert desk.rows("SELECT next_step FROM renewal") == [("Theirs",)]
    desk.app.undo()
    assert desk.rows("SELECT next_step FROM renewal") == [("Mine",)]
    assert len(desk.app.ask(attention)) == 1
    desk.app.redo()
    desk.sync()
    assert opportunity(desk)["NextStep"] == "Theirs"
    assert desk.waiting() == []


def test_both_sides_that_come_to_the_same_end_the_question(desk: Pair) -> None:
    disputed(desk)
    desk.clock.advance(5)
    desk.org.update("Opportunity", str(opportunity(desk)["Id"]), {"NextStep": "Mine"})
    desk.sync()
    assert desk.app.ask(attention) == []
    assert desk.waiting() == []


def test_the_other_fields_go_while_one_is_disputed(desk: Pair) -> None:
    disputed(desk)
    desk.app.do(change_renewal, 1, amount=Decimal(555))
    desk.sync()
    assert (opportunity(desk)["NextStep"], opportunity(desk)["Amount"]) == ("Theirs", 555)


def test_a_person_who_must_not_be_called_is_never_set_free_by_a_sync(desk: Pair) -> None:
    desk.app.do(contacts.block_contact, 1, "Asked by e-mail")
    desk.sync()
    (there,) = desk.there("SELECT Id, DoNotCall FROM Contact")
    assert there["DoNotCall"] is True
    desk.clock.advance(5)
    desk.org.update("Contact", there["Id"], {"DoNotCall": False})
    assert desk.sync().conflicts == 1
    assert desk.rows("SELECT is_do_not_call FROM contact") == [(1,)]


def test_a_block_set_there_blocks_here_at_once(desk: Pair) -> None:
    (there,) = desk.there("SELECT Id FROM Contact")
    desk.org.update("Contact", there["Id"], {"DoNotCall": True})
    desk.sync()
    assert desk.rows("SELECT state FROM call_target") == [("blocked",)]


def test_a_record_deleted_there_with_unsent_edits_asks_and_can_be_made_again(desk: Pair) -> None:
    desk.app.do(change_renewal, 1, next_step="Mine")
    desk.org.delete("Opportunity", str(opportunity(desk)["Id"]))
    assert desk.sync().conflicts == 1
    (row,) = desk.app.ask(attention)
    assert row.sentence == "It was deleted in Salesforce."
    assert desk.rows("SELECT next_step, closed_at FROM renewal") == [("Mine", None)]
    desk.app.do(conflicts.keep_mine, row.conflict_id or 0)
    desk.sync()
    assert opportunity(desk)["NextStep"] == "Mine"
    assert desk.waiting() == []


def test_a_stage_and_its_category_are_one_question(desk: Pair) -> None:
    desk.app.do(change_renewal, 1, stage=RenewalStage.VERBAL_YES, category=ForecastCategory.COMMIT)
    desk.org.update("Opportunity", str(opportunity(desk)["Id"]), {"StageName": "Closed Lost"})
    assert desk.sync().conflicts == 1
    (row,) = desk.app.ask(attention)
    desk.app.do(conflicts.use_theirs, row.conflict_id or 0)
    assert desk.rows("SELECT stage, category FROM renewal") == [("lost", "omitted")]
    desk.sync()
    assert desk.app.ask(attention) == []
    assert desk.waiting() == []


def test_the_last_person_who_can_be_called_is_asked_about_and_not_made_again_by_a_call(desk: Pair) -> None:
    ((target_id,),) = desk.rows("SELECT id FROM call_target")
    desk.app.do(log_outcome, target_id, Disposition.NO_ANSWER)
    (there,) = desk.there("SELECT Id FROM Contact")
    desk.org.delete("Contact", there["Id"])
    assert desk.sync().conflicts == 1
    (row,) = desk.app.ask(attention)
    assert (row.title, row.sentence) == ("Customer 0000, Contact Pat Number0", "It was deleted in Salesforce.")
    assert desk.there("SELECT Id FROM Contact") == [], "a deletion there is not undone by a call"
    assert desk.there("SELECT WhoId FROM Task") == [{"WhoId": None}]
    assert desk.rows("SELECT renewal_count, state <> 'blocked' FROM call_target") == [(1, 1)]
    desk.app.do(conflicts.keep_mine, row.conflict_id or 0)
    desk.sync()
    assert len(desk.there("SELECT Id FROM Contact")) == 1
