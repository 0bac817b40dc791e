"""Create, update and upsert of many rows of one object: which is which, and what each row may carry."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from callstation.sync.practice.answers import Created, Upserted
from callstation.sync.practice.errors import Ambiguous, OrgError
from callstation.sync.practice.ids import full_id
from callstation.sync.practice.saving import Draft, Saver
from callstation.sync.practice.schema import Field, SObject
from callstation.sync.practice.tables import key_text

Given = Mapping[str, Any]


def create(saver: Saver, one: SObject, rows: Sequence[Given], *, may_save: bool) -> list[Created]:
    """New records; an empty Id is ignored, any other refused."""
    refuse_readonly(one)
    outcome: list[Any] = [None] * len(rows)
    drafts = []
    for place, row in enumerate(rows):
        try:
            if id_of(row):
                raise OrgError("INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", ["Id"])
            values, links = saver.plans.read(one, row, is_new=True)
        except OrgError as error:
            outcome[place] = error
        else:
            drafts.append(Draft(place, values, links))
    with saver.tables.transaction():
        if one.name == "OpportunityLineItem":
            _find_entries(saver, drafts)
        saver.save(one, drafts, outcome, may_save=may_save)
    return outcome


def update(saver: Saver, one: SObject, rows: Sequence[Given], *, may_save: bool) -> list[Created]:
    """Records by their Id; a row that names an unknown or a deleted record is refused."""
    refuse_readonly(one)
    outcome: list[Any] = [None] * len(rows)
    with saver.tables.transaction():
        drafts = _drafts_by_id(saver, one, list(enumerate(rows)), outcome)
        saver.save(one, drafts, outcome, may_save=may_save)
    return outcome


def upsert(
    saver: Saver, one: SObject, key_field: str, rows: Sequence[Given], *, is_update_only: bool, may_save: bool
) -> list[Upserted]:
    """Records by a key: none there creates, one updates, several are ``Ambiguous``."""
    refuse_readonly(one)
    key = key_of(one, key_field)
    outcome: list[Any] = [None] * len(rows)
    with saver.tables.transaction():
        if key.name == "Id":
            is_new = _upsert_by_id(saver, one, rows, outcome, may_save=may_save)
        else:
            is_new = _upsert_by_key(saver, one, key, rows, outcome, is_update_only=is_update_only, may_save=may_save)
    return [(found, is_new[place]) if type(found) is str else found for place, found in enumerate(outcome)]


def key_of(one: SObject, name: str) -> Field:
    """The field that finds records in an upsert. Raises 404 NOT_FOUND where it is no key."""
    key = one.find(name)
    if key is None or not key.is_key:
        raise OrgError(
            "NOT_FOUND", f"Provided external ID field does not exist or is not accessible: {name}", status=404
        )
    return key


def refuse_readonly(one: SObject) -> None:
    if one.is_readonly:
        raise OrgError(
            "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", f"entity type {one.name} does not support this operation"
        )


def id_of(row: Given) -> Any:
    """The row's own Id under any case of the word; None where it is absent or empty."""
    return row.get("Id") or row.get("id") or row.get("ID") or None


def url_of(one: SObject, record_id: str) -> str:
    """The path of a record, its version left open as ``vXX.0``."""
    return f"/services/data/vXX.0/sobjects/{one.name}/{record_id}"


def _upsert_by_id(
    saver: Saver, one: SObject, rows: Sequence[Given], outcome: list[Any], *, may_save: bool
) -> list[bool]:
    is_new = [not id_of(row) for row in rows]
    drafts = _drafts_by_id(saver, one, [(place, row) for place, row in enumerate(rows) if not is_new[place]], outcome)
    for place, row in enumerate(rows):
        if is_new[place]:
            try:
                drafts.append(Draft(place, *saver.plans.read(one, row, is_new=True)))
            except OrgError as error:
                outcome[place] = error
    saver.save(one, drafts, outcome, may_save=may_save)
    return is_new


