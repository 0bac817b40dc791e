"""The page of all quotes and the card on the account's page: lists, search, keys, empty states."""

from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from callstation.app import App
from callstation.clock import ManualClock
from callstation.quotes.quotes import accept_quote, reject_quote, save_quote, send_quote
from callstation.quotes.worksheet import Choices
from db.vocabulary import QuoteOption
from tests.ui.quotes.book import QuoteDesk, quote_desk
from tests.ui.walk import nameless, rich
from ui.accounts.page import AccountsPage
from ui.quotes.page import QuotesPage


def target_of(desk: QuoteDesk, account: str) -> int:
    found: int = desk.rows(
        "SELECT t.id FROM call_target t JOIN account a ON a.id = t.account_id WHERE a.name = ?", account
    )[0][0]
    return found


def make_some(desk: QuoteDesk) -> None:
    """One sent in its second version, one waiting for approval, then forgotten by undo."""
    app = desk.app
    halden, fjord = target_of(desk, "Halden Robotics"), target_of(desk, "Blue Fjord Logistics")
    first = app.do(save_quote, halden, Choices())
    app.do(send_quote, first.quote_id)
    second = app.do(save_quote, halden, Choices(option=QuoteOption.THREE_YEARS), quote_id=first.quote_id)
    app.do(send_quote, second.quote_id)
    app.do(save_quote, fjord, Choices(discount=Decimal("0.25"), reason="Loyal"))
    app.forget_steps()


def page_of(desk: QuoteDesk) -> QuotesPage:
    desk.press("G", "Q")
    QTest.qWait(40)
    page = desk.shell.page("quotes")
    assert isinstance(page, QuotesPage)
    return page


def shown(page: QuotesPage) -> list[tuple[str, str]]:
    return [(page.model.words(row, 1), page.model.words(row, 2)) for row in range(page.model.rowCount())]


def test_no_quotes_are_told_with_the_next_step(desk: QuoteDesk) -> None:
    page = page_of(desk)
    assert page.empty.isVisible()
    assert page.empty.title.text() == "No quotes yet"
    assert nameless(page) == []


def test_quotes_stand_by_status_each_in_its_last_version(desk: QuoteDesk) -> None:
    make_some(desk)
    page = page_of(desk)
    assert sorted(shown(page)) == [("Blue Fjord Logistics", "Needs approval"), ("Halden Robotics", "Sent")]
    assert page.said.text() == "2 quotes under way."
    assert page.asked.number.text() == "1"
    page.tabs.setCurrentIndex(2)
    assert shown(page) == [("Blue Fjord Logistics", "Needs approval")]
    page.tabs.setCurrentIndex(5)
    assert shown(page) == []
    assert page.nothing.text() == "None was accepted yet."
    assert nameless(page) == []
    assert rich(page) == []


def test_search_finds_by_number_account_and_status(desk: QuoteDesk) -> None:
    make_some(desk)
    page = page_of(desk)
    desk.press("/")
    desk.type("fjord")
    assert shown(page) == [("Blue Fjord Logistics", "Needs approval")]
    desk.press("Esc")
    assert len(shown(page)) == 2
    desk.press("/")
    desk.type("0001 three")
    assert shown(page) == [("Halden Robotics", "Sent")]
    desk.type("zzz")
    assert page.nothing.text() == "No quote under “Open” matches “0001 threezzz”."


def test_the_one_in_hand_is_told_below_and_opened_on_the_desk(desk: QuoteDesk) -> None:
    make_some(desk)
    page = page_of(desk)
    desk.press("J")
    assert page.current is not None
    assert page.current.account == "Halden Robotics"
    QTest.qWait(40)
    assert page.strip.title.text() == "Q-2026-0001 v2 for Halden Robotics"
    assert page.strip.lines.text() == "90 × Quillbase Growth, 40 × Sentrylane Team"
    desk.press("Enter")
    assert desk.shell.current == "desk"
    assert desk.account == "Halden Robotics"
    assert desk.quoting.is_open
    assert desk.quoting.sheet.head.title.text() == "Q-2026-0001 v2"


def test_columns_order_the_list(desk: QuoteDesk) -> None:
    make_some(desk)
    page = page_of(desk)
    page.table.sortByColumn(1, page.table.horizontalHeader().sortIndicatorOrder())
    assert [account for account, _ in shown(page)] in (
        ["Blue Fjord Logistics", "Halden Robotics"], ["Halden Robotics", "Blue Fjord Logistics"]
    )  # fmt: skip
    for column in range(len(page.model.columns)):
        page.table.sortByColumn(column, page.table.horizontalHeader().sortIndicatorOrder())
        page.table.grab()


def test_a_quote_that_is_taken_back_leaves_the_list(desk: QuoteDesk) -> None:
    desk.app.do(save_quote, target_of(desk, "Halden Robotics"), Choices())
    page = page_of(desk)
    assert len(shown(page)) == 1
    desk.press("Ctrl+Z")
    QTest.qWait(40)
    assert page.empty.isVisible()


@pytest.mark.parametrize(("size", "text_size"), [((1093, 575), 100), ((1093, 575), 140)])
def test_a_small_window_shows_what_matters(app: App, clock: ManualClock, size: tuple[int, int], text_size: int) -> None:
    app.settings = app.settings.with_values(text_size=text_size, theme="light")
    desk = quote_desk(app, clock, size=size)
    make_some(desk)
    page = page_of(desk)
    QApplication.processEvents()
    assert page.table.viewport().height() > 60
    assert desk.shell.width() == size[0]
    desk.close()


def test_the_page_of_an_account_lists_its_quotes(desk: QuoteDesk) -> None:
    make_some(desk)
    desk.press("G", "A")
    page = desk.shell.page("accounts")
    assert isinstance(page, AccountsPage)
    page.open(account_id=desk.rows("SELECT id FROM account WHERE name = 'Halden Robotics'")[0][0])
    said = [row.accessibleName() for row in page.quotes.rows]
    assert said[0].startswith("Q-2026-0001 v2, Sent, $156,121.20, Three years, valid until")
    assert said[1].startswith("Q-2026-0001 v1, Superseded")
    page.quotes.rows[1].click()
    assert desk.shell.current == "desk"
    assert desk.quoting.sheet.head.title.text() == "Q-2026-0001 v1"
    assert [key.label for key in desk.quoting.sheet.strip.choices.values()] == ["Open the newest"]


def test_an_account_without_quotes_shows_no_card(desk: QuoteDesk) -> None:
    desk.press("G", "A")
    QTest.qWait(60)
    page = desk.shell.page("accounts")
    assert isinstance(page, AccountsPage)
    assert page.quotes.isHidden()


def test_the_desk_names_the_proposed_price(desk: QuoteDesk) -> None:
    proposed = desk.page.context.proposed
    assert proposed.isHidden()
    halden = target_of(desk, "Halden Robotics")
    saved = desk.app.do(save_quote, halden, Choices(discount=Decimal("0.05")))
    desk.page.open(target_id=halden)
    assert proposed.value == "$49,438.38 (−5.0%)"
    desk.app.do(send_quote, saved.quote_id)
    desk.app.do(reject_quote, saved.quote_id, reason="No")
    desk.page.open(target_id=halden)
    assert proposed.value == ""
    again = desk.app.do(save_quote, halden, Choices(option=QuoteOption.THREE_YEARS))
    desk.page.open(target_id=halden)
    assert proposed.value == "$156,121.20, three years"
    desk.app.do(send_quote, again.quote_id)
    desk.app.do(accept_quote, again.quote_id)
