"""A street goes both ways, with its line breaks, and a store that has never asked for streets reads them for all."""

from callstation.accounts.importing.imports import merge, preview
from callstation.accounts.importing.source import open_pasted
from callstation.sync import outbox
from callstation.work import Work
from db.nouns import Account
from db.vocabulary import SyncEntity
from tests.importing.list_files import delimited
from tests.sync.desk.conftest import Pair

TOLD = "Unit 7, Fairway Court\r\n22 Weavers Row\r\n"
KEPT = "Unit 7, Fairway Court\n22 Weavers Row"


def streets(pair: Pair) -> list[tuple[str | None]]:
    return pair.rows("SELECT street FROM account ORDER BY id")


def test_a_street_of_several_lines_comes_in_and_nothing_of_it_goes_back(pair: Pair) -> None:
    account = pair.org.create("Account", {"Name": "Fairway Data", "BillingStreet": TOLD, "BillingCity": "Leeds"})
    pair.sync()
    assert streets(pair) == [(KEPT,)]
    pair.clock.advance(60)
    pair.org.update("Account", account, {"BillingStreet": "61 Linden Grove"})
    receipt = pair.sync()
    assert (streets(pair), receipt.sent, receipt.conflicts) == ([("61 Linden Grove",)], 0, 0)


def test_an_account_made_here_takes_its_street_along_cut_where_they_have_no_room(pair: Pair) -> None:
    def fill(work: Work) -> None:
        for name, street in (("Fairway Data", KEPT), ("Long Lane", "x" * 300)):
            account_id = work.insert(Account, uid=name, kind="customer", name=name, name_key=name.lower(),
                                     street=street, created_at=work.now)  # fmt: skip
            outbox.mark(work, SyncEntity.ACCOUNT, account_id)

    pair.app.do(fill)
    assert pair.sync().problem == ""
    rows = pair.there("SELECT BillingStreet FROM Account ORDER BY Name")
    assert [row["BillingStreet"] for row in rows] == [KEPT, "x" * 255]
    pair.clock.advance(60)
    receipt = pair.sync()
    assert (receipt.sent, receipt.conflicts) == (0, 0)
    assert streets(pair) == [(KEPT,), ("x" * 300,)], "the whole stays here"


def test_the_same_street_in_a_list_and_there_is_no_difference(pair: Pair) -> None:
    rows = [["Contract No", "End Customer", "End Date", "Phone", "Street", "City"],
            ["C-1", "Fairway Data", "2026-12-31", "+44 20 7946 0123", KEPT, "Leeds"]]  # fmt: skip
    pair.app.do(merge, pair.app.ask(preview, open_pasted(delimited(rows))))
    pair.org.create("Account", {"Name": "Fairway Data", "BillingStreet": TOLD, "BillingCity": "Leeds"})
    receipt = pair.sync()
    assert (streets(pair), receipt.conflicts) == ([(KEPT,)], 0)


def test_a_store_that_was_synced_before_there_were_streets_reads_them_for_all_accounts(pair: Pair) -> None:
    pair.org.create("Account", {"Name": "Fairway Data", "BillingStreet": TOLD})
    later = pair.org.create("Account", {"Name": "Later", "BillingStreet": "1 Loom Lane"})
    pair.sync()
    pair.clock.advance(3600)
    pair.org.update("Account", later, {"Description": "moves the cursor on, past any overlap"})
    pair.sync()

    def forget(work: Work) -> None:
        work.derive("UPDATE account SET street = NULL")
        work.derive("UPDATE crm_record SET fields = json_remove(fields, '$.BillingStreet'), "
                    "local = json_remove(local, '$.street')")  # fmt: skip
        work.derive("UPDATE store_fact SET value = replace(value, '\"BillingStreet\", ', '') WHERE name = 'crm.asked'")

    pair.app.record(forget)
    receipt = pair.sync()
    assert (streets(pair), receipt.sent, receipt.conflicts) == ([(KEPT,), ("1 Loom Lane",)], 0, 0)
