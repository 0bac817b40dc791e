"""The whitespace grid by keys: what each account has of each family, marks with words, growth from a cell."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.renewals.pipeline import Filter, pipeline
from callstation.work import Work
from db.nouns import ContractLine, Product
from db.vocabulary import ProductKind, WhitespaceState
from tests.factories import contract
from tests.ui.pipeline.conftest import Hands
from tests.ui.walk import HOSTILE, nameless, rich
from ui.pipeline.grid_looks import LOOKS
from ui.pipeline.whitespace_page import WhitespacePage
from ui.shell import Shell

_S = WhitespaceState


def families(work: Work) -> None:
    """Two families of one vendor, one of another; the first account owns one, the second's has ended."""
    ids = [
        work.insert(Product, name=name, name_key=name.lower(), family=name, vendor=vendor, kind=ProductKind.PLAN)
        for name, vendor in (("Archive", "Vaultmere"), ("Backup", "Vaultmere"), ("Firewall", "Wayfold"))
    ]
    for account_id, ends_on, product_id in (
        (1, work.today + timedelta(days=200), ids[1]), (2, date(2025, 3, 31), ids[1]),
    ):  # fmt: skip
        contract_id = contract(work, account_id, ends_on, number=f"W-{account_id}")
        work.insert(ContractLine, contract_id=contract_id, product_id=product_id, quantity=5, position=1)


class GridHands(Hands):
    """The same fingers on the other page."""

    grid_page: WhitespacePage

    def state(self) -> WhitespaceState | None:
        held = self.grid_page.grid.current
        assert held is not None
        return held[1].state


@pytest.fixture
def grid(hands: Hands, app: App, shell: Shell) -> GridHands:
    app.record(families)
    hands.press("W")
    found = shell.page("whitespace")
    assert isinstance(found, WhitespacePage)
    made = GridHands(hands.page)
    made.grid_page = found
    made.press("J")  # Blue Fjord, then Halden Robotics
    return made


def states(page: WhitespacePage) -> dict[str, list[WhitespaceState | None]]:
    rows = (page.grid.row(number) for number in range(page.grid.count))
    return {row.account: [cell.state for cell in row.cells] for row in rows if row is not None}


def test_each_account_stands_to_each_family_in_words(grid: GridHands) -> None:
    page = grid.grid_page
    assert page.grid.families == ("Archive", "Backup", "Firewall")
    assert states(page)["Halden Robotics"] == [_S.ELIGIBLE, _S.OWNED, None]
    assert states(page)["Orchard & Vine"][1] is _S.EXPIRED
    assert page.layout_.said.text() == "4 accounts by 3 families."
    assert page.strip.title.text() == "Archive for Halden Robotics"
    assert page.strip.chip.text() == "Eligible"
    assert page.strip.about.text() == "Owns Backup of Vaultmere, not this."


def test_every_state_has_its_own_word_and_shape() -> None:
    assert set(LOOKS) == {*WhitespaceState, None}
    assert len({word for word, _, _ in LOOKS.values()}) == len({icon for _, _, icon in LOOKS.values()}) == len(LOOKS)


def test_arrows_walk_the_cells_and_a_screen_reader_hears_why(grid: GridHands) -> None:
    grid.press("Right")
    assert grid.state() is _S.OWNED
    assert grid.grid_page.grid.accessibleDescription().startswith("Halden Robotics, Backup: Owned. Owned until")
    grid.press("Right", "Right", "Right", "Left")
    assert grid.grid_page.grid.place == (1, 1)


def test_a_competitor_is_marked_with_its_name_and_taken_off(grid: GridHands) -> None:
    grid.press("C")
    grid.type("Rivalware")
    grid.press("Return")
    assert grid.state() is _S.COMPETITOR
    assert grid.grid_page.strip.about.text() == "Rivalware. Marked by hand."
    assert grid.grid_page.grid.hasFocus()
    grid.press("U")
    assert grid.state() is _S.ELIGIBLE
    grid.press("Ctrl+Z")
    assert grid.state() is _S.COMPETITOR
    grid.press("Ctrl+Z")
    assert grid.state() is _S.ELIGIBLE


def test_what_is_not_eligible_keeps_its_reason(grid: GridHands) -> None:
    grid.press("X")
    grid.type("Public sector only")
    grid.press("Return")
    assert grid.state() is _S.NOT_ELIGIBLE
    assert grid.grid_page.strip.about.text() == "Public sector only. Marked by hand."


def test_taking_off_a_mark_that_is_not_there_says_so(grid: GridHands, app: App) -> None:
    before = app.undo_label
    grid.press("U")
    assert app.undo_label == before


