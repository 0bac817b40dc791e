"""Accounts that are probably the same, spelled differently."""

import json
import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from callstation.work import Work

NEAR = 90.0
"""From this likeness (0 to 100) of two name keys on, the rep is asked."""
_WINDOW = 3
_DIGITS = re.compile(r"\d+")


def stored_keys_near(work: Work, kind: str, keys: Iterable[str]) -> dict[str, tuple[int, str, str]]:
    """Accounts of a kind whose key begins like one of these: key -> (id, name, city)."""
    prefixes = json.dumps(sorted({key[:4] for key in keys if len(key) >= 4}))
    rows = work.rows(
        """SELECT DISTINCT a.name_key, a.id, a.name, coalesce(a.city, '') FROM json_each(?) j
           JOIN account a ON a.name_key >= j.value AND a.name_key < j.value || char(1114111) WHERE a.kind = ?""",
        (prefixes, kind),
    )
    return {key: (account_id, name, city) for key, account_id, name, city in rows}


def near_keys(new: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """For each new key the other key it is probably a spelling of; both map a key to its city ("" if unknown).

    Keys are compared with their neighbours in alphabetical order, forwards and with the words reversed, so the work
    grows with the number of names and not with its square. Different digits or different cities set two names apart.
    """
    found: dict[str, tuple[float, str]] = {}
    order = {key: place for place, key in enumerate(new)}
    cities = {**others, **new}
    for turned in (False, True):
        names = sorted((" ".join(reversed(key.split())) if turned else key, key) for key in cities)
        for at, (name, key) in enumerate(names):
            for other_name, other in names[at + 1 : at + 1 + _WINDOW]:
                if other_name[:3] != name[:3]:
                    break
                likeness = fuzz.ratio(name, other_name, score_cutoff=NEAR)
                if likeness < NEAR or not _may_be_one(key, other, cities):
                    continue
                # Of two new names the one that stands later in the list is taken for the other spelling.
                first, second = sorted((key, other), key=lambda item: order.get(item, -1))
                if second in order and likeness > found.get(second, (0.0, ""))[0]:
                    found[second] = (likeness, first)
    return {key: other for key, (_, other) in found.items()}


def _may_be_one(key: str, other: str, cities: Mapping[str, str]) -> bool:
    here, there = cities[key].casefold(), cities[other].casefold()
    return not (here and there and here != there) and _DIGITS.findall(key) == _DIGITS.findall(other)
