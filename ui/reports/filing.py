"""Filing a report by key: the day sheet or the weekly report, as PDF or XLSX, made beside the window."""

from datetime import date
from typing import TYPE_CHECKING

from callstation.calling.clock_words import date_words
from callstation.documents.filing import Made
from callstation.errors import UserError
from callstation.reports.making import TITLES, ReportKind, make_report
from db.vocabulary import FileFormat
from ui.documents.again import documents_folder
from ui.pipeline.ask_strip import AskStrip, Choice, Question

if TYPE_CHECKING:
    from ui.shell import Shell

FORMATS = (FileFormat.PDF, FileFormat.XLSX)


def ask_report(shell: "Shell", strip: AskStrip, day: date) -> None:
    """Ask which report of a day to file, and as what."""
    choices = tuple(
        Choice(f"{TITLES[kind]}, {one.value.upper()}", (kind, one)) for kind in ReportKind for one in FORMATS
    )

    def answer(chosen: tuple[ReportKind, FileFormat]) -> None:
        strip.left.emit()
        app, folder = shell.app, documents_folder(shell)
        shell.jobs.run(
            lambda _report: make_report(app, *chosen, day, folder=folder), done=lambda made: _tell(shell, made),
            failed=lambda error: _fail(shell, error), label="report", owner=strip,
        )  # fmt: skip

    strip.ask(Question("Which report to file?", answer, f"Of {date_words(day)}.", choices))


def _tell(shell: "Shell", made: Made) -> None:
    shell.say(f"{made.label}: {made.path.name}.")


def _fail(shell: "Shell", error: Exception) -> None:
    if isinstance(error, UserError):
        shell.show_problem(error)
    else:
        raise error