def test_growth_is_made_from_a_cell_and_opened_in_the_pipeline(grid: GridHands, app: App, shell: Shell) -> None:
    grid.press("M")
    assert shell.current == "pipeline"
    row = grid.page.current
    assert row is not None
    assert (row.account, row.title, row.families) == ("Halden Robotics", "Archive for Halden Robotics", ("Archive",))
    assert [row.title for row in app.ask(pipeline, Filter(is_growth=True)).rows].count(row.title) == 1
    grid.press("W", "M")  # it is open already: the same is shown, none is made
    assert grid.page.current is not None
    assert grid.page.current.key == row.key
    assert len(app.ask(pipeline, Filter(is_growth=True)).rows) == 2


def test_w_goes_back_to_the_view_one_came_from(grid: GridHands, shell: Shell) -> None:
    grid.press("W")
    assert shell.current == "pipeline"
    grid.press("B", "W", "W")
    assert shell.current == "pipeline"
    assert grid.page.is_board
    grid.press("W")
    grid.grid_page.layout_.tabs.setCurrentIndex(0)
    assert shell.current == "pipeline"
    assert not grid.page.is_board


def test_enter_opens_the_account_on_the_desk(grid: GridHands, shell: Shell) -> None:
    grid.press("Return")
    assert shell.current == "desk"


def test_an_account_is_searched_and_a_name_that_is_not_there_is_told(grid: GridHands) -> None:
    grid.press("/")
    grid.type("orchard")
    grid.grid_page._show()
    assert list(states(grid.grid_page)) == ["Orchard & Vine"]
    grid.type("zzz")
    grid.grid_page._show()
    assert grid.grid_page.layout_.nothing.isVisible()
    grid.press("Return", "0")
    assert grid.grid_page.grid.count == 4
    assert grid.grid_page.grid.hasFocus()


def test_without_a_catalogue_it_says_what_will_stand_here(hands: Hands, shell: Shell) -> None:
    hands.press("W")
    page = shell.page("whitespace")
    assert isinstance(page, WhitespacePage)
    assert page.layout_.empty.isVisible()


def test_hostile_marks_are_plain_words_and_every_widget_has_a_name(grid: GridHands, shell: Shell) -> None:
    for words in HOSTILE:
        grid.press("C")
        grid.grid_page.ask.field.setText(words)
        grid.press("Return")
        shell.grab()
    assert rich(grid.grid_page) == []
    assert nameless(grid.grid_page) == []


def test_it_is_mirrored_where_one_reads_from_the_right(grid: GridHands) -> None:
    view = grid.grid_page.grid
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert view.cell_rect(0, 0).left() > view.cell_rect(1, 0).left()
    grid.press("Left")
    assert view.place == (1, 1)
    view.grab()


def test_what_is_owned_is_a_fact_and_takes_no_mark(grid: GridHands, app: App) -> None:
    before = app.undo_label
    grid.press("Right", "C")
    assert not grid.grid_page.ask.is_asking
    assert (grid.state(), app.undo_label) == (_S.OWNED, before)


def test_a_competitor_may_stay_without_a_name(grid: GridHands) -> None:
    grid.press("C")
    assert grid.grid_page.ask.told.text() == "Enter takes it without any, too."
    grid.press("Return")
    assert grid.grid_page.strip.about.text() == "A competitor has it. Marked by hand."


def test_a_very_large_book_is_looked_at_beside_the_window(
    grid: GridHands, shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pipeline.whitespace_page.AT_ONCE", 0)
    grid.grid_page._market = None
    grid.grid_page.refresh()
    assert grid.grid_page.layout_.said.text() == "Looking at who has what."
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=5000)
    assert grid.grid_page.layout_.said.text() == "4 accounts by 3 families."


def test_a_mark_in_the_grid_is_for_the_cell_its_question_names(grid: GridHands, shell: Shell) -> None:
    page = grid.grid_page
    before = states(page)["Orchard & Vine"]
    grid.press("C")
    assert page.ask.says.text() == "Archive for Halden Robotics."
    rect = page.grid.cell_rect(0, list(states(page)).index("Orchard & Vine"))
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    page.ask.field.setFocus()
    grid.type("Wayfold")
    grid.press("Return")
    assert states(page)["Orchard & Vine"] == before
    assert str(states(page)["Halden Robotics"][0]) == "competitor"


def test_a_mark_that_cannot_be_made_is_told(grid: GridHands, app: App, told: list[str]) -> None:
    grid.press("C")
    other = "UPDATE product SET family = 'Vault' WHERE family = 'Archive'"
    app.record(lambda work: work.derive(other, told="product"))
    grid.type("Wayfold")
    grid.press("Return")
    assert told == ["No product is of the family Archive."]
