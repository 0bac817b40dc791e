"""The weekly report: figures, four-month forecast, bridge, retention, coverage with who has nothing, and charts."""

from datetime import date, timedelta

from callstation.calling.clock_words import date_words
from callstation.errors import UserError
from callstation.percents import percent
from callstation.quotes.money import show
from callstation.renewals.bridging import bridge_between
from callstation.renewals.coverage import Cover, ledger, ledger_rows
from callstation.renewals.fiscal import Period, month_name, period_of
from callstation.renewals.forecast import GRID, Forecast, forecast, period_named
from callstation.renewals.forecast_side import Side
from callstation.renewals.headline import headlines
from callstation.renewals.measures import Measure
from callstation.renewals.quotas import month_quotas
from callstation.renewals.retention import By, due_in
from callstation.reports.covered_then import covered_then
from callstation.reports.daily import FIGURE_HEADS, MOVE_HEADS, move_row
from callstation.reports.figures import figures
from callstation.reports.kpis import Stretch, week_of
from callstation.reports.pictures import (
    COVER_WORDS,
    bridge_chart,
    calls_chart,
    coverage_chart,
    forecast_chart,
    hours_chart,
    outcomes_chart,
    retention_chart,
)
from callstation.reports.report import Head, Section, left, right, table
from callstation.reports.retained_then import due_then
from callstation.reports.series import calls_by_day, calls_by_hour
from callstation.reports.shown import figure_shown
from callstation.reports.then import UNKNOWN_THEN, End, end_of, forecast_then, no_snapshot_words, week_end
from callstation.work import Work
from db.vocabulary import PeriodKind

AHEAD = timedelta(days=120)
HOURS_BACK = timedelta(days=90)


def week_sections(work: Work, day: date) -> tuple[Section, ...]:
    """The sections of the report of a day's week, in order: as it stands, or as it stood at the end of the week."""
    day = week_end(work, day)
    return (
        *_calls(work, day), *_forecast(work, day), _bridge(work, day), _retention(work, day), *_coverage(work, day)
    )  # fmt: skip


def _calls(work: Work, day: date) -> tuple[Section, ...]:
    week, language = week_of(day), work.settings.language
    found = figures(work, week)
    rows = [
        (one.name, figure_shown(one, one.value, language), f"{one.n:,}", figure_shown(one, one.week_before, language),
         figure_shown(one, one.year_before, language), one.formula)
        for one in found.figures
    ]  # fmt: skip
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
    own = found.rates.own
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
            row = [measure.label, *(f"{cell.total:,.0f} ({cell.amount.count:,})" for cell in cells)]
            if found.week_ago_on is not None:
                ago = cells[-1].week_ago
                row.append("-" if ago is None else f"{ago.base:,.0f} ({ago.count:,})")
            rows.append(row)
        name = "Growth" if is_growth else "Four-month forecast"
        notes = [*then, f"In {own}, with the number of contracts.", *_not_summed(found.side(is_growth=is_growth), own)]
        notes += [
            f"Adjusted {month_name(one.month)}, {one.category.value}: {one.amount:+,.2f} {own}. {one.note}"
            for one in found.adjustments
            if one.is_growth == is_growth
        ]
        grid = table(heads, rows, has_total=True)
        quotas = month_quotas(work, found.period.months, is_growth=is_growth)
        chart = forecast_chart(found, quotas, work.settings.language, is_growth=is_growth)
        sections.append(Section(name, chart=chart, table=grid, notes=tuple(notes)))
    rows = [
        [one.label, one.shown, f"{one.count:,}", one.formula]
        for one in headlines(quarter, work.settings.language)
        if not is_past or one.key not in UNKNOWN_THEN
    ]
    heads = [left("Figure", 1.4), right("Value", 1.3), right("n", 0.5), left("Formula", 4.0)]
    sections.append(Section(f"Forecast of {quarter.period.name}", table=table(heads, rows), notes=then))
    return tuple(sections)


def _forecast_of(work: Work, period: Period, day: date) -> Forecast | None:
    return forecast_then(work, period, day) if day < work.today else forecast(work, period)


def _not_summed(side: Side, own: str) -> list[str]:
    found = side.cell(Measure.TOTAL).amount
    said = []
    for one in found.originals:
        if one.currency != own:
            base = "no exchange rate is set, it is in no sum" if one.base is None else show(one.base, own)
            said.append(f"{one.count:,} in {one.currency}: {show(one.amount, one.currency)} ({base}).")
    if side.overdue.count:
        said.append(f"{show(side.overdue.base, own)} are open and were expected before ({side.overdue.count:,}).")
    return said


