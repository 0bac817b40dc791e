"""The page of accounts on a real store: found, sorted, read whole, people corrected in place, and called."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.accounts.accounts import card
from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.calling.today import summary
from callstation.work import Work
from db.vocabulary import AccountKind
from tests.factories import account, activity, contact, contract, customer, phone, renewal
from tests.ui.pages_for_tests import DeskForTests
from tests.ui.walk import HOSTILE, nameless, rich
from ui.accounts.list_panel import NO_NUMBER
from ui.accounts.page import AccountsPage
from ui.accounts.people_forms import Edit
from ui.pages import PAGES
from ui.shell import Shell
from ui.theme import theme

ENTRIES = tuple(
    replace(entry, module="tests.ui.pages_for_tests", cls="DeskForTests") if entry.id == "desk" else entry
    for entry in PAGES
)
NAMES = ("Blue Fjord Logistics", "Halden Robotics", "Orchard & Vine")


def book(work: Work) -> None:
    for place, name in enumerate(NAMES):
        ends_on = date(2026, 12, 1) + timedelta(days=9 - place)
        customer(work, name, ends_on=ends_on, amount=Decimal(1000 * (place + 1)), e164=f"+1617555014{place}")
    partner = account(
        work, "Northstar IT", kind=AccountKind.PARTNER, street="Hof 3\nAm Lindenhof 12", city="Berlin", region=None,
        postal_code="10115", country="DE",
    )  # fmt: skip
    person = contact(work, partner, "Anders Lie", role="Account Manager")
    phone(work, person, "+493012345678", region="DE", zones="Europe/Berlin")
    end = account(work, "Verity Home Care")
    sold = contract(work, end, date(2027, 1, 15), "C-77", partner_id=partner, value=Decimal("61000.50"))
    renewal(work, sold, end, date(2027, 1, 15))
    activity(work, 1, note="Asked for <b>two</b> years & more", is_reached=True, duration_s=360)
    refresh_targets(work)


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    app.do(book)
    made = Shell(ENTRIES)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.attach(app, "accounts")
    yield made
    made.detach()


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> AccountsPage:
    found = shell.page("accounts")
    assert isinstance(found, AccountsPage)
    qtbot.waitUntil(lambda: found.head.name.text() == NAMES[0])
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget() or QApplication.activeWindow()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def names(page: AccountsPage) -> list[str]:
    return [page.list.model.words(row, 0) for row in range(page.list.model.rowCount())]


def test_the_list_is_there_with_its_counts(page: AccountsPage) -> None:
    assert names(page) == [*NAMES[:2], "Northstar IT", NAMES[2], "Verity Home Care"]
    assert [page.list.tabs.tabText(i) for i in range(4)] == ["All 5", "Customers 4", "Partners 1", "No number 0"]


def test_j_and_k_walk_and_the_account_follows(page: AccountsPage, qtbot: QtBot) -> None:
    press(Qt.Key.Key_J)
    qtbot.waitUntil(lambda: page.head.name.text() == NAMES[1])
    press(Qt.Key.Key_K)
    qtbot.waitUntil(lambda: page.head.name.text() == NAMES[0])


def test_the_head_shows_the_whole_address_in_one_line(page: AccountsPage, qtbot: QtBot) -> None:
    page.list.search.setText("northstar")
    qtbot.waitUntil(lambda: page.head.name.text() == "Northstar IT")
    assert page.head.place.text() == "Hof 3, Am Lindenhof 12, Berlin, 10115, DE"


def test_typing_filters_and_enter_goes_to_the_rows(page: AccountsPage, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Slash)
    QTest.keyClicks(page.list.search, "orch")
    assert names(page) == ["Orchard & Vine"]
    press(Qt.Key.Key_Return)
    assert page.list.table.hasFocus()
    qtbot.waitUntil(lambda: page.head.name.text() == "Orchard & Vine")


def test_a_filter_without_a_hit_says_so_in_plain_text(page: AccountsPage) -> None:
    page.list.search.setText("<b>zzz</b>")
    assert page.list.nothing.isVisible()
    assert rich(page) == []


def test_o_orders_by_the_next_column_and_shift_o_turns_it_round(page: AccountsPage, qtbot: QtBot) -> None:
    press(Qt.Key.Key_O)
    press(Qt.Key.Key_O)
    by_end = [NAMES[2], NAMES[1], NAMES[0]]
    assert [name for name in names(page) if name in NAMES] == by_end
    qtbot.waitUntil(lambda: page.head.name.text() == NAMES[2])
    press(Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    assert [name for name in names(page) if name in NAMES] == by_end[::-1]


def test_a_very_large_book_is_put_in_order_beside_the_window(
    page: AccountsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.accounts.ordering.AT_ONCE", 2)
    before = names(page)
    page.list.sort_next()
    page.list.sort_next()
    assert names(page) == before
    qtbot.waitUntil(lambda: names(page) != before)
    assert [name for name in names(page) if name in NAMES] == [NAMES[2], NAMES[1], NAMES[0]]
    qtbot.waitUntil(lambda: page.head.name.text() == names(page)[0])


def test_enter_opens_the_account_on_the_desk(page: AccountsPage, shell: Shell, app: App) -> None:
    press(Qt.Key.Key_Return)
    assert shell.current == "desk"
    desk = shell.page("desk")
    assert isinstance(desk, DeskForTests)
    assert {"target_id": app.ask(card, page.account_id or 0).target_id} in desk.told


def test_an_account_of_a_partner_leads_to_the_partner_and_back(page: AccountsPage, shell: Shell) -> None:
    end = next(row for n in range(5) if (row := page.list.model.row(n)) and row.name == "Verity Home Care")
    shell.go("accounts", account_id=end.account_id)
    assert page.head.name.text() == "Verity Home Care"
    assert (page.linked.title.text(), page.linked.isVisible()) == ("Partners", True)
    partner = next(row for n in range(5) if (row := page.list.model.row(n)) and row.name == "Northstar IT")
    page.linked.chosen.emit(partner.account_id)
    assert page.head.name.text() == "Northstar IT"
    assert page.linked.title.text() == "End customers"


def test_a_person_is_added_by_keys_and_undone(page: AccountsPage, app: App) -> None:
    press(Qt.Key.Key_P)
    form = page.people.form
    assert form is not None
    QTest.keyClicks(form.fields["name"], "Dan Kim")
    QTest.keyClicks(form.fields["number"], "(617) 555-0177")
    QTest.keyClick(form.fields["number"], Qt.Key.Key_Return)
    assert page.people.form is None
    added = [one for one in app.ask(card, page.account_id or 0).people if one.name == "Dan Kim"]
    assert [number.e164 for number in added[0].numbers] == ["+16175550177"]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [one.name for one in app.ask(card, page.account_id or 0).people] == ["Priya Raman"]


def test_what_cannot_be_taken_is_said_in_the_form_with_the_words_still_there(page: AccountsPage) -> None:
    press(Qt.Key.Key_P)
    form = page.people.form
    assert form is not None
    QTest.keyClicks(form.fields["name"], "Dan <b>Kim</b>")
    form.fields["number"].setText("12")
    QTest.keyClick(form.fields["number"], Qt.Key.Key_Return)
    is_kept = page.people.form is form
    assert is_kept
    assert form.problem.isVisible()
    assert form.fields["name"].text() == "Dan <b>Kim</b>"
    QTest.keyClick(form.fields["number"], Qt.Key.Key_Escape)
    assert page.people.form is None
    assert page.list.table.hasFocus()


def test_a_block_keeps_its_evidence_and_can_be_lifted(page: AccountsPage, app: App) -> None:
    person = app.ask(card, page.account_id or 0).people[0]
    page.people.begin(Edit("block_number", person.contact_id, person.numbers[0].phone_id))
    form = page.people.form
    assert form is not None
    QTest.keyClick(form.fields["evidence"], Qt.Key.Key_Return)
    assert form.problem.isVisible()
    QTest.keyClicks(form.fields["evidence"], "By e-mail on 12 Nov")
    QTest.keyClick(form.fields["evidence"], Qt.Key.Key_Return)
    number = app.ask(card, page.account_id or 0).people[0].numbers[0]
    assert number.is_do_not_call
    assert "By e-mail on 12 Nov" in number.evidence
    page.people.begin(Edit("unblock_number", person.contact_id, number.phone_id))
    assert page.people.form is not None
    page.people.form.fields["evidence"].setText("They asked to be called again")
    page.people.form.save.click()
    assert not app.ask(card, page.account_id or 0).people[0].numbers[0].is_do_not_call


def test_a_correction_changes_only_what_differs(page: AccountsPage, app: App) -> None:
    person = app.ask(card, page.account_id or 0).people[0]
    page.people.begin(Edit("person", person.contact_id))
    assert page.people.form is not None
    page.people.form.checks["has_left"].setChecked(True)
    page.people.form.save.click()
    assert not app.ask(card, page.account_id or 0).people[0].is_active
    assert "has left" in (app.undo_label or "")


def test_the_count_of_accounts_without_a_number_leads_to_them(page: AccountsPage, shell: Shell, app: App) -> None:
    def bare(work: Work) -> None:
        one = account(work, "Kestrel Analytics")
        renewal(work, contract(work, one, date(2026, 12, 20), "C-99"), one, date(2026, 12, 20))
        refresh_targets(work)

    app.do(bare)
    shell.summary = lambda: app.ask(summary)
    shell.status.show_summary(shell.summary(), app.settings)
    assert shell.status.attention._words == "1 without a number"
    shell.status.attention.click()
    assert page.list.tabs.currentIndex() == NO_NUMBER
    assert names(page) == ["Kestrel Analytics"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_plain_text_everywhere(page: AccountsPage, shell: Shell, app: App, words: str) -> None:
    def hostile(work: Work) -> int:
        made = account(work, words or "-", street=words, city=words, segment=words)
        person = contact(work, made, words or "-", role=words)
        phone(work, person, "+16175550999")
        own = contract(work, made, date(2026, 12, 24), words or "-", vendor=words)
        renewal(work, own, made, date(2026, 12, 24))
        activity(work, made, note=words)
        refresh_targets(work)
        return made

    made = app.do(hostile)
    shell.go("accounts", account_id=made)
    page.people.begin(Edit("person", app.ask(card, made).people[0].contact_id))
    page.head.begin()
    page.grab()
    assert rich(page) == []
    assert nameless(page) == []


def test_an_empty_book_offers_the_import(qtbot: QtBot, app: App) -> None:
    made = Shell(ENTRIES)
    qtbot.addWidget(made)
    made.show()
    made.attach(app, "accounts")
    page = made.page("accounts")
    assert isinstance(page, AccountsPage)
    assert page.empty.isVisible()
    assert not page.list.isVisible()
    made.detach()


def test_qt_finds_nothing_wrong_with_the_list(page: AccountsPage) -> None:
    tester = QAbstractItemModelTester(page.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.list.sort_next()
    page.list.search.setText("o")
    assert isinstance(tester.model(), QAbstractItemModel)


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
def test_the_page_fits_a_small_window(page: AccountsPage, shell: Shell, scheme: str) -> None:
    theme.apply(QApplication.instance(), scheme, 100)  # type: ignore[arg-type]
    shell.resize(1093, 575)
    assert page.minimumSizeHint().width() <= 1093 - 57
    assert not page.list.table.isColumnHidden(0)
    assert page.list.table.isColumnHidden(1)
