"""An agreement as PDF: the parties, the products, the clauses with their versions, and a place to sign for each."""

from callstation.documents.data import Data
from callstation.documents.labels import Labels, labels_of
from callstation.documents.layout.finish import finished
from callstation.documents.layout.flow import Flow
from callstation.documents.layout.head import BODY, LABEL, PLAIN, SMALL, STRONG, colour_of, first_page
from callstation.documents.layout.look import CELL_STRONG, FIGURE, FIGURE_STRONG, HEADING, NOTE, TITLE, TOTAL
from callstation.documents.layout.sheet import Sheet
from callstation.documents.layout.signing import block_height, signature_block
from callstation.documents.layout.table import Column, Line, Table
from callstation.documents.layout.text import width_of
from callstation.documents.values import Day, Row, day_in_figures, in_words

HALF_GAP = 24.0
TOTAL_HEIGHT = 30.0
"""Points that the sum below the products takes."""


def agreement_pages(data: Data) -> bytes:
    """The file of an agreement."""
    labels, locale, contract = labels_of(data.locale), data.locale, data.group("contract")
    facts = [
        (labels["date"], in_words(Day(data.made_on), locale)), (labels["contract"], str(contract["number"])),
        (labels["our_contact"], data.sender.signed_by),
    ]  # fmt: skip
    sheet = Sheet(data.paper)
    flow = first_page(sheet, data, facts)
    sheet.bookmark(data.title, flow.y)
    flow.paragraph(data.title, TITLE, after=8)
    _parties(flow, data, labels)
    _products(flow, data, labels)
    _clauses(flow, data, labels)
    _signatures(flow, data, labels)
    return finished(sheet, data)


def _parties(flow: Flow, data: Data, labels: Labels) -> None:
    sender = data.sender
    for label, name, more in (
        (labels["agreement_between"], sender.name, ", ".join(sender.address)),
        (labels["agreement_and"], data.address[0] if data.address else "", ", ".join(data.address[1:])),
    ):
        flow.paragraph(label, LABEL)
        flow.paragraph(name, STRONG)
        if more:
            flow.paragraph(more, PLAIN.but(colour=SMALL.colour), after=4)
    flow.y += 8


def _products(flow: Flow, data: Data, labels: Labels) -> None:
    locale, renewal = data.locale, data.group("renewal")
    has_prices = all(line["amount"] is not None for line in data.lines)
    total = in_words(renewal["new_price"], locale)
    wide = (
        max(
            [
                width_of(total, FIGURE_STRONG),
                *(width_of(in_words(line["amount"], locale), FIGURE_STRONG) for line in data.lines),
            ]
        )
        + 1
    )
    columns = [
        Column(labels["product"]), Column(labels["quantity"], 46, "right"), Column(labels["term"], 136, "right"),
        *([Column(labels["price"], wide, "right")] if has_prices else []),
    ]  # fmt: skip
    Table(flow, columns, LABEL, colour_of(data.sender)).draw(
        [_line(line, labels, locale, has_prices=has_prices) for line in data.lines], below=TOTAL_HEIGHT
    )
    flow.keep(TOTAL_HEIGHT)
    flow.y += 6
    flow.sheet.text(flow.right - 230, flow.y + 14, labels["total"], TOTAL)
    flow.sheet.text(flow.right, flow.y + 14, total, TOTAL.but(colour=colour_of(data.sender)), "right")
    flow.y += 24


def _line(line: Row, labels: Labels, locale: str, *, has_prices: bool) -> Line:
    about = " · ".join(str(part) for part in (line.get("contract"), line["sku"], line["end_customer"]) if part)
    start, end = line["starts_on"], line["ends_on"]
    assert isinstance(start, Day)
    assert isinstance(end, Day)
    term = labels["term_of"].format(start=day_in_figures(start.on, locale), end=day_in_figures(end.on, locale))
    return Line(
        [
            [(str(line["product"]), CELL_STRONG), *([(about, NOTE)] if about else [])],
            [(in_words(line["quantity"], locale) or "–", FIGURE)],
            [(term, FIGURE)],
            *([[(in_words(line["amount"], locale), FIGURE_STRONG)]] if has_prices else []),
        ]
    )


def _clauses(flow: Flow, data: Data, labels: Labels) -> None:
    flow.space(10)
    flow.keep(HEADING.leading + 4 * BODY.leading)
    flow.sheet.bookmark(labels["clauses"], flow.y)
    flow.paragraph(labels["clauses"], HEADING, after=4)
    clauses = data.rows.get("clauses", ())
    for clause in clauses:
        flow.keep(STRONG.leading + 2 * BODY.leading)
        flow.sheet.bookmark(f"{clause['number']}. {clause['title']}", flow.y, 1)
        flow.paragraph(f"{clause['number']}. {clause['title']}", STRONG)
        flow.paragraph(str(clause["text"]), BODY, after=7)
    named = "; ".join(
        f"{clause['id']} {labels['clause_version'].format(version=clause['version'], day=_dated(clause, data.locale))}"
        for clause in clauses
    )
    flow.paragraph(labels["clause_list"].format(clauses=named), NOTE, after=4)


def _dated(clause: Row, locale: str) -> str:
    day = clause["date"]
    assert isinstance(day, Day)
    return day_in_figures(day.on, locale)


def _signatures(flow: Flow, data: Data, labels: Labels) -> None:
    """One block a party, side by side, each with its name above."""
    rows = (labels["signed_place"], labels["signed_place"]), (labels["signed_name"],) * 2, (labels["signed"],) * 2
    flow.space(8)
    flow.keep(HEADING.leading + STRONG.leading + block_height(len(rows)))
    flow.sheet.bookmark(labels["signatures"], flow.y)
    flow.paragraph(labels["signatures"], HEADING, after=2)
    half = (flow.width - HALF_GAP) / 2
    names = (data.sender.name, data.address[0] if data.address else "")
    for number, name in enumerate(names):
        flow.sheet.shortened(flow.left + number * (half + HALF_GAP), flow.y + 11, name, CELL_STRONG, half)
    flow.y += 8
    signature_block(flow, *rows)
