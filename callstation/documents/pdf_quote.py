"""A quote as PDF: its lines, what they come to, how each price comes about, and where the customer signs."""

from decimal import Decimal

from callstation.documents.data import Data
from callstation.documents.labels import Labels, labels_of
from callstation.documents.layout.finish import finished
from callstation.documents.layout.flow import Flow
from callstation.documents.layout.head import BODY, LABEL, PLAIN, SMALL, STRONG, colour_of, first_page
from callstation.documents.layout.look import CELL, CELL_STRONG, FIGURE, FIGURE_STRONG, HEADING, NOTE, TITLE, TOTAL
from callstation.documents.layout.sheet import Sheet
from callstation.documents.layout.signing import block_height, signature_block
from callstation.documents.layout.table import HAIR, Column, Line, Table
from callstation.documents.layout.text import width_of
from callstation.documents.sums import steps_of
from callstation.documents.values import Day, Money, Row, Share, Value, day_in_figures, in_words


def quote_pages(data: Data) -> bytes:
    """The file of a quote."""
    labels, quote, locale = labels_of(data.locale), data.group("quote"), data.locale
    facts = [
        (labels["date"], in_words(Day(data.made_on), locale)),
        (labels["valid_until"], in_words(quote["valid_until"], locale)),
        (labels["our_contact"], data.sender.signed_by),
    ]
    sheet = Sheet(data.paper)
    flow = first_page(sheet, data, facts)
    sheet.bookmark(data.title, flow.y)
    flow.paragraph(data.title, TITLE, after=2)
    option = str(quote["option"])
    heading = labels[f"option_{option}"]
    if len({(line["starts_on"], line["ends_on"]) for line in data.lines}) == 1:  # else each line says its own term
        start, end = in_words(quote["starts_on"], locale), in_words(quote["ends_on"], locale)
        heading += f" · {labels['term_of'].format(start=start, end=end)}"
    flow.paragraph(heading, STRONG.but(colour=colour_of(data.sender)), after=1)
    flow.paragraph(labels[f"about_{option}"], PLAIN.but(colour=SMALL.colour), after=10)
    _lines(flow, data, labels)
    _totals(flow, data, labels)
    note = quote.get("note")
    if note:
        flow.space(10)
        flow.keep(HEADING.leading + 2 * BODY.leading)
        flow.paragraph(labels["note"], LABEL)
        for part in str(note).splitlines():
            flow.paragraph(part, BODY)
    _how(flow, data, labels)
    _acceptance(flow, data, labels)
    return finished(sheet, data)


def _lines(flow: Flow, data: Data, labels: Labels) -> None:
    locale, currency = data.locale, currency_of(data)
    is_discounted = any(_share(line["discount"]) for line in data.lines)
    amounts = [
        in_words(value, locale) for value in (data.group("quote")["total"], *(line["amount"] for line in data.lines))
    ]
    wide = max(52.0, *(width_of(amount, FIGURE_STRONG) + 1 for amount in amounts))
    units = [in_words(_unit(line), locale) for line in data.lines]
    notes = [words for line in data.lines for words in _unit_notes(line, labels, locale)]
    unit = 1 + max(
        width_of(labels["unit_price"], LABEL), *(width_of(words, FIGURE) for words in units),
        *(width_of(words, NOTE) for words in notes),
    )  # fmt: skip
    columns = [
        Column(labels["product"]), Column(labels["quantity"], 46, "right"), Column(labels["unit_price"], unit, "right"),
        *([Column(labels["discount"], 50, "right")] if is_discounted else []), Column(labels["price"], wide, "right"),
    ]  # fmt: skip

    def carried(total: Decimal, is_foot: bool) -> tuple[str, str]:
        return labels["carried" if is_foot else "brought"], in_words(Money(total, currency), locale)

    table = Table(flow, columns, LABEL, colour_of(data.sender), carried, NOTE)
    width = table.width_of(0)
    lines = [_line(line, labels, locale, width, is_discounted=is_discounted) for line in data.lines]
    table.draw(lines, below=_totals_height(data))


def _line(line: Row, labels: Labels, locale: str, width: float, *, is_discounted: bool) -> Line:
    name = str(line["product"])
    kind = labels.get(f"kind_{line['kind']}")
    start, end = line["starts_on"], line["ends_on"]
    assert isinstance(start, Day)
    assert isinstance(end, Day)
    term = labels["term_of"].format(start=day_in_figures(start.on, locale), end=day_in_figures(end.on, locale))
    about = " · ".join(str(part) for part in (kind, line.get("contract"), line["sku"]) if part)
    both = f"{about} · {term}" if about else term
    notes = [both] if width_of(both, NOTE) <= width else [about, term]
    product = [(name, CELL_STRONG), *((words, NOTE) for words in notes)]
    if line["end_customer"]:
        product.insert(1, (str(line["end_customer"]), NOTE.but(colour=CELL.colour)))
    fee, amount = line["fee"], line["amount"]
    assert isinstance(amount, Money)
    if isinstance(fee, Money) and fee.amount:
        product.append((labels["fee_included"].format(fee=in_words(fee, locale)), NOTE))
    discount = _share(line["discount"])
    return Line(
        [
            product,
            [(in_words(line["quantity"], locale), FIGURE)],
            [(in_words(_unit(line), locale), FIGURE), *((words, NOTE) for words in _unit_notes(line, labels, locale))],
            *([[(in_words(line["discount"], locale) if discount else "–", FIGURE)]] if is_discounted else []),
            [(in_words(amount, locale), FIGURE_STRONG)],
        ],
        amount.amount,
    )


