"""The catalogue by keys: the list, typing over cells, contracted prices, price books, hostile words, little room."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.quotes.catalogue import price_of
from callstation.quotes.price_books import agree_price
from callstation.work import Work
from db.nouns import PriceBook, PriceEntry, Product
from tests import factories
from tests.quotes.price_books import fill
from tests.ui.walk import HOSTILE, nameless, rich
from ui.accounts.inline_form import InlineForm
from ui.catalogue.page import CataloguePage
from ui.catalogue.rows_card import RowsCard
from ui.pages import PAGES
from ui.shell import Shell
from ui.theme import theme

ENTRIES = tuple(
    replace(entry, module="tests.ui.pages_for_tests", cls="DeskForTests") if entry.id == "desk" else entry
    for entry in PAGES
)
TODAY = date(2026, 11, 23)


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


def page_of(shell: Shell, app: App) -> CataloguePage:
    shell.attach(app, "desk")
    press("G", "K")
    assert shell.current == "catalogue"
    page = shell.page("catalogue")
    assert isinstance(page, CataloguePage)
    QTest.qWait(40)
    return page


@pytest.fixture
def page(shell: Shell, app: App) -> CataloguePage:
    fill(app)
    return page_of(shell, app)


KEYS = {"Return": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "Tab": Qt.Key.Key_Tab, "Down": Qt.Key.Key_Down,
        "Up": Qt.Key.Key_Up, "/": Qt.Key.Key_Slash}  # fmt: skip


def press(*keys: str) -> None:
    for key in keys:
        focus = QApplication.focusWidget() or QApplication.activeWindow()
        assert focus is not None
        held = Qt.KeyboardModifier.ControlModifier if key.startswith("Ctrl+") else Qt.KeyboardModifier.NoModifier
        last = key.removeprefix("Ctrl+")
        QTest.keyClick(focus, KEYS[last] if last in KEYS else getattr(Qt.Key, f"Key_{last}"), held)


def type_words(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def wait() -> None:
    """The moment after which the row in hand is read."""
    QTest.qWait(60)


def shown(page: CataloguePage) -> list[tuple[str, str, str]]:
    model, titles = page.list.model, [column.title for column in page.list.model.columns]
    at = [titles.index(title) for title in ("Product", "Price", "Cost")]
    return [
        (model.words(row, at[0]), model.words(row, at[1]), model.words(row, at[2])) for row in range(model.rowCount())
    ]


def form_in(card: RowsCard) -> InlineForm:
    """The form that is open in a card."""
    assert card.form is not None
    return card.form


def typed_over(page: CataloguePage, *keys: str, words: str, end: str = "Return") -> None:
    press(*keys)
    assert page.list.edited
    page.list.editor.selectAll()
    type_words(words)
    press(end)
    wait()


# -- the list ------------------------------------------------------------------------------------------------------


def test_without_products_the_page_offers_the_import(shell: Shell, app: App) -> None:
    page = page_of(shell, app)
    assert page.empty.isVisible()
    assert page.empty.title.text() == "No products yet"
    assert not page.list.isVisible()
    assert nameless(page) == []


def test_products_stand_by_vendor_with_price_and_cost_and_what_is_unknown_says_so(page: CataloguePage) -> None:
    assert shown(page) == [
        ("Growth", "$10", "$6"), ("Audit", "$3", "unknown"), ("Vault", "$2", "$1"), ("Bare", "no price", "")
    ]  # fmt: skip
    assert page.product.name.text() == "Growth"
    assert len(page.product.prices.rows) == 2
    assert "1" in page.product.prices.more.text()
    QAbstractItemModelTester(page.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_j_and_k_walk_and_what_stands_beside_follows(page: CataloguePage) -> None:
    press("J")
    wait()
    assert page.product.name.text() == "Audit"
    press("K")
    wait()
    assert page.product.name.text() == "Growth"


def test_slash_finds_by_vendor_and_escape_brings_all_back(page: CataloguePage) -> None:
    press("/")
    type_words("vaultm")
    wait()
    assert [row[0] for row in shown(page)] == ["Vault"]
    assert page.product.name.text() == "Vault"
    type_words("xyz")
    assert page.list.nothing.text() == "No product matches “vaultmxyz”."
    press("Esc")
    assert len(shown(page)) == 4


def test_the_tabs_narrow_to_add_ons_and_to_what_has_no_price(page: CataloguePage) -> None:
    page.list.tabs.setCurrentIndex(2)
    assert [row[0] for row in shown(page)] == ["Audit"]
    page.list.tabs.setCurrentIndex(3)
    assert [row[0] for row in shown(page)] == ["Bare"]


# -- typing over ---------------------------------------------------------------------------------------------------


def test_enter_types_over_the_price_and_undo_brings_it_back(page: CataloguePage, app: App) -> None:
    typed_over(page, "Return", words="12.50")
    assert shown(page)[0] == ("Growth", "$12.50", "$6")
    assert not page.list.edited
    press("Ctrl+Z")
    wait()
    assert shown(page)[0] == ("Growth", "$10", "$6")


def test_tab_goes_from_price_to_cost_to_family_and_keeps_each(page: CataloguePage) -> None:
    typed_over(page, "Return", words="12", end="Tab")
    assert page.list.edited == "Cost"
    page.list.editor.selectAll()
    type_words("unknown")
    press("Tab")
    assert page.list.edited == "Family"
    page.list.editor.selectAll()
    type_words("Ink")
    press("Return")
    wait()
    assert shown(page)[0] == ("Growth", "$12", "unknown")
    assert "Ink" in page.product.about.text()


def test_down_goes_on_to_the_same_cell_of_the_next_product(page: CataloguePage) -> None:
    typed_over(page, "C", words="5", end="Down")
    assert page.list.edited == "Cost"
    page.list.editor.selectAll()
    type_words("2")
    press("Return")
    wait()
    assert [row[2] for row in shown(page)[:2]] == ["$5", "$2"]


def test_a_price_typed_over_never_becomes_another_products(page: CataloguePage, app: App) -> None:
    press("Return")
    type_words("77")
    assert page.list.row is not None
    product_id = page.list.row.product_id

    def forget(work: Work) -> None:
        for (entry_id,) in work.rows("SELECT id FROM price_entry WHERE product_id = ?", (product_id,)):
            work.delete(PriceEntry, entry_id)
        work.delete(Product, product_id)

    app.record(forget)
    wait()
    press("Return")
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM price_entry WHERE amount = 770000")) == [(0,)]


def test_nonsense_is_said_in_a_sentence_and_stands_there_to_be_mended(page: CataloguePage, shell: Shell) -> None:
    typed_over(page, "Return", words="a lot")
    assert page.list.edited == "Price"
    assert page.list.editor.text() == "a lot"
    press("Esc")
    assert not page.list.edited
    assert shown(page)[0][1] == "$10"


def test_a_product_without_a_price_gets_one_from_today_on(page: CataloguePage, app: App) -> None:
    press("J", "J", "J")
    wait()
    typed_over(page, "Return", words="7")
    assert ("Bare", "$7", "unknown") in shown(page)
    found = app.ask(lambda work: work.rows("SELECT id FROM product WHERE name = 'Bare'"))[0][0]
    price = app.ask(price_of, found, currency="USD", on=TODAY)
    assert price is not None
    assert price.book == "Own prices"


def test_t_makes_a_plan_an_add_on_and_a_plan_again(page: CataloguePage) -> None:
    press("T")
    wait()
    assert page.product.kind.text() == "Add-on"
    press("T")
    wait()
    assert page.product.kind.text() == "Plan"


# -- forms ---------------------------------------------------------------------------------------------------------


def test_a_contracted_price_is_added_changed_and_taken_away_by_keys(page: CataloguePage, app: App) -> None:
    press("A")
    form = form_in(page.product.agreed)
    type_words("Halden")
    form.fields["amount"].setFocus()
    type_words("8.25")
    form.fields["valid_to"].setFocus()
    type_words("31 Dec 2027")
    press("Return")
    wait()
    assert page.product.agreed.form is None
    button, _ = page.product.agreed.rows[0]
    assert button.accessibleName() == "Halden Robotics, Holds, $8.25 / year, to 31 Dec 2027"
    growth = page.product.card
    assert growth is not None
    found = app.ask(price_of, growth.product_id, currency="USD", on=TODAY, account_id=1)
    assert found is not None
    assert (found.source, found.amount) == ("contracted", Decimal("8.25"))
    button.setFocus()
    press("Return")
    form = form_in(page.product.agreed)
    form.checks["remove"].setChecked(True)
    press("Return")
    wait()
    assert page.product.agreed.rows == []
    press("Ctrl+Z")
    wait()
    assert len(page.product.agreed.rows) == 1


def test_what_a_form_cannot_take_is_said_in_it_with_the_words_still_there(page: CataloguePage) -> None:
    press("A")
    form = form_in(page.product.agreed)
    type_words("Nobody Inc")
    press("Return")
    assert form.problem.isVisible()
    assert "no such account" in form.problem.text()
    assert form.fields["account"].text() == "Nobody Inc"
    press("Esc")
    assert page.product.agreed.form is None
    assert page.list.table.hasFocus()


def test_a_list_price_is_changed_with_unit_months_and_quantity(page: CataloguePage, app: App) -> None:
    button, _ = page.product.prices.rows[0]
    button.setFocus()
    press("Return")
    form = form_in(page.product.prices)
    form.fields["months"].setText("month")
    form.fields["unit"].setText("seat/month")
    form.fields["amount"].setText("1.50")
    press("Return")
    wait()
    assert shown(page)[0][1] == "$1.50"
    assert app.ask(lambda work: work.rows("SELECT plan_months, unit FROM price_entry WHERE amount = 15000")) == [
        (1, "seat/month")
    ]


def test_the_product_itself_is_changed_by_e(page: CataloguePage) -> None:
    press("E")
    form = form_in(page.product.details)
    form.fields["vendor"].setText("Inkwell & Sons")
    form.checks["is_add_on"].setChecked(True)
    press("Return")
    wait()
    assert page.product.about.text().startswith("Inkwell & Sons")
    assert page.product.name.text() == "Growth"


def test_n_adds_a_list_price_in_another_currency(page: CataloguePage) -> None:
    press("N")
    form = form_in(page.product.prices)
    type_words("9,5")
    form.fields["currency"].setText("eur")
    press("Return")
    wait()
    assert len(page.product.prices.rows) == 3


def test_l_shows_the_price_books_and_enter_changes_the_one_in_hand(page: CataloguePage, app: App) -> None:
    press("L")
    wait()
    assert page.list.book_table.hasFocus()
    model = page.list.book_table.rows
    assert [model.words(row, 0) for row in range(model.rowCount())] == ["Pasted text USD"] * 2
    press("Return")
    form = form_in(page.book.card)
    form.fields["name"].setText("Autumn list")
    form.fields["valid_to"].setText("31.12.2026")
    press("Return")
    wait()
    assert app.ask(lambda work: work.rows("SELECT name, valid_to FROM price_book ORDER BY valid_from DESC"))[0] == (
        "Autumn list", "2026-12-31"
    )  # fmt: skip
    press("Return")
    form = form_in(page.book.card)
    form.checks["remove"].setChecked(True)
    press("Return")
    wait()
    assert model.rowCount() == 1
    press("L")
    assert shown(page)[0] == ("Growth", "$8", "unknown")


# -- looks ---------------------------------------------------------------------------------------------------------


def hostile(work: Work) -> None:
    book = work.insert(
        PriceBook, uid="h", name=HOSTILE[0], currency="USD", valid_from=None, valid_to=None, source=HOSTILE[1],
        created_at=work.now,
    )  # fmt: skip
    for number, words in enumerate(HOSTILE):
        made = work.insert(
            Product, name=words, name_key=f"h{number}", vendor=HOSTILE[number - 1], family=words, sku=words
        )
        work.insert(PriceEntry, price_book_id=book, product_id=made, amount=Decimal(number), unit=words)
    account = factories.account(work, HOSTILE[0], name_key="hostile")
    agree_price(work, account, made, amount=Decimal(1), currency="USD", note=HOSTILE[0])


def test_hostile_words_stay_words_everywhere(shell: Shell, app: App) -> None:
    app.do(hostile)
    page = page_of(shell, app)
    for _ in HOSTILE:
        press("E")
        press("Esc")
        press("J")
        wait()
    press("A")
    press("Esc")
    press("L")
    wait()
    press("Return")
    assert rich(page) == []
    assert nameless(page) == []
    assert page.grab().width() > 0


@pytest.mark.parametrize(
    ("width", "size", "scheme"), [(1093, 100, "light"), (1093, 140, "dark"), (1440, 140, "high contrast")]
)
def test_with_little_room_and_large_text_nothing_is_cut(
    page: CataloguePage, shell: Shell, dressed: QApplication, width: int, size: int, scheme: str
) -> None:
    theme.apply(dressed, scheme, size)
    shell.resize(width, 575)
    wait()
    press("A")
    wait()
    assert page.minimumSizeHint().width() <= page.width()
    assert page.list.minimumSizeHint().width() <= page.list.width()
    assert nameless(page) == []
    assert page.grab().width() > 0
