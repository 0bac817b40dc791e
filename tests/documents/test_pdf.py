"""A PDF is the same bytes from the same data, names itself, and is as long as it must be."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from callstation.app import App
from callstation.documents.data import Data, Subject, document_data
from callstation.documents.layout.embed import Code, font_parts
from callstation.documents.layout.faces import face
from callstation.documents.layout.head import runs_left
from callstation.documents.letterhead import keep_logo
from callstation.documents.pdf import render_pdf
from callstation.errors import UserError
from callstation.quotes.quotes import send_quote
from db.vocabulary import DocumentKind
from tests.documents.letters import letter
from tests.documents.papers import agree_on_uplifts, opened, pages_of, printed, quoted, squeezed, words_of_pdf

K = DocumentKind
ROOT = Path(__file__).resolve().parents[2]
LONG = "This sentence is here to fill the page with words that someone might have written to a customer. " * 6


def data_of(app: App, sales: dict[str, int], kind: DocumentKind, key: str = "de") -> Data:
    return app.ask(document_data, kind, Subject(sales["partner" if kind is K.STATEMENT else key]))


@pytest.mark.parametrize("kind", [K.REMINDER, K.QUOTE, K.AGREEMENT, K.STATEMENT, K.CALL_SHEET])
def test_the_same_data_gives_the_same_bytes_in_any_process(
    app: App, sales: dict[str, int], kind: DocumentKind, tmp_path: Path
) -> None:
    quoted(app, sales["de"])
    agree_on_uplifts(app)
    data = data_of(app, sales, kind)
    mine = render_pdf(data)
    assert render_pdf(Data.from_json(data.as_json())) == mine
    kept = tmp_path / "data.json"
    kept.write_text(data.as_json(), encoding="utf-8")
    again = (
        "import sys, pathlib, hashlib; from callstation.documents.data import Data; "
        "from callstation.documents.pdf import render_pdf; "
        "text = pathlib.Path(sys.argv[1]).read_text('utf-8'); "
        "print(hashlib.sha256(render_pdf(Data.from_json(text))).hexdigest())"
    )
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        told = subprocess.run(
            [sys.executable, "-c", again, str(kept)], cwd=ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
        )  # fmt: skip
        assert told.stdout.strip() == sha256(mine).hexdigest()


def test_what_was_set_before_leaves_no_trace(app: App, sales: dict[str, int]) -> None:
    data = data_of(app, sales, K.REMINDER)
    mine = render_pdf(data)
    render_pdf(replace(data, paragraphs=("שלום 漢字 Ω 😀",), paper="Letter"))
    assert render_pdf(data) == mine


def test_a_pdf_names_itself_its_language_and_its_sections(app: App, sales: dict[str, int]) -> None:
    app.do(send_quote, quoted(app, sales["de"]))
    pdf = render_pdf(data_of(app, sales, K.QUOTE))
    with opened(pdf) as document:
        about = document.get_metadata_dict()
        sections = [mark.get_title() for mark in document.get_toc()]
    assert about["Title"] == "Angebot Q-2026-0001 v1"
    assert about["Author"] == "Nordlicht Software GmbH"
    assert about["Subject"] == "Zschaler & Söhne, Priya Raman"
    assert about["CreationDate"] == "D:20261123000000Z"
    assert sections == ["Angebot Q-2026-0001 v1", "So ist gerechnet", "Annahme"]
    assert b"/Lang (de-DE)" in pdf
    assert b"/DisplayDocTitle true" in pdf


def test_a_title_in_any_script_is_the_title() -> None:
    with opened(render_pdf(letter(title="שלום & <漢字> \x00", subject="x"))) as document:
        assert document.get_metadata_dict()["Title"] == "שלום & <漢字> "


@pytest.mark.parametrize(("sentences", "pages"), [(2, 1), (14, 3)])
def test_a_letter_is_as_long_as_its_words(sentences: int, pages: int) -> None:
    found = pages_of(render_pdf(letter(paragraphs=("Dear Priya Raman,", *([LONG] * sentences)))))
    assert len(found) == pages
    if pages > 1:
        assert [f"{number} of {pages}" in text for number, text in enumerate(found, 1)] == [True] * pages
    else:
        assert "1 of 1" not in found[0]


@pytest.mark.parametrize("sentences", range(3, 12))
def test_the_sign_off_is_never_torn_and_never_alone(sentences: int) -> None:
    data = letter(paragraphs=("Dear Priya Raman,", *([LONG] * sentences), "A short last paragraph."))
    pdf = render_pdf(data)
    last = pages_of(pdf)[-1]
    assert "Kind regards," in last
    assert "Dana Kim" in last
    assert "A short last paragraph." in last
    pages = len(pages_of(pdf))
    at_the_foot = [f"{number}of{pages}" if pages > 1 else "" for number in range(1, pages + 1)]
    assert [below(pdf, number, 52) for number in range(pages)] == at_the_foot


def below(pdf: bytes, page_number: int, height: float) -> str:
    """What stands within so many points of the lower edge of a page."""
    with opened(pdf) as document:
        page = document[page_number]
        text = page.get_textpage()
        found = str(text.get_text_bounded(bottom=0, top=height))
        text.close()
        page.close()
    return "".join(found.split())


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_paper_is_what_the_data_says(paper: str) -> None:
    with opened(render_pdf(letter(paper=paper))) as document:
        size = document.get_page_size(0)
    assert [round(edge) for edge in size] == {"A4": [595, 842], "Letter": [612, 792]}[paper]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_only_a_din_letter_has_its_sender_above_the_address(paper: str) -> None:
    sender = "Nordlicht Software GmbH · Hafenstr. 12 · 20457 Hamburg"
    assert (sender in words_of_pdf(render_pdf(letter(paper=paper)))) == (paper == "A4")


def test_a_name_of_any_length_stays_on_the_paper() -> None:
    name = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3
    data = letter(address=(name, name), sender=replace(letter().sender, name=name, footer=(name,) * 3, signed_by=name))
    with opened(render_pdf(data)) as document:
        page = document[0]
        text = page.get_textpage()
        edges = [text.get_charbox(at) for at in range(text.count_chars())]
        width, height = page.get_size()
        text.close()
        page.close()
    assert min(min(left, low) for left, low, _, _ in edges) >= 0
    assert max(right for _, _, right, _ in edges) <= width
    assert max(high for _, _, _, high in edges) <= height


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (20, 3), (60, 8)])
def test_a_quote_of_many_lines_repeats_its_heading_and_carries_its_sum(
    app: App, sales: dict[str, int], count: int, pages: int
) -> None:
    app.do(send_quote, quoted(app, sales["en"]))
    data = data_of(app, sales, K.QUOTE, "en")
    found = pages_of(render_pdf(replace(data, rows={"lines": data.lines * count})))
    assert abs(len(found) - pages) <= 1
    tables = [text for text in found if "Unit price" in text]
    assert len(tables) == sum("Quillbase Growth" in text and "a year" in text for text in found)
    assert sum("Carried over" in text for text in found) == len(tables) - 1
    assert sum("Brought forward" in text for text in found) == len(tables) - 1


def test_what_must_not_be_sent_says_so_on_every_page(app: App, sales: dict[str, int]) -> None:
    quote_id = quoted(app, sales["en"])
    data = data_of(app, sales, K.QUOTE, "en")
    assert data.watermark == "draft"
    many = replace(data, rows={"lines": data.lines * 30})
    assert all("DRAFT" in text for text in pages_of(render_pdf(many)))
    app.do(send_quote, quote_id)
    assert data_of(app, sales, K.QUOTE, "en").watermark == ""
    assert "DRAFT" not in printed(data_of(app, sales, K.QUOTE, "en"))


def test_a_statement_groups_by_customer_and_sums_by_currency(app: App, sales: dict[str, int]) -> None:
    read = words_of_pdf(render_pdf(data_of(app, sales, K.STATEMENT)))
    assert "Orchard & Vine C-1004 Sentrylane Endpoint 90 16 Dec 2026 23 €48,200.00" in read
    assert "Total 2 contracts €96,400.00" in read


def test_a_logo_is_printed_and_a_changed_one_is_refused(app: App, sales: dict[str, int], tmp_path: Path) -> None:
    picture = tmp_path / "logo.png"
    Image.new("RGB", (300, 80), "#AA2211").save(picture)
    kept = keep_logo(tmp_path / "book", picture)
    app.settings = app.settings.with_values(company_logo=str(kept))
    data = data_of(app, sales, K.REMINDER)
    with opened(render_pdf(data)) as document:
        page = document[0]
        seen = page.render(scale=1).to_pil().convert("RGB")
        page.close()
    colours = {colour for _, colour in seen.getcolors(1 << 20)}
    assert (170, 34, 17) in colours
    with pytest.raises(UserError, match="another picture"):
        render_pdf(replace(data, sender=replace(data.sender, logo_digest="0" * 64)))
    kept.unlink()
    with pytest.raises(UserError, match="cannot be read"):
        render_pdf(
            replace(data, sender=replace(data.sender, logo_digest=data.sender.logo_digest, logo=str(kept) + "x"))
        )


def test_a_language_from_right_to_left_begins_at_the_right() -> None:
    assert [runs_left(one) for one in ("he_IL", "ar", "de_DE", "en_US")] == [True, True, False, False]
    data = letter(locale="he_IL", paragraphs=("שלום פריה,", "המנוי מסתיים ב־13 בדצמבר 2026."))
    with opened(render_pdf(data)) as document:
        page = document[0]
        text = page.get_textpage()
        whole = str(text.get_text_range())
        at = whole.index("המנוי")
        left = text.get_charbox(at)[0]
        text.close()
        page.close()
    assert left > 400
    assert squeezed("המנוי מסתיים ב־13 בדצמבר 2026.") in squeezed(whole)


def test_nothing_in_the_data_makes_us_open_a_file_or_a_connection() -> None:
    """Watched by the interpreter itself, once our own fonts and words have been read."""
    watch = """
