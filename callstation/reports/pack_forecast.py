"""The forecast in a report's spreadsheet: categories by month, adjustments below, both in the total."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from callstation.quotes.money import exact
from callstation.renewals.fiscal import month_name, month_of
from callstation.renewals.measures import Measure
from callstation.reports.pack_page import Cell, Formula, Page, reach
from callstation.reports.pictures import CATEGORY_TONES

if TYPE_CHECKING:
    from callstation.reports.pack_facts import PackFacts


def kind_of(is_growth: bool) -> str:
    """As the pages with the rows say it."""
    return "Growth" if is_growth else "Renewal"


def write_forecast(page: Page, facts: "PackFacts", at: int, *, is_growth: bool) -> int:
    """From row ``at`` on; the next free one. A category has its adjustments as a row of its own, where there are any.

    Months and sums are as exact as the rows; the cells show them to the cent, as the forecast rounds.
    """
    months = facts.period.months
    page.heading(at, ("Growth" if is_growth else "Renewals", *(month_name(month) for month in months), "Total", "n"))
    totals: list[int] = []
    sums = [Decimal(0)] * (len(months) + 1)
    for measure in CATEGORY_TONES:
        found = _contracts(facts, measure, is_growth)
        adjusted = _adjustments(facts, measure, is_growth)
        number = sum(one.is_growth == is_growth and one.category.value == measure for one in facts.opportunities)
        at += 1
        count = Formula(f"=COUNTIFS({_opportunities(facts, measure, is_growth)})", number, "count")
        page.row(at, (f"{measure.label}, contracts" if adjusted else measure.label, *found, count))
        if adjusted:
            page.row(at + 1, (f"{measure.label}, adjustments", *adjusted))
            at += 2
            found = [
                Formula(f"={letter}{at - 1}+{letter}{at}", _value(one) + _value(more))
                for letter, one, more in zip(_letters(len(found)), found, adjusted, strict=True)
            ]
            letter = chr(ord("B") + len(found))
            page.row(at, (measure.label, *found, Formula(f"={letter}{at - 1}", number, "count")))
        totals.append(at + 1)
        sums = [whole + _value(one) for whole, one in zip(sums, found, strict=True)]
    at += 1
    numbers = sum(
        one.is_growth == is_growth and one.category.value in set(CATEGORY_TONES) for one in facts.opportunities
    )

    def total(letter: str) -> str:
        return f"=SUM({','.join(f'{letter}{row}' for row in totals)})"

    letters = _letters(len(sums) + 1)
    money: list[Cell] = [Formula(total(letter), value) for letter, value in zip(letters, sums, strict=False)]
    page.row(at, ("Total", *money, Formula(total(letters[-1]), numbers, "count")), is_bold=True)
    return at + 2


def _contracts(facts: "PackFacts", measure: Measure, is_growth: bool) -> list[Formula]:
    """What they come to by month, and in all."""
    base, closes = _opportunities(facts, measure, is_growth), reach("Opportunities", "F", len(facts.opportunities))
    amounts = reach("Opportunities", "I", len(facts.opportunities))
    values: dict[date, Decimal] = {}
    with exact():
        for one in facts.opportunities:
            rate = facts.rates.of(one.currency)
            if one.is_growth == is_growth and one.category.value == measure and one.amount and rate is not None:
                month = month_of(one.close_on)
                values[month] = values.get(month, Decimal(0)) + one.amount * rate
    return [
        *(
            Formula(
                f'=SUMIFS({amounts},{base},{closes},">="&{_day(month)},{closes},"<"&EDATE({_day(month)},1))',
                values.get(month, Decimal(0)),
            )
            for month in facts.period.months
        ),
        Formula(f"=SUMIFS({amounts},{base})", sum(values.values(), Decimal(0))),
    ]


def _adjustments(facts: "PackFacts", measure: Measure, is_growth: bool) -> list[Formula]:
    """What was added or taken off by month, and in all; nothing where nothing was."""
    some = [one for one in facts.adjustments if one.is_growth == is_growth and one.category.value == measure]
    if not some:
        return []
    amounts, kinds, categories, months = (reach("Adjustments", one, len(facts.adjustments)) for one in "DBCA")
    base = f'{amounts},{kinds},"{kind_of(is_growth)}",{categories},"{measure.label}"'
    return [
        *(
            Formula(
                f"=SUMIFS({base},{months},{_day(month)})",
                sum((one.amount for one in some if month_of(one.month) == month), Decimal(0)),
            )
            for month in facts.period.months
        ),
        Formula(f"=SUMIFS({base})", sum((one.amount for one in some), Decimal(0))),
    ]


def _opportunities(facts: "PackFacts", measure: Measure, is_growth: bool) -> str:
    """The conditions for the contracts of a category."""
    count = len(facts.opportunities)
    kinds, categories = reach("Opportunities", "C", count), reach("Opportunities", "E", count)
    return f'{kinds},"{kind_of(is_growth)}",{categories},"{measure.label}"'


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _letters(count: int) -> Sequence[str]:
    return [chr(ord("B") + place) for place in range(count)]


def _value(formula: Formula) -> Decimal:
    assert isinstance(formula.value, Decimal)
    return formula.value
