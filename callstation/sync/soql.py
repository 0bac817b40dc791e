"""SOQL with values in it: the one place where they are escaped."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote as _quote

from callstation.sync.crm import Part


def text(value: str) -> str:
    """A string literal."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{escaped}'"


def texts(values: Iterable[str]) -> str:
    """A list of string literals for ``IN``."""
    return f"({', '.join(text(value) for value in values)})"


def moment(at: datetime) -> str:
    """A datetime literal, to the second as the CRM stores it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def query_part(soql: str, *, is_all: bool = False) -> Part:
    """The subrequest of a query; ``is_all`` sees deleted records too."""
    return Part("GET", f"/{'queryAll' if is_all else 'query'}?q={_quote(soql, safe='')}")
