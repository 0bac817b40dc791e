"""Generated pipelines: the same opportunities as rows of a store and as plain objects that a test can look through."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from callstation.accounts.names import MAIN_LINE
from callstation.renewals.completeness import Gap
from callstation.renewals.pipeline_filter import Filter, Standing
from callstation.work import Work
from db.nouns import CallTarget, ContractLine, Growth, Product, Renewal
from db.vocabulary import AccountKind, ActivityKind, ForecastCategory, GrowthKind, RenewalStage, TargetState
from tests import factories

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("America/New_York")
RATES = {"USD": Decimal(1), "EUR": Decimal("1.08"), "GBP": Decimal("1.27")}
RATE_LINES = "EUR: 1.08, 2026-11-20\nGBP: 1.27, 2026-11-20"
NAMES = ("Halden Robotics", "Orchard & Vine", "Zephyr Mills")
PARTNERS = ("Northgate", "Alder IT")
FIRST_PARTNER, FIRST_ACCOUNT = 1, 3
"""The ids that ``write`` gives, one after another."""
FAMILIES = ("Mail", "Backup", "")
SEGMENTS = ("small", "mid-market", None)


@dataclass(frozen=True)
class Person:
    """Who is called at an account, and when it was last told of."""

    kind: str
    """"named", "left", "main line" or "nobody"."""
    noted_days: int | None
    is_note_kept: bool
    """The note has words."""
    reached_days: int | None


@dataclass(frozen=True)
class Made:
    """One opportunity as it was generated."""

    is_growth: bool
    account: int
    stage: RenewalStage
    category: ForecastCategory
    amount: Decimal | None
    currency: str
    due_days: int
    close_days: int | None
    closed_hours: int | None
    """Hours before now; None while it is open."""
    contact_days: int | None
    slips: int
    next_step: str | None
    partner: int | None
    family: str
    has_contact: bool

    @property
    def is_open(self) -> bool:
        return self.closed_hours is None

    def closed_at(self, now: datetime) -> datetime | None:
        return None if self.closed_hours is None else now - timedelta(hours=self.closed_hours)

    def close_on(self, now: datetime) -> date:
        closed_at = self.closed_at(now)
        if closed_at is not None:
            return rep_day(closed_at)
        days = self.due_days if self.close_days is None else self.close_days
        return TODAY + timedelta(days=days)


@dataclass(frozen=True)
class Book:
    """What one example is made of."""

    people: tuple[Person, ...]
    made: tuple[Made, ...]


def rep_day(at: datetime) -> date:
    """The rep's day, which turns at four."""
    local = at.astimezone(ZONE).replace(tzinfo=None)
    return (local - timedelta(hours=4)).date()


def contact_at(book: Book, one: Made, now: datetime) -> datetime | None:
    """When somebody last talked about it."""
    said = [now - timedelta(days=days) for days in (one.contact_days,) if days is not None]
    reached = book.people[one.account].reached_days
    if one.is_growth and reached is not None:
        said.append(now - timedelta(days=reached))
    return max(said, default=None)


def gaps_of(book: Book, one: Made, now: datetime) -> tuple[Gap, ...]:
    """What is missing, told from the objects alone."""
    if not one.is_open:
        return ()
    person, talked = book.people[one.account], contact_at(book, one, now)
    is_named = one.has_contact if one.is_growth else person.kind == "named"
    told = [] if talked is None else [rep_day(talked)]
    if person.noted_days is not None and person.is_note_kept:
        told.append(TODAY - timedelta(days=person.noted_days))
    found = []
    if not (one.next_step or "").strip():
        found.append(Gap.NEXT_STEP)
    if not is_named:
        found.append(Gap.CONTACT)
    if not one.amount:
        found.append(Gap.AMOUNT)
    if one.close_on(now) < TODAY:
        found.append(Gap.DATE)
    if not told or (TODAY - max(told)).days > 90:
        found.append(Gap.NOTES)
    return tuple(found)


