"""Where the table is in a sheet: its header row, its body, and what stands around and between that is no row of it."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from callstation.accounts.importing.cells import Cell, Sheet, text_of
from callstation.accounts.importing.lexicon import is_known_header

_LOOKED_AT = 60
"""A title block is shorter than this."""
_TOTAL = re.compile(
    r"(?:grand|sub|report|page|overall)?[\s-]*totals?\b(?:\s*[:(=].*|\s+for\b.*|\s+\(?\d.*)?|(?:sum|count|average|subtotal)\b.{0,20}"
    r"|(?:gesamt|zwischen)?summe\b.*|gesamt\b.*|\d+ (?:rows?|records?)\b.*",
    re.IGNORECASE,
)
_DATA_LIKE = re.compile(r"[\W\d_]*\d[\W\d_]*|[^@\s]+@[^@\s]+\.\w+|[\W\d]*\d{4}-\d\d-\d\d.*")


class Skip(StrEnum):
    """Why a row of the file is no row of the table."""

    TITLE = "title"
    HEADER = "header"
    HEADER_AGAIN = "header again"
    BLANK = "blank"
    SUBTOTAL = "subtotal"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is accounted for but not imported."""

    row_number: int
    reason: Skip
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a sheet, by column; ``row_numbers`` and every column have one entry per row."""

    headers: tuple[str, ...]
    columns: tuple[list[Cell], ...]
    row_numbers: list[int]
    skipped: list[SkippedRow]
    too_long: dict[int, int]
    """Rows (by position) with cells beyond the last column, and how many."""
    header_row: int | None
    rows_in_file: int

    def __len__(self) -> int:
        return len(self.row_numbers)


def find_table(sheet: Sheet, header_row: int | None = None) -> Table:
    """The table of the sheet. ``header_row`` is the rep's own choice (numbered as in the file; 0: there is none)."""
    rows = sheet.rows
    if header_row is None:
        at = _find_header(rows)
    else:
        at = header_row - sheet.first_row if header_row else None
        at = at if at is not None and 0 <= at < len(rows) else None
    header = rows[at] if at is not None else []
    start = 0 if at is None else at + 1
    width = _width(None if at is None else header, rows[start:])
    header_cells = [text_of(cell) for cell in header]
    body, numbers, skipped, too_long = _sorted_out(sheet, at, start, width, header_cells)
    columns = tuple(_shared(column) for column in zip(*body, strict=True)) if body else tuple([] for _ in range(width))
    return Table(
        _names(header_cells, width),
        columns,
        numbers,
        skipped,
        too_long,
        None if at is None else at + sheet.first_row,
        len(rows),
    )


def _find_header(rows: list[list[Cell]]) -> int | None:
    """The row that names the columns, or None where the list begins at once with data."""
    head = rows[:_LOOKED_AT]
    usual = max(1, _quantile([_filled(row) for row in rows[:500] if _filled(row)]))
    best, best_score = None, 0.0
    for at, row in enumerate(head):
        filled = _filled(row)
        if not filled or (filled == 1 and usual > 1):
            continue
        known = sum(map(is_known_header, row))
        data_like = sum(map(_is_data_like, row))
        words = [cell for cell in row if isinstance(cell, str) and cell.strip()]
        score = 2.0 * known - 1.5 * data_like + 2.0 * min(1.0, filled / usual) + 0.5 * (len(set(words)) == filled)
        score -= 0.5 * sum(len(word) > 60 for word in words) + 0.01 * at
        if score > best_score and (known or not data_like):
            best, best_score = at, score
    if best is None:
        return None
    known = sum(map(is_known_header, head[best]))
    return best if known or _filled(head[best]) >= 0.6 * usual else None


