"""What triggers keep of contracts and renewals is in step with them after whatever was done to them."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.quotes.reading import term_months
from callstation.renewals.kept import out_of_step, refresh_kept
from callstation.work import Work
from db.engine import connect
from db.migrations.run import run_migrations
from db.nouns import Contract, Renewal
from tests import factories

DAYS = st.dates(date(2023, 12, 1), date(2025, 3, 31))
MONEY = st.none() | st.integers(0, 10**9).map(lambda units: Decimal(units) / 10_000)
CURRENCIES = st.sampled_from(["USD", "EUR"])
TERMS = st.none() | st.sampled_from([0, 363, 364, 365, 366, 729, 1094, 1095, 1096]) | st.integers(1, 1200)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["contract", "renewal", "renewal", "terms", "terms", "works", "works", "goes", "many", "undo", "redo"]
        ),
        st.integers(0, 11), DAYS, TERMS, MONEY, CURRENCIES,
    ),
    max_size=14,
)  # fmt: skip


def edit(app: App, way: str, at: int, day: date, term: int | None, money: Decimal | None, currency: str) -> None:
    """One change of the book, by a verb, by a statement, or by taking a step back."""
    starts_on = None if term is None else day - timedelta(days=term)
    contracts = [row[0] for row in app.ask(lambda work: work.rows("SELECT id FROM contract"))]
    renewals = [row[0] for row in app.ask(lambda work: work.rows("SELECT id FROM renewal"))]

    def verb(work: Work) -> None:
        if way == "contract":
            factories.contract(work, 1, day, starts_on=starts_on, value=money, currency=currency)
        elif way == "terms":
            terms = {"starts_on": starts_on, "ends_on": day, "value": money, "currency": currency}
            work.update(Contract, contracts[at % len(contracts)], **one_of(terms, at))
        elif way == "renewal":
            factories.renewal(work, contracts[at % len(contracts)], 1, day, amount=money, currency=currency)
        elif way == "many":
            work.raw.execute("UPDATE contract SET currency = ?, ends_on = ? WHERE id % 2", (currency, day.isoformat()))
            work.raw.execute("UPDATE renewal SET due_on = ? WHERE id % 3 = 0", (day.isoformat(),))
        elif renewals:
            renewal_id = renewals[at % len(renewals)]
            contract_id = contracts[at % len(contracts)]
            works = {"contract_id": contract_id, "due_on": day, "amount": money, "currency": currency}
            if way == "works":
                work.update(Renewal, renewal_id, **one_of(works, at))
            else:
                work.delete(Renewal, renewal_id)

    if way in ("undo", "redo"):
        getattr(app, way)()
    else:
        app.do(verb)


def one_of(values: dict[str, Any], at: int) -> dict[str, Any]:
    name = list(values)[at % len(values)]
    return {name: values[name]}


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(EDITS)
def test_it_is_in_step_after_any_edits(app: App, edits: list[Any]) -> None:
    app.record(start)
    app.forget_steps()  # the steps of the example before are of rows that are gone
    for one in edits:
        edit(app, *one)
        assert app.ask(out_of_step) == 0, one
    kept = app.ask(all_kept)
    app.record(refresh_kept)
    assert app.ask(all_kept) == kept


def start(work: Work) -> None:
    for table in ("renewal", "contract", "account"):
        work.raw.execute(f"DELETE FROM {table}")
    factories.account(work, id=1)
    factories.contract(work, 1, date(2024, 12, 31), starts_on=date(2024, 1, 1))


def all_kept(work: Work) -> list[Any]:
    return work.rows("SELECT id, target_a_year, amount_a_year FROM renewal") + work.rows(
        "SELECT id, last_due_on FROM contract"
    )


@pytest.mark.parametrize(("days", "months"), [(365, 12), (366, 12), (1095, 36), (1096, 36)])
def test_terms_that_are_kept_are_whole_years_whenever_they_begin(days: int, months: int) -> None:
    for first in range(date(2023, 1, 1).toordinal(), date(2029, 1, 1).toordinal()):
        starts_on = date.fromordinal(first)
        assert term_months(starts_on, starts_on + timedelta(days=days - 1)) == months


def test_what_is_up_a_year_is_kept_of_usual_terms_and_left_open_of_odd_ones(app: App) -> None:
    def kept_of(starts_on: date | None) -> tuple[Any, ...] | None:
        def verb(work: Work) -> int:
            contract_id = factories.contract(work, 1, date(2026, 12, 31), starts_on=starts_on, value=Decimal(300))
            return factories.renewal(work, contract_id, 1, date(2026, 12, 31), amount=Decimal(6))

        renewal_id = app.record(verb)
        sql = "SELECT target_a_year, amount_a_year FROM renewal WHERE id = ?"
        return app.ask(lambda work: work.row(sql, (renewal_id,)))

    app.record(factories.account)
    assert kept_of(None) == kept_of(date(2026, 1, 1)) == kept_of(date(2025, 12, 31)) == (3_000_000, 60_000)
    assert kept_of(date(2024, 1, 1)) == (1_000_000, 20_000)
    assert kept_of(date(2026, 7, 1)) == (None, None)


def test_an_older_store_has_it_as_soon_as_it_is_upgraded(tmp_path: Path) -> None:
    raw = connect(tmp_path / "store.db")
    run_migrations(raw, to="0004")
    raw.execute(
        "INSERT INTO account (id, uid, kind, name, name_key, created_at) VALUES (1, 'a', 'customer', 'A', 'a', 0)"
    )
    raw.execute(
        "INSERT INTO contract (id, uid, number, account_id, starts_on, ends_on, value, currency, created_at) "
        "VALUES (1, 'k', 'C-1', 1, '2023-11-02', '2026-11-01', 3000000, 'USD', 0)"
    )
    raw.execute(
        "INSERT INTO renewal (id, uid, contract_id, account_id, due_on, amount, currency, stage, category, "
        "is_category_picked) VALUES (1, 'r', 1, 1, '2026-11-01', 60000, 'USD', 'quoted', 'pipeline', 0)"
    )
    run_migrations(raw, to="head")
    kept = raw.execute("SELECT target_a_year, amount_a_year, last_due_on FROM renewal, contract").fetchall()
    raw.close()
    assert kept == [(1_000_000, 20_000, "2026-11-01")]