def write(work: Work, book: Book) -> dict[tuple[bool, int], Made]:
    """Put a book into an empty store; (whether growth, id) to what was generated."""
    partners = [factories.account(work, name, kind=AccountKind.PARTNER) for name in PARTNERS]
    products = {
        family: work.insert(Product, name=f"{family or 'Plain'} Suite", name_key=family, family=family or None)
        for family in FAMILIES
    }
    accounts, targets, contacts = [], [], []
    for number, person in enumerate(book.people):
        account_id = factories.account(work, NAMES[number], segment=SEGMENTS[number])
        contact_id = None
        if person.kind != "nobody":
            name = MAIN_LINE if person.kind == "main line" else "Priya Raman"
            contact_id = factories.contact(work, account_id, name, is_active=person.kind != "left")
        reached = None if person.reached_days is None else work.now - timedelta(days=person.reached_days)
        targets.append(
            work.insert(
                CallTarget, account_id=account_id, contact_id=contact_id, state=TargetState.READY,
                last_reached_at=reached,
            )
        )  # fmt: skip
        if person.noted_days is not None:
            day = TODAY - timedelta(days=person.noted_days)
            at = datetime(day.year, day.month, day.day, 12, tzinfo=ZONE).astimezone(UTC)
            note = "Spoke of the price" if person.is_note_kept else ""
            factories.activity(work, account_id, kind=ActivityKind.NOTE, happened_at=at, happened_on=day, note=note)
        accounts.append(account_id)
        contacts.append(factories.contact(work, account_id, "Sam Okafor"))
    found = {}
    for number, one in enumerate(book.made):
        account_id, due_on = accounts[one.account], TODAY + timedelta(days=one.due_days)
        talked = None if one.contact_days is None else work.now - timedelta(days=one.contact_days)
        shared = {
            "account_id": account_id, "amount": one.amount, "currency": one.currency, "stage": one.stage,
            "category": one.category, "slips": one.slips, "next_step": one.next_step, "last_contact_at": talked,
            "closed_at": one.closed_at(work.now), "uid": f"u{number}",
        }  # fmt: skip
        if one.is_growth:
            close_on = TODAY + timedelta(days=one.due_days if one.close_days is None else one.close_days)
            growth_id = work.insert(
                Growth, kind=GrowthKind.CROSS_SELL, title=f"Growth {number}", family=one.family, close_on=close_on,
                created_at=work.now, contact_id=contacts[one.account] if one.has_contact else None, **shared,
            )  # fmt: skip
            found[True, growth_id] = one
            continue
        partner_id = None if one.partner is None else partners[one.partner]
        contract_id = factories.contract(work, account_id, due_on, number=f"C-{number}", partner_id=partner_id)
        work.insert(ContractLine, contract_id=contract_id, position=0, product_id=products[one.family], quantity=1)
        close_on_or_none = None if one.close_days is None else TODAY + timedelta(days=one.close_days)
        renewal_id = work.insert(
            Renewal, contract_id=contract_id, due_on=due_on, close_on=close_on_or_none, target_id=targets[one.account],
            quantity=1, **shared,
        )  # fmt: skip
        found[False, renewal_id] = one
    return found


_DAYS = st.sampled_from((-40, -1, 0, 1, 7, 8, 36, 37, 38, 100, 400))
_AGO = st.one_of(st.none(), st.sampled_from((0, 1, 7, 8, 30, 89, 90, 91, 200)))
_OPEN = [stage for stage in RenewalStage if stage.is_open]


@st.composite
def _made(draw: st.DrawFn) -> Made:
    is_over = draw(st.booleans()) and draw(st.booleans())
    stage = draw(st.sampled_from((RenewalStage.WON, RenewalStage.LOST, RenewalStage.LAPSED) if is_over else _OPEN))
    category = draw(st.sampled_from(list(ForecastCategory)[:-1]))
    if is_over:
        category = ForecastCategory.CLOSED if stage is RenewalStage.WON else ForecastCategory.OMITTED
    return Made(
        is_growth=draw(st.booleans()), account=draw(st.integers(0, 2)), stage=stage, category=category,
        amount=draw(st.one_of(st.none(), st.sampled_from([Decimal(one) for one in ("0", "0.01", "100.05", "48200")]))),
        currency=draw(st.sampled_from(("USD", "EUR", "GBP", "CHF"))), due_days=draw(_DAYS),
        close_days=draw(st.one_of(st.none(), _DAYS)),
        closed_hours=draw(st.sampled_from((0, 5, 6, 7, 30, 31, 24 * 30, 24 * 31, 24 * 22))) if is_over else None,
        contact_days=draw(_AGO), slips=draw(st.integers(0, 2)),
        next_step=draw(st.sampled_from((None, "", "  ", "Ring the CFO", "ask again"))),
        partner=draw(st.one_of(st.none(), st.integers(0, 1))), family=draw(st.sampled_from(FAMILIES)),
        has_contact=draw(st.booleans()),
    )  # fmt: skip


_PERSON = st.builds(
    Person, kind=st.sampled_from(("named", "left", "main line", "nobody")), noted_days=_AGO,
    is_note_kept=st.booleans(), reached_days=_AGO,
)  # fmt: skip
books = st.builds(Book, people=st.tuples(_PERSON, _PERSON, _PERSON), made=st.lists(_made(), max_size=14).map(tuple))

_CHOICES: dict[str, st.SearchStrategy[Any]] = {
    "is_growth": st.booleans(), "stages": st.lists(st.sampled_from(RenewalStage), max_size=3).map(tuple),
    "categories": st.lists(st.sampled_from(ForecastCategory), max_size=2).map(tuple),
    "closes_from": st.sampled_from((TODAY, date(2026, 11, 1), date(2026, 12, 1))),
    "closes_to": st.sampled_from((date(2026, 12, 31), date(2027, 3, 1))),
    "families": st.lists(st.sampled_from(FAMILIES), max_size=2).map(tuple),
    "segments": st.lists(st.sampled_from(("small", "mid-market", "")), max_size=2).map(tuple),
    "currencies": st.lists(st.sampled_from(("USD", "CHF")), max_size=2).map(tuple), "is_incomplete": st.booleans(),
    "silent_days": st.sampled_from((0, 7, 30)), "is_slipped": st.booleans(),
    "text": st.sampled_from(("halden", "C-1", "Growth 1", "mail suite", "100%_!", "...")),
}  # fmt: skip


@st.composite
def _filters(draw: st.DrawFn) -> Filter:
    """Few conditions at a time, or next to nothing would be left."""
    names = draw(st.lists(st.sampled_from(sorted(_CHOICES)), max_size=2, unique=True))
    standing = draw(st.sampled_from((Standing.ALL, *Standing)))
    return Filter(standing=standing, **{name: draw(_CHOICES[name]) for name in names})


filters = _filters()
