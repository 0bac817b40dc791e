"""What comes into sight later is read for old records too: a field the admin opens, a wider choice of accounts."""

from callstation.work import Work
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers


def hide(pair: Pair, field: str) -> None:
    """As if the field had not been visible when the store last asked."""

    def forget(work: Work) -> None:
        ((kept,),) = work.rows("SELECT value FROM store_fact WHERE name = 'crm.asked'")
        work.derive("UPDATE store_fact SET value = ? WHERE name = 'crm.asked'", (kept.replace(f'"{field}", ', ""),))
        work.derive("UPDATE contact SET role = NULL")
        work.derive("UPDATE crm_record SET local = json_remove(local, '$.role') WHERE sobject = 'Contact'")

    pair.app.record(forget)


def something_later(pair: Pair) -> None:
    """What moves the cursors so far on that no overlap reaches the old records."""
    for _ in range(2):
        pair.clock.advance(3600)
        for sobject, last in (("Account", "Customer"), ("Contact", "Pat")):
            found = pair.there(f"SELECT Id FROM {sobject} WHERE Name LIKE '{last}%' ORDER BY Id DESC LIMIT 1")
            pair.org.update(sobject, found[0]["Id"], {"Description": "Later"})
        pair.sync()


def test_a_field_that_comes_into_sight_is_read_for_old_records(pair: Pair) -> None:
    customers(pair, 2)
    for row in pair.there("SELECT Id FROM Contact"):
        pair.org.update("Contact", row["Id"], {"Title": "CFO"})
    pair.sync()
    something_later(pair)
    hide(pair, "Title")
    pair.sync()
    assert pair.rows("SELECT role FROM contact") == [("CFO",), ("CFO",)], "the one that was not touched since, too"


def test_a_wider_choice_of_accounts_brings_the_others_in(pair: Pair) -> None:
    customers(pair, 1)
    other = pair.org.create(
        "User",
        {"Username": "dana@example.com", "LastName": "Cole", "Email": "dana@example.com", "Alias": "dana",
         "TimeZoneSidKey": "America/New_York", "LocaleSidKey": "en_US", "EmailEncodingKey": "UTF-8",
         "ProfileId": "00e000000000001AAA", "LanguageLocaleKey": "en_US"},
    )  # fmt: skip
    pair.org.create("Account", {"Name": "Dana's", "OwnerId": other})
    pair.sync()
    assert pair.rows("SELECT count(*) FROM account") == [(1,)]
    something_later(pair)
    pair.app.settings = pair.app.settings.with_values(crm_scope="all")
    receipt = pair.sync()
    assert pair.rows("SELECT name FROM account ORDER BY id") == [("Customer 0000",), ("Dana's",)]
    assert receipt.is_balanced, receipt.counts
