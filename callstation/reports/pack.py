"""The XLSX pack of a report: summaries whose formulas refer to the pages with the rows, so that each can be checked."""

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from callstation.documents.archive import pack, unpack
from callstation.documents.clean import plain
from callstation.quotes.money import exact
from callstation.renewals.measures import Measure
from callstation.reports.pack_due import counted_of, result_of
from callstation.reports.pack_forecast import kind_of
from callstation.reports.pack_page import Formula, Page, Rows
from callstation.reports.pack_summary import write_summary
from callstation.reports.pictures import COVER_WORDS

if TYPE_CHECKING:
    from callstation.reports.pack_facts import PackFacts
    from callstation.reports.report import Report


_PAGES: Mapping[str, tuple[str, ...]] = {"forecast": ("Opportunities", "Adjustments"), "coverage": ("Coverage",)}
"""The pages of each part that may be unknown."""


def report_pack(report: "Report", facts: "PackFacts") -> bytes:
    """The file; the same report and rows give the same bytes, and no text of them is ever a formula."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sender = report.sender
    about = {"title": plain(report.title), "company": plain(sender.name), "created": facts.made_at}
    book.set_properties({**about, "author": plain(sender.signed_by)})
    summary = Page(book, "Summary", sender.colour, (44, 16, 16, 16, 16, 16, 16))
    write_summary(summary, report.title, facts)
    for name, widths, titles, rows in (
        ("Opportunities", (34, 30, 14, 14, 14, 12, 16, 10, 16), ("Account", "Contract or title", "Kind", "Stage",
         "Category", "Closes", "Amount", "Currency", f"In {facts.rates.own}"), _opportunities(facts)),
        ("Adjustments", (14, 14, 14, 16, 60), ("Month", "Kind", "Category", f"In {facts.rates.own}", "Note"),
         [(one.month, kind_of(one.is_growth), Measure(one.category.value).label, one.amount, one.note)
          for one in facts.adjustments]),
        ("Calls", (14, 12, 14, 12), ("Day", "Calls", "Conversations", "Seconds"),
         [(day.on, day.calls, day.conversations, day.seconds) for day in facts.days]),
        ("Due", (34, 20, 12, 12, 14, 14, 10, 14, 14, 14, 10, 10), ("Account", "Contract", "Due", "Outcome",
         "Up for renewal", "Renewed for", "Currency", "Up, counted", "Renewed, counted", "Kept", "Seats due",
         "Seats renewed"), _due(facts)),
        ("Growth", (34, 40, 12, 16, 10, 10, 16), ("Account", "Title", "Closed", "Amount", "Months", "Currency",
         "A year"), _grown(facts)),
        ("Coverage", (22, 20, 34, 12, 14, 10, 40, 40), ("Covered by", "Contract", "Account", "Ends", "Value",
         "Currency", "Why", "What to do"),
         [(COVER_WORDS[one.cover], one.contract, one.account, one.ends_on, one.amount, one.currency, one.words,
           one.what_to_do) for one in facts.covered]),
        ("Rates", (12, 16), ("Currency", f"In {facts.rates.own}"),
         [(currency, Formula(f"={rate}", rate, "rate")) for currency, rate in facts.rated.items()]),
    ):  # fmt: skip
        if any(name in _PAGES[part] for part in facts.unknown):
            continue
        page = Page(book, name, sender.colour, widths)
        page.heading(0, titles, freezes=True, count=len(rows))
        for number, row in enumerate(rows, start=1):
            page.row(number, row)
    book.close()
    return pack(unpack(out.getvalue()))


def _in_own(amount: Decimal | None, currency: str, cell: str, at: str, rates: Mapping[str, Decimal]) -> Formula:
    """An amount by the rate of its currency; nothing where it has none."""
    rate = rates.get(currency)
    with exact():
        value = None if amount is None or rate is None else amount * rate
    text = f'=IF({cell}="","",IFERROR({cell}*VLOOKUP({at},Rates!$A:$B,2,FALSE),""))'
    return Formula(text, value)


def _opportunities(facts: "PackFacts") -> Rows:
    return [
        (one.account, one.title, kind_of(one.is_growth), one.stage,
         Measure(one.category.value).label, one.close_on, one.amount, one.currency,
         _in_own(one.amount, one.currency, f"G{row}", f"H{row}", facts.rated))
        for row, one in enumerate(facts.opportunities, start=2)
    ]  # fmt: skip


def _due(facts: "PackFacts") -> Rows:
    """Money a year in each contract's currency; what has no known value is in no sum."""
    rows: Rows = []
    for row, one in enumerate(facts.due, start=2):
        counted = (
            Formula(f'=IF(OR(E{row}="",F{row}=""),"",{text.format(row=row)})', value)
            for text, value in zip(("E{row}", "F{row}", "MIN(E{row},F{row})"), counted_of(one), strict=True)
        )
        rows.append(
            (one.account, one.contract_number, one.due_on, one.outcome.value, one.target, result_of(one), one.currency,
             *counted, one.seats_due, one.seats_renewed)
        )  # fmt: skip
    return rows


def _grown(facts: "PackFacts") -> Rows:
    return [
        (one.account, one.title, one.closed_on, one.amount, one.term_months, one.currency,
         Formula(f'=IF(D{row}="",0,ROUND(D{row}*12/E{row},4))', one.a_year))
        for row, one in enumerate(facts.grown, start=2)
    ]  # fmt: skip
