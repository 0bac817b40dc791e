"""The rules for quotes are read from the settings, and a line that cannot be read is named."""

from datetime import date
from decimal import Decimal, localcontext

import pytest

from callstation.errors import UserError
from callstation.quotes.policy import policy_of, rate_of, read_floors
from callstation.quotes.worksheet import Policy
from callstation.settings import Settings


def test_the_settings_as_they_come_are_the_policy_as_it_comes() -> None:
    read, plain = policy_of(Settings()), Policy()
    assert (read.proration, read.co_term, read.uplift, read.is_backdated, read.level, read.valid_days) == (
        plain.proration, plain.co_term, plain.uplift, plain.is_backdated, plain.level, plain.valid_days
    )  # fmt: skip
    assert (read.reinstatement_fee, dict(read.floors), dict(read.grace_days)) == (
        plain.reinstatement_fee, plain.floors, plain.grace_days
    )  # fmt: skip


@pytest.mark.parametrize("text", ["7.5", "7,5 %", " 7.50% ", "7,5"])
def test_a_percentage_is_read_however_it_is_written(text: str) -> None:
    assert policy_of(Settings().with_values(uplift=text)).uplift == Decimal("0.075")


def test_a_percentage_that_is_nothing_adds_nothing() -> None:
    assert policy_of(Settings().with_values(reinstatement_fee="")).reinstatement_fee == 0


def test_reading_does_not_depend_on_how_precisely_the_thread_counts() -> None:
    with localcontext(prec=3):
        assert policy_of(Settings().with_values(uplift="12.3456")).uplift == Decimal("0.123456")


def test_a_vendor_and_a_family_are_found_however_they_are_written_and_the_others_by_the_star() -> None:
    changed = Settings().with_values(grace_days="Quillbase: 14\n", floors="Sentry  Lane: 5, 15, 30")
    policy = policy_of(changed)
    assert policy.grace_days["QUILLBASE"] == 14
    assert policy.grace_days["*"] == 30
    assert policy.grace_days.get("Vaultmere") is None
    assert policy.floors["sentry lane"] == (Decimal("0.05"), Decimal("0.15"), Decimal("0.30"))
    assert policy.floors["*"] == (Decimal("0.1"), Decimal("0.2"), Decimal("0.4"))


@pytest.mark.parametrize("text", ["*: 7,5, 10, 20", "*: 7.5,10,20", "* : 7,5 % ; 10 %; 20 %"])
def test_floors_with_decimal_commas_are_told_apart(text: str) -> None:
    assert read_floors(text)["*"] == (Decimal("0.075"), Decimal("0.1"), Decimal("0.2"))


def test_a_rate_has_its_day_and_the_own_currency_needs_none() -> None:
    changed = Settings().with_values(rates="EUR: 1.08, 2026-11-20\ngbp: 1,2650, 2026-11-21")
    assert rate_of(changed, "EUR") == (Decimal("1.08"), date(2026, 11, 20))
    assert rate_of(changed, "GBP") == (Decimal("1.2650"), date(2026, 11, 21))
    assert rate_of(changed, "USD") == (Decimal(1), None)
    assert rate_of(changed, "JPY") is None


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("uplift", "a lot", "a lot"),
        ("uplift", "101", "101"),
        ("reinstatement_fee", "-1", "-1"),
        ("grace_days", "*: 30\nQuillbase 14", "Quillbase 14"),
        ("grace_days", "Quillbase: 1.5", "Quillbase: 1.5"),
        ("grace_days", "A: 1\na: 2", "a"),
        ("floors", "*: 10, 20", "*: 10, 20"),
        ("floors", "*: 20, 10, 40", "*: 20, 10, 40"),
        ("rates", "EUR: 1.08", "EUR: 1.08"),
        ("rates", "EUR: 0, 2026-11-20", "EUR: 0, 2026-11-20"),
        ("rates", "EUR: 1.08, 2026-02-30", "EUR: 1.08, 2026-02-30"),
        ("rates", "Euro: 1.08, 2026-11-20", "euro"),
        ("currency", "usd", "usd"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_when_it_is_set_and_named(name: str, text: str, line: str) -> None:
    with pytest.raises(UserError) as refused:
        Settings().with_values(**{name: text})
    assert f"“{line}”" in refused.value.detail
