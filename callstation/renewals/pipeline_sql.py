"""The pipeline in SQL: each side of it (renewals, growth) as ``x``, with its measures, joins and conditions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from callstation.accounts.match import match_words
from callstation.accounts.names import MAIN_LINE
from callstation.calling.targets import day_starts_at
from callstation.quotes.policy import rate_of
from callstation.renewals.completeness import NOTE_DAYS, Gap
from callstation.renewals.pipeline_filter import LATELY_DAYS, Filter, Standing, checked
from callstation.renewals.rep_day import day_sql
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import ForecastCategory, RenewalStage

_TOLD = "y.kind IN ('call', 'note', 'email') AND y.note <> '' AND y.happened_at >= {moment}"
_NAMED = f"c.is_active AND c.name <> '{MAIN_LINE}'"


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
    title: str
    partner: str
    """The account id of the partner."""
    family: str
    """A condition with the families in its place."""
    quote: str
    """The id of its newest quote."""
    contact: str
    """A condition: a person is named."""
    told: str
    """A condition: a note or a conversation since."""
    texts: str
    """A condition: three times the words as a full-text query, then as a LIKE pattern."""


_REACHED = "(SELECT max(t.last_reached_at) FROM call_target t WHERE t.account_id = x.account_id)"
_GROWTH_CONTACT = f"nullif(max(coalesce(x.last_contact_at, 0), coalesce({_REACHED}, 0)), 0)"
_ACCOUNT_TOLD = f"EXISTS (SELECT 1 FROM activity y WHERE y.account_id = x.account_id AND {_TOLD})"
_BY_ACCOUNT = "x.account_id IN (SELECT rowid FROM search_account WHERE search_account MATCH ?)"
_LIKE = "LIKE ? ESCAPE '!'"

SIDES = (
    Side(
        False, "renewal", "coalesce(x.close_on, x.due_on)", "x.due_on", "x.last_contact_at",
        "(SELECT k.number FROM contract k WHERE k.id = x.contract_id)",
        "(SELECT k.partner_id FROM contract k WHERE k.id = x.contract_id)",
        "x.contract_id IN (SELECT l.contract_id FROM contract_line l JOIN product p ON p.id = l.product_id "
        "WHERE coalesce(p.family, '') IN ({}))",
        "(SELECT max(l.quote_id) FROM quote_line l WHERE l.renewal_id = x.id)",
        "EXISTS (SELECT 1 FROM call_target t JOIN contact c ON c.id = t.contact_id WHERE t.id = x.target_id "
        f"AND {_NAMED})",
        f"(coalesce(x.last_contact_at >= {{moment}}, 0) OR {_ACCOUNT_TOLD} OR EXISTS (SELECT 1 FROM activity y "
        f"WHERE y.target_id = x.target_id AND {_TOLD}))",
        f"({_BY_ACCOUNT} OR x.contract_id IN (SELECT rowid FROM search_contract WHERE search_contract MATCH ?) "
        "OR x.contract_id IN (SELECT l.contract_id FROM contract_line l JOIN product p ON p.id = l.product_id "
        f"WHERE p.name {_LIKE}))",
    ),
    Side(
        True, "growth", "x.close_on", "x.close_on", _GROWTH_CONTACT, "x.title",
        "(SELECT k.partner_id FROM contract k WHERE k.account_id = x.account_id ORDER BY k.ends_on DESC LIMIT 1)",
        "x.family IN ({})", "x.quote_id",
        f"EXISTS (SELECT 1 FROM contact c WHERE c.id = x.contact_id AND {_NAMED})",
        f"(coalesce({_GROWTH_CONTACT} >= {{moment}}, 0) OR {_ACCOUNT_TOLD})",
        f"({_BY_ACCOUNT} OR x.account_id IN (SELECT k.account_id FROM contract k WHERE k.id IN (SELECT rowid "
        f"FROM search_contract WHERE search_contract MATCH ?)) OR x.title {_LIKE})",
    ),
)  # fmt: skip


def _ordinal(column: str, words: type[RenewalStage] | type[ForecastCategory]) -> str:
    cases = " ".join(f"WHEN '{word.value}' THEN {at}" for at, word in enumerate(words))
    return f"CASE {column} {cases} END"


def _base(work: Work, side: Side) -> str:
    """The amount in the own currency, for comparing alone; NULL where the settings have no rate for it."""
    rates = {one: rate_of(work.settings, one) for (one,) in work.rows(f"SELECT DISTINCT currency FROM {side.table}")}
    known = {one: rate for one, rate in rates.items() if rate is not None}
    if set(known) == set(rates) == {work.settings.currency}:
        return "x.amount"
    cases = " ".join(f"WHEN '{_plain(one)}' THEN {float(rate.rate)!r}" for one, rate in known.items())
    return f"x.amount * CASE x.currency {cases} END" if cases else "NULL"


def _plain(text: str) -> str:
    return text.replace("'", "''")


def closes(work: Work, side: Side, standing: Standing) -> str:
    """The day on which it is expected, or was closed."""
    if standing is Standing.OPEN:
        return side.expected
    closed = day_sql(work, "x.closed_at")
    return closed if standing is Standing.CLOSED else f"iif(x.closed_at IS NULL, {side.expected}, {closed})"


def gap_sql(work: Work, side: Side) -> Mapping[Gap, str]:
    """A condition for each thing that may be missing of an open one; as ``completeness.missing``."""
    since = work.today - timedelta(days=NOTE_DAYS)
    told = side.told.format(moment=to_micros(day_starts_at(work, since)))
    return {
        Gap.NEXT_STEP: "trim(coalesce(x.next_step, ''), ' ' || char(9, 10, 13)) = ''",
        Gap.AMOUNT: "coalesce(x.amount, 0) <= 0",
        Gap.DATE: f"{side.expected} < '{work.today.isoformat()}'",
        Gap.CONTACT: f"NOT {side.contact}",
        Gap.NOTES: f"NOT {told}",
    }


MEASURES: Mapping[str, Callable[[Work, Side, Standing], str]] = {
    "account": lambda work, side, standing: "(SELECT a.name_key FROM account a WHERE a.id = x.account_id)",
    "title": lambda work, side, standing: side.title,
    "partner": lambda work, side, standing: f"(SELECT a.name_key FROM account a WHERE a.id = {side.partner})",
    "stage": lambda work, side, standing: _ordinal("x.stage", RenewalStage),
    "category": lambda work, side, standing: _ordinal("x.category", ForecastCategory),
    "amount": lambda work, side, standing: _base(work, side),
    "currency": lambda work, side, standing: "x.currency",
    "closes": closes,
    "due": lambda work, side, standing: side.due,
    "next_step": lambda work, side, standing: "nullif(x.next_step, '')",
    "contact": lambda work, side, standing: side.contact_at,
    "slips": lambda work, side, standing: "x.slips",
    "gaps": lambda work, side, standing: (
        f"iif(x.closed_at IS NULL, {' + '.join(f'({one})' for one in gap_sql(work, side).values())}, 0)"
    ),
    "quote": lambda work, side, standing: f"(SELECT q.status FROM quote q WHERE q.id = {side.quote})",
}
"""What the pipeline can be sorted by. Amounts are compared in the own currency."""


def condition(work: Work, side: Side, wanted: Filter) -> tuple[str, list[Any]] | None:
    """(SQL, values) of a filter on one side; None where it wants nothing of that side."""
    checked(wanted)
    if wanted.is_growth is not None and wanted.is_growth != side.is_growth:
        return None
    parts: list[str] = []
    values: list[Any] = []

    def add(sql: str, *bound: Any) -> None:
        parts.append(sql)
        values.extend(bound)

    if wanted.standing is Standing.LATELY:
        since = to_micros(day_starts_at(work, work.today - timedelta(days=LATELY_DAYS)))
        add("(x.closed_at IS NULL OR x.closed_at >= ?)", since)
    elif wanted.standing is not Standing.ALL:
        add(f"x.closed_at {'IS NULL' if wanted.standing is Standing.OPEN else 'NOT NULL'}")
    for column, words in (("stage", wanted.stages), ("category", wanted.categories), ("currency", wanted.currencies)):
        if words:
            add(f"x.{column} IN ({_marks(words)})", *(str(word) for word in words))
    _add_period(work, side, wanted, add)
    if wanted.partner_ids:
        add(f"{side.partner} IN ({_marks(wanted.partner_ids)})", *wanted.partner_ids)
    if wanted.account_id is not None:
        add("x.account_id = ?", wanted.account_id)
    if wanted.families:
        add(side.family.format(_marks(wanted.families)), *wanted.families)
    if wanted.segments:
        segments = "SELECT a.id FROM account a WHERE coalesce(a.segment, '')"
        add(f"x.account_id IN ({segments} IN ({_marks(wanted.segments)}))", *wanted.segments)
    if wanted.is_slipped:
        add("x.slips > 0")
    if wanted.silent_days is not None:
        before = to_micros(day_starts_at(work, work.today - timedelta(days=wanted.silent_days)))
        add(f"coalesce({side.contact_at}, 0) < ?", before)
    if wanted.text.strip():
        _add_text(side, wanted.text, add)
    if wanted.is_incomplete:
        add(f"x.closed_at IS NULL AND ({' OR '.join(gap_sql(work, side).values())})")
    return " AND ".join(parts) or "1", values


def _add_period(work: Work, side: Side, wanted: Filter, add: Callable[..., None]) -> None:
    first, last = wanted.closes_from, wanted.closes_to
    if first is None and last is None:
        return
    is_open, is_closed = [], []
    open_values: list[Any] = []
    closed_values: list[Any] = []
    if first is not None:
        is_open.append(f"{side.expected} >= ?")
        open_values.append(first.isoformat())
        is_closed.append("x.closed_at >= ?")
        closed_values.append(to_micros(day_starts_at(work, first)))
    if last is not None:
        is_open.append(f"{side.expected} <= ?")
        open_values.append(last.isoformat())
        is_closed.append("x.closed_at < ?")
        closed_values.append(to_micros(day_starts_at(work, last + timedelta(days=1))))
    if wanted.standing is Standing.OPEN:
        add(" AND ".join(is_open), *open_values)
    elif wanted.standing is Standing.CLOSED:
        add(" AND ".join(is_closed), *closed_values)
    else:
        add(
            f"(x.closed_at IS NULL AND {' AND '.join(is_open)} OR {' AND '.join(is_closed)})", *open_values,
            *closed_values,
        )  # fmt: skip


def _add_text(side: Side, text: str, add: Callable[..., None]) -> None:
    words = match_words(text)
    if not words:
        add("0")  # nothing but punctuation stands nowhere
        return
    like = "%" + text.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
    add(side.texts, words, words, like)


def _marks(words: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(words))
