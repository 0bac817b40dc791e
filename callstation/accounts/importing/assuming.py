"""What stands in where a list does not say: taken from the rep, the list, the memory, the country; asked or told."""

import re

from callstation.accounts.importing.amounts import DecimalMark, header_currency
from callstation.accounts.importing.days import DateOrder
from callstation.accounts.importing.fields import REQUIRED, Field
from callstation.accounts.importing.mapping import Mapping
from callstation.accounts.importing.places import language_of, usual_currency, usual_mark, usual_order
from callstation.accounts.importing.preview import Question, QuestionKind
from callstation.accounts.importing.profiles import Profile
from callstation.accounts.importing.source import Overrides, Source
from callstation.accounts.importing.staging import Assumptions, Rows
from callstation.work import Work


def assume(work: Work, told: Overrides, kept: Profile, mapping: Mapping) -> Assumptions:
    """The rep's word, what a header names, what is remembered, the habits of the country, in this order."""
    told_region = (told.region or kept.region).upper()
    region = told_region or work.settings.home_region.upper()
    home = usual_currency(region)
    named = header_currency(mapping[Field.VALUE].header, home) if Field.VALUE in mapping else ""
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
    )


def ask_about(source: Source, mapping: Mapping, rows: Rows, assumed: Assumptions) -> tuple[Question, ...]:
    """What the list leaves open as a whole."""
    headers = tuple((header, header) for header in source.table.headers)
    wanted = REQUIRED if Field.MOBILE in mapping else (*REQUIRED, Field.PHONE)
    asked = [
        Question(QuestionKind.COLUMN, f"Which column is the {item.label.lower()}?", headers, "", item)
        for item in wanted
        if item not in mapping
    ]
    if rows.open_date_order:
        options = (("day_first", "3 April"), ("month_first", "March 4"))
        answer = rows.date_order or assumed.usual_order
        asked.append(Question(QuestionKind.DATE_ORDER, "Is 03/04 the 3rd of April or March 4th?", options, answer))
    if rows.open_decimal_mark:
        asked.append(_ask_mark(rows.mark_example, rows.decimal_mark or assumed.usual_mark))
    return tuple(asked)


def _ask_mark(example: str, answer: DecimalMark) -> Question:
    """By a value of the list itself: one mark, three figures behind it."""
    found = re.search(r"(\d{1,3})([.,])(\d{3})", "".join(example.split()))
    assert found is not None, "only a number with one mark and three figures behind it reads both ways"
    whole, mark, rest = found.groups()
    many, few = f"{whole}{rest}", f"{whole} and a fraction"
    options = tuple((one.value, few if one.value == mark else many) for one in DecimalMark)
    return Question(QuestionKind.DECIMAL_MARK, f"Does “{example}” mean {many}, or {few}?", options, answer)


def remark(rows: Rows, mapping: Mapping, told: Overrides, kept: Profile, shown: Assumptions) -> tuple[str, ...]:
    """What was decided without a question, for the rep to see."""
    remarks = []
    priced = {code for code, value in zip(rows.currencies, rows.values, strict=True) if value is not None}
    if Field.VALUE in mapping and priced:
        mark = shown.decimal_mark or shown.usual_mark
        written = "German (1.234,50)" if mark is DecimalMark.COMMA else "English (1,234.50)"
        remarks.append(f"Amounts taken as {', '.join(sorted(priced))}, numbers as {written}.")
    order = kept.date_order or kept.shown_order
    if rows.is_order_assumed and order is not None and told.date_order is None:
        remarks.append(f"Dates read {'day' if order is DateOrder.DAY_FIRST else 'month'} first, as last time.")
    return tuple(remarks)
