"""Opportunities by their keys, as the table and the board show them: renewals and growth in one shape."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from callstation.clock import working_date
from callstation.quotes.money import in_base
from callstation.quotes.policy import rate_of
from callstation.quotes.reading import term_months
from callstation.renewals.categories import SUGGESTED
from callstation.renewals.completeness import Gap
from callstation.renewals.pipeline_sql import SIDES, Side, gap_sql
from callstation.renewals.rep_day import day_sql
from callstation.renewals.state import Key
from callstation.work import Work
from db.stored import from_micros, from_units
from db.vocabulary import ForecastCategory, GrowthKind, LossReason, QuoteStatus, RenewalStage

__all__ = ["Key", "PipelineRow", "pipeline_row", "pipeline_rows"]


@dataclass(frozen=True, slots=True)
class PipelineRow:
    """One opportunity."""

    key: Key
    kind: GrowthKind | None
    """None for a renewal."""
    account_id: int
    account: str
    segment: str
    target_id: int | None
    """Whom to call about it, where somebody is called for the account."""
    title: str
    """A renewal's products, a growth's own title."""
    number: str
    """The contract's; "" for growth."""
    families: tuple[str, ...]
    partner_id: int | None
    partner: str
    contact: str
    stage: RenewalStage
    category: ForecastCategory
    suggested: ForecastCategory
    """The category that its stage suggests."""
    is_picked: bool
    picked_by: str
    picked_at: datetime | None
    amount: Decimal | None
    currency: str
    base: Decimal | None
    """The amount in the own currency; None where there is no amount or no rate."""
    close_on: date
    """When the order is expected; of what is closed, the rep's day on which it was."""
    due_on: date
    next_step: str
    last_contact_at: datetime | None
    silent_days: int | None
    """Since the last two-way contact; None for never."""
    slips: int
    gaps: tuple[Gap, ...]
    quote_id: int | None
    """The newest quote with it."""
    quote: str
    quote_status: QuoteStatus | None
    closed_at: datetime | None
    loss_reason: LossReason | None
    competitor: str
    is_in_crm: bool
    term_months: Decimal | None
    """What growth's amount is for; None for a renewal, whose contract says it."""
    said_yes_at: datetime | None
    """The last call with a yes where that suggests more than the stage does: a commit."""
    accepted_at: datetime | None
    """The yes to its newest quote, likewise."""
    ordered_months: Decimal | None
    """What a renewal's amount is for, where its newest quote is accepted."""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


_SHARED = (
    "x.account_id, a.name, coalesce(a.segment, ''), x.stage, x.category, x.is_category_picked, x.picked_by, "
    "x.picked_at, x.amount, x.currency, coalesce(x.next_step, ''), x.slips, x.closed_at, x.loss_reason, "
    "coalesce(x.competitor, ''), x.crm_id NOT NULL"
)
_OF_RENEWAL = (
    "NULL, NULL, x.target_id, (SELECT c.name FROM call_target t JOIN contact c ON c.id = t.contact_id "
    "WHERE t.id = x.target_id), k.number, (SELECT json_group_array(DISTINCT p.name) FROM contract_line l "
    "JOIN product p ON p.id = l.product_id WHERE l.contract_id = k.id), (SELECT json_group_array(DISTINCT "
    "p.family) FROM contract_line l JOIN product p ON p.id = l.product_id WHERE l.contract_id = k.id)"
)
_OF_GROWTH = (
    "x.kind, x.term_months, (SELECT t.id FROM call_target t WHERE t.account_id = x.account_id), "
    "(SELECT c.name FROM contact c WHERE c.id = x.contact_id), '', json_array(x.title), "
    "json_array(nullif(x.family, ''))"
)
_YES = "x.stage = 'verbal_yes' AND x.category = 'commit' AND NOT x.is_category_picked"
_SAID_YES = (
    f"iif({_YES}, (SELECT max(y.happened_at) FROM activity y WHERE y.target_id = {{target}} AND y.kind = 'call' "
    f"AND y.disposition = 'verbal_yes'), NULL), iif({_YES} AND q.status = 'accepted', q.decided_at, NULL)"
)
_ORDERED = (
    "(SELECT min(l.starts_on) || ' ' || max(l.ends_on) FROM quote_line l WHERE l.quote_id = q.id "
    "AND l.renewal_id = x.id AND l.kind <> 'add_on' AND q.status = 'accepted' AND q.currency = x.currency)"
)
_OWN = {False: (_OF_RENEWAL, "JOIN contract k ON k.id = x.contract_id"), True: (_OF_GROWTH, "")}


