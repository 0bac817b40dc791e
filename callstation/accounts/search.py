"""Search everything as you type: accounts, people, contract numbers, any part of a phone number, old notes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from callstation.accounts.match import Range, fold, match_query, pattern_of, ranges_in, snippet, typed_words
from callstation.accounts.names import name_key
from callstation.accounts.newest import newest
from callstation.calling.phones import show_number
from callstation.work import Work

LEAST_DIGITS = 3
LIKE_LETTERS, LIKE_NAMES, LIKE_SCORE = 4, 3_000, 75
"""The forgiving search: from how many letters on, over how many names at most, from what likeness (0..100) on."""

_NUMBER = re.compile(r"[\d\s()+./\-–]+")
_TRUNK_ZERO = re.compile(r"\(0\)")


class HitKind(StrEnum):
    """What was found."""

    NUMBER = "number"
    ACCOUNT = "account"
    CONTACT = "contact"
    CONTRACT = "contract"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. Texts are plain; ranges count characters (code points) in them."""

    kind: HitKind
    target_id: int | None
    """The call target it leads to, None where nobody is called there."""
    account_id: int
    title: str
    title_ranges: tuple[Range, ...]
    detail: str
    detail_ranges: tuple[Range, ...]
    happened_on: date | None
    """The day of a note, the end of a contract."""


Show = Callable[[Work, re.Pattern[str], list[int]], list[Hit]]
"""Reads what the screen shows of some ids, with the places of what was typed."""


def find(work: Work, text: str, *, limit: int = 20) -> list[Hit]:
    """The newest hits of every kind, each kind given its share of ``limit``; likely names where nothing matches."""
    words = typed_words(text)
    if not words:
        return []
    numbers = _numbers(work, text, limit)
    found: list[tuple[Show, list[int]]] = []
    if sum(map(str.isalnum, text)) == 1:  # one letter would match half the book: names that begin with it
        found.append((_accounts, _begin_so(work, text, limit)))
    else:
        names = [*_begin_so(work, text, 5), *newest(work, "search_account", words, limit)]
        found.append((_accounts, list(dict.fromkeys(names))[:limit]))
        others: tuple[tuple[Show, str], ...] = ((_contacts, "contact"), (_contracts, "contract"), (_notes, "note"))
        for show, noun in others:
            found.append((show, newest(work, f"search_{noun}", words, limit)))
    pattern = pattern_of(words)
    takes = _shares([len(numbers), *(len(ids) for _show, ids in found)], limit)
    if not any(takes):
        return _accounts(work, pattern, _like(work, text, limit))
    hits = numbers[: takes[0]]
    for (show, ids), take in zip(found, takes[1:], strict=True):
        hits += show(work, pattern, ids[:take])
    return hits[:limit]


