"""The table of the pipeline by keys: what is changed in place, one or many, and taken back."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.renewals.changing import change_many
from callstation.renewals.pipeline import pipeline
from callstation.renewals.pipeline_rows import PipelineRow
from db.vocabulary import ForecastCategory, LossReason, RenewalStage
from tests.ui.pipeline.conftest import Hands
from tests.ui.walk import nameless, rich
from ui.pipeline import looks
from ui.pipeline.typed import read_growth
from ui.shell import Shell
from ui.widgets import Label

TODAY = date(2026, 11, 23)


def in_book(app: App, account: str, *, is_growth: bool = False) -> PipelineRow:
    from callstation.renewals.pipeline import Filter, Standing

    rows = app.ask(pipeline, Filter(standing=Standing.ALL)).rows
    return next(row for row in rows if row.account == account and row.key.is_growth is is_growth)


def test_what_is_expected_first_stands_first_and_growth_is_added_up_apart(hands: Hands) -> None:
    assert hands.accounts() == [
        "Kestrel Analytics", "Halden Robotics", "Orchard & Vine", "Halden Robotics", "Blue Fjord",
    ]  # fmt: skip
    renewals, growth = hands.page.totals.renewals, hands.page.totals.growth
    assert (renewals.number.text(), renewals.count.text()) == ("$57,200", "in 4 renewals")
    assert renewals.parts.text() == "not in it, for there is no rate: €12,000 in 1; 1 without an amount"
    assert (growth.number.text(), growth.count.text()) == ("$700", "in 1 growth opportunity")


def test_a_stage_is_set_by_its_digit_and_suggests_a_category(hands: Hands, app: App) -> None:
    hands.press("J", "S", "5")
    row = in_book(app, "Halden Robotics")
    assert (row.stage, row.category) == (RenewalStage.ORDER_PROMISED, ForecastCategory.COMMIT)
    assert hands.cell("Stage") == "Order promised"
    hands.press("Ctrl+Z")
    assert in_book(app, "Halden Robotics").stage is RenewalStage.QUOTED
    assert hands.cell("Stage") == "Quoted"


def test_what_is_lost_asks_why_and_by_whom(hands: Hands, app: App) -> None:
    hands.press("J", "S", "8")
    assert hands.page.ask.title.text() == "Why was Halden Robotics lost?"
    assert in_book(app, "Halden Robotics").stage is RenewalStage.QUOTED
    hands.press("3")
    hands.type("Vaultmere")
    hands.press("Return")
    row = in_book(app, "Halden Robotics")
    assert (row.stage, row.loss_reason, row.competitor) == (
        RenewalStage.LOST, LossReason.COMPETITOR, "Vaultmere",
    )  # fmt: skip
    assert hands.page.table.hasFocus()


def test_a_pick_says_whose_it_is_and_goes_back_to_the_suggestion(hands: Hands, app: App) -> None:
    hands.press("J", "C", "4")
    row = in_book(app, "Halden Robotics")
    assert (row.category, row.is_picked) == (ForecastCategory.COMMIT, True)
    assert "picked by me on 23 Nov 2026, 10:00 AM" in hands.page.strip.about.text()
    hands.press("C")
    assert hands.page.ask.says.text() == "Commit, picked by me on 23 Nov 2026, 10:00 AM."
    assert hands.page.ask.buttons[5].words == "Back to the suggestion: Best case"
    hands.press("6")
    row = in_book(app, "Halden Robotics")
    assert (row.category, row.is_picked) == (ForecastCategory.BEST_CASE, False)


def test_a_day_is_typed_and_told_back_before_it_counts(hands: Hands, app: App) -> None:
    hands.press("J", "D")
    hands.type("15 dec")
    assert hands.page.ask.told.text() == "Tue 15 Dec, in 22 days"
    hands.press("Return")
    assert in_book(app, "Halden Robotics").close_on == date(2026, 12, 15)


@pytest.mark.parametrize("typed", ["zzz", "31 feb", "2020-01-01", "", "<b>x</b>" * 30])
def test_a_day_that_cannot_be_is_told_and_not_taken(hands: Hands, app: App, typed: str) -> None:
    before = in_book(app, "Halden Robotics").close_on
    hands.press("J", "D")
    hands.type(typed)
    assert not hands.page.ask.save.isEnabled()
    hands.press("Return")
    assert hands.page.ask.is_asking
    hands.press("Escape")
    assert in_book(app, "Halden Robotics").close_on == before
    assert hands.page.table.hasFocus()


def test_next_step_and_amount_are_typed(hands: Hands, app: App) -> None:
    hands.press("J", "N")
    hands.type("Send the three-year option")
    hands.press("Return", "A")
    hands.type("51,000.25")
    assert hands.page.ask.told.text() == "$51,000.25"
    hands.press("Return")
    row = in_book(app, "Halden Robotics")
    assert (row.next_step, row.amount) == ("Send the three-year option", Decimal("51000.25"))


@pytest.mark.parametrize(
    ("typed", "told", "amount", "months"),
    [("36000 3y", "$36,000 for 3 years", "36000", 36), ("900 for 1 year", "$900 for 1 year", "900", 12),
     ("36,000.50 / 18 months", "$36,000.50 for 18 months", "36000.50", 18), ("900", "$900", "900", 24)],
)  # fmt: skip
def test_growth_may_be_typed_with_its_term(
    hands: Hands, app: App, typed: str, told: str, amount: str, months: int
) -> None:
    key = in_book(app, "Halden Robotics", is_growth=True).key
    app.do(change_many, [key], term_months=Decimal(24))
    hands.press("J", "J", "J", "A")
    hands.type(typed)
    assert hands.page.ask.told.text() == told
    hands.press("Return")
    row = in_book(app, "Halden Robotics", is_growth=True)
    assert (row.amount, row.term_months) == (Decimal(amount), Decimal(months))
    if months != 12:
        assert looks.what_of(row).endswith(f" · {looks.term_of(row)}")


def test_a_term_that_nobody_sells_is_not_taken(app: App) -> None:
    for typed in ("36000 0y", "36000 21y", "x 3y", ""):
        assert read_growth(typed, "USD", app.settings).value is None


def test_many_are_changed_at_once_as_one_step(hands: Hands, app: App) -> None:
    hands.press("Shift+J", "Shift+J")
    assert len(hands.page.marked) == 3
    assert hands.page.strip.title.text() == "3 opportunities marked"
    hands.press("C", "4")
    names = ("Kestrel Analytics", "Halden Robotics", "Orchard & Vine")
    assert {in_book(app, name).category for name in names} == {ForecastCategory.COMMIT}
    assert in_book(app, "Blue Fjord").category is ForecastCategory.PIPELINE
    hands.press("Ctrl+Z")
    assert [in_book(app, name).is_picked for name in names] == [False] * 3
    hands.press("Escape")
    assert len(hands.page.marked) == 0


def test_space_marks_and_takes_a_mark_off(hands: Hands) -> None:
    hands.press("Space", "J", "Space")
    assert len(hands.page.marked) == 2
    assert hands.cell("") == "✓"
    hands.press("Space")
    assert len(hands.page.marked) == 1
    assert hands.cell("") == ""


def test_what_is_missing_stands_in_words_with_the_key_that_mends_it(hands: Hands) -> None:
    assert hands.cell("Missing") == "step, date +1"
    assert "no note in 90 days" in [one.text() for one in hands.page.strip.findChildren(Label) if one.isVisible()]
    hands.press("N")
    hands.type("Ask for the order")
    hands.press("Return")
    assert hands.cell("Missing") == "date, note"


def test_the_order_goes_through_the_columns_and_turns_round(hands: Hands) -> None:
    hands.press("O")
    assert hands.accounts()[0] == "Blue Fjord"
    hands.press("Shift+O")
    assert hands.accounts()[0] == "Orchard & Vine"


def test_enter_opens_the_account_on_the_desk(hands: Hands, shell: Shell) -> None:
    row = hands.page.current
    assert row is not None
    hands.press("Return")
    assert shell.current == "desk"
    assert shell.page("desk").told[-1] == {"target_id": row.target_id}  # type: ignore[attr-defined]


def test_every_widget_has_a_name_and_plain_text(hands: Hands) -> None:
    hands.press("S")
    assert nameless(hands.page) == []
    assert rich(hands.page) == []


def test_the_model_keeps_qts_rules(hands: Hands) -> None:
    model: QAbstractItemModel = hands.page.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    hands.press("J", "S", "2", "O")
    assert tester is not None


def test_what_a_change_moves_to_another_place_stays_in_hand(hands: Hands, app: App) -> None:
    hands.press("J", "D")
    hands.type("in 3 months")
    hands.press("Return")
    assert hands.accounts()[-1] == "Halden Robotics"
    hands.press("A")
    assert hands.page.ask.title.text() == "Amount of Halden Robotics"
    hands.type("51000")
    hands.press("Return", "Ctrl+Z", "Ctrl+Z")
    assert hands.page.table.currentIndex().row() == 1
    assert in_book(app, "Halden Robotics").amount == Decimal(48200)


def test_a_very_long_list_has_the_same_order_as_a_short_one(
    hands: Hands, shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = hands.accounts()
    monkeypatch.setattr("ui.pipeline.places.LONG", 0)
    hands.page.refresh()
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=5000)
    hands.page.model.reload()
    assert hands.accounts() == short
    hands.page.table.choose(1)
    hands.press("D")
    hands.type("in 3 months")
    hands.press("Return")
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=5000)
    assert hands.accounts()[-1] == "Halden Robotics"
    assert hands.page.table.currentIndex().row() == 4


def test_a_product_that_is_renamed_in_the_catalogue_is_shown_so(hands: Hands, app: App) -> None:
    app.record(lambda work: work.derive("UPDATE growth SET title = 'Vault' WHERE id = 1", told="product"))
    place = [one.title for one in hands.page.model.columns].index("What")
    assert "Cross-sell: Vault" in [hands.page.model.words(row, place) for row in range(5)]
