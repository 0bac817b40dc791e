"""The weekly report: figures, four-month forecast, bridge, retention, coverage with who has nothing, and charts."""

from datetime import date, timedelta
from decimal import Decimal

from callstation.calling.clock_words import date_words
from callstation.errors import UserError
from callstation.percents import percent, written
from callstation.renewals.bridging import bridge_between
from callstation.renewals.fiscal import Period, month_name, period_of
from callstation.renewals.forecast import GRID, Forecast, forecast, period_named
from callstation.renewals.forecast_side import Side
from callstation.renewals.headline import headlines
from callstation.renewals.measures import Measure
from callstation.renewals.quotas import month_quotas
from callstation.renewals.retention import By, due_in
from callstation.reports.daily import FIGURE_HEADS, MOVE_HEADS, figure_row, move_row
from callstation.reports.figures import figures
from callstation.reports.kpis import Stretch, week_of
from callstation.reports.pictures import (
    bridge_chart,
    calls_chart,
    forecast_chart,
    hours_chart,
    outcomes_chart,
    retention_chart,
)
from callstation.reports.report import Section, left, right, table
from callstation.reports.retained_then import due_then
from callstation.reports.series import calls_by_day, calls_by_hour
from callstation.reports.shown import counted, money_shown, whole
from callstation.reports.then import UNKNOWN_THEN, End, end_of, forecast_then, no_snapshot_words, week_end
from callstation.reports.week_coverage import coverage_sections
from callstation.work import Work
from db.vocabulary import PeriodKind

HOURS_BACK = timedelta(days=90)


def week_sections(work: Work, day: date) -> tuple[Section, ...]:
    """The sections of the report of a day's week, in order: as it stands, or as it stood at the end of the week."""
    day = week_end(work, day)
    known = *_calls(work, day), *_forecast(work, day), _bridge(work, day), _retention(work, day)
    return *known, *coverage_sections(work, day)


def _calls(work: Work, day: date) -> tuple[Section, ...]:
    week, language = week_of(day), work.settings.language
    found = figures(work, week)
    rows = [figure_row(one, language) for one in found.figures]
    days = calls_by_day(work, week)
    until = min(day, work.today)
    hours = hours_chart(calls_by_hour(work, Stretch(until - HOURS_BACK, until)), language)
    begun = found.period
    made = [
        Section(
            "Figures", (f"{date_words(begun.starts_on)} to {date_words(begun.ends_on)}.",),
            table=table(FIGURE_HEADS, rows),
        ),
        Section("Calls by day", chart=calls_chart(days)),
        Section("Outcomes by day", chart=outcomes_chart(days)),
    ]  # fmt: skip
    if hours.points:
        note = "The last 90 days, in per cent of calls; hours with fewer than five calls are left blank."
        made.append(Section("Best hours", chart=hours, notes=(note,)))
    return tuple(made)


def _forecast(work: Work, day: date) -> tuple[Section, ...]:
    found, quarter = (_forecast_of(work, period_named(work, name, day), day) for name in ("rolling", "quarter"))
    if found is None or quarter is None:
        return (Section("Four-month forecast", (no_snapshot_words(work, day),)),)
    own, language = found.rates.own, work.settings.language
    sections, is_past = [], day < work.today
    then: tuple[str, ...] = ()
    if (end := end_of(work, day) if is_past else None) is not None:
        then = (f"{end.words} Quotas and exchange rates are those of today; adjustments made since are left out.",)
    for is_growth in (False, True):
        side = found.side(is_growth=is_growth)
        if is_growth and not side.cell(Measure.TOTAL).amount.count:
            continue
        heads = [left("Category", 1.2), *(right(month_name(month), 1.2) for month in side.months), right("Total", 1.3)]
        if found.week_ago_on is not None:
            heads.append(right(f"on {date_words(found.week_ago_on)}", 1.3))
        rows = []
        for measure in (*GRID[:-1], Measure.TOTAL):
            cells = [side.cell(measure, month) for month in (*side.months, None)]
            row = [measure.label, *(_counted(cell.total, cell.amount.count, language) for cell in cells)]
            if found.week_ago_on is not None:
                ago = cells[-1].total_ago
                row.append("-" if ago is None else _counted(ago, cells[-1].count_ago, language))
            rows.append(row)
        name = "Growth" if is_growth else "Four-month forecast"
        notes = [
            *then,
            f"In {own}, with the number of {'opportunities' if is_growth else 'contracts'}.",
            *_not_summed(side, own, language),
        ]
        notes += [
            f"Adjusted {month_name(one.month)}, {one.category.value}: "
            f"{written(f'{one.amount:+,.2f} {own}', language)}. {one.note_words}"
            for one in found.adjustments
            if one.is_growth == is_growth
        ]
        grid = table(heads, rows, has_total=True)
        quotas = month_quotas(work, found.period.months, is_growth=is_growth)
        chart = forecast_chart(found, quotas, language, is_growth=is_growth)
        sections.append(Section(name, chart=chart, table=grid, notes=tuple(notes)))
    rows = [
        [one.label, one.shown, whole(one.count, language), one.formula]
        for one in headlines(quarter, language)
        if not is_past or one.key not in UNKNOWN_THEN
    ]
    heads = [left("Figure", 1.4), right("Value", 1.3), right("n", 0.5), left("Formula", 4.0)]
    sections.append(Section(f"Forecast of {quarter.period.name}", table=table(heads, rows), notes=then))
    return tuple(sections)


