"""What becomes of the growth a quote offers once a renewal on it is won or lost: told, and in the same undo step."""

from datetime import date
from decimal import Decimal

import pytest

from callstation.accounts.timeline import timeline
from callstation.app import App
from callstation.calling import calls
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.quotes import quotes
from callstation.quotes.worksheet import Choices
from callstation.renewals.changing import change_many
from callstation.renewals.growth import make_growth
from callstation.renewals.pipeline import Key
from callstation.renewals.renewals import change_renewal
from callstation.work import Work
from db.vocabulary import AccountKind, Disposition, GrowthKind, LossReason, QuoteOption, RenewalStage
from tests import factories
from tests.quotes import shop
from tests.quotes.shop import everything, save, sent

ARCHIVE = Choices(add_ons={3: 90})


@pytest.fixture
def target(app: App) -> int:
    """Halden owns 90 seats of Starter; the call target."""
    return app.do(shop.halden)


def stages(app: App) -> list[tuple[object, ...]]:
    """(account, kind, stage) of all growth."""
    return app.ask(
        Work.rows, "SELECT a.name, x.kind, x.stage FROM growth x JOIN account a ON a.id = x.account_id ORDER BY x.id"
    )


def titles(app: App, count: int) -> list[str]:
    return [entry.title for entry in app.ask(timeline, 1)][:count]


def customers_of_a_partner(work: Work) -> int:
    ids = shop.catalogue(work)
    partner = factories.account(work, "Northgate Resale", kind=AccountKind.PARTNER)
    factories.phone(work, factories.contact(work, partner, "Ines Roth"), "+16175550199")
    for number in range(2):
        shop.owned(
            work, factories.account(work, f"Customer {number}"), ids[shop.STARTER], ends_on=date(2026, 12, 20),
            number=f"C-{number}", partner_id=partner,
        )  # fmt: skip
    refresh_targets(work)
    return shop.target_of(work, partner)


def test_the_order_wins_what_the_accepted_quote_offered_in_the_same_step(app: App, target: int) -> None:
    quote = sent(app, target, ARCHIVE)
    app.do(quotes.accept_quote, quote.quote_id)
    before = everything(app)
    app.do(calls.log_outcome, target, Disposition.ORDER_RECEIVED)
    assert stages(app) == [("Halden Robotics", "add_on", "won")]
    assert "Growth won with C-1003: Archive for Halden Robotics, 2,160.00 USD" in titles(app, 2)
    assert app.undo_label == "Logged Order received for Halden Robotics"
    after = everything(app)
    app.undo()
    assert everything(app) == before
    app.redo()
    assert everything(app) == after


def test_a_renewal_won_by_hand_does_the_same_alone_and_among_many(app: App, target: int) -> None:
    quote = sent(app, target, ARCHIVE)
    app.do(quotes.accept_quote, quote.quote_id)
    before = everything(app)
    app.do(change_renewal, 1, stage=RenewalStage.WON)
    assert app.undo_label == "Halden Robotics, C-1003: Verbal yes to Won"
    assert stages(app)[0][2] == "won"
    app.undo()
    assert everything(app) == before
    assert app.do(change_many, [Key(True, 1), Key(False, 1)], stage=RenewalStage.WON) == 2
    app.undo()
    assert everything(app) == before


def test_an_order_without_a_yes_to_the_quote_leaves_its_growth_open(app: App, target: int) -> None:
    sent(app, target, ARCHIVE)
    app.do(calls.log_outcome, target, Disposition.ORDER_RECEIVED)
    assert stages(app)[0][2] == "quoted"


def test_a_yes_that_is_written_down_after_the_order_wins_it_too(app: App, target: int) -> None:
    quote = sent(app, target, ARCHIVE)
    app.do(calls.log_outcome, target, Disposition.ORDER_RECEIVED)
    before = everything(app)
    app.do(quotes.accept_quote, quote.quote_id)
    assert stages(app)[0][2] == "won"
    assert app.undo_label is not None
    assert app.undo_label.startswith("Accepted")
    app.undo()
    assert everything(app) == before


