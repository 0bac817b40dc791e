"""A document made in the call: chosen by digit, looked at, filed and opened; what is missing is said in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.clock import ManualClock
from db.nouns import Account, Contact
from db.vocabulary import DocumentKind, FileFormat
from tests.documents.office import HOSTILE, fill
from tests.ui.calling.test_looks import beyond
from tests.ui.documents.conftest import Clerk, Opener, as_pattern, ready
from tests.ui.walk import nameless, rich
from ui.documents.documenting import Documenting
from ui.theme import theme


def open_sheet(clerk: Clerk) -> Documenting:
    clerk.press("L")
    clerk.settle()
    return clerk.page.documenting


def test_l_shows_the_letter_of_the_moment_without_leaving_the_call(clerk: Clerk) -> None:
    clerk.press("Space")
    found = open_sheet(clerk)
    assert found.is_open
    assert found.kind is DocumentKind.REMINDER  # 27 days before the end
    assert clerk.page.space.head.isVisible()
    assert not clerk.page.space.work.isVisible()
    assert len(found.sheet.view.paper) == 1
    assert clerk.account in found.sheet.view.paper.words
    clerk.clock.advance(65)
    clerk.page.show_clock()
    assert clerk.page.space.head.clock.shown == "01:05"


def test_enter_makes_and_files_it_and_undo_takes_the_record_back(clerk: Clerk) -> None:
    account = clerk.account
    open_sheet(clerk)
    clerk.press("Enter")
    clerk.settle()
    assert len(clerk.files) == 1
    assert "Reminder" in clerk.files[0]
    assert clerk.rows("SELECT kind, format, language FROM document") == [("reminder", "pdf", "en_GB")]
    assert account in clerk.said
    assert clerk.rows("SELECT count(*) FROM activity WHERE kind = 'document'") == [(1,)]
    clerk.press("Ctrl+Z")
    assert clerk.rows("SELECT count(*) FROM document") == [(0,)]


def test_what_was_made_is_opened_by_a_key(clerk: Clerk) -> None:
    open_sheet(clerk)
    clerk.press("O")
    assert clerk.opened == []
    clerk.press("Enter")
    clerk.settle()
    clerk.press("O", "Shift+O")
    assert [path.suffix for path in clerk.opened] == [".pdf", ""]
    assert clerk.opened[1] == clerk.opened[0].parent


def test_digits_choose_and_f_and_l_change_file_and_language(clerk: Clerk) -> None:
    found = open_sheet(clerk)
    clerk.press("2")
    assert found.place == 1
    clerk.press("J", "K", "K", "K")
    assert found.place == 0
    clerk.press("F")
    assert found.file_format is FileFormat.DOCX
    clerk.press("L")
    clerk.settle()
    assert "Erinnerung" in found.sheet.view.paper.words
    clerk.press("Enter")
    clerk.settle()
    assert clerk.rows("SELECT format, language FROM document") == [("docx", "de_DE")]


def test_an_e_mail_draft_is_opened_at_once(clerk: Clerk) -> None:
    open_sheet(clerk)
    clerk.press("F", "F")
    clerk.settle()
    clerk.press("Enter")
    clerk.settle()
    assert [path.suffix for path in clerk.opened] == [".eml"]
    assert b"X-Unsent: 1" in clerk.opened[0].read_bytes()


def test_escape_goes_back_to_the_note_and_the_call_is_still_logged_by_ctrl_and_digit(clerk: Clerk) -> None:
    clerk.press("Space")
    found = open_sheet(clerk)
    clerk.press("Esc")
    assert not found.is_open
    assert clerk.page.space.work.isVisible()
    open_sheet(clerk)
    account = clerk.account
    clerk.press("Ctrl+1")
    assert clerk.rows("SELECT disposition FROM activity WHERE kind = 'call'") == [("no_answer",)]
    assert clerk.account != account
    assert not found.is_open


def test_an_outcome_that_asks_something_closes_the_sheet(clerk: Clerk) -> None:
    found = open_sheet(clerk)
    clerk.press("Ctrl+6")
    assert not found.is_open
    assert clerk.page.space.strip.isVisible()


def test_a_missing_field_is_said_in_words_and_enter_leads_to_it(clerk: Clerk, app: App) -> None:
    app.settings = app.settings.with_values(company_name="", signed_by="")
    found = open_sheet(clerk)
    assert "company name is missing" in found.sheet.missing.words
    assert "Settings, Letterhead" in found.sheet.missing.words
    assert clerk.files == []
    clerk.press("Enter")
    assert clerk.shell.current == "settings"
    field = clerk.shell.page("settings").rows["company_name"].control.widget  # type: ignore[attr-defined]
    assert field.hasFocus()


def test_a_letter_that_would_not_be_true_is_refused_in_words(clerk: Clerk) -> None:
    found = open_sheet(clerk)
    place = [fit.kind for fit in found.fits].index(DocumentKind.LAPSE)
    clerk.press(str(place + 1))
    clerk.settle()
    assert "too early" in found.sheet.missing.words
    clerk.press("Enter")
    clerk.settle()
    assert clerk.files == []


def test_without_an_address_no_draft_is_made_and_enter_opens_the_account(clerk: Clerk, app: App) -> None:
    assert clerk.page.card is not None
    contact_id = clerk.page.card.contact_id
    assert contact_id is not None
    app.do(lambda work: work.update(Contact, contact_id, email=None))
    found = open_sheet(clerk)
    clerk.press("F", "F")
    clerk.settle()
    assert "e-mail address" in found.sheet.missing.words
    clerk.press("Enter")
    assert clerk.shell.current == "accounts"


def test_a_missing_street_is_filled_in_where_enter_leads_and_the_letter_is_made(clerk: Clerk, app: App) -> None:
    card = clerk.page.card
    assert card is not None
    app.do(lambda work: work.update(Account, card.account_id, street=None))
    path = app.store.parent / "templates" / "en" / "reminder.txt"
    path.parent.mkdir(parents=True)
    path.write_text("Subject: Hello\n\nYou are at {{ account.street }}.\n--\nBye,\n", encoding="utf-8")
    found = open_sheet(clerk)
    assert "on the account's page" in found.sheet.missing.words
    clerk.press("Enter")
    assert clerk.shell.current == "accounts"
    form = clerk.shell.page("accounts").head.form  # type: ignore[attr-defined]
    assert form.fields["street"].hasFocus()
    clerk.type("12 Harbour Row")
    clerk.press("Enter")
    clerk.shell.go("desk", account_id=card.account_id)
    assert "You are at 12 Harbour Row." in open_sheet(clerk).sheet.view.paper.words


def test_the_words_are_edited_in_a_copy_of_the_companys_own_and_the_page_follows(clerk: Clerk, qtbot: QtBot) -> None:
    found = open_sheet(clerk)
    clerk.press("Ctrl+E")
    (path,) = clerk.opened
    assert path == clerk.app.store.parent / "templates" / "en" / "reminder.txt"
    path.write_text("Subject: Our own words\n\nDear {{ contact.name }}, it ends.\n--\nBye,\n", encoding="utf-8")
    qtbot.waitUntil(lambda: "Our own words" in found.sheet.view.paper.words, timeout=10_000)


def test_as_a_word_file_the_form_itself_is_edited_and_then_wins(clerk: Clerk) -> None:
    found = open_sheet(clerk)
    clerk.press("F", "Ctrl+E")
    clerk.settle()
    (path,) = clerk.opened
    assert path == clerk.app.store.parent / "templates" / "en" / "reminder.docx"
    clerk.press("F", "F", "F")
    clerk.settle()
    assert "your own Word form" in found.sheet.said.text()
    path.write_bytes(b"no Word file")
    clerk.press("2", "1")
    clerk.settle()
    assert "reminder.docx" in found.sheet.missing.words


def test_a_broken_copy_is_said_with_its_file_and_line(clerk: Clerk) -> None:
    path = clerk.app.store.parent / "templates" / "en" / "reminder.txt"
    path.parent.mkdir(parents=True)
    path.write_text("Subject: x\n\n{{ contact.nonsense }}\n", encoding="utf-8")
    found = open_sheet(clerk)
    assert "reminder.txt, line 3" in found.sheet.missing.words


def test_the_pages_are_looked_at_over_the_whole_window(clerk: Clerk) -> None:
    found = open_sheet(clerk)
    clerk.press("Ctrl+P")
    assert found.large.isVisible()
    clerk.press("2")
    assert found.place == 0
    clerk.press("Esc")
    assert not found.large.isVisible()
    assert found.is_open


def test_the_same_document_twice_is_one(clerk: Clerk) -> None:
    open_sheet(clerk)
    for _ in range(2):
        clerk.press("Enter")
        clerk.settle()
    assert len(clerk.files) == 1
    assert "on file already" in clerk.said


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_are_plain_text(app: App, clock: ManualClock, qtbot: QtBot, opener: Opener, words: str) -> None:
    fill(app, 1, name=as_pattern(words))
    ready(app)
    clerk = Clerk(app, clock, qtbot, opener)
    open_sheet(clerk)
    clerk.press("Enter")
    clerk.settle()
    clerk.shell.grab()
    assert len(clerk.files) == 1
    assert rich(clerk.page) == []
    assert nameless(clerk.page.documenting.sheet) == []
    clerk.close()


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
@pytest.mark.parametrize("size", [100, 140])
def test_the_sheet_fits_a_small_window(clerk: Clerk, scheme: str, size: int) -> None:
    theme.apply(QApplication.instance(), scheme, size)  # type: ignore[arg-type]
    clerk.shell.resize(1093, 575)
    before = clerk.shell.minimumSizeHint()
    found = open_sheet(clerk)
    QApplication.processEvents()
    clerk.shell.grab()
    after = clerk.shell.minimumSizeHint()
    assert after.width() <= max(1093, before.width())
    assert after.height() <= max(575, before.height())
    assert beyond(clerk) == []
    assert found.sheet.view.height() >= 100
    QTest.keyClick(clerk.page, Qt.Key.Key_PageDown)
    assert nameless(found.sheet) == []