def _bridge(work: Work, day: date) -> Section:
    period, own = period_named(work, "rolling", day), work.settings.currency
    first, end = day - timedelta(days=7), end_of(work, day) if day < work.today else End(day, None)
    if end is None:
        return Section("Bridge", (no_snapshot_words(work, day),))
    last = end.taken_on
    try:
        found = bridge_between(work, first, last, measure=Measure.COMMIT_FORECAST, period=period)
    except UserError as error:
        return Section("Bridge", (" ".join(part for part in (error.title, error.detail) if part),))
    until = date_words(day)
    chart = bridge_chart(found.bridge, date_words(found.first.taken_on), until, unit=own)
    rows = [move_row(kind, one) for kind, moved in found.moved.items() for one in moved]
    words = (
        f"Commit forecast of {period.name}: {show(found.bridge.start, own)} on {date_words(found.first.taken_on)}, "
        f"{show(found.bridge.end, own)} on {until}. {found.bridge.unchanged:,} contracts unchanged."
    )
    moves = table(MOVE_HEADS, rows, most=40) if rows else None
    return Section("What moved the commit forecast", (words,), chart=chart, table=moves)


def _retention(work: Work, day: date) -> Section:
    year = period_of(day, PeriodKind.YEAR, work.settings.fiscal_year_starts)
    is_past, name, then = day < work.today, f"Retention of {year.name} so far", ""
    if is_past:
        name = f"Retention of {year.name} up to {date_words(day)}"
        then = "What was closed later counts as open, as it was then; values and exchange rates are those of today. "
        found = due_then(work, year.starts_on, day, day)
    else:
        found = due_in(work, year.starts_on, day, by=By.MONTH)
    heads = [left("Due in", 1.2), right("n", 0.5), right("Up for renewal", 1.3), right("Renewed for", 1.3),
             *(right(name, 0.9) for name in ("GRR", "NRR", "Customers", "Seats", "On time"))]  # fmt: skip
    rows = [
        [one.name, f"{one.due:,}", f"{one.target:,.0f}", f"{one.result:,.0f}",
         *(percent(share, work.settings.language) for share in (one.grr, one.nrr, one.logo, one.unit, one.on_time))]
        for one in (*found.groups, found.total)
    ]  # fmt: skip
    notes = (f"{then}In {found.currency} a year. {found.source_words}", *(one.words for one in found.total.left_out))
    if not found.total.due:
        return Section("Retention", (f"Nothing was due in {year.name} up to {date_words(day)}.",))
    chart = retention_chart(found, work.settings.language)
    return Section(name, chart=chart, table=table(heads, rows, has_total=True), notes=notes)


def _coverage_then(work: Work, day: date) -> Section:
    found = covered_then(work, day, AHEAD)
    window = f"{date_words(found.first)} to {date_words(found.last)}"
    if not found.due:
        return Section("Coverage", (f"Nothing that was in the book by then ends from {window}.",))
    said = (
        f"{found.due:,} contracts end from {window}. By the end of {date_words(day)} {found.spoken:,} were spoken to, "
        f"{found.closed:,} closed with a reason, {found.neither:,} neither."
    )
    unknown = "What was planned for them is not remembered, so nobody is named as missed; today's report names them."
    return Section("Coverage", (said,), notes=(unknown,))


def _coverage(work: Work, day: date) -> tuple[Section, ...]:
    if day < work.today:
        return (_coverage_then(work, day),)
    found = ledger(work, day, day + AHEAD)
    parts = ", ".join(f"{found.parts[cover].count:,} {words.lower()}" for cover, words in COVER_WORDS.items())
    window = f"{date_words(found.first)} to {date_words(found.last)}"
    if not found.due:
        return (Section("Coverage", (f"Nothing ends from {window}.",)),)
    said = f"{found.due:,} contracts end from {window}: {parts}."
    whole = Section("Coverage", (said,), chart=coverage_chart(found))
    if not found.nothing:
        return (whole, Section("Who was missed", ("Nobody: every contract is covered.",), tone="ok"))
    heads: list[Head] = [left("Contract", 1.2), left("Account", 1.8), left("Ends", 0.9), right("Value", 1.2),
                         left("Why", 2.0), left("What to do", 2.0)]  # fmt: skip
    rows = [
        [one.contract_number, one.account, date_words(one.due_on) if one.due_on else "not known",
         "" if one.amount is None else show(one.amount, one.currency), one.words, one.what_to_do]
        for one in ledger_rows(work, day, day + AHEAD, Cover.NOTHING)
    ]  # fmt: skip
    missed = f"{found.nothing:,} {'contract has' if found.nothing == 1 else 'contracts have'} nothing."
    return (whole, Section("Who was missed", (missed,), table=table(heads, rows, most=200), tone="bad"))
