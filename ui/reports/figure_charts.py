"""The pictures of the figures: calls by day and outcome, and the hours in which people are reached."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from callstation.calling.outcomes import OUTCOMES
from callstation.reports.chart import Chart, ChartKind, Series, Tone
from callstation.reports.kpis import Hour
from callstation.reports.series import DayCalls
from callstation.settings import Settings
from ui import words

_TONES = (Tone.ACCENT, Tone.OK, Tone.WARN, Tone.SOFT, Tone.BAD)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CALLS = ("call", "calls")


def by_day(days: Sequence[DayCalls], settings: Settings) -> Chart:
    """Calls of each day, one upon the other by outcome: the five most frequent, and the rest."""
    sums: Counter[str] = Counter()
    for day in days:
        for outcome, number in day.outcomes.items():
            sums[OUTCOMES[outcome].label] += number
    named = [name for name, _ in sums.most_common(len(_TONES))]
    series = [
        Series(
            name,
            tuple(sum(many for one, many in day.outcomes.items() if OUTCOMES[one].label == name) for day in days),
            tone,
        )
        for name, tone in zip(named, _TONES, strict=False)
    ]
    rest = tuple(day.calls - sum(one.values[at] or 0 for one in series) for at, day in enumerate(days))
    if any(rest):
        series.append(Series("Other", rest, Tone.MUTE))
    labels = tuple(words.day(day.on, day.on, settings) for day in days)
    return Chart(ChartKind.STACKED, "Calls by day and outcome", labels if series else (), tuple(series), things=_CALLS)


def best_hours(hours: Sequence[Hour], settings: Settings) -> Chart:
    """Reach rate by weekday and hour, of hours with enough calls to say so."""
    found = {(one.weekday, one.hour): one for one in hours}
    clock = range(min((one.hour for one in hours), default=0), max((one.hour for one in hours), default=-1) + 1)
    week = sorted({one.weekday for one in hours})
    series = tuple(
        Series(
            _DAYS[weekday],
            tuple(_percent(found[weekday, hour]) if (weekday, hour) in found else None for hour in clock),
            counts=tuple(found[weekday, hour].calls if (weekday, hour) in found else 0 for hour in clock),
        )
        for weekday in week
    )
    labels = tuple(f"{hour:02d}" for hour in clock)
    return Chart(ChartKind.HEAT, "Reach rate by hour", labels, series, "%", _CALLS, settings.language)


def place_of(hours: Sequence[Hour], series: int, place: int) -> tuple[int, int]:
    """The weekday and the hour of a field of the heat map."""
    return sorted({one.weekday for one in hours})[series], min(one.hour for one in hours) + place


def _percent(one: Hour) -> Decimal | None:
    rate = one.reach_rate
    return None if rate is None else rate * 100
