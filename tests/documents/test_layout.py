"""Lines break where they may, nothing is lost in between, and tables go on over pages with their heading."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.documents.layout.alphabet import LETTERS, alphabet
from callstation.documents.layout.faces import FIGURES, REGULAR, SEMIBOLD, face
from callstation.documents.layout.flow import Flow
from callstation.documents.layout.glyphs import cleaned, runs_of
from callstation.documents.layout.sheet import Sheet
from callstation.documents.layout.table import Column, Line, Table
from callstation.documents.layout.text import Style, lines_of, shortened, width_of
from tests.documents.papers import NAMES, squeezed

STYLE = Style(10, 14)
WIDTHS = st.floats(40, 500)


@given(text=NAMES, width=WIDTHS)
@settings(max_examples=200, deadline=None)
def test_no_line_is_wider_than_its_column_and_nothing_is_lost(text: str, width: float) -> None:
    lines = lines_of(text, STYLE, width)
    assert squeezed("".join(lines)) == squeezed(text)
    for line in lines:
        letters = [letter for letter in line if letter != " "]
        assert width_of(line, STYLE) <= width + 0.01 or len(letters) <= 1 + sum(map(_is_mark, letters))


def _is_mark(letter: str) -> bool:
    import unicodedata

    return bool(unicodedata.combining(letter))


@given(text=NAMES, width=WIDTHS)
@settings(max_examples=100, deadline=None)
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, width: float) -> None:
    cut = shortened(text, STYLE, width)
    whole = cleaned(text).replace("\n", " ")
    assert width_of(cut, STYLE) <= width
    assert cut == whole or (cut.endswith("…") and whole.startswith(cut[:-1]))


def test_words_stay_whole_where_they_fit() -> None:
    assert lines_of("one two three", STYLE, width_of("one two", STYLE) + 0.1) == ("one two", "three")


def test_a_blank_that_must_not_break_does_not() -> None:
    assert lines_of("a 48\u202f200,00\xa0€", STYLE, width_of("48\u202f200,00\xa0€", STYLE) + 1) == (
        "a", "48\u202f200,00\xa0€",
    )  # fmt: skip


def test_a_text_keeps_its_own_line_ends() -> None:
    assert lines_of("a\n\nb\r\nc\u2028d", STYLE, 100) == ("a", "", "b", "c", "d")


def test_ideographs_break_anywhere() -> None:
    assert len(lines_of("漢字かな交じり文" * 20, STYLE, 100)) > 10


def test_figures_that_stand_below_one_another_are_all_equally_wide() -> None:
    tabular = STYLE.but(is_tabular=True)
    assert {round(width_of(figure, tabular), 3) for figure in FIGURES} == {round(width_of("0", tabular), 3)}
    assert width_of("1", STYLE) < width_of("1", tabular)


@pytest.mark.parametrize("weight", [REGULAR, SEMIBOLD])
def test_every_letter_of_the_alphabet_is_in_the_font(weight: int) -> None:
    spaces = {"\xa0", "\u2009", "\u202f"}
    assert {letter for letter in LETTERS if ord(letter) not in face(weight).glyphs} <= spaces
    assert len(alphabet(weight).codes) == len(LETTERS)


def test_a_letter_that_no_face_has_is_a_box_that_still_means_it() -> None:
    (run,) = runs_of("\U0001f9ff", REGULAR)
    assert [(glyph.glyph, glyph.text) for glyph in run.glyphs] == [(0, "\U0001f9ff")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x1bc\x7f", "abc"), ("a\u202eb\u200dc\ufeff", "abc"), ("x\ufe0f", "x"), ("\ud800", "\ufffd"),
        ("ﬁn", "fin"), ("ﻼ", "لا"), ("a\u0301", "á"), ("a\tb", "a b"), ("a\x0bb", "a\nb"),
    ],
)  # fmt: skip
def test_what_has_neither_ink_nor_width_goes_and_forms_become_letters(text: str, kept: str) -> None:
    assert cleaned(text) == kept


def test_arabic_letters_are_joined_and_lam_alef_is_one() -> None:
    (run,) = runs_of("سلام", REGULAR)
    shown = {glyph.text: glyph for glyph in run.glyphs if glyph.text in "سلام"}
    glyphs = face(2).glyphs
    assert shown["س"].glyph == glyphs[0xFEB3]  # initial
    assert shown["ل"].glyph == glyphs[0xFEFC]  # with its alef
    assert shown["ا"].advance < 1
    assert shown["م"].glyph == glyphs[0xFEE1]  # alone


def table_on(pages_high: float, rows: int, row: str) -> Sheet:
    sheet = Sheet("A4")
    flow = Flow(sheet, 50, 400, 50, 50 + pages_high, 50)
    table = Table(flow, [Column("Name"), Column("Sum", 60, "right")], STYLE, (0, 0, 0))
    table.draw([Line([[(row, STYLE)], [(str(number), STYLE)]]) for number in range(rows)])
    return sheet


def test_a_table_goes_on_over_pages_with_its_heading() -> None:
    sheet = table_on(300, 40, "x")
    assert len(sheet.pages) > 2
    heading = alphabet(REGULAR).codes
    name = "Name".translate(heading).encode("utf-16-be").hex()
    assert all(any(f"<{name}>" in op for op in page) for page in sheet.pages)


def test_a_row_higher_than_a_page_is_printed_whole() -> None:
    sheet = table_on(300, 1, "word " * 2000)
    word = "word".translate(alphabet(REGULAR).codes).encode("utf-16-be").hex()
    assert sum(op.count(word) for page in sheet.pages for op in page) == 2000


@pytest.mark.parametrize("number", range(5))
def test_no_face_claims_a_letter_that_it_has_no_ink_for(number: int) -> None:
    here = face(number)
    begins = here.ttf.glyphPos
    empty = [code for code, glyph in here.glyphs.items() if code < 0x110000 and begins[glyph] == begins[glyph + 1]]
    assert all(chr(code).isspace() for code in empty)
