"""What one sync knows throughout: who is signed in, what the company's Salesforce looks like, and its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from callstation.settings import Settings
from callstation.sync.salesforce.shape import FieldShape, Shape, from_json
from callstation.sync.stages import StageNames, read_stage_names
from callstation.work import Work

MARKER = "callstation"
"""What ``Task.CallObject`` begins with for records of ours, before the store and the record's own key."""


class Limit(NamedTuple):
    """Within what a value must stay: characters (0 for any), the words of a restricted picklist, whether it may be
    empty."""

    length: int
    words: frozenset[str] | None
    is_nillable: bool


@dataclass(frozen=True, slots=True)
class Context:
    """Facts that every part of a sync reads."""

    user_id: str
    store_key: str
    """Tells this store's calls from those of another computer of the same user."""
    shapes: Mapping[str, Shape]
    key_field: str
    stages: StageNames
    settings: Settings
    home_currency: str = ""
    """The company's own currency; "" where it is not known."""

    memo: dict[str, object] = field(default_factory=dict)
    """What was worked out of the mirror, until what it was made of comes in anew."""
    _limits: dict[tuple[str, bool], dict[str, Limit]] = field(default_factory=dict)

    def limits(self, sobject: str, *, is_new: bool) -> dict[str, Limit]:
        """What this user may write of an object, and within which limits; worked out once a sync."""
        key = (sobject, is_new)
        if key not in self._limits:
            shape = self.shapes.get(sobject)
            self._limits[key] = {
                one.name: Limit(
                    one.length, frozenset(one.values) if one.is_restricted and one.values else None, one.is_nillable
                )
                for one in (shape.fields.values() if shape else ())
                if (one.is_createable if is_new else one.is_updateable)
            }
        return self._limits[key]

    def field(self, sobject: str, name: str) -> FieldShape | None:
        """A field as this user may see it."""
        shape = self.shapes.get(sobject)
        return None if shape is None else shape.fields.get(name)

    def key_of(self, sobject: str) -> str | None:
        """The external-id field that makes a resend harmless; None where the admin made none."""
        found = self.field(sobject, self.key_field)
        return self.key_field if found is not None and found.is_external_id and found.is_unique else None

    @property
    def has_quotes(self) -> bool:
        """Whether this user may make quotes there; taken for granted before the first sync."""
        found = self.field("Quote", "OpportunityId")
        return not self.shapes or (found is not None and found.is_createable)

    def marker(self, uid: str) -> str:
        """The words that find a Task of ours where there is no key field."""
        return f"{MARKER}:{self.store_key}:{uid}"


def read_context(work: Work, user_id: str) -> Context:
    """The context from what is remembered; without shapes before the first sync."""
    shapes = fact(work, "crm.shapes")
    return Context(
        user_id=user_id,
        store_key=fact(work, "crm.store_key") or "",
        shapes=from_json(shapes) if shapes else {},
        key_field=work.settings.crm_key_field,
        stages=read_stage_names(work.settings.stage_names),
        settings=work.settings,
        home_currency=fact(work, "crm.currency") or "",
    )


def make_store_key(work: Work) -> None:
    """Give the store the key that marks its calls, once."""
    if fact(work, "crm.store_key") is None:
        keep_fact(work, "crm.store_key", uuid4().hex[:8])


def fact(work: Work, name: str) -> str | None:
    """A remembered fact."""
    found = work.row("SELECT value FROM store_fact WHERE name = ?", (name,))
    return None if found is None else str(found[0])


def keep_fact(work: Work, name: str, value: str) -> None:
    """Remember a fact."""
    work.derive("INSERT OR REPLACE INTO store_fact (name, value) VALUES (?, ?)", (name, value))


def fact_moment(work: Work, name: str) -> datetime | None:
    """A remembered moment."""
    found = fact(work, name)
    return None if not found else datetime.fromisoformat(found)
