"""The pictures of the figures: calls by day and outcome, and the hours in which people are reached."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from callstation.calling.clock_words import MONTHS
from callstation.calling.outcomes import OUTCOMES
from callstation.reports.chart import Chart, ChartKind, Series, Tone
from callstation.reports.kpis import Hour, Stretch
from callstation.reports.over_time import Counts, Happened, step_of
from callstation.reports.series import DayCalls
from callstation.settings import Settings

_TONES = (Tone.ACCENT, Tone.OK, Tone.WARN, Tone.SOFT, Tone.BAD)
NAMES = {
    Happened.MADE: "Quotes made", Happened.SENT: "Quotes sent", Happened.ACCEPTED: "Quotes accepted",
    Happened.ON_TIME: "Renewals won in time", Happened.LATE: "Renewals won late", Happened.LOST: "Renewals lost",
}  # fmt: skip
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CALLS = ("call", "calls")
OTHER, MOST_DAYS = "Other", 62
_QUOTES = {
    Happened.MADE: ("Made", Tone.MUTE), Happened.SENT: ("Sent", Tone.SOFT), Happened.ACCEPTED: ("Accepted", Tone.OK),
}  # fmt: skip
_RENEWALS = {
    Happened.ON_TIME: ("Won in time", Tone.OK), Happened.LATE: ("Won late", Tone.WARN),
    Happened.LOST: ("Lost", Tone.BAD),
}  # fmt: skip


def calls_over_time(days: Sequence[DayCalls], places: Sequence[Stretch], settings: Settings) -> Chart:
    """Calls of each place, one upon the other by outcome: the five most frequent, and the rest."""
    sums: list[Counter[str]] = [Counter() for _ in places]
    starts = [one.starts_on for one in places]
    for day in days:
        at = sums[bisect_right(starts, day.on) - 1]
        for outcome, number in day.outcomes.items():
            at[OUTCOMES[outcome].label] += number
        at[OTHER] += day.calls - sum(day.outcomes.values())
    whole = sum(sums, Counter())
    named = [name for name, _ in whole.most_common() if name != OTHER][: len(_TONES)]
    series = [Series(name, tuple(one[name] for one in sums), tone) for name, tone in zip(named, _TONES, strict=False)]
    rest = tuple(one.total() - sum(one[name] for name in named) for one in sums)
    if any(rest):
        series.append(Series(OTHER, rest, Tone.MUTE))
    labels = tuple(one.name for one in places) if series else ()
    title = f"Calls by {step_of(places)} and outcome"
    return Chart(ChartKind.STACKED, title, labels, tuple(series), things=_CALLS, language=settings.language)


def call_places(days: Sequence[DayCalls], places: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Calls stand day by day as long as there are not too many."""
    if len(days) > MOST_DAYS:
        return places
    return tuple(Stretch(one.on, one.on, f"{one.on.day} {MONTHS[one.on.month - 1]}") for one in days)


def best_hours(hours: Sequence[Hour], settings: Settings) -> Chart:
    """Reach rate by weekday and hour, of hours with enough calls to say so."""
    found = {(one.weekday, one.hour): one for one in hours}
    clock = range(min((one.hour for one in hours), default=0), max((one.hour for one in hours), default=-1) + 1)
    week = sorted({one.weekday for one in hours})
    series = tuple(
        Series(
            DAYS[weekday],
            tuple(_percent(found[weekday, hour]) if (weekday, hour) in found else None for hour in clock),
            counts=tuple(found[weekday, hour].calls if (weekday, hour) in found else 0 for hour in clock),
        )
        for weekday in week
    )
    labels = tuple(f"{hour:02d}" for hour in clock)
    return Chart(ChartKind.HEAT, "Reach rate by hour", labels, series, "%", _CALLS, settings.language)


def quotes_over_time(places: Sequence[Stretch], counts: Counts, settings: Settings) -> Chart:
    """Quotes made, sent and accepted, side by side."""
    return _over_time(ChartKind.BARS, "Quotes", _QUOTES, places, counts, settings, ("quote", "quotes"))


def renewals_over_time(places: Sequence[Stretch], counts: Counts, settings: Settings) -> Chart:
    """Renewals closed, one upon the other: won by the end, won after it, lost."""
    return _over_time(
        ChartKind.STACKED, "Renewals closed", _RENEWALS, places, counts, settings, ("renewal", "renewals")
    )


def _over_time(
    kind: ChartKind, title: str, named: Mapping[Happened, tuple[str, Tone]], places: Sequence[Stretch], counts: Counts,
    settings: Settings, things: tuple[str, str],
) -> Chart:  # fmt: skip
    has_any = any(any(counts[one]) for one in named)
    series = tuple(Series(name, counts[one], tone) for one, (name, tone) in named.items()) if has_any else ()
    labels = tuple(one.name for one in places) if has_any else ()
    return Chart(kind, f"{title} by {step_of(places)}", labels, series, things=things, language=settings.language)


def place_of(hours: Sequence[Hour], series: int, place: int) -> tuple[int, int]:
    """The weekday and the hour of a field of the heat map."""
    return sorted({one.weekday for one in hours})[series], min(one.hour for one in hours) + place


def _percent(one: Hour) -> Decimal | None:
    rate = one.reach_rate
    return None if rate is None else rate * 100
