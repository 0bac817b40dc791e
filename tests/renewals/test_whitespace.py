"""The whitespace grid against plain Python over generated books, marks with undo, and growth made from a cell."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.renewals.changing import change_many
from callstation.renewals.pipeline import pipeline_rows
from callstation.renewals.whitespace import (
    Cell,
    clear_mark,
    grow_from_cell,
    mark_cell,
    read_market,
    whitespace,
    whitespace_count,
    whitespace_of,
)
from callstation.renewals.whitespace_filter import GridFilter
from callstation.renewals.whitespace_rules import Account, Family, Held, Mark, Segment, Verdict, judge
from callstation.renewals.whitespace_sums import look_through
from callstation.settings import Settings
from callstation.work import Work
from db.nouns import ContractLine, Product
from db.vocabulary import AccountKind, GrowthKind, ProductKind, RenewalStage, WhitespaceState
from tests import factories
from tests.conftest import MONDAY_MORNING
from tests.quotes.shop import everything

TODAY = date(2026, 11, 23)
MAIL, BACKUP, FIREWALL, TRAINING = "Mail", "Backup", "Firewall", "Training"
PRODUCTS = (
    (MAIL, "Sentrylane", ProductKind.PLAN), (BACKUP, "Vaultmere", ProductKind.PLAN),
    (FIREWALL, "Sentrylane", ProductKind.PLAN), (TRAINING, "Vaultmere", ProductKind.ADD_ON),
)  # fmt: skip
"""(family, vendor, kind)."""
OWNED, EXPIRED, COMPETITOR = WhitespaceState.OWNED, WhitespaceState.EXPIRED, WhitespaceState.COMPETITOR
ELIGIBLE, NOT_ELIGIBLE = WhitespaceState.ELIGIBLE, WhitespaceState.NOT_ELIGIBLE


@dataclass(frozen=True)
class Bought:
    """One contract of a generated book."""

    account: int
    product: int
    ends_days: int
    stage: RenewalStage
    competitor: str
    is_by_partner: bool


def write(work: Work, bought: list[Bought]) -> None:
    """Four customers, two of them small, a partner, a product of each family, and what was bought."""
    partner = factories.account(work, "Northgate", kind=AccountKind.PARTNER)
    products = [
        work.insert(Product, name=f"{family} One", name_key=family.lower(), family=family, vendor=vendor, kind=kind)
        for family, vendor, kind in PRODUCTS
    ]
    work.insert(Product, name="Odds and ends", name_key="odds", family=None)
    accounts = [
        factories.account(work, f"Customer {number}", segment="small" if number < 2 else None) for number in range(4)
    ]
    for number, one in enumerate(bought):
        ends_on = TODAY + timedelta(days=one.ends_days)
        contract_id = factories.contract(
            work, accounts[one.account], ends_on, number=f"C-{number}",
            partner_id=partner if one.is_by_partner else None,
        )  # fmt: skip
        work.insert(ContractLine, contract_id=contract_id, position=0, product_id=products[one.product], quantity=1)
        factories.renewal(
            work, contract_id, accounts[one.account], ends_on, stage=one.stage, competitor=one.competitor or None,
            closed_at=None if one.stage.is_open else work.now,
        )  # fmt: skip


@contextmanager
def opened(empty_store: Path, bought: list[Bought]) -> Iterator[App]:
    with TemporaryDirectory() as folder:
        store = Path(shutil.copy(empty_store, Path(folder) / "callstation.db"))
        app = App(store, settings=Settings(time_zone="America/New_York"), clock=ManualClock(MONDAY_MORNING))
        try:
            app.record(write, bought)
            yield app
        finally:
            app.close()


def runs(one: Bought) -> bool:
    """A contract that has not ended, or was renewed within the last year."""
    return one.ends_days >= 0 or (one.stage is RenewalStage.WON and one.ends_days >= -366)


def oracle(bought: list[Bought], account: int, family: int) -> WhitespaceState | None:
    """How an account stands to a family without any marks, told from the list alone."""
    mine = [one for one in bought if one.account == account]
    its = sorted((one for one in mine if one.product == family), key=lambda one: one.ends_days)
    if any(runs(one) for one in its):
        return OWNED
    if its:
        last = its[-1]
        return COMPETITOR if last.competitor and last.stage is not RenewalStage.WON else EXPIRED
    _, vendor, kind = PRODUCTS[family]
    plans = {PRODUCTS[one.product][1] for one in mine if runs(one) and PRODUCTS[one.product][2] is ProductKind.PLAN}
    if vendor in plans:
        return ELIGIBLE
    if kind is ProductKind.ADD_ON:
        return None
    partnered = sorted((one for one in mine if one.is_by_partner), key=lambda one: one.ends_days)
    others = {
        one.account
        for one in bought
        if one.is_by_partner and one.ends_days >= 0 and one.product == family and one.account != account
    }
    return ELIGIBLE if partnered and others else None


_BOUGHT = st.builds(
    Bought, account=st.integers(0, 3), product=st.integers(0, 3),
    ends_days=st.sampled_from((-400, -367, -366, -30, -1, 0, 90)),
    stage=st.sampled_from((RenewalStage.NOT_STARTED, RenewalStage.WON, RenewalStage.LOST, RenewalStage.LAPSED)),
    competitor=st.sampled_from(("", "Ironvale")), is_by_partner=st.booleans(),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bought=st.lists(_BOUGHT, max_size=9, unique_by=lambda one: (one.account, one.product, one.ends_days)))
def test_each_cell_stands_as_plain_python_says(empty_store: Path, bought: list[Bought]) -> None:
    with opened(empty_store, bought) as app:
        market = app.ask(read_market)
        assert [one.name for one in market.families] == sorted(family for family, _, _ in PRODUCTS)
        rows = app.ask(whitespace, market)
        assert [row.account for row in rows] == [f"Customer {number}" for number in range(4)]
        families = [family for family, _, _ in PRODUCTS]
        for number, row in enumerate(rows):
            for cell in row.cells:
                assert cell.state == oracle(bought, number, families.index(cell.family)), (row.account, cell)
                assert bool(cell.reason) == (cell.state is not None)
        looked = app.ask(look_through, market)
        assert looked.account_ids == tuple(row.account_id for row in rows)
        assert looked.cells == Counter(
            (families[family], oracle(bought, number, family)) for number in range(4) for family in range(len(PRODUCTS))
        )
        for state in (*WhitespaceState, None):
            wanted = GridFilter(families=("Mail", "Backup"), states=() if state is None else (state,))
            has = {row.account_id: {cell.state for cell in row.cells} for row in app.ask(whitespace, market, wanted)}
            expected = tuple(one for one, found in has.items() if state is None or state in found)
            assert app.ask(look_through, market, wanted).account_ids == expected
        assert [row for at in range(4) for row in app.ask(whitespace, market, offset=at, limit=1)] == list(rows)


@pytest.fixture
def book(app: App) -> App:
    """Customer 0 owns Mail by a partner, lost Backup to Ironvale, and had the Firewall; Customer 1 owns Backup."""
    app.record(
        write,
        [
            Bought(0, 0, 90, RenewalStage.NOT_STARTED, "", True),
            Bought(0, 1, -30, RenewalStage.LOST, "Ironvale", False),
            Bought(0, 2, -400, RenewalStage.LAPSED, "", False), Bought(1, 1, 90, RenewalStage.NOT_STARTED, "", False),
            Bought(2, 0, 90, RenewalStage.NOT_STARTED, "", True), Bought(3, 2, 30, RenewalStage.QUOTED, "", True),
        ],
    )  # fmt: skip
    return app


def cells(app: App, name: str = "Customer 0") -> dict[str, Cell]:
    found = next(row for row in app.ask(whitespace, app.ask(read_market)) if row.account == name)
    return {cell.family: cell for cell in found.cells}


def account_of(app: App, name: str = "Customer 0") -> int:
    found = app.ask(Work.row, "SELECT id FROM account WHERE name = ?", (name,))
    assert found is not None
    return int(found[0])


def test_the_reason_is_said(book: App) -> None:
    assert {family: (cell.state, cell.reason) for family, cell in cells(book).items()} == {
        MAIL: (OWNED, "Owned until 21 Feb 2027."), BACKUP: (COMPETITOR, "Lost to Ironvale."),
        FIREWALL: (EXPIRED, "Ended 19 Oct 2025."), TRAINING: (None, ""),
    }  # fmt: skip
    assert {family: cell.reason for family, cell in cells(book, "Customer 1").items()} == {
        MAIL: "", BACKUP: "Owned until 21 Feb 2027.", FIREWALL: "", TRAINING: "Goes with Backup of Vaultmere.",
    }  # fmt: skip
    assert cells(book, "Customer 2")[FIREWALL].reason == "Owns Mail of Sentrylane, not this."
    assert cells(book, "Customer 3")[MAIL].reason == "Owns Firewall of Sentrylane, not this."


def test_a_partner_and_a_segment_speak_for_a_family() -> None:
    account = Account("small", "Northgate", {BACKUP: 2}, {}, {})
    backup, firewall = Family(BACKUP, frozenset(), False), Family(FIREWALL, frozenset(), False)
    assert judge(backup, account, None, None).reason == "Northgate sells it to 2 others."
    some = Segment(10, {FIREWALL: 3})
    assert judge(firewall, account, None, some).reason == "3 of 10 small customers own it."
    for few in (Segment(16, {FIREWALL: 3}), Segment(4, {FIREWALL: 2}), Segment(10, {})):
        assert judge(firewall, account, None, few).state is None


def test_what_is_owned_beats_a_mark_and_a_mark_beats_the_rest() -> None:
    family = Family(MAIL, frozenset(), False)
    held = Held(TODAY, is_running=True)
    mark = Mark(NOT_ELIGIBLE, "They build their own")
    assert judge(family, Account("", "", {}, {MAIL: held}, {}), mark, None).state is OWNED
    ended = Account("", "", {}, {MAIL: Held(TODAY, is_running=False, competitor="Ironvale")}, {})
    assert judge(family, ended, mark, None) == Verdict(NOT_ELIGIBLE, "They build their own.")
    assert judge(family, ended, Mark(COMPETITOR, ""), None).reason == "A competitor has it."


def test_a_mark_is_one_step_and_taken_back(book: App) -> None:
    account_id, before = account_of(book), everything(book)
    book.do(mark_cell, account_id, TRAINING, NOT_ELIGIBLE, words=" No staff ")
    assert (cells(book)[TRAINING].state, cells(book)[TRAINING].reason) == (NOT_ELIGIBLE, "No staff.")
    assert cells(book)[TRAINING].is_marked
    book.do(mark_cell, account_id, TRAINING, COMPETITOR, words="Ironvale")
    assert book.undo_label == "Marked Training at Customer 0 as with a competitor"
    book.undo()
    assert cells(book)[TRAINING].state is NOT_ELIGIBLE
    book.do(clear_mark, account_id, TRAINING)
    assert cells(book)[TRAINING].state is None
    book.undo()
    book.undo()
    assert everything(book) == before


def test_what_follows_from_contracts_cannot_be_marked(book: App) -> None:
    account_id = account_of(book)
    with pytest.raises(UserError, match="follows from the contracts"):
        book.do(mark_cell, account_id, MAIL, OWNED)
    with pytest.raises(UserError, match="No product"):
        book.do(mark_cell, account_id, "Nonsense", COMPETITOR)
    with pytest.raises(UserError, match="gone"):
        book.do(mark_cell, 999, MAIL, COMPETITOR)
    with pytest.raises(UserError, match="not marked"):
        book.do(clear_mark, account_id, MAIL)


def test_growth_is_made_from_a_cell_once(book: App) -> None:
    account_id = account_of(book)
    book.do(mark_cell, account_id, BACKUP, COMPETITOR, words="Ironvale")
    key = book.do(grow_from_cell, account_id, BACKUP)
    assert book.do(grow_from_cell, account_id, BACKUP) == key
    (row,) = book.ask(pipeline_rows, [key])
    assert (row.title, row.kind, row.families, row.competitor) == (
        "Backup for Customer 0", GrowthKind.CROSS_SELL, (BACKUP,), "Ironvale",
    )  # fmt: skip
    assert cells(book)[BACKUP].growth_id == key.opportunity_id
    training = book.do(grow_from_cell, account_of(book, "Customer 1"), TRAINING)
    assert book.ask(pipeline_rows, [training])[0].kind is GrowthKind.ADD_ON
    book.do(change_many, [key], stage=RenewalStage.WON, amount=Decimal(5))
    assert cells(book)[BACKUP].growth_id is None
    assert cells(book)[BACKUP].state is OWNED, "before its contract comes in; else it would be offered again"
    assert book.do(grow_from_cell, account_id, BACKUP) != key


def test_what_was_won_is_owned_for_its_term_and_no_longer(book: App, clock: ManualClock) -> None:
    key = book.do(grow_from_cell, account_of(book), BACKUP)
    before = cells(book)[BACKUP].state
    book.do(change_many, [key], stage=RenewalStage.WON, amount=Decimal(5))
    assert cells(book)[BACKUP].reason == "Owned until 23 Nov 2027."
    clock.advance(366 * 86_400)
    assert cells(book)[BACKUP].state is not OWNED
    book.undo()
    assert cells(book)[BACKUP].state is before


def test_the_grid_is_narrowed_and_counted(book: App) -> None:
    market = book.ask(read_market)
    partner_id = account_of(book, "Northgate")
    assert market.partners == {partner_id: "Northgate"}
    for wanted, names in (
        (GridFilter(segments=("small",)), ["Customer 0", "Customer 1"]),
        (GridFilter(text="customer 3"), ["Customer 3"]),
        (GridFilter(partner_ids=(partner_id,)), ["Customer 0", "Customer 2", "Customer 3"]),
        (GridFilter(text="..."), []), (GridFilter(segments=("small",), partner_ids=(partner_id,)), ["Customer 0"]),
    ):  # fmt: skip
        assert [row.account for row in book.ask(whitespace, market, wanted)] == names
        assert book.ask(whitespace_count, wanted) == len(names)
    (one,) = book.ask(whitespace_of, market, [999, account_of(book)])
    assert one.partner == "Northgate"


@pytest.mark.parametrize(
    ("wanted", "columns"),
    [
        (GridFilter(), [BACKUP, FIREWALL, MAIL, TRAINING]), (GridFilter(vendors=("Sentrylane",)), [FIREWALL, MAIL]),
        (GridFilter(families=(TRAINING,)), [TRAINING]),
        (GridFilter(families=(TRAINING,), vendors=("Sentrylane",)), [FIREWALL, MAIL, TRAINING]),
    ],
)  # fmt: skip
def test_columns_are_chosen_by_family_and_vendor(book: App, wanted: GridFilter, columns: list[str]) -> None:
    rows = book.ask(whitespace, book.ask(read_market), wanted)
    assert [[cell.family for cell in row.cells] for row in rows] == [columns] * 4


def test_what_is_eligible_is_added_up_with_the_growth_that_is_open_for_it(book: App) -> None:
    market = book.ask(read_market)
    before = book.ask(look_through, market)
    eligible = [
        (row.account_id, cell.family)
        for row in book.ask(whitespace, market) for cell in row.cells if cell.state is ELIGIBLE
    ]  # fmt: skip
    assert (before.eligible, before.eligible_accounts) == (len(eligible), len({one for one, _ in eligible}))
    assert before.growth.count == 0
    key = book.do(grow_from_cell, *eligible[0])
    book.do(change_many, [key], amount=Decimal("120.50"))
    book.do(grow_from_cell, account_of(book), FIREWALL)  # has ended there: growth, but not for what is eligible
    growth = book.ask(look_through, market).growth
    assert (growth.count, growth.base) == (1, Decimal("120.50"))


def test_an_empty_book_has_an_empty_grid(app: App) -> None:
    market = app.ask(read_market)
    assert (market.families, app.ask(whitespace, market), app.ask(whitespace_count)) == ((), (), 0)
