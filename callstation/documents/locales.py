"""In which language and on which paper a customer is written to."""

from functools import cache

ENGLISH = "en_US"
_GERMAN = frozenset({"DE", "AT", "CH", "LI"})
_FRENCH = frozenset({"FR", "LU", "MC"})
_LETTER_PAPER = frozenset({"US", "CA", "MX", "PH", "PR", "CL", "CO", "CR", "DO", "GT", "NI", "PA", "SV", "VE"})
"""Countries whose offices use Letter; CLDR, territory data "paper size"."""
_AMERICAN = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "UM"})
WRITTEN = ("en", "de", "fr")
"""The languages of the templates that the program ships."""


def locale_for(language: str | None, country: str | None) -> str:
    """The locale for an account: what it asked for, else its country's; English where we do not write its language.

    "de_AT" for language "de" and country AT; "en_GB" for English anywhere but North America.
    """
    asked = _read(language or "")
    region = (country or "").upper()
    if asked is not None:
        code, own_region = asked
        return _known(code, own_region or region)
    if region in _GERMAN:
        return _known("de", region)
    if region in _FRENCH:
        return _known("fr", region)
    return _known("en", region)


def paper_for(setting: str, country: str | None, locale: str) -> str:
    """ "A4" or "Letter", by the setting, else by the customer's country, else by the locale's."""
    if setting in ("A4", "Letter"):
        return setting
    region = (country or locale.partition("_")[2]).upper()
    return "Letter" if region in _LETTER_PAPER else "A4"


@cache
def _read(language: str) -> tuple[str, str] | None:
    """``("de", "AT")`` for "de_AT", "de-AT"; None for what is no locale."""
    parts = language.replace("-", "_").split("_")
    code, region = parts[0].lower(), parts[-1].upper() if len(parts) > 1 else ""
    if not (2 <= len(code) <= 3 and code.isascii() and code.isalpha()):
        return None
    return code, region if len(region) == 2 and region.isalpha() else ""


@cache
def _known(code: str, region: str) -> str:
    """The nearest locale that Babel knows."""
    from babel import Locale, UnknownLocaleError

    if code == "en":
        if region in _AMERICAN or not region:
            return ENGLISH
        return f"en_{region}" if region in ("CA", "AU", "NZ", "IE", "IN", "ZA", "SG") else "en_GB"
    for name in (f"{code}_{region}" if region else "", _HOMES.get(code, ""), code):
        if not name:
            continue
        try:
            Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
        return name
    return ENGLISH if region in _AMERICAN or not region else "en_GB"


_HOMES = {"de": "de_DE", "fr": "fr_FR"}
