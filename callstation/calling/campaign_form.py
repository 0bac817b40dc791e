"""A campaign's filter as it is typed in a form: words in, the filter out, what is wrong beside its field."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from callstation.calling.campaign_filter import CampaignFilter, checked, condition
from callstation.errors import UserError
from callstation.settings import Settings
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import AccountKind, CampaignKind, RenewalStage

NUMBERS = ("expires_from_days", "expires_to_days", "not_called_days")
AMOUNTS = ("amount_from", "amount_to")
CODES = ("countries", "regions", "currencies")
NAMES = ("vendors", "products", "partner_ids")
WORDS = (*NUMBERS, *AMOUNTS, *CODES, *NAMES)
"""The fields that are typed; several codes or names are parted by semicolons."""

STARTS: Mapping[CampaignKind, CampaignFilter] = {
    CampaignKind.EXPIRING: CampaignFilter(expires_from_days=-30, expires_to_days=120),
    CampaignKind.PARTNER_CALL_DOWN: CampaignFilter(account_kind=AccountKind.PARTNER),
    CampaignKind.LAPSED_WIN_BACK: CampaignFilter(is_lapsed=True),
    CampaignKind.UPGRADE: CampaignFilter(expires_from_days=120, expires_to_days=365),
    CampaignKind.TOUCH_POINT: CampaignFilter(expires_from_days=120, not_called_days=90),
    CampaignKind.DATA_CLEAN_UP: CampaignFilter(has_data_gap=True),
}
"""The filter a new campaign of each kind starts with."""

_KNOWN = {
    "vendors": ("SELECT DISTINCT vendor, vendor FROM contract WHERE vendor IS NOT NULL", "vendor"),
    "products": ("SELECT DISTINCT name, name FROM product", "product"),
    "partner_ids": ("SELECT id, name FROM account WHERE kind = 'partner'", "partner"),
}


def count_matching(work: Work, saved: CampaignFilter) -> int:
    """How many call targets a filter finds today."""
    fits, values = condition(saved, work.today, to_micros(work.now))
    found: int = work.rows(
        f"SELECT count(*) FROM call_target t JOIN account a ON a.id = t.account_id WHERE {fits}", values
    )[0][0]
    return found


def words_of(work: Work, saved: CampaignFilter) -> dict[str, str]:
    """What each typed field shows, "" for a field that is not given."""
    said = {name: "" if getattr(saved, name) is None else str(getattr(saved, name)) for name in NUMBERS}
    said |= {name: _amount_words(getattr(saved, name), work.settings) for name in AMOUNTS}
    said |= {name: "; ".join(getattr(saved, name)) for name in (*CODES, "vendors", "products")}
    marks = ", ".join("?" * len(saved.partner_ids))
    partners = work.rows(f"SELECT name FROM account WHERE id IN ({marks}) ORDER BY name", saved.partner_ids)
    return said | {"partner_ids": "; ".join(name for (name,) in partners)}


def read_words(
    work: Work, typed: Mapping[str, str], *, account_kind: AccountKind | None = None,
    stages: tuple[RenewalStage, ...] = (), is_lapsed: bool = False, has_data_gap: bool = False,
) -> tuple[CampaignFilter | None, dict[str, UserError]]:  # fmt: skip
    """The filter of what is typed and chosen; None where a field cannot be read, with the problem by field."""
    found: dict[str, Any] = {}
    problems: dict[str, UserError] = {}

    def take(names: tuple[str, ...], read: Callable[[str, str], Any]) -> None:
        for name in names:
            try:
                found[name] = read(name, typed.get(name, "").strip())
            except UserError as error:
                problems[name] = error

    take(NUMBERS, lambda name, text: _days(text))
    take(AMOUNTS, lambda name, text: _amount(text, work.settings))
    take(CODES, _codes)
    take(NAMES, lambda name, text: _names(work, name, text))
    if problems:
        return None, problems
    saved = CampaignFilter(
        **found, account_kind=account_kind, stages=stages, is_lapsed=is_lapsed, has_data_gap=has_data_gap
    )
    try:
        return checked(saved), {}
    except UserError as error:
        return None, {"amount_from" if "amount" in error.title else "expires_from_days": error}


def _days(text: str) -> int | None:
    if not text:
        return None
    try:
        return int(text.replace("−", "-"))
    except ValueError as error:
        raise UserError(f"“{text}” is no number of days.", "", "Write a whole number, such as 90 or -30.") from error


def _amount(text: str, settings: Settings) -> Decimal | None:
    if not text:
        return None
    from babel.numbers import NumberFormatError, parse_decimal

    try:
        amount = parse_decimal(text, locale=settings.language, strict=True)
    except NumberFormatError as error:
        raise UserError(f"“{text}” is no amount.", "", "Write digits alone, such as 5000.") from error
    if not amount.is_finite() or abs(amount) >= 10**12:
        raise UserError(f"“{text}” is out of reach.", "", "Write a smaller amount.")
    return amount


def _amount_words(amount: Decimal | None, settings: Settings) -> str:
    if amount is None:
        return ""
    from babel.numbers import format_decimal

    return str(format_decimal(amount, locale=settings.language))


def _codes(name: str, text: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(part.upper() for part in re.split(r"[;,\s]+", text) if part))
    length, example = {"countries": (2, "US; DE"), "currencies": (3, "USD; EUR"), "regions": (0, "MA; TX")}[name]
    for code in codes:
        if length and not (len(code) == length and code.isascii() and code.isalpha()):
            raise UserError(f"“{code}” is no code of {length} letters.", "", f"Write such as {example}.")
    return codes


def _names(work: Work, name: str, text: str) -> tuple[Any, ...]:
    """The names as the book writes them, whatever their case; a partner by its id."""
    wanted = [part.strip() for part in text.split(";") if part.strip()]
    if not wanted:
        return ()
    sql, what = _KNOWN[name]
    known: dict[str, list[Any]] = {}
    for value, one in work.rows(sql):
        known.setdefault(one.casefold(), []).append(value)
    found: list[Any] = []
    for one in wanted:
        values = known.get(one.casefold())
        if values is None:
            near = next((key for key in known if one.casefold() in key), "")
            hint = f"Did you mean “{_as_written(work, sql, near)}”?" if near else "Part several names by semicolons."
            raise UserError(f"There is no {what} “{one}” in the book.", "", hint)
        found += values
    return tuple(dict.fromkeys(found))


def _as_written(work: Work, sql: str, key: str) -> str:
    return next((one for _, one in work.rows(sql) if one.casefold() == key), key)