def _upsert_by_key(
    saver: Saver,
    one: SObject,
    key: Field,
    rows: Sequence[Given],
    outcome: list[Any],
    *,
    is_update_only: bool,
    may_save: bool,
) -> list[bool]:
    texts = _keys(saver, one, key, rows, outcome)
    found = saver.tables.by_key(one, key, [text for text in texts if text is not None])
    olds = saver.tables.whole(one, [ids[0] for ids in found.values() if len(ids) == 1]) if found else {}
    besides = frozenset({key.name.lower()})
    drafts, is_new = [], [False] * len(rows)
    for place, (row, text) in enumerate(zip(rows, texts, strict=True)):
        if text is None:
            continue
        ids = found.get(text)
        try:
            if ids is None:
                if is_update_only:
                    raise OrgError("NOT_FOUND", "The requested resource does not exist", status=404)
                is_new[place] = True
                drafts.append(Draft(place, *saver.plans.read(one, row, is_new=True)))
            elif len(ids) > 1:
                outcome[place] = Ambiguous([url_of(one, record_id) for record_id in ids])
            else:
                values, links = saver.plans.read(one, row, is_new=False, besides=besides)
                drafts.append(Draft(place, values, links, old=olds[ids[0]]))
        except OrgError as error:
            outcome[place] = error
    saver.save(one, drafts, outcome, may_save=may_save, known_key=key)
    return is_new


def _keys(saver: Saver, one: SObject, key: Field, rows: Sequence[Given], outcome: list[Any]) -> list[str | None]:
    """The folded key of every row, None where the row is refused: without a key, or with one that comes twice."""
    take = saver.plans.coercion(one, key)
    texts: list[str | None] = []
    first: dict[str, int] = {}
    lower = key.name.lower()
    for place, row in enumerate(rows):
        text = None
        try:
            value = row.get(key.name)
            if value is None:
                value = next((given for name, given in row.items() if name.lower() == lower), None)
            text = key_text(key, take(value))
            if text is None:
                raise OrgError("MISSING_ARGUMENT", f"{key.name} not specified", [key.name])
            if id_of(row):
                raise OrgError("INVALID_FIELD", "The Id field should not be specified in the sobject data.", ["Id"])
            twin = first.setdefault(text, place)
            if twin != place:
                text = texts[twin] = None
                outcome[twin] = _twice(key)
                raise _twice(key)
        except OrgError as error:
            outcome[place], text = error, None
        texts.append(text)
    return texts


def _twice(key: Field) -> OrgError:
    return OrgError("DUPLICATE_VALUE", "Duplicate external id specified", [key.name])


def _drafts_by_id(saver: Saver, one: SObject, rows: list[tuple[int, Given]], outcome: list[Any]) -> list[Draft]:
    wanted = {place: full_id(id_of(row)) for place, row in rows}
    times = Counter(wanted.values())
    olds = saver.tables.whole(one, {record_id for record_id in wanted.values() if record_id})
    drafts = []
    for place, row in rows:
        record_id = wanted[place]
        try:
            if id_of(row) is None:
                raise OrgError("MISSING_ARGUMENT", "Id not specified in an update call", ["Id"])
            if record_id is None:
                raise OrgError("MALFORMED_ID", f"bad id {id_of(row)}", ["Id"])
            old = olds.get(record_id)
            if old is None:
                raise OrgError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", ["Id"])
            if old["IsDeleted"]:
                raise OrgError("ENTITY_IS_DELETED", "entity is deleted", ["Id"], status=404)
            if times[record_id] > 1:
                raise OrgError("DUPLICATE_VALUE", f"Duplicate id specified: {record_id}", ["Id"])
            values, links = saver.plans.read(one, row, is_new=False)
        except OrgError as error:
            outcome[place] = error
        else:
            drafts.append(Draft(place, values, links, old=old))
    return drafts


def _find_entries(saver: Saver, drafts: list[Draft]) -> None:
    """A line that names only its product takes the entry of the opportunity's price book, else of the standard one."""
    for draft in drafts:
        product, opportunity = draft.values.get("Product2Id"), draft.values.get("OpportunityId")
        if product and not draft.values.get("PricebookEntryId"):
            found = saver.tables.rows(
                """SELECT e.Id FROM PricebookEntry e JOIN Pricebook2 b ON b.Id = e.Pricebook2Id
                   LEFT JOIN Opportunity o ON o.Id = ? WHERE e.Product2Id = ? AND NOT e.IsDeleted
                   AND (o.Pricebook2Id = b.Id OR (o.Pricebook2Id IS NULL AND b.IsStandard)) LIMIT 1""",
                (opportunity, product),
            )
            if found:
                draft.values["PricebookEntryId"] = found[0][0]
