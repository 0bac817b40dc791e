"""The letterhead on a page: name or logo, who writes from where, the address window, fold marks, the foot."""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from callstation.documents.data import Data, Sender
from callstation.documents.labels import labels_of
from callstation.documents.layout.faces import SEMIBOLD
from callstation.documents.layout.flow import Flow
from callstation.documents.layout.sheet import MM, Sheet
from callstation.documents.layout.text import GREY, INK, Colour, Style, lines_of, shortened, width_of
from callstation.errors import UserError

BODY = Style(10, 15)
SMALL = Style(8, 11.5, colour=GREY)
TINY = Style(7, 9.5, colour=GREY)
LABEL = Style(7.5, 10, colour=GREY)
PLAIN = Style(9, 13)
STRONG = Style(10, 15, SEMIBOLD)
MOST_FOOT_LINES = 4

Facts = Sequence[tuple[str, str]]
"""Label and value, beside the address."""


def colour_of(sender: Sender) -> Colour:
    """The company's colour, red, green and blue from 0 to 1."""
    code = sender.colour
    return (int(code[1:3], 16) / 255, int(code[3:5], 16) / 255, int(code[5:7], 16) / 255)


def first_page(sheet: Sheet, data: Data, facts: Facts) -> Flow:
    """The first page with letterhead, address and facts; the flow begins below them."""
    is_a4 = sheet.paper == "A4"
    left, right = _body(sheet)
    colour = colour_of(data.sender)
    sheet.box(0, 0, sheet.width, 2.2 * MM, colour)
    column = 125 * MM if is_a4 else sheet.width - 64.0 - 180
    company_name(sheet, data.sender, left, column, colour)
    _own_lines(sheet, data.sender, column, right)
    top = 45 * MM if is_a4 else 128.0
    end = _address(sheet, data, left, top)
    end = max(end, _facts(sheet, facts, column, right, top + 4 * MM))
    if is_a4:
        for mark, length in ((105, 4), (148.5, 6), (210, 4)):
            sheet.rule(4 * MM, mark * MM, (4 + length) * MM, mark * MM, GREY, 0.35)
    begin = max(98.5 * MM if is_a4 else 246.0, end + 8 * MM)
    return Flow(
        sheet, left, right - left, begin, _foot_top(sheet, data.sender) - 5 * MM, 25 * MM,
        lambda: _next_page(sheet, data, left, right, colour), turns=runs_left(data.locale),
    )  # fmt: skip


def foot(sheet: Sheet, data: Data, page: int, pages: int, *, is_numbered: bool = True) -> None:
    """The foot of a page: what the law asks for, and the page of how many."""
    left, right = _body(sheet)
    y = _foot_top(sheet, data.sender)
    sheet.rule(left, y, right, y, (0.84, 0.85, 0.88))
    number = labels_of(data.locale)["page"].format(page=page, pages=pages) if is_numbered else ""
    if number:
        sheet.text(right, y + 11, number, TINY, "right")
    for at, line in enumerate(_foot_lines(data.sender, right - left - 50)):
        sheet.text(left, y + 11 + at * TINY.leading, line, TINY)


def runs_left(locale: str) -> bool:
    """Whether a language is written from right to left."""
    return locale.partition("_")[0] in ("ar", "fa", "he", "ur", "yi")


def _body(sheet: Sheet) -> tuple[float, float]:
    """The left and the right edge of what is written (A4: DIN 5008)."""
    return (25 * MM, sheet.width - 20 * MM) if sheet.paper == "A4" else (64.0, sheet.width - 64.0)


def company_name(sheet: Sheet, sender: Sender, left: float, column: float, colour: Colour) -> None:
    """The logo, or the name in the company's colour, at the head of a first page and no wider than up to ``column``."""
    top, most_wide, most_high = 11 * MM, column - left - 8 * MM, 18 * MM
    if sender.logo:
        picture, width, height = _logo(sender.logo, sender.logo_digest)
        scale = min(most_wide / width, most_high / height, 0.75)
        sheet.picture(picture, left, top + (most_high - height * scale) / 2, width * scale, height * scale)
        return
    for size, most in ((15, 2), (11, 3), (8.5, 5), (6, 99)):
        style = Style(size, size * 1.28, SEMIBOLD, colour)
        lines = lines_of(sender.name, style, most_wide)
        if len(lines) <= most:
            break
    for number, line in enumerate(lines):
        sheet.text(left, top + style.leading * (number + 0.9), line, style)


