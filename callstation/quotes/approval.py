"""Who may allow a discount: the floors by family against what each line gives away."""

from collections.abc import Iterable
from decimal import Decimal

from callstation.quotes.money import percent
from callstation.quotes.pricing import discount_of, factors_of
from callstation.quotes.worksheet import Approval, Policy, PricedLine
from db.vocabulary import ApprovalLevel

LEVELS = tuple(ApprovalLevel)
"""From the least that may be allowed to the most."""
_USUAL = Policy().floors["*"]


def floors_of(policy: Policy, family: str) -> tuple[Decimal, Decimal, Decimal]:
    """The discounts to which rep, lead and manager decide for a family, as shares."""
    return policy.floors.get(family) or policy.floors.get("*") or _USUAL


def level_for(discount: Decimal, floors: tuple[Decimal, Decimal, Decimal]) -> ApprovalLevel:
    """Who may allow a discount: the first whose floor it does not pass; the director has none."""
    passed = next((rank for rank, most in enumerate(floors) if discount <= most), len(floors))
    return LEVELS[passed]


def approve(lines: Iterable[PricedLine], policy: Policy) -> Approval:
    """Who may allow a quote: whoever may allow the discount of each of its lines.

    A line is measured by what it gives away (``pricing.discount_of``): its discount, or how far a typed price lies
    below the list. The words name the line that needs the most. Source: trade.md, Floors by family and rep level.
    """
    needed, worst, family, room = ApprovalLevel.REP, Decimal(0), "", None
    mine = LEVELS.index(policy.level)
    for line in lines:
        share = discount_of(factors_of(line)) if line.price_source == "typed" else line.discount
        floors = floors_of(policy, line.family)
        level = level_for(share, floors) if share else ApprovalLevel.REP
        if (LEVELS.index(level), share) > (LEVELS.index(needed), worst):
            needed, worst, family = level, share, line.family or line.product
        if share and mine < len(floors):
            room = floors[mine] if room is None else min(room, floors[mine])
    if LEVELS.index(needed) > mine:
        yours = percent(floors_of(policy, family)[mine])
        return Approval(needed, False, f"{percent(worst)} on {family} needs the {needed} ({yours} is yours).")
    if not worst:
        return Approval(needed, True, "No discount.")
    return Approval(needed, True, f"Within your {percent(room)}." if room is not None else "Yours to allow.")
