"""A document being set: its pages, what is drawn on them, the file in the end; in points from the top left."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from callstation.documents.layout.alphabet import NOT_HERE, alphabet
from callstation.documents.layout.embed import Code, font_parts
from callstation.documents.layout.faces import SEMIBOLD, face
from callstation.documents.layout.glyphs import Run, cleaned, runs_of
from callstation.documents.layout.text import Colour, Style, shortened, width_of

MM = 72 / 25.4
FIRST_CODES = (0x400, 0x1000, 0x2000, 0x5000, 0xA000)
"""Where the codes of each face begin: readers mix up letters of different fonts that have the same code."""
PAPERS = {"A4": (210 * MM, 297 * MM), "Letter": (612.0, 792.0)}


class Sheet:
    """The pages of one document; nothing of it depends on the moment it is made."""

    def __init__(self, paper: str) -> None:
        self.paper = paper
        self.width, self.height = PAPERS[paper]
        self.pages: list[list[str]] = [[]]
        self.marks: list[tuple[int, str, int, float]] = []
        """Bookmarks: page (from 0), title, level, how far from the top."""
        self.pictures: list[tuple[int, Any, float, float, float, float]] = []
        self._codes: dict[int, dict[Code, int]] = {}
        self._weights: dict[int, str] = {}

    @property
    def ops(self) -> list[str]:
        """The drawing operators of the page in hand."""
        return self.pages[-1]

    def new_page(self) -> None:
        self.pages.append([])

    def text(self, x: float, y: float, text: str, style: Style, align: str = "left", **how: bool) -> None:
        """One line of text with its base line at ``y``; ``x`` is its left or right end or its middle.

        ``how`` are the flags of ``runs_of``.
        """
        up = self.height - y
        is_plain = NOT_HERE.search(text) is None and not how.get("turns")
        runs = () if is_plain else runs_of(cleaned(text).replace("\n", " "), style.weight, **how)
        if align != "left":
            wide = width_of(text, style) if is_plain else sum(run.width for run in runs) * style.size / 1000
            x -= wide if align == "right" else wide / 2
        if is_plain:
            codes = alphabet(style.weight).tabular_codes if style.is_tabular else alphabet(style.weight).codes
            shown = text.translate(codes).encode("utf-16-be").hex()
            r, g, b = style.colour
            font = f"{self._font(style.weight)} {style.size:g} Tf"
            self.ops.append(f"BT {font} {r:g} {g:g} {b:g} rg {x:.2f} {up:.2f} Td <{shown}> Tj ET")
        for run in runs:
            self.ops.append(self._run(run, x, up, style))
            x += run.width * style.size / 1000

    def shortened(self, x: float, y: float, text: str, style: Style, width: float, align: str = "left") -> None:
        """One line, cut to ``width`` with an ellipsis; something may stand to the right of it."""
        cut = shortened(text, style, width)
        self.text(x, y, cut, style, align, in_row=True)

    def rule(self, x: float, y: float, to_x: float, to_y: float, colour: Colour, thickness: float = 0.5) -> None:
        """A straight line."""
        r, g, b = colour
        up, to_up = self.height - y, self.height - to_y
        self.ops.append(f"{r:g} {g:g} {b:g} RG {thickness:g} w {x:.2f} {up:.2f} m {to_x:.2f} {to_up:.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle."""
        r, g, b = colour
        self.ops.append(f"{r:g} {g:g} {b:g} rg {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re f")

    def slanted(self, text: str, style: Style) -> None:
        """Large words across the middle of the page in hand, below everything else on it."""
        wide = width_of(text, style)
        r, g, b = style.colour
        cos = sin = 0.7071
        x, up = (
            self.width / 2 - wide / 2 * cos + style.size / 3 * sin,
            self.height / 2 - wide / 2 * sin - style.size / 3 * cos,
        )
        shown = text.translate(alphabet(style.weight).codes).encode("utf-16-be").hex()
        self.ops.insert(
            0,
            f"BT {self._font(style.weight)} {style.size:g} Tf {r:g} {g:g} {b:g} rg "
            f"{cos} {sin} {-sin} {cos} {x:.2f} {up:.2f} Tm <{shown}> Tj ET",
        )

    def picture(self, picture: Any, x: float, y: float, width: float, height: float) -> None:
        """A picture (reportlab's ImageReader) with its upper left corner at (x, y)."""
        self.pictures.append((len(self.pages) - 1, picture, x, self.height - y - height, width, height))

    def bookmark(self, title: str, y: float, level: int = 0) -> None:
        """An entry of the outline that leads to here."""
        self.marks.append((len(self.pages) - 1, title, level, y))

    def finished(
        self, *, title: str, author: str, subject: str, lang: str, made_on: date, footer: Callable[[int, int], None]
    ) -> bytes:
        """The file. ``footer`` is called for every page, that page in hand, with its number and how many there are."""
        from reportlab import rl_config
        from reportlab.pdfbase.pdfdoc import PDFString
        from reportlab.pdfgen.canvas import Canvas

        rl_config.useA85 = 0  # plain bytes: a fifth smaller, and quicker
        into = BytesIO()
        canvas = Canvas(into, (self.width, self.height), pageCompression=1, invariant=1, lang=lang)
        document = canvas._doc
        document.Catalog.Lang = PDFString(lang)
        for setter, words in (
            (canvas.setTitle, title), (canvas.setAuthor, author), (canvas.setSubject, subject),
        ):  # fmt: skip
            setter(cleaned(words).replace("\n", " "))
        canvas.setCreator("Callstation")
        canvas.setProducer("Callstation, ReportLab")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setDateFormatter(lambda *_moment: f"D:{made_on:%Y%m%d}000000Z")
        pages = self.pages
        for number in range(len(pages)):
            self.pages = pages[: number + 1]
            footer(number + 1, len(pages))
        self.pages = pages
        for number, ops in enumerate(pages):
            for page, picture, *place in self.pictures:
                if page == number:
                    canvas.drawImage(picture, *place, mask="auto")
            canvas._code.extend(ops)
            for at, (page, words, level, y) in enumerate(self.marks):
                if page == number:
                    canvas.bookmarkHorizontalAbsolute(f"b{at}", self.height - y)
                    canvas.addOutlineEntry(cleaned(words).replace("\n", " "), f"b{at}", level)
            canvas.showPage()
        self._embed(document)
        canvas.save()
        return into.getvalue()

    def _font(self, weight: int) -> str:
        name = f"/CA{weight}"
        self._weights[weight] = name
        return name

    def _run(self, run: Run, x: float, up: float, style: Style) -> str:
        r, g, b = style.colour
        if run.letters:
            name = self._font(run.face)
            letters = alphabet(run.face)
            codes = letters.tabular_codes if style.is_tabular else letters.codes
            body = f"<{run.letters.translate(codes).encode('utf-16-be').hex()}> Tj"
        else:
            name = f"/CX{run.face}"
            body = f"[{self._steps(run)}] TJ"
        if style.weight == SEMIBOLD and run.face not in (0, 1):  # the other faces have one weight
            body = f"2 Tr {style.size / 50:.2f} w {r:g} {g:g} {b:g} RG {body} 0 Tr"
        return f"BT {name} {style.size:g} Tf {r:g} {g:g} {b:g} rg {x:.2f} {up:.2f} Td {body} ET"

    def _steps(self, run: Run) -> str:
        """The codes of a run, with the steps back between them."""
        known = self._codes.setdefault(run.face, {})
        parts = []
        for glyph in run.glyphs:
            code = Code(glyph.glyph, glyph.text, glyph.advance)
            number = known.setdefault(code, FIRST_CODES[run.face] + len(known))
            if glyph.move:
                parts.append(f"{-glyph.move:g}")
            parts.append(f"<{number:04x}>")
        return " ".join(parts).replace("> <", "")

    def _embed(self, document: Any) -> None:
        for weight in sorted(self._weights):
            alphabet(weight).parts.add_to(document, f"CA{weight}")
        for number in sorted(self._codes):
            codes = list(self._codes[number])
            font_parts(face(number), codes, f"CALLX{chr(65 + number)}", FIRST_CODES[number]).add_to(
                document, f"CX{number}"
            )
