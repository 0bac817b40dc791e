"""Text to rows: the delimiter by consistency, any line end, quotes that are balanced and quotes that are not."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from callstation.accounts.importing.cells import Cell
from callstation.accounts.importing.guards import MAX_CELLS, MAX_ROWS, unreadable
from callstation.accounts.importing.lexicon import is_known_header

_USUAL = ",;\t|"
_SAMPLE_ROWS = 200
_SHARED = 50_000
_SAMPLE_TEXT = 200_000
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_NEVER = set("\"'\r\n .-/@_()+&$€£%\\\ufeff\u00a0")
"""Marks that stand inside names, dates, numbers, phones and e-mails."""


def rows_of(text: str, name: str, delimiter: str | None = None) -> tuple[list[list[Cell]], str]:
    """All rows with the delimiter they were split at; ``UserError`` when there are more than can be held."""
    if told := re.match(r'\ufeff?"?sep=(.)"?\r?[\r\n]', text):
        text, delimiter = text[told.end() :], delimiter or str(told[1])
    mark: str = delimiter or find_delimiter(text)
    try:
        return _parse(text, name, mark, strict=True), mark
    except csv.Error:  # a quote that is never closed, or text after a closed one
        pass
    try:
        loose = _parse(text, name, mark)
        plain = _parse(text, name, mark, quoting=csv.QUOTE_NONE)
    except csv.Error as error:
        raise unreadable(name, f"One cell has more than {csv.field_size_limit():,} characters.") from error
    return max(loose, plain, key=_rows_of_usual_width), mark


def find_delimiter(text: str) -> str:
    """The mark that splits most rows into equally many cells; a row of known headers weighs most.

    The other candidates than the usual four are all marks that occur in the sample; a tie goes to the usual one.
    """
    sample = text[:_SAMPLE_TEXT]
    lines = [line for line in sample.splitlines() if line.strip()][:_SAMPLE_ROWS]
    marks = Counter(mark for line in lines for mark in set(line) if not mark.isalnum() and mark not in _NEVER)
    others = [mark for mark, count in marks.most_common(8) if count > 0.3 * len(lines) and mark not in _USUAL]
    candidates: list[str] = [*_USUAL, *others]
    return max(candidates, key=lambda mark: _consistency(sample, mark))


def _consistency(sample: str, delimiter: str) -> float:
    reader: Iterator[list[Any]] = csv.reader(_lines(sample), delimiter=delimiter)
    rows: list[list[Cell]] = []
    try:
        rows.extend(row for row in islice(reader, _SAMPLE_ROWS) if row)
    except csv.Error:  # a cell beyond the limit: this mark is hardly the one
        return -1.0
    widths = Counter(map(len, rows[: len(rows) - 1] or rows))  # the last row of a sample may be cut
    widths.pop(1, None)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: item[0] ** 0.5 * item[1])
    known = max(sum(map(is_known_header, row)) for row in rows[:60])
    return count / len(rows) * (1 - 1 / width) + 0.3 * min(known, 5) + (0.01 if delimiter in _USUAL else 0.0)


def _parse(text: str, name: str, delimiter: str, **dialect: Any) -> list[list[Cell]]:
    reader: Iterator[list[Any]] = csv.reader(_lines(text), delimiter=delimiter, **dialect)
    rows: list[list[Cell]] = []
    cells = 0
    seen: dict[str, str] = {}
    share = seen.setdefault
    while chunk := list(islice(reader, 5000)):
        # Lists repeat themselves: equal cells are kept once, and memory is counted.
        rows.extend([list(map(share, row, row)) for row in chunk])
        if len(seen) > _SHARED:
            seen.clear()
        cells += sum(map(len, chunk))
        if len(rows) > MAX_ROWS or cells > MAX_CELLS:
            raise unreadable(name, f"It has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells.", "Split it.")
    return rows


def _lines(text: str) -> Iterable[str]:
    """Lines with their ends, of which CR alone is one; ``str.splitlines`` knows more ends than a file has."""
    if not any(mark in text for mark in "\v\f\x1c\x1d\x1e\x85\u2028\u2029"):
        return text.splitlines(keepends=True)
    return (found[0] for found in _LINE.finditer(text))


def _rows_of_usual_width(rows: list[list[Cell]]) -> int:
    """How many rows a reading got right: an unclosed quote swallows the rows behind it."""
    return max(Counter(map(len, rows)).values(), default=0)
