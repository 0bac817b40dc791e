"""A book that was filled by hand or by a list meets Salesforce for the first time."""

import pytest

from callstation.accounts import contacts
from callstation.sync import conflicts, pull
from tests.factories import account as make_account
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers, targets


def person(pair: Pair) -> tuple[int, str]:
    """The same person on both sides, not linked yet: changed here, and with an e-mail and a block there."""
    account_id = pair.app.do(make_account, name="Customer 0000", country="US")
    contact_id = pair.app.do(contacts.add_contact, account_id, name="Pat Number0", role="Buyer")
    (made,) = customers(pair, 1)
    pair.org.update("Contact", made["contact"], {"Email": "pat@example.com", "DoNotCall": True, "Title": "Owner"})
    return contact_id, made["contact"]


def test_what_is_empty_here_clears_nothing_there_and_what_both_filled_is_asked(pair: Pair) -> None:
    contact_id, crm_id = person(pair)
    receipt = pair.sync()
    assert (receipt.problem, receipt.conflicts) == ("", 1)
    assert pair.rows("SELECT crm_id, email FROM contact WHERE id = ?", contact_id) == [(crm_id, "pat@example.com")]
    assert pair.there("SELECT Email, Title FROM Contact") == [{"Email": "pat@example.com", "Title": "Owner"}]
    ((conflict_id,),) = pair.rows("SELECT id FROM sync_conflict WHERE field = 'Title'")
    pair.app.do(conflicts.keep_mine, conflict_id)
    pair.sync()
    assert pair.there("SELECT Email, Title FROM Contact") == [{"Email": "pat@example.com", "Title": "Buyer"}]


def test_a_block_there_is_not_lifted_by_a_person_who_was_changed_here(pair: Pair) -> None:
    contact_id, _ = person(pair)
    pair.sync()
    assert pair.there("SELECT DoNotCall FROM Contact") == [{"DoNotCall": True}]
    assert pair.rows("SELECT is_do_not_call FROM contact WHERE id = ?", contact_id) == [(1,)]


def test_people_read_before_their_accounts_find_them_also_where_the_accounts_were_here(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "PAGE", 2)
    made = customers(pair, 5)
    for number in range(5):
        pair.app.do(make_account, name=f"Customer {number:04}", country="US")
    for one in reversed(made):  # so that the first people come a page before their accounts
        pair.clock.advance(1)
        pair.org.update("Account", one["account"], {"Description": "seen"})
    assert pair.sync().problem == ""
    assert pair.rows("SELECT count(*) FROM contact WHERE crm_id NOT NULL") == [(5,)]
    assert len(targets(pair)) == 5


def test_a_first_load_cut_short_before_the_queue_was_made_is_finished_by_the_next(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        account = pair.org.create("Account", {"Name": f"Customer {number}", "BillingCountry": "United States"})
        pair.org.create("Contract", {"AccountId": account, "StartDate": "2025-12-10", "ContractTerm": 12})
        pair.clock.advance(3_600)
    with monkeypatch.context() as cut:
        cut.setattr(pull, "_settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            pair.sync()
    pair.clock.advance(3_600)
    assert pair.sync().problem == ""
    assert len(targets(pair)) == 5


def test_no_record_is_looked_for_among_all_that_salesforce_does_not_know(pair: Pair) -> None:
    """Each of 50,000 records of a first load would read every one of 50,000 rows here."""
    said: list[str] = []
    customers(pair, 2)
    pair.app._writer.set_trace_callback(said.append)
    pair.sync()
    pair.app._writer.set_trace_callback(None)
    looks = {sql for sql in said if sql.startswith("SELECT") and "crm_id IS NULL" in sql}
    assert len(looks) >= 5
    for sql in looks:
        plan = " ".join(row[3] for row in pair.rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert "SCAN" not in plan, sql
        assert "(crm_id=?)" not in plan.replace(
            "SEARCH k USING COVERING INDEX sqlite_autoindex_contract_1 (crm_id=?)", ""
        ), sql
