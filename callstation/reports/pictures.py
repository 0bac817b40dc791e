"""The charts of the forecast, the bridge, the calls, retention and coverage, each from what was read."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from callstation.calling.clock_words import LONG_WEEKDAYS, WEEKDAYS, date_words
from callstation.calling.outcomes import OUTCOMES
from callstation.renewals.bridge import LABELS, Bridge
from callstation.renewals.cover import Cover, Ledger
from callstation.renewals.fiscal import month_name
from callstation.renewals.forecast import Forecast
from callstation.renewals.measures import Measure
from callstation.renewals.retention import DueTable
from callstation.reports.chart import Chart, ChartKind, Point, Series, Tone, bridge
from callstation.reports.kpis import Hour
from callstation.reports.series import DayCalls

CATEGORY_TONES = {
    Measure.CLOSED: Tone.OK, Measure.COMMIT: Tone.ACCENT, Measure.MOST_LIKELY: Tone.SOFT,
    Measure.BEST_CASE: Tone.WARN, Measure.PIPELINE: Tone.MUTE,
}  # fmt: skip
COVER_WORDS = {
    Cover.CONTACT: "Spoken to", Cover.PLAN: "Planned", Cover.CLOSED: "Closed with a reason", Cover.NOTHING: "Nothing",
}  # fmt: skip
_COVER_TONES = {Cover.CONTACT: Tone.OK, Cover.PLAN: Tone.ACCENT, Cover.CLOSED: Tone.MUTE, Cover.NOTHING: Tone.BAD}
_OUTCOME_TONES = (Tone.ACCENT, Tone.OK, Tone.WARN, Tone.SOFT, Tone.BAD)


def forecast_chart(
    found: Forecast, quotas: Sequence[Decimal | None], language: str, *, is_growth: bool = False
) -> Chart:
    """Categories by months, stacked, adjustments included; series and places are those of the grid without omitted.

    ``quotas``: those of the months, as ``month_quotas`` reads them.
    """
    side = found.side(is_growth=is_growth)
    series = []
    for measure, tone in CATEGORY_TONES.items():
        cells = [side.cell(measure, month) for month in side.months]
        values, counts = tuple(cell.total for cell in cells), tuple(cell.amount.count for cell in cells)
        series.append(Series(measure.label, values, tone, counts))
    title = f"{'Growth' if is_growth else 'Renewals'}, {found.period.name}"
    things = ("opportunity", "opportunities") if is_growth else ("contract", "contracts")
    return Chart(
        ChartKind.STACKED, title, tuple(map(month_name, side.months)), tuple(series), found.rates.own, things, language,
        tuple(quotas) if any(one is not None for one in quotas) else (), "Quota",
    )  # fmt: skip


def forecast_cell(point: Point) -> tuple[Measure, int]:
    """The measure and the number of the month of a mark of ``forecast_chart``."""
    return tuple(CATEGORY_TONES)[point.series], point.place


def bridge_chart(found: Bridge, start: str, end: str, *, unit: str) -> Chart:
    """The lines with a move, between two days said as ``start`` and ``end``."""
    moves = [(LABELS[line.kind], line.base, line.count) for line in found.lines if line.count]
    title = f"{found.measure.label}, {start} to {end}"
    return bridge(title, (start, found.start), moves, end, unit=unit)


def calls_chart(days: Sequence[DayCalls]) -> Chart:
    """Calls that reached the person and those that did not, day by day."""
    is_week = len(days) <= 7
    labels = tuple(WEEKDAYS[day.on.weekday()] if is_week else f"{day.on.day}.{day.on.month}." for day in days)
    reached = Series("Conversations", tuple(day.conversations for day in days), Tone.ACCENT)
    other = Series("Not reached", tuple(day.calls - day.conversations for day in days), Tone.MUTE)
    return Chart(ChartKind.STACKED, "Calls by day", labels, (reached, other), "", ("call", "calls"))


def outcomes_chart(days: Sequence[DayCalls]) -> Chart:
    """The five outcomes most calls had, stacked day by day; the others together."""
    sums: Counter[str] = Counter()
    for day in days:
        sums.update({OUTCOMES[one].label: number for one, number in day.outcomes.items()})
    most = [name for name, _ in sorted(sums.items(), key=lambda item: (-item[1], item[0]))[:5]]
    by_day = [Counter({OUTCOMES[one].label: number for one, number in day.outcomes.items()}) for day in days]
    series = [
        Series(name, tuple(one[name] for one in by_day), tone) for name, tone in zip(most, _OUTCOME_TONES, strict=False)
    ]
    if len(sums) > len(most):
        rest = tuple(sum(number for name, number in one.items() if name not in most) for one in by_day)
        series.append(Series("Others", rest, Tone.MUTE))
    labels = calls_chart(days).labels
    return Chart(ChartKind.STACKED, "Outcomes by day", labels, tuple(series), "", ("call", "calls"))


def hours_chart(hours: Sequence[Hour], language: str) -> Chart:
    """The reach rate by hour and weekday in per cent; hollow where under five calls say nothing."""
    by_place = {(one.weekday, one.hour): one for one in hours}
    told = [one for one in hours if one.reach_rate is not None]
    span = range(min((one.hour for one in told), default=0), max((one.hour for one in told), default=-1) + 1)
    series = []
    for weekday in sorted({one.weekday for one in told}):
        row = [by_place.get((weekday, hour)) for hour in span]
        rates = [None if one is None or one.reach_rate is None else one.reach_rate for one in row]
        values = tuple(None if rate is None else rate * 100 for rate in rates)
        counts = tuple(0 if one is None else one.calls for one in row)
        series.append(Series(LONG_WEEKDAYS[weekday], values, Tone.ACCENT, counts))
    labels = tuple(f"{hour}" for hour in span)
    return Chart(ChartKind.HEAT, "Reach rate by hour", labels, tuple(series), "%", ("call", "calls"), language)


def retention_chart(found: DueTable, language: str) -> Chart:
    """GRR and NRR of each group in per cent; unknown where nothing was due."""
    groups = found.groups[-12:] if found.by.is_period else found.groups[:12]
    labels = tuple(one.name for one in groups)
    counts = tuple(one.valued for one in groups)
    gross, net = (
        Series(name, tuple(None if share is None else share * 100 for share in shares), tone, counts)
        for name, shares, tone in (
            ("GRR", [one.grr for one in groups], Tone.ACCENT), ("NRR", [one.nrr for one in groups], Tone.OK),
        )
    )  # fmt: skip
    return Chart(ChartKind.BARS, "Retention of what was due", labels, (gross, net), "%", language=language)


def coverage_chart(found: Ledger) -> Chart:
    """How many contracts are covered how: a bar for each way, in its own colour."""
    labels = tuple(COVER_WORDS.values())
    series = tuple(
        Series(
            words, tuple(found.parts[cover].count if name == words else None for name in labels), _COVER_TONES[cover]
        )
        for cover, words in COVER_WORDS.items()
    )
    window = f"{date_words(found.first)} to {date_words(found.last)}"
    return Chart(ChartKind.STACKED, f"Coverage, {window}", labels, series)
