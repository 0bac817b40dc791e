"""Worksheets for the pricing tests: one that says little, and all that Hypothesis can think of."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import ROUND_DOWN, Clamped, Context, Decimal, Inexact, Rounded, Subnormal, Underflow, localcontext
from typing import Any

from hypothesis import strategies as st

from callstation.quotes.worksheet import Break, Choices, Offer, OwnedLine, Policy, Worksheet
from db.vocabulary import ApprovalLevel, CoTermMethod, LineKind, Proration, QuoteOption

TODAY = date(2026, 11, 25)
CURRENCIES = ("USD", "EUR", "JPY", "KWD", "CLF", "XXX")


def owned(number: int = 1, **values: Any) -> OwnedLine:
    """One contract's only line: 10 units at 100.00 a year, through 2026."""
    usual: dict[str, Any] = {
        "key": f"c{number}.1", "renewal_id": number, "contract_number": f"C-{number}", "account_id": 1,
        "account": "Halden Robotics", "product_id": number, "product": f"Quillbase {number}", "sku": f"QB-{number}",
        "family": "Quillbase", "vendor": "Quillbase", "quantity": 10, "unit_list": Decimal(100), "plan_months": 12,
        "price_source": "list", "contracted": None, "line_uplift": None, "contract_uplift": None, "unit_cost": None,
        "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "paid": None,
    }  # fmt: skip
    return OwnedLine(**{**usual, **values})


def offered(product_id: int, replaces: str = "", **values: Any) -> Offer:
    """An upgrade of a line at 150.00 a year, or an add-on at 12.00 a year."""
    usual: dict[str, Any] = {
        "product_id": product_id, "product": f"Offer {product_id}", "sku": "", "family": "Quillbase",
        "kind": LineKind.UPGRADE if replaces else LineKind.ADD_ON, "replaces": replaces,
        "unit_list": Decimal(150 if replaces else 12), "plan_months": 12, "unit_cost": None, "why": "Next edition",
    }  # fmt: skip
    return Offer(**{**usual, **values})


def sheet_of(*lines: OwnedLine, offers: tuple[Offer, ...] = (), **values: Any) -> Worksheet:
    """A worksheet of these lines in USD, on 25 November 2026."""
    policy = values.pop("policy", Policy())
    usual: dict[str, Any] = {
        "target_id": 1, "account_id": 1, "account": "Halden Robotics", "contact_id": None, "contact": "",
        "is_partner": False, "currency": "USD", "base_currency": "USD", "rate": Decimal(1), "rate_on": None,
        "priced_on": TODAY, "left_out": (),
    }  # fmt: skip
    return Worksheet(**{**usual, **values}, lines=lines, offers=offers, policy=policy)


@contextmanager
def hostile() -> Iterator[None]:
    """A thread whose decimal context is three digits wide, rounds down and stops at everything inexact."""
    traps = [Inexact, Rounded, Subnormal, Underflow, Clamped]
    with localcontext(Context(prec=3, rounding=ROUND_DOWN, Emin=-5, Emax=5, capitals=0, clamp=1, traps=traps)):
        yield


days = st.one_of(
    st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=900)),
    st.sampled_from([date(2024, 2, 29), date(2027, 2, 28), date(2028, 2, 29), date(2026, 3, 29), date(2026, 10, 25)]),
)
far_days = st.one_of(days, st.dates(), st.sampled_from([date.min, date.max, TODAY]))
prices = st.decimals(0, 100_000, places=4)
shares = st.decimals(0, 1, places=4)
plans = st.sampled_from([1, 3, 6, 12, 24, 36])
breaks = st.lists(
    st.builds(Break, st.integers(1, 1000), prices, st.none() | prices), max_size=3, unique_by=lambda one: one[0]
).map(lambda found: tuple(sorted(found, key=lambda one: one.min_quantity)))


@st.composite
def lines(draw: st.DrawFn, number: int) -> OwnedLine:
    """Any line that a store could hold."""
    source = draw(st.sampled_from(["list", "contracted", "last_paid", "unknown"]))
    return owned(
        number,
        renewal_id=draw(st.sampled_from([None, number])),
        product_id=draw(st.integers(0, 5)),
        family=draw(st.sampled_from(["", "Quillbase", "Wayfold"])),
        vendor=draw(st.sampled_from(["", "Quillbase"])),
        quantity=draw(st.integers(0, 5000)),
        unit_list=Decimal(0) if source == "unknown" else draw(prices),
        plan_months=draw(plans),
        price_source=source,
        contracted=draw(prices) if source == "contracted" else None,
        line_uplift=draw(st.none() | shares),
        contract_uplift=draw(st.none() | shares),
        unit_cost=draw(st.none() | prices),
        starts_on=draw(st.none() | far_days),
        ends_on=draw(far_days),
        paid=draw(st.none() | st.decimals(0, 1_000_000, places=4)),
        breaks=draw(breaks) if source in ("list", "contracted") else (),
    )


policies = st.builds(
    Policy,
    proration=st.sampled_from(Proration),
    co_term=st.sampled_from(CoTermMethod),
    uplift=shares,
    reinstatement_fee=shares,
    is_backdated=st.booleans(),
    grace_days=st.sampled_from([{"*": 30}, {"Quillbase": 14, "*": 0}, {}]),
    floors=st.sampled_from([Policy().floors, {"Wayfold": (Decimal(0), Decimal("0.05"), Decimal("0.5"))}]),
    level=st.sampled_from(ApprovalLevel),
)


@st.composite
def worksheets(draw: st.DrawFn) -> Worksheet:
    """Any worksheet: no line, many, lapsed long ago, ending at the calendar's end, unknown prices and costs."""
    count = draw(st.integers(0, 4))
    owns = tuple(draw(lines(number)) for number in range(count))
    upgrades = [
        offered(50 + number, f"c{draw(st.integers(0, 5))}.1", unit_list=draw(prices), plan_months=draw(plans),
                breaks=draw(breaks))
        for number in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    add_ons = [
        offered(70 + number, unit_list=draw(prices), plan_months=draw(plans), unit_cost=draw(st.none() | prices),
                breaks=draw(breaks))
        for number in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    return sheet_of(
        *owns, offers=(*upgrades, *add_ons), currency=draw(st.sampled_from(CURRENCIES)), policy=draw(policies)
    )


keys = st.sampled_from(["c0.1", "c1.1", "c2.1", "c3.1", "a70", "a71", "c0.1>50", "c1.1>51", "gone"])
odd_numbers = st.one_of(shares, prices, st.decimals(allow_nan=True, allow_infinity=True))


@st.composite
def choices(draw: st.DrawFn, numbers: st.SearchStrategy[Decimal] = shares) -> Choices:
    """Anything a rep can choose; with ``odd_numbers`` also what nobody can."""
    return Choices(
        option=draw(st.sampled_from(QuoteOption)),
        quantities=draw(st.dictionaries(keys, st.integers(-5, 1_000_000), max_size=3)),
        discount=draw(numbers),
        discounts=draw(st.dictionaries(keys, numbers, max_size=3)),
        prices=draw(st.dictionaries(keys, st.one_of(numbers, prices), max_size=3)),
        add_ons=draw(st.dictionaries(st.sampled_from([70, 71, 99]), st.integers(-1, 10_000), max_size=2)),
        upgrades=draw(st.dictionaries(keys, st.integers(49, 53), max_size=2)),
        ends_on=draw(st.none() | far_days),
        reason=draw(st.text(max_size=5)),
        note=draw(st.text(max_size=5)),
    )
