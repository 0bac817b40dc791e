"""From when to when a contract renews: early, late, lapsed, and for how long."""

from datetime import date
from typing import NamedTuple

from callstation.quotes.months import day_after, months_later, term_end, whole_months
from callstation.quotes.worksheet import OwnedLine, Policy

USUAL_MONTHS = 12
_LONGEST_MONTHS = 120


class Start(NamedTuple):
    """When a renewal starts, and what its being late costs."""

    starts_on: date
    days_late: int
    """0 where the contract has not ended."""
    has_fee: bool
    """Ended longer ago than its vendor's grace days: the reinstatement fee is due."""


def last_term_months(line: OwnedLine) -> int:
    """The months of the running term, to the nearest; 12 where they are not known or no contract runs so long."""
    if line.starts_on is None:
        return USUAL_MONTHS
    months, rest = whole_months(line.starts_on, line.ends_on)
    nearest = months + (rest >= 15)
    return nearest if 1 <= nearest <= _LONGEST_MONTHS else USUAL_MONTHS


def grace_of(policy: Policy, vendor: str) -> int:
    """The days after a contract's end for which being late costs nothing, by its vendor."""
    return policy.grace_days.get(vendor, policy.grace_days.get("*", 0))


def start_of(line: OwnedLine, today: date, *, grace_days: int, is_backdated: bool) -> Start:
    """Where the new term of a line begins.

    An early renewal adds to the old end: the new term starts the day after it. A late one does too where the policy
    backdates, else it starts today; and today also where a backdated term would be over already. Within the vendor's
    grace days being late costs nothing, beyond them the reinstatement fee. Source: trade.md, Renewals.
    """
    follows_on = day_after(line.ends_on)
    late = max((today - line.ends_on).days, 0)
    if late == 0:
        return Start(follows_on, 0, False)
    still_runs = months_later(follows_on, last_term_months(line)) > today
    return Start(follows_on if is_backdated and still_runs else today, late, late > grace_days)


def renewed_until(starts_on: date, line: OwnedLine) -> date:
    """The end of a line's new term as long as its last one."""
    return term_end(starts_on, last_term_months(line))
