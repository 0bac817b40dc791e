"""Correcting what was refused: read, changed, and let go in one step."""

from datetime import timedelta
from decimal import Decimal

import pytest

from callstation.calling.calls import log_outcome
from callstation.errors import UserError
from callstation.sync import outbox
from callstation.sync.answers import refuse
from callstation.sync.crm import Refusal
from callstation.sync.editing import edit, editable
from db.vocabulary import Disposition, SyncEntity
from tests.sync.desk.conftest import Pair
from tests.sync.desk.test_first_sync import fill


def _refused(pair: Pair, entity: SyncEntity, table: str) -> int:
    """A change of the loaded customer that the CRM refused; the record's id."""
    fill(pair)
    pair.sync()
    ((record_id,),) = pair.rows(f"SELECT id FROM {table}")
    pair.app.do(outbox.mark, entity, record_id)
    pair.app.record(refuse, entity, record_id, Refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "No."))
    return int(record_id)


def test_a_renewal_is_corrected_as_one_types_it_and_goes(pair: Pair) -> None:
    renewal_id = _refused(pair, SyncEntity.RENEWAL, "renewal")
    found = pair.app.ask(editable, SyncEntity.RENEWAL, renewal_id)
    assert found is not None
    values = {field.key: field.value for field in found.fields}
    assert values == {
        "next_step": "", "amount": "48200", "close_on": "2026-12-02", "stage": "not_started", "category": "pipeline"
    }  # fmt: skip
    pair.app.do(
        edit, SyncEntity.RENEWAL, renewal_id,
        values | {"next_step": "Send the price", "amount": "$49,650.50", "close_on": "5 Dec 2026", "stage": "quoted"},
    )  # fmt: skip
    assert pair.waiting() == [("renewal", renewal_id, "waiting", "")]
    assert pair.sync().problem == ""
    assert pair.there("SELECT NextStep, Amount, CloseDate FROM Opportunity") == [
        {"NextStep": "Send the price", "Amount": float(Decimal("49650.5")), "CloseDate": "2026-12-05"}
    ]


def test_a_person_is_corrected_and_the_limits_of_the_crm_are_known(pair: Pair) -> None:
    contact_id = _refused(pair, SyncEntity.CONTACT, "contact")
    found = pair.app.ask(editable, SyncEntity.CONTACT, contact_id)
    assert found is not None
    assert {field.key: field.longest for field in found.fields} == {"name": 0, "role": 128, "email": 80}
    pair.app.do(edit, SyncEntity.CONTACT, contact_id, {"name": "Priya Rao", "role": "CFO", "email": "p@halden.example"})
    assert pair.sync().problem == ""
    assert pair.there("SELECT LastName, Email FROM Contact") == [{"LastName": "Rao", "Email": "p@halden.example"}]


@pytest.mark.parametrize(("key", "typed"), [("amount", "many"), ("close_on", "soon"), ("amount", "")])
def test_what_cannot_be_read_changes_nothing(pair: Pair, key: str, typed: str) -> None:
    renewal_id = _refused(pair, SyncEntity.RENEWAL, "renewal")
    with pytest.raises(UserError):
        pair.app.do(edit, SyncEntity.RENEWAL, renewal_id, {"next_step": "Call", key: typed})
    assert pair.rows("SELECT next_step FROM renewal") == [(None,)]
    assert pair.waiting()[0][2] == "refused"


def test_a_callback_has_no_words_to_correct(pair: Pair) -> None:
    fill(pair)
    pair.sync()
    ((target_id,),) = pair.rows("SELECT id FROM call_target")
    pair.app.do(log_outcome, target_id, Disposition.CALLBACK_AGREED, at=pair.clock.now() + timedelta(days=1))
    ((callback_id,),) = pair.rows("SELECT id FROM callback")
    assert pair.app.ask(editable, SyncEntity.CALLBACK, callback_id) is None


def test_saving_without_a_change_still_lets_it_go(pair: Pair) -> None:
    renewal_id = _refused(pair, SyncEntity.RENEWAL, "renewal")
    pair.app.do(edit, SyncEntity.RENEWAL, renewal_id, {"next_step": ""})
    assert pair.waiting() == [("renewal", renewal_id, "waiting", "")]
