"""The XLSX pack of a report: summaries whose formulas refer to the pages with the rows, so that each can be checked."""

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from callstation.documents.archive import pack, unpack
from callstation.documents.clean import plain
from callstation.quotes.money import exact
from callstation.renewals.cover import Cover
from callstation.renewals.fiscal import month_name, month_of
from callstation.renewals.measures import Measure
from callstation.renewals.retained import Outcome
from callstation.reports.pack_page import Cell, Formula, Page, reach
from callstation.reports.pictures import CATEGORY_TONES, COVER_WORDS

if TYPE_CHECKING:
    from callstation.reports.pack_facts import PackFacts
    from callstation.reports.report import Report

Rows = list[tuple[Cell, ...]]


def report_pack(report: "Report", facts: "PackFacts") -> bytes:
    """The file; the same report and rows give the same bytes, and no text of them is ever a formula."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sender = report.sender
    about = {"title": plain(report.title), "company": plain(sender.name), "created": facts.made_at}
    book.set_properties({**about, "author": plain(sender.signed_by)})
    rated = {one.currency for one in facts.opportunities} | {one.currency for one in facts.due}
    rates = {currency: facts.rates.of(currency) for currency in sorted(rated | {facts.rates.own})}
    summary = Page(book, "Summary", sender.colour, (30, 16, 16, 16, 16, 16, 16))
    _summary(summary, report, facts, rates)
    for name, widths, titles, rows in (
        ("Opportunities", (34, 30, 14, 14, 14, 12, 16, 10, 16), ("Account", "Contract or title", "Kind", "Stage",
         "Category", "Closes", "Amount", "Currency", f"In {facts.rates.own}"), _opportunities(facts, rates)),
        ("Calls", (14, 12, 14, 12), ("Day", "Calls", "Conversations", "Seconds"),
         [(day.on, day.calls, day.conversations, day.seconds) for day in facts.days]),
        ("Due", (34, 20, 12, 12, 14, 14, 10, 16, 16, 16, 10, 10), ("Account", "Contract", "Due", "Outcome",
         "Up for renewal", "Renewed for", "Currency", f"Up, {facts.rates.own}", f"Renewed, {facts.rates.own}",
         f"Kept, {facts.rates.own}", "Seats due", "Seats renewed"), _due(facts, rates)),
        ("Coverage", (22, 20, 34, 12, 14, 10, 40, 40), ("Covered by", "Contract", "Account", "Ends", "Value",
         "Currency", "Why", "What to do"),
         [(COVER_WORDS[one.cover], one.contract, one.account, one.ends_on, one.amount, one.currency, one.words,
           one.what_to_do) for one in facts.covered]),
        ("Rates", (12, 16), ("Currency", f"In {facts.rates.own}"),
         [(currency, Formula(f"={rate}", rate, "rate")) for currency, rate in rates.items() if rate is not None]),
    ):  # fmt: skip
        page = Page(book, name, sender.colour, widths)
        page.heading(0, titles, freezes=True, count=len(rows))
        for number, row in enumerate(rows, start=1):
            page.row(number, row)
    book.close()
    return pack(unpack(out.getvalue()))


def _in_own(amount: Decimal | None, currency: str, cell: str, at: str, rates: Mapping[str, Decimal | None]) -> Formula:
    """An amount by the rate of its currency; nothing where it has none."""
    rate = rates.get(currency)
    with exact():
        value = None if amount is None or rate is None else amount * rate
    text = f'=IF({cell}="","",IFERROR({cell}*VLOOKUP({at},Rates!$A:$B,2,FALSE),""))'
    return Formula(text, value)


def _opportunities(facts: "PackFacts", rates: Mapping[str, Decimal | None]) -> Rows:
    return [
        (one.account, one.title, "Growth" if one.is_growth else "Renewal", one.stage,
         Measure(one.category.value).label, one.close_on, one.amount, one.currency,
         _in_own(one.amount, one.currency, f"G{row}", f"H{row}", rates))
        for row, one in enumerate(facts.opportunities, start=2)
    ]  # fmt: skip


def _due(facts: "PackFacts", rates: Mapping[str, Decimal | None]) -> Rows:
    rows: Rows = []
    for row, one in enumerate(facts.due, start=2):
        result = one.result if one.outcome is Outcome.WON else None if one.target is None else Decimal(0)
        up = _in_own(one.target, one.currency, f"E{row}", f"G{row}", rates)
        renewed = _in_own(result, one.currency, f"F{row}", f"G{row}", rates)
        least = [one for one in (up.value, renewed.value) if isinstance(one, Decimal)]
        kept = Formula(f'=IF(OR(H{row}="",I{row}=""),"",MIN(H{row},I{row}))', min(least) if len(least) == 2 else None)
        rows.append(
            (one.account, one.contract_number, one.due_on, one.outcome.value, one.target, result, one.currency, up,
             renewed, kept, one.seats_due, one.seats_renewed)
        )  # fmt: skip
    return rows


def _summary(page: Page, report: "Report", facts: "PackFacts", rates: Mapping[str, Decimal | None]) -> None:
    own, count = facts.rates.own, len(facts.opportunities)
    page.title(0, report.title)
    page.row(1, (f"Each number is a formula over the other pages. Money in {own}.",))
    at = 3
    for is_growth in (False, True):
        name = "Growth" if is_growth else "Renewals"
        kind = "Growth" if is_growth else "Renewal"
        months = facts.period.months
        page.heading(at, (name, *(month_name(month) for month in months), "Total", "n"))
        first = at + 2
        for measure in CATEGORY_TONES:
            at += 1
            cells: list[Cell] = [measure.label]
            base = f'{reach("Opportunities", "C", count)},"{kind}",{reach("Opportunities", "E", count)},$A{at + 1}'
            whole = Decimal(0)
            for month in months:
                value = _sum_of(facts, rates, measure, month, is_growth)
                whole += value
                closes = reach("Opportunities", "F", count)
                start = f"DATE({month.year},{month.month},1)"
                span = f'{closes},">="&{start},{closes},"<"&EDATE({start},1)'
                cells.append(Formula(f"=SUMIFS({reach('Opportunities', 'I', count)},{base},{span})", value))
            last = chr(ord("A") + len(months))
            cells.append(Formula(f"=SUM(B{at + 1}:{last}{at + 1})", whole))
            number = sum(one.is_growth == is_growth and one.category.value == measure for one in facts.opportunities)
            cells.append(Formula(f"=COUNTIFS({base})", number, "count"))
            page.row(at, cells)
        at += 1
        totals: list[Cell] = ["Total"]
        for place in range(len(months) + 2):
            letter = chr(ord("B") + place)
            form = "count" if place == len(months) + 1 else "money"
            totals.append(Formula(f"=SUM({letter}{first}:{letter}{at})", _total(facts, rates, is_growth, place), form))
        page.row(at, totals, is_bold=True)
        at += 2
    at = _calls(page, facts, at)
    at = _retention(page, facts, rates, at)
    _coverage(page, facts, at)


def _calls(page: Page, facts: "PackFacts", at: int) -> int:
    days = facts.days
    calls, reached, seconds = (sum(getattr(one, key) for one in days) for key in ("calls", "conversations", "seconds"))
    page.heading(at, ("Calls", "Value"))
    whole, talked = (f"SUM({reach('Calls', column, len(days))})" for column in "BC")
    rows: Rows = [
        ("Calls", Formula(f"={whole}", calls, "count")), ("Conversations", Formula(f"={talked}", reached, "count")),
        ("Reach rate", Formula(f'=IFERROR({talked}/{whole},"")', _ratio(reached, calls), "share")),
        ("Talk time, minutes", Formula(f"=SUM({reach('Calls', 'D', len(days))})/60", Decimal(seconds) / 60, "count")),
    ]  # fmt: skip
    return _below(page, rows, at)


def _retention(page: Page, facts: "PackFacts", rates: Mapping[str, Decimal | None], at: int) -> int:
    count = len(facts.due)
    sums = [Decimal(0)] * 3
    for row in _due(facts, rates):
        for place, cell in enumerate(row[7:10]):
            if isinstance(cell, Formula) and isinstance(cell.value, Decimal):
                sums[place] += cell.value
    up, renewed, kept = (f"SUM({reach('Due', column, count)})" for column in "HIJ")
    seats, again = (f"SUM({reach('Due', column, count)})" for column in "KL")
    seats_due, seats_renewed = (
        sum(getattr(one, key) or 0 for one in facts.due) for key in ("seats_due", "seats_renewed")
    )
    page.heading(at, (f"Due in {facts.due_name} so far", "Value"))
    rows: Rows = [
        ("Contracts due", Formula(f"=COUNTA({reach('Due', 'A', count)})", count, "count")),
        ("Up for renewal", Formula(f"={up}", sums[0])), ("Renewed for", Formula(f"={renewed}", sums[1])),
        ("GRR, kept / up for renewal", Formula(f'=IFERROR({kept}/{up},"")', _ratio(sums[2], sums[0]), "share")),
        ("Renewed for / up for renewal, without growth",
         Formula(f'=IFERROR({renewed}/{up},"")', _ratio(sums[1], sums[0]), "share")),
        ("Seats renewed / due", Formula(f'=IFERROR({again}/{seats},"")', _ratio(seats_renewed, seats_due), "share")),
    ]  # fmt: skip
    return _below(page, rows, at)


def _coverage(page: Page, facts: "PackFacts", at: int) -> int:
    page.heading(at, ("Coverage", "Contracts"))
    cells = reach("Coverage", "A", len(facts.covered))
    rows: Rows = [
        (COVER_WORDS[cover], Formula(f"=COUNTIF({cells},A{row})", sum(one.cover is cover for one in facts.covered),
                                     "count"))
        for row, cover in enumerate(COVER_WORDS, start=at + 2)
    ]  # fmt: skip
    spoken = sum(one.cover is Cover.CONTACT for one in facts.covered)
    share = Formula(f'=IFERROR(B{at + 2}/SUM(B{at + 2}:B{at + 5}),"")', _ratio(spoken, len(facts.covered)), "share")
    return _below(page, [*rows, ("Spoken to / all", share)], at)


def _below(page: Page, rows: Rows, at: int) -> int:
    for number, row in enumerate(rows, start=at + 1):
        page.row(number, row)
    return at + len(rows) + 2


def _sum_of(
    facts: "PackFacts", rates: Mapping[str, Decimal | None], measure: Measure | None, month: date | None,
    is_growth: bool,
) -> Decimal:  # fmt: skip
    with exact():
        return sum(
            (
                one.amount * rate
                for one in facts.opportunities
                if one.is_growth == is_growth
                and one.amount is not None
                and (rate := rates[one.currency]) is not None
                and (one.category.value == measure if measure else one.category.value in set(CATEGORY_TONES))
                and (month is None or month_of(one.close_on) == month)
            ),
            Decimal(0),
        )


def _total(facts: "PackFacts", rates: Mapping[str, Decimal | None], is_growth: bool, place: int) -> Any:
    months = facts.period.months
    if place == len(months) + 1:
        shown = {measure.value for measure in CATEGORY_TONES}
        return sum(one.is_growth == is_growth and one.category.value in shown for one in facts.opportunities)
    return _sum_of(facts, rates, None, months[place] if place < len(months) else None, is_growth)


def _ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return Decimal(part) / Decimal(whole) if whole else None
