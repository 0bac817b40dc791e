"""Comparing three states of one record field by field: ours, theirs, and what both last agreed on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from callstation.sync.attribute import NOT_SAID, Attribute
from callstation.sync.context import Context

MOVED_BY_CALLS = frozenset({"stage", "category", "is_do_not_call"})
"""What a call says is the latest word, also where no list and no sync has told both sides of a record before."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One value that both sides changed to different things."""

    attribute: Attribute
    mine: Any
    theirs: Any
    base: Any


@dataclass(slots=True)
class Merge:
    """What is to be done: values of ours to change, and what the rep has to decide."""

    take: dict[str, Any] = field(default_factory=dict)
    disputes: list[Dispute] = field(default_factory=list)
    agreed: dict[str, Any] = field(default_factory=dict)
    """Our values as both sides have them now; without those that are still to be sent or in dispute."""


def merge(
    attributes: tuple[Attribute, ...], mine: Mapping[str, Any], theirs: Mapping[str, Any],
    base_fields: Mapping[str, Any] | None, base_local: Mapping[str, Any] | None, context: Context, *, is_unsent: bool,
    is_made_here: bool = False, sent: Mapping[str, Any] = MappingProxyType({}),
) -> Merge:  # fmt: skip
    """Three ways, value by value: what only they changed is taken, what only we changed is sent, both is a dispute.

    ``theirs`` and ``base_fields`` are fields of the CRM, ``mine`` and ``base_local`` our values. Without a base (the
    two have only just been found to be one record) all is taken, unless ours was edited: then what is filled on both
    sides is a dispute, but for what calls have moved, and what is empty here is an edit only of a record that was made
    here. ``sent`` are values of ours whose answer was lost: where they
    show now, they are not a change of theirs. A field that this user may not see says nothing.
    """
    found = Merge()
    for one in attributes:
        if one.read is None or one.name not in mine:
            continue
        is_told = any(name in theirs for name in one.fields)
        said, own = one.read(theirs, context) if is_told else NOT_SAID, mine[one.name]
        if said is NOT_SAID:
            if base_local is not None and one.name in base_local:
                found.agreed[one.name] = base_local[one.name]
            continue
        if said == own:
            found.agreed[one.name] = own
            continue
        if base_local is None or one.name not in base_local:
            found.agreed[one.name] = said  # as if they had it so before: what differs here is our change
            if not (own or is_made_here) or (not is_unsent and said):  # what is empty there takes nothing away here
                found.take[one.name] = said
            elif said and not is_made_here and one.name not in MOVED_BY_CALLS:
                found.disputes.append(Dispute(one, own, said, None))
            continue
        if one.name in sent and sent[one.name] == said:
            found.agreed[one.name] = said  # it had arrived; what is different here is newer
            continue
        was = base_local[one.name]
        # read, not compared as written: one moment or amount has many spellings
        if (was if base_fields is None else one.read(base_fields, context)) == said:
            found.agreed[one.name] = was  # ours is to be sent
        elif own == was and not _lifts_block(one, said):
            found.take[one.name] = found.agreed[one.name] = said
        else:
            found.agreed[one.name] = said  # whatever ours is then, it differs from what they have
            found.disputes.append(Dispute(one, own, said, was))
    if any(dispute.attribute.name == "stage" for dispute in found.disputes):  # its category goes with it
        found.disputes = [dispute for dispute in found.disputes if dispute.attribute.name != "category"]
    return found


def _lifts_block(attribute: Attribute, said: Any) -> bool:
    """A person whom we must not call is never set free by a machine: the rep decides."""
    return attribute.name == "is_do_not_call" and said is False
