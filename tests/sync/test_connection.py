"""A store belongs to one org: who may sign in to it, and what stays after signing out."""

import pytest

from callstation.app import App
from callstation.errors import UserError
from callstation.sync.connection import connect, connection, disconnect
from callstation.sync.outbox import mark
from callstation.sync.salesforce.oauth import Identity
from callstation.work import Work
from db.vocabulary import SyncEntity
from tests.factories import customer

DANA = Identity(
    "005000000000001AAA", "00D000000000001AAA", "dana@acme.example", "Dana", "", "https://acme.my.salesforce.com"
)
LEE = Identity("005000000000002AAA", "00D000000000001AAA", "lee@acme.example", "Lee", "", DANA.instance_url)
SANDBOX = Identity("005000000000001AAA", "00D000000000002AAA", "dana@acme.example.uat", "Dana", "", DANA.instance_url)
HOST = "https://login.salesforce.com"


def _connect(app: App, identity: Identity) -> None:
    app.record(connect, identity, host=HOST, client_id="3MVG9")


def test_nobody_is_signed_in_to_a_new_store(app: App) -> None:
    assert app.ask(connection) is None
    app.record(disconnect)
    assert app.ask(connection) is None


def test_who_is_signed_in_is_remembered_by_the_next_program(app: App) -> None:
    _connect(app, DANA)
    other = App(app.store, settings=app.settings, clock=app.clock)
    found = other.ask(connection)
    other.close()
    assert found is not None
    assert (found.username, found.display_name, found.client_id) == ("dana@acme.example", "Dana", "3MVG9")
    assert (found.host, found.instance_url, found.is_practice) == (HOST, DANA.instance_url, False)
    assert found.connected_at == app.clock.now()


def test_signing_in_is_no_step_that_can_be_undone_and_takes_none_away(app: App) -> None:
    app.do(mark, SyncEntity.ACCOUNT, 1)
    label = app.undo_label
    _connect(app, DANA)
    assert app.undo_label == label
    app.undo()
    assert app.ask(connection) is not None


def test_the_first_sign_in_takes_what_was_done_before_it(app: App) -> None:
    app.do(mark, SyncEntity.ACCOUNT, 1)
    app.do(lambda work: work.raw.execute("UPDATE account SET crm_id = '001000000000001AAA'"))
    _connect(app, DANA)


def test_another_org_is_refused_while_changes_wait(app: App) -> None:
    _connect(app, DANA)
    app.do(mark, SyncEntity.ACCOUNT, 1)
    with pytest.raises(UserError, match="another Salesforce"):
        _connect(app, SANDBOX)
    found = app.ask(connection)
    assert found is not None
    assert found.org_id == DANA.org_id


def test_another_org_is_refused_while_records_of_the_first_are_here_also_after_signing_out(app: App) -> None:
    _connect(app, DANA)
    app.do(lambda work: customer(work, ends_on=work.today))
    app.do(lambda work: work.raw.execute("UPDATE account SET crm_id = '001000000000001AAA'"))
    app.record(lambda work: work.raw.execute("DELETE FROM outbox_entry"))
    app.record(disconnect)
    with pytest.raises(UserError, match=r"dana@acme\.example\.uat is of a different company"):
        _connect(app, SANDBOX)
    assert app.ask(connection) is None


def test_another_org_is_welcome_in_a_store_that_holds_nothing_of_the_first(app: App) -> None:
    _connect(app, DANA)
    _connect(app, SANDBOX)
    found = app.ask(connection)
    assert found is not None
    assert found.org_id == SANDBOX.org_id


def test_a_colleague_is_refused_while_changes_of_the_first_wait_and_welcome_afterwards(app: App) -> None:
    _connect(app, DANA)
    app.do(mark, SyncEntity.ACCOUNT, 1)
    with pytest.raises(UserError, match="another user wait"):
        _connect(app, LEE)
    app.record(lambda work: work.raw.execute("DELETE FROM outbox_entry"))
    _connect(app, LEE)
    found = app.ask(connection)
    assert found is not None
    assert found.username == "lee@acme.example"


def test_the_same_user_signs_in_again_whatever_waits(app: App) -> None:
    _connect(app, DANA)
    app.do(mark, SyncEntity.ACCOUNT, 1)
    app.record(disconnect)
    _connect(app, DANA)


def _kept(app: App) -> list[tuple[object, ...]]:
    cursors = "SELECT 'cursor' FROM crm_cursor UNION ALL SELECT name FROM store_fact WHERE name = 'crm.shapes'"
    return app.ask(lambda work: work.rows(cursors))


def test_what_was_read_of_the_crm_is_read_anew_for_another_user_and_only_its_schema_for_the_same(app: App) -> None:
    def read_some(work: Work) -> None:
        work.derive("INSERT INTO crm_cursor (sobject, last_id, is_loaded) VALUES ('Account', '', 1)")
        work.derive("INSERT OR REPLACE INTO store_fact (name, value) VALUES ('crm.shapes', '{}')")

    _connect(app, DANA)
    app.record(read_some)
    _connect(app, DANA)
    assert _kept(app) == [("cursor",)]
    _connect(app, LEE)
    assert _kept(app) == []