import sys
from tests.documents.letters import letter
from callstation.documents.pdf import render_pdf
render_pdf(letter(address=("שלום", "漢字")))
seen = []
sys.addaudithook(lambda event, args: seen.append((event, args[:1])) if event in WATCHED else None)
name = '<img src="http://127.0.0.1:9/x"/> <img src="file:///x"> \\\\host\\share {{ x }} /etc/passwd שלום 漢字'
render_pdf(letter(address=(name,) * 3, paragraphs=(name,), subject=name, title=name, closing=name))
print(seen)
"""
    watched = {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen", "os.system"}
    program = f"WATCHED = {sorted(watched)}\n{watch}"
    told = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_date_of_a_document_is_that_of_its_data() -> None:
    made: list[Any] = [render_pdf(letter(made_on=day)) for day in (date(2026, 11, 25), date(2026, 11, 26))]
    assert made[0] != made[1]
    assert b"D:20261125" in made[0]


def test_fonts_packed_at_the_same_time_are_what_they_are_alone() -> None:
    here = face(2)
    glyphs = [glyph for code, glyph in sorted(here.glyphs.items()) if 0xC0 <= code < 0x600]
    sets = [[Code(glyph, "x", 1.0) for glyph in glyphs[start::7]] for start in range(7)] * 6
    alone = [font_parts(here, codes, "AAAAAA") for codes in sets]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # the threads take turns as often as they can
    try:
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda codes: font_parts(here, codes, "AAAAAA"), sets)) == alone
    finally:
        sys.setswitchinterval(usual)
