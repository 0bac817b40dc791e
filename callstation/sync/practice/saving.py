"""Writing rows of one object: checked one by one, looked up and written together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from callstation.clock import Clock
from callstation.sync.practice.derived import DERIVE, Around
from callstation.sync.practice.effects import follow
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.plans import Link, Plans
from callstation.sync.practice.rules import DuplicateRule, Rules
from callstation.sync.practice.schema import Field, Schema, SObject
from callstation.sync.practice.tables import Row, Tables, key_text
from callstation.sync.practice.values import moment_text

_SLIM = frozenset({"Task", "Event"})


@dataclass(slots=True)
class Draft:
    """One row on its way: its place in the caller's list, what was given, the row before (None: new) and after."""

    place: int
    values: dict[str, Any]
    links: list[Link] = field(default_factory=list)
    old: Row | None = None
    new: Row = field(default_factory=dict)


class Saver:
    """Saves drafts; every refusal goes to the draft's place of ``outcome`` and leaves the others alone."""

    def __init__(self, tables: Tables, schema: Schema, plans: Plans, rules: Rules, clock: Clock) -> None:
        self.tables, self.schema, self.plans, self.rules = tables, schema, plans, rules
        self.skew = 0.0
        self.user_id = ""
        self._clock = clock
        self._templates = {one.name: _template(one) for one in schema.objects.values()}
        self._required = {one.name: _required(one) for one in schema.objects.values()}
        self._references = {
            one.name: [column for column in one.columns if column.type == "reference" and column.is_createable]
            for one in schema.objects.values()
        }

    def now(self) -> str:
        return moment_text(self._clock.now() + timedelta(seconds=self.skew))

    def save(
        self,
        one: SObject,
        drafts: Sequence[Draft],
        outcome: list[Any],
        *,
        may_save: bool = False,
        known_key: Field | None = None,
    ) -> None:
        """Write the drafts within the caller's transaction; ``outcome[place]`` becomes the id or the ``OrgError``.

        ``known_key`` is one that the caller has just looked up, each value once, so it need not be again.
        """
        now = self.now()
        drafts = self._linked(drafts, outcome)
        self._merge(one, drafts, now)
        around = self._around(one, drafts, now)
        drafts = self._checked(one, drafts, outcome, around)
        new = [draft for draft in drafts if draft.old is None]
        for record_id, draft in zip(self.tables.ids(one, len(new)), new, strict=True):
            draft.new["Id"] = record_id
        drafts = self._unique(one, drafts, outcome, known_key)
        for rule in self.rules.duplicates.get(one.name, ()):
            drafts = self._alike(one, drafts, outcome, rule, may_save=may_save)
        if not drafts:
            return
        if one.name == "Asset":
            for draft in drafts:
                draft.new["RootAssetId"] = draft.new["RootAssetId"] or draft.new["Id"]
        self.tables.insert(one, [draft.new for draft in drafts if draft.old is None])
        changed = {draft.new["Id"]: draft.new for draft in drafts if draft.old is not None}
        self.tables.replace(one, list(changed.values()))
        follow(self, one, [(draft.old, draft.new) for draft in drafts], now)
        for draft in drafts:
            outcome[draft.place] = draft.new["Id"]

    def stamp(self, row: Row, now: str) -> None:
        """Mark a row as changed by the org's user at this moment."""
        row["SystemModstamp"] = now
        if "LastModifiedDate" in row:
            row["LastModifiedDate"], row["LastModifiedById"] = now, self.user_id

    def blank(self, one: SObject, now: str) -> Row:
        """A new row of this moment with its defaults, owned by the org's user."""
        row = dict(self._templates[one.name])
        row["CreatedDate"], row["CreatedById"] = now, self.user_id
        if "OwnerId" in row:
            row["OwnerId"] = self.user_id
        self.stamp(row, now)
        return row

    # -- the steps -------------------------------------------------------------------------------------------------

    def _linked(self, drafts: Sequence[Draft], outcome: list[Any]) -> list[Draft]:
        """Fill references that were given by the parent's external id."""
        wanted: dict[tuple[str, str], tuple[SObject, Field, set[Any]]] = {}
        for draft in drafts:
            for link in draft.links:
                entry = wanted.setdefault((link.target.name, link.key.name), (link.target, link.key, set()))
                entry[2].add(link.value if isinstance(link.value, str) else str(link.value))
        if not wanted:
            return list(drafts)
        found = {names: self.tables.by_key(target, key, values) for names, (target, key, values) in wanted.items()}
        kept = []
        for draft in drafts:
            for link in draft.links:
                text = key_text(link.key, link.value) or ""
                ids = found[link.target.name, link.key.name].get(text, [])
                if len(ids) != 1:
                    what = "not found" if not ids else "found several times"
                    outcome[draft.place] = OrgError(
                        "INVALID_FIELD",
                        f"Foreign key external ID: {text} {what} for field {link.key.name} in entity "
                        f"{link.target.name}",
                        [link.field.name],
                    )
                    break
                draft.values[link.field.name] = ids[0]
            else:
                kept.append(draft)
        return kept

    def _merge(self, one: SObject, drafts: Sequence[Draft], now: str) -> None:
        template = self.blank(one, now)
        defaults = [(name, value) for name, value in template.items() if value is not None]
        for draft in drafts:
            if draft.old is None:
                draft.new = new = {**template, **draft.values}
                for name, value in defaults:
                    if new[name] is None:
                        new[name] = value
            else:
                draft.new = {**draft.old, **draft.values}
                self.stamp(draft.new, now)

    def _around(self, one: SObject, drafts: Sequence[Draft], now: str) -> Around:
        """The rows that these refer to; of activities only what their account is found by."""
        references = [column.name for column in self._references[one.name]]
        wanted: dict[str, set[str]] = {}
        for name in references:
            ids = {draft.new[name] for draft in drafts}
            ids.discard(None)
            for record_id in ids:
                wanted.setdefault(record_id[:3], set()).add(record_id)
        around = Around(now, number=self.tables.serial)
        for prefix, ids in wanted.items():
            target = self.schema.by_prefix.get(prefix)
            if target is None:
                continue
            if one.name in _SLIM:
                around.parents.update(self.tables.slim(target, ids))
            else:
                around.parents.update(self.tables.whole(target, ids))
        if one.name == "CampaignMember":
            accounts = {row["AccountId"] for row in around.parents.values() if row.get("AccountId")}
            around.parents.update(self.tables.whole(self.schema.objects["Account"], accounts))
        return around

    def _checked(self, one: SObject, drafts: Sequence[Draft], outcome: list[Any], around: Around) -> list[Draft]:
        """Required fields, references and validation rules; then what is derived."""
        required, derive = self._required[one.name], DERIVE.get(one.name)
        references = [(column.name, column) for column in self._references[one.name]]
        rules = self.rules.validations.get(one.name, [])
        parents, by_prefix = around.parents, self.schema.by_prefix
        kept = []
        for draft in drafts:
            new, values = draft.new, draft.values
            try:
                missing = [name for name in required if new[name] is None]
                if missing:
                    raise OrgError(
                        "REQUIRED_FIELD_MISSING", f"Required fields are missing: [{', '.join(missing)}]", missing
                    )
                for name, column in references:
                    record_id = values.get(name)
                    if record_id is None:
                        continue
                    parent = parents.get(record_id)
                    if parent is None:
                        if record_id[:3] in by_prefix:
                            raise OrgError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
                    elif parent["IsDeleted"]:
                        raise OrgError("ENTITY_IS_DELETED", "entity is deleted", [column.name])
                if derive is not None:
                    derive(new, draft.old, around)
                for rule in rules:
                    rule.check(new)
            except OrgError as error:
                outcome[draft.place] = error
            else:
                kept.append(draft)
        return kept

    def _unique(self, one: SObject, drafts: list[Draft], outcome: list[Any], known: Field | None) -> list[Draft]:
        for key in one.keys:
            if not key.is_unique or key is known:
                continue
            setting = [draft for draft in drafts if draft.values.get(key.name) is not None]
            found = self.tables.by_key(one, key, [draft.new[key.name] for draft in setting]) if setting else {}
            taken = {text: ids[0] for text, ids in found.items()}
            refused = set()
            for draft in setting:
                text = key_text(key, draft.new[key.name]) or ""
                holder = taken.setdefault(text, draft.new["Id"])
                if holder != draft.new["Id"]:
                    refused.add(draft.place)
                    outcome[draft.place] = OrgError(
                        "DUPLICATE_VALUE",
                        f"duplicate value found: {key.name} duplicates value on record with id: {holder}",
                        [key.name],
                    )
            if refused:
                drafts = [draft for draft in drafts if draft.place not in refused]
        return drafts

    def _alike(
        self, one: SObject, drafts: list[Draft], outcome: list[Any], rule: DuplicateRule, *, may_save: bool
    ) -> list[Draft]:
        if may_save and rule.may_save:
            return drafts
        kept = []
        for draft in drafts:
            value = draft.new[rule.field] if draft.old is None else None
            found = value is not None and self.tables.rows(
                f'SELECT Id FROM "{one.name}" WHERE fold("{rule.field}") = fold(?) AND NOT IsDeleted LIMIT 1', (value,)
            )
            if found:
                outcome[draft.place] = rule.refusal(found[0][0])
            else:
                kept.append(draft)
        return kept


def _template(one: SObject) -> Mapping[str, Any]:
    row: Row = {}
    for column in one.columns:
        if column.type == "boolean" or (column.is_number and column.is_defaulted and not column.is_createable):
            row[column.name] = 0
        else:
            row[column.name] = column.default
    row.setdefault("IsDeleted", 0)
    return row


def _required(one: SObject) -> list[str]:
    # The price of a line may come from its total instead, so it is checked when the line is worked out.
    late = {"UnitPrice"} if one.name in ("OpportunityLineItem", "QuoteLineItem") else set()
    return [
        column.name for column in one.columns
        if column.is_createable and not column.is_nillable and not column.is_defaulted and column.type != "boolean"
        and column.name not in late
    ]  # fmt: skip
