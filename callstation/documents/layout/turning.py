"""Hebrew and Arabic: joined, set from right to left, and written so that readers of the file get the text back."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from callstation.documents.layout.faces import FALLBACKS, face
from callstation.documents.layout.glyphs import BLANK, TURNS, Glyph, apart, boxed

# A reader (PDFium, and with it most browsers) takes what lies on one line for text as it is seen, and turns each word
# of Hebrew or Arabic around; where such words are as many as the others it turns the whole line. So each stretch that
# runs from right to left is one piece: its words in the order of the text, each as it is seen, moved to its place by
# going back. Marks without ink or width (U+200E) in it are counted as words from left to right.
LEFT_TO_RIGHT, BETWEEN = "\u200e", "\u200b"
_LAM = {"\ufedf": 0, "\ufee0": 1}
_ALEFS = {"\ufe82": "\ufef5\ufef6", "\ufe84": "\ufef7\ufef8", "\ufe88": "\ufef9\ufefa", "\ufe8e": "\ufefb\ufefc"}
"""Lam before an alef is one letter of its own, by how the lam is joined (Unicode, Arabic Presentation Forms-B)."""


class Stretch(NamedTuple):
    """A part of a line: its text where it runs from left to right, else its glyphs and how wide they are."""

    text: str
    glyphs: tuple[Glyph, ...] = ()
    width: float = 0.0


def stretches(text: str, *, turns: bool, in_row: bool) -> Iterator[Stretch]:
    """A line cut where its direction changes; ``in_row`` where something else stands to the right of it."""
    levels, order = _levels(text, turns=turns)
    kinds = [_kind_of(letter, level, turns=turns) for letter, level in zip(text, levels, strict=True)]
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and kinds[end] == kinds[at]:
            end += 1
        if kinds[at] == "straight":
            yield Stretch(text[at:end])
        else:
            inside = [place - at for place in order if at <= place < end]
            is_touched = at > 0 and text[at - 1] != " "
            is_closed = kinds[at] == "doubtful" or _closing(text[end:], in_row=in_row)
            yield _set(text[at:end], inside, levels[at:end], is_touched, is_closed)
        at = end


def _kind_of(letter: str, level: int, *, turns: bool) -> str:
    """Whether a letter goes straight or turns; signs of Hebrew and Arabic that go straight are doubtful to readers,
    whose Unicode may be older."""
    if turns or level > 0:
        return "turning"
    return "doubtful" if TURNS.match(letter) else "straight"


def _closing(after: str, *, in_row: bool) -> bool:
    """Whether a reader would turn signs around that follow a stretch, so that it must be closed."""
    if not after:
        return in_row
    return not (after[0] == " " and "A" <= after[1:2] < "\U00010000" and unicodedata.bidirectional(after[1]) == "L")


def _set(text: str, order: list[int], levels: list[int], is_touched: bool, is_closed: bool) -> Stretch:
    """The glyphs of one stretch: ``order`` are the places of its letters as they are seen from left to right."""
    here = face(FALLBACKS[0])
    shown = _shaped(text, levels)
    blank = here.glyphs[BLANK]
    places: dict[int, tuple[float, Glyph]] = {}
    width = 0.0
    for at in order:
        letter = shown[at]
        if letter == "":  # within the letter before it
            glyph = Glyph(blank, "", 0.0)
        else:
            found = here.glyphs.get(ord(letter))
            glyph = Glyph(found, "", here.advance(found)) if found else boxed(here, letter)
        places[at] = (width, glyph)
        width += glyph.advance
    written, words, first = _as_readers_turn_it(text, order[0])
    glyphs: list[Glyph] = []
    pen = 0.0
    start = places[written[0]][0]
    if is_touched and start:
        glyphs += _leap(blank, start)
        pen = start
    for number, at in enumerate(written):
        if at < 0:
            glyphs.append(Glyph(blank, LEFT_TO_RIGHT, number % 8 / 100))
            continue
        place, glyph = places[at]
        if number == first:
            glyphs += _counted_as_words(blank, max(words, 1) + 1, place - pen)
            pen = place
        glyphs.append(Glyph(glyph.glyph, text[at], glyph.advance, round(place - pen, 2)))
        pen = place + glyph.advance
    if is_closed:
        glyphs += _leap(blank, width - pen)
    return Stretch(text, tuple(apart(glyphs)), width)


def _leap(blank: int, width: float) -> list[Glyph]:
    """The pen goes forward by a wide letter without ink, for readers take a move for a blank. It is neither the first
    nor the last of its piece, whose widths tell readers how far lines are apart."""
    return [Glyph(blank, BETWEEN, 0.0), Glyph(blank, LEFT_TO_RIGHT, round(width, 2)), Glyph(blank, BETWEEN, 0.01)]


def _counted_as_words(blank: int, count: int, back: float) -> list[Glyph]:
    """So many marks that are read as words from left to right. No two near one another have the same code, for readers
    take a letter that is written twice in one place for bold, and drop one."""
    glyphs: list[Glyph] = []
    for number in range(count):
        step = number % 8 / 100
        if number:
            glyphs.append(Glyph(blank, BETWEEN, step))
        glyphs.append(Glyph(blank, LEFT_TO_RIGHT, step, 0.0 if number else round(back, 2)))
    return glyphs


def _as_readers_turn_it(text: str, leftmost: int) -> tuple[list[int], int, int]:
    """The places of the letters in the order that a reader turns into ``text``; how many words turn; and where the
    marks belong: before the part that has the ``leftmost`` letter. -1 stands for a mark that ends a word's direction.

    As CFX_BidiString of PDFium does: letters fall into parts of one direction; one that runs from right to left is
    reversed, and so are signs after it, which the mark is for.
    """
    parts: list[tuple[bool, list[int]]] = []
    for at, letter in enumerate(text):
        is_right = direction_of(letter) in ("R", "AL")
        if parts and parts[-1][0] == is_right:
            parts[-1][1].append(at)
        else:
            parts.append((is_right, [at]))
    written: list[int] = []
    first = 0
    for number, (is_right, places) in enumerate(parts):
        if number and not is_right and [text[at] for at in places] != [" "]:
            written.append(-1)
        if leftmost in places:
            first = len(written)
        written.extend(reversed(places) if is_right else places)
    return written, sum(is_right for is_right, _ in parts), first


def direction_of(letter: str) -> str:
    """The bidirectional class of a letter; what Unicode has not assigned yet has that of its neighbours."""
    return unicodedata.bidirectional(letter) or ("R" if TURNS.match(letter) else "L")


def _levels(text: str, *, turns: bool) -> tuple[list[int], list[int]]:
    """The embedding level of each letter, and the places of the letters as they are seen (UAX #9)."""
    from bidi import algorithm

    line: dict[str, Any] = algorithm.get_empty_storage()
    line["base_level"], line["base_dir"] = (1, "R") if turns else (0, "L")
    algorithm.get_embedding_levels(text, line)
    for at, letter in enumerate(line["chars"]):
        letter["at"] = at
        letter["type"] = letter["orig"] = direction_of(letter["ch"])
    algorithm.explicit_embed_and_overrides(line, False)
    algorithm.resolve_weak_types(line, False)
    _pair_brackets(line["chars"], "R" if turns else "L")
    algorithm.resolve_neutral_types(line, False)
    algorithm.resolve_implicit_levels(line, False)
    levels = [0] * len(text)
    for letter in line["chars"]:
        levels[letter["at"]] = letter["level"]
    algorithm.reorder_resolved_levels(line, False)
    return levels, [letter["at"] for letter in line["chars"]]


def _pair_brackets(letters: Any, base: str) -> None:
    """Give both brackets of a pair one direction, by what they hold and what stands before them (UAX #9, rule N0)."""
    strong = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at, letter in enumerate(letters):
        if letter["ch"] in "([{":
            opened.append((_mirrored()[letter["ch"]], at))
        elif letter["ch"] in ")]}":
            for back in range(len(opened) - 1, -1, -1):
                if opened[back][0] == letter["ch"]:
                    pairs.append((opened[back][1], at))
                    del opened[back:]
                    break
    for start, end in sorted(pairs):
        inside = {strong.get(letter["type"]) for letter in letters[start + 1 : end]}
        before = next((strong[one["type"]] for one in reversed(letters[:start]) if one["type"] in strong), base)
        if base in inside:
            letters[start]["type"] = letters[end]["type"] = base
        elif inside & {"L", "R"}:
            letters[start]["type"] = letters[end]["type"] = before if before != base else base


def _shaped(text: str, levels: list[int]) -> list[str]:
    """Each letter as it is shown: Arabic joined, brackets turned; "" for one that its neighbour shows too."""
    shown = list(_reshaper().reshape(text)) if any("\u0600" <= letter <= "\u08ff" for letter in text) else list(text)
    if len(shown) != len(text):  # a form that takes more or fewer letters: unjoined, but all of it
        shown = list(text)
    for at in range(len(shown) - 1):
        if (joined := _LAM.get(shown[at])) is not None and shown[at + 1] in _ALEFS:
            shown[at], shown[at + 1] = _ALEFS[shown[at + 1]][joined], ""
    return [
        _mirrored().get(letter, letter) if level % 2 else letter for letter, level in zip(shown, levels, strict=True)
    ]


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "support_ligatures": False, "support_zwj": False})


@cache
def _mirrored() -> dict[str, str]:
    from bidi.mirror import MIRRORED

    return dict(MIRRORED)
