"""What a quote and its lines say in the CRM beside their figures: option, method, sum, and what could not go."""

from collections.abc import Mapping, Sequence
from typing import Any

from callstation.quotes.money import percent, show
from callstation.quotes.statuses import OPTION_WORDS
from callstation.sync.quote_attributes import seats_are_lost
from callstation.sync.quote_lines import NOT_IN_BOOK, Line
from db.stored import from_units
from db.vocabulary import CoTermMethod, Proration, QuoteOption, QuoteStatus

PRORATION_WORDS: Mapping[Proration, str] = {
    Proration.DAY_365: "by days of 365 a year",
    Proration.DAY_ACTUAL: "by the days of each year",
    Proration.MONTH_UP: "by months, a begun one as a whole",
    Proration.MONTH_PLUS_DAY: "by months and days",
    Proration.FULL_TERM: "by full terms",
}
CO_TERM_WORDS: Mapping[CoTermMethod, str] = {
    CoTermMethod.BY_PRICE: "co-termed by price", CoTermMethod.BY_LICENCE_DAYS: "co-termed by licence-days",
}  # fmt: skip
LONGEST, LONGEST_LINE = 32_000, 255
KEY = 8
"""Characters of a line's own key in its words."""


def label_of(number: str, version: int) -> str:
    """A quote's name there and here: "Q-2026-0012 v2"."""
    return f"{number} v{version}"


def description(facts: Mapping[str, Any], missing: Sequence[tuple[Line, str]], mark: str = "") -> str:
    """The quote in words. ``facts`` are its columns as stored; ``missing`` lines with why they have no line there.

    ``mark`` is the last line, by which a quote is found that has no field for its key.
    """
    option, currency = OPTION_WORDS[QuoteOption(facts["option"])], facts["currency"]
    method = f"prorated {PRORATION_WORDS[Proration(facts['proration'])]}"
    if facts["co_term"]:
        method = f"{CO_TERM_WORDS[CoTermMethod(facts['co_term'])]}, {method}"
    total, listed = from_units(facts["total"]), from_units(facts["list_total"])
    sums = [f"Total {show(total, currency)}, list price {show(listed, currency)}"]
    if facts["discount"]:
        sums.append(f"discount {percent(from_units(facts['discount']))}")
    lines = [
        f"{option[:1].upper()}{option[1:]}, {method}.",
        f"{', '.join(sums)}.",
        f"Term {facts['starts_on']} to {facts['ends_on']}. Valid until {facts['valid_until']}.",
        *_state(facts),
    ]
    if facts["note"]:
        lines.append(facts["note"])
    for line, code in missing:
        why = "not in the price book" if code == NOT_IN_BOOK else "in another currency than the opportunity"
        lines.append(f"Without a line here, {why}: {_seats(line)}, {show(line.amount, currency)}.")
    longest = LONGEST - len(mark) - 1
    words = "\n".join(lines)[:longest].rstrip()
    return f"{words}\n{mark}" if mark else words


def line_words(label: str, line: Line, *, is_marked: bool) -> str:
    """A line in words, as the CRM keeps them; ``is_marked`` with its key, by which it is found without a field."""
    begins = f"{label}, line {line.position + 1}{f' [{line.uid[:KEY]}]' if is_marked else ''}"
    seats = f"{line.quantity:,} units, " if seats_are_lost(line.quantity, line.amount, line.discount) else ""
    words = f"{begins}: {seats}{line.starts_on} to {line.ends_on}"
    if line.end_customer:
        words += f", for {line.end_customer}"
    return words[:LONGEST_LINE].rstrip()


def _state(facts: Mapping[str, Any]) -> list[str]:
    status = QuoteStatus(facts["status"])
    if status is QuoteStatus.EXPIRED:
        return ["Expired without an answer."]
    if status is QuoteStatus.SUPERSEDED:
        return ["Replaced by a newer version."]
    if status is QuoteStatus.REJECTED and facts["reason"]:
        return [f"Rejected: {facts['reason']}"]
    return []


def _seats(line: Line) -> str:
    whose = f" for {line.end_customer}" if line.end_customer else ""
    return f"{line.quantity:,} x {line.product}{whose}"
