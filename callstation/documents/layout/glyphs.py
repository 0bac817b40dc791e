"""Text that is more than Western letters: other faces, letters no face has, and what runs from right to left."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from callstation.documents.layout.alphabet import NOT_HERE, alphabet
from callstation.documents.layout.faces import FALLBACKS, Face, face

BLANK = 0x20
NEAR = 80.0
"""Thousandths of the size within which a reader takes two letters to be in one place."""
_DROPPED = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Control and format characters, which have neither ink nor width, and separators of lines and paragraphs."""
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
TURNS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Hebrew, Arabic and all that runs from right to left."""
_FORMS = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdff\ufe70-\ufefc]")
"""Ligatures and joined forms, which stand for letters that they are set as."""
_NO_INK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""What is ignored by default and shown as nothing: variation selectors, fillers."""


class Glyph(NamedTuple):
    """One glyph: the text it means, how far it moves on, and how far the pen moves before it (thousandths)."""

    glyph: int
    text: str
    advance: float
    move: float = 0.0


class Run(NamedTuple):
    """Glyphs of one face in the order in which they are written; Western letters are kept as their ``letters``."""

    face: int
    letters: str
    glyphs: tuple[Glyph, ...]
    width: float


def cleaned(text: str) -> str:
    """The text as it is set: composed, with ``\\n`` as the only line end.

    What has neither ink nor width goes: control and format characters, variation selectors, fillers. Ligatures and
    joined forms are the letters they stand for; half a surrogate pair, which no file can hold, becomes U+FFFD.
    """
    if NOT_HERE.search(text) is None:
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _NO_INK.sub("", _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text))
    kept = []
    for letter in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(letter)
        if kind == "Cs":
            kept.append("\ufffd")
        elif letter == "\n" or kind not in _DROPPED:
            kept.append(letter)
    return "".join(kept)


@lru_cache(maxsize=4096)
def runs_of(text: str, weight: int, *, turns: bool = False, in_row: bool = False) -> tuple[Run, ...]:
    """One line of cleaned text as runs from left to right.

    ``turns`` where its paragraph runs from right to left, ``in_row`` where something else stands to the right of it.
    """
    if not turns and TURNS.search(text) is None:
        return tuple(_straight(text, weight))
    from callstation.documents.layout.turning import stretches

    runs: list[Run] = []
    for part in stretches(text, turns=turns, in_row=in_row):
        if part.glyphs:
            runs.append(Run(FALLBACKS[0], "", part.glyphs, part.width))
        else:
            runs.extend(_straight(part.text, weight))
    return tuple(runs)


def _straight(text: str, weight: int) -> list[Run]:
    """Text from left to right, cut where the face changes. A blank between other faces' letters is of their run."""
    runs: list[Run] = []
    letters, current = "", -1
    glyphs: list[Glyph] = []
    widths = alphabet(weight).widths

    def close() -> None:
        nonlocal letters, glyphs
        if letters:
            runs.append(Run(weight, letters, (), sum(map(widths.__getitem__, letters))))
        elif glyphs:
            runs.append(Run(current, "", tuple(apart(glyphs)), sum(glyph.advance for glyph in glyphs)))
        letters, glyphs = "", []

    for letter in text:
        if glyphs and letter == " ":  # a run of nothing but blanks is none to a reader
            glyphs.append(Glyph(face(current).glyphs[BLANK], letter, widths[letter]))
            continue
        if NOT_HERE.match(letter) is None:
            if glyphs:
                close()
            letters += letter
            continue
        number, glyph = glyph_for(letter, weight)
        if letters or number != current:
            close()
        current = number
        glyphs.append(glyph)
    close()
    return runs


def apart(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The glyphs, with those that stand twice in one place told apart by hundredths of their advance: readers take the
    second for bold, and drop it."""
    near: list[tuple[int, str, float]] = []
    for glyph in glyphs:
        while glyph[:3] in near and glyph.advance < NEAR:
            glyph = glyph._replace(advance=round(glyph.advance + 0.01, 2))
        near = [*near[-6:], glyph[:3]]
        yield glyph


def glyph_for(letter: str, weight: int) -> tuple[int, Glyph]:
    """(face, glyph) for a letter: of the first face that has it; an empty box that still means it where none has."""
    for number in (weight, *FALLBACKS):
        here = face(number)
        if glyph := here.glyphs.get(ord(letter)):
            return number, Glyph(glyph, letter, here.advance(glyph))
    return FALLBACKS[0], boxed(face(FALLBACKS[0]), letter)


def boxed(here: Face, letter: str) -> Glyph:
    """A letter that a face has no glyph for: an empty box."""
    return Glyph(0, letter, here.advance(0))
