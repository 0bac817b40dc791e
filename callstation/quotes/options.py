"""The four ways to renew side by side: as is, co-termed, for three years, upgraded; worked out in memory alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.calling.clock_words import date_words
from callstation.quotes.approval import approve
from callstation.quotes.money import exact, kept, minor_unit, round_to
from callstation.quotes.months import days_in, term_end
from callstation.quotes.option_lines import (
    Renewing,
    add_ons,
    common_end,
    renewed,
    renewed_by_licence_days,
    renewed_by_price,
    renewing,
    upgraded,
    upgrades,
)
from callstation.quotes.pricing import factors_of, undiscounted
from callstation.quotes.proration import multiplier
from callstation.quotes.terms import USUAL_MONTHS
from callstation.quotes.worksheet import Choices, OptionView, PricedLine, Worksheet
from db.vocabulary import CoTermMethod, LineKind, Proration, QuoteOption

_TITLES = {
    QuoteOption.AS_IS: "As is", QuoteOption.CO_TERM: "Co-term", QuoteOption.THREE_YEARS: "Three years",
    QuoteOption.UPGRADE: "Upgrade",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Made:
    """The renewed and upgraded lines of an option, and what kept others from it."""

    about: str
    lines: tuple[PricedLine, ...]
    problems: tuple[str, ...] = ()


def compare(sheet: Worksheet, choices: Choices) -> tuple[OptionView, ...]:
    """All four ways, in the order of ``QuoteOption``; never raises, whatever the rep has typed."""
    with exact():
        lines = renewing(sheet, choices)
        as_is = _as_is(lines, sheet)
        return tuple(_view(option, lines, as_is, sheet, choices) for option in QuoteOption)


def work_out(sheet: Worksheet, choices: Choices, option: QuoteOption) -> OptionView:
    """One of the ways, as in ``compare``."""
    with exact():
        lines = renewing(sheet, choices)
        return _view(option, lines, _as_is(lines, sheet), sheet, choices)


def _view(
    option: QuoteOption, lines: Sequence[Renewing], as_is: _Made, sheet: Worksheet, choices: Choices
) -> OptionView:
    made = as_is
    if option is QuoteOption.CO_TERM:
        made = _co_term(lines, sheet, choices)
    elif option is QuoteOption.THREE_YEARS:
        made = _three_years(lines, sheet)
    elif option is QuoteOption.UPGRADE:
        made = _upgrade(lines, as_is, sheet, choices)
    return _summed(option, made, as_is, sheet, choices)


def _as_is(lines: Sequence[Renewing], sheet: Worksheet) -> _Made:
    return _renewed_until(
        "Each contract renews for a term like its last.", lines, lambda one: one.ends_on,
        lambda one, ends_on: renewed(one, ends_on, sheet),
    )  # fmt: skip


def _co_term(lines: Sequence[Renewing], sheet: Worksheet, choices: Choices) -> _Made:
    end = common_end(lines, sheet, choices)
    if end is None:
        return _Made("All contracts end on one day.", ())
    on = date_words(end.ends_on)
    if end.words:
        return _renewed_until(
            f"All licence-days end together on {on}: {end.words}.", lines, lambda _one: end.ends_on,
            lambda one, _ends_on: renewed_by_licence_days(one, end, sheet),
        )  # fmt: skip
    is_by_price = sheet.policy.co_term is CoTermMethod.BY_PRICE
    price = renewed_by_price if is_by_price else renewed
    how = "at the price of their last term by the day" if is_by_price else "prorated"
    return _renewed_until(
        f"All contracts end together on {on}, {how}.", lines, lambda _one: end.ends_on,
        lambda one, ends_on: price(one, ends_on, sheet),
    )  # fmt: skip


def _three_years(lines: Sequence[Renewing], sheet: Worksheet) -> _Made:
    return _renewed_until(
        "Each contract renews for 36 months.", lines, lambda one: term_end(one.start.starts_on, 36),
        lambda one, ends_on: renewed(one, ends_on, sheet),
    )  # fmt: skip


def _renewed_until(
    about: str, lines: Sequence[Renewing], end_of: Callable[[Renewing], date],
    price: Callable[[Renewing, date], PricedLine],
) -> _Made:  # fmt: skip
    """The lines that the end still lies ahead of; each other one is a problem."""
    priced, problems = [], []
    for one in lines:
        ends_on = end_of(one)
        if days_in(one.start.starts_on, ends_on) > 0:
            priced.append(price(one, ends_on))
        else:
            name = one.line.contract_number or one.line.product
            problems.append(f"{name} runs until {date_words(one.line.ends_on)}, beyond the new end.")
    return _Made(about, tuple(priced), tuple(problems))


def _upgrade(lines: Sequence[Renewing], as_is: _Made, sheet: Worksheet, choices: Choices) -> _Made:
    by_key = {one.line.key: one for one in lines}
    offers = {key: offer for key, offer in upgrades(sheet, choices).items() if key in by_key}
    if not offers:
        return _Made("The catalogue has no other edition of what is owned.", as_is.lines, as_is.problems)
    return _Made(
        f"{len(offers)} of {len(lines)} {'line moves' if len(lines) == 1 else 'lines move'} to another edition.",
        tuple(
            upgraded(by_key[line.key], offers[line.key], sheet, choices) if line.key in offers else line
            for line in as_is.lines
        ),
        as_is.problems,
    )


def _summed(option: QuoteOption, made: _Made, as_is: _Made, sheet: Worksheet, choices: Choices) -> OptionView:
    renewed_lines = made.lines
    starts_on = min((line.starts_on for line in renewed_lines), default=None)
    ends_on = max((line.ends_on for line in renewed_lines), default=None)
    ends_on = ends_on or _alone_until(option, sheet, choices)
    lines = (*renewed_lines, *add_ons(sheet, choices, starts_on, ends_on))
    zero = minor_unit(sheet.currency) * 0
    total = sum((line.amount for line in lines), zero)
    fees = sum((line.fee for line in lines), zero)
    before = sum((undiscounted(factors_of(line), sheet.currency) for line in lines), zero)
    taken = before - (total - fees)
    costs = [line.cost for line in lines]
    cost_total = None if None in costs or not costs else sum((cost for cost in costs if cost is not None), zero)
    return OptionView(
        option=option, title=_TITLES[option], about=made.about, lines=lines,
        list_total=sum((line.list_amount for line in lines), zero), total=total, discount_total=taken,
        discount=_share(taken, before), growth=_growth(lines, as_is.lines, zero), cost_total=cost_total,
        margin=None if cost_total is None or total <= 0 else kept((total - cost_total) / total),
        per_seat_month=_per_seat_month(lines, total, sheet.currency),
        starts_on=min((line.starts_on for line in lines), default=None),
        ends_on=max((line.ends_on for line in lines), default=None),
        approval=approve(lines, sheet.policy), problems=(*made.problems, *_problems(lines, made, sheet)),
    )  # fmt: skip


def _alone_until(option: QuoteOption, sheet: Worksheet, choices: Choices) -> date:
    """How long add-ons run where nothing is renewed: a year or three, or co-termed with what is owned."""
    if option is QuoteOption.CO_TERM:
        end = choices.ends_on or max((line.ends_on for line in sheet.lines), default=sheet.priced_on)
        if end > sheet.priced_on:
            return end
    return term_end(sheet.priced_on, 36 if option is QuoteOption.THREE_YEARS else USUAL_MONTHS)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return kept(part / whole) if whole > 0 else Decimal(0)


def _growth(lines: Iterable[PricedLine], as_is: Iterable[PricedLine], zero: Decimal) -> Decimal:
    """Add-ons, and what each upgraded line comes to above renewing it as it is."""
    plain = {line.key: line.amount for line in as_is}
    growth = zero
    for line in lines:
        if line.kind is LineKind.ADD_ON:
            growth += line.amount
        elif line.kind is LineKind.UPGRADE:
            growth += max(line.amount - plain.get(line.key, zero), zero)
    return growth


def _per_seat_month(lines: Sequence[PricedLine], total: Decimal, currency: str) -> Decimal | None:
    """The total over all seat-months: each line's seats times its own months (a day is 12/365), added up.

    Seats are the units of renewed and upgraded lines; an add-on costs, but seats nobody, unless there is nothing else.
    """
    seated = [line for line in lines if line.kind is not LineKind.ADD_ON] or lines
    seat_months = Decimal(0)
    for line in seated:
        months = multiplier(Proration.MONTH_PLUS_DAY, line.starts_on, line.ends_on, 1)
        seat_months += Decimal(line.quantity * months.numerator) / months.denominator
    return round_to(total / seat_months, currency) if seat_months > 0 else None


def _problems(lines: Sequence[PricedLine], made: _Made, sheet: Worksheet) -> tuple[str, ...]:
    if not lines:
        if made.problems:
            return ()
        return ("Nothing is left to quote." if sheet.lines else "Nothing is up for renewal here.",)
    unknown = dict.fromkeys(line.product for line in lines if line.price_source == "unknown")
    return tuple(f"No price is known for {product}." for product in unknown)
