"""The pieces of a Word document's body: paragraphs in a few looks, tables with a row for each, lines to sign on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

INK, GREY, LINE = "1B2330", "5B6675", "D5DAE1"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the body, in a style of ``LOOKS``."""

    text: str
    look: str = "text"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, and one row that stands for each of many."""

    columns: Sequence[tuple[str, str, float, bool]]
    """(heading, text of a cell, width in mm, whether figures stand to the right)."""
    each: str
    """The head of the loop in the template: "one in products"."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Two parties side by side, each with the same lines to fill in and sign on."""

    names: tuple[str, str]
    lines: Sequence[str]


Piece = Block | Grid | Signatures

LOOKS: dict[str, dict[str, Any]] = {
    "text": {"after": 7},
    "bullet": {"after": 3, "indent": 6, "hanging": 4},
    "address": {"after": 0},
    "spacer": {"after": 14},
    "day": {"after": 18, "colour": GREY},
    "subject": {"after": 12, "size": 12, "bold": True, "heading": True},
    "title": {"after": 4, "size": 18, "bold": True, "heading": True},
    "clause": {"before": 8, "after": 2, "bold": True, "keep": True},
    "small": {"after": 4, "size": 8, "colour": GREY},
    "closing": {"before": 8, "after": 26, "keep": True},
    "name": {"after": 0, "bold": True, "keep": True},
    "role": {"after": 0, "colour": GREY},
    "label": {"before": 6, "after": 1, "size": 8, "colour": GREY, "keep": True},
    "party": {"after": 1, "bold": True, "keep": True},
    "heading": {"before": 14, "after": 5, "size": 12, "bold": True, "keep": True, "heading": True},
    "total": {"before": 2, "after": 4, "size": 12, "bold": True, "right": True, "is_coloured": True},
}
"""Points before and after, size in points, indents in mm."""


def grid(made: "Document", one: Grid, colour: str) -> None:
    """A table at the end of the document."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    rows = [
        [heading for heading, *_ in one.columns],
        [f"{{%tr for {one.each} %}}"],
        [cell for _, cell, *_ in one.columns],
        ["{%tr endfor %}"],
    ]
    table = made.add_table(len(rows), len(one.columns))
    table.autofit = False
    flush(table)
    for number, texts in enumerate(rows):
        is_head = number == 0
        for place, (_, _, width, is_figure) in enumerate(one.columns):
            cell = table.rows[number].cells[place]
            cell.width = Mm(width)
            text = texts[place] if place < len(texts) else ""
            paragraph(
                cell.paragraphs[0], text, colour, after=3, before=3, size=8.5 if is_head else 9.5,
                bold=is_head, colour=GREY if is_head else INK,
            )  # fmt: skip
            if is_figure:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _edge(cell, colour if is_head else LINE)
        _stays_whole(table.rows[number])
        if is_head:
            _repeats(table.rows[number])
    paragraph(made.add_paragraph(), "", colour, after=6)


def signatures(made: "Document", one: Signatures, width: float, colour: str) -> None:
    """The lines to sign on; ``width`` of the text in mm."""
    from docx.shared import Mm

    table = made.add_table(1 + 2 * len(one.lines), 3)
    table.autofit = False
    flush(table)
    widths = (width * 0.46, width * 0.08, width * 0.46)
    for number, row in enumerate(table.rows):
        for place, cell in enumerate(row.cells):
            cell.width = Mm(widths[place])
            at = cell.paragraphs[0]
            if place == 1:
                paragraph(at, "", colour)
            elif number == 0:
                paragraph(at, one.names[place // 2], colour, bold=True, keep=True)
            elif number % 2:
                paragraph(at, "", colour, before=16, keep=True)
                _edge(cell, GREY)
            else:
                is_last = number == len(table.rows) - 1
                paragraph(at, one.lines[number // 2 - 1], colour, size=8, colour=GREY, keep=not is_last)
    paragraph(made.add_paragraph(), "", colour)  # a document may not end in a table


def paragraph(
    at: Any, text: str, accent: str, *, after: float = 0, before: float = 0, size: float = 0, bold: bool = False,
    colour: str = "", indent: float = 0, hanging: float = 0, keep: bool = False, heading: bool = False,
    is_coloured: bool = False, right: bool = False,
) -> None:  # fmt: skip
    """Fill one paragraph: sizes and distances in points, indents in mm, colours as RRGGBB."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    if heading:
        at.style = "Heading 1"
    form = at.paragraph_format
    form.space_after, form.space_before, form.line_spacing = Pt(after), Pt(before), 1.15
    form.widow_control = True
    if keep:
        form.keep_with_next = True
    if right:
        at.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if indent:
        form.left_indent, form.first_line_indent = Mm(indent), Mm(-hanging)
    run = at.add_run(text)
    if size:
        run.font.size = Pt(size)
    if bold:
        run.bold = True
    if colour or is_coloured:
        run.font.color.rgb = RGBColor.from_string(accent if is_coloured else colour)


def _edge(cell: Any, colour: str) -> None:
    """A line below a cell."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    line = f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>'
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{line}</w:tcBorders>"))


def _repeats(row: Any) -> None:
    """The row stands on top of each page that the table goes on to."""
    _row_is(row, "tblHeader")


def _stays_whole(row: Any) -> None:
    _row_is(row, "cantSplit")


def flush(table: Any) -> None:
    """The text of a table begins and ends where that of the paragraphs does."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # which comes after it
    if look is None:
        table._tbl.tblPr.append(margins)
    else:
        look.addprevious(margins)


def _row_is(row: Any, name: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    row._tr.get_or_add_trPr().append(parse_xml(f"<w:{name} {nsdecls('w')}/>"))
