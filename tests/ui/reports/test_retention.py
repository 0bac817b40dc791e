"""Retention by keys: due and closed apart, cut otherwise, each number with its contracts."""

from decimal import Decimal

from callstation.app import App
from callstation.renewals.due_sql import By
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ForecastCategory, LossReason, RenewalStage
from tests.ui.reports.conftest import Hands, at_reports
from tests.ui.walk import HOSTILE, nameless, rich
from ui.shell import Shell


def win(work: Work) -> None:
    """What was due three days ago is won today."""
    work.update(
        Renewal, 3, stage=RenewalStage.WON, category=ForecastCategory.CLOSED, amount=Decimal(900), closed_at=work.now
    )  # fmt: skip


def test_due_and_closed_are_two_tables(hands: Hands, app: App) -> None:
    app.do(win)
    hands.press("2")
    view = hands.page.retention
    assert view.due_card.table.hasFocus()
    assert view.due_card.rows[-1].due == 1
    assert view.due_card.rows[-1].renewed == 1
    assert view.closed_card.rows[-1].won == 1
    assert "GRR" in view.told.text()
    assert view.due is not None
    assert view.due.total.left_out[0].words in view.told.text()  # EUR has no rate


def test_a_group_opens_its_contracts_and_escape_goes_back(hands: Hands, app: App) -> None:
    app.do(win)
    hands.press("2", "End", "Return")
    view = hands.page.retention
    view.due_card.table.choose(len(view.due_card.rows) - 1)
    view._open_due(view.due_card.rows[-1])
    assert [row.account for row in view.list.rows] == ["Kestrel Analytics"]
    assert view.list.table.hasFocus()
    hands.press("Escape")
    assert view.list.isHidden()
    assert view.due_card.table.hasFocus()
    view._open_closed(view.closed_card.rows[-1])
    assert len(view.list.rows) == 1


def test_a_period_that_is_not_over_says_how_far_it_is_counted(hands: Hands) -> None:
    hands.press("2")
    assert hands.page.said.text().endswith("counted up to today")
    hands.press("Shift+Left")
    assert "counted" not in hands.page.said.text()
    hands.press("Shift+Right", "3")
    assert "counted" not in hands.page.said.text(), "coverage looks ahead"


def test_it_is_cut_by_each(hands: Hands) -> None:
    hands.press("2")
    seen = []
    for digit in "123456":
        hands.press("B", digit)
        seen.append(hands.page.retention.by)
        hands.page.grab()
    assert seen == list(By)


def test_nothing_due_is_said(shell: Shell, app: App) -> None:
    hands = at_reports(shell, app)
    hands.press("2", "Return", "J", "Escape")
    view = hands.page.retention
    assert view.due_card.nothing.isVisible()
    assert view.closed_card.nothing.isVisible()
    assert nameless(hands.page) == []


def test_hostile_names_stay_words(hands: Hands, app: App) -> None:
    app.do(lambda work: work.raw.execute("UPDATE account SET name = ?, segment = ?", (HOSTILE[0], HOSTILE[1])))
    hands.press("2", "B", "6", "Return")
    hands.page.grab()
    assert rich(hands.page) == []


def lose(work: Work) -> None:
    """What was due three days ago is lost for its price."""
    work.update(
        Renewal, 3, stage=RenewalStage.LOST, category=ForecastCategory.OMITTED, closed_at=work.now,
        loss_reason=LossReason.PRICE,
    )  # fmt: skip


def named(hands: Hands) -> dict[str, int]:
    return {row.name: row.count for row in hands.page.retention.became.rows}


def test_what_was_renewed_late_opens_its_contracts(hands: Hands, app: App) -> None:
    app.do(win)
    hands.press("2", "L")
    view = hands.page.retention
    assert view.became.table.hasFocus()
    assert named(hands)["Renewed 1-7 days late"] == 1
    assert sum(named(hands).values()) == 1
    hands.press("J", "Return")
    assert [row.account for row in view.list.rows] == ["Kestrel Analytics"]
    assert view.list.title.text().endswith("renewed 1-7 days late: 1")
    hands.press("Escape", "L", "J", "Return")
    assert view.list.isHidden()  # none was 8 to 30 days late


def test_each_reason_for_a_loss_opens_its_contracts(hands: Hands, app: App) -> None:
    app.do(lose)
    hands.press("2", "L")
    view = hands.page.retention
    assert named(hands)["Lost: price"] == 1
    hands.press(*["J"] * 5, "Return")
    assert [row.reason for row in view.list.rows] == [LossReason.PRICE]


def test_what_became_follows_the_row_in_hand(hands: Hands, app: App) -> None:
    app.do(win)
    hands.press("2")
    view = hands.page.retention
    last = len(view.due_card.rows) - 1
    for place, row in enumerate(view.due_card.rows):
        view.due_card.table.choose(place)
        assert sum(named(hands).values()) == row.due
    view.due_card.table.choose(last)
    assert view.became.title.text() == "What became of all: 1"


def test_long_explanations_wrap_and_a_small_window_has_room_for_what_became(hands: Hands, app: App) -> None:
    app.do(win)
    hands.press("2")
    view = hands.page.retention
    assert view.source.wordWrap()
    assert view.source.text().startswith("Value due:")
    hands.page.resize(1093, 540)
    assert view.became.isHidden() or not view.became.isVisible()
    hands.press("L")
    assert view.became.isVisible()
    assert not view.closed_card.isVisible()
    hands.press("Escape")
    assert view.closed_card.isVisible()
