"""Which stored account each name of a list is, and which accounts have to be made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.known import Known
from callstation.accounts.importing.nearness import near_keys, stored_keys_near
from callstation.accounts.importing.plan import Change, Decisions, Plan, Review
from callstation.accounts.importing.staging import Rows
from callstation.work import Work
from db.vocabulary import AccountKind

ALIKE = 75.0
"""With a contract in common, names this alike (0 to 100) are one account without a question."""
DETAILS = (
    (Field.STREET, "street"),
    (Field.CITY, "city"),
    (Field.STATE, "region"),
    (Field.POSTAL_CODE, "postal_code"),
    (Field.COUNTRY, "country"),
    (Field.SEGMENT, "segment"),
    (Field.ACCOUNT_ID, "crm_id"),
)


@dataclass(slots=True)
class Names:
    """The names of one kind of account in a list, each with the first details given for it."""

    kind: AccountKind
    first_row: dict[str, int]
    names: dict[str, str]
    details: dict[str, dict[str, str]] = field(default_factory=dict)
    """Column -> name key -> value."""


def names_of(rows: Rows, usable: Iterable[int], kind: AccountKind) -> Names:
    """Every different name among the rows that can be used."""
    is_customer = kind is AccountKind.CUSTOMER
    keys = rows.customer_keys if is_customer else rows.partner_keys
    names = rows.texts[Field.CUSTOMER if is_customer else Field.RESELLER]
    first: dict[str, int] = {}
    for at in usable:
        if keys[at] not in first:
            first[keys[at]] = at
    first.pop("", None)
    found = Names(kind, first, {key: names[at] for key, at in first.items()})
    for item, column in DETAILS if is_customer else ():
        values = rows.texts[item]
        if any(values):
            by_key: dict[str, str] = {}
            for at in usable:
                if values[at] and keys[at] not in by_key:
                    by_key[keys[at]] = values[at]
            found.details[column] = by_key
    return found


def resolve(
    work: Work, plan: Plan, names: Names, known: Known, decisions: Decisions, owners: Mapping[str, int]
) -> dict[str, int | None]:
    """A ref for each name key; None while the rep has not decided whether it is another spelling.

    ``owners`` says which stored account has a contract that the list gives to a name: strong evidence for one account.
    """
    refs: dict[str, int | None] = {}
    crm_ids = names.details.get("crm_id", {})
    for key in names.first_row:
        stored = known.crm_ids.get(crm_ids.get(key, ""), known.account_ids.get((names.kind, key)))
        if stored is not None:
            refs[key] = stored
            _compare(plan, names, key, stored, known)
    new = [key for key in names.first_row if key not in refs]
    near = _near(work, names, new, refs) if new else {}
    by_crm_id: dict[str | None, int | None] = {}
    for key in new:
        owner = owners.get(key)
        if owner is not None:
            stored_name, *_, stored_key = known.accounts[owner]
            if fuzz.token_set_ratio(key, stored_key) >= ALIKE:
                refs[key] = owner
                continue
            near[key] = (f"account:{owner}", stored_key, stored_name)
        other, crm_id = near.get(key), crm_ids.get(key)
        if crm_id in by_crm_id:
            refs[key] = by_crm_id[crm_id]
        elif other is None:
            refs[key] = _make(plan, names, key)
        else:
            refs[key] = _decided(plan, names, key, other, refs, decisions)
        if crm_id:
            by_crm_id[crm_id] = refs[key]
    return refs


def _near(work: Work, names: Names, new: list[str], refs: dict[str, int | None]) -> dict[str, tuple[str, str, str]]:
    """New key -> (option value, the other spelling, its name)."""
    cities = names.details.get("city", {})
    stored = stored_keys_near(work, names.kind, new)
    others = {key: city for key, (_, _, city) in stored.items()} | {key: cities.get(key, "") for key in refs}
    found = near_keys({key: cities.get(key, "") for key in new}, others)
    return {
        key: (f"account:{stored[other][0]}", other, stored[other][1])
        if other in stored
        else (f"name:{other}", other, names.names.get(other, other))
        for key, other in found.items()
    }


def _decided(
    plan: Plan, names: Names, key: str, other: tuple[str, str, str], refs: dict[str, int | None], decisions: Decisions
) -> int | None:
    value, other_key, other_name = other
    review_key = f"{names.kind.value}:{key}"
    name = names.names[key]
    decided = decisions.get(review_key, "")
    options = ((value, f"The same as “{other_name}”"), ("new", f"“{name}” is an account of its own"))
    plan.reviews[review_key] = Review(review_key, f"Is “{name}” the same as “{other_name}”?", options, decided)
    if decided == "new":
        return _make(plan, names, key)
    if decided.startswith("account:"):
        return int(decided.removeprefix("account:"))
    return refs.get(other_key) if decided.startswith("name:") else None


def _make(plan: Plan, names: Names, key: str) -> int:
    details = [names.details.get(column, {}).get(key) for _, column in DETAILS]
    plan.accounts.append((names.kind.value, names.names[key], key, *details))
    return -len(plan.accounts)


def _compare(plan: Plan, names: Names, key: str, account_id: int, known: Known) -> None:
    stored: tuple[Any, ...] = known.accounts[account_id]
    for place, (item, column) in enumerate(DETAILS, 1):
        new = names.details.get(column, {}).get(key)
        old = stored[place]
        if (
            new
            and new != old
            and not (column == "crm_id" and (old or known.crm_ids.setdefault(new, account_id) != account_id))
        ):
            plan.update("account", account_id, **{column: new})
            plan.note_change(names.first_row[key], Change(item.label, old or "", new))
