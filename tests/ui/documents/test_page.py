"""Batches by keys: chosen, looked at with real data, made, stopped and gone on with; what was made is opened again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.clock import ManualClock
from callstation.documents import batch
from callstation.documents.batch import Result
from callstation.errors import CancelledError
from db.nouns import Contact
from db.vocabulary import DocumentKind, FileFormat
from tests.documents.office import HOSTILE, fill
from tests.ui.documents.conftest import Clerk, Opener, as_pattern, ready
from tests.ui.walk import nameless, rich
from ui.documents.lists_panel import BATCHES, DOCUMENTS
from ui.documents.page import DocumentsPage
from ui.theme import theme


def page_of(clerk: Clerk) -> DocumentsPage:
    clerk.press("G", "L")
    found = clerk.shell.page("documents")
    assert isinstance(found, DocumentsPage)
    return found


def ordering(clerk: Clerk, digit: str = "1") -> DocumentsPage:
    """A new batch of first notices: of all twelve some end far enough off."""
    page = page_of(clerk)
    clerk.press("A", digit)
    widen(page)
    clerk.settle()
    return page


def widen(page: DocumentsPage) -> None:
    """Everybody, whenever their contract ends."""
    form = page.batching.panel.form
    for name in ("expires_from_days", "expires_to_days"):
        form.filter.words[name].put("")
    form.changed.emit()


def make_some(app: App, count: int) -> Result:
    """A batch that was stopped after ``count``."""
    chosen = app.ask(batch.choose, DocumentKind.FIRST_NOTICE)

    def stop(done: int, _total: int, _words: str) -> None:
        if done >= count:
            raise CancelledError

    folder = app.store.parent / "documents"
    return batch.make(app, chosen, FileFormat.PDF, folder=folder, name="First notice", report=stop)


def test_an_empty_page_says_what_to_do(clerk: Clerk) -> None:
    page = page_of(clerk)
    assert page.empty.isVisible()
    clerk.press("J", "O", "R", "I")
    assert clerk.opened == []


def test_a_batch_is_chosen_looked_at_and_made(clerk: Clerk) -> None:
    page = ordering(clerk)
    view = page.batching.panel.view
    assert view.count.text() == "12 documents"
    assert len(view.looked) == 10
    assert view.number.text() == "1 of 10"
    first = view.who.text()
    clerk.press("N", "N", "P")
    clerk.settle()
    assert view.number.text() == "2 of 10"
    assert view.who.text() != first
    assert view.who.text().split(" · ")[0] in view.view.paper.words
    clerk.press("Ctrl+Enter")
    clerk.settle()
    assert clerk.rows("SELECT count(*) FROM document") == [(12,)]
    assert "12 made" in page.running.title.text()
    assert len(clerk.files) == 13  # the index too
    assert page.lists.tabs.currentIndex() == BATCHES
    clerk.press("I", "O")
    assert clerk.opened[0].name == "Index.xlsx"
    assert clerk.opened[1] == clerk.opened[0].parent


def test_who_was_sent_it_already_is_left_out_and_counted(clerk: Clerk, app: App) -> None:
    make_some(app, 5)
    page = ordering(clerk)
    view = page.batching.panel.view
    assert view.count.text() == "7 documents"
    assert view.said.text() == "Left out: 5 were sent this first notice already."
    page.batching.panel.form.with_sent.setChecked(True)
    clerk.settle()
    assert view.count.text() == "12 documents"


def test_the_blocked_are_named_with_the_missing_field_and_a_way_to_mend_it(clerk: Clerk, app: App) -> None:
    ((contact_id, name),) = app.ask(lambda work: work.rows(
        "SELECT c.id, a.name FROM contact c JOIN account a ON a.id = c.account_id ORDER BY c.id LIMIT 1"
    ))  # fmt: skip
    app.do(lambda work: work.update(Contact, contact_id, email=None))
    page = ordering(clerk)
    clerk.press("F", "F")
    clerk.settle()
    view = page.batching.panel.view
    assert view.blocked_chip.text() == "1 blocked"
    clerk.press("B")
    assert len(view.blocked.buttons) == 1
    assert name in view.blocked.buttons[0].accessibleName()
    view.blocked.buttons[0].click()
    assert clerk.shell.current == "accounts"


def test_without_a_letterhead_every_one_is_blocked_and_leads_there(clerk: Clerk, app: App) -> None:
    app.settings = app.settings.with_values(company_name="")
    page = ordering(clerk)
    view = page.batching.panel.view
    assert view.blocked_chip.text() == "12 blocked"
    assert "company name is missing" in view.missing.words
    view.missing.buttons[0].click()
    assert clerk.shell.current == "settings"


def test_blocked_ones_are_made_once_they_are_mended(clerk: Clerk, app: App) -> None:
    ((contact_id,),) = app.ask(lambda work: work.rows("SELECT max(id) FROM contact"))
    app.do(lambda work: work.update(Contact, contact_id, name=""))
    page = ordering(clerk)
    clerk.press("Ctrl+Enter")
    clerk.settle()
    assert "11 made, 1 blocked" in page.running.title.text()
    assert len(page.lists.strip.blocked.buttons) == 1
    app.do(lambda work: work.update(Contact, contact_id, name="Mended Person"))
    clerk.press("R")
    clerk.settle()
    assert clerk.rows("SELECT count(*) FROM document") == [(12,)]


def test_a_batch_is_stopped_by_escape_and_gone_on_with(
    app: App, clock: ManualClock, qtbot: QtBot, opener: Opener
) -> None:
    fill(app, 132)
    ready(app)
    clerk = Clerk(app, clock, qtbot, opener)
    page = ordering(clerk)
    clerk.press("Ctrl+Enter")
    qtbot.waitUntil(page.running.progress.isVisible)
    clerk.press("Esc")
    clerk.settle()
    ((made,),) = clerk.rows("SELECT count(*) FROM document")
    ((left,),) = clerk.rows("SELECT count(*) FROM batch_item WHERE state = 'waiting'")
    assert made + left == 132
    if left:  # a quick machine may be done before it hears
        assert "was stopped" in page.running.title.text()
        clerk.press("R")
        clerk.settle()
    assert clerk.rows("SELECT count(*) FROM document") == [(132,)]
    assert len([name for name in clerk.files if name.endswith(".pdf")]) == 132
    clerk.close()


def test_an_interrupted_batch_is_offered_when_the_page_opens(clerk: Clerk, app: App) -> None:
    make_some(app, 4)
    page = page_of(clerk)
    assert page.running.isVisible()
    assert "4 of 12" in page.running.title.text()
    clerk.press("R")
    clerk.settle()
    assert clerk.rows("SELECT count(*) FROM document") == [(12,)]
    assert "12 made" in page.running.title.text()


def test_one_can_go_on_calling_while_a_batch_is_made(clerk: Clerk, app: App) -> None:
    ordering(clerk)
    clerk.press("Ctrl+Enter", "G", "D", "Space", "1")
    clerk.settle()
    assert clerk.rows("SELECT count(*) FROM activity WHERE kind = 'call'") == [(1,)]
    assert clerk.rows("SELECT count(*) FROM document") == [(12,)]
    assert "12 made" in page_of(clerk).running.title.text()


def test_documents_are_opened_and_made_again_where_a_file_is_gone(clerk: Clerk, app: App) -> None:
    make_some(app, 3)
    page = page_of(clerk)
    page.running.close_result()
    clerk.press("L")
    assert page.lists.tabs.currentIndex() == DOCUMENTS
    clerk.press("Enter")
    path = clerk.opened[-1]
    before = path.read_bytes()
    path.unlink()
    page.refresh()
    assert "missing" in page.lists.strip.said.text()
    page.running.close_result()
    clerk.press("R")
    clerk.settle()
    assert path.read_bytes() == before
    assert page.lists.file == path


def test_a_filter_that_cannot_be_read_is_said_beside_its_field(clerk: Clerk) -> None:
    page = ordering(clerk)
    form = page.batching.panel.form
    form.filter.words["expires_to_days"].put("soon")
    form.changed.emit()
    clerk.settle()
    assert "no number of days" in form.filter.fields["expires_to_days"].problem.text()
    clerk.press("Ctrl+Enter")
    clerk.settle()
    assert clerk.files == []


def test_nobody_to_write_to_is_said(clerk: Clerk) -> None:
    page = page_of(clerk)
    clerk.press("A", "6")
    clerk.settle()
    assert page.batching.panel.view.count.text() == "Nobody to write to"
    assert not page.batching.panel.make.isEnabled()


def test_escape_leaves_the_order(clerk: Clerk) -> None:
    page = ordering(clerk)
    clerk.press("Esc")
    assert not page.is_ordering
    assert clerk.rows("SELECT count(*) FROM document_batch") == [(0,)]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_are_plain_text(app: App, clock: ManualClock, qtbot: QtBot, opener: Opener, words: str) -> None:
    fill(app, 2, name=as_pattern(words), with_email=False)
    ready(app)
    clerk = Clerk(app, clock, qtbot, opener)
    page = ordering(clerk)
    clerk.press("F", "F", "B")
    clerk.settle()
    clerk.shell.grab()
    assert rich(page) == []
    assert nameless(page) == []
    clerk.press("F", "F", "Ctrl+Enter")
    clerk.settle()
    clerk.press("Ctrl+Enter")
    clerk.settle()
    clerk.shell.grab()
    assert rich(page) == []
    assert nameless(page) == []
    clerk.close()


def test_qt_finds_nothing_wrong_with_the_lists(clerk: Clerk, app: App) -> None:
    make_some(app, 3)
    page = page_of(clerk)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(table.rows, fatal) for table in page.lists.tables]
    page.refresh()
    assert all(isinstance(tester.model(), QAbstractItemModel) for tester in testers)


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
@pytest.mark.parametrize("size", [100, 140])
@pytest.mark.parametrize("state", [page_of, ordering])
def test_the_page_fits_a_small_window(
    clerk: Clerk, app: App, scheme: str, size: int, state: Callable[[Clerk], DocumentsPage]
) -> None:
    theme.apply(QApplication.instance(), scheme, size)  # type: ignore[arg-type]
    make_some(app, 3)
    clerk.shell.resize(1093, 575)
    page = state(clerk)
    clerk.shell.grab()
    assert page.minimumSizeHint().width() <= 1093 - 57
    assert page.minimumSizeHint().height() <= 575 - 36
    QTest.keyClick(page, Qt.Key.Key_Tab)
