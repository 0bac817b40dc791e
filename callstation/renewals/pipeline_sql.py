"""The pipeline in SQL: renewals and growth as ``x``, what of each is open and what is closed, with its conditions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from callstation.accounts.match import match_words
from callstation.accounts.names import MAIN_LINE
from callstation.calling.targets import day_starts_at
from callstation.renewals.completeness import NOTE_DAYS, Gap
from callstation.renewals.pipeline_filter import LATELY_DAYS, Filter, Standing, checked
from callstation.renewals.rep_day import day_ends_at
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import ForecastCategory

OPEN_INDEX = "ix_renewal_pipeline"
"""Has all of an open renewal that the pipeline and the forecast usually ask for."""
_NAMED = f"c.is_active AND c.name <> '{MAIN_LINE}'"
_REACHED = "(SELECT max(t.last_reached_at) FROM call_target t WHERE t.account_id = x.account_id)"
_GROWTH_CONTACT = f"nullif(max(coalesce(x.last_contact_at, 0), coalesce({_REACHED}, 0)), 0)"
_BY_ACCOUNT = "x.account_id IN (SELECT rowid FROM search_account WHERE search_account MATCH ?)"
_LIKE = "LIKE ? ESCAPE '!'"
_SOLD_BY = "SELECT k.{} FROM contract k WHERE k.partner_id IN ({})"
_RENEWED_PRODUCTS = (
    "x.contract_id IN (SELECT l.contract_id FROM contract_line l JOIN product p ON p.id = l.product_id WHERE {})"
)


@dataclass(frozen=True, slots=True)
class Side:
    """Renewals or growth: its table as ``x``, and where what the two do not share comes from."""

    is_growth: bool
    table: str
    expected: str
    """The day on which the order is expected, while it is open."""
    due: str
    contact_at: str
    """Stored moment of the last two-way contact; NULL for never."""
    partner: str
    """The account id of the partner."""
    quote: str
    """The id of its newest quote."""
    contact: str
    """A condition: a person is named who is still there."""
    by_partner: str
    by_family: str
    """Conditions with the values' marks in their place."""
    by_text: str
    """A condition: twice the words as a full-text query, then as a LIKE pattern."""


RENEWALS = Side(
    is_growth=False, table="renewal", expected="coalesce(x.close_on, x.due_on)", due="x.due_on",
    contact_at="x.last_contact_at", partner="(SELECT k.partner_id FROM contract k WHERE k.id = x.contract_id)",
    quote="(SELECT max(l.quote_id) FROM quote_line l WHERE l.renewal_id = x.id)",
    contact=f"EXISTS (SELECT 1 FROM call_target t JOIN contact c ON c.id = t.contact_id WHERE t.id = x.target_id "
    f"AND {_NAMED})",
    by_partner=f"x.contract_id IN ({_SOLD_BY.format('id', '{}')})",
    by_family=_RENEWED_PRODUCTS.format("coalesce(p.family, '') IN ({})"),
    by_text=f"({_BY_ACCOUNT} OR x.contract_id IN (SELECT rowid FROM search_contract WHERE search_contract MATCH ?) "
    f"OR {_RENEWED_PRODUCTS.format(f'p.name {_LIKE}')})",
)  # fmt: skip
GROWTH = Side(
    is_growth=True, table="growth", expected="x.close_on", due="x.close_on", contact_at=_GROWTH_CONTACT,
    partner="(SELECT k.partner_id FROM contract k WHERE k.account_id = x.account_id ORDER BY k.ends_on DESC, k.id "
    "LIMIT 1)",
    quote="x.quote_id", contact=f"EXISTS (SELECT 1 FROM contact c WHERE c.id = x.contact_id AND {_NAMED})",
    by_partner=f"x.account_id IN ({_SOLD_BY.format('account_id', '{}')})", by_family="x.family IN ({})",
    by_text=f"({_BY_ACCOUNT} OR x.account_id IN (SELECT k.account_id FROM contract k WHERE k.id IN (SELECT rowid "
    f"FROM search_contract WHERE search_contract MATCH ?)) OR x.title {_LIKE})",
)  # fmt: skip
SIDES = (RENEWALS, GROWTH)


@dataclass(frozen=True, slots=True)
class Part:
    """What is open, or what is closed, of one side under a filter."""

    side: Side
    is_open: bool
    condition: str
    values: tuple[Any, ...]
    is_covered: bool
    """The index of the open ones has all that the condition asks for."""
    is_few: bool
    """The condition leads to its rows by an index of its own."""

    @property
    def is_indexed(self) -> bool:
        """Whether it is read along the covering index, which is in the order of stage and currency."""
        return self.is_open and not self.side.is_growth and self.is_covered and not self.is_few

    def source(self, *, needs_more: bool = False) -> str:
        """The table as ``x`` and the condition; ``needs_more`` than the covering index has."""
        table = f"{self.side.table} x"
        if self.side.is_growth or not self.is_open:
            return f"{table} WHERE x.closed_at {'IS NULL' if self.is_open else 'NOT NULL'} AND {self.condition}"
        if self.is_indexed and not needs_more:
            return f"{table} INDEXED BY {OPEN_INDEX} WHERE x.closed_at IS NULL AND {self.condition}"
        # the plus: reading the table once is faster than by the narrow index of the open ones
        return f"{table} WHERE +x.closed_at IS NULL AND {self.condition}"