def test_with_the_renewal_what_its_quote_brought_up_is_lost_for_the_same_reason(app: App, target: int) -> None:
    sent(app, target, ARCHIVE)
    before = everything(app)
    app.do(
        calls.log_outcome, target, Disposition.NOT_RENEWING, loss_reason=LossReason.COMPETITOR, competitor="Ironvale"
    )
    assert app.ask(Work.rows, "SELECT stage, category, loss_reason, competitor FROM growth") == [
        ("lost", "omitted", "competitor", "Ironvale")
    ]
    assert "Growth lost with C-1003: Archive for Halden Robotics, 2,160.00 USD" in titles(app, 2)
    app.undo()
    assert everything(app) == before


def test_what_was_talked_about_before_the_quote_stays_open_as_not_quoted(
    app: App, target: int, clock: ManualClock
) -> None:
    app.do(make_growth, 1, kind=GrowthKind.ADD_ON, family="Quillbase", title="Archiving")
    clock.advance(3600)
    quote = sent(app, target, ARCHIVE)
    clock.advance(3600)
    again = save(app, target, Choices(add_ons={3: 50}), quote.quote_id)
    app.do(quotes.send_quote, again.quote_id)
    app.do(change_many, [Key(False, 1)], stage=RenewalStage.LOST, loss_reason=LossReason.PRICE)
    assert app.ask(Work.rows, "SELECT title, stage, category, quote_id, amount FROM growth") == [
        ("Archiving", "contacted", "pipeline", None, 12_000_000)
    ]
    assert titles(app, 1) == ["Growth moved to contacted: Archiving, 1,200.00 USD"]


def test_what_a_customer_orders_is_his_own_and_the_partners(app: App) -> None:
    partner = app.do(customers_of_a_partner)
    quote = sent(app, partner, Choices(option=QuoteOption.UPGRADE, add_ons={3: 5}))
    app.do(quotes.accept_quote, quote.quote_id)
    app.do(change_renewal, 2, stage=RenewalStage.WON)
    assert stages(app) == [
        ("Customer 0", "upgrade", "verbal_yes"), ("Customer 1", "upgrade", "won"),
        ("Northgate Resale", "add_on", "won"),
    ]  # fmt: skip


def test_growth_is_lost_with_the_last_renewal_it_could_come_with(app: App) -> None:
    partner = app.do(customers_of_a_partner)
    sent(app, partner, Choices(option=QuoteOption.UPGRADE, add_ons={3: 5}))
    app.do(change_many, [Key(False, 1)], stage=RenewalStage.LOST, loss_reason=LossReason.PRICE)
    assert [stage for _, _, stage in stages(app)] == ["lost", "quoted", "quoted"]
    app.do(change_many, [Key(False, 2)], stage=RenewalStage.LOST, loss_reason=LossReason.PRICE)
    assert [stage for _, _, stage in stages(app)] == ["lost", "lost", "lost"]


def test_growth_of_no_quote_stays_as_it_is(app: App, target: int) -> None:
    app.do(make_growth, 1, title="Archive", amount=Decimal(10))
    for stage in (RenewalStage.WON, RenewalStage.CONTACTED, RenewalStage.LOST):
        app.do(change_renewal, 1, stage=stage)
        assert stages(app)[0][2] == "not_started"


def test_a_quote_that_ends_within_a_month_brings_its_growth_too(app: App, target: int) -> None:
    ends_on = app.ask(lambda work: work.rows("SELECT date(due_on, '+12 days') FROM renewal WHERE id = 1"))[0][0]
    choices = Choices(option=QuoteOption.CO_TERM, ends_on=date.fromisoformat(ends_on), add_ons={3: 90})
    sent(app, target, choices)
    assert stages(app) == [("Halden Robotics", "add_on", "quoted")]
    ((months,),) = app.ask(Work.rows, "SELECT term_months FROM growth")
    assert 0 < months < 10_000, "of a month, in ten-thousandths"