def _unit(line: Row) -> Value:
    """What a unit costs: as agreed, else as listed."""
    return line["contracted"] if line["contracted"] is not None else line["unit_list"]


def _unit_notes(line: Row, labels: Labels, locale: str) -> list[str]:
    """For how long a unit's price is, and the list's where another was agreed on."""
    notes = [_per(line, labels, locale)]
    if line["contracted"] not in (None, line["unit_list"]) and line["price_source"] != "last_paid":
        notes.append(f"{labels['list_price']} {in_words(line['unit_list'], locale)}")
    return notes


def _per(line: Row, labels: Labels, locale: str) -> str:
    months = in_words(line["plan_months"], locale)
    return {"12": labels["per_year"], "1": labels["per_month"]}.get(months) or labels["per_months"].format(
        months=months
    )


def _totals_height(data: Data) -> float:
    """Points that ``_totals`` takes."""
    quote = data.group("quote")
    taken_off = quote["discount_total"]
    above = 30 if isinstance(taken_off, Money) and taken_off.amount else 0
    return 45 + above + (25 if isinstance(quote.get("base_total"), Money) else 0)


def _totals(flow: Flow, data: Data, labels: Labels) -> None:
    quote, locale, colour = data.group("quote"), data.locale, colour_of(data.sender)
    rows = []
    taken_off = quote["discount_total"]
    if isinstance(taken_off, Money) and taken_off.amount:
        rows.append((labels["subtotal"], in_words(quote["subtotal"], locale)))
        share = in_words(quote["discount"], locale)
        rows.append((f"{labels['discounts']} {share}", "−" + in_words(taken_off, locale)))
    wide = 230.0
    left = flow.right - wide
    flow.keep(_totals_height(data))
    flow.y += 6
    for label, value in rows:
        flow.sheet.text(left, flow.y + 10, label, CELL)
        flow.sheet.text(flow.right, flow.y + 10, value, FIGURE, "right")
        flow.y += 15
    flow.y += 3
    flow.sheet.rule(left, flow.y, flow.right, flow.y, colour, 1.0)
    flow.sheet.text(left, flow.y + 17, labels["total"], TOTAL)
    flow.sheet.text(flow.right, flow.y + 17, in_words(quote["total"], locale), TOTAL.but(colour=colour), "right")
    flow.y += 24
    base = quote.get("base_total")
    if isinstance(base, Money):
        rate_on = quote["rate_on"]
        flow.sheet.text(left, flow.y + 9, labels["in_base"].format(currency=base.currency), CELL)
        flow.sheet.text(flow.right, flow.y + 9, in_words(base, locale), FIGURE, "right")
        rate = labels["rate"].format(
            day=in_words(rate_on, locale),
            currency=currency_of(data),
            rate=in_words(quote["rate"], locale),
            base=base.currency,
        )
        flow.sheet.text(flow.right, flow.y + 20, rate, NOTE, "right")
        flow.y += 25
    flow.sheet.text(flow.right, flow.y + 8, labels["total_without_tax"], NOTE, "right")
    flow.y += 12


def _how(flow: Flow, data: Data, labels: Labels) -> None:
    """The sum of every line, step by step."""
    quote, locale = data.group("quote"), data.locale
    flow.space(16)
    flow.keep(120)
    flow.sheet.bookmark(labels["how"], flow.y)
    flow.paragraph(labels["how"], HEADING, after=3)
    words = [labels["how_words"], labels["prices_of"].format(day=in_words(quote["priced_on"], locale))]
    words.append(labels["method"].format(method=labels[f"method_{quote['proration']}"]))
    if quote["option"] == "co_term" and quote.get("co_term"):
        words.append(labels[f"co_term_{quote['co_term']}"])
    flow.paragraph(" ".join(words), PLAIN.but(colour=SMALL.colour), after=6)
    for number, line in enumerate(data.lines, start=1):
        steps = steps_of(line, labels, locale)
        name = " · ".join(str(part) for part in (line["product"], line.get("contract"), line["end_customer"]) if part)
        flow.keep(CELL.leading + min(len(steps), 4) * NOTE.leading + 8)
        flow.paragraph(f"{number}. {name}", CELL_STRONG)
        for at, step in enumerate(steps):
            is_last = at == len(steps) - 1
            flow.keep(NOTE.leading)
            base = flow.y + NOTE.leading * 0.8
            style = NOTE.but(is_tabular=True, colour=CELL.colour if is_last else NOTE.colour)
            flow.sheet.text(flow.left + 14, base, step.words, NOTE)
            flow.sheet.text(flow.right, base, f"= {step.amount}", style, "right")
            flow.y += NOTE.leading
        flow.y += 5
    flow.sheet.rule(flow.left, flow.y, flow.right, flow.y, HAIR)


def _acceptance(flow: Flow, data: Data, labels: Labels) -> None:
    quote, locale = data.group("quote"), data.locale
    label = f"{quote['number']} v{in_words(quote['version'], locale)}"
    words = labels["acceptance_words"].format(quote=label, total=in_words(quote["total"], locale))
    flow.space(12)
    flow.keep(HEADING.leading + flow.height_of(words, BODY) + 7 + block_height(2))
    flow.sheet.bookmark(labels["acceptance"], flow.y)
    flow.paragraph(labels["acceptance"], HEADING, after=3)
    flow.paragraph(words, BODY, after=4)
    signature_block(flow, (labels["order_number"], labels["signed_place"]), (labels["signed_name"], labels["signed"]))


def currency_of(data: Data) -> str:
    """The quote's."""
    total = data.group("quote")["total"]
    assert isinstance(total, Money)
    return total.currency


def _share(value: object) -> Decimal:
    return value.share if isinstance(value, Share) else Decimal(0)
