"""The figures of a forecast, each with its value, its formula with the numbers in it, its period and its count."""

from dataclasses import dataclass
from decimal import Decimal

from callstation.percents import percent, written
from callstation.quotes.money import show
from callstation.renewals.forecast import Forecast
from callstation.renewals.likelihood import ENOUGH
from callstation.renewals.measures import FORMULAS, Measure
from callstation.renewals.needed_calls import TRAILING_DAYS


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure. ``shown`` is its value as text, "-" where there is none; ``formula`` says what it is made of."""

    key: str
    label: str
    value: Decimal | None
    shown: str
    formula: str
    period: str
    count: int
    """n: the opportunities it is made of; of needed calls, the reached calls."""


def headlines(found: Forecast, language: str, *, is_growth: bool = False) -> tuple[Headline, ...]:
    """Commit, most likely, best case, weighted, open pipeline, quota, gap, coverage, attainment, needed calls."""
    side, own, name = found.side(is_growth=is_growth), found.rates.own, found.period.name

    def money(amount: Decimal | None) -> str:
        return "-" if amount is None else written(show(amount, own), language)

    def made(key: str, label: str, value: Decimal | None, formula: str, count: int, shown: str = "") -> Headline:
        return Headline(key, label, value, shown or money(value), formula, name, count)

    cells = {measure: side.cell(measure) for measure in Measure}
    closed, pipeline = cells[Measure.CLOSED], cells[Measure.OPEN_PIPELINE]
    rows = []
    for measure in (
        Measure.CLOSED, Measure.COMMIT_FORECAST, Measure.MOST_LIKELY_FORECAST, Measure.BEST_CASE_FORECAST,
        Measure.OPEN_PIPELINE,
    ):  # fmt: skip
        cell = cells[measure]
        words = FORMULAS[measure]
        if cell.adjusted:
            words = f"{words}; {money(cell.amount.base)} of contracts and {money(cell.adjusted)} adjusted"
        rows.append(made(measure.value, measure.label, cell.total, words, cell.amount.count))
    parts = [f"closed {money(closed.total)}"]
    for stage in side.stages:
        rate = written(f"{(stage.rate.share * 100).normalize():f}%", language)
        whose = f" (of {stage.rate.closed:,} of yours)" if stage.rate.is_own else ""
        parts.append(f"{stage.stage.value.replace('_', ' ')} {money(stage.amount.base)} x {rate}{whose}")
    words = " + ".join(parts)
    if any(not stage.rate.is_own for stage in side.stages):
        words += f"; a rate is the trade's start value until {ENOUGH} that stood in the stage are closed, then your own"
    rows.append(made("weighted", "Weighted", side.weighted, words, cells[Measure.TOTAL].amount.count))
    quota = side.quota.amount
    rows.append(made("quota", "Quota", quota, side.quota.words, 0))
    gap = f"quota - closed: {money(quota)} - {money(closed.total)}" if quota is not None else side.quota.words
    rows.append(made("gap", "Gap", side.gap, gap, closed.amount.count))
    for key, label, share, of, part, whole, count in (
        ("coverage", "Coverage", side.coverage, "open pipeline / gap", pipeline.total, side.gap, pipeline.amount.count),
        ("attainment", "Attainment", side.attainment, "closed / quota", closed.total, quota, closed.amount.count),
        ("commit_attainment", "Commit attainment", side.commit_attainment, "(commit + closed) / quota",
         cells[Measure.COMMIT_FORECAST].total, quota, cells[Measure.COMMIT_FORECAST].amount.count),
    ):  # fmt: skip
        words = of if share is None else f"{of}: {money(part)} / {money(whole)}"
        rows.append(made(key, label, share, words, count, percent(share, language)))
    needed, calls = found.needed(is_growth=is_growth), found.calls[is_growth]
    formula = f"gap / won per reached call, trailing {TRAILING_DAYS} days, by calls per reached call"
    if needed.calls:
        formula += (
            f": {money(side.gap)} / ({money(calls.won)} / {calls.reached:,}) x ({calls.calls:,} / {calls.reached:,})"
        )
    formula = f"{formula}. {needed.words}"
    shown = "-" if needed.calls is None else written(f"{needed.calls:,}", language)
    value = None if needed.calls is None else Decimal(needed.calls)
    rows.append(made("needed_calls", "Needed calls", value, formula, calls.reached, shown))
    return tuple(rows)
