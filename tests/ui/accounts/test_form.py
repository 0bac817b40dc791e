"""The account in hand corrected by keys, in a form on its head card."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from callstation.accounts.accounts import card
from callstation.app import App
from db.nouns import Account
from tests.ui.accounts.test_page import NAMES, page, press, shell
from tests.ui.walk import HOSTILE
from ui.accounts.account_form import AccountForm
from ui.accounts.page import AccountsPage
from ui.shell import Shell

__all__ = ["page", "shell"]


def open_form(page: AccountsPage) -> AccountForm:
    press(Qt.Key.Key_E)
    assert page.head.form is not None
    return page.head.form


def type_over(form: AccountForm, key: str, words: str) -> None:
    form.fields[key].setFocus()
    form.fields[key].selectAll()
    QTest.keyClicks(form.fields[key], words)


def test_an_account_is_corrected_by_keys_and_undone(page: AccountsPage, shell: Shell, app: App) -> None:
    form = open_form(page)
    assert form.fields["name"].hasFocus()
    QTest.keyClicks(form.fields["name"], "Blue Fjord AS")
    type_over(form, "street", "Dock 4 / Harbour Row 12")
    type_over(form, "country", "norway")
    type_over(form, "language", "de")
    press(Qt.Key.Key_Return)
    assert page.head.form is None
    assert page.list.table.hasFocus()
    found = app.ask(card, page.account_id or 0)
    assert (found.name, found.street, found.country, found.language) == (
        "Blue Fjord AS", "Dock 4\nHarbour Row 12", "NO", "de"
    )  # fmt: skip
    assert page.head.name.text() == "Blue Fjord AS"
    assert page.head.place.text().startswith("Dock 4, Harbour Row 12, Boston")
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert app.ask(card, page.account_id or 0).name == NAMES[0]


def test_what_is_no_country_is_said_in_the_form_with_the_words_still_there(page: AccountsPage, app: App) -> None:
    form = open_form(page)
    type_over(form, "country", "<b>Atlantis</b>")
    press(Qt.Key.Key_Return)
    is_kept = page.head.form is form
    assert is_kept
    assert form.problem.isVisible()
    assert "not a country" in form.problem.text()
    assert form.fields["country"].text() == "<b>Atlantis</b>"
    press(Qt.Key.Key_Escape)
    assert page.head.form is None
    assert page.list.table.hasFocus()
    assert app.ask(card, page.account_id or 0).country == "US"


def test_the_form_of_one_account_is_not_left_open_over_the_next(page: AccountsPage, qtbot: QtBot) -> None:
    open_form(page)
    page.list.table.setFocus()
    press(Qt.Key.Key_J)
    qtbot.waitUntil(lambda: page.head.name.text() == NAMES[1])
    assert page.head.form is None


def test_keys_that_follow_at_once_correct_the_account_one_stopped_at(page: AccountsPage) -> None:
    press(Qt.Key.Key_J)
    assert open_form(page).fields["name"].text() == NAMES[1]


@pytest.mark.parametrize("words", [words for words in HOSTILE if words])
def test_hostile_words_that_nobody_typed_over_stay_as_they_are(page: AccountsPage, app: App, words: str) -> None:
    account_id = page.account_id or 0
    app.do(lambda work: work.update(Account, account_id, name=words, street=words, city=words))
    before = app.ask(card, account_id)
    form = open_form(page)
    type_over(form, "postal_code", "02110")
    press(Qt.Key.Key_Return)
    found = app.ask(card, account_id)
    assert found.postal_code == "02110"
    assert (found.name, found.street, found.city) == (before.name, before.street, before.city)


def test_saving_what_nobody_changed_does_nothing(page: AccountsPage, app: App) -> None:
    label = app.undo_label
    open_form(page)
    press(Qt.Key.Key_Return)
    assert page.head.form is None
    assert app.undo_label == label
