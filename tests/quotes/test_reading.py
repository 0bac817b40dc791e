"""What the worksheet of a call target holds: all that is owned now, at the prices of today."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.errors import UserError
from callstation.quotes.options import work_out
from callstation.quotes.reading import read_worksheet, term_months
from callstation.quotes.worksheet import Choices, Worksheet
from callstation.work import Work
from db.nouns import Contract, ContractedPrice, ContractLine, Renewal
from db.vocabulary import LineKind, QuoteOption, RenewalStage
from tests import factories
from tests.quotes import shop


@pytest.fixture
def target(app: App) -> int:
    return app.do(shop.halden)


def _sheet(app: App, target: int) -> Worksheet:
    return app.ask(read_worksheet, target)


def _add(app: App, ends_on: date, **values: object) -> int:
    def verb(work: Work) -> int:
        found = work.row("SELECT id FROM product WHERE name = ?", (shop.STARTER,))
        assert found is not None
        renewal_id = shop.owned(work, 1, found[0], ends_on=ends_on, **values)  # type: ignore[arg-type]
        refresh_targets(work, [1])
        return renewal_id

    return app.do(verb)


def test_a_line_has_its_list_price_its_cost_and_what_was_paid(app: App, target: int) -> None:
    (line,) = _sheet(app, target).lines
    assert (line.product, line.quantity, line.family) == (shop.STARTER, 90, "Quillbase")
    assert (line.unit_list, line.plan_months, line.price_source) == (Decimal("120.00"), 12, "list")
    assert (line.unit_cost, line.paid) == (Decimal("84.00"), Decimal("10800.00"))
    assert (line.starts_on, line.ends_on) == (date(2025, 12, 21), date(2026, 12, 20))


def test_the_contract_that_ends_first_is_on_top(app: App, target: int) -> None:
    _add(app, date(2026, 12, 1), number="C-9")
    _add(app, date(2027, 3, 1), number="C-8")
    assert [line.contract_number for line in _sheet(app, target).lines] == ["C-9", "C-1003", "C-8"]


def test_keys_stay_when_another_contract_comes(app: App, target: int) -> None:
    (before,) = _sheet(app, target).lines
    _add(app, date(2026, 12, 1), number="C-9")
    assert [line.contract_number for line in _sheet(app, target).lines if line.key == before.key] == ["C-1003"]


def test_a_contracted_price_beats_the_list_which_stands_beside_it(app: App, target: int) -> None:
    app.do(
        lambda work: work.insert(
            ContractedPrice, uid=uuid4().hex, account_id=1, product_id=1, currency="USD", amount=Decimal(100),
            created_at=work.now, valid_from=None, valid_to=None,
        )
    )  # fmt: skip
    (line,) = _sheet(app, target).lines
    assert (line.price_source, line.contracted, line.unit_list) == ("contracted", Decimal("100.00"), Decimal("120.00"))


def test_without_a_price_what_was_last_paid_counts_by_the_term_it_paid_for(app: App, target: int) -> None:
    _add(app, date(2026, 12, 1), number="C-9", starts_on=date(2024, 12, 2), currency="USD", value="4800", quantity=20)
    app.do(lambda work: work.derive("DELETE FROM price_entry"))
    two_years, one_year = _sheet(app, target).lines
    assert (two_years.price_source, two_years.unit_list, two_years.plan_months) == ("last_paid", Decimal(120), 12)
    assert one_year.unit_list == Decimal(120)


def test_where_nothing_was_paid_either_the_price_is_unknown(app: App, target: int) -> None:
    def forget(work: Work) -> None:
        work.derive("DELETE FROM price_entry")
        work.update(ContractLine, 1, value=None)
        work.update(Renewal, 1, amount=None)
        work.update(Contract, 1, value=None)

    app.do(forget)
    (line,) = _sheet(app, target).lines
    assert (line.price_source, line.unit_list, line.paid, line.unit_cost) == ("unknown", Decimal(0), None, None)


def test_a_contract_without_lines_is_one_line_at_the_renewals_amount(app: App) -> None:
    account_id = app.do(factories.customer, ends_on=date(2026, 12, 20))
    app.do(refresh_targets, [account_id])
    (line,) = _sheet(app, app.ask(shop.target_of, account_id)).lines
    assert (line.product, line.quantity, line.paid) == ("Subscription", 90, Decimal(48200))
    assert (line.price_source, line.unit_list) == ("last_paid", Decimal("535.5556"))


def test_the_first_lines_currency_is_the_sheets_and_others_are_left_out_with_words(app: App, target: int) -> None:
    _add(app, date(2026, 12, 21), number="C-7", currency="EUR")
    sheet = _sheet(app, target)
    assert (sheet.currency, [line.contract_number for line in sheet.lines]) == ("USD", ["C-1003"])
    assert sheet.left_out == ("C-7 is in EUR.",)


def test_a_foreign_sheet_has_the_settings_rate_and_its_day_or_none(app: App, target: int) -> None:
    app.settings = app.settings.with_values(currency="EUR", rates="USD: 0.92, 2026-11-20")
    sheet = _sheet(app, target)
    assert (sheet.base_currency, sheet.rate, sheet.rate_on) == ("EUR", Decimal("0.92"), date(2026, 11, 20))
    app.settings = app.settings.with_values(rates="")
    assert _sheet(app, target).rate is None


def test_a_partner_has_the_lines_of_all_its_end_customers(app: App) -> None:
    sheet = _sheet(app, app.do(shop.reseller, 5))
    assert sheet.is_partner
    assert {line.account for line in sheet.lines} == {f"Customer {index}" for index in range(5)}
    assert sheet.account == "Northgate Resale"


def test_a_partners_contracted_price_serves_its_end_customers(app: App) -> None:
    target = app.do(shop.reseller, 2)
    app.do(
        lambda work: work.insert(
            ContractedPrice, uid=uuid4().hex, account_id=1, product_id=1, currency="USD", amount=Decimal(99),
            created_at=work.now, valid_from=None, valid_to=None,
        )
    )  # fmt: skip
    assert {line.contracted for line in _sheet(app, target).lines} == {Decimal(99), None}


def test_a_closed_renewal_is_no_longer_here(app: App, target: int) -> None:
    app.do(lambda work: work.update(Renewal, 1, stage=RenewalStage.WON, closed_at=work.now))
    sheet = _sheet(app, target)
    assert (sheet.lines, sheet.currency) == ((), "USD")


def test_uplifts_of_line_and_contract_are_told_apart(app: App, target: int) -> None:
    def agree(work: Work) -> None:
        work.update(Contract, 1, uplift=Decimal("0.05"))
        work.update(ContractLine, 1, uplift=Decimal("0.03"))

    app.do(agree)
    (line,) = _sheet(app, target).lines
    assert (line.line_uplift, line.contract_uplift) == (Decimal("0.03"), Decimal("0.05"))


def test_upgrades_and_add_ons_of_the_catalogue_are_offered(app: App, target: int) -> None:
    offers = {(offer.kind, offer.product) for offer in _sheet(app, target).offers}
    assert offers == {(LineKind.UPGRADE, shop.SCALE), (LineKind.ADD_ON, "Archive")}


def test_a_target_that_is_gone_is_said(app: App) -> None:
    with pytest.raises(UserError, match="no longer in the queue"):
        _sheet(app, 99)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (date(2025, 12, 21), date(2026, 12, 20), 12),
        (date(2025, 1, 31), date(2025, 2, 27), 1),
        (date(2024, 2, 29), date(2027, 2, 27), 36),
        (date(2025, 12, 20), date(2026, 12, 20), 12),
        (date(2026, 1, 1), date(2026, 12, 30), 12),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (None, date(2026, 12, 20), 12),
        (date(2027, 1, 1), date(2026, 12, 20), 12),
    ],
)
def test_a_whole_term_has_whole_months(starts_on: date | None, ends_on: date, months: int) -> None:
    assert term_months(starts_on, ends_on) == months


@pytest.mark.parametrize("ends_on", [date(2026, 1, 2), date(2026, 7, 14), date(2026, 12, 29), date(2027, 1, 2)])
def test_a_broken_term_counts_its_days(ends_on: date) -> None:
    assert term_months(date(2026, 1, 1), ends_on) == Decimal(((ends_on - date(2026, 1, 1)).days + 1) * 12) / 365


def test_a_year_told_with_a_day_too_many_renews_at_what_was_paid(app: App) -> None:
    def make(work: Work) -> int:
        account_id = factories.account(work)
        factories.phone(work, factories.contact(work, account_id))
        day = date(2026, 12, 20)
        unlisted = shop.product(work, "Unlisted")
        shop.owned(
            work, account_id, unlisted, quantity=25, value="1200.50", starts_on=day.replace(year=2025), ends_on=day
        )
        refresh_targets(work, [account_id])
        return shop.target_of(work, account_id)

    sheet = app.ask(read_worksheet, app.do(make))
    assert work_out(sheet, Choices(), QuoteOption.AS_IS).total == Decimal("1200.50")


def test_a_licence_without_end_keeps_no_quote_from_opening(app: App) -> None:
    target = app.do(shop.halden)
    unlisted = app.do(lambda work: shop.product(work, "Unlisted"))
    app.do(lambda work: shop.owned(work, 1, unlisted, ends_on=date.max, number="C-9"))
    app.do(lambda work: refresh_targets(work, [1]))
    assert [line.contract_number for line in _sheet(app, target).lines] == ["C-1003", "C-9"]
