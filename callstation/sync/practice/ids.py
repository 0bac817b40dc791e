"""Record ids: fifteen case-sensitive characters, and three more that make them safe where case is lost."""

import random
import re

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHAPE = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\Z")
_BITS = {letter: 1 if letter.isascii() and letter.isupper() else 0 for letter in ALPHABET}
_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]
_PAIR_BITS = [_BITS[a] << 3 | _BITS[b] << 4 for a in ALPHABET for b in ALPHABET]


def checksum(fifteen: str) -> str:
    """The three letters after the first fifteen: each tells which of five characters are capitals."""
    letters = ""
    for start in (0, 5, 10):
        letters += _SUFFIX[sum(_BITS[one] << place for place, one in enumerate(fifteen[start : start + 5]))]
    return letters


def full_id(text: object) -> str | None:
    """The 18-character form of a 15- or 18-character id, or None where it is no id (a wrong checksum included)."""
    if not isinstance(text, str) or not _SHAPE.match(text):
        return None
    whole = text[:15] + checksum(text[:15])
    if len(text) == 18 and text[15:].upper() != whole[15:]:
        return None
    return whole


def make_ids(prefix: str, instance: str, first: int, count: int) -> list[str]:
    """``count`` ids from serial ``first`` on: three letters of kind, four of the org, eight of the serial."""
    made, stem, known, bits, last = [], "", "", 0, -1
    for serial in range(first, first + count):
        high, low = divmod(serial, 62 * 62)
        if high != last:
            last = high
            stem = prefix + instance + _digits(high, 6)
            known, bits = checksum(stem + "00")[:2], sum(_BITS[one] << place for place, one in enumerate(stem[10:]))
        made.append(f"{stem}{_PAIRS[low]}{known}{_SUFFIX[bits | _PAIR_BITS[low]]}")
    return made


def _digits(number: int, count: int) -> str:
    digits = ""
    for _ in range(count):
        number, digit = divmod(number, 62)
        digits = ALPHABET[digit] + digits
    return digits


def new_instance() -> str:
    """Four letters of an org, drawn so that ids of two orgs never meet."""
    return "5g" + "".join(random.choice(ALPHABET) for _ in range(2))  # noqa: S311 - a name, not a secret
