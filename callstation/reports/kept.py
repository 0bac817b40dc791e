"""What a report on file was made from, kept as text: read again, it gives the same bytes."""

import json
import types
import typing
from base64 import b85decode, b85encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zlib import compress, decompress

from callstation.documents.data import Sender
from callstation.reports.report import Report
from db.vocabulary import FileFormat

if TYPE_CHECKING:
    from callstation.reports.pack_facts import PackFacts


def keep(report: Report, facts: "PackFacts | None" = None) -> str:
    """For ``Document.data``: the report and, of a spreadsheet, its rows, packed: of 100,000 contracts it is long."""
    plain = {"report": as_plain(report), "facts": as_plain(facts)}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return json.dumps({"packed": b85encode(compress(text.encode("utf-8", "surrogatepass"))).decode()})


def made_from(file_format: FileFormat, data: str) -> bytes:
    """The file that ``keep`` kept the data of. ``ValueError`` or ``KeyError`` for anything else."""
    packed = decompress(b85decode(json.loads(data)["packed"]))
    plain = json.loads(packed.decode("utf-8", "surrogatepass"))
    report = from_plain(Report, plain["report"])
    if file_format is FileFormat.XLSX:
        from callstation.reports.pack import report_pack
        from callstation.reports.pack_facts import PackFacts

        return report_pack(report, from_plain(PackFacts, plain["facts"]))
    from callstation.documents.pdf_report import report_pages

    return report_pages(report)


def as_plain(value: Any) -> Any:
    """A value of dataclasses, enums, days and numbers as JSON has it; a Decimal and a day say what they are."""
    if is_dataclass(value):
        return [as_plain(getattr(value, one.name)) for one in fields(value)]
    match value:
        case Enum():
            return value.value
        case Decimal():
            return {"number": str(value)}
        case date():
            return {"at": value.isoformat()}
        case Mapping():
            return [[as_plain(key), as_plain(one)] for key, one in value.items()]
        case tuple() | list() | frozenset():
            return [as_plain(one) for one in (sorted(value) if isinstance(value, frozenset) else value)]
        case _:
            return value


def from_plain(kind: Any, plain: Any) -> Any:
    """The value of a type that ``as_plain`` was given. ``ValueError`` or ``KeyError`` for anything else."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return from_plain(_fitting(inner, plain), plain)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(*(from_plain(one, value) for one, value in zip(_types(kind), plain, strict=True)))
    if origin is tuple:
        some = [inner[0]] * len(plain) if inner[-1] is Ellipsis else inner
        return tuple(from_plain(one, value) for one, value in zip(some, plain, strict=True))
    if origin is frozenset:
        return frozenset(from_plain(inner[0], one) for one in plain)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {from_plain(inner[0], key): from_plain(inner[1], value) for key, value in plain}
    if kind is Decimal:
        return Decimal(plain["number"])
    if kind in (date, datetime):
        return kind.fromisoformat(plain["at"])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    return plain


def _fitting(some: tuple[Any, ...], plain: Any) -> Any:
    """Which type of a union a plain value is of."""
    if plain is None:
        return type(None)
    rest = [one for one in some if one is not type(None)]
    if len(rest) > 1:
        return Decimal if isinstance(plain, dict) else next(one for one in rest if one is not Decimal)
    return rest[0]


@lru_cache(maxsize=64)
def _types(kind: Any) -> tuple[Any, ...]:
    """The types of a dataclass's fields, in order; the module that only names ``Sender`` is told of it."""
    hints = typing.get_type_hints(kind, localns={"Sender": Sender})
    return tuple(hints[one.name] for one in fields(kind))
