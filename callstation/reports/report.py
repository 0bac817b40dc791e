"""A report before it is printed: its sections with their words, charts and tables, all in plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from callstation.reports.chart import Chart

if TYPE_CHECKING:
    from callstation.documents.data import Sender


@dataclass(frozen=True, slots=True)
class Head:
    """A column. ``share`` is how wide it is beside the others."""

    title: str
    share: float = 1.0
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words. ``total`` says that the last one sums the others up; ``more`` rows were left out."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    has_total: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands below it, in this order: words, chart, table, notes."""

    title: str
    words: tuple[str, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    tone: Literal["", "ok", "bad"] = ""
    """How the words are coloured."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; the same report gives the same bytes."""

    title: str
    """"Weekly report, 23 to 29 Nov 2026"."""
    made_on: date
    paper: str
    sender: "Sender"
    sections: tuple[Section, ...]


def table(heads: Sequence[Head], rows: Sequence[Sequence[str]], *, most: int = 60, has_total: bool = False) -> Table:
    """A table of at most ``most`` rows; how many more there are is kept."""
    shown = rows if len(rows) <= most else rows[:most]
    return Table(tuple(heads), tuple(tuple(row) for row in shown), has_total, len(rows) - len(shown))


def left(title: str, share: float = 1.0) -> Head:
    return Head(title, share)


def right(title: str, share: float = 1.0) -> Head:
    """A column of figures."""
    return Head(title, share, "right")
