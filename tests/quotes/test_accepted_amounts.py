"""What an accepted quote is worth: the amount of its renewals, while what was up for renewal stays what it was."""

from decimal import Decimal
from typing import Any

import pytest

from callstation.app import App
from callstation.quotes import quotes
from callstation.quotes.reading import read_worksheet
from callstation.quotes.worksheet import Choices
from callstation.renewals.renewals import change_renewal
from callstation.work import Work
from db.nouns import Contract, Renewal
from db.vocabulary import QuoteOption, RenewalStage
from tests.quotes import shop
from tests.quotes.shop import everything, save, sent

THREE_YEARS = Choices(option=QuoteOption.THREE_YEARS)


@pytest.fixture
def target(app: App) -> int:
    return app.do(shop.halden)


def worth(app: App) -> tuple[Any, ...]:
    """(amount, what was due a year) of the renewal, and what its target shows."""
    found = app.ask(
        Work.row,
        "SELECT r.amount / 10000.0, r.target_a_year / 10000.0, t.amount / 10000.0 "
        "FROM renewal r JOIN call_target t ON t.id = r.target_id WHERE r.id = 1",
    )
    assert found is not None
    return found


def test_a_yes_makes_the_renewal_worth_the_order_in_one_step(app: App, target: int) -> None:
    made = sent(app, target, THREE_YEARS)
    before = everything(app)
    assert worth(app) == (10800, 10800, 10800)
    app.do(quotes.accept_quote, made.quote_id)
    assert worth(app) == (32400, 10800, 32400)
    app.undo()
    assert everything(app) == before


def test_add_ons_are_growth_and_no_part_of_it(app: App, target: int) -> None:
    made = sent(app, target, Choices(option=QuoteOption.THREE_YEARS, add_ons={3: 10}))
    app.do(quotes.accept_quote, made.quote_id)
    assert worth(app)[0] == 32400
    assert app.ask(Work.rows, "SELECT kind, amount / 10000 FROM growth") == [("add_on", 720)]


def test_an_upgrade_and_its_growth_come_to_the_quote_together(app: App, target: int) -> None:
    made = sent(app, target, Choices(option=QuoteOption.UPGRADE, upgrades={"c1.1": 2}))
    app.do(quotes.accept_quote, made.quote_id)
    (total,) = app.ask(Work.rows, "SELECT total / 10000.0 FROM quote")[0]
    ((growth,),) = app.ask(Work.rows, "SELECT sum(amount) / 10000.0 FROM growth")
    assert (total, growth) == (27000, 16200)
    assert worth(app)[0] == 10800


def test_what_somebody_typed_after_the_yes_stays(app: App, target: int) -> None:
    made = sent(app, target, THREE_YEARS)
    app.do(quotes.accept_quote, made.quote_id)
    app.do(change_renewal, 1, amount=Decimal(30000))
    save(app, target, quote_id=made.quote_id)
    assert worth(app)[0] == 30000


def test_a_newer_version_takes_it_back_until_its_own_yes(app: App, target: int) -> None:
    first = sent(app, target, THREE_YEARS)
    app.do(quotes.accept_quote, first.quote_id)
    second = save(app, target, Choices(quantities={"c1.1": 50}), quote_id=first.quote_id)
    assert worth(app) == (10800, 10800, 10800)
    app.do(quotes.send_quote, second.quote_id)
    app.do(quotes.accept_quote, second.quote_id)
    assert worth(app) == (6000, 10800, 6000)


def test_of_two_accepted_quotes_the_one_that_is_left_counts(app: App, target: int) -> None:
    first, second = sent(app, target, Choices(quantities={"c1.1": 50})), sent(app, target, THREE_YEARS)
    app.do(quotes.accept_quote, first.quote_id)
    app.do(quotes.accept_quote, second.quote_id)
    assert worth(app)[0] == 32400
    save(app, target, quote_id=second.quote_id)
    assert worth(app)[0] == 6000


def test_a_contract_without_a_value_keeps_what_was_up_for_renewal(app: App, target: int) -> None:
    app.do(lambda work: work.update(Contract, 1, value=None))
    made = sent(app, target, THREE_YEARS)
    before = everything(app)
    app.do(quotes.accept_quote, made.quote_id)
    assert worth(app) == (32400, 10800, 32400)
    app.undo()
    assert everything(app) == before


def test_where_nobody_knows_what_is_up_for_renewal_nothing_is_claimed(app: App, target: int) -> None:
    app.do(lambda work: work.update(Contract, 1, value=None))
    app.do(lambda work: work.update(Renewal, 1, amount=None))
    app.do(quotes.accept_quote, sent(app, target, THREE_YEARS).quote_id)
    assert app.ask(Work.row, "SELECT amount, target_a_year FROM renewal") == (None, None)


def test_another_currency_says_nothing_of_it(app: App, target: int) -> None:
    made = sent(app, target, THREE_YEARS)
    app.do(lambda work: work.update(Renewal, 1, currency="EUR"))
    app.do(quotes.accept_quote, made.quote_id)
    assert worth(app)[0] == 10800


def test_the_next_quote_does_not_take_the_order_for_what_was_paid(app: App, target: int) -> None:
    app.do(lambda work: work.raw.execute("UPDATE contract_line SET value = NULL"))
    app.do(quotes.accept_quote, sent(app, target, THREE_YEARS).quote_id)
    (line,) = app.ask(read_worksheet, target).lines
    assert line.paid == 10800


def test_an_order_that_came_before_the_yes_is_worth_it_too(app: App, target: int) -> None:
    made = sent(app, target, THREE_YEARS)
    app.do(change_renewal, 1, stage=RenewalStage.WON)
    app.do(quotes.accept_quote, made.quote_id)
    assert app.ask(Work.row, "SELECT amount / 10000 FROM renewal") == (32400,)
