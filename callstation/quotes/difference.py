"""What a saved quote would say if it were worked out again today, line by line in words: was and now."""

import json
from dataclasses import dataclass
from decimal import Decimal

from callstation.calling.clock_words import date_words
from callstation.quotes.choices import from_json
from callstation.quotes.line_rows import lines_of
from callstation.quotes.money import number, percent
from callstation.quotes.options import work_out
from callstation.quotes.reading import read_worksheet
from callstation.quotes.stored_quote import StoredQuote, stored_quote
from callstation.quotes.worksheet import OptionView, PricedLine, Worksheet
from callstation.work import Work
from db.vocabulary import LineKind


@dataclass(frozen=True, slots=True)
class LineChange:
    """One thing about a line that is no longer as it was quoted."""

    key: str
    line: str
    """Its product, and the end customer's name on a partner's quote."""
    words: str
    """"Seats 90 -> 95", "List price 12.00 -> 13.00", "C-1003 is no longer owned"."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A saved quote against today; ``changes`` is empty where it would be the same."""

    quote_id: int
    label: str
    currency: str
    total_was: Decimal
    total_now: Decimal
    changes: tuple[LineChange, ...]
    problems: tuple[str, ...]
    """Why it could not be quoted today, in words."""

    @property
    def is_same(self) -> bool:
        """Whether working it out again would change nothing."""
        return not self.changes and self.total_was == self.total_now

    @property
    def words(self) -> str:
        """The total: "48,200.00 -> 50,610.00 USD", or that nothing has changed."""
        if self.is_same:
            return "Nothing has changed since."
        was, now = (number(total, self.currency) for total in (self.total_was, self.total_now))
        return f"Total {was} -> {now} {self.currency}"


def difference(work: Work, quote_id: int) -> Difference:
    """Work the quote's choices out on what is owned and priced now. ``UserError`` where the quote is gone."""
    quote = stored_quote(work, quote_id)
    was = lines_of(work, quote_id, quote.currency).lines
    if quote.target_id is None:
        problem = f"{quote.account} has nothing up for renewal."
        return Difference(quote_id, quote.label, quote.currency, quote.total, Decimal(0), _gone(work, was), (problem,))
    sheet = read_worksheet(work, quote.target_id)
    choices = from_json(quote.choices)
    return compared(work, quote, was, sheet, work_out(sheet, choices, quote.option))


def compared(
    work: Work, quote: StoredQuote, was: tuple[PricedLine, ...], sheet: Worksheet, now: OptionView
) -> Difference:
    """The same for a sheet and its option that are at hand."""
    if sheet.lines and sheet.currency != quote.currency:
        problem = f"The account is in {sheet.currency} now."
        return Difference(
            quote.quote_id, quote.label, quote.currency, quote.total, Decimal(0), _gone(work, was), (problem,)
        )
    is_open = {line.key for line in sheet.lines}
    lines = {line.key: line for line in now.lines}
    changes = []
    for line in was:
        again = lines.pop(line.key, None)
        if again is not None:
            changes += [LineChange(line.key, _name(line), words) for words in _line_words(line, again, quote.currency)]
        elif line.kind is LineKind.ADD_ON or line.key in is_open:
            changes.append(LineChange(line.key, _name(line), f"{line.product} is no longer offered"))
        else:
            changes += _gone(work, (line,))
    changes += [LineChange(line.key, _name(line), f"{line.product} is new") for line in lines.values()]
    return Difference(
        quote.quote_id, quote.label, quote.currency, quote.total, now.total, tuple(changes), now.problems
    )  # fmt: skip


def _line_words(was: PricedLine, now: PricedLine, currency: str) -> list[str]:
    """Everything of a line that differs, the reason before what follows from it."""
    pairs = [
        ("Product", was.product, now.product),
        ("Seats", str(was.quantity), str(now.quantity)),
        ("List price", number(was.unit_list, currency), number(now.unit_list, currency)),
        ("Contracted price", _money(was.contracted, currency), _money(now.contracted, currency)),
        ("Price is", _source(was), _source(now)),
        ("Months per price", str(was.plan_months), str(now.plan_months)),
        ("Uplift", percent(was.uplift), percent(now.uplift)),
        ("Discount", percent(was.discount), percent(now.discount)),
        ("Starts", date_words(was.starts_on), date_words(now.starts_on)),
        ("Ends", date_words(was.ends_on), date_words(now.ends_on)),
        ("Reinstatement fee", number(was.fee, currency), number(now.fee, currency)),
    ]
    words = [f"{what} {before} -> {after}" for what, before, after in pairs if before != after]
    if not words and was.amount != now.amount:
        words = [f"Price {number(was.amount, currency)} -> {number(now.amount, currency)}"]
    return words


def _gone(work: Work, was: tuple[PricedLine, ...]) -> tuple[LineChange, ...]:
    """Lines whose contract is won, lost, or no longer this account's, with its number where there is one."""
    ids = json.dumps([line.renewal_id for line in was])
    numbers = dict(
        work.rows(
            "SELECT r.id, k.number FROM renewal r JOIN contract k ON k.id = r.contract_id "
            "WHERE r.id IN (SELECT value FROM json_each(?))",
            (ids,),
        )
    )
    changes = []
    for line in was:
        number_of = f" ({numbers[line.renewal_id]})" if line.renewal_id in numbers else ""
        changes.append(LineChange(line.key, _name(line), f"{line.product}{number_of} is no longer owned"))
    return tuple(changes)


def _name(line: PricedLine) -> str:
    return f"{line.product}, {line.end_customer}" if line.end_customer else line.product


def _source(line: PricedLine) -> str:
    return line.price_source.replace("_", " ")


def _money(amount: Decimal | None, currency: str) -> str:
    return "none" if amount is None else number(amount, currency)
