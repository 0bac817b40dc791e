"""E-mail drafts: every word arrives, no header is injected, the same draft is the same bytes."""

from datetime import date
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.documents.clean import plain
from callstation.documents.data import Subject
from callstation.documents.fields import MissingFieldsError
from callstation.documents.filing import make_document
from callstation.documents.mime import Attachment, Message, address, draft
from callstation.errors import UserError
from callstation.work import Work
from db.nouns import Contact
from db.vocabulary import DocumentKind, FileFormat
from tests.documents.office import ANYTHING, LETTERHEAD, fill

HEADERS = [
    "X-Unsent", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Language", "Content-Type",
]  # fmt: skip


def _read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def _on_one_line(text: str) -> str:
    return " ".join(plain(text).split())


@settings(max_examples=300, deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING, st.lists(st.tuples(ANYTHING, st.binary(max_size=300)), max_size=3))
def test_every_word_of_a_draft_arrives_and_nothing_else(
    name: str, subject: str, body: str, files: list[tuple[str, bytes]]
) -> None:
    attached = [Attachment(f"{title}.pdf", content) for title, content in files]
    message = Message(name, "priya@example.com", subject, body, date(2026, 11, 25), "de-AT", attached)
    raw = draft(message)
    assert raw == draft(message)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    read = _read(raw)
    assert list(read.keys()) == HEADERS
    assert read["Subject"] == _on_one_line(subject)
    assert [one.addr_spec for one in read["To"].addresses] == ["priya@example.com"]
    shown = parseaddr(message_from_bytes(raw)["To"])[0]
    assert str(make_header(decode_header(shown))) == _on_one_line(name)
    text, *rest = read.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == plain(body)
    assert [part.get_content() for part in rest] == [content for _, content in files]
    assert [part.get_filename() for part in rest] == [_on_one_line(f"{title}.pdf") for title, _ in files]


def test_it_opens_as_a_draft_dated_from_its_data() -> None:
    read = _read(draft(Message("Priya", "p@example.com", "Hello", "Text", date(2026, 11, 25))))
    assert read["X-Unsent"] == "1"
    assert read["Date"].datetime.isoformat() == "2026-11-25T12:00:00+00:00"


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("a.b+c@example.com", "a.b+c@example.com"),
        (" a@münchen.example ", "a@xn--mnchen-3ya.example"),
        ("ü@example.com", None),
        ("a@x.example\r\nBcc: y@z.example", None),
        ("a@x.example, b@x.example", None),
        ("a@localhost", None),
        ("a..b@x.example", None),
        ("@x.example", None),
        ("", None),
    ],
)
def test_only_one_plain_address_is_taken(typed: str, taken: str | None) -> None:
    assert address(typed) == taken


@pytest.fixture
def office(app: App) -> App:
    app.settings = LETTERHEAD
    fill(app, 3)
    return app


def test_a_letter_is_the_text_of_its_e_mail_and_goes_along_as_a_pdf(office: App, tmp_path: Path) -> None:
    made = make_document(office, DocumentKind.REMINDER, Subject(2), FileFormat.EML, folder=tmp_path / "documents")
    text, pdf = _read(made.path.read_bytes()).iter_parts()
    assert text.get_content().startswith("Guten Tag Priya Raman,")
    assert "Dana Kim" in text.get_content()
    assert pdf.get_content()[:5] == b"%PDF-"


def _set_email(work: Work, email: str | None) -> None:
    work.update(Contact, 1, email=email)


def test_without_an_address_the_draft_is_blocked_and_says_whose_is_missing(office: App, tmp_path: Path) -> None:
    office.do(_set_email, None)
    with pytest.raises(MissingFieldsError, match="e-mail address of Priya Raman"):
        make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.EML, folder=tmp_path / "documents")
    office.do(_set_email, "priya at example")
    with pytest.raises(UserError, match="“priya at example” of Priya Raman is no e-mail address"):
        make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.EML, folder=tmp_path / "documents")
    assert not (tmp_path / "documents").exists()
