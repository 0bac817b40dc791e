"""Word documents built from nothing: the letterhead as header and footer, the words in the body, few styles."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from callstation.documents.archive import pack, unpack
from callstation.documents.word_xml import parse, write

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Arial"
"""On every computer, in these metrics; the fonts of the PDF are not."""
INK, GREY = "1B2330", "5B6675"
PAPERS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
"""Width and height in mm."""
_LEFT, _RIGHT = 25, 20
"""Margins in mm (DIN 5008)."""
_STYLES = frozenset(
    {"Normal", "Heading 1", "Heading 2", "Header", "Footer", "Default Paragraph Font", "Normal Table", "No List"}
)
_DROPPED = (
    "docProps/thumbnail.jpeg", "docProps/app.xml", "customXml/", "word/stylesWithEffects.xml", "word/webSettings.xml",
    "word/numbering.xml",
)  # fmt: skip
"""What comes with python-docx and no letter needs."""


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead: texts, several lines parted by line ends; ``colour`` as RRGGBB, ``logo`` a PNG or JPEG."""

    name: str
    address: str
    contact: str
    footer: str
    colour: str
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of the body, in a style of ``_LOOKS``."""

    text: str
    look: str = "text"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, one row that stands for all of ``rows`` (a name in the template), and a last row."""

    columns: Sequence[tuple[str, str, float, bool]]
    """(heading, text of a cell, width in mm, whether figures stand to the right)."""
    each: str
    """The head of the loop: "line in lines"."""
    total: Sequence[str] = ()


_LOOKS: dict[str, dict[str, Any]] = {
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
}
"""Points before and after, size in points, indents in mm."""


def build(head: Head, paper: str, body: Sequence[Block | Grid], *, language: str = "en_US") -> bytes:
    """A Word document; the same arguments give the same bytes."""
    from docx import Document

    made = Document()
    _styles(made, language)
    width = _page(made, paper)
    _letterhead(made, head, width)
    for one in body:
        if isinstance(one, Grid):
            _grid(made, one, head.colour)
        else:
            _paragraph(made.add_paragraph(), one.text, head.colour, **_LOOKS[one.look])
    out = io.BytesIO()
    made.save(out)
    return pack(_slim(unpack(out.getvalue())))


