"""The quote in the call, worked by keys: opened, typed over, added to, explained, left and taken back."""

from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from callstation.app import App
from callstation.clock import ManualClock
from callstation.work import Work
from db.vocabulary import QuoteOption
from tests.ui.quotes.book import QuoteDesk, quote_desk
from tests.ui.quotes.owned import customers, partner
from ui.quotes.line_columns import DISCOUNT, SEATS, UNIT


def rows(desk: QuoteDesk) -> list[list[str]]:
    """The cells of the table of lines that are shown."""
    table = desk.quoting.sheet.table
    shown = [n for n in range(len(table.rows.columns)) if not table.isColumnHidden(n)]
    return [[table.rows.words(row, column) for column in shown] for row in range(table.rows.rowCount())]


def test_one_key_opens_the_quote_and_the_call_goes_on(desk: QuoteDesk, clock: ManualClock) -> None:
    desk.press("Space")
    clock.advance(75)
    desk.press("Q")
    assert desk.quoting.is_open
    assert desk.totals == ["$52,040.40", "$63,529.26", "$156,121.20", "$74,040"]
    assert rows(desk) == [
        ["Quillbase Growth", "90", "$535.56", "", "$48,200.40", "2 Dec 2027"],
        ["Sentrylane Team", "40", "$96", "", "$3,840", "27 Feb 2028"],
    ]
    head = desk.page.space.head
    assert head.isVisible()
    assert head.number.text() == "+1 (617) 555-0142"
    assert head.place.text().endswith("Good time to call.")
    desk.page.show_clock()
    assert head.clock.shown == "01:15"
    assert not desk.page.space.pad.isVisible()
    desk.press("Space")
    assert desk.page.loop.phase == "wrap_up"
    assert desk.quoting.is_open
    desk.press("Esc")
    assert desk.page.space.sheet is None
    assert desk.page.space.pad.isVisible()


def test_the_four_sums_follow_each_key_that_is_typed(desk: QuoteDesk) -> None:
    desk.press("Q", "Enter")
    seen = []
    for letter in "95":
        desk.type(letter)
        seen.append(desk.totals[0])
    assert seen == ["$8,660.04", "$54,718.20"]
    desk.press("Esc")
    assert desk.totals[0] == "$52,040.40"
    desk.press("Enter")
    desk.type("95")
    desk.press("Enter")
    assert desk.totals[0] == "$54,718.20"
    assert rows(desk)[0][1] == "90 → 95"


def test_digits_choose_an_option_unless_a_field_has_the_focus(desk: QuoteDesk) -> None:
    desk.press("Q", "3")
    draft = desk.quoting.draft
    assert draft is not None
    assert draft.choices.option is QuoteOption.THREE_YEARS
    assert [column.is_chosen for column in desk.quoting.sheet.columns] == [False, False, True, False]
    desk.press("Enter", "4", "Enter")
    assert draft.choices.option is QuoteOption.THREE_YEARS
    assert rows(desk)[0][1] == "90 → 4"
    desk.press("9")  # there is no ninth option
    assert desk.rows("SELECT count(*) FROM activity WHERE kind = 'call'") == [(0,)]


def test_plus_and_minus_count_from_what_is_owned(desk: QuoteDesk) -> None:
    desk.press("Q")
    desk.type("+5")
    desk.press("Enter")
    assert rows(desk)[0][1] == "90 → 95"
    desk.type("-5")
    desk.press("Enter")
    assert rows(desk)[0][1] == "90"


def test_nonsense_gets_a_sentence_in_place_and_the_field_stays(desk: QuoteDesk) -> None:
    desk.press("Q", "Enter")
    desk.type("many")
    assert desk.told == "Type how many, such as 95, or +5 for five more."
    desk.press("Enter")
    assert desk.quoting.editing.is_typing
    desk.press("Ctrl+S")
    assert desk.rows("SELECT count(*) FROM quote") == [(0,)]
    desk.press("Esc")
    assert desk.quoting.sheet.table.edited == ""
    assert rows(desk)[0][1] == "90"
    assert desk.quoting.is_open


def test_discount_and_price_are_typed_over_too_and_tab_walks_between_them(desk: QuoteDesk) -> None:
    desk.press("Q", "D")
    desk.type("10")
    desk.press("Enter")
    assert rows(desk)[0][3:5] == ["10%", "$43,380.36"]
    desk.press("P")
    desk.type("500")
    assert desk.quoting.sheet.table.edited == UNIT
    desk.press("Enter")
    assert rows(desk)[0][2:5] == ["typed $500", "10%", "$40,500"]
    desk.press("Enter")
    assert desk.quoting.sheet.table.edited == SEATS
    tab = QApplication.focusWidget()
    assert tab is not None
    QTest.keyClicks(tab, "\t")
    assert desk.quoting.sheet.table.edited == DISCOUNT
    desk.press("Down")
    assert desk.quoting.sheet.table.edited == DISCOUNT
    row = desk.quoting.sheet.table.row_in_hand
    assert row is not None
    assert row.product == "Sentrylane Team"
    desk.type("5")
    desk.press("Enter")
    assert rows(desk)[1][3] == "5%"


