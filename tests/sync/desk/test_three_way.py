"""The pure rule of a merge, for any three states of a value."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from callstation.settings import Settings
from callstation.sync.attribute import text
from callstation.sync.context import Context
from callstation.sync.stages import read_stage_names
from callstation.sync.three_way import Merge, merge

CONTEXT = Context("005", "12345678", {}, "Callstation_Key__c", read_stage_names(""), Settings())
ATTRIBUTES = (text("next_step", "Next step", "NextStep"),)
VALUES = st.sampled_from([None, "a", "b", "c"])


def merged(base: Any, mine: Any, theirs: Any, *, has_base: bool = True, is_unsent: bool = True) -> Merge:
    fields, local = ({"NextStep": base}, {"next_step": base}) if has_base else (None, None)
    return merge(ATTRIBUTES, {"next_step": mine}, {"NextStep": theirs}, fields, local, CONTEXT, is_unsent=is_unsent)


@given(VALUES, VALUES, VALUES)
def test_one_side_wins_alone_and_two_sides_ask(base: Any, mine: Any, theirs: Any) -> None:
    found = merged(base, mine, theirs)
    if mine == theirs or theirs == base:
        assert (found.take, found.disputes) == ({}, [])
    elif mine == base:
        assert (found.take, found.disputes) == ({"next_step": theirs}, [])
    else:
        assert found.take == {}
        assert [(one.mine, one.theirs, one.base) for one in found.disputes] == [(mine, theirs, base)]


@given(VALUES, VALUES, VALUES)
def test_what_is_different_from_what_was_agreed_is_sent_next(base: Any, mine: Any, theirs: Any) -> None:
    found = merged(base, mine, theirs)
    ours = found.take.get("next_step", mine)
    assert (found.agreed["next_step"] != ours) == (ours != theirs)


@given(VALUES, VALUES, st.booleans())
def test_two_records_found_to_be_one_take_theirs_and_ask_where_ours_was_edited(
    mine: Any, theirs: Any, unsent: bool
) -> None:
    found = merged(None, mine, theirs, has_base=False, is_unsent=unsent)
    is_ours = unsent and mine is not None
    is_nothing_new = mine == theirs or (mine is not None and theirs is None)
    assert found.take == ({} if is_ours or is_nothing_new else {"next_step": theirs})
    assert len(found.disputes) == (is_ours and theirs not in (None, mine))


def test_a_field_that_may_not_be_seen_changes_nothing() -> None:
    for is_known in (True, False):
        fields, local = ({"NextStep": "a"}, {"next_step": "a"}) if is_known else (None, None)
        found = merge(ATTRIBUTES, {"next_step": "a"}, {}, fields, local, CONTEXT, is_unsent=False)
        assert (found.take, found.disputes) == ({}, [])


@given(VALUES, VALUES, VALUES)
def test_a_value_of_ours_whose_answer_was_lost_is_no_change_of_theirs(base: Any, mine: Any, sent: Any) -> None:
    found = merge(
        ATTRIBUTES, {"next_step": mine}, {"NextStep": sent}, {"NextStep": base}, {"next_step": base}, CONTEXT,
        is_unsent=True, sent={"next_step": sent},
    )  # fmt: skip
    assert (found.take, found.disputes) == ({}, [])
    assert found.agreed == {"next_step": sent}
