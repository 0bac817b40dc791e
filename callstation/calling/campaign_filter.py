"""The saved filter of a campaign: declared fields, kept as JSON, turned into SQL with every value bound."""

import json
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from callstation.errors import UserError
from db.stored import to_units
from db.vocabulary import AccountKind, RenewalStage

_DAY_US = 86_400_000_000
LONGEST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class CampaignFilter:
    """Which call targets a campaign calls; every field that is given must hold. Days count from the rep's date.

    The fields from ``expires_from_days`` to ``is_lapsed`` must hold for one and the same open renewal.
    """

    expires_from_days: int | None = None
    """The contract ends no earlier than in so many days; negative = has ended so many days ago."""
    expires_to_days: int | None = None
    partner_ids: tuple[int, ...] = ()
    """Sold through one of these partners."""
    vendors: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    """Product names."""
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    currencies: tuple[str, ...] = ()
    stages: tuple[RenewalStage, ...] = ()
    is_lapsed: bool = False
    """The contract has ended."""
    account_kind: AccountKind | None = None
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    not_called_days: int | None = None
    """Not called for at least so many days, or never."""
    has_data_gap: bool = False
    """No contact, no number, or only a dead one."""
    crm_campaign: str | None = None
    """People of the account are members of this campaign of the CRM (its id)."""


_NAMES = frozenset(item.name for item in fields(CampaignFilter))


def to_json(saved: CampaignFilter) -> str:
    """The filter as it is stored: only the fields that were given."""
    given = {item.name: getattr(saved, item.name) for item in fields(CampaignFilter)}
    kept = {name: value for name, value in given.items() if value is not None and value is not False and value != ()}
    return json.dumps(kept, default=str, ensure_ascii=False)


def from_json(text: str) -> CampaignFilter:
    """A stored filter. ``UserError`` where a field is unknown or holds what it cannot hold."""
    try:
        kept: dict[str, Any] = json.loads(text or "{}")
        unknown = set(kept) - _NAMES
        if unknown:
            raise ValueError(f"there is no field {', '.join(sorted(unknown))}")
        return checked(CampaignFilter(**{name: _read(name, value) for name, value in kept.items()}))
    except (ValueError, TypeError, AttributeError, InvalidOperation) as error:
        raise UserError(
            "The filter of this campaign cannot be read.", f"{error}.", "Open the campaign and save its filter anew."
        ) from error


def checked(saved: CampaignFilter) -> CampaignFilter:
    """The same filter. ``UserError`` where a range is upside down or a number of days is out of reach."""
    for name, low, high in (
        ("days to the end", saved.expires_from_days, saved.expires_to_days),
        ("amount", saved.amount_from, saved.amount_to),
    ):
        if low is not None and high is not None and low > high:
            raise UserError(f"The {name} cannot go from {low} to {high}.", "", "Put the smaller one first.")
    for days in (saved.expires_from_days, saved.expires_to_days, saved.not_called_days):
        if days is not None and abs(days) > LONGEST_DAYS:
            raise UserError(f"{days} days is too far away.", "", f"Stay within {LONGEST_DAYS} days.")
    return saved


def condition(saved: CampaignFilter, today: date, now_us: int) -> tuple[str, list[Any]]:
    """(SQL, values): a condition on ``t`` (call_target) and ``a`` (its account)."""
    parts, values = ["t.renewal_count > 0"], []
    renewal, renewal_values = renewal_condition(saved, today)
    if renewal:
        parts.append(
            "t.id IN (SELECT r.target_id FROM renewal r JOIN contract k ON k.id = r.contract_id "
            f"WHERE r.closed_at IS NULL AND {' AND '.join(renewal)})"
        )
        values += renewal_values
    person, person_values = person_condition(saved, now_us)
    return " AND ".join([*parts, *person]), [*values, *person_values]


def person_condition(saved: CampaignFilter, now_us: int) -> tuple[list[str], list[Any]]:
    """(SQL conditions, values) on ``t`` and ``a`` alone, whatever is up for renewal."""
    parts: list[str] = []
    values: list[Any] = []
    if saved.account_kind:
        # The plus keeps SQLite off the index on kind, which would walk half the book for every member.
        parts.append("+a.kind = ?")
        values.append(saved.account_kind.value)
    _add_in(parts, values, "a.country", saved.countries)
    _add_in(parts, values, "a.region", saved.regions)
    if saved.not_called_days is not None:
        parts.append("(t.last_called_at IS NULL OR t.last_called_at <= ?)")
        values.append(now_us - saved.not_called_days * _DAY_US)
    if saved.has_data_gap:
        parts.append(
            "(t.contact_id IS NULL OR t.phone_id IS NULL "
            "OR (SELECT p.status FROM phone p WHERE p.id = t.phone_id) = 'dead')"
        )
    if saved.crm_campaign:
        parts.append(
            "t.account_id IN (SELECT c.account_id FROM crm_record m JOIN contact c "
            "ON c.crm_id = json_extract(m.fields, '$.ContactId') "
            "WHERE m.sobject = 'CampaignMember' AND m.parent_id = ?)"
        )
        values.append(saved.crm_campaign)
    return parts, values


def renewal_condition(saved: CampaignFilter, today: date) -> tuple[list[str], list[Any]]:
    """(SQL conditions, values) on ``r`` (renewal) and ``k`` (its contract)."""
    parts: list[str] = []
    values: list[Any] = []
    for test, value in (
        ("r.due_on >= ?", _in_days(today, saved.expires_from_days)),
        ("r.due_on <= ?", _in_days(today, saved.expires_to_days)),
        ("r.due_on < ?", today.isoformat() if saved.is_lapsed else None),
        ("r.amount >= ?", None if saved.amount_from is None else to_units(saved.amount_from)),
        ("r.amount <= ?", None if saved.amount_to is None else to_units(saved.amount_to)),
    ):
        if value is not None:
            parts.append(test)
            values.append(value)
    _add_in(parts, values, "r.stage", tuple(stage.value for stage in saved.stages))
    _add_in(parts, values, "r.currency", saved.currencies)
    _add_in(parts, values, "k.partner_id", saved.partner_ids)
    _add_in(parts, values, "k.vendor", saved.vendors)
    if saved.products:
        marks = ", ".join("?" * len(saved.products))
        parts.append(
            "EXISTS (SELECT 1 FROM contract_line l JOIN product p ON p.id = l.product_id "
            f"WHERE l.contract_id = k.id AND p.name IN ({marks}))"
        )
        values += saved.products
    return parts, values


def _add_in(parts: list[str], values: list[Any], column: str, wanted: tuple[Any, ...]) -> None:
    if wanted:
        parts.append(f"{column} IN ({', '.join('?' * len(wanted))})")
        values += wanted


def _in_days(today: date, days: int | None) -> str | None:
    return None if days is None else (today + timedelta(days=days)).isoformat()


def _read(name: str, value: Any) -> Any:
    """One stored value as its field holds it."""
    if name in ("amount_from", "amount_to"):
        return Decimal(str(value))
    if name == "stages":
        return tuple(RenewalStage(item) for item in value)
    if name == "account_kind":
        return AccountKind(value)
    if name == "partner_ids":
        return tuple(int(item) for item in value)
    if name in ("vendors", "products", "currencies", "countries", "regions"):
        return tuple(str(item) for item in value)
    if name == "crm_campaign":
        return str(value)
    return bool(value) if name in ("is_lapsed", "has_data_gap") else int(value)
