"""The four ways to renew side by side: as is, co-termed, for three years, upgraded; worked out in memory alone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from callstation.calling.clock_words import date_words
from callstation.quotes.money import exact
from callstation.quotes.months import term_end
from callstation.quotes.option_lines import (
    Renewing,
    Worked,
    licence_days_end,
    renewed,
    renewed_by_licence_days,
    renewed_by_price,
    renewing,
    upgraded,
    upgrades,
)
from callstation.quotes.option_sums import summed
from callstation.quotes.worksheet import Choices, OptionView, Worksheet
from db.vocabulary import CoTermMethod, QuoteOption


@dataclass(frozen=True, slots=True)
class _Made:
    """The renewed and upgraded lines of an option, and what kept others from it."""

    about: str
    lines: tuple[Worked, ...]
    problems: tuple[str, ...] = ()


def compare(sheet: Worksheet, choices: Choices) -> tuple[OptionView, ...]:
    """All four ways, in the order of ``QuoteOption``; never raises, whatever the rep has typed."""
    with exact():
        lines = renewing(sheet, choices)
        as_is = _as_is(lines)
        return tuple(_view(option, lines, as_is, sheet, choices) for option in QuoteOption)


def work_out(sheet: Worksheet, choices: Choices, option: QuoteOption) -> OptionView:
    """One of the ways, as in ``compare``."""
    with exact():
        lines = renewing(sheet, choices)
        return _view(option, lines, _as_is(lines), sheet, choices)


def _view(
    option: QuoteOption, lines: Sequence[Renewing], as_is: _Made, sheet: Worksheet, choices: Choices
) -> OptionView:
    made = as_is
    if option is QuoteOption.CO_TERM:
        made = _co_term(lines, sheet, choices)
    elif option is QuoteOption.THREE_YEARS:
        made = _three_years(lines)
    elif option is QuoteOption.UPGRADE:
        made = _upgrade(lines, as_is, sheet, choices)
    return summed(option, made.about, made.lines, made.problems, as_is.lines, sheet, choices)


def _as_is(lines: Sequence[Renewing]) -> _Made:
    return _renewed_until("Each contract renews for a term like its last.", lines, lambda one: one.ends_on, renewed)


def _co_term(lines: Sequence[Renewing], sheet: Worksheet, choices: Choices) -> _Made:
    """All to one end: the typed one, that of all licence-days where the policy says so, else the latest as is."""
    is_by_price = sheet.policy.co_term is CoTermMethod.BY_PRICE
    if not lines:
        return _Made("All contracts end together.", ())
    if choices.ends_on is None and not is_by_price:
        end = licence_days_end(lines, sheet.priced_on)
        about = f"All licence-days end together on {date_words(end.ends_on)}: {end.words}."
        return _renewed_until(about, lines, lambda _one: end.ends_on, renewed_by_licence_days)
    ends_on = choices.ends_on or max(one.ends_on for one in lines)
    how = "at the price of their last term by the day" if is_by_price else "prorated"
    about = f"All contracts end together on {date_words(ends_on)}, {how}."
    return _renewed_until(about, lines, lambda _one: ends_on, renewed_by_price if is_by_price else renewed)


def _three_years(lines: Sequence[Renewing]) -> _Made:
    about = "Each contract renews for 36 months."
    return _renewed_until(about, lines, lambda one: term_end(one.start.starts_on, 36), renewed)


def _renewed_until(
    about: str,
    lines: Iterable[Renewing],
    end_of: Callable[[Renewing], date],
    renew: Callable[[Renewing, date], Worked],
) -> _Made:
    """The lines that the end still lies ahead of; each other one is a problem."""
    worked, problems = [], []
    for one in lines:
        ends_on = end_of(one)
        if ends_on >= one.start.starts_on > one.line.ends_on:
            worked.append(renew(one, ends_on))
        else:
            name = one.line.contract_number or one.line.product
            problems.append(f"{name} runs until {date_words(one.line.ends_on)}, beyond the new end.")
    return _Made(about, tuple(worked), tuple(problems))


def _upgrade(lines: Sequence[Renewing], as_is: _Made, sheet: Worksheet, choices: Choices) -> _Made:
    by_key = {one.line.key: one for one in lines}
    offers = {key: found for key, found in upgrades(sheet, choices).items() if key in by_key}
    if not offers:
        return _Made("The catalogue has no other edition of what is owned.", as_is.lines, as_is.problems)
    return _Made(
        f"{len(offers)} of {len(lines)} {'line moves' if len(lines) == 1 else 'lines move'} to another edition.",
        tuple(
            upgraded(by_key[worked.line.key], *offers[worked.line.key]) if worked.line.key in offers else worked
            for worked in as_is.lines
        ),
        as_is.problems,
    )