def _forecast_of(work: Work, period: Period, day: date) -> Forecast | None:
    return forecast_then(work, period, day) if day < work.today else forecast(work, period)


def _counted(amount: Decimal, count: int, language: str) -> str:
    """An amount with how many it is of; a dash for nothing at all, so that what there is can be seen."""
    return f"{whole(amount, language)} ({whole(count, language)})" if amount or count else "–"


def _not_summed(side: Side, own: str, language: str) -> list[str]:
    found = side.cell(Measure.TOTAL).amount
    said = []
    for one in found.originals:
        if one.currency != own:
            base = (
                "no exchange rate is set, it is in no sum" if one.base is None else money_shown(one.base, own, language)
            )
            amount = money_shown(one.amount, one.currency, language)
            said.append(f"{whole(one.count, language)} in {one.currency}: {amount} ({base}).")
    if side.overdue.count:
        amount = money_shown(side.overdue.base, own, language)
        said.append(f"{amount} are open and were expected before ({whole(side.overdue.count, language)}).")
    return said


def _bridge(work: Work, day: date) -> Section:
    period, own, language = period_named(work, "rolling", day), work.settings.currency, work.settings.language
    first, end = day - timedelta(days=7), end_of(work, day) if day < work.today else End(day, None)
    if end is None:
        return Section("Bridge", (no_snapshot_words(work, day),))
    last, before = end.taken_on, end_of(work, first)
    if before is not None and before.taken_on is not None:  # where the week before ended, not where its last day began
        first = before.taken_on
    try:
        found = bridge_between(work, first, last, measure=Measure.COMMIT_FORECAST, period=period)
    except UserError as error:
        return Section("Bridge", (" ".join(part for part in (error.title, error.detail) if part),))
    until = date_words(day)
    chart = bridge_chart(found.bridge, date_words(found.first.taken_on), until, unit=own)
    rows = [move_row(kind, one) for kind, moved in found.moved.items() for one in moved]
    words = (
        f"Commit forecast of {period.name}: {money_shown(found.bridge.start, own, language)} on "
        f"{date_words(found.first.taken_on)}, {money_shown(found.bridge.end, own, language)} on {until}. "
        f"{counted(found.bridge.unchanged, language)} unchanged."
    )
    moves = table(MOVE_HEADS, rows, most=40) if rows else None
    return Section("What moved the commit forecast", (words,), chart=chart, table=moves)


def _retention(work: Work, day: date) -> Section:
    year = period_of(day, PeriodKind.YEAR, work.settings.fiscal_year_starts)
    language = work.settings.language
    is_past, name, then = day < work.today, f"Retention of {year.name} so far", ""
    if is_past:
        name = f"Retention of {year.name} up to {date_words(day)}"
        then = "What was closed later counts as open, as it was then; values and exchange rates are those of today. "
        found = due_then(work, year.starts_on, day, day)
    else:
        found = due_in(work, year.starts_on, day, by=By.MONTH)
    heads = [left("Due in", 1.1), right("n", 0.5), right("Up for renewal", 1.35), right("Renewed for", 1.2),
             *(right(name, share) for name, share in (("GRR", 0.9), ("NRR", 0.9), ("Customers", 1.1), ("Seats", 0.9),
                                                      ("On time", 0.9)))]  # fmt: skip
    rows = [
        [one.name, *(whole(number, language) for number in (one.due, one.target, one.result)),
         *(percent(share, language) for share in (one.grr, one.nrr, one.logo, one.unit, one.on_time))]
        for one in (*found.groups, found.total)
    ]  # fmt: skip
    notes = (f"{then}In {found.currency} a year. {found.source_words}", *(one.words for one in found.total.left_out))
    if not found.total.due:
        return Section("Retention", (f"Nothing was due in {year.name} up to {date_words(day)}.",))
    chart = retention_chart(found, language)
    return Section(name, chart=chart, table=table(heads, rows, has_total=True), notes=notes)
