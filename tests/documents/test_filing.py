"""Documents on file: whole or not there, never over another file, on the timeline, and made again byte for byte."""

import errno
import os
from pathlib import Path

import pytest

from callstation.accounts.timeline import timeline
from callstation.app import App
from callstation.clock import ManualClock
from callstation.documents.data import Subject
from callstation.documents.disk import digest_of, write_new
from callstation.documents.fields import MissingFieldsError
from callstation.documents.filing import (
    documents_of,
    file_of,
    make_again,
    make_document,
    put_back,
    states_of,
)
from callstation.errors import UserError
from callstation.quotes.quotes import save_quote
from callstation.quotes.worksheet import Choices
from callstation.work import Work
from db.nouns import Account
from db.vocabulary import DocumentKind, FileFormat, QuoteStatus
from tests.documents.office import HOSTILE, LETTERHEAD, fill


@pytest.fixture
def office(app: App) -> App:
    app.settings = LETTERHEAD
    fill(app, 2)
    return app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


def files_in(folder: Path) -> list[str]:
    """Every file below a folder, with forward slashes."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def reminder(app: App, folder: Path, account_id: int = 1, file_format: FileFormat = FileFormat.DOCX) -> Path:
    return make_document(app, DocumentKind.REMINDER, Subject(account_id), file_format, folder=folder).path


def test_a_document_lies_in_its_accounts_folder_under_a_name_that_says_what_it_is(office: App, folder: Path) -> None:
    reminder(office, folder)
    assert files_in(folder) == ["Customer 0 (1)/2026-11-23 Reminder C-1.docx"]


def test_it_stands_on_the_timeline_and_waits_for_the_crm(office: App, folder: Path) -> None:
    made = make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.DOCX, folder=folder)
    assert made.label == "Filed Reminder C-1 for Customer 0"
    assert office.undo_label == made.label
    assert office.ask(timeline, 1)[0].title == "Reminder C-1 (Word)"
    (row,) = office.ask(documents_of, 1)
    assert (row.title, row.contact, row.language, row.batch_id) == ("Reminder C-1", "Priya Raman", "en_US", None)
    outbox = office.ask(lambda work: work.rows("SELECT entity FROM outbox_entry"))
    assert outbox == [("activity",)]


def test_undo_takes_the_record_back_and_leaves_the_file_which_the_next_making_adopts(office: App, folder: Path) -> None:
    path = reminder(office, folder)
    office.undo()
    assert office.ask(documents_of, 1) == ()
    assert path.exists()
    assert reminder(office, folder) == path
    assert len(office.ask(documents_of, 1)) == 1


def test_the_same_document_made_twice_is_one(office: App, folder: Path) -> None:
    first = make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.DOCX, folder=folder)
    second = make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.DOCX, folder=folder)
    assert (second.document_id, second.path, second.is_new) == (first.document_id, first.path, False)
    assert len(office.ask(documents_of, 1)) == 1


def test_another_file_of_that_name_is_never_overwritten(office: App, folder: Path) -> None:
    path = reminder(office, folder)
    path.write_bytes(b"the rep's own edit")
    second = reminder(office, folder)
    assert second.name == "2026-11-23 Reminder C-1 (2).docx"
    assert path.read_bytes() == b"the rep's own edit"


@pytest.mark.parametrize("file_format", [FileFormat.DOCX, FileFormat.PDF, FileFormat.EML])
def test_a_document_is_made_again_byte_for_byte_when_all_has_changed(
    office: App, folder: Path, clock: ManualClock, file_format: FileFormat
) -> None:
    made = make_document(office, DocumentKind.REMINDER, Subject(1), file_format, folder=folder)
    before = made.path.read_bytes()

    def rename(work: Work) -> None:
        work.update(Account, 1, name="Another Name", country="FR")

    office.do(rename)
    clock.advance(40 * 86_400)
    office.settings = office.settings.with_values(company_name="Other GmbH", signed_by="Somebody Else")
    made.path.unlink()
    assert make_again(office, made.document_id) == before
    assert put_back(office, made.document_id, folder=folder) == made.path
    assert made.path.read_bytes() == before


def test_a_missing_and_a_changed_file_are_told_and_put_back_beside_the_change(office: App, folder: Path) -> None:
    one = make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.DOCX, folder=folder)
    two = make_document(office, DocumentKind.REMINDER, Subject(2), FileFormat.DOCX, folder=folder)
    assert office.ask(states_of, folder) == {}
    one.path.unlink()
    two.path.write_bytes(b"edited")
    assert office.ask(states_of, folder) == {one.document_id: "missing", two.document_id: "changed"}
    put_back(office, two.document_id, folder=folder)
    put_back(office, one.document_id, folder=folder)
    assert office.ask(states_of, folder) == {}
    assert [path.read_bytes() for path in two.path.parent.glob("*changed*")] == [b"edited"]


def test_a_document_that_the_program_would_make_otherwise_today_is_not_passed_off_as_the_same(
    office: App, folder: Path
) -> None:
    made = make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.DOCX, folder=folder)
    office.record(lambda work: work.derive("UPDATE document SET digest = ? WHERE id = 1", (digest_of(b"other"),)))
    with pytest.raises(UserError, match="cannot be made the same again"):
        make_again(office, made.document_id)


def test_a_hostile_customer_name_makes_a_file_inside_the_folder_and_nowhere_else(
    app: App, folder: Path, tmp_path: Path
) -> None:
    app.settings = LETTERHEAD
    fill(app, len(HOSTILE))

    def rename(work: Work) -> None:
        for number, name in enumerate(HOSTILE, start=1):
            storable = name.encode("utf-8", "replace").decode()
            work.update(Account, number, name=storable)
            work.raw.execute("UPDATE contract SET number = ? WHERE account_id = ?", (storable, number))

    app.do(rename)
    outside = set(tmp_path.iterdir()) | {folder}
    for number in range(1, len(HOSTILE) + 1):
        path = reminder(app, folder, number)
        assert path.is_relative_to(folder)
        assert len(path.relative_to(folder).parts) == 2
        assert len(str(path.relative_to(folder))) <= 160, "too long for Windows"
    assert set(tmp_path.iterdir()) == outside
    assert len(files_in(folder)) == len(HOSTILE)


@pytest.mark.parametrize("path", ["../outside.pdf", "a/../../outside.pdf", "/etc/passwd", "C:/x.pdf", "..\\x.pdf"])
def test_a_stored_path_leads_nowhere_but_into_the_folder(folder: Path, path: str) -> None:
    with pytest.raises(UserError, match="outside the documents folder"):
        file_of(folder, path)
    assert file_of(Path("here"), "a/b.pdf") == Path("here/a/b.pdf")


def test_what_is_missing_is_named_and_nothing_is_left(office: App, folder: Path) -> None:
    office.settings = office.settings.with_values(company_name="", signed_by="")
    with pytest.raises(MissingFieldsError, match="company name"):
        reminder(office, folder)
    assert not folder.exists()
    assert office.ask(documents_of, 1) == ()


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_full_disk_leaves_no_half_file_and_no_record(
    office: App, folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    if call == "link":  # no links there: the name is given by renaming, which fails as well
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UserError, match="No space left"):
        reminder(office, folder)
    monkeypatch.undo()
    assert files_in(folder) == []
    assert office.ask(documents_of, 1) == ()
    reminder(office, folder)
    assert len(files_in(folder)) == 1


def test_a_store_that_refuses_the_record_leaves_no_file(office: App, folder: Path) -> None:
    office.record(lambda work: work.raw.execute("DROP TABLE outbox_entry"))
    with pytest.raises(Exception, match="outbox_entry"):
        reminder(office, folder)
    assert files_in(folder) == []


def test_without_links_files_are_renamed_and_still_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    first, _ = write_new(tmp_path / "a.txt", b"one")
    second, _ = write_new(tmp_path / "a.txt", b"two")
    third, is_new = write_new(tmp_path / "a.txt", b"one")
    assert (first.name, second.name, third.name, is_new) == ("a.txt", "a (2).txt", "a.txt", False)
    assert files_in(tmp_path) == ["a (2).txt", "a.txt"]


@pytest.mark.parametrize("file_format", [FileFormat.PDF, FileFormat.EML])
def test_making_a_quotes_file_sends_nothing(office: App, folder: Path, file_format: FileFormat) -> None:
    saved = office.do(save_quote, office.ask(target_of, 1), Choices())
    subject = Subject(1, quote_id=saved.quote_id)
    if file_format is FileFormat.EML:
        with pytest.raises(UserError, match="Send it first"):
            make_document(office, DocumentKind.QUOTE, subject, file_format, folder=folder)
    else:
        made = make_document(office, DocumentKind.QUOTE, subject, file_format, folder=folder)
        assert made.path.name == f"2026-11-23 Quote {saved.number} v1.pdf"
        assert office.ask(timeline, 1)[0].title == f"Quote {saved.number} v1 (PDF)"
    status = office.ask(lambda work: work.rows("SELECT status, sent_at FROM quote"))
    assert status == [(QuoteStatus.DRAFT, None)]


def target_of(work: Work, account_id: int) -> int:
    found = work.row("SELECT id FROM call_target WHERE account_id = ?", (account_id,))
    assert found is not None
    return int(found[0])
