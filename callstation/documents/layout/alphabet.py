"""The letters of Western languages, which need no second look: one packed subset serves every document."""

import re
from functools import cache
from typing import NamedTuple

from callstation.documents.layout.embed import Code, FontParts, font_parts
from callstation.documents.layout.faces import FIGURES, face

_RANGES = ((0x20, 0x7F), (0xA0, 0xAD), (0xAE, 0x149), (0x14A, 0x180), (0x218, 0x21C))
LETTERS = "".join(chr(code) for start, end in _RANGES for code in range(start, end)) + "–—‘’‚“”„•…‰‹›€™−≤≥\u2009\u202f"
"""ASCII, Latin-1, Latin Extended-A and the signs of typography; without the soft hyphen."""
NOT_HERE = re.compile(f"[^{re.escape(LETTERS)}]")
"""What needs another face, or a look at its direction."""


class Alphabet(NamedTuple):
    """How text in one weight is written: letter to code, and how wide each is (thousandths of the size)."""

    codes: dict[int, int]
    widths: dict[str, float]
    tabular_codes: dict[int, int]
    """The same with figures that are all equally wide, for columns."""
    tabular_widths: dict[str, float]
    parts: FontParts


@cache
def alphabet(weight: int) -> Alphabet:
    """The alphabet of a weight, made once."""
    here = face(weight)
    glyphs = {letter: here.glyphs.get(ord(letter), here.glyphs[0x20]) for letter in LETTERS}
    codes = [Code(glyphs[letter], letter, _advance(weight, letter, glyphs[letter])) for letter in LETTERS]
    figures = here.figures
    codes += [Code(figures[figure], figure, here.advance(figures[figure])) for figure in FIGURES]
    plain = {ord(letter): number for number, letter in enumerate(LETTERS, start=1)}
    widths = {letter: codes[number].advance for number, letter in enumerate(LETTERS)}
    tabular = {ord(figure): len(LETTERS) + number for number, figure in enumerate(FIGURES, start=1)}
    equal = {**widths, **{figure: here.advance(figures[figure]) for figure in FIGURES}}
    return Alphabet(plain, widths, {**plain, **tabular}, equal, font_parts(here, codes, "CALLS" + "AB"[weight]))


def _advance(weight: int, letter: str, glyph: int) -> float:
    here = face(weight)
    space = here.advance(here.glyphs[0x20])
    return {"\u202f": space * 0.7, "\u2009": space * 0.7}.get(letter, here.advance(glyph))
