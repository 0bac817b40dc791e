"""Growth beyond the renewals: made, changed, won, lost, reopened, and following the quotes that offer it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from callstation.accounts.timeline import timeline
from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.errors import UserError
from callstation.quotes import quotes
from callstation.quotes.cards import read_quote
from callstation.quotes.worksheet import Choices
from callstation.renewals.changing import change_many
from callstation.renewals.closed import closed_in
from callstation.renewals.due_sql import By
from callstation.renewals.growth import change_growth, make_growth
from callstation.renewals.pipeline import Filter, Key, Standing, pipeline, pipeline_rows, pipeline_sums
from callstation.renewals.renewals import change_renewal
from callstation.renewals.retention import due_in
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import AccountKind, ForecastCategory, GrowthKind, LossReason, QuoteOption, RenewalStage
from tests import factories
from tests.quotes import shop
from tests.quotes.shop import everything, save, sent

ARCHIVE = Choices(add_ons={3: 90})
"""90 of the add-on Archive at 24 beside the renewal."""


@pytest.fixture
def target(app: App) -> int:
    """Halden owns 90 seats of Starter; the call target."""
    return app.do(shop.halden)


def grown(app: App) -> list[tuple[object, ...]]:
    """(kind, title, amount, stage, category, quote) of all growth."""
    return app.ask(Work.rows, "SELECT kind, title, amount / 10000.0, stage, category, quote_id FROM growth ORDER BY id")


def titles(app: App, account_id: int = 1) -> list[str]:
    return [entry.title for entry in app.ask(timeline, account_id)]


# -- by hand ---------------------------------------------------------------------------------------------------------


def test_what_is_not_said_is_what_one_would_take(app: App, target: int) -> None:
    growth_id = app.do(make_growth, 1, product_id=3, amount=Decimal(2160))
    (row,) = app.ask(pipeline_rows, [Key(True, growth_id)])
    assert (row.title, row.kind, row.currency, row.contact) == (
        "Archive for Halden Robotics", GrowthKind.CROSS_SELL, "USD", "Priya Raman",
    )  # fmt: skip
    assert (row.close_on, row.families, row.category) == (date(2026, 12, 20), ("Quillbase",), ForecastCategory.PIPELINE)
    assert titles(app)[0] == "Growth made: Archive for Halden Robotics, 2,160.00 USD"
    assert app.undo_label == "Made growth: Archive for Halden Robotics, 2,160.00 USD"


def test_an_account_with_nothing_to_renew_is_given_ninety_days(app: App) -> None:
    account_id = app.do(factories.account)
    growth_id = app.do(make_growth, account_id, kind=GrowthKind.ADD_ON)
    (row,) = app.ask(pipeline_rows, [Key(True, growth_id)])
    assert (row.title, row.currency, row.close_on, row.amount) == (
        "Add-on for Halden Robotics", "USD", date(2027, 2, 21), None,
    )  # fmt: skip


def test_it_is_won_lost_and_reopened_and_each_stands_on_the_timeline(app: App, target: int) -> None:
    growth_id = app.do(make_growth, 1, title="Archive", amount=Decimal(10))
    app.do(change_growth, growth_id, stage=RenewalStage.VERBAL_YES)
    assert grown(app)[0][3:5] == ("verbal_yes", "most_likely")
    app.do(change_many, [Key(True, growth_id)], stage=RenewalStage.WON, amount=Decimal(12))
    assert grown(app)[0][2:5] == (12.0, "won", "closed")
    app.do(change_many, [Key(True, growth_id)], stage=RenewalStage.CONTACTED)
    assert grown(app)[0][3:5] == ("contacted", "pipeline")
    lost: dict[str, Any] = {"stage": RenewalStage.LOST, "loss_reason": LossReason.COMPETITOR, "competitor": "Ironvale"}
    app.do(change_many, [Key(True, growth_id)], **lost)
    assert app.ask(Work.row, "SELECT stage, category, loss_reason, competitor, closed_at NOT NULL FROM growth") == (
        "lost", "omitted", "competitor", "Ironvale", 1,
    )  # fmt: skip
    assert titles(app)[:5] == [
        "Growth lost: Archive, 12.00 USD", "Growth moved to contacted: Archive, 12.00 USD",
        "Growth won: Archive, 12.00 USD", "Growth moved to verbal yes: Archive, 10.00 USD",
        "Growth made: Archive, 10.00 USD",
    ]  # fmt: skip


def test_what_was_lost_and_is_won_after_all_has_no_reason_left(app: App, target: int) -> None:
    key = Key(True, app.do(make_growth, 1, title="Archive", amount=Decimal(10)))
    for one in (key, Key(False, 1)):
        app.do(change_many, [one], stage=RenewalStage.LOST, loss_reason=LossReason.COMPETITOR, competitor="Ironvale")
        app.do(change_many, [one], stage=RenewalStage.WON)
        (row,) = app.ask(pipeline_rows, [one])
        assert (row.stage, row.loss_reason) == (RenewalStage.WON, None)


def test_each_step_is_undone_exactly(app: App, target: int) -> None:
    states = [everything(app)]
    growth_id = app.do(make_growth, 1, title="Archive", amount=Decimal(10))
    states.append(everything(app))
    many = [Key(True, growth_id)]
    steps: tuple[tuple[Any, Any, dict[str, Any]], ...] = (
        (change_growth, growth_id, {"stage": RenewalStage.QUOTED, "category": ForecastCategory.COMMIT}),
        (change_growth, growth_id, {"close_on": date(2027, 3, 1), "title": "Archive Plus", "quantity": 3}),
        (change_growth, growth_id, {"notes": "By March"}), (change_many, many, {"stage": RenewalStage.WON}),
        (change_many, many, {"stage": RenewalStage.CONTACTED}),
        (change_many, many, {"stage": RenewalStage.LOST, "loss_reason": LossReason.PRICE}),
    )  # fmt: skip
    for verb, what, values in steps:
        app.do(verb, what, **values)
        states.append(everything(app))
    for before in reversed(states[:-1]):
        assert app.undo() is not None
        assert everything(app) == before
    for after in states[1:]:
        app.redo()
        assert everything(app) == after


def test_a_pick_stays_with_who_and_when_until_it_is_taken_back_or_closed(app: App, target: int) -> None:
    app.settings = app.settings.with_values(signed_by="Sam Reyes")
    growth_id = app.do(make_growth, 1, title="Archive")
    app.do(change_growth, growth_id, category=ForecastCategory.COMMIT)
    app.do(change_growth, growth_id, stage=RenewalStage.QUOTED)
    (row,) = app.ask(pipeline_rows, [Key(True, growth_id)])
    assert (row.category, row.suggested, row.is_picked, row.picked_by) == (
        ForecastCategory.COMMIT, ForecastCategory.BEST_CASE, True, "Sam Reyes",
    )  # fmt: skip
    assert row.picked_at == app.clock.now()
    app.do(change_many, [row.key], is_suggested=True)
    (row,) = app.ask(pipeline_rows, [Key(True, growth_id)])
    assert (row.category, row.is_picked, row.picked_by, row.picked_at) == (ForecastCategory.BEST_CASE, False, "", None)


def test_what_three_years_cost_is_forecast_whole_and_counts_by_the_year_once_it_is_won(app: App, target: int) -> None:
    growth_id = app.do(make_growth, 1, title="Archive", amount=Decimal(10_000), term_months=Decimal(36))
    assert app.ask(pipeline_sums).growth.base == Decimal(10_000)
    app.do(change_many, [Key(True, growth_id)], stage=RenewalStage.WON)
    (year,) = app.ask(due_in, date(2026, 1, 1), date(2026, 12, 31), by=By.YEAR).groups
    assert (year.growth, app.ask(closed_in, *[app.ask(lambda work: work.today)] * 2).total.growth_value) == (
        Decimal("3333.33"), Decimal("3333.33"),
    )  # fmt: skip
    app.do(change_growth, growth_id, term_months=Decimal(24))
    assert app.ask(due_in, date(2026, 1, 1), date(2026, 12, 31)).total.growth == Decimal(5_000)


@pytest.mark.parametrize(
    ("verb", "values"),
    [(change_growth, {"amount": Decimal(-1)}), (change_growth, {"term_months": Decimal(0)}),
     (make_growth, {"term_months": Decimal(-12)}),
      (change_growth, {"category": ForecastCategory.CLOSED}),
     (make_growth, {"amount": Decimal(-1)})],
)  # fmt: skip
def test_what_cannot_be_is_refused(app: App, target: int, verb: object, values: dict[str, object]) -> None:
    app.do(make_growth, 1, title="Archive")
    before = everything(app)
    with pytest.raises(UserError):
        app.do(verb, 1, **values)  # type: ignore[arg-type]
    assert everything(app) == before


def test_what_is_gone_is_said(app: App) -> None:
    with pytest.raises(UserError, match="account is gone"):
        app.do(make_growth, 99)
    with pytest.raises(UserError, match="opportunity is gone"):
        app.do(change_many, [Key(True, 99)], stage=RenewalStage.WON)


# -- many at once ----------------------------------------------------------------------------------------------------


def test_many_are_changed_in_one_step_and_told(app: App, target: int) -> None:
    growth_id = app.do(make_growth, 1, title="Archive", amount=Decimal(10))
    app.do(lambda work: work.derive("DELETE FROM outbox_entry"))
    before = everything(app)
    keys = [Key(False, 1), Key(True, growth_id)]
    assert app.do(change_many, keys, stage=RenewalStage.QUOTED, next_step=" Ring ", close_on=date(2027, 1, 5)) == 2
    rows = app.ask(pipeline_rows, keys)
    assert [(row.stage, row.category, row.next_step, row.close_on, row.slips) for row in rows] == [
        (RenewalStage.QUOTED, ForecastCategory.BEST_CASE, "Ring", date(2027, 1, 5), 1)
    ] * 2
    marked = app.ask(Work.rows, "SELECT entity FROM outbox_entry WHERE entity <> 'activity' ORDER BY 1")
    assert marked == [("growth",), ("renewal",)]
    assert app.ask(Work.row, "SELECT stage FROM call_target") == ("quoted",)
    assert app.undo_label == "Set to quoted: 2 opportunities"
    app.undo()
    assert everything(app) == before


def test_a_move_within_the_month_or_to_an_earlier_one_is_no_slip(app: App, target: int) -> None:
    for on, slips in ((date(2026, 12, 31), 0), (date(2027, 1, 1), 1), (date(2026, 11, 30), 1), (date(2027, 12, 1), 2)):
        app.do(change_renewal, 1, close_on=on)
        assert app.ask(pipeline_rows, [Key(False, 1)])[0].slips == slips


def test_what_changes_nothing_is_no_step(app: App, target: int) -> None:
    growth_id = app.do(make_growth, 1, title="Archive")
    for verb, key in ((change_renewal, 1), (change_growth, growth_id)):
        app.do(verb, key, stage=RenewalStage.NOT_STARTED, next_step="")
    assert app.undo_label == "Made growth: Archive"
    assert app.do(change_many, [Key(False, 1)], stage=RenewalStage.NOT_STARTED) == 0


def test_what_is_lost_needs_a_reason_and_one_that_is_gone_changes_nothing(app: App, target: int) -> None:
    before = everything(app)
    for keys, values in (
        ([], {"next_step": "x"}), ([Key(False, 1)], {"stage": RenewalStage.LOST}),
        ([Key(False, 1)], {"term_months": Decimal(12)}), ([Key(False, 1), Key(True, 9)], {"next_step": "x"}),
        ([Key(False, 1)], {"amount": Decimal(-1)}),
    ):  # fmt: skip
        with pytest.raises(UserError):
            app.do(change_many, keys, **values)
        assert everything(app) == before
    app.do(change_many, [Key(False, 1)], stage=RenewalStage.LOST, loss_reason=LossReason.PRICE)
    (row,) = app.ask(pipeline, Filter(standing=Standing.CLOSED)).rows
    assert (row.stage, row.category, row.loss_reason) == (
        RenewalStage.LOST, ForecastCategory.OMITTED, LossReason.PRICE,
    )  # fmt: skip
    with pytest.raises(UserError, match="no category of its own"):
        app.do(change_many, [Key(False, 1)], category=ForecastCategory.COMMIT)


def test_renewals_and_growth_are_counted_apart(app: App, target: int) -> None:
    app.do(make_growth, 1, amount=Decimal("0.05"), currency="USD")
    sums = app.ask(pipeline_sums)
    assert (sums.renewals.base, sums.growth.base) == (Decimal("10800.00"), Decimal("0.05"))


# -- from quotes -----------------------------------------------------------------------------------------------------


def test_a_quote_without_growth_makes_none(app: App, target: int) -> None:
    sent(app, target)
    assert grown(app) == []


def test_a_sent_quote_makes_its_growth_and_an_accepted_one_moves_it(app: App, target: int) -> None:
    quote = sent(app, target, ARCHIVE)
    assert grown(app) == [("add_on", "Archive for Halden Robotics", 2160.0, "quoted", "best_case", quote.quote_id)]
    app.do(quotes.accept_quote, quote.quote_id)
    assert grown(app)[0][3:5] == ("verbal_yes", "commit")
    assert app.ask(Work.row, "SELECT last_contact_at NOT NULL FROM growth") == (1,)
    app.undo()
    app.do(quotes.reject_quote, quote.quote_id, reason="Too dear")
    assert grown(app)[0][3:5] == ("at_risk", "pipeline")


def test_sending_it_is_one_step_with_its_growth(app: App, target: int) -> None:
    quote = save(app, target, ARCHIVE)
    before = everything(app)
    app.do(quotes.send_quote, quote.quote_id)
    app.undo()
    assert everything(app) == before
    assert grown(app) == []


def test_an_upgrade_grows_by_what_it_costs_above_renewing_as_it_is(app: App, target: int) -> None:
    quote = sent(app, target, Choices(option=QuoteOption.UPGRADE, add_ons={3: 10}))
    assert [row[:3] for row in grown(app)] == [
        ("upgrade", "Quillbase Scale for Halden Robotics", 16200.0), ("add_on", "Archive for Halden Robotics", 240.0),
    ]  # fmt: skip
    renewal = app.ask(Work.row, "SELECT amount / 10000.0 FROM renewal")
    total = app.ask(read_quote, quote.quote_id).row.total
    assert renewal is not None
    assert Decimal(str(renewal[0])) + sum(Decimal(str(row[2])) for row in grown(app)) == total


@pytest.mark.parametrize(
    ("choices", "months"),
    [(Choices(option=QuoteOption.THREE_YEARS, add_ons={3: 10}), Decimal(36)),
     (Choices(option=QuoteOption.CO_TERM, ends_on=date(2027, 6, 30), add_ons={3: 10}), Decimal(192) * 12 / 365)],
)  # fmt: skip
def test_what_a_quote_offers_has_the_term_it_is_quoted_for(
    app: App, target: int, choices: Choices, months: Decimal
) -> None:
    quote = sent(app, target, choices)
    ((amount, term),) = app.ask(Work.rows, "SELECT amount, term_months FROM growth")
    lines = app.ask(Work.rows, "SELECT amount, multiplier FROM quote_line WHERE kind = 'add_on'")
    assert (amount, from_units(term)) == (lines[0][0], months.quantize(Decimal("0.0001"))), lines
    app.do(quotes.accept_quote, quote.quote_id)
    app.do(change_many, [Key(True, 1)], stage=RenewalStage.WON)
    total = app.ask(due_in, date(2026, 1, 1), date(2026, 12, 31)).total
    assert total.growth == pytest.approx(240, abs=Decimal("0.01")), "ten at 24 a year, whatever the term"


def test_a_new_version_brings_its_growth_up_to_date_and_doubles_nothing(app: App, target: int) -> None:
    first = sent(app, target, ARCHIVE)
    second = save(app, target, Choices(add_ons={3: 50}), first.quote_id)
    assert grown(app)[0][2] == 2160.0, "until the new one is sent"
    app.do(quotes.send_quote, second.quote_id)
    assert [(row[2], row[5]) for row in grown(app)] == [(1200.0, second.quote_id)]
    third = save(app, target, Choices(), second.quote_id)
    app.do(quotes.send_quote, third.quote_id)
    assert [(row[3], row[4], row[5]) for row in grown(app)] == [("contacted", "pipeline", None)], "no longer offered"


def test_what_was_talked_about_before_is_what_is_quoted(app: App, target: int) -> None:
    growth_id = app.do(make_growth, 1, kind=GrowthKind.ADD_ON, family="Quillbase", title="Archiving")
    quote = sent(app, target, ARCHIVE)
    assert grown(app) == [("add_on", "Archiving", 2160.0, "quoted", "best_case", quote.quote_id)]
    app.do(change_many, [Key(True, growth_id)], stage=RenewalStage.WON)
    again = save(app, target, Choices(add_ons={3: 20}), quote.quote_id)
    app.do(quotes.send_quote, again.quote_id)
    assert [row[2:4] for row in grown(app)] == [(2160.0, "won")], "what was ordered stays, and is not made again"


def test_a_picked_category_and_a_further_stage_stay_as_it_is_quoted(app: App, target: int) -> None:
    growth_id = app.do(make_growth, 1, kind=GrowthKind.ADD_ON, family="Quillbase")
    app.do(change_growth, growth_id, stage=RenewalStage.ORDER_PROMISED, category=ForecastCategory.PIPELINE)
    sent(app, target, ARCHIVE)
    assert grown(app)[0][2:5] == (2160.0, "order_promised", "pipeline")


def test_a_partners_upgrades_grow_with_each_end_customer(app: App) -> None:
    def two_customers(work: Work) -> int:
        ids = shop.catalogue(work)
        partner = factories.account(work, "Northgate Resale", kind=AccountKind.PARTNER)
        factories.phone(work, factories.contact(work, partner, "Ines Roth"), "+16175550199")
        for number, seats in enumerate((10, 20)):
            account_id = factories.account(work, f"Customer {number}")
            shop.owned(
                work, account_id, ids[shop.STARTER], ends_on=date(2026, 12, 20), quantity=seats,
                value=str(120 * seats), number=f"C-{number}", partner_id=partner,
            )  # fmt: skip
        refresh_targets(work)
        return shop.target_of(work, partner)

    partner = app.do(two_customers)
    sent(app, partner, Choices(option=QuoteOption.UPGRADE, add_ons={3: 5}))
    found = app.ask(
        Work.rows, "SELECT a.name, x.kind, x.amount / 10000 FROM growth x JOIN account a ON a.id = x.account_id"
    )
    assert found == [
        ("Customer 0", "upgrade", 1800), ("Customer 1", "upgrade", 3600), ("Northgate Resale", "add_on", 120),
    ]  # fmt: skip
