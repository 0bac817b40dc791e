"""What the practice org tells of itself, held against a real org's answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.sync.practice.custom import CustomField
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.org import Org


def recorded(shared: Path, sobject: str) -> dict[str, Any]:
    """The body of a recorded describe, whether YAML folded it or quoted it."""
    text = (shared / "data" / "salesforce_recorded" / f"describe_{sobject}.yaml").read_text(encoding="utf-8")
    body = text[text.index("string: ") + 8 :]
    if body.startswith('"'):
        body = re.sub(r"\\\n\s+(\\(?= ))?", "", body)
        body = json.JSONDecoder(strict=False).raw_decode(re.sub(r"\n\s+", " ", body))[0]
    else:
        body = re.sub(r"\n\s*", " ", body[body.index("{") :])
    found: dict[str, Any] = json.JSONDecoder(strict=False).raw_decode(body)[0]
    return found


@pytest.mark.parametrize("sobject", ["Account", "Contact", "Opportunity", "Case", "Event", "Lead"])
def test_describe_has_the_real_envelope_and_the_real_facts(org: Org, shared: Path, sobject: str) -> None:
    ours, theirs = org.describe(sobject), recorded(shared, sobject)
    assert set(theirs) - set(ours) == set()
    assert set(theirs["fields"][0]) - set(ours["fields"][0]) == set()
    known = {one["name"]: one for one in theirs["fields"]}
    shared_fields = [one for one in ours["fields"] if one["name"] in known]
    assert len(shared_fields) > 30
    for one in shared_fields:
        real = known[one["name"]]
        for fact in (
            "type",
            "length",
            "createable",
            "updateable",
            "nillable",
            "filterable",
            "restrictedPicklist",
        ):
            assert one[fact] == real[fact], (sobject, one["name"], fact)


def test_every_object_is_described_counted_and_read(org: Org) -> None:
    listed = org.describe_global()
    assert (listed["encoding"], listed["maxBatchSize"]) == ("UTF-8", 200)
    assert [one["name"] for one in listed["sobjects"]] == org.sobjects()
    for sobject in org.sobjects():
        told = org.describe(sobject, version="51.0")
        assert told["urls"]["describe"] == f"/services/data/v51.0/sobjects/{sobject}/describe"
        assert json.loads(json.dumps(told)) == told
        names = ", ".join(one["name"] for one in told["fields"])
        assert org.query(f"SELECT {names} FROM {sobject}").total == org.count(sobject)


def test_an_unknown_object_has_no_describe(org: Org) -> None:
    with pytest.raises(OrgError) as caught:
        org.describe("Gadget")
    assert (caught.value.status, caught.value.code) == (404, "NOT_FOUND")


def test_without_custom_fields_there_is_no_key_but_do_not_call(clock: ManualClock) -> None:
    plain = Org(None, clock)
    fields = {one["name"]: one for one in plain.describe("Contact")["fields"]}
    assert {"DoNotCall", "HasOptedOutOfEmail"} <= set(fields)
    assert not any(one["externalId"] for one in fields.values())
    plain.close()


@pytest.mark.parametrize(
    ("line", "kind", "value", "stored"),
    [
        ("Account.X__c:Text(64):external,unique", "string", "a", "a"),
        ("account.X__c:Number(16,2)", "double", "1.255", 1.26),
        ("Account.X__c:Checkbox", "boolean", "true", True),
        ("Account.X__c:Date", "date", "2026-01-02", "2026-01-02"),
        ("Account.X__c:DateTime", "datetime", "2026-01-02T01:00:00+01:00", "2026-01-02T00:00:00.000+0000"),
        ("Account.X__c:Picklist(red|green)", "picklist", "RED", "red"),
    ],
)
def test_a_custom_field_is_made_from_its_line(
    clock: ManualClock, line: str, kind: str, value: str, stored: object
) -> None:
    org = Org(None, clock, custom_fields=[CustomField.parse(line)])
    assert next(one for one in org.describe("Account")["fields"] if one["name"] == "X__c")["type"] == kind
    record_id = org.create("Account", {"Name": "x", "x__c": value})
    assert org.retrieve("Account", record_id, ["X__c"])["X__c"] == stored
    org.close()


@pytest.mark.parametrize(
    "line", ["", "Account.X__c", "Account.X:Text(3)", "Account.X__c:Colour", "Gadget.X__c:Text(3)"]
)
def test_a_line_that_is_no_field_is_told_of(clock: ManualClock, line: str) -> None:
    with pytest.raises(UserError):
        Org(None, clock, custom_fields=[CustomField.parse(line)])


def test_an_org_on_disk_is_the_same_after_it_was_closed(tmp_path: Path, clock: ManualClock) -> None:
    first = Org(tmp_path / "practice" / "org.db", clock)
    record_id = first.create("Account", {"Name": "Halden"})
    about = (first.org_id, first.user_id, first.standard_pricebook_id)
    first.close()
    field = CustomField.parse("Account.Key__c:Text(64):external,unique")
    again = Org(tmp_path / "practice" / "org.db", clock, custom_fields=[field])
    assert (again.org_id, again.user_id, again.standard_pricebook_id) == about
    again.update("Account", record_id, {"Key__c": "K1"})
    assert again.upsert("Account", "Key__c", "k1", {})[0] == record_id
    assert again.create("Account", {"Name": "Next"}) > record_id
    again.close()
