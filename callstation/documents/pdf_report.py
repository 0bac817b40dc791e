"""Reports as PDF: sections of words, charts and tables on as many pages as they take; the same bytes each time."""

from dataclasses import replace

from callstation.documents.data import Sender
from callstation.documents.layout.charting import chart_on
from callstation.documents.layout.faces import SEMIBOLD
from callstation.documents.layout.flow import Flow
from callstation.documents.layout.head import SMALL, colour_of, company_name
from callstation.documents.layout.look import CELL, CELL_STRONG, HEADING, NOTE, TITLE
from callstation.documents.layout.sheet import MM, Sheet
from callstation.documents.layout.table import GAP, Column, Line, Table
from callstation.documents.layout.text import Colour, Style, shortened
from callstation.reports.chart import Chart, ChartKind
from callstation.reports.report import Report, Section
from callstation.reports.report import Table as ReportTable

LEFT, TOP, NEXT_TOP, FOOT = 18 * MM, 40 * MM, 24 * MM, 14 * MM
CHART = 132.0
_TONES: dict[str, Colour] = {"ok": (0.05, 0.47, 0.29), "bad": (0.54, 0.11, 0.07)}
_SMALL = Style(8, 11)
LONGEST_WORD = 60
"""Letters of a word in a table; the rest is cut."""


def report_pages(report: Report) -> bytes:
    """The file. ``UserError`` where the logo of the letterhead is gone or was changed."""
    sheet, colour = Sheet(report.paper), colour_of(report.sender)
    right = sheet.width - LEFT
    _head(sheet, report, colour)
    flow = Flow(
        sheet, LEFT, right - LEFT, TOP, sheet.height - FOOT - 6 * MM, NEXT_TOP,
        lambda: _next_page(sheet, report, colour),
    )  # fmt: skip
    for section in report.sections:
        _section(flow, section, colour)

    def foot(page: int, pages: int) -> None:
        y = sheet.height - FOOT
        sheet.rule(LEFT, y, right, y, (0.84, 0.85, 0.88))
        sheet.text(right, y + 11, f"Page {page} of {pages}", NOTE, "right")
        words = " · ".join(part for part in (report.sender.name, report.title) if part)
        sheet.shortened(LEFT, y + 11, words, NOTE, right - LEFT - 80)

    return sheet.finished(
        title=report.title, author=report.sender.name, subject="Report", lang="en", made_on=report.made_on, footer=foot
    )


def _head(sheet: Sheet, report: Report, colour: Colour) -> None:
    right = sheet.width - LEFT
    sheet.box(0, 0, sheet.width, 2.2 * MM, colour)
    company_name(sheet, report.sender, LEFT, right - 60 * MM, colour)
    y = 11 * MM + 9
    for line in _own_lines(report.sender):
        sheet.text(right, y, shortened(line, SMALL, 55 * MM), SMALL, "right", in_row=True)
        y += SMALL.leading
    sheet.shortened(LEFT, TOP - 4 * MM, report.title, TITLE, right - LEFT)
    sheet.bookmark(report.title, TOP - 4 * MM - TITLE.size)


def _own_lines(sender: Sender) -> tuple[str, ...]:
    return tuple(line for line in (sender.signed_by, sender.signed_as) if line)[:3]


def _next_page(sheet: Sheet, report: Report, colour: Colour) -> None:
    right = sheet.width - LEFT
    sheet.box(0, 0, sheet.width, 2.2 * MM, colour)
    half = (right - LEFT) / 2 - 8
    sheet.text(LEFT, 15 * MM, shortened(report.sender.name, SMALL, half), SMALL.but(weight=SEMIBOLD, colour=colour))
    sheet.text(right, 15 * MM, shortened(report.title, SMALL, half), SMALL, "right", in_row=True)


def _section(flow: Flow, section: Section, colour: Colour) -> None:
    if section.chart is not None and section.chart.is_empty:  # an axis without a bar says less than words
        instead = () if section.words or section.table is not None else ("Nothing to show.",)
        section = replace(section, chart=None, words=(*section.words, *instead))
    height = HEADING.leading + 12
    height += sum(flow.height_of(words, CELL) for words in section.words)
    height += 0.0 if section.chart is None else _height(section.chart) + 4
    height += 0.0 if section.table is None else min(4, len(section.table.rows)) * 20.0 + 20  # no lone heading
    flow.space(10)
    flow.keep(min(height, flow.bottom - flow.next_top))
    flow.sheet.bookmark(section.title, flow.y, 1)
    flow.sheet.shortened(flow.left, flow.y + 11, section.title, HEADING.but(colour=colour), flow.width)
    flow.y += HEADING.leading + 4
    for words in section.words:
        style = CELL_STRONG.but(colour=_TONES[section.tone]) if section.tone else CELL
        flow.paragraph(words, style, after=3)
    if section.chart is not None:
        high = _height(section.chart)
        flow.keep(high)
        chart_on(flow.sheet, section.chart, flow.left, flow.y + 3, flow.width, high - 6)
        flow.y += high + 4
    if section.table is not None:
        _table(flow, section.table, colour)
    for words in section.notes:
        flow.space(3)
        flow.paragraph(words, NOTE)


def _height(chart: Chart) -> float:
    return 22.0 * len(chart.series) + 24 if chart.kind is ChartKind.HEAT else CHART


def _broken(words: str) -> str:
    """Words without one so long that it would fill a page; no name that anybody reads has such a one."""
    if len(words) <= LONGEST_WORD:
        return words
    return " ".join(one if len(one) <= LONGEST_WORD else f"{one[:LONGEST_WORD]}…" for one in words.split(" "))


def _table(flow: Flow, table: ReportTable, colour: Colour) -> None:
    whole = sum(head.share for head in table.heads)
    room = flow.width - GAP * (len(table.heads) - 1)
    columns = [Column(head.title, room * head.share / whole, head.align) for head in table.heads]
    made = Table(flow, columns, NOTE.but(weight=SEMIBOLD), colour)
    lines = []
    for number, row in enumerate(table.rows):
        is_total = table.has_total and number == len(table.rows) - 1
        base = _SMALL.but(weight=SEMIBOLD) if is_total else _SMALL
        styles = [base.but(is_tabular=True) if head.align == "right" else base for head in table.heads]
        cells = [[(_broken(words), style)] for words, style in zip(row, styles, strict=True)]
        lines.append(Line(cells, is_tight=True, keeps_next=table.has_total and number == len(table.rows) - 2))
    made.draw(lines)
    if table.more:
        flow.space(3)
        flow.paragraph(f"and {table.more:,} more", NOTE)
