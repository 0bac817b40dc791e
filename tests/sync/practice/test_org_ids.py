"""Ids of the practice org: the checksum, both lengths, and which object they tell of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.sync.practice.ids import ALPHABET, checksum, full_id, make_ids
from callstation.sync.practice.org import Org

FIFTEEN = st.text(ALPHABET, min_size=15, max_size=15)


@pytest.mark.parametrize(
    ("short", "whole"), [("001D000000IqhSL", "001D000000IqhSLIAZ"), ("a00000000000000", "a00000000000000AAA")]
)
def test_the_last_three_letters_are_those_of_the_real_org(short: str, whole: str) -> None:
    assert full_id(short) == full_id(whole) == whole


def test_what_is_no_id_is_told_from_one() -> None:
    for text in (
        "",
        "001",
        "001D000000IqhSL!",
        "001D000000IqhSLIAA",
        "001D000000IqhSLI",
        None,
        15,
        "００１D000000IqhSL",
    ):
        assert full_id(text) is None


@given(FIFTEEN)
def test_ids_that_differ_only_in_case_differ_without_case_by_their_checksum(fifteen: str) -> None:
    other = fifteen.swapcase()
    if other != fifteen:
        assert (fifteen + checksum(fifteen)).lower() != (other + checksum(other)).lower()


def test_ids_grow_and_never_repeat_and_carry_their_checksum() -> None:
    made = make_ids("00T", "5gaZ", 3840, 10_000)
    assert made == sorted(set(made))
    assert all(full_id(one) == one for one in made)


def test_both_lengths_find_a_record_but_another_case_does_not(org: Org) -> None:
    account_id = org.create("Account", {"Name": "Halden"})
    assert account_id[:3] == "001"
    assert org.retrieve("Account", account_id[:15], ["Id"])["Id"] == account_id
    assert org.query(f"SELECT Id FROM Account WHERE Id = '{account_id[:15]}'").total == 1
    other = account_id[:15].swapcase()
    assert org.query(f"SELECT Id FROM Account WHERE Id = '{other}'").total == 0


def test_two_orgs_share_no_ids(org: Org) -> None:
    from callstation.clock import SystemClock

    other = Org(None, SystemClock())
    assert other.org_id != org.org_id
    assert other.user_id != org.user_id
    other.close()
