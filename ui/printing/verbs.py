"""Two keys of a page that shows figures: print it as a PDF, and export the table in hand as XLSX or CSV."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from callstation.calling.clock_words import date_words
from callstation.errors import UserError
from ui import words
from ui.documents.again import documents_folder
from ui.documents.opening import open_file
from ui.pipeline.ask_strip import AskStrip, Choice, Question

if TYPE_CHECKING:
    from callstation.documents.filing import Made
    from ui.page import Page
    from ui.shell import Shell


def printing(page: "Page", strip: AskStrip, title: Callable[[], str]) -> dict[str, Callable[[], object]]:
    """What a page answers to; ``title`` says what is in view, and what is asked, its strip asks."""
    return {"print_page": lambda: print_shown(page, title()), "export_table": lambda: export_shown(page, strip)}


def print_shown(page: "Page", title: str) -> None:
    """File a PDF of what is in view under the letterhead, and open it with the system's own viewer, which prints."""
    from callstation.reports.making import print_page
    from ui.printing.reading import sections_of

    shell, app, folder = page.shell, page.app, documents_folder(page.shell)
    sections = sections_of(page, f"As of {date_words(app.ask(lambda work: work.today))}")
    if not sections:
        shell.say("There is nothing on this page to print.", "mute")
        return

    def done(made: "Made") -> None:
        shell.say(f"{made.label}: {made.path.name}.")
        try:
            open_file(made.path)
        except UserError as error:
            shell.show_problem(error)

    shell.jobs.run(
        lambda _report: print_page(app, title, sections, folder=folder), done=done,
        failed=lambda error: _fail(shell, error), label="print", owner=page,
    )  # fmt: skip


def export_shown(page: "Page", strip: AskStrip) -> None:
    """Ask as which file to export the table in hand, and write it into the folder of exports."""
    from ui.printing.exporting import FOLDER, FORMATS, shown_sheet, write_beside

    shell = page.shell
    read = shown_sheet(page)
    if read is None:
        shell.say("There is no table in view to export.", "mute")
        return
    folder, today = page.app.store.parent / FOLDER, page.app.ask(lambda work: work.today)

    def write(ending: str) -> tuple[str, int]:
        made = read()
        assert made is not None
        return str(write_beside(made, folder, ending, today)), len(made.rows)

    def answer(ending: str) -> None:
        strip.left.emit()
        shell.jobs.run(
            lambda _report: write(ending), done=lambda told: _tell(shell, *told),
            failed=lambda error: _fail(shell, error), label="export", owner=page,
        )  # fmt: skip

    choices, says = tuple(Choice(one.upper(), one) for one in FORMATS), "Into the folder of exports."
    strip.ask(Question("Export this table as what?", answer, says, choices))


def _tell(shell: "Shell", path: str, rows: int) -> None:
    number = words.count(rows, shell.app.settings)
    shell.say(f"Exported {number} {'row' if rows == 1 else 'rows'}: {Path(path).name}, in {Path(path).parent}.")


def _fail(shell: "Shell", error: Exception) -> None:
    if not isinstance(error, UserError):
        raise error
    shell.show_problem(error)
