"""What an import will do: a verdict for every row, and the rows it makes and changes in each table."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from callstation.accounts.importing.staging import Rows
from db.vocabulary import Verdict

Decisions = dict[str, str]
"""Key of a review to the value of the option chosen."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an import changes, in words; ``old`` is "" for what is added."""

    what: str
    old: str
    new: str


class About(NamedTuple):
    """What a plan may have to know of its list as a whole."""

    source: str
    """The name under which it is remembered."""
    file_name: str
    since: date
    """The day from which what it says holds where it names none."""


@dataclass(frozen=True, slots=True)
class Review:
    """Something only the rep can decide; its rows are left out until then."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    """(value, label); the first is the likelier."""
    decided: str = ""


@dataclass(slots=True)
class ListPlan(ABC):
    """What every sort of list has: a verdict for each row with its reason, and the stored rows that it changes."""

    row_numbers: list[int]
    """As the file counts its rows."""
    verdicts: list[Verdict | None]
    whys: dict[int, str] = field(default_factory=dict, kw_only=True)
    changes: dict[int, list[Change]] = field(default_factory=dict, kw_only=True)
    reviews: dict[str, Review] = field(default_factory=dict, kw_only=True)
    updates: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict, kw_only=True)
    """Table -> id or ref -> column -> new value; refs also in columns that end in ``_id``."""
    is_spent: bool = field(default=False, kw_only=True)
    """Merged: the rows to be made have been given to the store and let go."""

    @property
    @abstractmethod
    def made(self) -> dict[str, list[tuple[Any, ...]]]:
        """Table -> the rows to be made."""

    @property
    @abstractmethod
    def warnings(self) -> dict[int, list[str]]:
        """What is worth a look in a row that is taken."""

    def update(self, table: str, row_id: int, **values: Any) -> None:
        """Plan to change columns of one stored row."""
        self.updates.setdefault(table, {}).setdefault(row_id, {}).update(values)

    def note_change(self, row: int, change: Change) -> None:
        """Say what a row changes."""
        self.changes.setdefault(row, []).append(change)

    def set_aside(self, row: int, why: str, verdict: Verdict = Verdict.PROBLEM) -> None:
        """A row that is not taken, and why."""
        self.verdicts[row], self.whys[row] = verdict, why


@dataclass(slots=True)
class Plan(ListPlan):
    """Rows to be made refer to each other by *refs*: a stored id, or -1, -2, ... for the rows to be made, in order.

    Amounts are whole ten-thousandths, days ISO text, as they are stored.
    """

    rows: Rows
    accounts: list[tuple[Any, ...]] = field(default_factory=list)
    """kind, name, name key, street, city, state, postal code, country, segment, CRM id"""
    contacts: list[tuple[Any, ...]] = field(default_factory=list)
    """account ref, name, role, e-mail"""
    phones: list[tuple[Any, ...]] = field(default_factory=list)
    """E.164, kind, region, zones"""
    links: list[tuple[Any, ...]] = field(default_factory=list)
    """contact ref, phone ref, extension, position"""
    products: list[tuple[Any, ...]] = field(default_factory=list)
    """name, key, vendor, SKU"""
    contracts: list[tuple[Any, ...]] = field(default_factory=list)
    """number, then ``CONTRACT_COLUMNS`` with refs"""
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    """contract ref, position, product ref, quantity, value"""
    renewals: list[tuple[Any, ...]] = field(default_factory=list)
    """contract ref, account ref, due day, amount, currency, quantity, stage, category"""
    notes: list[tuple[Any, ...]] = field(default_factory=list)
    """account ref, text"""

    @property
    def made(self) -> dict[str, list[tuple[Any, ...]]]:
        return {
            "account": self.accounts, "contact": self.contacts, "phone": self.phones, "contact_phone": self.links,
            "product": self.products, "contract": self.contracts, "contract_line": self.lines,
            "renewal": self.renewals, "activity": self.notes,
        }  # fmt: skip

    @property
    def warnings(self) -> dict[int, list[str]]:
        return self.rows.warnings