def _sorted_out(
    sheet: Sheet, at: int | None, start: int, width: int, header: list[str]
) -> tuple[list[list[Cell]], list[int], list[SkippedRow], dict[int, int]]:
    """(body rows all of one width, their numbers, the skipped, the too long by position in the body)."""
    rows, first = sheet.rows, sheet.first_row
    skipped = [
        SkippedRow(number, Skip.TITLE if _filled(row) else Skip.BLANK, _line(row))
        for number, row in enumerate(rows[: at or 0], first)
    ]
    if at is not None:
        skipped.append(SkippedRow(first + at, Skip.HEADER, _line(rows[at])))
    last = _last_full_row(rows, start, width)
    lengths = Counter(map(len, rows[start : start + 2000]))
    usual = min(lengths, key=lambda length: (-lengths[length], length), default=0)
    longest = max(width, len(header), usual)  # separators at the end of every row make no cells
    body: list[list[Cell]] = []
    numbers: list[int] = []
    too_long: dict[int, int] = {}
    first_header = header[0] if header else None
    half = width // 2
    for number, row in zip(count(first + start), rows[start:], strict=False):
        reason = None
        if len(row) != width or row.count("") >= half:
            reason = _reason(row, width, is_tail=number - first > last)
        if reason is None and row[0] == first_header and list(map(text_of, row)) == header:
            reason = Skip.HEADER_AGAIN
        if reason is not None:
            skipped.append(SkippedRow(number, reason, _line(row)))
            continue
        if len(row) < width:
            row = row + [""] * (width - len(row))
        elif len(row) > width:
            extra = max(_filled(row[width:]), len(row) - longest)
            if extra > 0:
                too_long[len(body)] = extra
            row = row[:width]
        body.append(row)
        numbers.append(number)
    return body, numbers, skipped, too_long


def _reason(row: list[Cell], width: int, *, is_tail: bool) -> Skip | None:
    """Why this sparse row is none of the table's, or None."""
    words = [text_of(cell) for cell in row]
    words = [word for word in words if word]
    if not words:
        return Skip.BLANK
    others = [word for word in words if not _DATA_LIKE.fullmatch(word)]
    if any(map(_TOTAL.fullmatch, words)) and len(others) <= 2 and len(words) <= max(2, width * 0.6):
        return Skip.SUBTOTAL
    return Skip.FOOTER if is_tail and width > 2 else None


def _last_full_row(rows: list[list[Cell]], start: int, width: int) -> int:
    """The last row that is more than a line of text under the table."""
    for at in range(len(rows) - 1, start - 1, -1):
        if _filled(rows[at]) > max(1, width // 4):
            return at
    return len(rows)


def _names(header: list[str], width: int) -> tuple[str, ...]:
    names: list[str] = []
    for place in range(width):
        name = header[place] if place < len(header) and header[place] else f"Column {place + 1}"
        same = sum(1 for other in names if other == name or other.rpartition(" (")[0] == name)
        names.append(f"{name} ({same + 1})" if same else name)
    return tuple(names)


def _shared(column: tuple[Cell, ...]) -> list[Cell]:
    """The column with equal texts kept once: lists repeat themselves, and memory is counted."""
    seen: dict[Cell, Cell] = {}
    return list(map(seen.setdefault, column, column))


def _width(header: list[Cell] | None, rows: list[list[Cell]]) -> int:
    """How many columns there are. A column without a header counts where enough rows fill it; stray cells do not."""
    widths = Counter(len(_trimmed(row)) for row in rows[:2000])
    widths.pop(0, None)
    widest = max(widths, default=1)
    if header is None:
        return widest
    common = [width for width, seen in widths.items() if seen >= max(3, 0.05 * sum(widths.values()))]
    return max(len(_trimmed(header)), min(len(header), widest), *common, 1)


def _quantile(counts: list[int]) -> int:
    return sorted(counts)[len(counts) * 3 // 4] if counts else 0


def _filled(row: list[Cell]) -> int:
    return sum(1 for cell in row if not isinstance(cell, str) or (cell and not cell.isspace()))


def _trimmed(row: list[Cell]) -> list[Cell]:
    end = len(row)
    while end and isinstance(row[end - 1], str) and not str(row[end - 1]).strip():
        end -= 1
    return row[:end]


def _line(row: list[Cell]) -> str:
    return " | ".join(filter(None, map(text_of, row)))[:200]


def _is_data_like(cell: Cell) -> bool:
    return not isinstance(cell, str) or _DATA_LIKE.fullmatch(cell.strip()) is not None