def parts_of(work: Work, wanted: Filter) -> Iterator[Part]:
    """The parts that a filter is about, each opportunity in one of them."""
    checked(wanted)
    for side in SIDES:
        if wanted.is_growth is None or wanted.is_growth == side.is_growth:
            if wanted.standing is not Standing.CLOSED and _may_be(wanted, is_open=True):
                yield _part(work, side, wanted, is_open=True)
            if wanted.standing is not Standing.OPEN and not wanted.is_incomplete and _may_be(wanted, is_open=False):
                yield _part(work, side, wanted, is_open=False)


def gap_sql(work: Work, side: Side) -> Mapping[Gap, str]:
    """A condition for each thing that may be missing of an open one, the quickest first; ``completeness.missing``."""
    since = to_micros(day_starts_at(work, work.today - timedelta(days=NOTE_DAYS)))
    told = (
        f"coalesce({side.contact_at} >= {since}, 0) OR EXISTS (SELECT 1 FROM activity y WHERE y.account_id = "
        f"x.account_id AND y.happened_at >= {since} AND y.note <> '' AND y.kind IN ('call', 'note', 'email'))"
    )
    return {
        Gap.NEXT_STEP: "trim(coalesce(x.next_step, ''), ' ' || char(9, 10, 13)) = ''",
        Gap.AMOUNT: "coalesce(x.amount, 0) <= 0",
        Gap.DATE: f"{side.expected} < '{work.today.isoformat()}'",
        Gap.CONTACT: f"NOT {side.contact}",
        Gap.NOTES: f"NOT ({told})",
    }


def _part(work: Work, side: Side, wanted: Filter, *, is_open: bool) -> Part:
    tests: list[str] = []
    values: list[Any] = []

    def add(sql: str, *bound: Any) -> None:
        tests.append(sql)
        values.extend(bound)

    if not is_open and wanted.standing is Standing.LATELY:
        add("x.closed_at >= ?", to_micros(day_starts_at(work, work.today - timedelta(days=LATELY_DAYS))))
    for column, words in (("stage", wanted.stages), ("currency", wanted.currencies)):
        if words:
            add(f"x.{column} IN ({_marks(words)})", *map(str, words))
    _add_categories(wanted, add, is_open=is_open)
    _add_period(work, side, wanted, add, is_open=is_open)
    if wanted.is_slipped:
        add("x.slips > 0")
    if wanted.silent_days is not None:
        before = to_micros(day_starts_at(work, work.today - timedelta(days=wanted.silent_days)))
        add(f"coalesce({side.contact_at}, 0) < ?", before)
    is_few = bool(wanted.partner_ids or wanted.account_id is not None or wanted.text.strip())
    if wanted.account_id is not None:
        add("x.account_id = ?", wanted.account_id)
    if wanted.partner_ids:
        add(side.by_partner.format(_marks(wanted.partner_ids)), *wanted.partner_ids)
    if wanted.families:
        add(side.by_family.format(_marks(wanted.families)), *wanted.families)
    if wanted.segments:
        segments = "SELECT a.id FROM account a WHERE coalesce(a.segment, '')"
        add(f"x.account_id IN ({segments} IN ({_marks(wanted.segments)}))", *wanted.segments)
    if wanted.text.strip():
        _add_text(side, wanted.text, add)
    if wanted.is_incomplete:
        add(f"({' OR '.join(gap_sql(work, side).values())})")
    is_covered = not (wanted.families or wanted.is_incomplete or wanted.silent_days is not None)
    return Part(side, is_open, " AND ".join(tests) or "1", tuple(values), is_covered, is_few)


def _may_be(wanted: Filter, *, is_open: bool) -> bool:
    """Whether the categories leave anything of what is open, or closed."""
    over = {ForecastCategory.CLOSED, ForecastCategory.OMITTED}
    words = set(wanted.categories)
    return not words or bool(words - {ForecastCategory.CLOSED} if is_open else words & over)


def _add_categories(wanted: Filter, add: Callable[..., None], *, is_open: bool) -> None:
    """What is over counts by how it ended, whatever category was left on it; as ``state.counts_as``."""
    words = wanted.categories
    if not words:
        return
    if is_open:
        also = (ForecastCategory.CLOSED,) if ForecastCategory.COMMIT in words else ()
        open_words = (*(word for word in words if word is not ForecastCategory.CLOSED), *also)
        add(f"x.category IN ({_marks(open_words)})", *map(str, open_words))
    elif (is_won := ForecastCategory.CLOSED in words) != (ForecastCategory.OMITTED in words):
        add(f"x.stage {'=' if is_won else '<>'} 'won'")


def _add_period(work: Work, side: Side, wanted: Filter, add: Callable[..., None], *, is_open: bool) -> None:
    first, last = wanted.closes(work.today, work.settings.fiscal_year_starts)
    if first is not None and is_open:
        add(f"{side.expected} >= ?", first.isoformat())
    elif first is not None:
        add("x.closed_at >= ?", to_micros(day_starts_at(work, first)))
    if last is not None and is_open:
        add(f"{side.expected} <= ?", last.isoformat())
    elif last is not None:
        add("x.closed_at < ?", day_ends_at(work, last))


def _add_text(side: Side, text: str, add: Callable[..., None]) -> None:
    words = match_words(text)
    if not words:
        add("0")  # nothing but punctuation stands nowhere
        return
    like = "%" + text.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    add(side.by_text, words, words, like)


def _marks(words: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(words))
