"""Another program opens what we write: LibreOffice reads every Word document and works out every formula."""

import csv
import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from callstation.app import App
from callstation.documents.archive import pack, unpack
from callstation.documents.data import Sender, Subject, document_data
from callstation.documents.sheet import render_xlsx
from callstation.documents.values import Day, Money, count
from callstation.documents.word import render_docx
from callstation.documents.word_own import default_form
from db.vocabulary import DocumentKind
from tests.documents.letters import QUOTE, letter
from tests.documents.office import LETTERHEAD, fill
from tests.documents.papers import agree_on_uplifts

pytestmark = pytest.mark.long
LOCALES = ("en_US", "en_GB", "de_DE", "de_CH", "fr_FR")
NAMES = ("AT&T <Acme>", "{{ contract.number }}", "Société “Générale” & Cie", "Ł" * 60, "a" * 300, "]]> &amp; <w:p/>")
"""What a reader of the printed page gets back as it was; turned and shaped scripts are tested on our own PDFs."""


def converted(folder: Path, ending: str) -> None:
    """Let LibreOffice write every file of a folder in another format beside it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this machine")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(str(path) for path in folder.glob("*.*x"))
    told = subprocess.run(
        [program, profile, "--headless", "--convert-to", ending, "--outdir", str(folder), *files],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr


def text_of(path: Path) -> str:
    """The text of a PDF without its white space, which a converter breaks as it likes."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        said = "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return re.sub(r"[\s\ufffe\x02-]", "", said)


def squeezed(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def test_every_letter_in_our_form_and_in_one_to_edit_opens_and_says_all_of_it(tmp_path: Path) -> None:
    wanted: dict[str, list[str]] = {}
    from callstation.documents.merging import Merge
    from callstation.documents.wording import source_for, words_of

    for locale in LOCALES:
        for number, kind in enumerate(sorted(kind for kind in DocumentKind if kind.is_letter)):
            name = NAMES[number % len(NAMES)]
            fields = {"quote": QUOTE, "contact": {"name": name, "role": None, "email": None}}
            data = letter(
                kind=kind, locale=locale, fields=fields, address=(name, "Boston"), sender=Sender(name, (name,))
            )
            words = words_of(source_for(tmp_path, locale, kind), Merge(data.fields, (), Day(data.made_on), locale, ""))
            data = letter(
                kind=kind, locale=locale, fields=fields, address=(name, "Boston"), sender=Sender(name, (name,)),
                subject=words.subject, paragraphs=words.paragraphs, closing=words.closing,
            )  # fmt: skip
            own = default_form(LETTERHEAD, tmp_path, kind, locale.partition("_")[0])
            said = [words.subject, name, *(text.removeprefix("• ") for text in words.paragraphs), words.closing]
            for title, blob in (("ours", render_docx(data)), ("own", render_docx(data, own))):
                file = f"{kind}-{locale}-{title}"
                (tmp_path / f"{file}.docx").write_bytes(blob)
                wanted[file] = said if title == "ours" or locale != "de_CH" else said[:2]
    converted(tmp_path, "pdf")
    for file, said in wanted.items():
        found = text_of(tmp_path / f"{file}.pdf")
        assert [text for text in said if squeezed(text) not in found] == [], file


def test_an_agreement_opens_and_says_all_of_it(app: App, tmp_path: Path) -> None:
    app.settings = LETTERHEAD
    fill(app, 3)
    agree_on_uplifts(app)
    folder = tmp_path / "made"
    folder.mkdir()
    wanted = {}
    for account_id in (1, 2, 3):
        data = app.ask(document_data, DocumentKind.AGREEMENT, Subject(account_id))
        (folder / f"{account_id}.docx").write_bytes(render_docx(data))
        wanted[account_id] = [data.title, *(str(clause["text"]) for clause in data.rows["clauses"])]
    converted(folder, "pdf")
    for account_id, said in wanted.items():
        found = text_of(folder / f"{account_id}.pdf")
        assert [text for text in said if squeezed(text) not in found] == []


def test_the_formulas_of_a_statement_come_to_what_we_say_they_do(tmp_path: Path) -> None:
    lines = tuple(
        {
            "customer": f"Customer {one}", "contract": f"C-{one}", "products": "Quillbase", "quantity": count(one),
            "starts_on": None, "ends_on": Day(date(2026, 12, one)), "days_left": None, "currency": currency,
            "value": Money(Decimal(one) * Decimal("10.25"), currency),
        }
        for one, currency in enumerate(("USD", "EUR", "USD", "JPY", "USD"), start=1)
    )  # fmt: skip
    blob = render_xlsx(letter(kind=DocumentKind.STATEMENT, rows={"lines": lines}))
    parts = unpack(blob)
    name = "xl/worksheets/sheet1.xml"
    assert parts[name].count(b"</f>") == 16
    parts[name] = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", parts[name])  # only the formulas are left to tell
    (tmp_path / "statement.xlsx").write_bytes(pack(parts))
    converted(tmp_path, "csv")
    with (tmp_path / "statement.csv").open(encoding="cp1252", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[6] for row in rows[5:10]] == ["6", "7", "8", "9", "10"]
    totals = {row[1]: (row[2], row[3], row[7]) for row in rows[12:15]}
    assert totals == {"EUR": ("1", "2", "20.5"), "JPY": ("1", "4", "41"), "USD": ("3", "9", "92.25")}
    assert rows[15][2:4] == ["5", "15"]
