"""What the user typed as a full-text query that no syntax can leak into, and where it stands in a text."""

import re
import unicodedata

MOST_WORDS, LONGEST_WORD = 8, 60
SNIPPET = 110
"""Characters of a long text shown around the first match."""

Range = tuple[int, int]
"""(start, length) in characters of a plain text."""


def typed_words(text: str) -> list[str]:
    """The words that can be searched for; a piece of mere punctuation is none."""
    pieces = text.replace("\0", " ").split()
    return [piece[:LONGEST_WORD] for piece in pieces if any(map(str.isalnum, piece[:LONGEST_WORD]))][:MOST_WORDS]


def match_words(text: str) -> str:
    """An FTS5 query for all words, the last one as the beginning of a word; "" where nothing can be searched for."""
    return match_query(typed_words(text))


def match_query(words: list[str]) -> str:
    """Words as quoted FTS5 strings, the last one a prefix."""
    return " ".join(f'"{word.replace(chr(34), chr(34) * 2)}"' for word in words) + ("*" if words else "")


class _Folding(dict[int, int]):
    """One character for one: lower case without its accents, so that places in the folded text are places in ours."""

    def __missing__(self, code: int) -> int:
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        self[code] = folded = ord(base) if len(base) == 1 else code
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text as it is compared, of the same length."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def pattern_of(words: list[str]) -> re.Pattern[str]:
    """Finds any of the words in a folded text: whole words, the last one where a word begins with it."""
    parts = [r"[\W_]+".join(re.escape(part) for part in re.findall(r"[^\W_]+", fold(word))) for word in words]
    whole = "".join(rf"{part}(?![^\W_])|" for part in parts[:-1] if part)
    return re.compile(rf"(?<![^\W_])(?:{whole}{parts[-1]})") if parts and parts[-1] else re.compile(r"(?!)")


def ranges_in(text: str, pattern: re.Pattern[str], most: int = 12) -> tuple[Range, ...]:
    """Where a pattern stands in a text, at most ``most`` times."""
    found = []
    for match in pattern.finditer(fold(text)):
        found.append((match.start(), match.end() - match.start()))
        if len(found) == most:
            break
    return tuple(found)


def snippet(text: str, pattern: re.Pattern[str]) -> tuple[str, tuple[Range, ...]]:
    """The part of a text around its first match, on one line, with the places of the matches in it."""
    first = pattern.search(fold(text))
    start = max(0, first.start() - 30) if first else 0
    if start:
        space = text.find(" ", start, first.start() if first else None)
        start = space + 1 if space >= 0 else start
    cut = text[start : start + SNIPPET]
    line = "".join(char if char.isprintable() else " " for char in cut)
    line = f"{'… ' if start else ''}{line}{' …' if start + SNIPPET < len(text) else ''}"
    return line, ranges_in(line, pattern)
