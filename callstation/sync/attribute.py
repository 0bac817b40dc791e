"""What one value that both sides have is made of: the fields it fills in the CRM, and how it is read back."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from callstation.sync.context import Context

Local = Mapping[str, Any]
Fields = Mapping[str, Any]
NOT_SAID = object()
"""A reading that says nothing of our value, such as a stage that is none of ours."""


class Attribute(NamedTuple):
    """One value. ``write`` gives the fields for it (the whole record at hand), ``read`` our value from the fields.

    Both sides hold JSON values: ours as they are stored, theirs as the API writes them.
    """

    name: str
    label: str
    fields: tuple[str, ...]
    write: Callable[[Local, Context], dict[str, Any]]
    read: Callable[[Fields, Context], Any] | None = None
    """None for what is never taken from the CRM."""
    is_create_only: bool = False


def text(name: str, label: str, field: str, *, is_create_only: bool = False, is_read: bool = True) -> Attribute:
    """A plain text; empty and missing are one."""
    return Attribute(
        name, label, (field,), lambda local, context: {field: local[name] or None},
        (lambda fields, context: plain(fields.get(field))) if is_read else None, is_create_only,
    )  # fmt: skip


def plain(value: Any) -> str | None:
    """A text as both sides compare it: no blanks around it, nothing for an empty one."""
    return str(value).strip() or None if value is not None else None
