"""Made-up products, contracts with their lines, and the renewals they lead to."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from callstation.demo.companies import Companies
from callstation.demo.places import CURRENCIES
from callstation.demo.words import ADD_ONS, DISTRIBUTORS, PRODUCTS

Row = tuple[Any, ...]

STAGES_BY_DAYS_LEFT: tuple[tuple[int, dict[str, int]], ...] = (
    (-1, {"lapsed": 55, "contacted": 15, "quoted": 15, "order_promised": 10, "at_risk": 5}),
    (14, {"not_started": 10, "contacted": 25, "quoted": 30, "verbal_yes": 15, "order_promised": 12, "at_risk": 8}),
    (45, {"not_started": 30, "contacted": 30, "quoted": 25, "verbal_yes": 8, "order_promised": 2, "at_risk": 5}),
    (120, {"not_started": 60, "contacted": 28, "quoted": 10, "at_risk": 2}),
    (400, {"not_started": 96, "contacted": 4}),
)
CATEGORIES = {
    "not_started": "pipeline", "contacted": "pipeline", "quoted": "best_case", "verbal_yes": "most_likely",
    "order_promised": "commit", "at_risk": "pipeline", "won": "closed", "lost": "omitted", "lapsed": "omitted",
}  # fmt: skip
LOSS_REASONS = ("price", "budget", "competitor", "no_longer_used", "unresponsive")


@dataclass(slots=True)
class Terms:
    """Rows of stored values for contract, contract_line and renewal."""

    contracts: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    renewals: list[Row] = field(default_factory=list)


PRODUCT_ROWS: list[Row] = [
    (number, name, name.lower(), vendor, family, sku, "add_on" if family == "Add-on" else "plan")
    for number, (vendor, family, name, sku, _) in enumerate(
        [*PRODUCTS, *((vendor, "Add-on", f"{vendor} {name}", None, 0)
                      for vendor in sorted({row[0] for row in PRODUCTS}) for name, _ in ADD_ONS)], start=1)
]  # fmt: skip
_ADD_ON_IDS = {(row[3], row[1].removeprefix(f"{row[3]} ")): row[0] for row in PRODUCT_ROWS if row[4] == "Add-on"}
PRODUCT_COLUMNS = "id, name, name_key, vendor, family, sku, kind"
CONTRACT_COLUMNS = (
    "id, uid, number, account_id, partner_id, distributor, vendor, starts_on, ends_on, value, currency, status, "
    "created_at"
)
LINE_COLUMNS = "id, contract_id, position, product_id, quantity, value"
RENEWAL_COLUMNS = (
    "id, uid, contract_id, account_id, due_on, amount, currency, quantity, stage, category, is_category_picked, "
    "loss_reason, closed_at"
)


def make_terms(
    rng: random.Random, companies: Companies, open_renewals: int, today: date, made_at: int,
    uid: Callable[[str, int], str],
) -> Terms:  # fmt: skip
    """Exactly ``open_renewals`` open ones, due -60 to +360 days from ``today``; one in four has last year's as well."""
    made = Terms()
    first, last = companies.first_customer, len(companies.accounts)
    partners: dict[str, list[int]] = {}
    for partner_id in range(1, first):
        partners.setdefault(companies.cities[partner_id - 1].country, []).append(partner_id)
    left = open_renewals
    partner_of: dict[int, int | None] = {}
    account_id = first
    while left:
        if account_id not in partner_of:
            near = partners.get(companies.cities[account_id - 1].country, [])
            # Partners differ in size: squaring favours the first ones.
            via = near[int(len(near) * rng.random() ** 2)] if near and rng.random() < 0.4 else None
            partner_of[account_id] = via
        days = _days_left(rng, today)
        for _ in range(1 + (rng.random() < 0.18)):  # some have two contracts that end together
            if left:
                _add_contract(rng, made, companies, account_id, partner_of[account_id], today, days, made_at, uid)
                left -= 1
        if rng.random() < 0.6 or account_id < first:
            account_id = account_id + 1 if account_id < last else first
    return made


def _add_contract(
    rng: random.Random, made: Terms, companies: Companies, account_id: int, partner_id: int | None, today: date,
    days: int, made_at: int, uid: Callable[[str, int], str],
) -> None:  # fmt: skip
    number = len(made.contracts) + 1
    which = rng.randrange(len(PRODUCTS))
    vendor, _, _, _, list_price = PRODUCTS[which]
    seats = max(5, round(rng.lognormvariate(4.2, 0.95)))
    paid = round(seats * list_price * (1 - min(0.32, 0.04 * math.log10(seats) + rng.choice((0, 0, 0.05, 0.1)))))
    currency = CURRENCIES[companies.cities[account_id - 1].country]
    ends_on = today + timedelta(days=days)
    starts_on = ends_on - timedelta(days=364 if rng.random() < 0.85 else 1094)
    contract_no = f"{vendor[:3].upper()}-{240_000 + number:07d}"
    distributor = rng.choice(DISTRIBUTORS) if partner_id else None
    lines = [(which + 1, seats, paid)]
    if rng.random() < 0.3:
        add_on, share = rng.choice(ADD_ONS)
        lines.append((_ADD_ON_IDS[vendor, add_on], seats, round(paid * share)))
    value = sum(line[2] for line in lines) * 10_000

    def add(
        ends: date, starts: date, amount: int, stage: str, closed_at: int | None, loss: str | None, end: str
    ) -> None:
        contract_id = len(made.contracts) + 1
        made.contracts.append((
            contract_id, uid("k", contract_id), contract_no + end, account_id, partner_id, distributor, vendor,
            starts.isoformat(), ends.isoformat(), amount, currency, "active" if closed_at is None else "ended", made_at,
        ))  # fmt: skip
        for position, (product_id, quantity, price) in enumerate(lines):
            made.lines.append((len(made.lines) + 1, contract_id, position, product_id, quantity, price * 10_000))
        renewal_id = len(made.renewals) + 1
        made.renewals.append((
            renewal_id, uid("r", renewal_id), contract_id, account_id, ends.isoformat(), amount, currency, seats, stage,
            CATEGORIES[stage], 0, loss, closed_at,
        ))  # fmt: skip

    weights = next(table for limit, table in STAGES_BY_DAYS_LEFT if days <= limit)
    add(ends_on, starts_on, value, rng.choices(list(weights), list(weights.values()))[0], None, None, "")
    if rng.random() < 0.25:
        ended_on = starts_on - timedelta(days=1)
        closed_at = made_at - ((today - ended_on).days + rng.randrange(20)) * 86_400_000_000
        is_lost = rng.random() < 0.08
        loss = rng.choice(LOSS_REASONS) if is_lost else None
        before = round(value * rng.uniform(0.85, 1.02) / 10_000) * 10_000
        add(ended_on, ended_on - timedelta(days=364), before, "lost" if is_lost else "won", closed_at, loss, "-P")


def _days_left(rng: random.Random, today: date) -> int:
    """-60..360, every third at the end of its month, where contracts like to end."""
    days = rng.randint(-60, 360)
    if rng.random() < 0.33:
        there = today + timedelta(days=days)
        ends = (there.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        days = min(360, (ends - today).days)
    return days
