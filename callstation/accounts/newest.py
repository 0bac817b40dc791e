"""The newest rows that hold the words typed, found without ever reading the whole list of a common word."""

import re

from callstation.accounts.match import fold, match_query, pattern_of
from callstation.work import Work

INDEXED = 3
"""The longest beginning of a word that the index keeps a list of its own for (``prefix = '2 3'``)."""
FIRST_LOOK = 60
"""How many of the newest rows to look at first; a second look is as long as their density promises to need."""
DENSE = 0.05
"""Under this share of matches a beginning is rare, and its whole list is short."""

_TOKEN = re.compile(r"[^\W_]+")


def newest(work: Work, table: str, words: list[str], limit: int) -> list[int]:
    """Ids of the newest rows of a full-text table with all words, the last one as the beginning of a word.

    A beginning of more than three letters has no list of its own: FTS5 would merge those of all its words first, half
    the table for a common one. So the newest rows that begin with its first three letters are looked through; only
    where few of them match, which means that the beginning is rare, is its whole list asked for. A last word of one
    letter only narrows what the other words found.
    """
    *before, last = _TOKEN.findall(fold(words[-1])) or [""]
    is_lone_letter = len(last) == 1 and not before and len(words) == 1
    if 1 < len(last) <= INDEXED or is_lone_letter:
        return _asked(work, table, match_query(words), limit)
    stem = last[:INDEXED] if len(last) > 1 else ""
    near = match_query([*words[:-1], *([" ".join([*before, stem])] if before or stem else [])])
    if not near:
        return []
    if not stem:
        near = near.removesuffix("*")
    pattern = pattern_of(words[-1:])
    look = FIRST_LOOK
    while True:
        rows = work.rows(
            f"SELECT *, rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?", (near, look)
        )
        found = [row[-1] for row in rows if pattern.search(fold(" ".join(text for text in row[:-1] if text)))]
        if len(found) >= limit or not rows or (not stem and len(rows) < look):
            return found[:limit]
        if look > FIRST_LOOK or len(found) < look * DENSE:
            break
        look = look * limit * 3 // (len(found) * 2)
    return _asked(work, table, match_query(words), limit) if stem else found


def _asked(work: Work, table: str, query: str, limit: int) -> list[int]:
    rows = work.rows(f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT ?", (query, limit))
    return [row[0] for row in rows]
