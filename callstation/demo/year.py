"""The practice book's year behind it: what was won and lost, the calls it took, growth and quotas; always the same."""

import random
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

from callstation.calling.outcomes import OUTCOMES, Reached
from callstation.demo.terms import PRODUCT_ROWS
from callstation.quotes.months import months_later
from callstation.renewals.fiscal import month_of
from callstation.renewals.opportunity import who
from callstation.renewals.quotas import set_quota
from callstation.work import Work
from db.nouns import Activity, Contract, ContractLine, Growth, Renewal
from db.vocabulary import (
    ActivityKind,
    ClosingStep,
    Disposition,
    ForecastCategory,
    GrowthKind,
    LossReason,
    PeriodKind,
    RenewalStage,
)

TERMS = 78
"""Contracts that ended in the last 400 days and were renewed under another number, or lost."""
MONTHLY_QUOTA, MONTHLY_GROWTH = Decimal(55_000), Decimal(5_000)
_LOSSES = (LossReason.PRICE, LossReason.BUDGET, LossReason.COMPETITOR, LossReason.NO_LONGER_USED,
           LossReason.UNRESPONSIVE)  # fmt: skip
_CALLS = (
    (Disposition.NO_ANSWER, 34, 0), (Disposition.LEFT_VOICEMAIL, 22, 50), (Disposition.GATEKEEPER, 9, 70),
    (Disposition.CALLBACK_AGREED, 12, 260), (Disposition.VERBAL_YES, 8, 420), (Disposition.ORDER_RECEIVED, 6, 300),
)  # fmt: skip
_KINDS = {GrowthKind.ADD_ON: "Archive for", GrowthKind.CROSS_SELL: "Endpoint protection for",
          GrowthKind.UPGRADE: "Bigger plan for"}  # fmt: skip
_STAGES = {
    RenewalStage.CONTACTED: ForecastCategory.PIPELINE, RenewalStage.QUOTED: ForecastCategory.BEST_CASE,
    RenewalStage.VERBAL_YES: ForecastCategory.MOST_LIKELY, RenewalStage.WON: ForecastCategory.CLOSED,
}  # fmt: skip


_NEXT = {
    0: "How much mail do they keep?", 1: "Show the console on Thursday", 2: "Order form for the bigger plan",
    5: "Plans side by side, seat by seat", 6: "PO number for the archive", 8: "Who else needs the bigger plan?",
    10: "Put it on the renewal's order", 13: "Price for 60 devices by Friday",
}  # fmt: skip
"""Growth's next step by its number; two thirds of what is open have one."""
_PICKS = {5: (ForecastCategory.MOST_LIKELY, 4), 10: (ForecastCategory.COMMIT, 1)}
"""The rep's category and how many days ago it was picked, by number."""
_SLIPS = {1: 1, 8: 2}
_THREE_YEARS = (7, 9)


def add_year(work: Work) -> None:
    """Write it into the practice book beside the forty customers, whose targets and queue it leaves as they are."""
    rng = random.Random(11)  # noqa: S311 - a made-up book
    accounts: list[tuple[int, str, str]] = [
        tuple(row)
        for row in work.rows(
            "SELECT a.id, a.name, k.currency FROM account a JOIN contract k ON k.account_id = a.id "
            "WHERE a.kind = 'customer' GROUP BY a.id ORDER BY a.id"
        )
    ]
    _terms(work, rng, accounts)
    _close(work)
    _calls(work, rng, [account_id for account_id, _, _ in accounts])
    _growth(work, rng, accounts)
    _quotas(work)


def _terms(work: Work, rng: random.Random, accounts: list[tuple[int, str, str]]) -> None:
    plans = [row for row in PRODUCT_ROWS if row[6] == "plan"]
    for number in range(TERMS):
        account_id, _, currency = accounts[number * 7 % len(accounts)]
        ago = 6 + number * 394 // TERMS + rng.randrange(4)
        due_on = work.today - timedelta(days=ago)
        product = rng.choice(plans)
        seats = rng.choice((10, 15, 25, 40, 60, 120)) if number % 9 else 25
        amount = Decimal(rng.choice((46, 78, 92, 118, 145)) * seats)
        contract_id = work.insert(
            Contract, uid=uuid4().hex, number=f"{product[3][:3].upper()}-{18_000 + 29 * number}", account_id=account_id,
            vendor=product[3], starts_on=due_on - timedelta(days=364), ends_on=due_on, value=amount, currency=currency,
            status="ended", created_at=work.now - timedelta(days=ago + 364),
        )  # fmt: skip
        work.insert(
            ContractLine, contract_id=contract_id, position=0, product_id=product[0], quantity=seats, value=amount
        )
        is_lost = number == 2 or (number % 9 == 0 and number > 0) or rng.random() < 0.03
        late = rng.choice((-42, -33, -21, -14, -9, -4, -1, 0, 3, 12)) if not is_lost else rng.choice((1, 4, 9))
        closed_ago = rng.randrange(1, 7) if number < 4 else max(1, ago - late)  # the last week has its moves
        share = Decimal(0) if is_lost else Decimal(rng.choice((88, 94, 100, 100, 103, 107))) / 100
        won = amount if is_lost else (amount * share).quantize(Decimal(1))
        work.insert(
            Renewal, uid=uuid4().hex, contract_id=contract_id, account_id=account_id, due_on=due_on, amount=won,
            currency=currency, quantity=seats, stage=RenewalStage.LOST if is_lost else RenewalStage.WON,
            category=ForecastCategory.OMITTED if is_lost else ForecastCategory.CLOSED,
            loss_reason=rng.choice(_LOSSES) if is_lost else None, closed_at=work.now - timedelta(days=closed_ago),
            last_contact_at=work.now - timedelta(days=closed_ago),
        )  # fmt: skip