def _styles(made: "Document", language: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for style in list(made.styles):
        if style.name not in _STYLES:
            style.element.getparent().remove(style.element)
    latent = made.styles.element.find(qn("w:latentStyles"))
    if latent is not None:
        made.styles.element.remove(latent)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(10), RGBColor.from_string(INK)
    fonts = normal.element.rPr.rFonts
    for script in ("w:hAnsi", "w:cs"):
        fonts.set(qn(script), FONT)
    for name in ("Heading 1", "Heading 2"):
        font = made.styles[name].font
        font.name, font.color.rgb, font.size = FONT, RGBColor.from_string(INK), Pt(12)
        rfonts = made.styles[name].element.rPr.rFonts
        for key in list(rfonts.attrib):
            del rfonts.attrib[key]
        for script in ("w:ascii", "w:hAnsi", "w:cs"):
            rfonts.set(qn(script), FONT)
    for node in made.styles.element.iter(qn("w:lang")):
        node.set(qn("w:val"), language.replace("_", "-"))


def _page(made: "Document", paper: str) -> float:
    """Set the page up; the width of its text in mm."""
    from docx.shared import Mm

    section = made.sections[0]
    width, height = PAPERS.get(paper, PAPERS["A4"])
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.top_margin, section.bottom_margin = Mm(48), Mm(32)
    section.header_distance, section.footer_distance = Mm(14), Mm(10)
    return width - _LEFT - _RIGHT


def _letterhead(made: "Document", head: Head, width: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    section = made.sections[0]
    table = section.header.add_table(1, 2, Mm(width))
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Mm(width * 0.55), Mm(width * 0.45)
    at = left.paragraphs[0]
    if head.logo is not None:
        at.add_run().add_picture(io.BytesIO(head.logo), height=Mm(14))
        at = left.add_paragraph()
    _paragraph(at, head.name, head.colour, after=0, size=13, bold=True, is_coloured=True)
    _paragraph(right.paragraphs[0], head.address, head.colour, after=2, size=8, colour=GREY)
    _paragraph(right.add_paragraph(), head.contact, head.colour, after=4, size=8, colour=GREY)
    for paragraph in right.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    first = section.header.paragraphs[0]
    first._p.getparent().remove(first._p)
    _rule(section.header.add_paragraph(), head.colour)
    foot = section.footer.paragraphs[0]
    _paragraph(foot, head.footer, head.colour, after=2, size=7.5, colour=GREY)
    pages = section.footer.add_paragraph()
    pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text in ("PAGE", " / ", "NUMPAGES"):
        _page_number(pages, text)


def _grid(made: "Document", grid: Grid, colour: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    rows = [
        [heading for heading, *_ in grid.columns],
        [f"{{%tr for {grid.each} %}}"],
        [cell for _, cell, *_ in grid.columns],
        ["{%tr endfor %}"],
        *([list(grid.total)] if grid.total else []),
    ]
    table = made.add_table(len(rows), len(grid.columns))
    table.autofit = False
    for number, texts in enumerate(rows):
        is_head, is_total = number == 0, bool(grid.total) and number == len(rows) - 1
        for place, (_, _, width, is_figure) in enumerate(grid.columns):
            cell = table.rows[number].cells[place]
            cell.width = Mm(width)
            text = texts[place] if place < len(texts) else ""
            _paragraph(
                cell.paragraphs[0], text, colour, after=3, before=3, size=8.5 if is_head else 9.5,
                bold=is_head or is_total, colour=GREY if is_head else INK,
            )  # fmt: skip
            if is_figure:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _edge(cell, colour if is_head or is_total else "D5DAE1", is_top=is_total)
        if is_head:
            _repeats(table.rows[number])
    _paragraph(made.add_paragraph(), "", colour, after=6)


def _paragraph(
    at: Any, text: str, accent: str, *, after: float = 0, before: float = 0, size: float = 0, bold: bool = False,
    colour: str = "", indent: float = 0, hanging: float = 0, keep: bool = False, heading: bool = False,
    is_coloured: bool = False,
) -> None:  # fmt: skip
    from docx.shared import Mm, Pt, RGBColor

    if heading:
        at.style = "Heading 1"
    form = at.paragraph_format
    form.space_after, form.space_before, form.line_spacing = Pt(after), Pt(before), 1.15
    form.widow_control = True
    if keep:
        form.keep_with_next = True
    if indent:
        form.left_indent, form.first_line_indent = Mm(indent), Mm(-hanging)
    run = at.add_run(text)
    if size:
        run.font.size = Pt(size)
    if bold:
        run.bold = True
    if colour or is_coloured:
        run.font.color.rgb = RGBColor.from_string(accent if is_coloured else colour)


def _rule(at: Any, colour: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    line = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="8" w:space="1" w:color="{colour}"/></w:pBdr>'
    at._p.get_or_add_pPr().append(parse_xml(line))
    at.paragraph_format.space_after = Pt(0)


def _edge(cell: Any, colour: str, *, is_top: bool) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>'
        for side in (("top", "bottom") if is_top else ("bottom",))
    )
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{lines}</w:tcBorders>"))


def _repeats(row: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _page_number(at: Any, text: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt, RGBColor

    if text.isupper():
        look = f'<w:rPr><w:color w:val="{GREY}"/><w:sz w:val="15"/></w:rPr>'
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" {text} "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
        at._p.append(parse_xml(field))
        return
    run = at.add_run(text)
    run.font.size, run.font.color.rgb = Pt(7.5), RGBColor.from_string(GREY)


def _slim(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Without the parts that no letter needs, and without any mention of them."""

    def is_kept(name: str) -> bool:
        return not name.startswith(_DROPPED)

    kept = {name: part for name, part in parts.items() if is_kept(name)}
    for name in [one for one in kept if one.endswith(".rels") or one == "[Content_Types].xml"]:
        tree = parse(kept[name])
        base = name.partition("_rels/")[0]
        for item in list(tree):
            target = item.get("Target") or (item.get("PartName") or "").lstrip("/")
            if not target or item.get("TargetMode") == "External":
                continue
            place = target if item.get("PartName") else _joined(base, target)
            if not is_kept(place):
                tree.remove(item)
        kept[name] = write(tree)
    return {name: part for name, part in kept.items() if not (name.endswith(".rels") and _is_orphan(name, kept))}


def _joined(base: str, target: str) -> str:
    from posixpath import normpath

    return target.lstrip("/") if target.startswith("/") else normpath(f"{base}{target}")


def _is_orphan(name: str, kept: dict[str, bytes]) -> bool:
    base, _, rest = name.partition("_rels/")
    return bool(rest.removesuffix(".rels")) and f"{base}{rest.removesuffix('.rels')}" not in kept