def test_a_discount_for_all_spares_lines_with_their_own(desk: QuoteDesk) -> None:
    desk.press("Q", "D")
    desk.type("20")
    desk.press("Enter", "Shift+D")
    desk.type("5")
    assert [row[3] for row in rows(desk)] == ["20%", "5%"]
    desk.press("Enter")
    assert [row[3] for row in rows(desk)] == ["20%", "5%"]
    desk.press("Shift+D")
    desk.type("50")
    desk.press("Esc")
    assert [row[3] for row in rows(desk)] == ["20%", "5%"]


def test_a_line_is_left_out_and_taken_in_again(desk: QuoteDesk) -> None:
    desk.press("Q", "X")
    assert rows(desk)[0][4] == "left out"
    assert desk.totals[0] == "$3,840"
    desk.press("X")
    assert desk.totals[0] == "$52,040.40"
    desk.press("X", "J", "X")
    assert desk.totals == ["Nothing"] * 4
    desk.press("Ctrl+S")
    assert desk.told.startswith("There is nothing to quote.")


def test_an_add_on_is_found_typed_in_and_taken_off(desk: QuoteDesk) -> None:
    desk.press("Q", "A")
    desk.type("sso")
    desk.press("Enter")
    assert rows(desk)[2][:3] == ["+ Quillbase SSO", "90", "$36"]
    desk.type("10")
    desk.press("Enter")
    assert rows(desk)[2][1] == "10"
    draft = desk.quoting.draft
    assert draft is not None
    assert draft.view.growth > 0
    desk.press("X")
    assert len(rows(desk)) == 2
    assert draft.choices.add_ons == {}


def test_no_unit_of_an_add_on_takes_it_off_when_it_is_kept(desk: QuoteDesk) -> None:
    desk.press("Q", "A", "Enter")
    desk.type("0")
    assert len(rows(desk)) == 3
    desk.press("Enter")
    assert len(rows(desk)) == 2


def test_a_line_is_upgraded_to_another_edition(desk: QuoteDesk) -> None:
    desk.press("Q", "U")
    desk.press("Enter")
    draft = desk.quoting.draft
    assert draft is not None
    assert draft.choices.option is QuoteOption.UPGRADE
    assert rows(desk)[0][0] == "↑ Quillbase Scale"
    desk.press("J", "U")
    assert desk.told == "The price book has no other edition of Sentrylane Team."


def test_a_common_end_is_typed_as_a_day(desk: QuoteDesk) -> None:
    desk.press("Q", "T")
    desk.type("30 Jun 2028")
    assert rows(desk)[0][5] == "30 Jun 2028"
    desk.press("Enter")
    draft = desk.quoting.draft
    assert draft is not None
    assert draft.choices.option is QuoteOption.CO_TERM
    assert [row[5] for row in rows(desk)] == ["30 Jun 2028", "30 Jun 2028"]
    desk.press("T")
    desk.type("yesterday")
    desk.press("Enter")
    assert desk.quoting.deciding.is_typed
    desk.press("Esc")
    assert rows(desk)[0][5] == "30 Jun 2028"


def test_the_sum_of_a_line_is_explained_step_by_step(desk: QuoteDesk) -> None:
    desk.press("Q", "3", "D")
    desk.type("10")
    desk.press("Enter", "E")
    sheet = desk.quoting.explained
    assert sheet.isVisible()
    assert sheet.title.text() == "Quillbase Growth, Halden Robotics"
    assert [step.amount for step in sheet.steps][-1] == "$130,141.08"
    desk.press("J")
    assert sheet.title.text().startswith("Sentrylane Team")
    desk.press("Space", "1")  # nothing is dialled or logged through the sheet
    assert desk.dialler.rung == []
    desk.press("E")
    assert sheet.isHidden()
    assert desk.quoting.is_open


def test_steps_of_the_sheet_are_taken_back_before_the_desks_own(desk: QuoteDesk) -> None:
    desk.press("Q", "3", "Enter")
    desk.type("95")
    desk.press("Enter", "X", "Ctrl+Z")
    assert rows(desk)[0][1] == "90 → 95"
    desk.press("Ctrl+Z")
    assert rows(desk)[0][1] == "90"
    desk.press("Ctrl+Shift+Z")
    assert rows(desk)[0][1] == "90 → 95"
    desk.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert desk.said == "There is nothing to undo."
    assert desk.quoting.is_open


def test_what_was_left_by_escape_is_there_again(desk: QuoteDesk) -> None:
    desk.press("Q", "Enter")
    desk.type("95")
    desk.press("Enter", "N")
    desk.type("As agreed on the phone")
    desk.press("Esc", "Esc")
    assert not desk.quoting.is_open
    assert desk.rows("SELECT count(*) FROM quote") == [(0,)]
    desk.press("Q")
    assert rows(desk)[0][1] == "90 → 95"
    assert desk.quoting.sheet.foot.note.text() == "As agreed on the phone"


