"""What is to close stands on the desk: the checklist of one order, or what each of several lacks."""

from datetime import timedelta

from callstation.app import App
from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.renewals.closing import mark_step
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ClosingStep, RenewalStage
from tests.factories import contract, customer, renewal
from tests.journeys.conftest import desk
from tests.journeys.desk import Desk
from tests.ui.walk import rich
from ui.calling.info_row import Info

__all__ = ["desk"]


def closing(desk: Desk) -> list[Info]:
    return desk.page.context.closing.shown


def test_the_steps_of_the_order_in_hand_are_ticked_off_where_they_are_done(desk: Desk, app: App) -> None:
    assert closing(desk) == []
    assert desk.page.card is not None
    renewal_id = desk.page.card.renewals[0].renewal_id
    app.do(lambda work: work.update(Renewal, renewal_id, stage=RenewalStage.VERBAL_YES))
    app.do(mark_step, renewal_id, ClosingStep.ORDER_NUMBER, words="PO-1 <b>&")
    shown = closing(desk)
    assert [(one.title, one.end) for one in shown] == [
        ("Quote accepted", "Missing"), ("Order number", "PO-1 <b>&"), ("Order placed", "Missing"),
        ("Licence delivered", "Missing"), ("Customer told", "Missing"),
    ]  # fmt: skip
    assert [one.mark for one in shown].count("circle-check") == 1
    assert rich(desk.page.context) == []


def two_orders(work: Work) -> None:
    account_id = customer(work, "Two & Sons", ends_on=work.today + timedelta(days=9), e164="+16175550199")
    contract_id = contract(work, account_id, work.today + timedelta(days=12), number="C-second")
    renewal(work, contract_id, account_id, work.today + timedelta(days=12))
    for (renewal_id,) in work.rows("SELECT id FROM renewal"):
        work.update(Renewal, renewal_id, stage=RenewalStage.ORDER_PROMISED)
    refresh_targets(work)


def test_of_several_orders_each_says_what_it_lacks(app: App, clock: ManualClock, dressed: object) -> None:
    app.do(two_orders)
    app.record(build_day)
    desk = Desk(app, clock)
    shown = closing(desk)
    assert len(shown) == 2
    assert shown[1].title == "C-second"
    assert shown[1].words.endswith("missing")
    desk.close()
