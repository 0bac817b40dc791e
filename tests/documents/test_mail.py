"""E-mail drafts: every word arrives, no header is injected, the same draft is the same bytes."""

from dataclasses import replace
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
from callstation.documents.mail import mail_words, render_eml
from callstation.documents.mime import ENDINGS, Attachment, Message, address, draft
from callstation.documents.wording import Words
from callstation.errors import UserError
from callstation.work import Work
from db.nouns import Account, Contact, Contract
from db.vocabulary import AccountKind, DocumentKind, FileFormat
from tests.documents.letters import QUOTE, letter
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


@pytest.mark.parametrize("watermark", ["draft", "needs_approval", "rejected", "expired", "superseded"])
def test_no_e_mail_is_drafted_for_a_quote_that_must_not_go_out(watermark: str) -> None:
    person = {"name": "Priya Raman", "role": None, "email": "p@example.com"}
    data = letter(kind=DocumentKind.QUOTE, fields={"quote": QUOTE, "contact": person}, title="Quote Q-2026-0001 v2")
    assert render_eml(data)
    with pytest.raises(UserError, match="Send it first"):
        render_eml(replace(data, watermark=watermark))


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR"])
def test_what_goes_with_an_attachment_is_said_in_the_customers_language(office: App, locale: str) -> None:
    person = {"name": "Priya Raman", "role": None, "email": "p@example.com"}
    for kind in (DocumentKind.QUOTE, DocumentKind.AGREEMENT, DocumentKind.STATEMENT):
        data = letter(kind=kind, locale=locale, fields={"quote": QUOTE, "contact": person})
        words = office.ask(mail_words, data)
        assert {"en_US": "Dear", "de_DE": "Guten Tag", "fr_FR": "Bonjour"}[locale] in words.paragraphs[0]
        assert words.subject
        assert len(words.paragraphs) >= 3


def test_the_companys_own_words_of_an_e_mail_win(office: App, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "en" / "mail_quote.txt"
    own.parent.mkdir(parents=True)
    own.write_text("Subject: Ours {{ quote.number }}\n\nHello {{ contact.name }}.\n", encoding="utf-8")
    data = letter(kind=DocumentKind.QUOTE, fields={"quote": QUOTE})
    assert office.ask(mail_words, data) == Words("Ours Q-2026-0001", ("Hello Priya Raman.",), "")
    own.write_text("Subject: Ours\n\nWrite to {{ contact.email }}.\n", encoding="utf-8")
    with pytest.raises(MissingFieldsError, match="e-mail address"):
        office.ask(mail_words, data)


def test_a_statement_goes_out_to_read_and_to_work_in(office: App, tmp_path: Path) -> None:
    def sells(work: Work) -> None:
        work.update(Account, 3, kind=AccountKind.PARTNER)
        work.update(Contract, 1, partner_id=3)

    office.do(sells)
    made = make_document(office, DocumentKind.STATEMENT, Subject(3), FileFormat.EML, folder=tmp_path / "documents")
    _, pdf, sheet = _read(made.path.read_bytes()).iter_parts()
    assert [one.get_content_type() for one in (pdf, sheet)] == ["application/pdf", ENDINGS["xlsx"]]
    assert [str(one.get_filename()).rpartition(".")[2] for one in (pdf, sheet)] == ["pdf", "xlsx"]
