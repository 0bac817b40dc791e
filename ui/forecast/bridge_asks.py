"""Which measure and which two snapshots a bridge is made of, chosen by digit or typed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from callstation.calling.clock_words import date_words
from callstation.renewals.measures import Measure
from callstation.renewals.states import Snapshot
from ui import words
from ui.pipeline.ask_strip import AskStrip, Choice, Question, Told

if TYPE_CHECKING:
    from callstation.app import App

MEASURES = (
    Measure.COMMIT_FORECAST, Measure.MOST_LIKELY_FORECAST, Measure.BEST_CASE_FORECAST, Measure.OPEN_PIPELINE,
    Measure.TOTAL, Measure.CLOSED, Measure.COMMIT,
)  # fmt: skip
_BACK = (0, 1, 7, 14, 28, 91)
"""How many days ago the snapshots that are offered were taken, or as near before as there is one."""
NOW, OTHER = "now", "other"


def ask_measure(strip: AskStrip, now: Measure, answer: Callable[[Measure], object]) -> None:
    """Ask whose bridge it is."""
    choices = tuple(Choice(one.label, one, one is now) for one in MEASURES)
    strip.ask(Question("The bridge of what?", answer, "", choices))


def ask_day(
    strip: AskStrip, app: "App", title: str, every: tuple[Snapshot, ...], now: date | None,
    answer: Callable[[date | None], object], *, has_now: bool = False,
) -> None:  # fmt: skip
    """Ask for a snapshot: the near ones by digit, any by days back or its date; None is now."""
    today: date = app.ask(lambda work: work.today)
    choices = [Choice("Now", NOW, now is None)] if has_now else []
    choices += [Choice(words.weekday(day, today, app.settings), day, day == now) for day in offered(every, today)]
    choices.append(Choice("Another day", OTHER))

    def chosen(value: date | str) -> None:
        if value == OTHER:
            strip.ask(Question(
                title, answer, f"{words.count(len(every), app.settings)} kept.",
                read=lambda typed: read_day(typed, every, today), prompt="7 days back, or 2026-11-16", button="Choose",
            ))  # fmt: skip
        else:
            answer(value if isinstance(value, date) else None)

    strip.ask(Question(title, chosen, f"{words.count(len(every), app.settings)} kept.", tuple(choices)))


def offered(every: tuple[Snapshot, ...], today: date) -> list[date]:
    """The days of the snapshots of today, yesterday, a week, two, four and thirteen weeks ago."""
    found: list[date] = []
    for back in _BACK:
        day = _by(every, today - timedelta(days=back))
        if day is not None and day not in found:
            found.append(day)
    return found


def read_day(typed: str, every: tuple[Snapshot, ...], today: date) -> Told:
    """Days back, or a date as 2026-11-16: the last snapshot by then."""
    text = typed.strip()
    if not text:
        return Told(None, "Type how many days back, such as 7, or a date.")
    if text.isascii() and text.isdigit() and len(text) <= 4:
        day = today - timedelta(days=int(text))
    else:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return Told(None, "Type how many days back, such as 7, or a date as 2026-11-16.", "warn")
    found = _by(every, day)
    if found is None:
        return Told(None, f"There is no snapshot by {date_words(day)}.", "warn")
    return Told(found, f"The snapshot of {date_words(found)}", "text")


def _by(every: tuple[Snapshot, ...], day: date) -> date | None:
    return max((one.taken_on for one in every if one.taken_on <= day), default=None)
