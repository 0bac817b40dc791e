"""Making a report and filing it: read once, printed as PDF or packed as XLSX, a document like any other."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from callstation.calling.clock_words import date_words
from callstation.documents.disk import digest_of, write_new
from callstation.documents.filing import Made, on_file
from callstation.documents.kinds import check_format, label_of
from callstation.documents.locales import paper_for
from callstation.documents.names import FILE, safe_name
from callstation.documents.parties import sender_of
from callstation.errors import UserError
from callstation.reports.kept import keep, made_from
from callstation.reports.kpis import week_of
from callstation.reports.report import Report, Section
from callstation.reports.then import week_end
from callstation.work import Work
from db.nouns import Document
from db.vocabulary import DocumentKind, FileFormat

if TYPE_CHECKING:
    from callstation.app import App

FOLDER = "Reports"
"""Below the documents folder, beside the folders of the accounts."""
LANGUAGE = "en"
"""What reports are written in; they are for the rep alone."""


class ReportKind(StrEnum):
    """Which report."""

    DAY = "day"
    WEEK = "week"

    @property
    def document(self) -> DocumentKind:
        """What it is on file as."""
        return DocumentKind.DAY_SHEET if self is ReportKind.DAY else DocumentKind.WEEKLY_REPORT


TITLES = {kind: label_of(kind.document) for kind in ReportKind}


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
    return page_of(work, title, ())


def page_of(work: Work, title: str, sections: tuple[Section, ...]) -> Report:
    """Sections under the letterhead of the settings, as of today."""
    settings = work.settings
    paper = paper_for(settings.paper, settings.home_region, settings.language)
    return Report(title, work.today, paper, sender_of(settings), sections)


def make_report(app: "App", kind: ReportKind, file_format: FileFormat, day: date, *, folder: Path) -> Made:
    """Make a report and file it below ``folder`` (``Places.documents``), in one undoable step.

    ``UserError`` for a day ahead, a format it is not made as, and a place that cannot be written.
    """
    check_format(kind.document, file_format)
    if kind is ReportKind.WEEK:
        day = app.ask(week_end, day)
    if file_format is FileFormat.XLSX:
        from callstation.reports.pack_facts import pack_facts
        from callstation.reports.pack_then import pack_facts_then

        read = pack_facts if day >= app.ask(lambda work: work.today) else pack_facts_then
        facts = app.ask(read, day, is_week=kind is ReportKind.WEEK)
        data = keep(app.ask(heading_of, kind, day), facts)
    else:
        data = keep(app.ask(read_report, kind, day))
    name = f"{day.isoformat()} {TITLES[kind]}"
    return file_report(app, kind.document, file_format, name, f"{TITLES[kind]} of {date_words(day)}", data, folder)


def print_page(app: "App", title: str, sections: tuple[Section, ...], *, folder: Path) -> Made:
    """Make a PDF of what a page of the window shows, and file it as a report is filed. ``UserError`` as there."""
    report = app.ask(page_of, title, sections)
    name = f"{report.made_on.isoformat()} {title}"
    return file_report(app, DocumentKind.PRINTED_PAGE, FileFormat.PDF, name, title, keep(report), folder)


def file_report(
    app: "App", kind: DocumentKind, file_format: FileFormat, name: str, label: str, data: str, folder: Path
) -> Made:
    """Make a file from kept data, write it and note it; undo takes the note back and leaves the file."""
    content = made_from(file_format, data)  # from what is kept, so that it can be made again
    named = safe_name(name, ending=f".{file_format.value}", longest=FILE)
    path, is_new = write_new(folder / FOLDER / named, content)
    place, digest = path.relative_to(folder).as_posix(), digest_of(content)
    if not is_new and (known := app.ask(on_file, place, digest)) is not None:
        return Made(known, path, f"{label} is on file already", False)
    label = f"Filed {label[0].lower()}{label[1:]}"
    try:
        document_id = app.do(_record, kind, file_format, place, digest, data, label)
    except BaseException:
        if is_new:
            path.unlink(missing_ok=True)
        raise
    return Made(document_id, path, label, True)


def _record(
    work: Work, kind: DocumentKind, file_format: FileFormat, place: str, digest: str, data: str, label: str
) -> int:
    work.journal.label = label
    return work.insert(
        Document, uid=uuid4().hex, kind=kind, format=file_format, account_id=None, contact_id=None, renewal_id=None,
        quote_id=None, batch_id=None, language=LANGUAGE, path=place, digest=digest, data=data, made_at=work.now,
    )  # fmt: skip
