"""What the rep sees before anything is merged: every row with its verdict, and what the list leaves open."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

from callstation.accounts.importing.cells import text_of
from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.layout import Skip, Table
from callstation.accounts.importing.lexicon import Lexicon
from callstation.accounts.importing.mapping import Mapping, Origin
from callstation.accounts.importing.plan import About, Change, Decisions, ListPlan, Review
from callstation.accounts.importing.profiles import Profile
from callstation.accounts.importing.source import Overrides, Source
from callstation.accounts.importing.typed import Assumptions
from callstation.accounts.importing.unchanged import Together, part_of
from callstation.work import Work
from db.vocabulary import Verdict

R = TypeVar("R")


class QuestionKind(StrEnum):
    """What a list can leave open as a whole; the value names the field of ``Overrides`` that answers it."""

    COLUMN = "columns"
    DATE_ORDER = "date_order"
    DECIMAL_MARK = "decimal_mark"
    PLAN_MONTHS = "plan_months"


@dataclass(frozen=True, slots=True)
class Question:
    """Asked once and remembered; ``answer`` is what is assumed until then."""

    kind: QuestionKind
    text: str
    options: tuple[tuple[str, str], ...]
    """(value, label)"""
    answer: str = ""
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list, what it was taken for, why and how surely, and its first values."""

    header: str
    field: Field | None
    confidence: float
    origin: Origin | None
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Every row of the file in exactly one place."""

    rows_in_file: int
    skipped: dict[Skip, int]
    verdicts: dict[Verdict, int]

    @property
    def is_complete(self) -> bool:
        """Whether the parts add up to the rows of the file; anything else is a bug."""
        return self.rows_in_file == sum(self.skipped.values()) + sum(self.verdicts.values())


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What every row of a list shows: where it stands in the file, its verdict, and why."""

    row_number: int
    verdict: Verdict
    why: str
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class ListSort(Generic[R]):
    """What is done with one sort of list, step by step."""

    lexicon: Lexicon
    noun: tuple[str, str]
    """One of what is merged, and many."""
    together: Together
    """Rows with the same value in one of these fields are looked at together."""
    stage: Callable[[Table, Mapping, Assumptions], Any]
    """The columns typed."""
    make_plan: Callable[[Work, Any, Table, About, Decisions], Any]
    """(typed rows, the table they are of, what it is, decisions) to a verdict for every row."""
    leave: Callable[[Any, list[int]], Any]
    """(typed rows, row numbers) to the plan of rows that are left as they are."""
    show: Callable[[Any, int], R]
    """(plan, position) to the row as the rep sees it."""
    has_contracts: bool = False
    """Its rows are contracts: what it said of each is kept, for the proof that nobody was missed."""


@dataclass(slots=True)
class ListPreview(Generic[R]):
    """A list beside the store as it was when the preview was made."""

    sort: ListSort[R]
    source: Source
    overrides: Overrides
    profile: Profile
    """What will be remembered."""
    mapping: Mapping
    plan: ListPlan
    """Of the rows that were looked at."""
    planned: list[int] | None
    """Their positions in the table; None: every row. The others stand as they stood when the list was last imported."""
    digests: list[bytes]
    """Of every row."""
    assumed: Assumptions
    stamp: tuple[object, ...]
    questions: tuple[Question, ...]
    remarks: tuple[str, ...] = ()
    """What was assumed without asking, in sentences."""
    _by_verdict: dict[Verdict, list[int]] = field(default_factory=dict)

    @property
    def counts(self) -> Counts:
        verdicts = {verdict: len(self.rows_with(verdict)) for verdict in Verdict}
        skipped = Counter(row.reason for row in self.source.table.skipped)
        return Counts(self.source.table.rows_in_file, dict(skipped), verdicts)

    @property
    def reviews(self) -> tuple[Review, ...]:
        """What only the rep can decide."""
        return tuple(self.plan.reviews.values())

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column of the list, in its order."""
        chosen = {choice.column: choice for choice in self.mapping.values()}
        columns = []
        for place, header in enumerate(self.source.table.headers):
            choice = chosen.get(place)
            filled = (text for cell in self.source.table.columns[place][:200] if (text := text_of(cell)))
            samples = tuple(text[:80] for text, _ in zip(filled, range(3), strict=False))
            if choice is None:
                columns.append(Column(header, None, 0.0, None, samples))
            else:
                columns.append(Column(header, choice.field, choice.confidence, choice.origin, samples))
        return tuple(columns)

    def rows(self, verdict: Verdict | None = None, *, offset: int = 0, limit: int = 100) -> list[R]:
        """A page of the rows, all or those with one verdict, in the order of the file."""
        places = range(len(self.digests)) if verdict is None else self.rows_with(verdict)
        page = places[offset : offset + limit]
        if self.planned is None:
            return [self.sort.show(self.plan, at) for at in page]
        asleep = [at for at in page if self._place(at) is None]
        part = part_of(self.source.table, asleep)
        still = self.sort.leave(self.sort.stage(part, self.mapping, self.assumed), part.row_numbers)
        still.whys.update(dict.fromkeys(range(len(asleep)), UNCHANGED))
        unchanged = (self.sort.show(still, place) for place in range(len(asleep)))
        awake = (self.sort.show(self.plan, place) for at in page if (place := self._place(at)) is not None)
        return [next(unchanged if self._place(at) is None else awake) for at in page]

    def warned_rows(self) -> list[R]:
        """The rows that are taken with a warning, of those that changed since the list was last imported."""
        verdicts, warned = self.plan.verdicts, sorted(self.plan.warnings)
        return [self.sort.show(self.plan, at) for at in warned if verdicts[at] is not Verdict.PROBLEM]

    def rows_with(self, verdict: Verdict) -> list[int]:
        """Positions in the table."""
        if not self._by_verdict:
            verdicts: list[Verdict | None] = self.plan.verdicts
            if self.planned is not None:
                verdicts = [Verdict.SAME] * len(self.digests)
                for at, found in zip(self.planned, self.plan.verdicts, strict=True):
                    verdicts[at] = found
            self._by_verdict = {one: [] for one in Verdict}
            for at, found in enumerate(verdicts):
                assert found is not None, "every row has a verdict"
                self._by_verdict[found].append(at)
        return self._by_verdict[verdict]

    def _place(self, at: int) -> int | None:
        """Where the row stands in the plan."""
        assert self.planned is not None
        place = bisect_left(self.planned, at)
        return place if place < len(self.planned) and self.planned[place] == at else None


UNCHANGED = "As it was when this list was last imported."


def shown(plan: ListPlan, at: int) -> tuple[int, Verdict, str, tuple[Change, ...], tuple[str, ...]]:
    """The fields of ``ShownRow`` for a row of a plan."""
    verdict = plan.verdicts[at]
    assert verdict is not None
    changes = tuple(plan.changes.get(at, ()))
    why = plan.whys.get(at) or _why_of(verdict, changes)
    return plan.row_numbers[at], verdict, why, changes, tuple(plan.warnings.get(at, ()))


def _why_of(verdict: Verdict, changes: tuple[Change, ...]) -> str:
    """The reason for a verdict where none was given: what the row changes."""
    if verdict is Verdict.NEW:
        return "Not in the book yet."
    if verdict is Verdict.SAME:
        return "Nothing changes."
    return "; ".join(f"{one.what}: {one.old} → {one.new}" if one.old else f"{one.what}: {one.new}" for one in changes)
