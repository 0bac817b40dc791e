"""Names and ids as they are compared: legal forms folded away, 15-character CRM ids made whole."""

import re
import unicodedata
from functools import lru_cache

MAIN_LINE = "Main line"
"""Who answers a number that comes without a name."""
_LEGAL = frozenset(
    (
        "inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "plc", "corp", "corporation", "co", "company",
        "gmbh", "mbh", "ag", "kg", "kgaa", "ohg", "ug", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "ab",
        "as", "aps", "oyj", "pty", "pte", "kk", "lda", "sl", "sro", "pllc", "pc", "na", "gbr", "ev", "eg",
    )
)  # fmt: skip
_LEADING = frozenset(("the",))
_ID_15 = re.compile(r"[A-Za-z0-9]{15}")
_ID_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_CRM_PREFIXES = frozenset(
    ("001", "003", "005", "006", "00k", "00Q", "00v", "01t", "02i", "500", "701", "800", "801", "810")
)
"""Accounts, contacts, users, opportunities, contracts, orders and their like."""


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A company's name as it is compared: case, accents, punctuation, "the" and legal forms folded away.

    What is only a legal form ("Limited") keeps itself, so that no two names fall together on an empty key.
    """
    text = (
        name
        if name.isascii()
        else "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    )
    text = text.casefold().replace("&", " and ").replace("'", "").replace("’", "").replace(".", "")
    words = re.findall(r"[^\W_]+", text)
    kept = words[1:] if words and words[0] in _LEADING else words
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept = kept[:-1]
        if kept[-1] == "and" and len(kept) > 1:
            kept = kept[:-1]
    return " ".join(kept or words) or name.strip().casefold()


def person_key(name: str) -> str:
    """A person's name as it is compared; "Reyes, Maria" and "maria reyes" are one."""
    last, comma, first = name.partition(",")
    return plain_key(f"{first} {last}" if comma else name)


def is_crm_id(text: str) -> bool:
    """Whether this is a Salesforce record id: 18 characters with a right checksum, or 15 with a known prefix."""
    if len(text) == 18:
        return text.isascii() and text.isalnum() and text == crm_id_18(text[:15])
    return _ID_15.fullmatch(text) is not None and (text[:3] in _CRM_PREFIXES or _is_custom_id(text))


def _is_custom_id(text: str) -> bool:
    """Custom objects start with ``a`` and a mixed-case id is hardly anything else."""
    return text[0] == "a" and text[1].isdigit() and text != text.lower() and text != text.upper()


def crm_id_18(crm_id: str) -> str:
    """The 18-character form of a 15-character Salesforce id; three characters say which letters are upper case.

    Each of the three encodes five characters, lowest bit first (Salesforce's published algorithm), so ids that
    differ in case alone stay different even where something compares them without case.
    """
    tail = "".join(
        _ID_CHARS[sum(1 << place for place, mark in enumerate(crm_id[start : start + 5]) if "A" <= mark <= "Z")]
        for start in (0, 5, 10)
    )
    return crm_id[:15] + tail


def plain_key(text: str) -> str:
    """Words alone, without case and punctuation: how products are compared."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
