"""What a recalculation of a saved quote would change, in words, and that it says nothing where nothing did."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.quotes.cards import Difference, difference
from callstation.quotes.worksheet import Choices
from callstation.work import Work
from db.nouns import CallTarget, Contract, ContractLine, PriceEntry, Renewal
from db.vocabulary import QuoteOption, RenewalStage
from tests.quotes import shop
from tests.quotes.shop import save


@pytest.fixture
def target(app: App) -> int:
    return app.do(shop.halden)


def _difference(app: App, quote_id: int) -> Difference:
    return app.ask(difference, quote_id)


def _words(app: App, quote_id: int) -> list[str]:
    return [change.words for change in _difference(app, quote_id).changes]


def test_nothing_has_changed(app: App, target: int) -> None:
    made = save(app, target, Choices(option=QuoteOption.THREE_YEARS, discount=Decimal("0.05"), add_ons={3: 40}))
    found = _difference(app, made.quote_id)
    assert found.is_same
    assert found.words == "Nothing has changed since."


def test_another_day_alone_changes_nothing(app: App, target: int, clock: ManualClock) -> None:
    made = save(app, target)
    clock.advance(5 * 86400)
    assert _difference(app, made.quote_id).is_same


@pytest.mark.parametrize(
    ("noun", "values", "words"),
    [
        (ContractLine, {"quantity": 95}, ["Seats 90 -> 95"]),
        (PriceEntry, {"amount": Decimal("130.50")}, ["List price 120.00 -> 130.50"]),
        (ContractLine, {"uplift": Decimal("0.05")}, ["Uplift 0% -> 5%"]),
        (
            Renewal,
            {"due_on": date(2026, 12, 31)},
            ["Starts 21 Dec 2026 -> 1 Jan 2027", "Ends 20 Dec 2027 -> 31 Dec 2027"],
        ),
    ],
)
def test_what_changed_is_said_as_was_and_now(
    app: App, target: int, noun: Any, values: dict[str, Any], words: list[str]
) -> None:
    made = save(app, target)
    app.do(lambda work: work.update(noun, 1, **values))
    assert _words(app, made.quote_id) == words


def test_the_total_is_told_with_its_currency(app: App, target: int) -> None:
    made = save(app, target)
    app.do(lambda work: work.update(PriceEntry, 1, amount=Decimal(130)))
    assert _difference(app, made.quote_id).words == "Total 10,800.00 -> 11,700.00 USD"


def test_what_is_no_longer_up_and_what_is_new_is_named(app: App, target: int) -> None:
    made = save(app, target)

    def change(work: Work) -> None:
        work.update(Renewal, 1, stage=RenewalStage.LOST, closed_at=work.now)
        shop.owned(work, 1, 2, ends_on=date(2027, 1, 31), number="C-1009")
        refresh_targets(work, [1])

    app.do(change)
    assert _words(app, made.quote_id) == ["Quillbase Starter (C-1003) is no longer owned", "Quillbase Scale is new"]


def test_seats_the_rep_typed_stay_typed(app: App, target: int) -> None:
    made = save(app, target, Choices(quantities={"c1.1": 80}))
    app.do(lambda work: work.update(ContractLine, 1, quantity=95))
    assert _difference(app, made.quote_id).is_same


def test_a_price_that_went_away_is_a_problem_now(app: App, target: int) -> None:
    made = save(app, target)

    def forget(work: Work) -> None:
        work.derive("DELETE FROM price_entry")
        work.update(ContractLine, 1, value=None)
        work.update(Renewal, 1, amount=None)
        work.update(Contract, 1, value=None)

    app.do(forget)
    found = _difference(app, made.quote_id)
    assert found.problems
    assert not found.is_same


def test_an_account_in_another_currency_now_is_said(app: App, target: int) -> None:
    made = save(app, target)
    app.do(lambda work: work.update(Renewal, 1, currency="EUR"))
    assert _difference(app, made.quote_id).problems == ("The account is in EUR now.",)


def test_a_quote_whose_target_is_gone_finds_the_accounts_or_says_so(app: App, target: int) -> None:
    made = save(app, target)

    def leave(work: Work) -> None:
        work.derive("UPDATE renewal SET target_id = NULL")
        work.delete(CallTarget, target)

    app.do(leave)
    found = _difference(app, made.quote_id)
    assert found.problems == ("Halden Robotics has nothing up for renewal.",)
    assert [change.words for change in found.changes] == ["Quillbase Starter (C-1003) is no longer owned"]


def test_a_partners_line_is_named_with_its_end_customer(app: App) -> None:
    made = save(app, app.do(shop.reseller, 2))
    app.do(lambda work: work.update(ContractLine, 1, quantity=91))
    ((line, words),) = ((change.line, change.words) for change in _difference(app, made.quote_id).changes)
    assert (line, words) == ("Quillbase Scale, Customer 0", "Seats 90 -> 91")
