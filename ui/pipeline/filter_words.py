"""A filter in words, one for each thing it narrows, and the same filter without that."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from callstation.renewals.pipeline_filter import WHOLE, Filter, Standing, Within
from callstation.settings import Settings
from ui import words
from ui.pipeline.looks import CATEGORIES, STAGES
from ui.pipeline.typed_filter import LONG_MONTHS, is_whole_month

_STANDINGS = {
    Standing.LATELY: "Open and lately closed", Standing.CLOSED: "Closed", Standing.ALL: "Open and closed",
}  # fmt: skip


Wanted = TypeVar("Wanted")


@dataclass(frozen=True, slots=True)
class Part(Generic[Wanted]):
    """One thing that a filter narrows: its words, and the filter without it."""

    words: str
    without: Wanted


def parts(wanted: Filter, today: date, settings: Settings, name: Callable[[int], str]) -> list[Part[Filter]]:
    """What a filter narrows, in order; ``name`` tells an account's name. Nothing for the whole open pipeline."""
    found: list[Part[Filter]] = []
    if wanted.standing is not Standing.OPEN:
        found.append(Part(_STANDINGS[wanted.standing], replace(wanted, standing=Standing.OPEN)))
    if wanted.is_growth is not None:
        found.append(Part("Growth" if wanted.is_growth else "Renewals", replace(wanted, is_growth=None)))
    found += [
        Part(STAGES[one][0], replace(wanted, stages=tuple(kept for kept in wanted.stages if kept is not one)))
        for one in wanted.stages
    ]
    found += [
        Part(CATEGORIES[one], replace(wanted, categories=tuple(kept for kept in wanted.categories if kept is not one)))
        for one in wanted.categories
    ]
    if wanted.within is not None:
        said_so = wanted.within.value
        told = said_so.capitalize() if wanted.within is Within.OVERDUE else f"Closes {said_so}"
        found.append(Part(told, replace(wanted, within=None)))
    elif wanted.closes_from is not None or wanted.closes_to is not None:
        found.append(Part(_period(wanted, today, settings), replace(wanted, closes_from=None, closes_to=None)))
    if wanted.account_id is not None:
        found.append(Part(name(wanted.account_id), replace(wanted, account_id=None)))
    for partner_id in wanted.partner_ids:
        rest = tuple(one for one in wanted.partner_ids if one != partner_id)
        found.append(Part(f"Through {name(partner_id)}", replace(wanted, partner_ids=rest)))
    for one in wanted.families:
        rest_of = tuple(kept for kept in wanted.families if kept != one)
        found.append(Part(one or "No family", replace(wanted, families=rest_of)))
    for one in wanted.segments:
        found.append(Part(one, replace(wanted, segments=tuple(kept for kept in wanted.segments if kept != one))))
    for one in wanted.currencies:
        found.append(Part(one, replace(wanted, currencies=tuple(kept for kept in wanted.currencies if kept != one))))
    if wanted.is_incomplete:
        found.append(Part("Incomplete", replace(wanted, is_incomplete=False)))
    if wanted.silent_days is not None:
        found.append(Part(f"Silent for more than {wanted.silent_days:,} d", replace(wanted, silent_days=None)))
    if wanted.is_slipped:
        found.append(Part("Slipped", replace(wanted, is_slipped=False)))
    if wanted.text:
        found.append(Part(f"“{wanted.text}”", replace(wanted, text="")))
    return found


def said(wanted: Filter, today: date, settings: Settings, name: Callable[[int], str]) -> str:
    """The filter in one line: "Quoted, Commit, December 2026"; "everything open" for the whole."""
    if wanted == WHOLE:
        return "everything open"
    return ", ".join(part.words for part in parts(wanted, today, settings, name))


def _period(wanted: Filter, today: date, settings: Settings) -> str:
    first, last = wanted.closes_from, wanted.closes_to
    if first is not None and last is not None:
        if is_whole_month(first, last):
            return f"Closes in {LONG_MONTHS[first.month - 1].capitalize()} {first.year}"
        return f"Closes {words.day(first, today, settings)} to {words.day(last, today, settings)}"
    if first is not None:
        return f"Closes from {words.day(first, today, settings)}"
    assert last is not None
    return "Overdue" if (today - last).days == 1 else f"Closes by {words.day(last, today, settings)}"
