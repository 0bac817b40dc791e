"""The practice org as one object: everything its server asks of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from callstation.clock import Clock
from callstation.sync.practice.answers import Created, QueryResult, Upserted
from callstation.sync.practice.custom import CustomField


class Org:
    """An org with its records in SQLite; safe to call from several threads, one call at a time.

    Every ``url`` in an answer starts with ``/services/data/vXX.0`` with those very letters XX left to ``api_version``,
    an attribute of the org ("66.0") that the server sets or replaces. ``may_save`` is
    ``Sforce-Duplicate-Rule-Header: allowSave=true``.
    """

    api_version = "66.0"

    def __init__(self, path: Path | None, clock: Clock, *, custom_fields: Sequence[CustomField] = ()) -> None:
        self.org_id = ""
        self.user_id = ""
        self.username = ""
        self.instance_name = ""

    def close(self) -> None: ...

    # What there is
    def sobjects(self) -> list[str]:
        raise NotImplementedError

    def describe(self, sobject: str) -> dict[str, Any]:
        raise NotImplementedError

    def describe_global(self) -> dict[str, Any]:
        raise NotImplementedError

    # One record
    def create(self, sobject: str, values: Mapping[str, Any], *, may_save: bool = False) -> str:
        raise NotImplementedError

    def update(self, sobject: str, record_id: str, values: Mapping[str, Any], *, may_save: bool = False) -> None: ...

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
        raise NotImplementedError

    def delete(self, sobject: str, record_id: str) -> None: ...

    def undelete(self, record_id: str) -> None: ...

    def retrieve(self, sobject: str, record_id: str, fields: Sequence[str] | None = None) -> dict[str, Any]:
        raise NotImplementedError

    def retrieve_by(
        self, sobject: str, key_field: str, key: Any, fields: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """The record that carries this external id; raises 404 NOT_FOUND or ``Ambiguous``."""
        raise NotImplementedError

    # Many records; every row for itself unless the caller wraps it in ``transaction``
    def create_many(self, sobject: str, rows: Sequence[Mapping[str, Any]], *, may_save: bool = False) -> list[Created]:
        raise NotImplementedError

    def update_many(self, sobject: str, rows: Sequence[Mapping[str, Any]], *, may_save: bool = False) -> list[Created]:
        """Each row carries its ``Id``."""
        raise NotImplementedError

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
        raise NotImplementedError

    def delete_many(self, record_ids: Sequence[str], *, is_hard: bool = False) -> list[Created]:
        """Of any objects, told by the key prefix; ``is_hard`` skips the recycle bin (Bulk hardDelete)."""
        raise NotImplementedError

    # The rest
    def purge(self) -> int:
        """Empty the recycle bin; how many records are gone for good."""
        raise NotImplementedError

    def merge(self, sobject: str, master_id: str, loser_ids: Sequence[str]) -> None: ...

    def query(self, soql: str, *, is_all: bool = False) -> QueryResult:
        raise NotImplementedError

    def updated(self, sobject: str, start: datetime, end: datetime) -> dict[str, Any]:
        raise NotImplementedError

    def deleted(self, sobject: str, start: datetime, end: datetime) -> dict[str, Any]:
        raise NotImplementedError

    def count(self, sobject: str) -> int:
        """Live records, for ``/limits/recordCount``."""
        raise NotImplementedError

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: rolled back when the block raises; may be nested. Other threads wait."""
        yield

    # What an admin sets
    def rule(self, sobject: str, field: str, operator: str, value: Any, message: str) -> None:
        """A validation rule: a row whose ``field`` ``operator`` (``=  !=  <  >  contains  blank  not blank``) ``value`` is refused."""

    def duplicate_rule(self, sobject: str, field: str, name: str = "", *, may_save: bool = True) -> None:
        """A duplicate rule: a new row with another live record's value of ``field`` is DUPLICATES_DETECTED."""

    def clear_rules(self) -> None: ...

    def set_skew(self, seconds: float) -> None:
        """Let the org's own clock run this far from the client's."""
