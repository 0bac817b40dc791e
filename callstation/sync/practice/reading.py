"""Reading records by their ids."""

from collections.abc import Sequence
from typing import Any

from callstation.sync.practice.answers import QueryResult
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.ids import full_id
from callstation.sync.practice.schema import SObject
from callstation.sync.practice.soql.tree import Among, Item, Literal, Query
from callstation.sync.practice.tables import Tables


def exists(tables: Tables, one: SObject, record_id: str) -> str:
    """The 18-character id of a live record. Raises 404 NOT_FOUND, or 404 ENTITY_IS_DELETED."""
    whole = full_id(record_id)
    found = tables.rows(f'SELECT IsDeleted FROM "{one.name}" WHERE Id = ?', (whole,)) if whole else []
    if not found or whole is None:
        raise OrgError(
            "NOT_FOUND", f"Provided external ID field does not exist or is not accessible: {record_id}", status=404
        )
    if found[0][0]:
        raise OrgError("ENTITY_IS_DELETED", "entity is deleted", status=404)
    return whole


def by_ids(one: SObject, record_ids: Sequence[str], fields: Sequence[str] | None) -> Query:
    """The query that reads these records; an id that is none is left out."""
    ids = [whole for whole in map(full_id, record_ids) if whole]
    items = dict.fromkeys(one.fields if fields is None else fields)
    return Query(
        tuple(Item(name) for name in items), one.name,
        where=Among("Id", tuple(Literal("string", whole) for whole in ids), is_not=False),
    )  # fmt: skip


def in_order(result: QueryResult, record_ids: Sequence[str]) -> list[dict[str, Any] | None]:
    """The records in the order of the ids, None where there is none."""
    found = {record["attributes"]["url"].rpartition("/")[2]: record for record in result.records}
    return [found.get(full_id(record_id) or "") for record_id in record_ids]
