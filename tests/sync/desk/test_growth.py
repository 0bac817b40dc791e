"""Growth goes to Salesforce as an opportunity of its own, comes back as ours, and is taken back when it is undone."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.changing import change_many
from callstation.renewals.growth import change_growth, make_growth
from callstation.renewals.state import Key
from callstation.sync import conflicts
from callstation.sync.describing import preview, title_of
from callstation.sync.editing import edit, editable
from callstation.sync.overview import attention
from db.vocabulary import ForecastCategory, GrowthKind, LossReason, RenewalStage, SyncEntity
from tests.renewals.edits import book
from tests.sync.desk.conftest import Pair, make_pair
from tests.sync.desk.people import customers, targets

THERE = (
    "SELECT Id, Name, AccountId, StageName, Amount, CloseDate, NextStep, ForecastCategoryName, Type, IsClosed "
    "FROM Opportunity WHERE Name LIKE 'Mail Archive%'"
)


@pytest.fixture(params=["with the key field", "by name alone"])
def desk(request: pytest.FixtureRequest, app: App, clock: ManualClock) -> Iterator[Pair]:
    """Two customers on both sides, with and without the key field."""
    made = make_pair(app, clock, has_key=request.param == "with the key field")
    customers(made, 2)
    assert made.sync().problem == ""
    made.clock.advance(60)
    yield made
    made.web.close()
    made.org.close()


def grown(pair: Pair, account_id: int = 1) -> int:
    """Growth that was made here."""
    return pair.app.do(
        make_growth, account_id, kind=GrowthKind.ADD_ON, title="Mail Archive", amount=Decimal("4800"), currency="USD",
        close_on=date(2026, 12, 18), next_step="Show it",
    )  # fmt: skip


def synced(pair: Pair) -> None:
    receipt = pair.sync()
    assert (receipt.problem, receipt.refused, pair.waiting()) == ("", 0, [])
    assert receipt.is_balanced, receipt.counts


def standing(pair: Pair) -> tuple[object, ...]:
    return pair.rows("SELECT stage, category, is_category_picked, picked_by, amount, close_on, slips FROM growth")[0]


def test_growth_is_an_opportunity_of_its_own_there(desk: Pair) -> None:
    growth_id = grown(desk)
    synced(desk)
    (there,) = desk.there(THERE)
    assert desk.rows("SELECT id, crm_id FROM growth") == [(growth_id, there["Id"])]
    ((account,),) = desk.rows("SELECT crm_id FROM account WHERE id = 1")
    assert there == {
        "Id": there["Id"], "Name": "Mail Archive", "AccountId": account, "StageName": "Prospecting", "Amount": 4800.0,
        "CloseDate": "2026-12-18", "NextStep": "Show it", "ForecastCategoryName": "Pipeline",
        "Type": "Existing Customer - Upgrade", "IsClosed": False,
    }  # fmt: skip
    assert desk.there("SELECT Subject FROM Task WHERE Subject LIKE 'Growth%'") == [{"Subject": "Growth made"}]


def test_it_never_comes_back_as_a_renewal_and_a_second_sync_sends_nothing(desk: Pair) -> None:
    grown(desk)
    renewals = desk.rows("SELECT count(*) FROM renewal")
    for _ in range(3):
        synced(desk)
        desk.clock.advance(660)
    assert desk.sync().sent == 0
    assert desk.rows("SELECT count(*) FROM renewal") == renewals
    assert desk.rows("SELECT count(*) FROM growth") == [(1,)]


def test_what_changes_here_changes_there_and_a_win_closes_it(desk: Pair) -> None:
    growth_id = grown(desk)
    synced(desk)
    desk.app.do(change_growth, growth_id, stage=RenewalStage.QUOTED, amount=Decimal(5000), title="Mail Archive Plus")
    synced(desk)
    (there,) = desk.there(THERE)
    assert (there["Name"], there["StageName"], there["Amount"], there["ForecastCategoryName"]) == (
        "Mail Archive Plus", "Proposal/Price Quote", 5000.0, "Best Case",
    )  # fmt: skip
    desk.app.do(change_many, [Key(True, growth_id)], stage=RenewalStage.WON)
    synced(desk)
    (there,) = desk.there(THERE)
    assert (there["StageName"], there["IsClosed"], there["CloseDate"]) == ("Closed Won", True, "2026-11-23")


def test_a_win_after_midnight_closes_there_on_the_day_that_is_not_over_yet(desk: Pair) -> None:
    growth_id = grown(desk)
    desk.clock.jump(datetime(2026, 12, 1, 2, 30, tzinfo=desk.app.settings.zone))  # the day turns at four
    desk.app.do(change_many, [Key(True, growth_id)], stage=RenewalStage.WON)
    synced(desk)
    assert desk.app.ask(book)[Key(True, growth_id)].close_on == date(2026, 11, 30)
    assert desk.there(THERE)[0]["CloseDate"] == "2026-11-30"


def test_a_loss_goes_as_a_closed_opportunity(desk: Pair) -> None:
    lost: dict[str, Any] = {"stage": RenewalStage.LOST, "loss_reason": LossReason.COMPETITOR, "competitor": "Ironvale"}
    desk.app.do(change_many, [Key(True, grown(desk))], **lost)
    synced(desk)
    (there,) = desk.there(THERE)
    assert (there["StageName"], there["ForecastCategoryName"]) == ("Closed Lost", "Omitted")


def test_what_they_change_is_taken_with_its_slip_and_who_picked_the_category(desk: Pair) -> None:
    grown(desk)
    synced(desk)
    desk.clock.advance(60)
    there = desk.there(THERE)[0]["Id"]
    desk.org.update("Opportunity", there, {"CloseDate": "2027-02-01", "Amount": 6000})
    synced(desk)
    assert standing(desk) == ("not_started", "pipeline", 0, "", 60_000_000, "2027-02-01", 1)
    desk.clock.advance(60)
    desk.org.update("Opportunity", there, {"ForecastCategoryName": "Commit"})
    synced(desk)
    stage, category, is_picked, by, *_ = standing(desk)
    assert (stage, category, is_picked) == ("not_started", "commit", 1)
    assert by == desk.there(f"SELECT Name FROM User WHERE Id = '{desk.org.user_id}'")[0]["Name"]
    desk.clock.advance(60)
    desk.org.update("Opportunity", there, {"StageName": "Closed Won"})
    synced(desk)
    assert desk.rows("SELECT stage, category, is_category_picked, closed_at NOT NULL FROM growth") == [
        ("won", "closed", 0, 1)
    ]


def test_what_was_won_there_last_month_counts_in_last_month_here_too(desk: Pair) -> None:
    grown(desk)
    synced(desk)
    desk.clock.advance(60)
    renewal, day = desk.rows("SELECT crm_id FROM renewal WHERE id = 1")[0][0], "2026-10-31"
    for crm_id in (desk.there(THERE)[0]["Id"], renewal):
        desk.org.update("Opportunity", crm_id, {"StageName": "Closed Won", "CloseDate": day})
    synced(desk)
    found = {key: one for key, one in desk.app.ask(book).items() if one.stage is RenewalStage.WON}
    assert {key: (one.category, one.close_on.isoformat()) for key, one in found.items()} == {
        Key(False, 1): (ForecastCategory.CLOSED, day), Key(True, 1): (ForecastCategory.CLOSED, day),
    }  # fmt: skip
    desk.clock.advance(60)
    desk.app.do(change_growth, 1, next_step="Send the licence")
    synced(desk)
    assert desk.there(THERE)[0]["CloseDate"] == day, "which nobody here has moved"
    desk.clock.advance(60)
    desk.org.update("Opportunity", renewal, {"CloseDate": "2026-09-30"})
    synced(desk)
    assert desk.app.ask(book)[Key(False, 1)].close_on == date(2026, 9, 30), "they put it right"
    desk.clock.advance(60)
    desk.org.update("Opportunity", desk.rows("SELECT crm_id FROM renewal WHERE id = 2")[0][0],
                    {"StageName": "Closed Won", "CloseDate": "2027-12-31"})  # fmt: skip
    synced(desk)
    assert desk.app.ask(book)[Key(False, 2)].close_on == date(2026, 11, 23), "what is still to come was not closed then"


def test_what_is_opened_again_there_is_no_longer_lost_for_the_reason_of_before(desk: Pair) -> None:
    desk.app.do(change_many, [Key(False, 1)], stage=RenewalStage.LOST, loss_reason=LossReason.PRICE)
    synced(desk)
    crm_id = desk.rows("SELECT crm_id FROM renewal WHERE id = 1")[0][0]
    for stage in ("Prospecting", "Closed Lost"):
        desk.clock.advance(60)
        desk.org.update("Opportunity", crm_id, {"StageName": stage})
        synced(desk)
        assert desk.rows("SELECT loss_reason FROM renewal WHERE id = 1") == [(None,)], stage


def test_a_pick_here_goes_there_and_outlives_their_next_step(desk: Pair) -> None:
    growth_id = grown(desk)
    desk.app.do(change_growth, growth_id, category=ForecastCategory.COMMIT)
    synced(desk)
    assert desk.there(THERE)[0]["ForecastCategoryName"] == "Commit"
    desk.clock.advance(60)
    desk.org.update("Opportunity", desk.there(THERE)[0]["Id"], {"NextStep": "Ask the CFO"})
    synced(desk)
    assert standing(desk)[:4] == ("not_started", "commit", 1, "me")


def test_both_sides_changing_one_value_ask_the_rep(desk: Pair) -> None:
    growth_id = grown(desk)
    synced(desk)
    desk.clock.advance(60)
    desk.org.update("Opportunity", desk.there(THERE)[0]["Id"], {"CloseDate": "2027-03-15"})
    desk.app.do(change_growth, growth_id, close_on=date(2026, 12, 20))
    desk.sync()
    (row,) = desk.app.ask(attention)
    assert row.entity is SyncEntity.GROWTH
    assert "You set 20 Dec;" in row.sentence
    assert row.conflict_id is not None
    desk.app.do(conflicts.use_theirs, row.conflict_id)
    assert standing(desk)[-2:] == ("2027-03-15", 1)
    synced(desk)


def test_undone_before_it_is_sent_it_leaves_no_trace(desk: Pair) -> None:
    grown(desk)
    desk.app.undo()
    assert desk.waiting() == []
    synced(desk)
    assert desk.there(THERE) == []


def test_undone_after_it_was_sent_it_is_taken_back_there_and_is_no_renewal(desk: Pair) -> None:
    grown(desk)
    synced(desk)
    renewals = desk.rows("SELECT count(*) FROM renewal")
    assert "Salesforce gets a correction" in (desk.app.undo() or "")
    synced(desk)
    assert desk.there(THERE) == []
    assert desk.rows("SELECT count(*) FROM renewal") == renewals
    desk.app.redo()
    synced(desk)
    assert len(desk.there(THERE)) == 1
    assert desk.rows("SELECT count(*) FROM growth WHERE crm_id NOT NULL") == [(1,)]


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
@pytest.mark.parametrize("is_undone", [False, True])
def test_a_lost_answer_neither_doubles_it_nor_leaves_it_behind(desk: Pair, kind: str, is_undone: bool) -> None:
    grown(desk)
    renewals = desk.rows("SELECT count(*) FROM renewal")
    for at in range(1, 40):  # until it is the one that carries the growth
        desk.plan(kind, at=at, times=6)
        desk.sync()
        desk.web.faults.reset()
        left = desk.rows("SELECT sent_at NOT NULL FROM outbox_entry WHERE entity = 'growth'")
        if left != [(0,)]:
            break
    assert left == [(1,)], "it went out, and no answer came"
    assert len(desk.there(THERE)) == (1 if kind == "drop_after" else 0)
    if is_undone:
        desk.app.undo()
    for _ in range(3):
        desk.clock.advance(4000)
        desk.sync()
    assert len(desk.there(THERE)) == (0 if is_undone else 1)
    assert desk.rows("SELECT count(*) FROM renewal") == renewals
    assert desk.waiting() == []


def test_one_that_was_deleted_there_is_asked_about(desk: Pair) -> None:
    grown(desk)
    synced(desk)
    desk.clock.advance(60)
    desk.org.delete("Opportunity", desk.there(THERE)[0]["Id"])
    desk.sync()
    (row,) = desk.app.ask(attention)
    assert (row.title, row.sentence) == ("Customer 0000, Growth, Mail Archive", "It was deleted in Salesforce.")
    assert row.conflict_id is not None
    desk.app.do(conflicts.use_theirs, row.conflict_id)
    assert desk.rows("SELECT stage, category, closed_at NOT NULL FROM growth") == [("lapsed", "omitted", 1)]
    desk.app.undo()
    desk.app.do(conflicts.keep_mine, row.conflict_id)
    synced(desk)
    assert len(desk.there(THERE)) == 1


def test_two_of_one_name_are_told_apart(desk: Pair) -> None:
    grown(desk)
    grown(desk)
    synced(desk)
    assert [row["Name"] for row in desk.there(f"{THERE} ORDER BY Name")] == ["Mail Archive", "Mail Archive (2)"]


def test_what_waits_says_what_it_is_and_can_be_corrected(desk: Pair) -> None:
    growth_id = grown(desk)
    title = desk.app.ask(title_of, SyncEntity.GROWTH, growth_id)
    assert (title.account, title.what) == ("Customer 0000", "Growth, Mail Archive")
    shown = desk.app.ask(preview, SyncEntity.GROWTH, growth_id)
    assert shown is not None
    assert (shown.verb, {line.field: line.now for line in shown.lines}["Amount"]) == (
        "Makes an Opportunity",
        "4,800.00",
    )
    assert desk.app.ask(editable, SyncEntity.GROWTH, growth_id) is not None
    desk.app.do(edit, SyncEntity.GROWTH, growth_id, {"amount": "4,900", "stage": "quoted"})
    assert standing(desk)[:2] == ("quoted", "best_case")
    assert desk.rows("SELECT amount FROM growth") == [(49_000_000,)]


def test_an_account_that_is_not_there_holds_its_growth_up(desk: Pair) -> None:
    from tests import factories

    account_id = desk.app.do(factories.account, "Orchard & Vine")
    desk.app.do(make_growth, account_id, title="Mail Archive", currency="USD")
    desk.sync()
    assert [row[3] for row in desk.waiting() if row[0] == "growth"] == ["ACCOUNT_NOT_IN_SALESFORCE"]
    assert targets(desk)


def test_with_an_account_that_is_let_go_its_growth_is_set_aside_too(desk: Pair) -> None:
    grown(desk)
    desk.org.delete("Account", desk.rows("SELECT crm_id FROM account WHERE id = 1")[0][0])
    desk.sync()
    for row in desk.app.ask(attention):
        if row.conflict_id is not None and row.title.startswith("Customer 0000"):
            desk.app.do(conflicts.use_theirs, row.conflict_id)
    assert desk.rows("SELECT stage, closed_at NOT NULL FROM renewal WHERE account_id = 1") == [("lapsed", 1)]
    assert desk.rows("SELECT stage, category, closed_at NOT NULL FROM growth") == [("lapsed", "omitted", 1)]
    desk.clock.advance(60)
    desk.sync()
    assert desk.there("SELECT Id FROM Account WHERE Name = 'Customer 0000'") == [], "nothing brings it back there"
    assert desk.rows("SELECT entity FROM outbox_entry WHERE entity = 'growth'") == []
