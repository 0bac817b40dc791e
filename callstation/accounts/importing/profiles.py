"""Sources: how each kind of list was understood, remembered by name and by the shape of its header."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from callstation.accounts.importing.amounts import DecimalMark
from callstation.accounts.importing.days import DateOrder
from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.lexicon import CONTRACTS
from callstation.accounts.importing.source import Source
from callstation.work import Work
from db.stored import from_micros, to_micros

_SELECT = "SELECT id, name, mapping, used_at FROM import_source"


@dataclass(frozen=True, slots=True)
class Profile:
    """One remembered source."""

    name: str
    source_id: int | None = None
    columns: Mapping[Field, str | None] = field(default_factory=dict)
    """Field to header; None: the list does not have the field."""
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    """Both as the rep told them."""
    shown_order: DateOrder | None = None
    shown_mark: DecimalMark | None = None
    """Both as the last list showed them by itself."""
    region: str = ""
    currency: str = ""
    plan_months: int = 0
    """Of a price list: the months a price pays for where it names none, as the rep told; 0 where nothing was told."""
    sort: str = CONTRACTS.name
    """Which sort of list it is (``Lexicon.name``)."""
    used_at: datetime | None = None


def find_profile(work: Work, source: Source, name: str, sort: str = CONTRACTS.name) -> Profile:
    """By the name that was told, else by the header row; a profile without memories where there is none.

    A list of another sort under the same name is another source.
    """
    if name:
        known = work.rows(f"{_SELECT} WHERE name IN (?, ?)", (name, _apart(name, sort)))
    else:
        known = work.rows(f"{_SELECT} WHERE fingerprint = ? ORDER BY used_at DESC", (source.fingerprint,))
    found = next((kept for kept in map(_profile, known) if kept.sort == sort), None)
    return found or Profile(_free_name(work, name or _plain_name(source.name), sort), sort=sort)


def known_sort(work: Work, source: Source) -> str:
    """Which sort of list the last one with this header row was; "" for a header that was never imported."""
    row = work.row(f"{_SELECT} WHERE fingerprint = ? ORDER BY used_at DESC", (source.fingerprint,))
    return _profile(row).sort if row else ""


def _free_name(work: Work, name: str, sort: str) -> str:
    row = work.row(f"{_SELECT} WHERE name = ?", (name,))
    return name if row is None or _profile(row).sort == sort else _apart(name, sort)


def _apart(name: str, sort: str) -> str:
    return f"{name} ({sort})"


def sources(work: Work) -> list[Profile]:
    """All remembered sources, the last used first."""
    return [_profile(row) for row in work.rows(f"{_SELECT} ORDER BY used_at DESC, name")]


def remember(work: Work, source: Source, profile: Profile) -> int:
    """Keep how a list was understood; the source's id. Undoing an import does not forget it."""
    mapping = json.dumps(
        {
            "columns": profile.columns,
            "date_order": profile.date_order,
            "decimal_mark": profile.decimal_mark,
            "shown_order": profile.shown_order,
            "shown_mark": profile.shown_mark,
            "region": profile.region,
            "currency": profile.currency,
            "plan_months": profile.plan_months,
            "sort": profile.sort,
        }
    )
    work.raw.execute(
        """INSERT INTO import_source (name, fingerprint, mapping, used_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint, mapping = excluded.mapping,
           used_at = excluded.used_at""",
        (profile.name, source.fingerprint, mapping, to_micros(work.now)),
    )
    row = work.row("SELECT id FROM import_source WHERE name = ?", (profile.name,))
    assert row is not None
    source_id: int = row[0]
    return source_id


def _profile(row: tuple[Any, ...]) -> Profile:
    kept = json.loads(row[2])
    return Profile(
        row[1],
        row[0],
        {Field(name): header for name, header in kept["columns"].items()},
        DateOrder(kept["date_order"]) if kept["date_order"] else None,
        DecimalMark(kept["decimal_mark"]) if kept["decimal_mark"] else None,
        DateOrder(kept["shown_order"]) if kept["shown_order"] else None,
        DecimalMark(kept["shown_mark"]) if kept["shown_mark"] else None,
        kept["region"],
        kept["currency"],
        kept.get("plan_months", 0),
        kept.get("sort", CONTRACTS.name),
        from_micros(row[3]),
    )


def _plain_name(file_name: str) -> str:
    """A file's name without its ending and dates: "renewals_2026-11.csv" is the source "renewals"."""
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", file_name)
    plain = re.sub(r"[\s_\-.()]*\d[\d\s_\-.()]*", " ", stem).strip(" _-.")
    return " ".join(plain.split()) or stem or "List"
