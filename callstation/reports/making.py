"""Making a report and filing it: read once, printed as PDF or packed as XLSX, whole on the disk or not there."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from callstation.calling.clock_words import date_words
from callstation.documents.disk import write_new
from callstation.documents.locales import paper_for
from callstation.documents.names import FILE, safe_name
from callstation.documents.parties import sender_of
from callstation.errors import UserError
from callstation.reports.kpis import week_of
from callstation.reports.report import Report
from callstation.work import Work
from db.vocabulary import FileFormat

if TYPE_CHECKING:
    from callstation.app import App

FOLDER = "Reports"
"""Below the documents folder, beside the folders of the accounts."""


class ReportKind(StrEnum):
    """Which report."""

    DAY = "day"
    WEEK = "week"


TITLES = {ReportKind.DAY: "Day sheet", ReportKind.WEEK: "Weekly report"}


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report on file; ``is_new`` is false where the very same one was there."""

    path: Path
    label: str
    is_new: bool


def read_report(work: Work, kind: ReportKind, day: date) -> Report:
    """Everything a report says, of the day or of its week. ``UserError`` for a day that lies ahead."""
    found = heading_of(work, kind, day)
    if kind is ReportKind.DAY:
        from callstation.reports.daily import day_sections as sections
    else:
        from callstation.reports.weekly import week_sections as sections
    return replace(found, sections=sections(work, day))


def heading_of(work: Work, kind: ReportKind, day: date) -> Report:
    """The report without its sections. ``UserError`` for a day that lies ahead."""
    if day > work.today:
        raise UserError(f"{date_words(day)} lies ahead.", "", "Choose today or an earlier day.")
    title = f"{TITLES[kind]}, {date_words(day)}"
    if kind is ReportKind.WEEK:
        week = week_of(day)
        title = f"{TITLES[kind]}, {date_words(week.starts_on)} to {date_words(week.ends_on)}"
    settings = work.settings
    paper = paper_for(settings.paper, settings.home_region, settings.language)
    return Report(title, work.today, paper, sender_of(settings), ())


def make_report(
    app: "App", kind: ReportKind, file_format: FileFormat, day: date, *, folder: Path
) -> MadeReport:  # fmt: skip
    """Make a report and file it below ``folder`` (``Places.documents``).

    ``UserError`` for a day ahead, a format it is not made as, and a place that cannot be written.
    """
    if file_format is FileFormat.PDF:
        from callstation.documents.pdf_report import report_pages

        content = report_pages(app.ask(read_report, kind, day))
    elif file_format is FileFormat.XLSX:
        from callstation.reports.pack import report_pack
        from callstation.reports.pack_facts import pack_facts

        facts = app.ask(pack_facts, day, is_week=kind is ReportKind.WEEK)
        content = report_pack(app.ask(heading_of, kind, day), facts)
    else:
        raise UserError(f"A report is not made as {file_format.value}.", "", "It is made as: pdf, xlsx.")
    name = safe_name(f"{day.isoformat()} {TITLES[kind]}", ending=f".{file_format.value}", longest=FILE)
    path, is_new = write_new(folder / FOLDER / name, content)
    return MadeReport(path, f"Filed the {TITLES[kind].lower()} of {date_words(day)}", is_new)
