"""What a document says: everything that is on it, whole and in plain values, so that it can be made again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from callstation.documents.fields import MissingField, MissingFieldsError
from callstation.documents.values import Row, as_plain, from_plain
from callstation.work import Work
from db.vocabulary import DocumentKind

__all__ = ["Data", "MissingField", "MissingFieldsError", "Sender", "Subject", "document_data"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a document is for, and what about; what is not named is found: the renewal that ends first, its person."""

    account_id: int
    renewal_id: int | None = None
    quote_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """The letterhead: who writes. ``logo`` is the path of a picture, ``logo_digest`` its SHA-256; "" without one."""

    name: str
    address: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    colour: str = "#2B59D9"
    signed_by: str = ""
    signed_as: str = ""
    logo: str = ""
    logo_digest: str = ""


@dataclass(frozen=True, slots=True)
class Data:
    """One document, whole: the same data gives the same bytes.

    ``fields`` are the merge values by group and name, ``rows`` the tables by name: "lines" of a quote, an agreement, a
    statement or a call sheet, and what else a kind has. ``paragraphs`` are words already filled in, a bullet starts
    with "• "; ``address`` is the recipient, line by line.
    """

    kind: DocumentKind
    locale: str
    paper: str
    made_on: date
    title: str
    """Of the file: "Quote Q-2026-0012 v2"; of a letter its subject."""
    subject: str
    paragraphs: tuple[str, ...]
    closing: str
    sender: Sender
    address: tuple[str, ...] = ()
    fields: Mapping[str, Row | None] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    watermark: str = ""
    """"draft" or "needs_approval" on what must not be sent; "" otherwise."""

    @property
    def lines(self) -> tuple[Row, ...]:
        """The rows of the main table."""
        return self.rows.get("lines", ())

    def group(self, name: str) -> Row:
        """The values of a group, empty where it does not apply."""
        return self.fields.get(name) or {}

    def as_json(self) -> str:
        """All of it as JSON, for ``Document.data``."""
        plain = {
            "kind": self.kind.value, "locale": self.locale, "paper": self.paper, "made_on": self.made_on.isoformat(),
            "title": self.title, "subject": self.subject, "paragraphs": self.paragraphs, "closing": self.closing,
            "sender": {name: getattr(self.sender, name) for name in Sender.__slots__},
            "address": self.address, "watermark": self.watermark,
            "fields": {name: None if row is None else _plain_row(row) for name, row in self.fields.items()},
            "rows": {name: [_plain_row(row) for row in rows] for name, rows in self.rows.items()},
        }  # fmt: skip
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Data":
        """The data that ``as_json`` wrote. ``ValueError`` or ``KeyError`` for anything else."""
        plain: dict[str, Any] = json.loads(text)
        sender: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in plain["sender"].items()
        }
        return cls(
            kind=DocumentKind(plain["kind"]), locale=plain["locale"], paper=plain["paper"],
            made_on=date.fromisoformat(plain["made_on"]), title=plain["title"], subject=plain["subject"],
            paragraphs=tuple(plain["paragraphs"]), closing=plain["closing"], sender=Sender(**sender),
            address=tuple(plain["address"]), watermark=plain["watermark"],
            fields={name: None if row is None else _typed_row(row) for name, row in plain["fields"].items()},
            rows={name: tuple(_typed_row(row) for row in rows) for name, rows in plain["rows"].items()},
        )  # fmt: skip


def document_data(work: Work, kind: DocumentKind, subject: Subject, *, locale: str | None = None) -> Data:
    """Everything a document of a kind says, for someone; in ``locale``, else in the account's.

    ``MissingFieldsError`` names each thing that it needs and that is not known; ``UserError`` where an account, a quote
    or a template is gone or cannot be used.
    """
    match kind:
        case DocumentKind.QUOTE:
            from callstation.documents.offers import quote_data

            return quote_data(work, subject, locale)
        case DocumentKind.AGREEMENT:
            from callstation.documents.agreements import agreement_data

            return agreement_data(work, subject, locale)
        case DocumentKind.STATEMENT:
            from callstation.documents.statements import statement_data

            return statement_data(work, subject, locale)
        case DocumentKind.CALL_SHEET:
            from callstation.documents.call_sheets import call_sheet_data

            return call_sheet_data(work, subject, locale)
        case _:
            from callstation.documents.letters import letter_data

            return letter_data(work, kind, subject, locale)


def _plain_row(row: Row) -> dict[str, Any]:
    return {name: as_plain(value) for name, value in row.items()}


def _typed_row(row: Mapping[str, Any]) -> Row:
    return {name: from_plain(value) for name, value in row.items()}
