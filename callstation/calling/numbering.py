"""What the numbering plan says of a number, from phonenumbers' tables compiled to one expression per country.

The library's own ``number_type`` runs a dozen expressions, twice for shared country codes; an import asks this for
100,000 numbers, so here each country's patterns are joined into one. A property test holds the two equal.
"""

import re
from functools import lru_cache

from db.vocabulary import NumberKind

_TESTED_FIRST = ("premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail")
_KINDS = {
    "toll_free": NumberKind.TOLL_FREE,
    "voip": NumberKind.VOIP,
    "fixed_line": NumberKind.FIXED,
    "mobile": NumberKind.MOBILE,
}


@lru_cache(maxsize=512)
def is_country_code(digits: str) -> bool:
    """Whether these digits are a country calling code in use."""
    import phonenumbers as lib

    return digits.isdigit() and digits[0] != "0" and int(digits) in lib.COUNTRY_CODE_TO_REGION_CODE


def classify(code: int, national: str) -> tuple[str, NumberKind | None]:
    """(ISO country, kind) of a national significant number under a country code; kind None = no such number.

    The same answer as ``phonenumbers.region_code_for_number`` and ``number_type``, with the types that matter here.
    """
    for region, leading, plan in _plans(code):
        if leading is not None and not leading.match(national):
            continue
        found = plan[0].fullmatch(national) if plan[1].fullmatch(national) else None
        if found is None:
            if leading is not None:
                return region, None
            continue
        name = found.lastgroup or ""
        if name == "fixed_line" and plan[2] is not None and plan[2].fullmatch(national):
            return region, NumberKind.FIXED_OR_MOBILE
        return region, _KINDS.get(name, NumberKind.OTHER)
    return "", None


def zones_of(e164: str, code: int, kind: NumberKind) -> tuple[str, ...]:
    """Every IANA zone the number may ring in; () for toll-free and the like, whose owner may sit anywhere.

    The longest known prefix decides, as in ``phonenumbers.timezone``; a VoIP number has its country's zones.
    """
    if kind in (NumberKind.TOLL_FREE, NumberKind.OTHER):
        return ()
    return _zones_by_prefix(str(code) if kind is NumberKind.VOIP else e164[1:10])


_Plan = tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str] | None]


@lru_cache(maxsize=512)
def _plans(code: int) -> tuple[tuple[str, re.Pattern[str] | None, _Plan], ...]:
    """Per country sharing the code: its leading digits, and its plan: all types in one, any number at all, mobiles."""
    import phonenumbers as lib

    plans = []
    regions = lib.COUNTRY_CODE_TO_REGION_CODE.get(code, ())
    for region in regions:
        meta = lib.PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        if meta is None or meta.general_desc is None:
            continue
        parts = [(name, _pattern(meta, name)) for name in (*_TESTED_FIRST, "fixed_line", "mobile")]
        every = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts if pattern) or r"(?!)")
        general = re.compile(meta.general_desc.national_number_pattern or r"(?!)")
        mobile = _pattern(meta, "fixed_line" if meta.same_mobile_and_fixed_line_pattern else "mobile")
        leading = re.compile(meta.leading_digits) if meta.leading_digits and len(regions) > 1 else None
        plans.append((region, leading, (every, general, re.compile(mobile) if mobile else None)))
    return tuple(plans)


def _pattern(meta: object, name: str) -> str:
    desc = getattr(meta, name)
    pattern = desc.national_number_pattern if desc is not None else None
    return "" if pattern in (None, "NA") else str(pattern)


@lru_cache(maxsize=65536)
def _zones_by_prefix(digits: str) -> tuple[str, ...]:
    from phonenumbers.tzdata import TIMEZONE_DATA

    for length in range(len(digits), 0, -1):
        zones = TIMEZONE_DATA.get(digits[:length])
        if zones:
            return tuple(zones)
    return ()
