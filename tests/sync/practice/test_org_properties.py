"""Whatever is written is read back, by id, by key and by a condition, however hostile the text."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.clock import SystemClock
from callstation.sync.practice.custom import CustomField
from callstation.sync.practice.org import Org

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
HOSTILE = st.one_of(
    WORDS, st.text("'\\%_\"\n\t;-x)", max_size=12), st.sampled_from(["' OR Name != '", "\\'", "null", "ß", "İ", "K"])
)
KEY = "Account.Key__c:Text(64):external,unique"


@pytest.fixture(scope="module")
def one_org() -> Iterator[Org]:
    """An org for all examples; each cleans up behind itself."""
    made = Org(None, SystemClock(), custom_fields=[CustomField.parse(KEY)])
    yield made
    made.close()


def quoted(text: str) -> str:
    """A SOQL string as any careful client writes it."""
    for plain, escaped in (("\\", "\\\\"), ("'", "\\'"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f"'{text}'"


def found(org: Org, where: str) -> set[str]:
    return {row["Id"] for row in org.query(f"SELECT Id FROM Account WHERE {where}").records}


@settings(deadline=None)
@given(HOSTILE, HOSTILE)
def test_a_text_is_found_by_itself_and_by_no_pattern_in_it(one_org: Org, name: str, site: str) -> None:
    kept = site.strip() or None
    record_id = one_org.create("Account", {"Name": f"N{name}", "Site": site})
    row = one_org.retrieve("Account", record_id, ["Name", "Site"])
    assert (row["Name"], row["Site"]) == (f"N{name}".strip(), kept)
    same = f"Site = {quoted(kept)}" if kept else "Site = null"
    assert record_id in found(one_org, same)
    assert record_id not in found(one_org, f"NOT {same}")
    if kept:
        assert record_id in found(one_org, f"Site IN ('nothing like it', {quoted(kept)})")
        pattern = quoted(kept).replace("%", "\\%").replace("_", "\\_")
        assert record_id in found(one_org, f"Site LIKE {pattern}")
        assert record_id not in found(one_org, f"Site != {quoted(kept)}")
        literal = one_org.query(f"SELECT Site FROM Account WHERE Site LIKE {pattern}").records
        assert {row["Site"].casefold() for row in literal} == {kept.casefold()}
    one_org.delete("Account", record_id)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "Phone": st.one_of(st.none(), st.text("0123456789 +-()", max_size=40)),
        "NumberOfEmployees": st.one_of(st.none(), st.integers(-(10**8) + 1, 10**8 - 1)),
        "AnnualRevenue": st.one_of(st.none(), st.integers(-(10**12), 10**12)),
        "Description": st.one_of(st.none(), WORDS),
    },
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), VALUES), max_size=12))
def test_upserts_by_key_end_where_a_plain_dict_ends(one_org: Org, steps: list[tuple[int, dict[str, Any]]]) -> None:
    expected: dict[str, dict[str, Any]] = {}
    for number, values in steps:
        key = f"P{number}"
        is_new = key not in expected
        row = {**values, "Key__c": key, **({"Name": key} if is_new else {})}
        outcome = one_org.upsert_many("Account", "Key__c", [row])[0]
        assert isinstance(outcome, tuple)
        assert outcome[1] is is_new
        expected.setdefault(key, {"Phone": None, "NumberOfEmployees": None, "AnnualRevenue": None, "Description": None})
        expected[key] |= {name: (one.strip() or None) if isinstance(one, str) else one for name, one in values.items()}
    rows = one_org.query("SELECT Id, Key__c, Phone, NumberOfEmployees, AnnualRevenue, Description FROM Account").records
    read = {
        row["Key__c"]: {name: row[name] for name in row if name not in ("attributes", "Id", "Key__c")} for row in rows
    }
    assert read == expected
    one_org.delete_many([row["Id"] for row in rows])
    one_org.purge()
