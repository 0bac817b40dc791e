"""Word documents: the customer's words arrive whole, the company's own form wins, and the bytes are always the same."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import assume, given, settings
from PIL import Image

from callstation.app import App
from callstation.documents.clean import plain
from callstation.documents.data import Data, Sender, Subject, document_data
from callstation.documents.disk import digest_of
from callstation.documents.fields import MissingFieldsError
from callstation.documents.filing import make_again, make_document
from callstation.documents.merging import Merge
from callstation.documents.values import Day
from callstation.documents.word import render_docx
from callstation.documents.word_own import default_form, form_path, write_form
from callstation.documents.wording import source_for, words_of
from callstation.errors import UserError
from db.vocabulary import LETTERS, DocumentKind, FileFormat
from tests.documents.letters import CONTRACT, QUOTE, SENDER, letter
from tests.documents.office import ANYTHING, LETTERHEAD, fill
from tests.documents.papers import agree_on_uplifts


def texts_of(blob: bytes) -> list[str]:
    """The paragraphs of the body, as Word shows them."""
    return [one.text for one in Document(io.BytesIO(blob)).paragraphs]


def form(*lines: str) -> bytes:
    """A company's own template of a few lines."""
    made, out = Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


@settings(max_examples=60, deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING)
def test_whatever_a_customer_is_called_stands_in_the_letter_as_it_is(name: str, words: str, company: str) -> None:
    data = letter(address=(name,), paragraphs=(words, f"• {words}"), sender=Sender(company, footer=(words,)))
    blob = render_docx(data)
    assert blob == render_docx(data)
    said = texts_of(blob)
    assert said[0] == plain(name)
    assert plain(words) in said
    assert f"•\t{plain(words)}" in said
    head = Document(io.BytesIO(blob)).sections[0].header.tables[0].rows[0].cells[0].text
    assert head == plain(company)


@settings(max_examples=60, deadline=None)
@given(ANYTHING)
def test_a_field_of_the_companys_own_form_says_what_its_source_says(name: str) -> None:
    assume(name)
    data = letter(fields={"account": {"name": name}, "contact": {"name": name}})
    blob = render_docx(data, form("Of {{ account.name }}.", "{%p if quote %}", "No.", "{%p endif %}"))
    assert texts_of(blob) == [f"Of {plain(' '.join(name.split()))}."]


def test_a_letter_says_who_made_it_when_and_in_which_language() -> None:
    blob = render_docx(letter(locale="de_AT", title="Ihr Vertrag"))
    about = Document(io.BytesIO(blob)).core_properties
    assert (about.title, about.author, about.language) == ("Ihr Vertrag", "Dana Kim", "de-AT")
    assert (about.created.date(), about.modified.date()) == (date(2026, 11, 25), date(2026, 11, 25))
    with ZipFile(io.BytesIO(blob)) as archive:
        assert b'w:val="de-AT"' in archive.read("word/styles.xml")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("language", ["en_US", "de_DE", "fr_FR"])
