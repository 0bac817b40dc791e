"""The first page of a report's spreadsheet: forecast, calls, retention and coverage, as formulas over the others."""

from decimal import Decimal
from typing import TYPE_CHECKING

from callstation.renewals.cover import Cover
from callstation.reports.pack_due import write_retention
from callstation.reports.pack_facts import UnknownPart
from callstation.reports.pack_forecast import write_forecast
from callstation.reports.pack_page import Formula, Page, Rows, below, ratio, reach
from callstation.reports.pictures import COVER_WORDS

if TYPE_CHECKING:
    from callstation.reports.pack_facts import PackFacts


def write_summary(page: Page, title: str, facts: "PackFacts") -> None:
    """All of it, one part below the other."""
    page.title(0, title)
    page.row(1, (f"Each number is a formula over the other pages. Money in {facts.rates.own}.",))
    if facts.note:
        page.row(2, (facts.note,))
    at = 3
    if UnknownPart.FORECAST not in facts.unknown:
        for is_growth in (False, True):
            at = write_forecast(page, facts, at, is_growth=is_growth)
    at = _calls(page, facts, at)
    at = write_retention(page, facts, at)
    if UnknownPart.COVERAGE not in facts.unknown:
        _coverage(page, facts, at)


def _calls(page: Page, facts: "PackFacts", at: int) -> int:
    days = facts.days
    calls, reached, seconds = (sum(getattr(one, key) for one in days) for key in ("calls", "conversations", "seconds"))
    page.heading(at, ("Calls", "Value"))
    whole, talked = (f"SUM({reach('Calls', column, len(days))})" for column in "BC")
    rows: Rows = [
        ("Calls", Formula(f"={whole}", calls, "count")), ("Conversations", Formula(f"={talked}", reached, "count")),
        ("Reach rate", Formula(f'=IFERROR({talked}/{whole},"")', ratio(reached, calls), "share")),
        ("Talk time, minutes", Formula(f"=SUM({reach('Calls', 'D', len(days))})/60", Decimal(seconds) / 60, "count")),
    ]  # fmt: skip
    return below(page, rows, at)


def _coverage(page: Page, facts: "PackFacts", at: int) -> int:
    page.heading(at, ("Coverage", "Contracts"))
    cells = reach("Coverage", "A", len(facts.covered))
    rows: Rows = [
        (COVER_WORDS[cover], Formula(f"=COUNTIF({cells},A{row})", sum(one.cover is cover for one in facts.covered),
                                     "count"))
        for row, cover in enumerate(COVER_WORDS, start=at + 2)
    ]  # fmt: skip
    spoken = sum(one.cover is Cover.CONTACT for one in facts.covered)
    share = Formula(f'=IFERROR(B{at + 2}/SUM(B{at + 2}:B{at + 5}),"")', ratio(spoken, len(facts.covered)), "share")
    return below(page, [*rows, ("Spoken to / all", share)], at)
