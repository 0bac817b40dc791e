"""The same letter and the same quote made by others: reportlab's canvas bare and its platypus, WeasyPrint, and Word."""

import io
import subprocess
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import resources
from callstation.documents.data import Data
from callstation.documents.labels import labels_of
from callstation.documents.layout.text import Style, lines_of
from callstation.documents.sums import steps_of
from callstation.documents.values import Day, in_words

FONTS = Path(resources.__file__).parent / "fonts"
LEFT, RIGHT, WIDTH, HEIGHT = 70.9, 538.6, 595.28, 841.89
BODY = Style(10, 15)
BLUE = (0.17, 0.35, 0.85)


@cache
def with_fonts() -> None:
    """Register Inter, once."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0
    for name in ("Regular", "SemiBold"):
        pdfmetrics.registerFont(TTFont(f"Inter-{name}", str(FONTS / f"Inter-{name}.ttf")))


def facts_of(data: Data) -> list[tuple[str, str]]:
    """Label and value beside the address."""
    labels = labels_of(data.locale)
    return [
        (labels["date"], in_words(Day(data.made_on), data.locale)),
        (labels["contract"], str(data.group("contract").get("number", ""))),
        (labels["our_contact"], data.sender.signed_by),
    ]


def _frame(canvas: Any, data: Data) -> None:
    """Letterhead, address and foot, as a careful program draws them on a bare canvas."""
    canvas.setFillColorRGB(*BLUE)
    canvas.rect(0, HEIGHT - 6, WIDTH, 6, stroke=0, fill=1)
    canvas.setFont("Inter-SemiBold", 15)
    canvas.drawString(LEFT, HEIGHT - 48, data.sender.name)
    canvas.setFillColorRGB(0.4, 0.42, 0.47)
    canvas.setFont("Inter-Regular", 8)
    for number, line in enumerate([*data.sender.address, *data.sender.contact]):
        canvas.drawString(354, HEIGHT - 40 - 11.5 * number, line)
    canvas.setFont("Inter-Regular", 7)
    canvas.drawString(LEFT, HEIGHT - 158, " · ".join([data.sender.name, *data.sender.address]))
    canvas.drawString(LEFT, 34, " · ".join(data.sender.footer))
    canvas.line(LEFT, 45, RIGHT, 45)
    canvas.setFillColorRGB(0.11, 0.12, 0.15)
    canvas.setFont("Inter-Regular", 10)
    for number, line in enumerate(data.address):
        canvas.drawString(LEFT, HEIGHT - 180 - 14 * number, line)
    for number, (label, value) in enumerate(facts_of(data)):
        canvas.drawString(354, HEIGHT - 140 - 30 * number, label)
        canvas.drawString(354, HEIGHT - 152 - 30 * number, value)


def bare(data: Data) -> bytes:
    """The limit: no more than reportlab's canvas, lines broken beforehand."""
    from reportlab.pdfgen.canvas import Canvas

    with_fonts()
    into = io.BytesIO()
    canvas = Canvas(into, (WIDTH, HEIGHT), pageCompression=1, invariant=1)
    canvas.setTitle(data.title)
    canvas.setAuthor(data.sender.name)
    _frame(canvas, data)
    y = HEIGHT - 290
    canvas.setFont("Inter-SemiBold", 12)
    canvas.drawString(LEFT, y, data.subject)
    canvas.setFont("Inter-Regular", 10)
    for paragraph in (*data.paragraphs, data.closing, "", data.sender.signed_by):
        y -= 9
        for line in lines_of(paragraph, BODY, RIGHT - LEFT):
            y -= 15
            canvas.drawString(LEFT, y, line)
    canvas.showPage()
    canvas.save()
    return into.getvalue()


