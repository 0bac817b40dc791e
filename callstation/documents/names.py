"""File names made from data: readable, allowed on every system, and never a way out of their folder."""

import re
import unicodedata

LONGEST = 120
"""Characters of one name, its ending included (trust.md)."""
FOLDER, FILE = 60, 90
"""Characters of a folder and of a file in it, so that the whole path stays within the 260 of Windows."""
LONGEST_BYTES = 200
"""Of the same name in UTF-8; file systems allow 255, and ``.part`` and `` (12)`` need room."""

_SEPARATORS = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that no name keeps: control, format (which can turn the reading direction), halves, unassigned."""


def safe_name(text: str, *, ending: str = "", longest: int = LONGEST, instead: str = "Unnamed") -> str:
    """One file or folder name for any text, with ``ending`` (such as ".pdf") kept whole.

    Separators become a hyphen, control and direction characters go, Windows' reserved names get an underscore; what is
    left of nothing is ``instead``. The same text always gives the same name.
    """
    kept = "".join(" " if mark in "\t\r\n" else mark for mark in unicodedata.normalize("NFC", text))
    kept = "".join(mark for mark in kept if unicodedata.category(mark) not in _DROPPED)
    kept = " ".join(_SEPARATORS.sub("-", kept).split())
    kept = _cut(kept.strip(" ."), longest - len(ending), LONGEST_BYTES - len(ending.encode())) or instead
    if _RESERVED.fullmatch(kept + ending):
        kept = f"_{kept}"
    return kept + ending


def numbered(name: str, number: int) -> str:
    """The same name for another file: "Letter.pdf" becomes "Letter (2).pdf"; the first keeps its own."""
    if number < 2:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({number}).{ending}" if dot and stem else f"{name} ({number})"


def _cut(text: str, characters: int, octets: int) -> str:
    text = text[:characters]
    while len(text.encode()) > octets:
        text = text[:-1]
    return text.rstrip(" .")
