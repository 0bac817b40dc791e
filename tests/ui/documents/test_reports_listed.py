"""Reports in the list of documents: there like letters, opened, made again, taken back by undo."""

from callstation.reports.making import ReportKind, make_report
from db.vocabulary import FileFormat
from tests.ui.documents.conftest import Clerk
from ui.documents.page import DocumentsPage


def at_documents(clerk: Clerk) -> DocumentsPage:
    clerk.shell.go("documents")
    clerk.settle()
    page = clerk.shell.page("documents")
    assert isinstance(page, DocumentsPage)
    return page


def test_a_report_stands_in_the_list_and_is_made_again_by_key(clerk: Clerk) -> None:
    day = clerk.app.ask(lambda work: work.today)
    made = make_report(clerk.app, ReportKind.WEEK, FileFormat.PDF, day, folder=clerk.folder)
    before = made.path.read_bytes()
    page = at_documents(clerk)
    row = page.lists.current
    assert row is not None
    assert page.lists.table.rows.words(0, 0) == "The whole book"
    assert page.lists.table.rows.words(0, 1) == made.path.stem
    assert page.lists.strip.title.text() == made.path.stem
    clerk.press("O")
    assert clerk.opened == [made.path]
    made.path.unlink()
    page.refresh()
    clerk.press("R")
    clerk.settle()
    assert made.path.read_bytes() == before
    clerk.press("Ctrl+Z")
    clerk.settle()
    assert page.lists.current is None
