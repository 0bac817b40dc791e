"""A partner statement as PDF: end customers with their contracts, the days that are left, sums by currency."""

from itertools import groupby

from callstation.documents.data import Data
from callstation.documents.labels import Labels, labels_of
from callstation.documents.layout.faces import SEMIBOLD
from callstation.documents.layout.finish import finished
from callstation.documents.layout.flow import Flow
from callstation.documents.layout.head import LABEL, PLAIN, SMALL, colour_of, first_page
from callstation.documents.layout.look import CELL, CELL_STRONG, FIGURE, FIGURE_STRONG, NOTE, TITLE, TOTAL
from callstation.documents.layout.sheet import Sheet
from callstation.documents.layout.table import Column, Line, Table
from callstation.documents.layout.text import Style, width_of
from callstation.documents.values import Day, Number, Row, day_in_figures, in_words

URGENT_DAYS = 14


def statement_pages(data: Data) -> bytes:
    """The file of a statement."""
    labels, locale, window = labels_of(data.locale), data.locale, data.group("window")
    facts = [(labels["date"], in_words(Day(data.made_on), locale)), (labels["our_contact"], data.sender.signed_by)]
    sheet = Sheet(data.paper)
    flow = first_page(sheet, data, facts)
    sheet.bookmark(data.title, flow.y)
    flow.paragraph(labels["statement"], TITLE, after=2)
    days = {"start": in_words(window["starts_on"], locale), "end": in_words(window["ends_on"], locale)}
    flow.paragraph(labels["statement_window"].format(**days), Style(10, 15, SEMIBOLD, colour_of(data.sender)), after=2)
    flow.paragraph(labels["statement_words"], PLAIN.but(colour=SMALL.colour), after=10)
    _table(flow, data, labels)
    _totals(flow, data, labels)
    return finished(sheet, data)


def _table(flow: Flow, data: Data, labels: Labels) -> None:
    locale = data.locale
    wide = max(60.0, *(width_of(in_words(line["value"], locale), FIGURE) + 1 for line in data.lines))
    number = min(110.0, max(56.0, *(width_of(str(line["contract"]), CELL) + 1 for line in data.lines)))
    columns = [
        Column(labels["contract"], number), Column(labels["product"]), Column(labels["quantity"], 42, "right"),
        Column(labels["due"], 62, "right"), Column(labels["days_left"], 46, "right"),
        Column(labels["value"], wide, "right"),
    ]  # fmt: skip
    table = Table(flow, columns, LABEL, colour_of(data.sender))
    lines: list[Line] = []
    for customer, group in groupby(data.lines, key=lambda line: line["customer"]):
        rows = list(group)
        head = [(str(customer), CELL_STRONG)]
        lines.append(Line([head, [], [], [], [], []], is_ruled=False, keeps_next=True, is_spanning=True, is_tight=True))
        lines += [_line(row, labels, locale, is_last=row is rows[-1]) for row in rows]
    table.draw(lines, below=_totals_height(data))


def _line(line: Row, labels: Labels, locale: str, *, is_last: bool) -> Line:
    end, days = line["ends_on"], line["days_left"]
    assert isinstance(end, Day)
    assert isinstance(days, Number)
    left = labels["ended"] if days.value < 0 else in_words(days, locale)
    return Line(
        [
            [(str(line["contract"]), CELL)],
            [(str(line["products"] or labels["not_known"]), CELL if line["products"] else NOTE)],
            [(in_words(line["quantity"], locale) or "–", FIGURE)],
            [(day_in_figures(end.on, locale), FIGURE)],
            [(left, FIGURE_STRONG if days.value <= URGENT_DAYS else FIGURE)],
            [(in_words(line["value"], locale) or labels["not_known"], FIGURE if line["value"] else NOTE)],
        ],
        is_ruled=is_last,
        is_tight=True,
    )


def _totals_height(data: Data) -> float:
    """Points that ``_totals`` takes."""
    return 24.0 + 19 * len(data.rows.get("totals", ()))


def _totals(flow: Flow, data: Data, labels: Labels) -> None:
    totals = data.rows.get("totals", ())
    wide = 250.0
    flow.keep(_totals_height(data))
    flow.y += 10
    left = flow.right - wide
    for total in totals:
        flow.sheet.text(left, flow.y + 12, labels["total"], TOTAL)
        count = in_words(total["contracts"], data.locale)
        words = labels["one_contract"] if count == "1" else labels["many_contracts"].format(count=count)
        flow.sheet.text(left + 52, flow.y + 12, words, NOTE)
        amount = in_words(total["total"], data.locale)
        flow.sheet.text(flow.right, flow.y + 12, amount, TOTAL.but(colour=colour_of(data.sender)), "right")
        flow.y += 19
