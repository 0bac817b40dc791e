"""What a quote is worked out from: what is owned now, what may be offered, the rules, and what the rep chose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from db.vocabulary import ApprovalLevel, CoTermMethod, LineKind, Proration, QuoteOption


class Break(NamedTuple):
    """What a unit costs by the list from a quantity on, for its line's ``plan_months``. A tuple: hashed at each key."""

    min_quantity: int
    amount: Decimal
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class OwnedLine:
    """One product that an account owns by one contract, with the price at which it renews. Shares: 0.05 for 5 %."""

    key: str
    """Stable for the contract line: "c12.1"."""
    renewal_id: int | None
    contract_number: str
    account_id: int
    account: str
    """The end customer."""
    product_id: int
    product: str
    sku: str
    family: str
    vendor: str
    quantity: int
    unit_list: Decimal
    """Per unit for ``plan_months``."""
    plan_months: int
    price_source: str
    """"list", "contracted", "last_paid" where the catalogue has no price, or "unknown" with a price of 0."""
    contracted: Decimal | None
    """Per unit for ``plan_months`` by agreement; renews instead of the list price."""
    line_uplift: Decimal | None
    contract_uplift: Decimal | None
    unit_cost: Decimal | None
    starts_on: date | None
    ends_on: date
    paid: Decimal | None
    """What the running term cost, for co-terming by price."""
    breaks: tuple[Break, ...] = ()
    """Where the list price depends on the quantity, ascending; ``unit_list`` and ``unit_cost`` are those of
    ``quantity``. Empty where one price holds for all."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An add-on, or an edition that an owned line can be upgraded to, from the catalogue."""

    product_id: int
    product: str
    sku: str
    family: str
    kind: LineKind
    """ADD_ON or UPGRADE."""
    replaces: str
    """The key of the line it is an upgrade of; "" for an add-on."""
    unit_list: Decimal
    plan_months: int
    unit_cost: Decimal | None
    why: str
    """In words: "Next edition of Quillbase"."""
    breaks: tuple[Break, ...] = ()
    """As on an owned line; ``unit_list`` is for as many units as ``catalogue.offers_for`` says."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of the settings, read; shares as fractions (0.1 for 10 %)."""

    proration: Proration = Proration.DAY_365
    co_term: CoTermMethod = CoTermMethod.BY_PRICE
    uplift: Decimal = Decimal(0)
    reinstatement_fee: Decimal = Decimal("0.10")
    is_backdated: bool = True
    """A late renewal starts the day after the old end; else today."""
    grace_days: Mapping[str, int] = field(default_factory=lambda: {"*": 30})
    """Vendor to days; "*" for all others."""
    floors: Mapping[str, tuple[Decimal, Decimal, Decimal]] = field(
        default_factory=lambda: {"*": (Decimal("0.10"), Decimal("0.20"), Decimal("0.40"))}
    )
    """Family to the discounts to which rep, lead and manager decide; "*" for all others."""
    level: ApprovalLevel = ApprovalLevel.REP
    """What the rep may allow."""
    valid_days: int = 30


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Everything a quote of one call target is worked out from; read once, computed on at every key press."""

    target_id: int
    account_id: int
    account: str
    contact_id: int | None
    contact: str
    is_partner: bool
    currency: str
    base_currency: str
    rate: Decimal | None
    """Units of ``base_currency`` for one of ``currency``; None where the settings have none."""
    rate_on: date | None
    priced_on: date
    """Today: prices and holdings are those of this day."""
    lines: tuple[OwnedLine, ...]
    """The contract that ends first on top; those in other currencies are left out."""
    left_out: tuple[str, ...]
    """Why lines are not here, in words: "C-1003 is in EUR"."""
    offers: tuple[Offer, ...]
    policy: Policy


@dataclass(frozen=True, slots=True)
class Choices:
    """What the rep set on the worksheet; what is not named stays as it is owned. JSON by ``as_json``/``from_json``."""

    option: QuoteOption = QuoteOption.AS_IS
    quantities: Mapping[str, int] = field(default_factory=dict)
    """Line key to units; 0 leaves the line out."""
    discount: Decimal = Decimal(0)
    """On every line without its own; a share."""
    discounts: Mapping[str, Decimal] = field(default_factory=dict)
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    """Line key to a typed unit price for ``plan_months``, where the catalogue has none or the rep knows better.

    An upgraded line is priced under ``option_lines.price_key(line)``: its new product's price is not the old one's.
    """
    add_ons: Mapping[int, int] = field(default_factory=dict)
    """Product id to units; the line of product 77 has the key "a77"."""
    upgrades: Mapping[str, int] = field(default_factory=dict)
    """Line key to the product it is upgraded to (option UPGRADE); unnamed lines take their first offer."""
    ends_on: date | None = None
    """A typed term end for CO_TERM."""
    reason: str = ""
    """Why the discount."""
    note: str = ""
    """Words for the customer."""


@dataclass(frozen=True, slots=True)
class SumStep:
    """One step of a price: "x 1.05 uplift" and what it comes to (unrounded until the last step of a line)."""

    words: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line of an option with every factor of its price."""

    key: str
    kind: LineKind
    renewal_id: int | None
    product_id: int
    product: str
    sku: str
    family: str
    end_customer: str
    quantity: int
    unit_list: Decimal
    plan_months: int
    price_source: str
    contracted: Decimal | None
    """What a unit costs instead of ``unit_list``: contracted, typed, or ("last_paid") as it was paid, per plan."""
    uplift: Decimal
    discount: Decimal
    multiplier: tuple[int, int]
    """The prorate multiplier as a fraction."""
    multiplier_words: str
    """"730 of 365 days"."""
    unit_cost: Decimal | None
    fee: Decimal
    starts_on: date
    ends_on: date
    list_amount: Decimal
    """Quantity x list x multiplier, rounded like ``amount``."""
    amount: Decimal
    """Rounded half-up to the currency's minor unit, fee included."""
    cost: Decimal | None
    steps: tuple[SumStep, ...]


@dataclass(frozen=True, slots=True)
class Approval:
    """Who may allow a discount, and whether the rep may."""

    level: ApprovalLevel
    is_within: bool
    words: str
    """"14.2 % on Quillbase needs the lead (10 % is yours)." or "Within your 10 %."."""


@dataclass(frozen=True, slots=True)
class OptionView:
    """One way to renew, worked out."""

    option: QuoteOption
    title: str
    about: str
    """One sentence: "Each contract renews for its own year.\""""
    lines: tuple[PricedLine, ...]
    list_total: Decimal
    total: Decimal
    discount_total: Decimal
    """What the discounts took off."""
    discount: Decimal
    """As a share of the price before discounts."""
    growth: Decimal
    """The part of ``total`` that is add-ons, and what upgraded lines come to above renewing as they are."""
    cost_total: Decimal | None
    """None as soon as one line's cost is unknown."""
    margin: Decimal | None
    """(total - cost)/total; None where unknown, never 100 % for want of a cost."""
    per_seat_month: Decimal | None
    starts_on: date | None
    ends_on: date | None
    approval: Approval
    problems: tuple[str, ...]
    """Why it cannot be quoted as it stands, in words: "No price is known for Quillbase Scale."; empty where it can."""
