"""The whitespace grid narrowed: by typed words, chip by chip, as a cell has it; and what all of it comes to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.renewals.whitespace import Market, grow_from_cell
from callstation.renewals.whitespace_filter import WHOLE_GRID, GridFilter
from callstation.renewals.whitespace_rules import Family, Segment
from callstation.work import Work
from db.nouns import Account, Contract
from db.vocabulary import AccountKind, WhitespaceState
from tests import factories
from tests.ui.pipeline.conftest import Hands
from tests.ui.pipeline.test_whitespace import GridHands, families, states
from tests.ui.walk import HOSTILE, nameless, rich
from ui.pipeline.grid_filter import grid_parts, read_grid_filter
from ui.pipeline.whitespace_page import WhitespacePage
from ui.shell import Shell

_S = WhitespaceState
MARKET = Market(
    (
        Family("Cloud Backup", frozenset({"Vaultmere"}), is_add_on=False),
        Family("Mail Archive", frozenset({"Vaultmere"}), is_add_on=True),
        Family("Mail Filter", frozenset({"Sentry Lane"}), is_add_on=False),
    ),
    {"": Segment(3, {}), "Education": Segment(4, {}), "Mid-market": Segment(9, {})},
    {},
    {5: "Northgate Resale", 6: "Northwind", 7: "Brook & Co"},
)
CASES = {
    "eligible": GridFilter(states=(_S.ELIGIBLE,)),
    "not eligible": GridFilter(states=(_S.NOT_ELIGIBLE,)),
    "Expired competitor": GridFilter(states=(_S.COMPETITOR, _S.EXPIRED)),
    "vaultmere": GridFilter(vendors=("Vaultmere",)),
    "sentry lane eligible": GridFilter(vendors=("Sentry Lane",), states=(_S.ELIGIBLE,)),
    "cloud backup": GridFilter(families=("Cloud Backup",)),
    "archive": GridFilter(families=("Mail Archive",)),
    "mail": GridFilter(families=("Mail Archive", "Mail Filter")),
    "mid-market education": GridFilter(segments=("Mid-market", "Education")),
    "through northgate": GridFilter(partner_ids=(5,)),
    "via north": GridFilter(partner_ids=(5, 6)),
    "through brook & co halden": GridFilter(partner_ids=(7,), text="halden"),
    "northgate dental": GridFilter(text="northgate dental"),
    "through nobody": GridFilter(text="through nobody"),
    "eligible backup education through northwind acme": GridFilter(
        ("Cloud Backup",), (), (_S.ELIGIBLE,), ("Education",), (6,), "acme"
    ),
    "": WHOLE_GRID,
}


@pytest.mark.parametrize("typed", CASES)
def test_the_grid_is_narrowed_by_words(typed: str) -> None:
    assert read_grid_filter(typed, WHOLE_GRID, MARKET) == CASES[typed]


@pytest.mark.parametrize("wanted", CASES.values())
def test_taking_off_every_chip_leaves_the_whole_grid(wanted: GridFilter) -> None:
    for _ in range(10):
        found = grid_parts(wanted, MARKET)
        if not found:
            break
        wanted = found[0].without
    assert wanted == WHOLE_GRID


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_filter_with_its_chips(typed: str) -> None:
    wanted = read_grid_filter(typed, replace(WHOLE_GRID, text="acme"), MARKET)
    assert grid_parts(wanted, MARKET)


@pytest.fixture
def grid(hands: Hands, app: App, shell: Shell) -> GridHands:
    app.record(families)
    hands.press("W")
    made = GridHands(hands.page)
    found = shell.page("whitespace")
    assert isinstance(found, WhitespacePage)
    made.grid_page = found
    made.press("J")  # Blue Fjord, then Halden Robotics
    return made


def chips(hands: GridHands) -> list[str]:
    return [chip.words for chip in hands.grid_page.layout_.bar.chips]


def test_typed_words_narrow_columns_and_accounts_and_become_chips(grid: GridHands) -> None:
    grid.press("/")
    grid.type("eligible archive")
    grid.press("Return")
    assert chips(grid) == ["Eligible", "Archive"]
    assert states(grid.grid_page) == {"Halden Robotics": [_S.ELIGIBLE]}
    assert grid.grid_page.layout_.said.text() == "1 account by 1 family."
    assert grid.grid_page.grid.hasFocus()
    grid.grid_page.layout_.bar.chips[0].click()
    assert len(states(grid.grid_page)) == 4
    grid.press("0")
    assert (chips(grid), grid.grid_page.grid.families) == ([], ("Archive", "Backup", "Firewall"))


def test_a_segment_and_a_partner_narrow_the_accounts(grid: GridHands, app: App) -> None:
    def sell(work: Work) -> None:
        partner_id = factories.account(work, "Northgate Resale", kind=AccountKind.PARTNER)
        work.update(Account, 3, segment="Education")
        for contract_id in (1, 5):  # the first's; and one that runs, by which he is known as a seller
            work.update(Contract, contract_id, partner_id=partner_id)

    app.record(sell)
    for typed, names in (("education", ["Kestrel Analytics"]), ("through northgate", ["Halden Robotics"])):
        grid.press("0", "/")
        grid.type(typed)
        grid.press("Return")
        assert list(states(grid.grid_page)) == names


def test_a_state_takes_a_cell_of_it_in_hand(grid: GridHands) -> None:
    grid.press("Right", "Right", "/")
    grid.type("eligible")
    grid.press("Return")
    assert (grid.state(), grid.grid_page.grid.place) == (_S.ELIGIBLE, (0, 0))
    assert grid.grid_page.strip.chip.text() == "Eligible"


def test_only_those_alike_by_digit(grid: GridHands) -> None:
    grid.press("L")
    assert [button.words for button in grid.grid_page.ask.buttons] == ["Eligible", "Archive", "Vaultmere"]
    grid.press("3")
    assert (chips(grid), grid.grid_page.grid.families) == (["Vaultmere"], ("Archive", "Backup"))
    held = grid.grid_page.grid.current
    assert held is not None
    assert (held[0].account, held[1].family) == ("Halden Robotics", "Archive")
    assert grid.grid_page.grid.hasFocus()


def test_what_is_eligible_is_added_up_with_its_growth(grid: GridHands, app: App) -> None:
    sums = grid.grid_page.layout_.sums
    assert (sums.eligible.number.text(), sums.eligible.count.text()) == ("1", "eligible, in 1 account")
    assert sums.eligible.parts.text() == "none of them in the pipeline yet"
    assert sums.growth.count.text() == "in 0 growth opportunities for it"
    app.do(grow_from_cell, 1, "Archive")
    assert sums.eligible.parts.text() == "all in the pipeline"
    assert sums.growth.count.text() == "in 1 growth opportunity for it"
    assert sums.growth.parts.text() == "1 without an amount"


def test_what_is_marked_leaves_the_narrowed_grid_and_comes_back(grid: GridHands) -> None:
    grid.press("/")
    grid.type("eligible")
    grid.press("Return", "X", "Return")
    assert grid.grid_page.layout_.nothing.isVisible()
    grid.press("Ctrl+Z")
    assert list(states(grid.grid_page)) == ["Halden Robotics"]


def test_of_very_many_accounts_the_sums_come_later_and_states_narrow_then(
    grid: GridHands, shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pipeline.whitespace_page.LOOKED_AT_ONCE", 0)
    page = grid.grid_page
    page.refresh()
    assert page.layout_.sums.eligible.count.text() == "Looking at each account."
    assert page.grid.count == 4
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=5000)
    assert page.layout_.sums.eligible.number.text() == "1"
    grid.press("/")
    grid.type("eligible")
    page._show()
    assert page.grid.count == 4  # until it is known which are
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=5000)
    assert list(states(page)) == ["Halden Robotics"]
    grid.press("Return", "C", "Return")
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=5000)
    assert page.grid.count == 0


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_only_words(grid: GridHands, hostile: str) -> None:
    grid.press("/")
    grid.grid_page.layout_.search.setText(hostile)
    grid.press("Return")
    grid.grid_page.grab()
    assert (rich(grid.grid_page), nameless(grid.grid_page)) == ([], [])
