"""Fonts inside a PDF: a subset of a face with codes of its own, and what each code means as text."""

import zlib
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

from callstation.documents.layout.faces import Face

_FAR = 0x200000
"""Beyond every code point: where reportlab's subsetter finds glyphs by number."""

_subsetting = Lock()
"""A font file is read by moving about in it, which one job at a time may do."""


class Code(NamedTuple):
    """One code of a subset: the glyph it shows, the text it means, how far it moves on (thousandths of the size)."""

    glyph: int
    text: str
    advance: float


def font_parts(face: Face, codes: Sequence[Code], tag: str, first: int = 1) -> "FontParts":
    """A subset font of some codes, numbered from ``first``, packed; ``tag`` is six capitals that set it apart."""
    order = list(dict.fromkeys(code.glyph for code in codes if code.glyph))
    with _subsetting:
        for glyph in order:
            face.glyphs.setdefault(_FAR + glyph, glyph)
        program: bytes = face.ttf.makeSubset([_FAR + glyph for glyph in order])
    places = {glyph: place for place, glyph in enumerate(order, start=1)}
    to_glyph = bytes(2 * first) + b"".join(places.get(code.glyph, 0).to_bytes(2, "big") for code in codes)
    widths = " ".join(_number(code.advance) for code in codes)
    return FontParts(
        name=f"{tag}+{face.name}",
        program=_stream(program, f"/Length1 {len(program)}"),
        to_glyph=_stream(to_glyph),
        to_unicode=_stream(_to_unicode(codes, first)),
        widths=f"[ {first} [ {widths} ] ]",
        descriptor=_descriptor(face, f"{tag}+{face.name}"),
    )


class FontParts(NamedTuple):
    """The objects of one embedded font, ready to be written, without the references between them."""

    name: str
    program: bytes
    to_glyph: bytes
    to_unicode: bytes
    widths: str
    descriptor: str

    def add_to(self, document: Any, resource: str) -> None:
        """Write the font into a reportlab document, under the name that its pages call it by."""
        program, to_glyph, to_unicode = (
            _number_of(document, _raw(part), f"{resource}{what}")
            for part, what in ((self.program, "P"), (self.to_glyph, "G"), (self.to_unicode, "U"))
        )
        descriptor = _number_of(document, _raw(f"<< {self.descriptor} /FontFile2 {program} >>"), f"{resource}D")
        below = (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{self.name} /CIDSystemInfo << /Registry (Adobe) "
            f"/Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} /DW 0 /W {self.widths} "
            f"/CIDToGIDMap {to_glyph} >>"
        )
        whole = (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{self.name} /Encoding /Identity-H /DescendantFonts "
            f"[ {_number_of(document, _raw(below), f'{resource}C')} ] /ToUnicode {to_unicode} >>"
        )
        document.idToObject["BasicFonts"].dict[resource] = _number_of(document, _raw(whole), resource)


def _descriptor(face: Face, name: str) -> str:
    ttf = face.ttf
    box = " ".join(_number(edge) for edge in ttf.bbox)
    heights = (("Ascent", ttf.ascent), ("Descent", ttf.descent), ("CapHeight", ttf.capHeight), ("StemV", ttf.stemV))
    more = " ".join(f"/{key} {_number(value)}" for key, value in heights)
    return f"/Type /FontDescriptor /FontName /{name} /Flags 4 /ItalicAngle 0 /FontBBox [ {box} ] {more}"


class _Bytes:
    """An object of the file, as bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def format(self, _document: Any) -> bytes:
        return self.content


@cache
def _raw_kind() -> Any:
    """The class of such an object, which reportlab must know as one of its own."""
    from reportlab.pdfbase.pdfdoc import PDFObject

    return type("Raw", (_Bytes, PDFObject), {})


def _raw(content: str | bytes) -> Any:
    return _raw_kind()(content.encode("ascii") if isinstance(content, str) else content)


def _number_of(document: Any, thing: Any, name: str) -> str:
    """Add an object to the file; the words by which others refer to it."""
    document.Reference(thing, name)
    number, generation = document.idToObjectNumberAndVersion[name]
    return f"{number} {generation} R"


def _stream(content: bytes, more: str = "") -> bytes:
    packed = zlib.compress(content, 9)
    head = f"<< /Filter /FlateDecode /Length {len(packed)} {more} >>\nstream\n"
    return head.encode("ascii") + packed + b"\nendstream\n"


def _to_unicode(codes: Sequence[Code], first: int) -> bytes:
    """The CMap that tells readers which text each code stands for (PDF 32000-1, 9.10.3)."""
    lines = [
        f"<{number:04X}> <{code.text.encode('utf-16-be').hex().upper()}>" for number, code in enumerate(codes, first)
    ]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