def _close(work: Work) -> None:
    """Tick off every closing step of what was won: none of it is left to do."""
    steps = ", ".join(f"('{step.value}')" for step in ClosingStep)
    work.derive(
        f"""WITH steps(step) AS (VALUES {steps})
            INSERT INTO closing_mark (renewal_id, step, done_at, words)
            SELECT r.id, step, r.closed_at, iif(step = 'order_number', printf('PO-%06d', r.id), '')
            FROM renewal r JOIN contract k ON k.id = r.contract_id CROSS JOIN steps
            WHERE r.stage = 'won' AND k.status = 'ended'"""
    )


def _calls(work: Work, rng: random.Random, accounts: list[int]) -> None:
    """Calls of about thirteen months of working days, none of today; they belong to no target's count."""
    outcomes, weights = [one for one, _, _ in _CALLS], [weight for _, weight, _ in _CALLS]
    seconds = {one: length for one, _, length in _CALLS}
    zone = work.settings.zone
    for ago in range(1, 385):
        day = work.today - timedelta(days=ago)
        if day.weekday() > 4:
            continue
        for _ in range(rng.randrange(4, 9)):
            outcome = rng.choices(outcomes, weights)[0]
            at = datetime.combine(day, time(rng.randrange(9, 17), rng.randrange(60)), zone).astimezone(UTC)
            work.insert(
                Activity, uid=uuid4().hex, kind=ActivityKind.CALL, account_id=rng.choice(accounts), happened_at=at,
                happened_on=day, disposition=outcome, is_reached=OUTCOMES[outcome].reached is Reached.YES,
                duration_s=seconds[outcome] + rng.randrange(20), note="",
            )  # fmt: skip


def _growth(work: Work, rng: random.Random, accounts: list[tuple[int, str, str]]) -> None:
    stages = [*_STAGES] * 4
    for number, stage in enumerate(stages):
        account_id, name, currency = accounts[(number * 5 + 3) % len(accounts)]
        kind = [*_KINDS][number % len(_KINDS)]
        is_won, years = stage is RenewalStage.WON, 3 if number in _THREE_YEARS else 1
        category, picked_ago = _PICKS.get(number, (_STAGES[stage], None))
        picked = {} if picked_ago is None else {
            "is_category_picked": True, "picked_by": who(work), "picked_at": work.now - timedelta(days=picked_ago)
        }  # fmt: skip
        days = -(12 + 55 * (number // 4)) if is_won else 9 + 13 * (number // 2)
        work.insert(
            Growth, uid=uuid4().hex, kind=kind, account_id=account_id, title=f"{_KINDS[kind]} {name}", family="",
            quantity=rng.choice((10, 25, 60)), amount=years * Decimal(rng.choice((1_800, 2_400, 3_950, 6_200))),
            term_months=Decimal(12 * years), currency=currency, stage=stage, category=category,
            close_on=work.today + timedelta(days=days), next_step=_NEXT.get(number), slips=_SLIPS.get(number, 0),
            created_at=work.now - timedelta(days=70 + 55 * (number // 4)),
            closed_at=work.now + timedelta(days=days) if is_won else None, **picked,
        )  # fmt: skip


def _quotas(work: Work) -> None:
    """One for each month, from the last fiscal year to the end of the one after this; more before the year ends."""
    month = months_later(month_of(work.today), -14)
    for number in range(30):
        at: date = months_later(month, number)
        extra = Decimal("1.25") if at.month in (11, 12) else Decimal(1)
        set_quota(work, PeriodKind.MONTH, at, MONTHLY_QUOTA * extra)
        set_quota(work, PeriodKind.MONTH, at, MONTHLY_GROWTH * extra, is_growth=True)
