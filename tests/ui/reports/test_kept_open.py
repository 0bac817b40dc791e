"""A list that is open stays open while the book changes, and no late answer takes the hands from what they do."""

import pytest
from PySide6.QtWidgets import QApplication

from callstation.app import App
from callstation.work import Work
from tests.ui.reports.conftest import Hands, called
from tests.ui.reports.test_retention import win
from ui.reports import coverage_tab, figures_tab, retention_tab


def touch(work: Work) -> None:
    """What a sync does in passing."""
    work.derive("UPDATE account SET city = 'Halden' WHERE id = 1", told="account")


def rename(work: Work) -> None:
    work.derive("UPDATE account SET name = 'Halden Robots' WHERE id = 1", told="account")


def test_the_list_of_a_figure_stays_open_and_is_read_anew_when_the_book_changes(hands: Hands, app: App) -> None:
    hands.press("E", "Return", "J")
    card = hands.page.figures.list
    assert card.table.hasFocus()
    app.record(rename)
    hands.settle()
    assert not card.isHidden()
    assert (card.table.hasFocus(), card.table.currentIndex().row()) == (True, 1)
    assert {row.account for row in card.rows} == {"Halden Robots"}
    app.record(called)
    hands.settle()
    assert (len(card.rows), card.title.text().rpartition(" ")[2]) == (6, "6")
    hands.press("Escape")
    assert card.isHidden()
    app.record(touch)
    assert card.isHidden()


def test_another_period_closes_the_list_of_a_figure(hands: Hands) -> None:
    hands.press("E", "Return", "Shift+Left")
    assert hands.page.figures.list.isHidden()
    assert hands.page.figures.figures.figures[0].hasFocus()


def test_the_contracts_of_a_group_stay_open_and_are_read_anew_when_the_book_changes(hands: Hands, app: App) -> None:
    hands.app.do(win)
    hands.press("2", *["J"] * 12, "Return")
    card = hands.page.retention.list
    assert card.table.hasFocus()
    count = len(card.rows)
    other = "UPDATE account SET name = 'Kestrel Robots' WHERE name = 'Kestrel Analytics'"
    app.record(lambda work: work.derive(other, told="account"))
    hands.settle()
    assert not card.isHidden()
    assert card.table.hasFocus()
    assert len(card.rows) == count
    assert "Kestrel Robots" in {row.account for row in card.rows}
    hands.press("B", "1")
    assert card.isHidden()


def test_a_list_that_comes_late_does_not_open_over_another_period(large: Hands) -> None:
    view = large.page.figures
    large.press("E")
    view._open(next(iter(view.found.figures)).key)  # type: ignore[union-attr]
    large.page._move(is_later=False)
    large.settle()
    assert view.list.isHidden()


@pytest.mark.parametrize("digit", ["5", "6", "7"])
def test_a_list_that_comes_late_leaves_the_hands_where_they_are(hands: Hands, app: App, digit: str) -> None:
    hands.reads = (*hands.reads, "coverage")
    hands.press("3", "B", digit)
    hands.settle()
    hands.press("Ctrl+K")
    at = QApplication.focusWidget()
    app.record(touch)
    hands.settle()
    assert QApplication.focusWidget() is at
    hands.type("zz")
    hands.press("Escape")


def test_the_palette_keeps_its_letters_while_a_list_is_read(large: Hands) -> None:
    view = large.page.figures
    large.press("E")
    view._open(next(iter(view.found.figures)).key)  # type: ignore[union-attr]
    large.shell.run("palette")
    at = QApplication.focusWidget()
    large.settle()
    assert QApplication.focusWidget() is at


def test_what_has_no_day_is_listed_also_behind_very_many(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.press("3", "B", "3")
    view = hands.page.coverage
    assert len(view.cards[0].rows) > 1
    whole = len(view.cards[0].rows)
    monkeypatch.setattr(coverage_tab, "_MOST", 1)
    view.show_list(0, view._span)
    assert len(view.cards[0].rows) == 1
    assert f": {whole}" in view.cards[0].title.text()


def test_retention_by_product_and_the_differences_follow_what_they_are_read_from(hands: Hands) -> None:
    assert {"product", "crm_record"} <= set(hands.page.nouns)


def test_another_list_is_opened_from_its_first_row_on(hands: Hands) -> None:
    hands.press("E", "Return", "J", "J")
    card = hands.page.figures.list
    assert card.table.currentIndex().row() == 2
    hands.press("Escape", "E", "Return")
    assert card.table.currentIndex().row() == 0


def test_a_list_that_is_cut_says_so_and_is_exported_whole(
    hands: Hands, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures_tab, "MOST_ROWS", 1)
    view = hands.page.figures
    view.by_day.turn()
    today = app.ask(lambda work: work.today)
    view.by_day.opened.emit(
        0, next(n for n, one in enumerate(view.call_places) if one.starts_on <= today <= one.ends_on)
    )
    hands.settle()
    assert len(view.list.rows) == 1
    assert view.list.said.text() == "the first 1"
    assert view.list.whole is not None
    assert len(app.ask(view.list.whole)) == 3


def test_contracts_that_are_cut_off_are_not_counted_as_all(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.app.do(win)
    hands.press("2", *["J"] * 12)
    view = hands.page.retention
    hands.press("Return")
    count = len(view.list.rows)
    monkeypatch.setattr(retention_tab, "MOST_ROWS", count)
    hands.press("Escape", "Return")
    assert view.list.title.text().endswith(str(count)) is False
    assert view.list.said.text() == f"The first {count}"


def test_a_field_of_the_heat_map_opens_its_hour_and_a_row_of_its_table_the_weekday(hands: Hands, app: App) -> None:
    def later(work: Work) -> None:
        work.derive("UPDATE activity SET happened_at = happened_at + 7200 * 1000000 WHERE id = 1", told="activity")

    app.record(later)
    hands.settle()
    view = hands.page.figures
    view.heat.opened.emit(0, 0)
    hands.settle()
    assert (view.list.title.text(), len(view.list.rows)) == ("Calls on Mon at 10, Week of 23 Nov 2026: 2", 2)
    view.back()
    view.heat.turn()
    view.heat.opened.emit(0, 0)
    hands.settle()
    assert (view.list.title.text(), len(view.list.rows)) == ("Calls on Mon, Week of 23 Nov 2026: 3", 3)
