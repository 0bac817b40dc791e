"""By what the pipeline is sorted: a measure for each column, and for names a walk along the index that has them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from callstation.quotes.policy import read_rates
from callstation.renewals.pipeline_filter import Filter
from callstation.renewals.pipeline_sql import Part, gap_sql, parts_of
from callstation.renewals.rep_day import day_sql
from callstation.settings import Settings
from callstation.work import Work
from db.vocabulary import ForecastCategory, RenewalStage


class Measure(NamedTuple):
    """How one column is sorted. ``sql`` gives the measure of an ``x``, NULL for what has none and comes last."""

    sql: Callable[[Work, Part], str]
    is_covered: bool = True
    """The covering index of open renewals has all of it."""
    walks: tuple[tuple[str, str], ...] = ()
    """For very many open renewals: (tables joined to ``x``, measure) in the order of an index, each renewal once."""


def ordinal(column: str, words: type[RenewalStage] | type[ForecastCategory]) -> str:
    """SQL for the place of a word in its vocabulary, from 0."""
    cases = " ".join(f"WHEN '{word.value}' THEN {at}" for at, word in enumerate(words))
    return f"CASE {column} {cases} END"


def closes(work: Work, part: Part) -> str:
    """SQL for the day on which an opportunity is expected, or was closed."""
    return part.side.expected if part.is_open else day_sql(work, "x.closed_at")


def _gaps(work: Work, part: Part) -> str:
    return " + ".join(f"({one})" for one in gap_sql(work, part.side).values()) if part.is_open else "0"


def _base(work: Work, part: Part) -> str:
    """The amount in the own currency, for comparing alone; NULL where the settings have no rate for it."""
    cases = " ".join(f"WHEN '{one}' THEN x.amount * {rate!r}" for one, rate in _rates(work.settings))
    return f"CASE x.currency WHEN '{work.settings.currency}' THEN x.amount {cases} END"


def _rates(settings: Settings) -> list[tuple[str, float]]:
    """The currencies that have a rate, which are three letters each."""
    return [(one, float(rate.rate)) for one, rate in read_rates(settings.rates).items() if one != settings.currency]


_NAME = "SELECT a.name_key FROM account a WHERE a.id = "
_OF_ACCOUNT = ("account a CROSS JOIN renewal x ON x.account_id = a.id", "a.name_key")
_OF_CONTRACT = ("contract k CROSS JOIN renewal x ON x.contract_id = k.id", "k.number")
_OF_PARTNER = (
    "account a CROSS JOIN contract k ON k.partner_id = a.id CROSS JOIN renewal x ON x.contract_id = k.id", "a.name_key"
)  # fmt: skip
_OF_NO_PARTNER = ("renewal x CROSS JOIN contract k ON k.id = x.contract_id AND k.partner_id IS NULL", "NULL")

MEASURES: Mapping[str, Measure] = {
    "account": Measure(lambda work, part: f"({_NAME} x.account_id)", walks=(_OF_ACCOUNT,)),
    "title": Measure(
        lambda work, part: (
            "x.title" if part.side.is_growth else "(SELECT k.number FROM contract k WHERE k.id = x.contract_id)"
        ),
        is_covered=False, walks=(_OF_CONTRACT,),
    ),
    "partner": Measure(
        lambda work, part: f"({_NAME} {part.side.partner})", is_covered=False, walks=(_OF_PARTNER, _OF_NO_PARTNER),
    ),
    "stage": Measure(lambda work, part: ordinal("x.stage", RenewalStage)),
    "category": Measure(lambda work, part: ordinal("x.category", ForecastCategory)),
    "amount": Measure(_base),
    "currency": Measure(lambda work, part: "x.currency"),
    "closes": Measure(closes),
    "due": Measure(lambda work, part: part.side.due),
    "next_step": Measure(lambda work, part: "nullif(x.next_step, '')", is_covered=False),
    "contact": Measure(lambda work, part: part.side.contact_at, is_covered=False),
    "slips": Measure(lambda work, part: "x.slips"),
    "gaps": Measure(_gaps, is_covered=False),
    "quote": Measure(lambda work, part: f"(SELECT q.status FROM quote q WHERE q.id = {part.side.quote})"),
}  # fmt: skip
"""What the pipeline can be sorted by, one for each column. Amounts are compared in the own currency."""


def ranked_sql(
    work: Work, wanted: Filter, order: str, way: str, *, is_long: bool
) -> Iterator[tuple[str, tuple[Any, ...]]]:  # fmt: skip
    """(SQL, values but the last, how many at most) that give (measure, whether growth, id), in order, NULL last."""
    measure = MEASURES[order]
    for part in parts_of(work, wanted):
        side = int(part.side.is_growth)
        if is_long and measure.walks and part.is_open and not side:
            for tables, walked in measure.walks:
                first = "" if walked == "NULL" else f"{walked} {way}, "
                asked = f"FROM {tables} WHERE x.closed_at IS NULL AND {part.condition} ORDER BY {first}x.id {way}"
                yield f"SELECT {walked}, {side}, x.id {asked} LIMIT ?", part.values
        else:
            asked = f"FROM {part.source(needs_more=not measure.is_covered)} ORDER BY m {way} NULLS LAST, x.id {way}"
            yield f"SELECT {measure.sql(work, part)} AS m, {side}, x.id {asked} LIMIT ?", part.values