def pipeline_rows(work: Work, keys: Sequence[Key]) -> list[PipelineRow]:
    """These opportunities in this order, some hundreds at most; what is gone is left out."""
    found: dict[Key, PipelineRow] = {}
    for side in SIDES:
        ids = [key.opportunity_id for key in keys if key.is_growth == side.is_growth]
        if ids:
            found |= {
                (row := _row(work, side, one)).key: row for one in work.rows(_sql(work, side), (json.dumps(ids),))
            }
    return [found[key] for key in keys if key in found]


def pipeline_row(work: Work, key: Key) -> PipelineRow | None:
    """One opportunity; None where it is gone."""
    return next(iter(pipeline_rows(work, [key])), None)


def _sql(work: Work, side: Side) -> str:
    own, join = _OWN[side.is_growth]
    gaps = gap_sql(work, side)
    target, ordered = ("NULL", "NULL") if side.is_growth else ("x.target_id", _ORDERED)
    missing = ", ".join(f"x.closed_at IS NULL AND {gaps[gap]}" for gap in Gap)
    return (
        f"SELECT x.id, {_SHARED}, {own}, {side.partner}, (SELECT p.name FROM account p WHERE p.id = {side.partner}), "
        f"iif(x.closed_at IS NULL, {side.expected}, {day_sql(work, 'x.closed_at')}), {side.due}, {side.contact_at}, "
        f"q.id, q.number, q.version, q.status, {_SAID_YES.format(target=target)}, {ordered}, "
        f"{missing} FROM {side.table} x JOIN account a ON a.id = x.account_id {join} "
        f"LEFT JOIN quote q ON q.id = {side.quote} WHERE x.id IN (SELECT value FROM json_each(?))"
    )


def _row(work: Work, side: Side, row: tuple[Any, ...]) -> PipelineRow:
    (opportunity_id, account_id, account, segment, stage, category, is_picked, picked_by, picked_at, units, currency,
     next_step, slips, closed_at, loss_reason, competitor, is_in_crm, kind, term, target_id, contact, number,
     titles, families, partner_id, partner, close_on, due_on, contact_at, quote_id, quote, version, status,
     said_yes_at, accepted_at, ordered, *missing) = row  # fmt: skip
    settings = work.settings
    amount, rate = None if units is None else from_units(units), rate_of(settings, currency)
    silent = None
    if contact_at is not None:
        day = working_date(from_micros(contact_at), settings.zone, settings.day_turns_at_hour)
        silent = (work.today - day).days
    return PipelineRow(
        Key(side.is_growth, opportunity_id), None if kind is None else GrowthKind(kind), account_id, account, segment,
        target_id, ", ".join(json.loads(titles)), number, tuple(one for one in json.loads(families) if one),
        partner_id, partner or "", contact or "", RenewalStage(stage), ForecastCategory(category),
        SUGGESTED[RenewalStage(stage)], bool(is_picked), picked_by, _moment(picked_at), amount, currency,
        None if amount is None or rate is None else in_base(amount, rate.rate, settings.currency),
        date.fromisoformat(close_on), date.fromisoformat(due_on), next_step, _moment(contact_at), silent, slips,
        tuple(gap for gap, is_missing in zip(Gap, missing, strict=True) if is_missing), quote_id,
        f"{quote} v{version}" if quote_id is not None else "", None if status is None else QuoteStatus(status),
        _moment(closed_at), None if loss_reason is None else LossReason(loss_reason), competitor, bool(is_in_crm),
        None if term is None else from_units(term), _moment(said_yes_at), _moment(accepted_at),
        None if ordered is None else term_months(*(date.fromisoformat(day) for day in ordered.split())),
    )  # fmt: skip


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
