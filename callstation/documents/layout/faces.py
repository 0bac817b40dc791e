"""The font files that documents are set in: their glyphs, widths and tabular figures."""

from functools import cache
from pathlib import Path
from struct import unpack
from typing import Any

import resources

REGULAR, SEMIBOLD = 0, 1
FIGURES = "0123456789"

_FILES = {
    REGULAR: "Inter-Regular.ttf",
    SEMIBOLD: "Inter-SemiBold.ttf",
    2: "documents/DejaVuSans.ttf",
    3: "documents/DroidSansFallbackFull.ttf",
    4: "documents/NanumSquareR.ttf",
}
FALLBACKS = (2, 3, 4)
"""Faces for the letters that Inter lacks: Hebrew, Arabic and signs; Chinese and Japanese; Korean."""


class Face:
    """One font file, read once; advances in thousandths of the size."""

    def __init__(self, number: int) -> None:
        from reportlab.pdfbase.ttfonts import TTFontFile

        self.number = number
        self.ttf: Any = TTFontFile(str(_folder() / _FILES[number]))
        self.name: str = self.ttf.name.decode("ascii")
        begins = self.ttf.glyphPos
        self.glyphs: dict[int, int] = self.ttf.charToGlyph
        """Code point to glyph, of those that have ink, and of blanks."""
        for code in [code for code, at in self.glyphs.items() if begins[at] == begins[at + 1]]:
            if not chr(code).isspace():
                del self.glyphs[code]
        self._scale = 1000 / self.ttf.unitsPerEm

    def advance(self, glyph: int) -> float:
        """How far a glyph moves on, in thousandths of the size."""
        width: float = self.ttf.hmetrics[glyph][0] * self._scale
        return width

    @property
    def figures(self) -> dict[str, int]:
        """The glyphs of figures that are all equally wide; the ordinary ones where the font has none."""
        found = _single_substitutions(self.ttf, b"tnum")
        return {figure: found.get(self.glyphs[ord(figure)], self.glyphs[ord(figure)]) for figure in FIGURES}


@cache
def face(number: int) -> Face:
    """One of the faces, by its number; read at its first use."""
    return Face(number)


def _folder() -> Path:
    return Path(resources.__file__).parent / "fonts"


def _single_substitutions(ttf: Any, feature: bytes) -> dict[int, int]:
    """Glyph to glyph, as a feature of the GSUB table replaces them one by one (OpenType, lookup type 1)."""
    try:
        table: bytes = ttf.get_table("GSUB")
    except KeyError:
        return {}

    def shorts(at: int, count: int) -> tuple[int, ...]:
        return unpack(f">{count}H", table[at : at + 2 * count])

    features, lookups = shorts(6, 2)
    wanted: set[int] = set()
    for number in range(shorts(features, 1)[0]):
        at = features + 2 + 6 * number
        if table[at : at + 4] == feature:
            place = features + shorts(at + 4, 1)[0]
            wanted.update(shorts(place + 4, shorts(place + 2, 1)[0]))
    found: dict[int, int] = {}
    for number in sorted(wanted):
        place = lookups + shorts(lookups + 2 + 2 * number, 1)[0]
        kind, _, subtables = shorts(place, 3)
        for offset in shorts(place + 6, subtables):
            at = place + offset
            if kind == 7:  # an extension: the same, further away
                at += unpack(">L", table[at + 4 : at + 8])[0]
            form, coverage, third = shorts(at, 3)
            covered = _covered(shorts, at + coverage)
            if form == 1:
                found.update({glyph: (glyph + third) & 0xFFFF for glyph in covered})
            else:
                found.update(zip(covered, shorts(at + 6, third), strict=True))
    return found


def _covered(shorts: Any, at: int) -> list[int]:
    """The glyphs of a coverage table, in order."""
    form, count = shorts(at, 2)
    if form == 1:
        return list(shorts(at + 4, count))
    found: list[int] = []
    for number in range(count):
        first, last, _ = shorts(at + 4 + 6 * number, 3)
        found.extend(range(first, last + 1))
    return found