def _own_lines(sheet: Sheet, sender: Sender, x: float, right: float) -> None:
    own = [sender.name, *sender.address] if sender.logo else list(sender.address)
    for size, most in ((8, 7), (7, 9), (6, 11), (4.5, 99)):  # as small as it must be for all of it
        style = Style(size, size * 1.44, colour=GREY)
        lines = [part for line in [*own, *sender.contact] for part in lines_of(line, style, right - x)]
        if len(lines) <= most:
            break
    for number, line in enumerate(lines):
        sheet.text(x, 11 * MM + 9 + number * style.leading, line, style)


def _address(sheet: Sheet, data: Data, left: float, top: float) -> float:
    wide = 85 * MM
    back = " · ".join([data.sender.name, *data.sender.address])
    y = top + 11 * MM if sheet.paper == "A4" else top + 4
    if sheet.paper == "A4":
        style = next((TINY.but(size=size) for size in (7, 6.5, 6) if width_of(back, TINY.but(size=size)) <= wide), TINY)
        shown = shortened(back, style, wide)
        sheet.text(left, y, shown, style)
        sheet.rule(left, y + 2.5, left + min(wide, width_of(shown, style)), y + 2.5, (0.84, 0.85, 0.88), 0.35)
    y += 7.5 * MM if sheet.paper == "A4" else 12
    for number, line in enumerate(data.address):
        style = Style(10, 14, SEMIBOLD if number == 0 else 0)
        for part in lines_of(line, style, wide):
            sheet.text(left, y, part, style)
            y += style.leading
    return y


def _facts(sheet: Sheet, facts: Facts, x: float, right: float, y: float) -> float:
    for label, value in facts:
        sheet.text(x, y, label, LABEL)
        y += 11.5
        for line in lines_of(value, PLAIN, right - x):
            sheet.text(x, y, line, PLAIN)
            y += PLAIN.leading - 1
        y += 6.5
    return y - 14


def _next_page(sheet: Sheet, data: Data, left: float, right: float, colour: Colour) -> None:
    sheet.box(0, 0, sheet.width, 2.2 * MM, colour)
    half = (right - left) / 2 - 8
    sheet.text(left, 15 * MM, shortened(data.sender.name, SMALL, half), SMALL.but(weight=SEMIBOLD, colour=colour))
    sheet.text(right, 15 * MM, shortened(data.title, SMALL, half), SMALL, "right", in_row=True)


def _foot_lines(sender: Sender, width: float) -> tuple[str, ...]:
    """The footer's own lines side by side, as many in a row as fit whole."""
    rows: list[str] = []
    for item in sender.footer:
        together = f"{rows[-1]} · {item}" if rows else item
        if rows and width_of(together, TINY) <= width:
            rows[-1] = together
        else:
            rows.extend(lines_of(item, TINY, width))
    return tuple(rows[:MOST_FOOT_LINES])


def _foot_top(sheet: Sheet, sender: Sender) -> float:
    lines = max(1, len(_foot_lines(sender, _body(sheet)[1] - _body(sheet)[0] - 50)))
    return sheet.height - 11 * MM - (lines - 1) * TINY.leading - 8


@lru_cache(maxsize=4)
def _logo(path: str, digest: str) -> tuple[Any, float, float]:
    """(reportlab's picture, width, height in px). ``UserError`` where it is not the one the document was made with."""
    from reportlab.lib.utils import ImageReader

    from callstation.documents.letterhead import read_logo

    logo = read_logo(Path(path))
    if digest and logo.digest != digest:
        raise UserError(
            "The logo of this document is gone.", f"{path} is another picture now.", "Make the document anew."
        )
    return ImageReader(BytesIO(logo.data)), float(logo.width), float(logo.height)


__all__ = [
    "BODY",
    "INK",
    "PLAIN",
    "SMALL",
    "STRONG",
    "TINY",
    "Facts",
    "colour_of",
    "company_name",
    "first_page",
    "foot",
    "runs_left",
]