@pytest.mark.parametrize("kind", sorted(LETTERS))
@pytest.mark.parametrize("is_full", [True, False])
def test_the_form_to_edit_says_what_the_program_says(
    kind: DocumentKind, language: str, is_full: bool, tmp_path: Path
) -> None:
    more = {"quote": QUOTE, "contract": {**CONTRACT, "customer": "Acme & Co"}} if is_full else {}
    data = letter(kind=kind, locale=language, fields=more)
    merge = Merge(data.fields, (), Day(data.made_on), language, "")
    words = words_of(source_for(tmp_path, language, kind), merge)
    blob = default_form(LETTERHEAD, tmp_path, kind, language.partition("_")[0])
    assert blob == default_form(LETTERHEAD, tmp_path, kind, language.partition("_")[0])
    said = texts_of(render_docx(data, blob))
    ours = texts_of(
        render_docx(replace(data, subject=words.subject, paragraphs=words.paragraphs, closing=words.closing))
    )
    assert " ".join(" ".join(said).split()) == " ".join(" ".join(ours).split())
    assert [one for one in said if one != one.strip() or "  " in one] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ contract.nmber }}", r"there is no field {{ contract.nmber }}; there are contract.number"),
        ("{{ password }}", r"there is no field {{ password }}"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{{ contract.__init__.__globals__ }}", "no field {{ contract.__init__ }}"),
        ("{{ letter.subject.format.__self__ }}", "format"),
        ("{{ 'a' * 100000 }}", r"\* is not for templates"),
        ("{{ lipsum() }}", "no field {{ lipsum }}"),
        ("{% include '/etc/passwd' %}", "."),
        ("{{ contract.number", "near “{{ contract.number”"),
        ("{{ contract.number + }}", "near “{{ contract.number [+] }}”"),
        ("{% if quote", "the text"),
        ("{%p for a in paragraphs %}", "the text"),
        ("{{ letter.no_such }}", "no_such"),
    ],
)
def test_what_a_form_does_wrong_is_told_with_its_file_and_field(line: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as told:
        render_docx(letter(), form("Fine.", line), where="templates/en/reminder.docx")
    assert "templates/en/reminder.docx" in told.value.detail


def test_a_field_that_is_not_known_blocks_the_letter() -> None:
    with pytest.raises(MissingFieldsError, match="e-mail address") as told:
        render_docx(letter(), form("Write to {{ contact.email }}."))
    assert [one.path for one in told.value.fields] == ["contact.email"]


def test_the_logo_stands_in_the_header_and_no_other_picture_takes_its_place(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (120, 40), "#2B59D9").save(logo)
    data = letter(sender=replace(SENDER, logo=str(logo), logo_digest=digest_of(logo.read_bytes())))
    blob = render_docx(data)
    assert blob == render_docx(data)
    with ZipFile(io.BytesIO(blob)) as archive:
        assert [archive.read(name) for name in archive.namelist() if "media/" in name] == [logo.read_bytes()]
    Image.new("RGB", (120, 40), "#000000").save(logo)
    with pytest.raises(UserError, match="logo has changed"):
        render_docx(data)
    logo.unlink()
    with pytest.raises(UserError, match="logo cannot be read"):
        render_docx(data)


@pytest.fixture
def office(app: App) -> App:
    app.settings = LETTERHEAD
    fill(app, 2)
    return app


def test_a_form_that_the_company_edits_wins_and_old_letters_keep_theirs(office: App, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    ours = make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.DOCX, folder=folder)
    path = office.ask(write_form, DocumentKind.REMINDER, "en")
    assert path == office.ask(form_path, DocumentKind.REMINDER, "en")
    path.write_bytes(form("Our own words for {{ contact.name }}."))
    assert office.ask(write_form, DocumentKind.REMINDER, "en") == path, "an edited form is left alone"
    own = make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.DOCX, folder=folder)
    assert texts_of(own.path.read_bytes()) == ["Our own words for Priya Raman."]
    path.write_bytes(form("Other words."))
    assert make_again(office, own.document_id) == own.path.read_bytes()
    assert make_again(office, ours.document_id) == ours.path.read_bytes()
    path.write_text("no zip", encoding="utf-8")
    with pytest.raises(UserError, match="no Word document") as told:
        make_document(office, DocumentKind.REMINDER, Subject(1), FileFormat.DOCX, folder=folder)
    assert str(path) in told.value.detail


@pytest.mark.parametrize("account_id", [1, 2])
def test_an_agreement_names_parties_products_and_clauses_in_our_form_and_in_one_to_edit(
    office: App, account_id: int, tmp_path: Path
) -> None:
    agree_on_uplifts(office)
    data = office.ask(document_data, DocumentKind.AGREEMENT, Subject(account_id))
    language = data.locale.partition("_")[0]
    own = default_form(LETTERHEAD, tmp_path, DocumentKind.AGREEMENT, language)
    for blob in (render_docx(data), render_docx(data, own)):
        said = "\n".join(texts_of(blob))
        products, signing = Document(io.BytesIO(blob)).tables
        assert data.title in said
        assert f"Customer {account_id - 1}" in said
        for clause in data.rows["clauses"]:
            assert f"{clause['number']}. {clause['title']}" in said
            assert str(clause["text"]) in said
            assert str(clause["version"]) in said
        assert [row.cells[0].text for row in products.rows][1:] == [f"Quillbase Scale\nC-{account_id}"]
        assert products.rows[1].cells[1].text == "90"
        assert [cell.text for cell in signing.rows[0].cells][::2] == [
            LETTERHEAD.company_name,
            f"Customer {account_id - 1}",
        ]


@pytest.mark.parametrize("kind", [DocumentKind.QUOTE, DocumentKind.STATEMENT, DocumentKind.CALL_SHEET])
def test_other_kinds_are_not_made_in_word(kind: DocumentKind, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not made in Word"):
        render_docx(letter(kind=kind))
    with pytest.raises(UserError, match="no Word template"):
        default_form(LETTERHEAD, tmp_path, kind, "en")


def test_the_letters_of_a_book_are_the_same_in_word_and_in_their_data(office: App) -> None:
    data = office.ask(document_data, DocumentKind.REMINDER, Subject(2))
    again = Data.from_json(data.as_json())
    assert render_docx(again) == render_docx(data)
    assert texts_of(render_docx(data))[-2:] == ["Dana Kim", "Renewals"]
