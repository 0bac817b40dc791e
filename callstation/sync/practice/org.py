"""The practice org as one object: everything its server asks of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from callstation.clock import Clock
from callstation.sync.practice import bin as recycling
from callstation.sync.practice import describe, founding, merge, reading, replication, writing
from callstation.sync.practice.answers import Created, QueryResult, Upserted
from callstation.sync.practice.custom import CustomField
from callstation.sync.practice.errors import Ambiguous, OrgError
from callstation.sync.practice.plans import Plans
from callstation.sync.practice.rules import DuplicateRule, Rules, ValidationRule
from callstation.sync.practice.saving import Saver
from callstation.sync.practice.schema import Schema, SObject
from callstation.sync.practice.soql.reading import read
from callstation.sync.practice.soql.running import run
from callstation.sync.practice.soql.select import Translator
from callstation.sync.practice.tables import Tables


class Org:
    """An org with its records in SQLite; safe to call from several threads, one call at a time.

    Every ``url`` in an answer carries ``api_version``, or the ``version`` ("66.0") given to the call. ``may_save`` is
    ``Sforce-Duplicate-Rule-Header: allowSave=true``. Methods with ``_many`` give one outcome a row, in order; the
    others raise ``OrgError``.
    """

    api_version = "66.0"

    def __init__(
        self, path: Path | None, clock: Clock, *, custom_fields: Sequence[CustomField] = (), has_quotes: bool = True
    ) -> None:
        self.schema = Schema(custom_fields, has_quotes=has_quotes)
        self.tables = Tables(path, self.schema)
        self.rules = Rules()
        self._saver = Saver(self.tables, self.schema, Plans(self.schema), self.rules, clock)
        about = founding.found(self._saver)
        self.org_id, self.user_id, self.username = about.org_id, about.user_id, about.username
        self.instance_name = about.instance_name
        self.standard_pricebook_id = about.pricebook_id

    def close(self) -> None:
        self.tables.close()

    # -- what there is ---------------------------------------------------------------------------------------------

    def sobjects(self) -> list[str]:
        return sorted(self.schema.objects)

    def describe(self, sobject: str, *, version: str = "") -> dict[str, Any]:
        return describe.describe(self.schema, self._object(sobject), version or self.api_version)

    def describe_global(self, *, version: str = "") -> dict[str, Any]:
        return describe.describe_global(self.schema, version or self.api_version)

    # -- one record ------------------------------------------------------------------------------------------------

    def create(self, sobject: str, values: Mapping[str, Any], *, may_save: bool = False) -> str:
        """The 18-character id of the new record."""
        return _only(self.create_many(sobject, [values], may_save=may_save))

    def update(self, sobject: str, record_id: str, values: Mapping[str, Any], *, may_save: bool = False) -> None:
        self._refuse_id(values)
        one = self._object(sobject)
        reading.exists(self.tables, one, record_id)
        _only(self.update_many(sobject, [{**values, "Id": record_id}], may_save=may_save))

    def upsert(
        self,
        sobject: str,
        key_field: str,
        key: Any,
        values: Mapping[str, Any],
        *,
        is_update_only: bool = False,
        may_save: bool = False,
    ) -> tuple[str, bool]:
        """(id, was it created). Raises ``Ambiguous`` where several records carry the key."""
        self._refuse_id(values)
        name = writing.key_of(self._object(sobject), key_field).name
        if any(given.lower() == name.lower() for given in values):
            raise OrgError("INVALID_FIELD", f"The {name} field should not be specified in the sobject data.", [name])
        found = self.upsert_many(
            sobject, name, [{**values, name: key}], is_update_only=is_update_only, may_save=may_save
        )[0]
        if isinstance(found, OrgError | Ambiguous):
            raise found
        return found

    def delete(self, sobject: str, record_id: str) -> None:
        """Into the recycle bin, with all that hangs on it."""
        _only(self.delete_many([reading.exists(self.tables, self._object(sobject), record_id)]))

    def undelete(self, record_id: str) -> None:
        recycling.undelete(self._saver, record_id)

    def retrieve(
        self, sobject: str, record_id: str, fields: Sequence[str] | None = None, *, version: str = ""
    ) -> dict[str, Any]:
        """The record with its ``attributes``; without ``fields`` all of them."""
        one = self._object(sobject)
        whole = reading.exists(self.tables, one, record_id)
        return self.retrieve_many(sobject, [whole], fields, version=version)[0] or {}

    def retrieve_many(
        self, sobject: str, record_ids: Sequence[str], fields: Sequence[str] | None = None, *, version: str = ""
    ) -> list[dict[str, Any] | None]:
        """The records in the order of the ids, None where there is no live one."""
        one = self._object(sobject)
        query = reading.by_ids(one, record_ids, fields)
        return reading.in_order(run(self.tables, self._translator(), query, version or self.api_version), record_ids)

    def retrieve_by(
        self, sobject: str, key_field: str, key: Any, fields: Sequence[str] | None = None, *, version: str = ""
    ) -> dict[str, Any]:
        """The record that carries this external id; raises 404 NOT_FOUND or ``Ambiguous``."""
        one = self._object(sobject)
        field = writing.key_of(one, key_field)
        if field.name == "Id":
            return self.retrieve(sobject, str(key), fields, version=version)
        ids = [each for some in self.tables.by_key(one, field, [key]).values() for each in some]
        if not ids:
            raise OrgError("NOT_FOUND", "The requested resource does not exist", status=404)
        if len(ids) > 1:
            raise Ambiguous([writing.url_of(one, each) for each in ids])
        return self.retrieve(sobject, ids[0], fields, version=version)

    # -- many records; every row for itself unless the caller wraps them in ``transaction`` ---------------------------

    def create_many(self, sobject: str, rows: Sequence[Mapping[str, Any]], *, may_save: bool = False) -> list[Created]:
        return writing.create(self._saver, self._object(sobject), rows, may_save=may_save)

    def update_many(self, sobject: str, rows: Sequence[Mapping[str, Any]], *, may_save: bool = False) -> list[Created]:
        """Each row carries its ``Id``."""
        return writing.update(self._saver, self._object(sobject), rows, may_save=may_save)

    def upsert_many(
        self,
        sobject: str,
        key_field: str,
        rows: Sequence[Mapping[str, Any]],
        *,
        is_update_only: bool = False,
        may_save: bool = False,
    ) -> list[Upserted]:
        """Each row carries its key; ``key_field`` ``Id`` with a null Id creates."""
        one = self._object(sobject)
        return writing.upsert(self._saver, one, key_field, rows, is_update_only=is_update_only, may_save=may_save)

    def delete_many(self, record_ids: Sequence[str], *, is_hard: bool = False) -> list[Created]:
        """Of any objects, told by the key prefix; ``is_hard`` skips the recycle bin (Bulk hardDelete)."""
        return recycling.delete(self._saver, record_ids, is_hard=is_hard)

    # -- the rest --------------------------------------------------------------------------------------------------

    def purge(self) -> int:
        """Empty the recycle bin; how many records are gone for good."""
        return recycling.purge(self._saver)

    def merge(self, sobject: str, master_id: str, loser_ids: Sequence[str]) -> None:
        """Accounts, contacts and leads: what hung on the losers hangs on the master."""
        merge.merge(self._saver, self._object(sobject), master_id, loser_ids)

    def query(self, soql: str, *, is_all: bool = False, version: str = "") -> QueryResult:
        """The whole answer of a query; ``is_all`` sees deleted records too (queryAll)."""
        return run(self.tables, self._translator(is_all=is_all), read(soql.strip()), version or self.api_version)

    def updated(self, sobject: str, start: datetime, end: datetime) -> dict[str, Any]:
        return replication.updated(self._saver, self._object(sobject), start, end)

    def deleted(self, sobject: str, start: datetime, end: datetime) -> dict[str, Any]:
        return replication.deleted(self._saver, self._object(sobject), start, end)

    def count(self, sobject: str) -> int:
        """Live records, for ``/limits/recordCount``."""
        return int(self.tables.rows(f'SELECT count(*) FROM "{self._object(sobject).name}" WHERE NOT IsDeleted')[0][0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: rolled back when the block raises; may be nested. Other threads wait."""
        with self.tables.transaction():
            yield

    @contextmanager
    def acting_as(self, user_id: str) -> Iterator[None]:
        """What is written in the block is another user's work: created, changed and owned by that user."""
        with self.tables.transaction():
            before, self._saver.user_id = self._saver.user_id, user_id
            try:
                yield
            finally:
                self._saver.user_id = before

    def now(self) -> datetime:
        """The org's own time, to the second."""
        return datetime.fromisoformat(self._saver.now()).astimezone(UTC)

    # -- what an admin sets ----------------------------------------------------------------------------------------

    def rule(self, sobject: str, field: str, operator: str, value: Any, message: str) -> None:
        """A validation rule: a row with ``field`` ``operator`` ``value`` is refused with ``message``.

        Operators: ``=``, ``!=``, ``<``, ``>``, ``contains``, ``blank``, ``not blank``.
        """
        one = self._object(sobject)
        made = ValidationRule(one.name, self._column(one, field), operator, value, message)
        self.rules.validations.setdefault(one.name, []).append(made)

    def duplicate_rule(self, sobject: str, field: str, name: str = "", *, may_save: bool = True) -> None:
        """A duplicate rule: a new row with another live record's value of ``field`` is DUPLICATES_DETECTED."""
        one = self._object(sobject)
        made = DuplicateRule(
            one.name, self._column(one, field), name or f"Standard_{one.name}_Duplicate_Rule", may_save
        )
        self.rules.duplicates.setdefault(one.name, []).append(made)

    def clear_rules(self) -> None:
        self.rules.clear()

    def set_skew(self, seconds: float) -> None:
        """Let the org's own clock run this far from the client's."""
        self._saver.skew = seconds

    # -- how -------------------------------------------------------------------------------------------------------

    def _object(self, name: str) -> SObject:
        one = self.schema.find(name)
        if one is None:
            raise OrgError("NOT_FOUND", "The requested resource does not exist", status=404)
        return one

    def _column(self, one: SObject, name: str) -> str:
        column = one.find(name)
        if column is None or column.parts:
            raise OrgError("INVALID_FIELD", f"No such column '{name}' on sobject of type {one.name}")
        return column.name

    def _translator(self, *, is_all: bool = False) -> Translator:
        return Translator(self.schema, self.now().date(), self.user_id, is_all)

    def _refuse_id(self, values: Mapping[str, Any]) -> None:
        if any(given.lower() == "id" for given in values):
            raise OrgError("INVALID_FIELD", "The Id field should not be specified in the sobject data.", ["Id"])


def _only(outcome: Sequence[Created]) -> str:
    found = outcome[0]
    if isinstance(found, OrgError):
        raise found
    return found
