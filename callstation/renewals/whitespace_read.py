"""What the whitespace grid is judged by: the families, what each account holds, who sells what, which segment owns."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from callstation.quotes.months import months_later
from callstation.renewals.rep_day import day_sql
from callstation.renewals.whitespace_rules import Account, Family, Held, Mark, Segment
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import WhitespaceState

RENEWED_DAYS = 366
"""A renewal that was won keeps its contract running for a year, until the new one comes in."""
_FAMILIES = """
    SELECT family, group_concat(DISTINCT vendor), min(kind) = 'add_on' AND max(kind) = 'add_on' FROM product
    WHERE coalesce(family, '') <> '' GROUP BY family ORDER BY family COLLATE NOCASE, family"""
_HELD = """
    SELECT k.account_id, p.family, k.ends_on, k.ends_on >= ?1 OR (r.stage = 'won' AND k.ends_on >= ?2),
           CASE WHEN r.stage IN ('lost', 'lapsed') OR r.closed_at IS NULL THEN coalesce(r.competitor, '') ELSE '' END,
           coalesce(p.vendor, ''), p.kind, k.partner_id
    FROM contract k JOIN contract_line l ON l.contract_id = k.id JOIN product p ON p.id = l.product_id
    LEFT JOIN renewal r ON r.id = (SELECT max(n.id) FROM renewal n WHERE n.contract_id = k.id)
    WHERE coalesce(p.family, '') <> '' {which}"""
_WON = """
    SELECT w.account_id, w.family, {day}, w.term_months FROM growth w WHERE w.stage = 'won' AND w.family <> ''
    AND w.account_id IN (SELECT value FROM json_each(?))"""


@dataclass(frozen=True, slots=True)
class Market:
    """What holds for all accounts; read once for many windows of the grid."""

    families: tuple[Family, ...]
    """By name."""
    segments: Mapping[str, Segment]
    sold: Mapping[int, Mapping[str, frozenset[int]]]
    """Partner to family to the customers it sells it to."""
    partners: Mapping[int, str]
    """Their names."""


def read_market(work: Work) -> Market:
    """The families of the catalogue, with what partners sell and segments own."""
    families = tuple(
        Family(name, frozenset(one for one in (vendors or "").split(",") if one), bool(is_add_on))
        for name, vendors, is_add_on in work.rows(_FAMILIES)
    )
    of: dict[int, str] = {}
    customers: dict[str, int] = defaultdict(int)
    for account_id, segment in work.rows("SELECT id, coalesce(segment, '') FROM account WHERE kind = 'customer'"):
        of[account_id] = segment
        customers[segment] += bool(segment)
    owners: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    sold: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    running = _HELD.format(which="AND k.ends_on >= ?1")
    for account_id, family, _, _, _, _, _, partner_id in work.rows(running, _days(work)):
        if of.get(account_id):
            owners[of[account_id]][family].add(account_id)
        if partner_id is not None:
            sold[partner_id][family].add(account_id)
    segments = {
        segment: Segment(many, {family: len(ids) for family, ids in owners[segment].items()})
        for segment, many in customers.items()
    }
    frozen = {partner: {family: frozenset(ids) for family, ids in some.items()} for partner, some in sold.items()}
    names = work.rows(
        "SELECT id, name FROM account WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(frozen)),)
    )
    return Market(families, segments, frozen, dict(names))


def read_accounts(work: Work, market: Market, account_ids: Sequence[int]) -> dict[int, Account]:
    """What the rules look at of these accounts."""
    ids = json.dumps(list(account_ids))
    held: dict[int, dict[str, Held]] = {one: {} for one in account_ids}
    vendors: dict[int, dict[str, str]] = {one: {} for one in account_ids}
    partners: dict[int, tuple[str, int]] = {}
    which = "AND k.account_id IN (SELECT value FROM json_each(?3)) ORDER BY k.ends_on, k.id"
    for account_id, family, ends, is_running, competitor, vendor, kind, partner_id in work.rows(
        _HELD.format(which=which), (*_days(work), ids)
    ):
        before = held[account_id].get(family)
        held[account_id][family] = Held(
            date.fromisoformat(ends), bool(is_running) or (before is not None and before.is_running), competitor
        )
        if is_running and vendor and kind == "plan":
            vendors[account_id][vendor] = family
        if partner_id is not None:
            partners[account_id] = (ends, partner_id)
    for account_id, family, won_on, term in work.rows(_WON.format(day=day_sql(work, "w.closed_at")), (ids,)):
        ends_on = months_later(date.fromisoformat(won_on), ceil(from_units(term)))
        known = held[account_id].get(family)
        if ends_on >= work.today and (known is None or not known.is_running):  # until its contract comes in
            held[account_id][family] = Held(ends_on, is_running=True)
    names = dict(
        work.rows(
            "SELECT id, name FROM account WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([partner_id for _, partner_id in partners.values()]),),
        )
    )
    segments = work.rows("SELECT id, segment FROM account WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    return {
        account_id: Account(
            segment or "", *_partner(market, partners.get(account_id), names, account_id), held[account_id],
            vendors[account_id],
        )
        for account_id, segment in segments
    }  # fmt: skip


def read_marks(work: Work, account_ids: Iterable[int]) -> dict[tuple[int, str], Mark]:
    """What the rep marked of these accounts, by account and family."""
    return {
        (account_id, family): Mark(WhitespaceState(state), words)
        for account_id, family, state, words in work.rows(
            "SELECT account_id, family, state, words FROM whitespace_mark "
            "WHERE account_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(account_ids)),),
        )
    }


def _partner(
    market: Market, found: tuple[str, int] | None, names: Mapping[int, str], account_id: int
) -> tuple[str, Mapping[str, int]]:
    """Whoever sold the contract that ends last, and what he sells to how many others."""
    if found is None:
        return "", {}
    sold = market.sold.get(found[1], {})
    others = {family: len(ids - {account_id}) for family, ids in sold.items()}
    return names.get(found[1], ""), others


def _days(work: Work) -> tuple[str, str]:
    return work.today.isoformat(), (work.today - timedelta(days=RENEWED_DAYS)).isoformat()
