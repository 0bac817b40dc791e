"""A filter as it is typed: "quoted commit dec silent 30 slipped acme"; what is no word of ours is looked for."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import TypeVar

from callstation.renewals.pipeline_filter import Filter, Standing, Within
from db.vocabulary import ForecastCategory, RenewalStage
from ui.pipeline.looks import CATEGORIES, STAGES

Word = TypeVar("Word")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_STANDINGS = {"all": Standing.ALL, "closed": Standing.CLOSED, "lately": Standing.LATELY}
_STAGE_WORDS = {words.lower(): stage for stage, (words, _) in STAGES.items()}
_CATEGORY_WORDS = {words.lower(): one for one, words in CATEGORIES.items() if one is not ForecastCategory.CLOSED}
_CATEGORY_WORDS["in pipeline"] = ForecastCategory.PIPELINE
_CURRENCY = re.compile(r"[A-Z]{3}")
_SILENT = re.compile(r"\bsilent\s*(?:>|for|over)?\s*(\d{1,5})(?:\s*(?:days?|d))?(?=\s|$)")
_MONTH = re.compile(
    rf"\b({'|'.join((*LONG_MONTHS, *_MONTHS))})(?:\s+(20\d\d))?(?=\s|$)", re.IGNORECASE
)  # fmt: skip


def read_filter(typed: str, start: Filter, today: date, currencies: frozenset[str]) -> Filter:
    """``start`` narrowed further by what was typed; never raises."""
    text = f" {' '.join(typed[:200].split())} "
    wanted = start
    for name in sorted(currencies):
        text, is_there = taken(text, name.lower())
        if is_there and _CURRENCY.fullmatch(name):
            wanted = replace(wanted, currencies=joined(wanted.currencies, name))
    if found := _SILENT.search(text.lower()):
        text = f"{text[: found.start()]} {text[found.end() :]}"
        wanted = replace(wanted, silent_days=min(int(found[1]), 36_500))
    for words, stage in sorted(_STAGE_WORDS.items(), key=lambda item: -len(item[0])):
        text, is_there = taken(text, words)
        if is_there:
            wanted = _with_stage(wanted, stage)
    for words, category in sorted(_CATEGORY_WORDS.items(), key=lambda item: -len(item[0])):
        text, is_there = taken(text, words)
        if is_there:
            wanted = replace(wanted, categories=joined(wanted.categories, category))
    text, wanted = _flags(text, wanted)
    if found := _MONTH.search(text):
        text = f"{text[: found.start()]} {text[found.end() :]}"
        wanted = wanted.in_month(_month(found[1], found[2], today))
    rest = " ".join(text.split())
    return replace(wanted, text=" ".join(part for part in (start.text, rest) if part)) if rest else wanted


def _flags(text: str, wanted: Filter) -> tuple[str, Filter]:
    text, is_incomplete = taken(text, "incomplete")
    text, is_slipped = taken(text, "slipped")
    wanted = replace(
        wanted, is_incomplete=wanted.is_incomplete or is_incomplete, is_slipped=wanted.is_slipped or is_slipped
    )
    for words, is_growth in (("growth", True), ("renewals", False)):
        text, is_there = taken(text, words)
        if is_there:
            wanted = replace(wanted, is_growth=is_growth)
    for words, standing in _STANDINGS.items():
        text, is_there = taken(text, words)
        if is_there:
            wanted = replace(wanted, standing=standing)
    for within in Within:
        text, is_there = taken(text, within.value)
        if is_there:
            wanted = wanted.closes_within(within)
    return text, wanted


def taken(text: str, words: str, *, is_exact: bool = False) -> tuple[str, bool]:
    """The text without some words, and whether they were there as words of their own."""
    place = (text if is_exact else text.lower()).find(f" {words} ")
    if place < 0 or len(text) != len(text.lower()):
        return text, False
    return f"{text[:place]} {text[place + len(words) + 1 :]}", True


def _month(name: str, year: str | None, today: date) -> date:
    """The month of a name; without a year the nearest that is not half a year past."""
    month = _MONTHS.index(name[:3].lower()) + 1
    if year:
        return date(int(year), month, 1)
    behind = today.month - month
    return date(today.year + (behind > 6) - (behind < -9), month, 1)


def joined(kept: tuple[Word, ...], one: Word) -> tuple[Word, ...]:
    """With one more, unless it is among them."""
    return kept if one in kept else (*kept, one)


def _with_stage(wanted: Filter, stage: RenewalStage) -> Filter:
    standing = wanted.standing
    if not stage.is_open and standing is Standing.OPEN:
        standing = Standing.ALL
    return replace(wanted, stages=(*wanted.stages, stage), standing=standing) if stage not in wanted.stages else wanted


def is_whole_month(first: date, last: date) -> bool:
    """Whether two days are the first and the last of one month."""
    return first.day == 1 and (last.year, last.month) == (first.year, first.month) and (
        last.day == monthrange(first.year, first.month)[1]
    )  # fmt: skip
