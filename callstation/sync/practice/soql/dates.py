"""Date literals: which days TODAY, LAST_WEEK or NEXT_N_DAYS:7 mean, from a given day (UTC, weeks from Sunday)."""

from datetime import date, timedelta

from callstation.sync.practice.errors import OrgError


def span(word: str, today: date) -> tuple[date, date]:
    """First day and the day after the last. Raises MALFORMED_QUERY for an unknown word."""
    name, _, given = word.partition(":")
    count = int(given or 0)
    if name.startswith(("LAST_N_", "NEXT_N_")) and given and count > 0:
        unit, is_next = name[7:].removesuffix("S"), name.startswith("NEXT")
        if unit == "DAY":
            # The past days hold today, the coming ones begin tomorrow.
            return (today + timedelta(1), today + timedelta(count + 1)) if is_next else (
                today - timedelta(count), today + timedelta(1))  # fmt: skip
        start, end = _unit(unit, today, word)
        if is_next:
            return end, _step(unit, end, count)
        return _step(unit, start, -count), start
    if name in ("TODAY", "YESTERDAY", "TOMORROW"):
        day = today + timedelta({"TODAY": 0, "YESTERDAY": -1, "TOMORROW": 1}[name])
        return day, day + timedelta(1)
    if name in ("LAST_90_DAYS", "NEXT_90_DAYS"):
        return span(f"{name[:4]}_N_DAYS:90", today)
    which, _, unit = name.partition("_")
    if which not in ("THIS", "LAST", "NEXT") or given:
        raise _unknown(word)
    start, end = _unit(unit, today, word)
    if which == "LAST":
        return _step(unit, start, -1), start
    return (end, _step(unit, end, 1)) if which == "NEXT" else (start, end)


def _unit(unit: str, day: date, word: str) -> tuple[date, date]:
    if unit == "WEEK":
        start = day - timedelta((day.weekday() + 1) % 7)
    elif unit == "MONTH":
        start = day.replace(day=1)
    elif unit in ("QUARTER", "FISCAL_QUARTER"):
        start = day.replace(month=day.month - (day.month - 1) % 3, day=1)
    elif unit in ("YEAR", "FISCAL_YEAR"):
        start = day.replace(month=1, day=1)
    else:
        raise _unknown(word)
    return start, _step(unit, start, 1)


def _step(unit: str, start: date, count: int) -> date:
    if unit == "WEEK":
        return start + timedelta(7 * count)
    months = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}[unit.removeprefix("FISCAL_")] * count
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(min(max(years, 1), 9999), month + 1, 1)


def _unknown(word: str) -> OrgError:
    return OrgError("MALFORMED_QUERY", f"unexpected token: '{word}'")
