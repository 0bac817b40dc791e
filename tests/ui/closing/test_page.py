"""The page of closing on a real store: steps ticked by keys and undone, the lapse lane with what each day costs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.renewals.closing import checklist_of
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ClosingStep, RenewalStage
from tests.factories import customer
from tests.ui.pages_for_tests import DeskForTests
from tests.ui.walk import HOSTILE, nameless, rich
from ui.closing.page import LAPSE, TO_CLOSE, ClosingPage
from ui.pages import PAGES
from ui.shell import Shell
from ui.theme import theme

ENTRIES = tuple(
    replace(entry, module="tests.ui.pages_for_tests", cls="DeskForTests") if entry.id == "desk" else entry
    for entry in PAGES
)
NO = Qt.KeyboardModifier.NoModifier


def renewals(work: Work, *, suffix: str = "") -> None:
    """One won, one with a verbal yes, two past their end, one that nobody closes yet."""
    for place, (name, ends_on, stage) in enumerate((
        ("Halden Robotics", date(2026, 12, 9), RenewalStage.WON),
        ("Orchard & Vine", date(2026, 12, 20), RenewalStage.VERBAL_YES),
        ("Kestrel Analytics", date(2026, 11, 13), RenewalStage.LAPSED),
        ("Blue Fjord", date(2026, 11, 20), RenewalStage.CONTACTED),
        ("Summit Ridge", date(2027, 1, 20), RenewalStage.CONTACTED),
    )):  # fmt: skip
        customer(work, f"{name}{suffix}", ends_on=ends_on, e164=f"+1617555014{place}", amount=Decimal(36500))
        (renewal_id,) = work.rows("SELECT max(id) FROM renewal")[0]
        closed_at = work.now if stage is RenewalStage.WON else None
        work.update(Renewal, renewal_id, stage=stage, closed_at=closed_at)
    refresh_targets(work)


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    made = Shell(ENTRIES)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.detach()


@pytest.fixture
def page(shell: Shell, app: App) -> ClosingPage:
    app.do(renewals)
    return shown(shell, app)


def shown(shell: Shell, app: App) -> ClosingPage:
    shell.attach(app, "closing")
    found = shell.page("closing")
    assert isinstance(found, ClosingPage)
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO) -> None:
    focus = QApplication.focusWidget() or QApplication.activeWindow()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def done(app: App, page: ClosingPage) -> list[ClosingStep]:
    assert page.current is not None
    found = app.ask(checklist_of, page.current.renewal_id)
    return [state.step for state in found.steps if state.done_at is not None]


def accounts(page: ClosingPage) -> list[str]:
    return [page.table.rows.row(n).account for n in range(page.table.rows.rowCount())]  # type: ignore[union-attr]


def test_what_is_won_or_promised_stands_in_one_list_and_what_is_late_in_the_other(page: ClosingPage) -> None:
    assert accounts(page) == ["Halden Robotics", "Orchard & Vine"]
    press(Qt.Key.Key_L)
    assert page.tabs.currentIndex() == LAPSE
    assert sorted(accounts(page)) == ["Blue Fjord", "Kestrel Analytics"]
    press(Qt.Key.Key_L)
    assert page.tabs.currentIndex() == TO_CLOSE


def test_the_figures_say_what_waits_and_what_each_day_costs(page: ClosingPage) -> None:
    assert page.open_figure.accessibleName() == "2 to close"
    assert page.worth.number.text() == "$73,000"
    assert page.late.accessibleName() == "2 late"
    assert page.cost.number.text() == "$200"


def test_digits_tick_steps_off_and_undo_takes_them_back(page: ClosingPage, app: App) -> None:
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_3)
    assert done(app, page) == [ClosingStep.QUOTE_ACCEPTED, ClosingStep.ORDER_PLACED]
    assert page.strip.keys[0].is_done
    assert not page.strip.keys[1].is_done
    press(Qt.Key.Key_3)
    assert done(app, page) == [ClosingStep.QUOTE_ACCEPTED]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done(app, page) == [ClosingStep.QUOTE_ACCEPTED, ClosingStep.ORDER_PLACED]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done(app, page) == []


def test_the_order_number_is_asked_for_in_place(page: ClosingPage, app: App) -> None:
    press(Qt.Key.Key_2)
    assert page.strip.field.hasFocus()
    QTest.keyClicks(page.strip.field, "PO-4711 <b>&")
    press(Qt.Key.Key_Return)
    assert not page.strip.is_asking
    assert page.table.hasFocus()
    assert page.found is not None
    assert page.found.order_number == "PO-4711 <b>&"
    assert "PO-4711 <b>&" in page.strip.keys[1].accessibleDescription()


def test_a_change_from_elsewhere_neither_takes_what_is_typed_nor_makes_steps_of_its_digits(
    page: ClosingPage, app: App
) -> None:
    press(Qt.Key.Key_2)
    QTest.keyClicks(page.strip.field, "PO-4")
    assert page.current is not None
    renewal_id = page.current.renewal_id
    app.record(lambda work: work.update(Renewal, renewal_id, next_step="From the CRM"))
    QApplication.processEvents()
    for digit in (Qt.Key.Key_7, Qt.Key.Key_1, Qt.Key.Key_5):
        press(digit)
    press(Qt.Key.Key_Return)
    assert page.found is not None
    assert page.found.order_number == "PO-4715"
    assert done(app, page) == [ClosingStep.ORDER_NUMBER]


def test_an_empty_order_number_is_said_in_place_and_escape_goes_back(page: ClosingPage, app: App) -> None:
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    assert "order" in page.strip.problem.text()
    press(Qt.Key.Key_Escape)
    assert not page.strip.is_asking
    assert done(app, page) == []


def test_emptying_the_order_number_takes_it_back(page: ClosingPage, app: App) -> None:
    press(Qt.Key.Key_2)
    QTest.keyClicks(page.strip.field, "A1")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    assert page.strip.field.text() == "A1"
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Return)
    assert done(app, page) == []


def test_a_renewal_with_every_step_leaves_the_list(page: ClosingPage, app: App) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5):
        press(key)
    assert accounts(page)[0] == "Halden Robotics"
    press(Qt.Key.Key_2)
    QTest.keyClicks(page.strip.field, "PO-1")
    press(Qt.Key.Key_Return)
    assert accounts(page) == ["Orchard & Vine"]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert accounts(page) == ["Halden Robotics", "Orchard & Vine"]


def test_enter_opens_the_desk(page: ClosingPage, shell: Shell) -> None:
    press(Qt.Key.Key_J)
    assert page.current is not None
    target_id = page.current.target_id
    press(Qt.Key.Key_Return)
    desk = shell.page("desk")
    assert isinstance(desk, DeskForTests)
    assert {"target_id": target_id} in desk.told


def test_one_renewal_is_shown_in_the_list_it_stands_in(page: ClosingPage, shell: Shell) -> None:
    late = page.lapsed[-1].renewal_id
    shell.go("closing", renewal_id=late)
    assert page.tabs.currentIndex() == LAPSE
    assert page.current is not None
    assert page.current.renewal_id == late


def test_nothing_to_close_says_what_would_stand_here(shell: Shell, app: App) -> None:
    page = shown(shell, app)
    assert page.nothing[TO_CLOSE].isVisible()
    press(Qt.Key.Key_L)
    assert page.nothing[LAPSE].isVisible()
    for key in (Qt.Key.Key_1, Qt.Key.Key_J, Qt.Key.Key_Return):
        press(key)
    assert shell.current == "closing"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_plain_text(shell: Shell, app: App, words: str) -> None:
    app.do(renewals, suffix=words)
    page = shown(shell, app)
    page.grab()
    press(Qt.Key.Key_2)
    page.grab()
    assert rich(page) == []
    assert nameless(page) == []


def test_qt_finds_nothing_wrong_with_the_lists(page: ClosingPage) -> None:
    testers = [
        QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for table in page.lists
    ]
    page.refresh()
    assert all(isinstance(tester.model(), QAbstractItemModel) for tester in testers)


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
@pytest.mark.parametrize("size", [100, 140])
def test_the_page_fits_a_small_window(page: ClosingPage, shell: Shell, scheme: str, size: int) -> None:
    theme.apply(QApplication.instance(), scheme, size)  # type: ignore[arg-type]
    shell.resize(1093, 575)
    press(Qt.Key.Key_2)
    page.grab()
    assert page.minimumSizeHint().width() <= 1093 - 57
    assert page.minimumSizeHint().height() <= 575 - 36