def test_an_outcome_is_logged_from_the_quote_and_what_was_typed_is_kept_as_a_draft(desk: QuoteDesk) -> None:
    desk.press("Space", "Q", "Enter")
    desk.type("95")
    desk.press("Enter", "Ctrl+2")
    assert desk.account == "Blue Fjord Logistics"
    assert desk.rows("SELECT disposition FROM activity WHERE kind = 'call'") == [("left_voicemail",)]
    assert desk.rows("SELECT number, status FROM quote") == [("Q-2026-0001", "draft")]
    desk.press("Ctrl+Z")
    assert desk.said.startswith("Undone: Logged Left voicemail")
    desk.press("Q")
    assert rows(desk)[0][1] == "90 → 95"
    assert desk.quoting.sheet.head.title.text() == "Q-2026-0001 v1"


def test_looking_alone_leaves_nothing_behind(desk: QuoteDesk) -> None:
    desk.press("Q", "2", "3", "E", "E", "Esc", "Space", "1")
    assert desk.rows("SELECT count(*) FROM quote") == [(0,)]


def test_going_to_another_page_keeps_the_quote_open_and_safe(desk: QuoteDesk) -> None:
    desk.press("Q", "Enter")
    desk.type("95")
    desk.press("Enter", "G", "A", "G", "D")
    assert desk.quoting.is_open
    assert rows(desk)[0][1] == "90 → 95"
    assert desk.rows("SELECT total FROM quote") == [(547_182_000,)]


def test_a_partners_quote_names_each_end_customer(app: App, clock: ManualClock) -> None:
    desk = quote_desk(app, clock, partner, ["End One", "End Two", "End Three"])
    desk.press("Q")
    assert [row[1] for row in rows(desk)] == ["End One", "End Two", "End Three"]
    desk.press("J", "Enter")
    desk.type("25")
    desk.press("Enter")
    assert [row[2] for row in rows(desk)] == ["10", "11 → 25", "12"]
    desk.close()


def test_a_price_that_is_not_known_is_asked_for_and_typed(app: App, clock: ManualClock) -> None:
    def unpriced(work: Work) -> None:
        customers(work)
        work.derive("DELETE FROM price_entry")
        work.derive("UPDATE contract_line SET value = NULL")
        work.derive("UPDATE contract SET value = NULL")
        work.derive("UPDATE renewal SET amount = NULL")

    desk = quote_desk(app, clock, unpriced)
    account_id = desk.rows("SELECT id FROM account WHERE name = 'Halden Robotics'")[0][0]
    desk.page.open(account_id=account_id)
    desk.press("Q")
    column = desk.quoting.sheet.columns[0].face
    assert (column.total, column.chip) == ("No price", "Price missing")
    assert rows(desk)[0][2:5] == ["none known", "", "no price"]
    desk.press("Ctrl+Enter")
    assert desk.told.startswith("This cannot be quoted yet. No price is known for Quillbase Growth.")
    desk.press("P")
    desk.type("500")
    desk.press("Enter", "J", "P")
    desk.type("90")
    desk.press("Enter", "Ctrl+S")
    assert desk.rows("SELECT status, total FROM quote") == [("draft", 486_000_000)]
    desk.close()


def test_nothing_up_for_renewal_is_said_with_the_way_back(desk: QuoteDesk) -> None:
    desk.app.record(lambda work: work.derive("UPDATE renewal SET closed_at = 1"))
    desk.press("Q")
    empty = desk.quoting.sheet.empty
    assert empty is not None
    assert empty.title.text() == "Nothing is up for renewal here"
    desk.press("Esc")
    assert desk.page.space.pad.isVisible()


def test_contracts_in_another_currency_are_named(app: App, clock: ManualClock) -> None:
    def mixed(work: Work) -> None:
        customers(work)
        work.derive("UPDATE renewal SET currency = 'EUR' WHERE id = 2")

    desk = quote_desk(app, clock, mixed)
    desk.press("Q")
    assert desk.quoting.sheet.head.about.text() == "C-1017 is in EUR."
    assert len(rows(desk)) == 1
    desk.close()


@pytest.mark.parametrize(
    ("language", "typed", "share"), [("de_DE", "7,5", "0.075"), ("fr_FR", "7,5 %", "0.075"), ("en_US", "7.5", "0.075")]
)
def test_numbers_are_typed_and_shown_by_the_rules_of_the_language(
    app: App, clock: ManualClock, language: str, typed: str, share: str
) -> None:
    app.settings = app.settings.with_values(language=language)
    desk = quote_desk(app, clock)
    desk.press("Q", "D")
    desk.type(typed)
    desk.press("Enter")
    draft = desk.quoting.draft
    assert draft is not None
    assert list(draft.choices.discounts.values()) == [Decimal(share)]
    assert rows(desk)[0][3] == ("7.5%" if language == "en_US" else "7,5 %")
    desk.close()
