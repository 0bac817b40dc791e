"""How an account stands to a product family, and why: owned, expired, with a competitor, eligible, not eligible."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from callstation.calling.clock_words import date_words
from db.vocabulary import WhitespaceState

LEAST_OWNERS, LEAST_SHARE = 3, 0.2
"""A segment speaks for a family where at least so many of its customers own it, and such a share of them."""


@dataclass(frozen=True, slots=True)
class Family:
    """A product family as the catalogue has it."""

    name: str
    vendors: frozenset[str]
    is_add_on: bool
    """All its products stand beside a plan."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an account has, or had, of one family: the last end of its contracts, and whether one runs."""

    ends_on: date
    is_running: bool
    competitor: str = ""
    """Whoever it was lost to."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the rep knows: ``COMPETITOR`` with a name, or ``NOT_ELIGIBLE`` with a reason."""

    state: WhitespaceState
    words: str


@dataclass(frozen=True, slots=True)
class Account:
    """What the rules look at of an account. ``held`` by family."""

    segment: str
    partner: str
    """Who sells to it; "" for nobody."""
    sold_by_partner: Mapping[str, int]
    """Family to how many other customers its partner sells it to."""
    held: Mapping[str, Held]
    vendors: Mapping[str, str]
    """Vendor to the family of a plan of it that runs here."""


@dataclass(frozen=True, slots=True)
class Segment:
    """How many customers a segment has, and how many of them own each family."""

    customers: int
    owners: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an account stands to a family; ``state`` None where nothing speaks for it."""

    state: WhitespaceState | None
    reason: str
    """"Owns Workspace of Quillbase, not this."; "" where nothing is known."""


def judge(family: Family, account: Account, mark: Mark | None, segment: Segment | None) -> Verdict:
    """What is owned is a fact; then what the rep marked, whom it was lost to, what ended, and what speaks for it."""
    held = account.held.get(family.name)
    if held is not None and held.is_running:
        return Verdict(WhitespaceState.OWNED, f"Owned until {date_words(held.ends_on)}.")
    if mark is not None:
        default = "A competitor has it" if mark.state is WhitespaceState.COMPETITOR else "Marked as not eligible"
        return Verdict(mark.state, f"{mark.words or default}.".replace("..", "."))
    if held is not None and held.competitor:
        return Verdict(WhitespaceState.COMPETITOR, f"Lost to {held.competitor}.")
    if held is not None:
        return Verdict(WhitespaceState.EXPIRED, f"Ended {date_words(held.ends_on)}.")
    reason = _reason(family, account, segment)
    return Verdict(WhitespaceState.ELIGIBLE if reason else None, reason)


def _reason(family: Family, account: Account, segment: Segment | None) -> str:
    """The strongest reason for a family, "" for none."""
    known = next((vendor for vendor in sorted(family.vendors) if vendor in account.vendors), "")
    if family.is_add_on:  # beside a plan of its vendor, or not at all
        return f"Goes with {account.vendors[known]} of {known}." if known else ""
    if known:
        return f"Owns {account.vendors[known]} of {known}, not this."
    others = account.sold_by_partner.get(family.name, 0)
    if others:
        return f"{account.partner} sells it to {others:,} other{'' if others == 1 else 's'}."
    owners = segment.owners.get(family.name, 0) if segment is not None else 0
    if segment is not None and owners >= LEAST_OWNERS and owners >= segment.customers * LEAST_SHARE:
        return f"{owners:,} of {segment.customers:,} {account.segment} customers own it."
    return ""