def _shares(lengths: list[int], limit: int) -> list[int]:
    """How many of each group are shown: what one does not need of its share, the others may use, the first first."""
    filled = sum(length > 0 for length in lengths)
    takes = [min(length, max(1, limit // filled)) if length else 0 for length in lengths]
    for place, length in enumerate(lengths):
        takes[place] = min(length, takes[place] + max(0, limit - sum(takes)))
    return takes


def _begin_so(work: Work, text: str, limit: int) -> list[int]:
    """Accounts whose whole name begins with what was typed, in the order of names."""
    key = name_key(text)
    rows = work.rows(
        "SELECT id FROM account WHERE name_key >= ? AND name_key < ? ORDER BY name_key, id LIMIT ?",
        (key, f"{key}\U0010ffff", limit),
    )
    return [row[0] for row in rows]


def _accounts(work: Work, pattern: re.Pattern[str], ids: list[int]) -> list[Hit]:
    rows = _load(
        work,
        "SELECT a.id, a.name, a.city, a.region, a.country, "
        "(SELECT t.id FROM call_target t WHERE t.account_id = a.id LIMIT 1) FROM account a WHERE a.id IN ({ids})",
        ids,
    )
    hits = []
    for account_id, name, city, region, country, target_id in rows:
        detail = ", ".join(part for part in (city, region, country) if part)
        hits.append(
            Hit(HitKind.ACCOUNT, target_id, account_id, name, ranges_in(name, pattern), detail,
                ranges_in(detail, pattern), None)
        )  # fmt: skip
    return hits


def _contacts(work: Work, pattern: re.Pattern[str], ids: list[int]) -> list[Hit]:
    rows = _load(
        work,
        "SELECT c.id, c.account_id, c.name, c.email, a.name, "
        "(SELECT t.id FROM call_target t WHERE t.account_id = a.id LIMIT 1) "
        "FROM contact c JOIN account a ON a.id = c.account_id WHERE c.id IN ({ids})",
        ids,
    )
    hits = []
    for _id, account_id, name, email, account, target_id in rows:
        at_name = ranges_in(name, pattern)
        detail = account if at_name or not email else f"{account}, {email}"
        hits.append(
            Hit(HitKind.CONTACT, target_id, account_id, name, at_name, detail, ranges_in(detail, pattern), None)
        )
    return hits


def _contracts(work: Work, pattern: re.Pattern[str], ids: list[int]) -> list[Hit]:
    rows = _load(
        work,
        "SELECT k.id, k.account_id, k.number, k.order_number, k.ends_on, a.name, (SELECT r.target_id FROM renewal r "
        "WHERE r.contract_id = k.id AND r.target_id IS NOT NULL LIMIT 1) FROM contract k "
        "JOIN account a ON a.id = k.account_id WHERE k.id IN ({ids})",
        ids,
    )
    hits = []
    for _id, account_id, number, order, ends_on, account, target_id in rows:
        at_number = ranges_in(number, pattern)
        detail = account if at_number or not order else f"{account}, order {order}"
        hits.append(
            Hit(HitKind.CONTRACT, target_id, account_id, number, at_number, detail, ranges_in(detail, pattern),
                date.fromisoformat(ends_on))
        )  # fmt: skip
    return hits


def _notes(work: Work, pattern: re.Pattern[str], ids: list[int]) -> list[Hit]:
    rows = _load(
        work,
        "SELECT y.id, y.account_id, y.note, y.happened_on, y.target_id, a.name FROM activity y "
        "JOIN account a ON a.id = y.account_id WHERE y.id IN ({ids})",
        ids,
    )
    return [
        Hit(HitKind.NOTE, row[4], row[1], row[5], (), *snippet(row[2], pattern), date.fromisoformat(row[3]))
        for row in rows
    ]


def _numbers(work: Work, text: str, limit: int) -> list[Hit]:
    """Numbers that hold the digits typed, in whatever form; a national leading zero is not part of a stored number."""
    if not _NUMBER.fullmatch(text.strip()):
        return []
    typed = re.sub(r"\D", "", _TRUNK_ZERO.sub("", text))
    for digits in dict.fromkeys((typed, typed.lstrip("0"), typed.removeprefix("011"))):
        found = _holding(work, digits, limit) if len(digits) >= LEAST_DIGITS else []
        if found:
            return found
    return []


def _holding(work: Work, digits: str, limit: int) -> list[Hit]:
    rows = work.rows(
        "SELECT rowid FROM search_phone WHERE search_phone MATCH ? ORDER BY rowid DESC LIMIT ?", (f'"{digits}"', limit)
    )
    pattern = re.compile(r"\D*".join(digits))
    owners = _load(
        work,
        "SELECT p.id, p.e164, c.name, a.id, a.name, (SELECT t.id FROM call_target t WHERE t.account_id = a.id LIMIT 1) "
        "FROM phone p JOIN contact_phone n ON n.phone_id = p.id JOIN contact c ON c.id = n.contact_id "
        "JOIN account a ON a.id = c.account_id WHERE p.id IN ({ids})",
        [row[0] for row in rows],
    )
    hits = []
    for _id, e164, contact, account_id, account, target_id in owners[:limit]:
        # Our own form of the number may write a zero for the country code, so the full one is shown.
        shown = show_number(e164)
        hits.append(
            Hit(
                HitKind.NUMBER,
                target_id,
                account_id,
                shown,
                ranges_in(shown, pattern),
                f"{contact}, {account}",
                (),
                None,
            )
        )
    return hits


def _like(work: Work, text: str, limit: int) -> list[int]:
    """Accounts with a name like the one mistyped, the likest first; one word must begin with the right two letters."""
    key = fold(" ".join(typed_words(text)))
    if len(key) < LIKE_LETTERS:
        return []
    from rapidfuzz import fuzz, process

    names: dict[int, str] = {}
    for word in key.split()[:3]:
        if len(word) < 2:
            continue
        for account_id, name in work.rows(
            "SELECT rowid, name FROM search_account WHERE search_account MATCH ? ORDER BY rowid DESC LIMIT ?",
            (match_query([word[:2]]), LIKE_NAMES),
        ):
            names[account_id] = fold(name)
    found = process.extract(key, names, scorer=fuzz.partial_ratio, score_cutoff=LIKE_SCORE, limit=limit)
    return [account_id for _name, _score, account_id in found]


def _load(work: Work, sql: str, ids: list[int]) -> list[tuple[Any, ...]]:
    """Rows of these ids (their first column), in the order of the ids."""
    if not ids:
        return []
    place = {one: at for at, one in enumerate(ids)}
    rows = work.rows(sql.format(ids=", ".join("?" * len(ids))), ids)
    return sorted(rows, key=lambda row: place[row[0]])
