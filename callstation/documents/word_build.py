"""Word documents built from nothing: the letterhead as header and footer, the words in the body, few styles."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from callstation.documents.archive import pack, unpack
from callstation.documents.word_parts import (
    GREY,
    INK,
    LOOKS,
    Block,
    Grid,
    Piece,
    Signatures,
    flush,
    grid,
    paragraph,
    signatures,
)
from callstation.documents.word_xml import parse, write

if TYPE_CHECKING:
    from docx.document import Document

FONT = "Arial"
"""On every computer, in these metrics; the fonts of the PDF are not."""
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


def build(head: Head, paper: str, body: Sequence[Piece], *, language: str = "en_US") -> bytes:
    """A Word document; the same arguments give the same bytes."""
    from docx import Document

    made = Document()
    _styles(made, language)
    width = _page(made, paper)
    _letterhead(made, head, width)
    for one in body:
        match one:
            case Grid():
                grid(made, one, head.colour)
            case Signatures():
                signatures(made, one, width, head.colour)
            case Block(text, look):
                paragraph(made.add_paragraph(), text, head.colour, **LOOKS[look])
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
    flush(table)
    left, right = table.rows[0].cells
    left.width, right.width = Mm(width * 0.55), Mm(width * 0.45)
    at = left.paragraphs[0]
    if head.logo is not None:
        at.add_run().add_picture(io.BytesIO(head.logo), height=Mm(14))
        at = left.add_paragraph()
    paragraph(at, head.name, head.colour, after=0, size=13, bold=True, is_coloured=True)
    paragraph(right.paragraphs[0], head.address, head.colour, after=2, size=8, colour=GREY)
    paragraph(right.add_paragraph(), head.contact, head.colour, after=4, size=8, colour=GREY)
    for one in right.paragraphs:
        one.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    first = section.header.paragraphs[0]
    first._p.getparent().remove(first._p)
    _rule(section.header.add_paragraph(), head.colour)
    foot = section.footer.paragraphs[0]
    paragraph(foot, head.footer, head.colour, after=2, size=7.5, colour=GREY)
    pages = section.footer.add_paragraph()
    pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text in ("PAGE", " / ", "NUMPAGES"):
        _page_number(pages, text)


def _rule(at: Any, colour: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    line = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="8" w:space="1" w:color="{colour}"/></w:pBdr>'
    at._p.get_or_add_pPr().append(parse_xml(line))
    at.paragraph_format.space_after = Pt(0)


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
