"""What is copied out of a PDF is what went in: any script, direction, markup, sign or half of a letter."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.documents.data import Data, Subject, document_data
from callstation.documents.layout.sheet import Sheet
from callstation.documents.layout.text import Style
from callstation.documents.values import Money, Row, in_words
from db.vocabulary import DocumentKind
from tests.documents.papers import (
    NAMES,
    SCRIPTS,
    agree_on_uplifts,
    pages_of,
    printed,
    quoted,
    squeezed,
    words_of_pdf,
)  # fmt: skip

STYLE = Style(9, 12)
BODY = "The quick brown fox jumps over the lazy dog, and then it does so again because nobody has seen it."


def page_of(lines: list[str], *, in_row: bool = False) -> bytes:
    """Lines below one another, as a page of text has them."""
    sheet = Sheet("A4")
    for number, line in enumerate([BODY, *lines, BODY]):
        sheet.text(40, 60 + 20 * number, line, STYLE, in_row=in_row)
    return sheet.finished(
        title="", author="", subject="", lang="en", made_on=date(2026, 11, 25), footer=lambda _page, _pages: None
    )


@pytest.mark.parametrize(
    "line",
    [
        "AT&T <Acme>", '<img src="file:///etc/passwd">', "Dear שלום עולם, hello", "Guten Tag محمد علي, wie geht es?",
        "רחוב הרצל 12, Haifa", "(שלום [12]) and more", "Acme שלום 123 עולם 4.5 GmbH", "سلام الله",
        "漢字かな交じり文 Ltd",
        "Ελλάδα Россия Việt Nam", "😀 astral 𝒳", "1\u202f234,50 €", "x\ufffdy", "a\u0301\u0323b",
    ],
)  # fmt: skip
def test_a_line_is_read_back_to_the_letter(line: str) -> None:
    import unicodedata

    read = words_of_pdf(page_of([line]))
    assert unicodedata.normalize("NFC", line.replace("\u202f", " ")) in unicodedata.normalize("NFC", read)


@given(lines=st.lists(NAMES, min_size=1, max_size=20), in_row=st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_lines_are_read_back_whole_and_in_order(lines: list[str], in_row: bool) -> None:
    read = squeezed(" ".join(pages_of(page_of(lines, in_row=in_row))))
    assert read == squeezed(" ".join([BODY, *lines, BODY]))


def test_a_line_from_right_to_left_is_one_line(app: App, sales: dict[str, int]) -> None:
    name = "חברת הדוגמה בע״מ"
    data = app.ask(document_data, DocumentKind.REMINDER, Subject(sales["en"]))
    data = replace(data, address=(name, "Boston"), paragraphs=(f"Dear {name},", BODY))
    lines = pages_of_letter(data)
    assert any(name in line for line in lines)
    assert any(f"Dear {name}," in line for line in lines)


def pages_of_letter(data: Data) -> list[str]:
    from callstation.documents.pdf import render_pdf

    text = "\n".join(pages_of(render_pdf(data))).replace("\u200e", "").replace("\u200b", "")
    return text.splitlines()


KINDS = [DocumentKind.REMINDER, DocumentKind.QUOTE, DocumentKind.AGREEMENT, DocumentKind.STATEMENT]


@pytest.fixture
def originals(app: App, sales: dict[str, int]) -> dict[DocumentKind, Data]:
    """One document of each kind."""
    quoted(app, sales["en"])
    agree_on_uplifts(app)
    whom = dict.fromkeys(DocumentKind, sales["en"]) | {DocumentKind.STATEMENT: sales["partner"]}
    return {kind: app.ask(document_data, kind, Subject(whom[kind])) for kind in (*KINDS, DocumentKind.CALL_SHEET)}


def with_name(data: Data, name: str) -> Data:
    """The document with a name wherever data stands in it."""

    def renamed(row: Row) -> Row:
        words = {"product", "products", "sku", "end_customer", "contract", "customer", "title", "text"}
        return {key: name if key in words and isinstance(value, str) else value for key, value in row.items()}

    changes: dict[str, Any] = {
        "address": (name, name), "rows": {key: tuple(map(renamed, rows)) for key, rows in data.rows.items()},
        "subject": name, "paragraphs": (name, BODY, f"• {name}"),
        "sender": replace(data.sender, name=name, footer=(name,), signed_by=name),
        "fields": {**data.fields, "contract": {**(data.group("contract")), "number": name}},
    }  # fmt: skip
    if data.kind is DocumentKind.QUOTE:
        changes["fields"]["quote"] = {**data.group("quote"), "note": name}
    return replace(data, **changes)


@pytest.mark.parametrize("name", [*SCRIPTS, "x" * 300, "א" * 300, "漢" * 300, " ".join(SCRIPTS)])
def test_a_name_stands_whole_in_every_kind_of_document(originals: dict[DocumentKind, Data], name: str) -> None:
    for kind in KINDS:
        assert squeezed(name) in printed(with_name(originals[kind], name)), kind


@given(name=NAMES)
@settings(max_examples=60, deadline=None)
def test_any_name_stands_whole_in_a_letter(name: str) -> None:
    from tests.documents.letters import letter

    data = letter(address=(name,), paragraphs=(BODY, f"{BODY} {name} {BODY}"), subject=name)
    read = printed(data)
    assert squeezed(f"{BODY} {name} {BODY}") in read
    assert squeezed(name) in read


@pytest.mark.parametrize("name", [*SCRIPTS, "x" * 300])
def test_nothing_in_a_call_sheet_is_too_much_for_one_page(originals: dict[DocumentKind, Data], name: str) -> None:
    from callstation.documents.pdf import render_pdf

    data = with_name(originals[DocumentKind.CALL_SHEET], name)
    rows = {key: found * 60 for key, found in data.rows.items()}
    assert len(pages_of(render_pdf(replace(data, rows=rows)))) == 1


def test_every_currency_is_printed_as_its_country_writes_it() -> None:
    from babel import Locale

    from tests.documents.letters import letter

    for locale in ("en_US", "en_GB", "de_DE", "de_CH", "fr_FR"):
        amounts = [in_words(Money(Decimal("1234567.50"), code), locale) for code in sorted(Locale("en").currencies)]
        assert len(amounts) > 200
        read = printed(letter(locale=locale, paragraphs=tuple(amounts)))
        assert [amount for amount in amounts if squeezed(amount) not in read] == []
