"""What a cell can hold, and how it is turned into clean text."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date
"""Text stays text; numbers and dates are those that a workbook stores as such. An empty cell is ""."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rectangle of cells, or a ragged one."""

    name: str
    rows: list[list[Cell]]
    first_row: int = 1
    """What the file numbers the first of ``rows``."""


def text_of(cell: Cell) -> str:
    """The cell as one clean line: inner line breaks and runs of space are one space, invisible marks are gone."""
    text = " ".join((cell if isinstance(cell, str) else _written(cell)).split())
    if not (text.isascii() and text.isprintable()):
        text = _visible(text)
    return cell if isinstance(cell, str) and text == cell else text  # the same object: memory is counted


def lines_of(cell: Cell) -> str:
    """The cell as text with its line breaks kept, for notes."""
    text = cell if isinstance(cell, str) else _written(cell)
    return "\n".join(filter(None, map(text_of, text.splitlines())))


def _written(cell: int | float | date) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").rstrip(".") if abs(cell) < 1e15 else f"{cell:.0f}"
    return str(cell)


def _visible(text: str) -> str:
    """Without control and format marks; the joiner stays, for emoji are made with it."""
    kept = "".join(mark for mark in text if mark == "\u200d" or unicodedata.category(mark) not in ("Cc", "Cf", "Cs"))
    return " ".join(kept.split())
