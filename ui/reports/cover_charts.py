"""The pictures of coverage: how many contracts are covered how, and when they end."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta

from callstation.renewals.cover import Cover, Ledger
from callstation.renewals.cover_time import DueDays
from callstation.reports.chart import Chart, ChartKind, Series, Tone
from callstation.reports.kpis import Stretch
from callstation.reports.over_time import split, step_of
from callstation.settings import Settings

NAMES = {
    Cover.NOTHING: "Nothing", Cover.CONTACT: "Spoken to", Cover.PLAN: "Planned", Cover.CLOSED: "Closed",
}  # fmt: skip
COVERS = tuple(NAMES)
UNDATED = "No end known"
ENDED = "Ended"
"""The place of what ended before the days in view and is still open."""
_TONES = {Cover.NOTHING: Tone.BAD, Cover.CONTACT: Tone.OK, Cover.PLAN: Tone.ACCENT, Cover.CLOSED: Tone.MUTE}


def partition(found: Ledger, settings: Settings) -> Chart:
    """The four parts in one bar, which is all that is due."""
    series = tuple(Series(NAMES[cover], (found.parts[cover].count,), _TONES[cover]) for cover in COVERS)
    labels = ("Due",) if found.due else ()
    shown = series if found.due else ()
    return Chart(ChartKind.STACKED, "How they are covered", labels, shown, language=settings.language)


def places_for(found: DueDays, span: Stretch) -> tuple[Stretch, ...]:
    """The days, weeks or months of a period; before them one place for all that ended earlier, if anything did."""
    before = min((day for (day, _), number in found.days.items() if number and day < span.starts_on), default=None)
    places = split(span)
    return places if before is None else (Stretch(before, span.starts_on - timedelta(days=1), ENDED), *places)


def over_time(found: DueDays, places: Sequence[Stretch], settings: Settings) -> Chart:
    """What ends in each place (``places_for``), one upon the other by what covers it; nothing lies lowest."""
    rows = {cover: [0] * len(places) for cover in COVERS}
    starts = [one.starts_on for one in places]
    for (day, cover), number in found.days.items():
        rows[cover][bisect_right(starts, day) - 1] += number
    labels = [one.name for one in places]
    if found.undated:
        labels.append(UNDATED)
        for cover, row in rows.items():
            row.append(found.undated if cover is Cover.NOTHING else 0)
    has_any = any(map(any, rows.values()))
    series = tuple(Series(NAMES[cover], tuple(row), _TONES[cover]) for cover, row in rows.items())
    step = step_of([one for one in places if one.name != ENDED])
    return Chart(
        ChartKind.STACKED, f"What ends by {step}", tuple(labels) if has_any else (),
        series if has_any else (), language=settings.language,
    )  # fmt: skip
