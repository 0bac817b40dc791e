"""What stands in where a list does not say: taken from the rep, the list, the memory, the country; asked or told."""

import re

from callstation.accounts.importing.amounts import DecimalMark, header_currency
from callstation.accounts.importing.days import DateOrder
from callstation.accounts.importing.lexicon import Lexicon
from callstation.accounts.importing.mapping import Mapping
from callstation.accounts.importing.places import language_of, usual_currency, usual_mark, usual_order
from callstation.accounts.importing.preview import Question, QuestionKind
from callstation.accounts.importing.profiles import Profile
from callstation.accounts.importing.source import Overrides, Source
from callstation.accounts.importing.typed import USUAL_MONTHS, Assumptions, Typed
from callstation.work import Work


def assume(work: Work, lexicon: Lexicon, told: Overrides, kept: Profile, mapping: Mapping) -> Assumptions:
    """The rep's word, what a header names, what is remembered, the habits of the country, in this order."""
    told_region = (told.region or kept.region).upper()
    region = told_region or work.settings.home_region.upper()
    home = usual_currency(region)
    named = header_currency(mapping[lexicon.money].header, home) if lexicon.money in mapping else ""
    currency = (told.currency or named or kept.currency).upper()
    return Assumptions(
        work.today,
        region,
        currency or home,
        bool(currency),
        told.date_order or kept.date_order,
        kept.shown_order or usual_order(region),
        kept.shown_order is not None,
        told.decimal_mark or kept.decimal_mark,
        kept.shown_mark or usual_mark(language_of(told_region) or work.settings.language),
        kept.shown_mark is not None,
        told.plan_months or kept.plan_months,
        told.valid_on,
    )


def ask_about(
    source: Source, lexicon: Lexicon, mapping: Mapping, rows: Typed, assumed: Assumptions
) -> tuple[Question, ...]:
    """What the list leaves open as a whole."""
    headers = tuple((header, header) for header in source.table.headers)
    asked = [
        Question(QuestionKind.COLUMN, f"Which column is the {item.label.lower()}?", headers, "", item)
        for item in lexicon.missing(mapping, lexicon.usual)
    ]
    if rows.open_date_order:
        options = (("day_first", "3 April"), ("month_first", "March 4"))
        answer = rows.date_order or assumed.usual_order
        asked.append(Question(QuestionKind.DATE_ORDER, "Is 03/04 the 3rd of April or March 4th?", options, answer))
    if rows.open_decimal_mark:
        asked.append(_ask_mark(rows.mark_example, rows.decimal_mark or assumed.usual_mark))
    if rows.has_open_period:
        options = (("12", "Per year"), ("1", "Per month"))
        asked.append(
            Question(QuestionKind.PLAN_MONTHS, "Is a price for a year or for a month?", options, str(USUAL_MONTHS))
        )
    return tuple(asked)


def _ask_mark(example: str, answer: DecimalMark) -> Question:
    """By a value of the list itself: one mark, three figures behind it."""
    found = re.search(r"(\d{1,3})([.,])(\d{3})", "".join(example.split()))
    assert found is not None, "only a number with one mark and three figures behind it reads both ways"
    whole, mark, rest = found.groups()
    many, few = f"{whole}{rest}", f"{whole} and a fraction"
    options = tuple((one.value, few if one.value == mark else many) for one in DecimalMark)
    return Question(QuestionKind.DECIMAL_MARK, f"Does “{example}” mean {many}, or {few}?", options, answer)


def remark(rows: Typed, told: Overrides, kept: Profile, shown: Assumptions) -> tuple[str, ...]:
    """What was decided without a question, for the rep to see."""
    remarks = []
    priced = rows.priced_in
    if priced:
        mark = shown.decimal_mark or shown.usual_mark
        written = "German (1.234,50)" if mark is DecimalMark.COMMA else "English (1,234.50)"
        remarks.append(f"Amounts taken as {', '.join(sorted(priced))}, numbers as {written}.")
    order = kept.date_order or kept.shown_order
    if rows.is_order_assumed and order is not None and told.date_order is None:
        remarks.append(f"Dates read {'day' if order is DateOrder.DAY_FIRST else 'month'} first, as last time.")
    return tuple(remarks)
