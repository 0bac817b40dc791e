"""Signing in and out by the window: a real practice org over HTTP, a browser, and keys alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.clock import ManualClock
from callstation.demo.practice import open_practice
from callstation.errors import UserError
from callstation.paths import Places
from callstation.secrets import SessionSecrets
from callstation.sync.connection import connect, connection, disconnect
from callstation.sync.practice.told import read_told
from callstation.sync.salesforce.admin import ADMIN_TEXT
from callstation.sync.salesforce.oauth import Identity
from tests.ui.sync.pages_for_connect import ENTRIES, ConnectForTests
from tests.ui.sync.served import Browser, Served, served
from tests.ui.walk import HOSTILE, nameless, rich
from ui.bus import Notice
from ui.shell import Shell
from ui.theme import theme

MakeBrowser = Callable[[str], Browser]
DANA = Identity("005000000000001AAA", "00D000000000001AAA", "dana@acme.example", "Dana", "", "http://127.0.0.1:1")


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    yield from opened(qtbot, app, None)


def opened(qtbot: QtBot, app: App, own: Places | None) -> Iterator[Shell]:
    made = Shell(ENTRIES)
    made.own = own
    made.secrets = SessionSecrets()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.attach(app, "sync")
    page_of(made).panel.signing_in.ports = [0]
    yield made
    made.detach()


def page_of(shell: Shell) -> ConnectForTests:
    found = shell.page("sync")
    assert isinstance(found, ConnectForTests)
    return found


@pytest.fixture
def page(shell: Shell) -> ConnectForTests:
    return page_of(shell)


@pytest.fixture
def org(clock: ManualClock) -> Iterator[Served]:
    with served(clock) as made:
        yield made


@pytest.fixture
def browser() -> Iterator[MakeBrowser]:
    made: list[Browser] = []

    def make(decision: str) -> Browser:
        made.append(Browser(decision))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[App]:
    """The practice book, beside an own folder."""
    made = open_practice(Places(tmp_path / "own"), clock=clock)
    yield made
    made.close()


@pytest.fixture
def practice(qtbot: QtBot, book: App, tmp_path: Path) -> Iterator[Shell]:
    yield from opened(qtbot, book, Places(tmp_path / "own"))


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget() or QApplication.activeWindow()
    assert focus is not None
    QTest.keyClick(focus, key)


def choose_practice(page: ConnectForTests, base_url: str) -> None:
    """By keys: to the last of the four, then the address."""
    page.panel.form.tabs.setFocus()
    for _ in range(3):
        press(Qt.Key.Key_Right)
    field = page.panel.form.practice
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, base_url)


def test_enter_in_the_address_signs_in_by_the_browser(
    page: ConnectForTests, shell: Shell, org: Served, browser: MakeBrowser, qtbot: QtBot
) -> None:
    visitor = browser("allow")
    heard: list[Notice] = []
    shell.bus.noticed.connect(heard.append)
    choose_practice(page, org.base_url)
    press(Qt.Key.Key_Return)
    assert page.panel.waiting.isVisible()
    qtbot.waitUntil(lambda: page.heard == ["connected"])
    made = page.app.ask(connection)
    assert made is not None
    assert (made.host, made.display_name) == (org.base_url, "Robin Reyes")
    assert visitor.visit.urls[0].startswith(f"{org.base_url}/services/oauth2/authorize?")
    assert shell.secrets.get(made.secret_name)
    assert [notice.words for notice in heard] == ["Signed in as Robin Reyes."]
    assert page.card.isVisible()
    assert page.card.who.text() == "Connected as Robin Reyes since 10:00 AM"
    assert page.card.where.text() == f"rep@practice.example at {org.base_url.removeprefix('http://')}"


def test_o_signs_out_and_the_other_side_hears_it(
    page: ConnectForTests, shell: Shell, org: Served, browser: MakeBrowser, qtbot: QtBot
) -> None:
    browser("allow")
    choose_practice(page, org.base_url)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.heard == ["connected"])
    name = page.app.ask(connection).secret_name  # type: ignore[union-attr]
    page.setFocus()
    press(Qt.Key.Key_O)
    qtbot.waitUntil(lambda: page.heard == ["connected", "signed out"])
    assert page.app.ask(connection) is None
    assert shell.secrets.get(name) is None
    assert "POST /services/oauth2/revoke" in {f"{one.method} {one.path}" for one in org.web.faults.seen}
    assert page.panel.isVisible()
    assert (page.panel.form.place, page.panel.form.practice.text()) == ("practice", org.base_url)


def test_signing_out_without_a_network_says_that_salesforce_was_not_told(
    page: ConnectForTests, shell: Shell, app: App, qtbot: QtBot
) -> None:
    app.record(connect, DANA, host="http://127.0.0.1:1", client_id="callstation")
    shell.secrets.set("salesforce/00D000000000001AAA/005000000000001AAA", "old")
    heard: list[Notice] = []
    shell.bus.noticed.connect(heard.append)
    page.refresh()
    page.card.sign_out.click()
    qtbot.waitUntil(lambda: page.heard == ["signed out"])
    assert [notice.kind for notice in heard] == ["warn"]
    assert "could not be told" in heard[0].words


def test_a_no_in_the_browser_is_said_in_the_panel(
    page: ConnectForTests, org: Served, browser: MakeBrowser, qtbot: QtBot
) -> None:
    browser("deny")
    choose_practice(page, org.base_url)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.panel.problem.isVisible)
    assert page.panel.problem.title.text() == "You did not allow Callstation in."
    assert not page.panel.waiting.isVisible()
    assert page.panel.form.isEnabled()
    assert page.app.ask(connection) is None
    page.panel.form.tabs.setFocus()
    press(Qt.Key.Key_Left)
    assert not page.panel.problem.isVisible()


def test_escape_gives_up_waiting_and_i_begins_anew(
    page: ConnectForTests, org: Served, browser: MakeBrowser, qtbot: QtBot
) -> None:
    visitor = browser("")
    choose_practice(page, org.base_url)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(visitor.visit.urls) == 1)
    assert page.panel.waiting.open.isEnabled()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(page.panel.sign_in.isVisible)
    assert page.heard == []
    page.setFocus()
    press(Qt.Key.Key_I)
    qtbot.waitUntil(lambda: len(visitor.visit.urls) == 2)
    assert visitor.visit.urls[0] != visitor.visit.urls[1]
    page.panel.waiting.cancel.click()
    qtbot.waitUntil(page.panel.sign_in.isVisible)


def test_the_page_is_opened_again_and_its_address_copied(
    page: ConnectForTests, org: Served, browser: MakeBrowser, qtbot: QtBot
) -> None:
    visitor = browser("")
    choose_practice(page, org.base_url)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(visitor.visit.urls) == 1)
    page.panel.waiting.open.click()
    assert visitor.visit.urls[1] == visitor.visit.urls[0]
    page.panel.waiting.copy.click()
    assert QGuiApplication.clipboard().text().startswith(f"{org.base_url}/services/oauth2/authorize?")
    page.panel.waiting.cancel.click()
    qtbot.waitUntil(page.panel.sign_in.isVisible)


def test_leaving_the_book_ends_the_waiting(shell: Shell, org: Served, browser: MakeBrowser, qtbot: QtBot) -> None:
    visitor, page = browser(""), page_of(shell)
    choose_practice(page, org.base_url)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(visitor.visit.urls) == 1)
    assert shell.jobs.finish(2000)


@pytest.mark.parametrize("place", ["production", "sandbox"])
def test_salesforce_without_a_client_id_asks_for_it_before_any_browser(page: ConnectForTests, place: str) -> None:
    page.panel.form.choose(place)
    page.setFocus()
    press(Qt.Key.Key_I)
    assert "your admin has its id" in page.panel.form.client_field.problem.text()
    assert page.panel.form.client_id.hasFocus()
    assert not page.panel.signing_in.is_under_way
    QTest.keyClicks(page.panel.form.client_id, "3MVG9")
    assert page.panel.form.read() == (f"https://{'login' if place == 'production' else 'test'}.salesforce.com", "3MVG9")


def test_a_my_domain_is_taken_as_the_browser_shows_it(page: ConnectForTests) -> None:
    form = page.panel.form
    form.choose("domain")
    form.client_id.setText("3MVG9")
    form.domain.setText("acme.lightning.force.com")
    assert form.read() == ("https://acme.my.salesforce.com", "3MVG9")


@pytest.mark.parametrize("words", [*HOSTILE, "http://acme.my.salesforce.com", "http://127.0.0.1:8420"])
def test_what_is_no_my_domain_is_said_under_its_field(page: ConnectForTests, words: str) -> None:
    form = page.panel.form
    form.choose("domain")
    form.client_id.setText("3MVG9")
    form.domain.setText(words)
    assert form.read() is None
    assert form.domain_field.problem.text()
    assert rich(page) == []


@pytest.mark.parametrize("words", ["", "https://acme.my.salesforce.com", "http://10.0.0.7:8420", "http://127.0.0.1"])
def test_a_practice_org_is_on_this_computer_or_nowhere(page: ConnectForTests, words: str) -> None:
    form = page.panel.form
    form.choose("practice")
    form.practice.setText(words)
    assert form.read() is None
    assert "on this computer" in form.practice_field.problem.text()


def test_w_shows_the_letter_to_the_admin_and_c_copies_it(page: ConnectForTests, qtbot: QtBot) -> None:
    page.setFocus()
    press(Qt.Key.Key_W)
    assert page.panel.admin.isVisible()
    assert page.panel.admin.text.toPlainText() == ADMIN_TEXT
    page.setFocus()
    press(Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == ADMIN_TEXT
    press(Qt.Key.Key_Escape)
    assert not page.panel.admin.isVisible()


def test_without_a_keychain_the_panel_says_how_long_it_lasts(page: ConnectForTests, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "No keychain on this computer: you stay signed in until you quit." in said(page))


def said(page: ConnectForTests) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_the_last_sign_in_fills_the_form_again(app: App, qtbot: QtBot) -> None:
    app.record(connect, DANA, host="https://acme.my.salesforce.com", client_id="3MVG9<b>")
    app.record(disconnect)
    for shell in opened(qtbot, app, None):
        form = page_of(shell).panel.form
        assert (form.place, form.domain.text(), form.client_id.text()) == (
            "domain", "https://acme.my.salesforce.com", "3MVG9<b>",
        )  # fmt: skip


def test_own_books_see_nothing_of_practising(page: ConnectForTests, shell: Shell) -> None:
    assert not page.panel.practise.isVisible()
    assert "practise_sync" not in page.commands()
    assert page.card.practise is None


def test_p_practises_in_the_made_up_book_and_says_what_happened(practice: Shell, book: App, qtbot: QtBot) -> None:
    page = page_of(practice)
    assert page.panel.practise.button.hasFocus()
    press(Qt.Key.Key_P)
    qtbot.waitUntil(lambda: page.heard == ["connected"], timeout=20_000)
    made = book.ask(connection)
    assert made is not None
    assert made.is_inside
    told = book.ask(read_told)
    assert len(told) == 5
    assert page.card.practise is not None
    assert page.card.practise.told == told
    assert [f"•  {sentence}" in said(page) for sentence in told] == [True] * 5
    page.setFocus()
    press(Qt.Key.Key_P)
    qtbot.waitUntil(lambda: book.ask(read_told) != told and not practice.jobs.running, timeout=20_000)
    assert page.card.practise.told == book.ask(read_told)


def test_the_made_up_book_can_reach_a_practice_org_alone(practice: Shell) -> None:
    form = page_of(practice).panel.form
    assert not form.tabs.isVisible()
    form.practice.setText("https://login.salesforce.com")
    assert form.read() is None
    form.show_last("https://acme.my.salesforce.com", "3MVG9")
    assert form.place == "practice"


def test_a_book_that_cannot_practise_says_why(practice: Shell, book: App, qtbot: QtBot) -> None:
    book.record(connect, DANA, host="http://127.0.0.1:1", client_id="callstation")
    book.record(lambda work: work.derive("UPDATE account SET crm_id = '001000000000001AAA' WHERE id = 1"))
    book.record(disconnect)
    heard: list[Notice] = []
    practice.bus.noticed.connect(heard.append)
    page_of(practice).panel.practise.start()
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].words == "This book belongs to another Salesforce."
    assert page_of(practice).panel.practise.button.isEnabled()


@pytest.mark.parametrize("words", HOSTILE)
def test_a_name_or_refusal_is_shown_as_plain_words(page: ConnectForTests, app: App, words: str) -> None:
    page.panel.problem.show_problem(UserError(words, words, words))
    identity = Identity("005000000000001AAA", "00D000000000001AAA", words, words, "", "http://127.0.0.1:1")
    app.record(connect, identity, host="http://127.0.0.1:1", client_id="callstation")
    for widget in (page.panel.problem, page.card):
        assert widget.minimumSizeHint().width() <= 600
    page.refresh()
    assert rich(page) == []
    assert page.card.minimumSizeHint().width() <= 600


def test_everything_has_a_name(page: ConnectForTests, practice: Shell) -> None:
    page.panel.toggle_admin()
    page.panel.waiting.wait_for("http://127.0.0.1", is_open=False)
    for one in (page, page_of(practice)):
        assert nameless(one) == []
        assert rich(one) == []


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
def test_the_panel_fits_a_small_window(page: ConnectForTests, shell: Shell, scheme: str) -> None:
    theme.apply(QApplication.instance(), scheme, 140)  # type: ignore[arg-type]
    shell.resize(1093, 575)
    assert page.minimumSizeHint().width() <= 1093 - 57