def platypus(data: Data) -> bytes:
    """The usual way: paragraphs, escaped, flowing into a template with the same letterhead."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer

    body = ParagraphStyle("body", fontName="Inter-Regular", fontSize=10, leading=15, spaceAfter=9)
    head = ParagraphStyle("head", fontName="Inter-SemiBold", fontSize=12, leading=16, spaceAfter=12)
    flow: list[Any] = [Spacer(1, 225), Paragraph(escape(data.subject), head)]
    flow += [Paragraph(escape(paragraph), body) for paragraph in data.paragraphs]
    flow += [Paragraph(escape(data.closing), body), Spacer(1, 30), Paragraph(escape(data.sender.signed_by), head)]
    return _built(data, flow)


def platypus_quote(data: Data) -> bytes:
    """A quote by platypus: its lines as a table that repeats its heading, the totals, every sum, the signature."""
    from reportlab.lib.colors import Color
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import KeepTogether, LongTable, Paragraph, Spacer, TableStyle

    labels, locale, quote = labels_of(data.locale), data.locale, data.group("quote")
    cell = ParagraphStyle("cell", fontName="Inter-Regular", fontSize=9, leading=12.5)
    right = ParagraphStyle("right", parent=cell, alignment=2)
    note = ParagraphStyle("note", fontName="Inter-Regular", fontSize=7.8, leading=11)
    head = ParagraphStyle("head", fontName="Inter-SemiBold", fontSize=17, leading=22, spaceAfter=6)
    rows: list[list[Any]] = [[labels["product"], labels["quantity"], labels["unit_price"], labels["price"]]]
    rows += [
        [
            [Paragraph(escape(str(line["product"])), cell), Paragraph(escape(str(line["contract"])), note)],
            *(Paragraph(in_words(line[name], locale), right) for name in ("quantity", "unit_list", "amount")),
        ]
        for line in data.lines
    ]
    grey = Color(0.84, 0.85, 0.88)
    table = LongTable(rows, [250, 50, 80, 87], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), "Inter-Regular"),
                ("FONTSIZE", (0, 0), (-1, -1), 7.5),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, grey),
                ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    flow: list[Any] = [Spacer(1, 225), Paragraph(escape(data.title), head), table, Spacer(1, 8)]
    for label, name in ((labels["subtotal"], "subtotal"), (labels["total"], "total")):
        flow.append(Paragraph(f"{label} {in_words(quote[name], locale)}", right))
    flow += [Spacer(1, 12), Paragraph(labels["how"], head), Paragraph(labels["how_words"], cell)]
    for line in data.lines:
        steps = steps_of(line, labels, locale)
        sums = [[Paragraph(escape(step.words), note), Paragraph(f"= {step.amount}", right)] for step in steps]
        flow.append(KeepTogether([Paragraph(escape(str(line["product"])), cell), LongTable(sums, [320, 147])]))
    flow += [Spacer(1, 16), KeepTogether([Paragraph(labels["acceptance"], head), Spacer(1, 100)])]
    return _built(data, flow)


def _built(data: Data, flow: Sequence[Any]) -> bytes:
    from reportlab.platypus import SimpleDocTemplate

    with_fonts()
    into = io.BytesIO()
    template = SimpleDocTemplate(
        into, pagesize=(WIDTH, HEIGHT), leftMargin=LEFT, rightMargin=WIDTH - RIGHT, topMargin=50, bottomMargin=60,
        title=data.title, author=data.sender.name, invariant=1, pageCompression=1,
    )  # fmt: skip
    template.build(list(flow), onFirstPage=lambda canvas, _made: _frame(canvas, data))
    return into.getvalue()


def weasyprint(data: Data) -> bytes:
    """The same letter as a web page."""
    from weasyprint import HTML

    words = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in (*data.paragraphs, data.closing))
    facts = "".join(f"<p><small>{escape(label)}</small><br>{escape(value)}</p>" for label, value in facts_of(data))
    page = f"""<html><head><title>{escape(data.title)}</title><style>
        @font-face {{ font-family: Inter; src: url("{(FONTS / "Inter-Regular.ttf").as_uri()}"); }}
        @font-face {{ font-family: Inter; font-weight: 600; src: url("{(FONTS / "Inter-SemiBold.ttf").as_uri()}"); }}
        @page {{ size: A4; margin: 20mm 20mm 20mm 25mm; }} body {{ font: 10pt/15pt Inter; }}
        </style></head><body><h1>{escape(data.sender.name)}</h1><p>{"<br>".join(map(escape, data.address))}</p>{facts}
        <h2>{escape(data.subject)}</h2>{words}<p><b>{escape(data.sender.signed_by)}</b></p></body></html>"""
    made: bytes = HTML(string=page).write_pdf()
    return made


def word_form(folder: Path, data: Data) -> Path:
    """A Word letter with merge fields, as a company has one."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = Document()
    for name in ("subject", *(f"p{number}" for number in range(len(data.paragraphs))), "closing"):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), f" MERGEFIELD {name} ")
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = name
        run.append(text)
        field.append(run)
        made.add_paragraph()._p.append(field)
    path = folder / "form.docx"
    made.save(str(path))
    return path


def mail_merged(form: Path, letters: Sequence[Data], into: Path) -> None:
    """All letters in one Word file, as docx-mailmerge2 makes it."""
    from mailmerge import MailMerge

    with MailMerge(str(form)) as document:
        document.merge_templates(
            [
                {"subject": one.subject, "closing": one.closing,
                 **{f"p{number}": words for number, words in enumerate(one.paragraphs)}}
                for one in letters
            ],
            separator="page_break",
        )  # fmt: skip
        document.write(str(into))


def libre_office(program: str, files: Sequence[Path], folder: Path) -> None:
    """Word letters turned into PDFs in one call, which is the quickest LibreOffice can."""
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
        "--outdir", str(folder), *map(str, files),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=600)
