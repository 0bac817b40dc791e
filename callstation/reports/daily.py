"""The day sheet: the day's calls and outcomes, what is owed next, and what moved in the pipeline."""

from datetime import date, timedelta

from callstation.calling.callbacks import open_callbacks
from callstation.calling.clock_words import day_words, near_day_words, time_words
from callstation.calling.outcomes import OUTCOMES
from callstation.calling.workdays import is_working_day
from callstation.errors import UserError
from callstation.renewals.bridge import LABELS, LineKind
from callstation.renewals.bridging import Moved, bridge_between
from callstation.renewals.fiscal import rolling
from callstation.renewals.measures import Measure
from callstation.renewals.state import Key
from callstation.reports.figures import figures
from callstation.reports.kpis import Figure, day_of
from callstation.reports.report import Head, Section, left, right, table
from callstation.reports.shown import figure_shown, whole
from callstation.reports.then import End, began, end_of, no_snapshot_words
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import Disposition

_CALLS = """
    SELECT y.happened_at, a.name, c.name, y.disposition, y.duration_s, y.note FROM activity y
    JOIN account a ON a.id = y.account_id LEFT JOIN contact c ON c.id = y.contact_id
    WHERE y.happened_on = ? AND y.kind = 'call' ORDER BY y.happened_at, y.id"""
FIGURE_HEADS = (left("Figure", 1.6), right("Value", 1.3), right("n", 0.6), right("Week before", 1.3),
                right("Year before", 1.3), left("Formula", 3.4))  # fmt: skip


def day_sections(work: Work, day: date) -> tuple[Section, ...]:
    """The sections of a day's sheet, in order."""
    return (_figures(work, day), _calls(work, day), _owed(work, day), _moves(work, day))


def _figures(work: Work, day: date) -> Section:
    found, language = figures(work, day_of(day)), work.settings.language
    rows = [figure_row(one, language) for one in found.figures if one.n or one.before is not None]
    return Section("Figures", table=table(FIGURE_HEADS, rows) if rows else None, words=() if rows else ("No figures.",))


def figure_row(one: Figure, language: str) -> tuple[str, ...]:
    """A figure as a row of a table under ``FIGURE_HEADS``."""
    values = (figure_shown(one, value, language) for value in (one.value, one.before, one.year_before))
    value, before, year_before = values
    return one.name, value, whole(one.n, language), before, year_before, one.formula


def _calls(work: Work, day: date) -> Section:
    rows, outcomes = [], dict[str, int]()
    for happened_at, account, contact, disposition, seconds, note in work.rows(_CALLS, (day.isoformat(),)):
        at = from_micros(happened_at).astimezone(work.settings.zone)
        outcome = OUTCOMES[Disposition(disposition)].label if disposition else "Call"
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        minutes = f"{seconds / 60:.0f} min" if seconds >= 60 else f"{seconds} s" if seconds else ""
        rows.append(
            (time_words(at, is_24_hour=work.settings.is_24_hour), f"{account}{f' ({contact})' if contact else ''}",
             outcome, minutes, note)
        )  # fmt: skip
    if not rows:
        return Section("Calls", ("No call was logged.",))
    most_first = sorted(outcomes.items(), key=lambda one: (-one[1], one[0]))
    said = ", ".join(f"{number:,} {name.lower()}" for name, number in most_first)
    calls = "call" if len(rows) == 1 else "calls"
    heads = (left("At", 0.7), left("Whom", 2.4), left("Outcome", 1.4), right("Took", 0.6), left("Note", 3.0))
    return Section("Calls", (f"{len(rows):,} {calls}: {said}.",), table=table(heads, rows, most=150))


def _owed(work: Work, day: date) -> Section:
    """What is open and falls due up to the end of the next working day; of an earlier day, that nobody knows."""
    if day < work.today:
        return Section("Owed", ("What was owed then is not remembered; today's sheet says what is owed now.",))
    country, until = work.settings.home_region, day + timedelta(days=1)
    for _ in range(14):
        if is_working_day(country, "", until):
            break
        until += timedelta(days=1)
    rows = []
    for one in open_callbacks(work):
        at = one.due_at.astimezone(work.settings.zone)
        if at.date() > until:
            break
        when = "overdue, " if one.is_overdue else ""
        clock = time_words(at, is_24_hour=work.settings.is_24_hour)
        whom = f"{one.account}{f' ({one.contact})' if one.contact else ''}"
        rows.append((f"{when}{near_day_words(at.date(), work.today)} {clock}", whom, one.kind.value.replace("_", " "),
                     one.number, one.note))  # fmt: skip
    title = f"Owed by {day_words(until)}"
    if not rows:
        return Section(title, ("Nothing is owed.",))
    heads = (left("When", 1.5), left("Whom", 2.2), left("What", 0.9), left("Number", 1.4), left("Note", 2.4))
    return Section(title, table=table(heads, rows, most=80))


def _moves(work: Work, day: date) -> Section:
    """Each opportunity whose place in the open pipeline or in the commit forecast changed in the day."""
    title, period = "Pipeline moves", rolling(day)
    end = end_of(work, day) if day < work.today else End(day, None)
    if end is None:
        return Section(title, (no_snapshot_words(work, day),))
    start = began(work, day)
    if start is None and day < work.today:
        return Section(title, ("Nothing moved.",))
    first = day if start is None else start.taken_on
    seen: set[Key] = set()
    rows = []
    for measure in (Measure.OPEN_PIPELINE, Measure.COMMIT_FORECAST):
        try:
            found = bridge_between(work, first, end.taken_on, measure=measure, period=period)
        except UserError as error:
            return Section(title, (" ".join(part for part in (error.title, error.detail) if part),))
        for kind, moved in found.moved.items():
            for one in moved:
                if one.move.key not in seen:
                    seen.add(one.move.key)
                    rows.append(move_row(kind, one))
    if not rows:
        return Section(title, ("Nothing moved.",))
    return Section(title, table=table(MOVE_HEADS, rows, most=80), notes=(f"Renewals expected in {period.name}.",))


MOVE_HEADS: tuple[Head, ...] = (
    left("Move", 1.1), left("Contract", 2.4), left("From where to where", 2.8), left("What moved it", 2.2)
)  # fmt: skip


def move_row(kind: LineKind, one: Moved) -> tuple[str, ...]:
    """A move as a row of a table under ``MOVE_HEADS``."""
    whom = " · ".join(part for part in (one.account, one.title) if part) or "no longer in the book"
    return LABELS[kind], whom, one.words, one.mover.words if one.mover else "nothing logged"
