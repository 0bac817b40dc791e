"""Text as it is set: its style, how wide it is, and where its lines break."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from callstation.documents.layout.alphabet import NOT_HERE, alphabet
from callstation.documents.layout.faces import REGULAR
from callstation.documents.layout.glyphs import cleaned, runs_of

Colour = tuple[float, float, float]
INK: Colour = (0.11, 0.12, 0.15)
GREY: Colour = (0.40, 0.42, 0.47)

_IDEOGRAPH = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size and leading in points; ``is_tabular`` for figures that stand below one another."""

    size: float
    leading: float
    weight: int = REGULAR
    colour: Colour = INK
    is_tabular: bool = False

    def but(self, **changes: Any) -> "Style":
        """The same with something changed."""
        return replace(self, **changes)


def width_of(text: str, style: Style) -> float:
    """How wide a text is on one line, in points."""
    return _width(text, style.weight, style.is_tabular) * style.size / 1000


@lru_cache(maxsize=16384)
def _width(text: str, weight: int, is_tabular: bool = False) -> float:
    if NOT_HERE.search(text) is None:
        letters = alphabet(weight)
        widths = letters.tabular_widths if is_tabular else letters.widths
        return sum(map(widths.__getitem__, text))
    return sum(run.width for run in runs_of(cleaned(text).replace("\n", " "), weight))


@lru_cache(maxsize=4096)
def lines_of(text: str, style: Style, width: float) -> tuple[str, ...]:
    """A text in lines of at most ``width`` points; its own line ends are kept.

    Broken at blanks, beside ideographs, and within a word that is wider than a line.
    """
    return tuple(line for part in cleaned(text).split("\n") for line in _broken(part, style, width))


def _broken(text: str, style: Style, width: float) -> list[str]:
    weight, is_tabular = style.weight, style.is_tabular
    most = width * 1000 / style.size
    if _width(text, weight, is_tabular) <= most:
        return [text]
    space = _width(" ", weight)
    is_plain = NOT_HERE.search(text) is None  # else a word may be wider beside others than it is alone
    lines: list[str] = []
    line, filled = "", 0.0
    for word in text.split(" "):
        glue, gap = " ", space
        for piece, wide in _pieces(word, weight, is_tabular, most):
            whole = f"{line}{glue}{piece}" if line else piece
            reach = wide if not line else filled + gap + wide if is_plain else _width(whole, weight, is_tabular)
            if not line or reach <= most:
                line, filled = whole, reach
            else:
                lines.append(line)
                line, filled = piece, wide
            glue, gap = "", 0.0
    lines.append(line)
    return lines


def _pieces(word: str, weight: int, is_tabular: bool, most: float) -> Iterator[tuple[str, float]]:
    """What a word may be broken into, with the width of each: itself, where it fits and has no ideographs."""
    wide = _width(word, weight, is_tabular)
    if wide <= most and _IDEOGRAPH.search(word) is None:
        yield word, wide
        return
    piece, filled = "", 0.0
    for letter in word:
        step = _width(letter, weight, is_tabular)
        is_mark = bool(unicodedata.combining(letter))
        if piece and not is_mark and (filled + step > most or _IDEOGRAPH.match(letter) or _IDEOGRAPH.match(piece[-1])):
            yield piece, filled
            piece, filled = "", 0.0
        piece, filled = piece + letter, filled + step
    if piece:
        yield piece, filled


def shortened(text: str, style: Style, width: float) -> str:
    """A text cut to one line of ``width`` points, with an ellipsis where something is left out."""
    text = cleaned(text).replace("\n", " ")
    if width_of(text, style) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle].rstrip() + "…", style) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
