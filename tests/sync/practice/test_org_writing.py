"""What the practice org takes and what it refuses when rows are written, in its codes and words."""

# ruff: noqa: E501  # tables

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from callstation.clock import ManualClock
from callstation.sync.practice.errors import Ambiguous, OrgError
from callstation.sync.practice.org import Org

Make = Callable[..., str]


def refused(call: Callable[[], Any]) -> OrgError:
    with pytest.raises(OrgError) as caught:
        call()
    return caught.value


@pytest.mark.parametrize(
    ("sobject", "values", "code", "words", "fields"),
    [
        ("Contact", {}, "REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", ("LastName",)),
        ("Contact", {"LastName": " "}, "REQUIRED_FIELD_MISSING", "[LastName]", ("LastName",)),
        ("Contact", {"LastName": "x" * 81}, "STRING_TOO_LONG", "Last Name: data value too large: xxx", ("LastName",)),
        ("Contact", {"LastName": "x", "Nick": 1}, "INVALID_FIELD", "No such column 'Nick' on sobject of type", ()),
        ("Contact", {"LastName": "x", "Email": "a@b"}, "INVALID_EMAIL_ADDRESS", "invalid email address: a@b", ("Email",)),
        ("Contact", {"LastName": "x", "Name": "y"}, "INVALID_FIELD_FOR_INSERT_UPDATE", "fields: Name.", ("Name",)),
        ("Contact", {"LastName": "x", "Birthdate": "1.2.2020"}, "INVALID_TYPE_ON_FIELD_IN_RECORD", "1.2", ("Birthdate",)),
        ("Contact", {"LastName": 7}, "JSON_PARSER_ERROR", "string from VALUE_NUMBER_INT value 7", ()),
        ("Contact", {"LastName": ["x"]}, "JSON_PARSER_ERROR", "START_ARRAY", ()),
        ("Contact", {"LastName": "\ud800"}, "JSON_PARSER_ERROR", "well-formed", ()),
        ("Contact", {"LastName": "x", "AccountId": "1"}, "MALFORMED_ID", "id value of incorrect type: 1", ("AccountId",)),
        ("Contact", {"LastName": "x", "AccountId": "003000000000001"}, "FIELD_INTEGRITY_EXCEPTION", "", ("AccountId",)),
        ("Contact", {"LastName": "x", "AccountId": "001000000000001"}, "INVALID_CROSS_REFERENCE_KEY", "invalid cross", ()),
        ("Contact", {"LastName": "x", "Account": {"Key__c": "?"}}, "INVALID_FIELD", "Foreign key external ID: ?", ("AccountId",)),
        ("Contact", {"LastName": "x", "Account": {"Name": "?"}}, "INVALID_FIELD", "Name is not an External ID", ()),
        ("Contact", {"LastName": "x", "Id": "003000000000001"}, "INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id", ("Id",)),
        ("Task", {"CallType": "Sideways"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Sideways", ("CallType",)),
        ("Task", {"CallDurationInSeconds": 10**8}, "NUMBER_OUTSIDE_VALID_RANGE", "", ("CallDurationInSeconds",)),
        ("Task", {"CallDurationInSeconds": 1.5}, "INVALID_TYPE_ON_FIELD_IN_RECORD", "1.5", ("CallDurationInSeconds",)),
        ("Task", {"IsReminderSet": "maybe"}, "INVALID_TYPE_ON_FIELD_IN_RECORD", "maybe", ("IsReminderSet",)),
        ("Task", {"IsClosed": True}, "INVALID_FIELD_FOR_INSERT_UPDATE", "IsClosed", ("IsClosed",)),
        ("Asset", {"Name": "x"}, "FIELD_INTEGRITY_EXCEPTION", "Every asset needs", ("AccountId", "ContactId")),
        ("OpportunityHistory", {}, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "does not support", ()),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_in_the_real_words(
    org: Org, sobject: str, values: dict[str, Any], code: str, words: str, fields: tuple[str, ...]
) -> None:
    error = refused(lambda: org.create(sobject, values))
    assert (error.code, error.fields, error.status) == (code, fields, 400)
    assert words in error.message
    assert org.count(sobject) == 0


def test_an_unknown_object_is_not_found(org: Org) -> None:
    error = refused(lambda: org.create("Gadget", {}))
    assert (error.status, error.code, error.message) == (404, "NOT_FOUND", "The requested resource does not exist")


def test_names_of_fields_and_objects_are_taken_in_any_case(org: Org) -> None:
    record_id = org.create("aCCount", {"nAME": "Halden", "billingcity": "Boston"})
    assert org.retrieve("ACCOUNT", record_id, ["NAME", "BillingCity"]) == {
        "attributes": {"type": "Account", "url": f"/services/data/v66.0/sobjects/Account/{record_id}"},
        "Name": "Halden",
        "BillingCity": "Boston",
    }


def test_a_new_row_has_its_defaults_and_the_orgs_time(org: Org, clock: ManualClock) -> None:
    org.set_skew(90)
    row = org.retrieve("Task", org.create("Task", {"Subject": "Call", "Status": None}))
    assert (row["Status"], row["Priority"], row["TaskSubtype"]) == ("Not Started", "Normal", "Task")
    assert (row["IsDeleted"], row["IsClosed"], row["IsReminderSet"]) == (False, False, False)
    assert row["OwnerId"] == row["CreatedById"] == row["LastModifiedById"] == org.user_id
    assert row["CreatedDate"] == row["SystemModstamp"] == "2026-11-23T15:01:30.000+0000"


def test_an_update_changes_what_is_given_and_moves_the_stamp(org: Org, clock: ManualClock, account: Make) -> None:
    record_id = account("Halden", Phone="1", Site="x")
    clock.advance(61)
    org.update("Account", record_id, {"phone": None})
    row = org.retrieve("Account", record_id)
    assert (row["Phone"], row["Site"], row["Name"]) == (None, "x", "Halden")
    assert (row["CreatedDate"][:19], row["SystemModstamp"][:19]) == ("2026-11-23T15:00:00", "2026-11-23T15:01:01")


def test_an_update_of_what_is_not_there_is_refused(org: Org, account: Make) -> None:
    gone = account()
    org.delete("Account", gone)
    assert refused(lambda: org.update("Account", gone, {})).code == "ENTITY_IS_DELETED"
    assert refused(lambda: org.update("Account", gone, {})).status == 404
    error = refused(lambda: org.update("Account", "001000000000001", {}))
    assert (error.code, error.status) == ("NOT_FOUND", 404)
    outcome = org.update_many("Account", [{"Id": gone}, {"Id": "001000000000001"}, {"Id": "x"}, {}])
    codes = [one.code for one in outcome if isinstance(one, OrgError)]
    assert codes == ["ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "MALFORMED_ID", "MISSING_ARGUMENT"]
    error = refused(lambda: org.update("Account", account("B"), {"Name": ""}))
    assert error.code == "REQUIRED_FIELD_MISSING"


def test_a_row_may_come_once_in_a_call(org: Org, account: Make) -> None:
    one, two = account("One"), account("Two")
    outcome = org.update_many(
        "Account", [{"Id": one, "Phone": "1"}, {"Id": two, "Phone": "2"}, {"Id": one, "Site": "x"}]
    )
    told = [found.message if isinstance(found, OrgError) else found for found in outcome]
    assert told == [f"Duplicate id specified: {one}", two, f"Duplicate id specified: {one}"]


def test_a_deleted_record_is_no_parent(org: Org, account: Make) -> None:
    gone = account(Key__c="K1")
    org.delete("Account", gone)
    error = refused(lambda: org.create("Contact", {"LastName": "x", "AccountId": gone}))
    assert (error.code, error.fields) == ("ENTITY_IS_DELETED", ("AccountId",))
    error = refused(lambda: org.create("Contact", {"LastName": "x", "Account": {"Key__c": "K1"}}))
    assert (error.code, error.fields) == ("INVALID_FIELD", ("AccountId",))


def test_a_picklist_takes_its_own_spelling_and_an_open_one_any_word(org: Org) -> None:
    row = org.retrieve("Task", org.create("Task", {"CallType": "outbound", "Type": "Pigeon"}), ["CallType", "Type"])
    assert (row["CallType"], row["Type"]) == ("Outbound", "Pigeon")


def test_an_upsert_creates_once_and_then_changes(org: Org) -> None:
    record_id, is_created = org.upsert("Account", "key__C", "K1", {"Name": "Halden"})
    assert is_created
    assert org.upsert("Account", "Key__c", "k1", {"Phone": "2"}) == (record_id, False)
    row = org.retrieve("Account", record_id, ["Key__c", "Name", "Phone"])
    assert (row["Key__c"], row["Name"], row["Phone"]) == ("K1", "Halden", "2")
    assert org.count("Account") == 1


def test_an_upsert_body_may_not_name_the_key_or_the_id(org: Org) -> None:
    for values in ({"Id": None}, {"key__c": "K2"}):
        assert refused(lambda: org.upsert("Account", "Key__c", "K1", {"Name": "x", **values})).code == "INVALID_FIELD"  # noqa: B023
    error = refused(lambda: org.upsert("Account", "Phone", "1", {"Name": "x"}))
    assert (error.code, error.status) == ("NOT_FOUND", 404)
    error = refused(lambda: org.upsert("Account", "Key__c", "new", {"Name": "x"}, is_update_only=True))
    assert (error.code, error.status) == ("NOT_FOUND", 404)
    assert org.count("Account") == 0


def test_a_key_that_several_carry_is_ambiguous_and_writes_nothing(org: Org) -> None:
    ids = [org.create("Contact", {"LastName": "x", "Email": "a@b.example"}) for _ in range(2)]
    with pytest.raises(Ambiguous) as caught:
        org.upsert("Contact", "Email", "A@B.example", {"LastName": "y"})
    assert caught.value.urls == [f"/services/data/vXX.0/sobjects/Contact/{one}" for one in ids]
    assert org.query("SELECT Id FROM Contact WHERE LastName = 'y'").total == 0


def test_rows_of_one_upsert_stand_for_themselves(org: Org, account: Make) -> None:
    there = account("Old", Key__c="K1")
    outcome = org.upsert_many(
        "Account", "Key__c",
        [{"Key__c": "K1", "Phone": "1"}, {"Key__c": "K2"}, {"Key__c": "K3", "Name": "Three"}, {"Name": "No key"},
         {"Key__c": "twin", "Name": "a"}, {"Key__c": "TWIN", "Name": "b"}, {"Key__c": "K4", "Id": "", "Name": "Four"},
         {"Key__c": "K5", "Id": there}],
    )  # fmt: skip
    assert outcome[0] == (there, False)
    assert [one[1] for one in outcome if isinstance(one, tuple)] == [False, True, True]
    codes = [one.code if isinstance(one, OrgError) else "" for one in outcome]
    assert codes == ["", "REQUIRED_FIELD_MISSING", "", "MISSING_ARGUMENT", "DUPLICATE_VALUE", "DUPLICATE_VALUE", "",
                     "INVALID_FIELD"]  # fmt: skip
    assert isinstance(outcome[4], OrgError)
    assert outcome[4].message == "Duplicate external id specified"
    assert org.count("Account") == 3


def test_an_upsert_by_id_creates_without_one_and_updates_with_one(org: Org, account: Make) -> None:
    there = account("Old")
    outcome = org.upsert_many("Account", "Id", [{"Id": None, "Name": "New"}, {"Id": there[:15], "Name": "Newer"}])
    assert [one[1] for one in outcome if isinstance(one, tuple)] == [True, False]
    assert outcome[1] == (there, False)


def test_a_unique_value_is_kept_unique(org: Org, account: Make) -> None:
    holder = account("One", Key__c="K1")
    error = refused(lambda: account("Two", Key__c="k1"))
    assert error.code == "DUPLICATE_VALUE"
    assert error.message == f"duplicate value found: Key__c duplicates value on record with id: {holder}"
    outcome = org.create_many("Account", [{"Name": "a", "Key__c": "N"}, {"Name": "b", "Key__c": "n"}])
    assert [isinstance(one, OrgError) for one in outcome] == [False, True]
    org.update("Account", holder, {"Key__c": "K1"})
    org.delete("Account", holder)
    account("Two", Key__c="K1")
    assert refused(lambda: org.undelete(holder)).code == "DUPLICATE_VALUE"


def test_a_parent_may_be_named_by_its_key(org: Org, account: Make) -> None:
    parent = account(Key__c="K1")
    for values in (
        {"Account": {"Key__c": "k1"}},
        {"Account.Key__c": "K1"},
        {"account": {"attributes": {}, "key__c": "K1"}},
    ):
        contact = org.create("Contact", {"LastName": "x", **values})
        assert org.retrieve("Contact", contact, ["AccountId"])["AccountId"] == parent
    org.create("Contact", {"LastName": "x", "Email": "a@b.example"})
    org.create("Lead", {"LastName": "y", "Company": "z", "Email": "a@b.example"})
    for values in (
        {"Lead:Who.Email": "a@b.example"},
        {"Who": {"attributes": {"type": "Lead"}, "Email": "a@b.example"}},
    ):
        lead_task = org.create("Task", values)
        assert str(org.retrieve("Task", lead_task, ["WhoId"])["WhoId"]).startswith("00Q")
        org.delete("Task", lead_task)
    task = org.create("Task", {"Contact:Who.Email": "a@b.example"})
    assert org.query("SELECT Who.Name FROM Task").records[0]["Who"]["Name"] == "x"
    org.update("Task", task, {"Who": None})
    assert org.query("SELECT Who.Name FROM Task").records[0]["Who"] is None


def test_a_custom_field_of_activity_is_one_of_tasks_and_events(org: Org) -> None:
    for sobject in ("Task", "Event"):
        column = next(one for one in org.describe(sobject)["fields"] if one["name"] == "Key__c")
        assert (column["externalId"], column["unique"], column["custom"], column["length"]) == (True, True, True, 64)


def test_a_rolled_back_transaction_leaves_nothing(org: Org) -> None:
    def one_and_a_failed_other() -> None:
        with org.transaction():
            org.create("Account", {"Name": "One"})
            with suppress(ValueError), org.transaction():
                org.create("Account", {"Name": "Two"})
                raise ValueError
            assert org.count("Account") == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        one_and_a_failed_other()
    assert org.count("Account") == 0


def test_rules_refuse_until_they_are_taken_away(org: Org, account: Make) -> None:
    org.rule("account", "phone", "blank", None, "A phone, please")
    error = refused(account)
    assert (error.code, error.message, error.fields) == (
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        "A phone, please",
        ("Phone",),
    )
    org.clear_rules()
    first = account("Halden")
    org.duplicate_rule("Account", "Name", "Same name")
    error = refused(lambda: account("HALDEN"))
    result = error.extra["duplicateResult"]
    assert (error.code, error.message) == ("DUPLICATES_DETECTED", "Use one of these records?")
    assert (result["allowSave"], result["duplicateRule"]) == (True, "Same name")
    assert result["matchResults"][0]["matchRecords"][0]["record"]["Id"] == first
    assert org.create("Account", {"Name": "Halden"}, may_save=True) != first


def test_of_writers_with_one_new_key_one_creates_and_the_others_change(org: Org) -> None:
    told: list[tuple[str, bool]] = []
    start = threading.Barrier(4)

    def write(number: int) -> None:
        start.wait()
        told.extend(org.upsert("Account", "Key__c", f"K{turn}", {"Name": f"W{number}"}) for turn in range(25))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(told) == 100
    assert sum(is_created for _, is_created in told) == org.count("Account") == 25
