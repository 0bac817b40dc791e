"""The whitespace grid narrowed by typed words: "eligible vaultmere education through northgate halden"."""

import re
from collections.abc import Iterable
from dataclasses import replace

from callstation.renewals.whitespace import Cell, GridRow, Market
from callstation.renewals.whitespace_filter import GridFilter
from db.vocabulary import WhitespaceState
from ui.pipeline.ask_strip import Choice
from ui.pipeline.filter_words import Part
from ui.pipeline.grid_looks import LOOKS
from ui.pipeline.typed_filter import Word, joined, taken

_STATES = {LOOKS[state][0].lower(): state for state in WhitespaceState}
_THROUGH = re.compile(r"\s(?:through|via)\s+(.+)", re.IGNORECASE)


def read_grid_filter(typed: str, start: GridFilter, market: Market) -> GridFilter:
    """``start`` narrowed further by what was typed; never raises.

    States, vendors and segments by their names, families by their names or a word of them, partners after "through"
    by how their names begin; what is no word of ours is looked for among the accounts.
    """
    text, wanted = f" {' '.join(typed[:200].split())} ", start
    for words, state in sorted(_STATES.items(), key=lambda item: -len(item[0])):  # "not eligible" before "eligible"
        text, is_there = taken(text, words)
        wanted = replace(wanted, states=joined(wanted.states, state)) if is_there else wanted
    if found := _THROUGH.search(text):
        text, wanted = _read_partner(text, found, wanted, market)
    for segment in _longest_first(one for one in market.segments if one):
        text, is_there = taken(text, segment.lower())
        wanted = replace(wanted, segments=joined(wanted.segments, segment)) if is_there else wanted
    for vendor in _longest_first({one for family in market.families for one in family.vendors}):
        text, is_there = taken(text, vendor.lower())
        wanted = replace(wanted, vendors=joined(wanted.vendors, vendor)) if is_there else wanted
    text, wanted = _read_families(text, wanted, market)
    rest = " ".join(text.split())
    return replace(wanted, text=" ".join(part for part in (start.text, rest) if part)) if rest else wanted


def _read_partner(text: str, found: re.Match[str], wanted: GridFilter, market: Market) -> tuple[str, GridFilter]:
    """As many words after "through" as a partner's name begins with."""
    words = found[1].split()
    for many in range(len(words), 0, -1):
        begins = " ".join(words[:many]).lower()
        ids = [one for one, name in market.partners.items() if " ".join(name.split()).lower().startswith(begins)]
        if ids:
            for one in ids:
                wanted = replace(wanted, partner_ids=joined(wanted.partner_ids, one))
            return f"{text[: found.start()]} {' '.join(words[many:])} ", wanted
    return text, wanted


def _read_families(text: str, wanted: GridFilter, market: Market) -> tuple[str, GridFilter]:
    names = [family.name for family in market.families]
    for name in _longest_first(names):
        text, is_there = taken(text, name.lower())
        wanted = replace(wanted, families=joined(wanted.families, name)) if is_there else wanted
    for word in text.split():
        for name in names:
            if word.lower() in name.lower().split():
                text, _ = taken(text, word.lower())
                wanted = replace(wanted, families=joined(wanted.families, name))
    return text, wanted


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def grid_parts(wanted: GridFilter, market: Market) -> list[Part[GridFilter]]:
    """What a filter narrows, one by one; nothing for the whole grid."""
    found = [
        Part(LOOKS[one][0], replace(wanted, states=_less(wanted.states, one))) for one in wanted.states
    ] + [
        Part(one, replace(wanted, vendors=_less(wanted.vendors, one))) for one in wanted.vendors
    ] + [
        Part(one, replace(wanted, families=_less(wanted.families, one))) for one in wanted.families
    ] + [
        Part(one, replace(wanted, segments=_less(wanted.segments, one))) for one in wanted.segments
    ] + [
        Part(f"Through {market.partners.get(one, 'a partner')}", replace(
            wanted, partner_ids=_less(wanted.partner_ids, one)
        )) for one in wanted.partner_ids
    ]  # fmt: skip
    return [*found, Part(f"“{wanted.text}”", replace(wanted, text=""))] if wanted.text else found


def grid_alike(row: GridRow, cell: Cell, wanted: GridFilter, market: Market) -> tuple[Choice, ...]:
    """What each digit narrows ``wanted`` to, as the cell in hand has it."""
    found = [] if cell.state is None else [Choice(LOOKS[cell.state][0], replace(wanted, states=(cell.state,)))]
    found.append(Choice(cell.family[:40], replace(wanted, families=(cell.family,), vendors=())))
    vendors = next((sorted(one.vendors) for one in market.families if one.name == cell.family), [])
    found += [Choice(one[:40], replace(wanted, families=(), vendors=(one,))) for one in vendors[:2]]
    if row.segment:
        found.append(Choice(row.segment[:40], replace(wanted, segments=(row.segment,))))
    partner = next((one for one, name in market.partners.items() if name == row.partner), None)
    if partner is not None:
        found.append(Choice(f"Through {row.partner[:40]}", replace(wanted, partner_ids=(partner,))))
    return tuple(found)


def _less(kept: tuple[Word, ...], one: Word) -> tuple[Word, ...]:
    return tuple(other for other in kept if other != one)
