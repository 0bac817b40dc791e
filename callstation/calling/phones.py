"""Phone numbers as reps receive them, read into E.164 with their kind, country and candidate time zones."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from callstation.calling.numbering import classify, is_country_code, zones_of
from callstation.errors import UserError
from db.vocabulary import NumberKind

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

DIAL_SCHEMES = ("tel", "sip", "callto")
_DIALABLE = re.compile(r"\+[1-9]\d{6,14}(;ext=\d{1,7})?")
_PLAIN = re.compile(r"\+?[\d ().\-]+")
_NOT_DIGITS = re.compile(r"\D+")
_WHOLE_FLOAT = re.compile(r"(\d{5,})[.,]0*")
_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)[eE]\+?(\d{1,2})")
_SEPARATORS = re.compile(r"\s*(?:[;,|\n\r]|\s/\s|/(?=\s*\+|\s*\(?\d{3})|\bor\b|\boder\b|&)\s*(?!ext)", re.IGNORECASE)
_EXTENSION_ONLY = re.compile(r"\s*(?:ext|x|#|extension|durchwahl)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """What a text turned out to be.

    ``e164`` is "" exactly if ``problem`` says why in words. ``region`` is the ISO country the number belongs to.
    ``zones`` are the IANA names of every zone it may ring in, sorted; () if that is not known (toll-free and the like).
    ``note`` says what was mended or left out on the way.
    """

    e164: str
    ext: str = ""
    kind: NumberKind = NumberKind.OTHER
    region: str = ""
    zones: tuple[str, ...] = ()
    problem: str | None = None
    note: str = ""


def read_number(text: str, region: str) -> ReadNumber:
    """Read one cell's text; ``region`` is the account's ISO country ("US"), "" if unknown. Never raises."""
    text = text.strip()
    if _PLAIN.fullmatch(text):
        quick = _read_plain(text, region)
        if quick is not None:
            return quick
    return _read_any(text[:200], region.upper())


def dial_uri(e164: str, ext: str | None = None, scheme: str = "tel") -> str:
    """The address handed to the phone program, rebuilt from a parsed number alone (trust.md, "Hostile data").

    Raises ``UserError`` for anything that is not a plain number: service codes such as ``*21*`` never pass.
    """
    if scheme not in DIAL_SCHEMES:
        raise UserError(
            "Unknown way to dial.", f"'{scheme}' is not one of {', '.join(DIAL_SCHEMES)}.", "Choose one in Settings."
        )
    number = f"{e164};ext={ext}" if ext else e164
    if not number.isascii() or not _DIALABLE.fullmatch(number):
        raise UserError(
            "This number cannot be dialled.", "It is not a complete international number.", "Correct it on the contact."
        )
    return f"{scheme}:{number}"


@lru_cache(maxsize=16384)
def show_number(e164: str, home_region: str = "") -> str:
    """The number for the screen: "+1 (617) 555-0142"; national form at home; text that is no number as it is."""
    import phonenumbers as lib

    try:
        number = lib.parse(e164, None)
    except lib.NumberParseException:
        return e164
    if number.country_code == 1:
        return f"+1 {lib.format_number(number, lib.PhoneNumberFormat.NATIONAL)}"
    is_home = home_region.upper() in lib.COUNTRY_CODE_TO_REGION_CODE.get(number.country_code or 0, ())
    style = lib.PhoneNumberFormat.NATIONAL if is_home else lib.PhoneNumberFormat.INTERNATIONAL
    return lib.format_number(number, style)


def _read_plain(text: str, region: str) -> ReadNumber | None:
    """The shapes most clean books hold, ``+<digits>`` and ten North American digits; None = take the long way."""
    digits = _NOT_DIGITS.sub("", text)
    if text[0] == "+":
        code = next((digits[:n] for n in (1, 2, 3) if digits and is_country_code(digits[:n])), "")
        national = digits[len(code) :]
        if not code or national[:1] in ("", "0") or "(0)" in text or _loses_digits(int(code), national):
            return None
    elif region in ("US", "CA") and (len(digits) == 10 or (len(digits) == 11 and digits[0] == "1")):
        code, national = "1", digits[-10:]
    else:
        return None
    return _classified(int(code), national, "", "")


@lru_cache(maxsize=512)
def _taken_off(code: int) -> re.Pattern[str] | None:
    """What the library takes off the front of a national number under this country code."""
    import phonenumbers as lib

    meta = lib.PhoneMetadata.metadata_for_region_or_calling_code(code, lib.region_code_for_country_code(code))
    prefix = meta.national_prefix_for_parsing if meta else None
    return re.compile(prefix) if prefix else None


def _loses_digits(code: int, national: str) -> bool:
    prefix = _taken_off(code)
    return prefix is not None and prefix.match(national) is not None


def _read_any(text: str, region: str) -> ReadNumber:
    if not any(char.isalnum() for char in text):
        return ReadNumber("", problem="There is no number here.")
    text, note, problem = _undo_spreadsheet(text)
    if problem:
        return ReadNumber("", problem=problem)
    first, rest = _first_of(text)
    if rest:
        note = f"Also in this cell: {rest}"
    read = _parsed(first, region, note)
    digits = _NOT_DIGITS.sub("", first)
    if read.problem and not first.startswith("+") and 11 <= len(digits) <= 15 and not digits.startswith("0"):
        abroad = _parsed(f"+{digits}", "", note or "Read as an international number without its +.")
        return read if abroad.problem else abroad
    return read


def _undo_spreadsheet(text: str) -> tuple[str, str, str]:
    """(text, note, problem) with what Excel did to a number column undone where no digit is lost."""
    whole = _WHOLE_FLOAT.fullmatch(text)
    if whole:
        return whole[1], "", ""
    science = _SCIENTIFIC.fullmatch(text)
    if not science:
        return text, "", ""
    digits, length = (science[1] + science[2]).rstrip("0"), int(science[3]) + 1
    if length <= 15 and len(science[1] + science[2]) >= length - 1 and len(digits) <= length:
        return digits.ljust(length, "0"), "The spreadsheet had turned the number into a figure.", ""
    return (
        text,
        "",
        (
            f"The spreadsheet has rounded this number to {text}; its last digits are gone. "
            "Export the column as text, or type the number."
        ),
    )


def _first_of(text: str) -> tuple[str, str]:
    """The first number of a cell and the words after it, split only where both sides look like numbers."""
    for cut in _SEPARATORS.finditer(text):
        before, after = text[: cut.start()], text[cut.end() :]
        if _digit_count(before) >= 6 and _digit_count(after) >= 6 and not _EXTENSION_ONLY.match(after):
            return before.strip(), after.strip()
    return text, ""


def _digit_count(text: str) -> int:
    return sum(char.isdigit() for char in text)


def _parsed(text: str, region: str, note: str) -> ReadNumber:
    import phonenumbers as lib

    try:
        number = lib.parse(text, region or None)
    except lib.NumberParseException as error:
        if error.error_type == lib.NumberParseException.INVALID_COUNTRY_CODE and not region:
            return ReadNumber(
                "", problem="The country is not known. Write the number with + and the country code.", note=note
            )
        return ReadNumber("", problem=_PARSE_PROBLEMS.get(error.error_type, "This is not a phone number."), note=note)
    national = lib.national_significant_number(number)
    read = _classified(number.country_code or 0, national, _extension(number), note)
    return read or ReadNumber("", problem=_why_invalid(number, region), note=note)


_PARSE_PROBLEMS = {
    0: "The country code does not exist.",
    2: "The number is too short.",
    3: "The number is too short.",
    4: "The number is too long.",
}
"""By ``NumberParseException`` error type: INVALID_COUNTRY_CODE, TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN, TOO_LONG."""


def _classified(code: int, national: str, ext: str, note: str) -> ReadNumber | None:
    region, kind = classify(code, national)
    if kind is None:
        return None
    e164 = f"+{code}{national}"
    return ReadNumber(e164, ext, kind, region, zones_of(e164, code, kind), note=note)


def _extension(number: "PhoneNumber") -> str:
    """The extension where it can be dialled (at most seven digits)."""
    ext = number.extension or ""
    return ext if ext.isascii() and ext.isdigit() and len(ext) <= 7 else ""


def _why_invalid(number: "PhoneNumber", region: str) -> str:
    import phonenumbers as lib

    reason = lib.is_possible_number_with_reason(number)
    if reason == lib.ValidationResult.TOO_SHORT:
        return "The number is too short. A leading zero or the area code may be missing."
    if reason == lib.ValidationResult.TOO_LONG:
        return "The number is too long."
    return f"No such number exists{f' in {region}' if region else ''}. Check the area code."
