"""A price list is looked at row by row, merged into price books in one step, and taken back."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from callstation.accounts.importing.imports import batches, merge, preview, undo_import
from callstation.accounts.importing.preview import UNCHANGED, QuestionKind
from callstation.accounts.importing.source import Overrides, open_pasted, open_source
from callstation.app import App
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.quotes.catalogue import price_of
from callstation.quotes.price_lists.price_list import is_price_list, preview_prices
from callstation.work import Work
from db.nouns import PriceEntry
from db.vocabulary import ProductKind, Verdict
from tests.importing.books import bring_in as bring_in_contracts
from tests.importing.books import content
from tests.quotes.price_books import bring_in, look, verdicts, whys

NEW, UPDATE, SAME, PROBLEM = Verdict.NEW, Verdict.UPDATE, Verdict.SAME, Verdict.PROBLEM
TODAY = date(2026, 11, 23)
DATED = "Vendor|Product|SKU|Type|List price|Cost|Currency|Unit|Min qty|Valid from|Valid to"


def products(app: App) -> dict[str, int]:
    return dict(app.ask(lambda work: work.rows("SELECT name, id FROM product ORDER BY id DESC")))


def amount(app: App, name: str, *, on: date = TODAY, quantity: int = 1, currency: str = "USD") -> Decimal | None:
    found = app.ask(price_of, products(app)[name], currency=currency, on=on, quantity=quantity)
    return None if found is None else found.amount


def test_every_column_of_a_full_list_arrives_in_the_catalogue(app: App) -> None:
    bring_in(app, DATED, "Quillbase|Growth|QB-G|add-on|$1,200.50|800|USD|per seat per year|50-99|2026-01-01|2026-12-31")
    row = app.ask(
        lambda work: work.rows(
            """SELECT p.name, p.vendor, p.sku, p.kind, b.currency, b.valid_from, b.valid_to, e.plan_months,
                   e.min_quantity, e.amount, e.cost, e.unit
               FROM price_entry e JOIN product p ON p.id = e.product_id JOIN price_book b ON b.id = e.price_book_id"""
        )
    )
    assert row == [
        ("Growth", "Quillbase", "QB-G", "add_on", "USD", "2026-01-01", "2026-12-31", 12, 50, 12_005_000, 8_000_000,
         "per seat per year")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Q|Growth||plan|Contact Sales||USD|user/month||2026-01-01|", "“Contact Sales” is no price; ask the vendor"),
        ("Q|Growth||plan|||USD|user/month||2026-01-01|", "It has no price."),
        ("Q|Growth||plan|-5||USD|user/month||2026-01-01|", "“-5” is less than nothing."),
        ("Q|||plan|5||USD|user/month||2026-01-01|", "It names no product."),
        ("Q|Growth||plan|5||USD|one time purchase||2026-01-01|", "“one time purchase” is paid once"),
        ("Q|Growth||plan|5||USD|message||2026-01-01|", "“message” names neither month nor year"),
        ("Q|Growth||plan|5||RMB|user/month||2026-01-01|", "“RMB” is no currency; give its three letters"),
        ("Q|Growth||plan|5||USD|user/month|a few|2026-01-01|", "The quantity “a few” is no number."),
        ("Q|Growth||plan|5||USD|user/month||soon|", "The first day “soon” is no date."),
        ("Q|Growth||plan|5||USD|user/month||2026-01-02|2026-01-01", "Its last day, 2026-01-01, is before its first."),
    ],
)
def test_a_row_without_a_price_that_can_be_kept_is_a_problem_with_a_sentence(app: App, row: str, why: str) -> None:
    seen = look(app, DATED, "Q|Starter||plan|5||USD|user/month||2026-01-01|", row)
    assert verdicts(seen) == [NEW, PROBLEM]
    assert why in whys(seen)[1]
    assert seen.counts.is_complete


def test_a_sign_at_the_price_says_the_currency_that_the_column_does_not_know(app: App) -> None:
    bring_in(app, DATED, "Q|Growth||plan|€5||Euros|user/month||2026-01-01|")
    assert amount(app, "Growth", currency="EUR") == 5


def test_a_cost_below_nothing_is_left_out(app: App) -> None:
    seen = look(app, DATED, "Q|Growth||plan|5|-1|USD|user/month||2026-01-01|")
    assert whys(seen) == ["Not in the catalogue yet. The cost “-1” is less than nothing and is left out."]
    assert seen.rows()[0].cost is None


@pytest.mark.parametrize(
    ("header", "row", "months"),
    [
        ("Product|Price|Unit", "A|5|user/month", 1), ("Product|Price|Unit", "A|5|seat / yr", 12),
        ("Product|Price|Billing period", "A|5|Annual", 12), ("Product|Price|Term", "A|5|36", 36),
        ("Product|Price|Term", "A|5|P3Y", 36), ("Product|Unit|Monthly price", "A|user|5", 1),
        ("Artikel|Jahrespreis", "A|5", 12), ("Produit|Prix|Unité", "A|5|utilisateur / mois", 1),
        ("Product|Price|Unit", "A|5|per user per month, billed annually", 1),
    ],
)  # fmt: skip
def test_the_months_a_price_pays_for_are_found_in_unit_period_or_header(
    app: App, header: str, row: str, months: int
) -> None:
    seen = look(app, header, row)
    assert [one.months for one in seen.rows()] == [months]
    assert not [one for one in seen.questions if one.kind is QuestionKind.PLAN_MONTHS]


def test_a_list_that_names_no_period_is_asked_about_once_and_the_answer_remembered(app: App) -> None:
    seen = look(app, "Product|Price", "A|5", name="acme")
    assert [(one.kind, one.answer) for one in seen.questions] == [(QuestionKind.PLAN_MONTHS, "12")]
    assert seen.rows()[0].months == 12
    told = Overrides(profile="acme", plan_months=1)
    bring_in(app, "Product|Price", "A|5", told=told)
    again = look(app, "Product|Price", "B|6", name="acme")
    assert again.questions == ()
    assert [row.months for row in again.rows()] == [1]


def test_a_row_without_a_unit_is_taken_as_most_of_the_list_with_a_warning(app: App) -> None:
    seen = look(app, "Product|Price|Unit", "A|5|user/month", "B|6|")
    assert [row.months for row in seen.rows()] == [1, 1]
    assert "as per month, as most of the list" in whys(seen)[1]


def test_two_vendors_editions_of_one_name_are_two_products(app: App) -> None:
    header = "Vendor|Plan|Price|Unit"
    bring_in(app, header, "Quillbase|Enterprise|50|user/month", "Vaultmere|Enterprise|80|user/month")
    stored = app.ask(lambda work: work.rows("SELECT name, vendor FROM product ORDER BY id"))
    assert stored == [("Enterprise", "Quillbase"), ("Enterprise", "Vaultmere")]
    bring_in_contracts(app, {"Product": "Enterprise"})  # a contract that names no vendor takes the first
    assert len(app.ask(lambda work: work.rows("SELECT id FROM product"))) == 2


def test_the_products_of_contracts_get_their_prices_and_sku_whichever_list_came_first(app: App) -> None:
    bring_in_contracts(app, {"Product": "Endpoint Pro"})
    bring_in(app, "Vendor|Product|SKU|Price|Unit", "Quillbase|ENDPOINT  PRO|EP-1|5|user/month")
    stored = app.ask(lambda work: work.rows("SELECT name, vendor, sku FROM product"))
    assert stored == [("Endpoint Pro", "Quillbase", "EP-1")]
    # By its SKU the product is found under another name, which stays as it was.
    bring_in(app, "Vendor|Product|SKU|Price|Unit", "Quillbase|Endpoint Pro 2027|EP-1|6|user/month")
    assert app.ask(lambda work: work.rows("SELECT name FROM product")) == [("Endpoint Pro",)]
    assert amount(app, "Endpoint Pro") == 6
    bring_in_contracts(app, {"Product": "Endpoint Pro", "Contract_No": "C-9"})
    assert len(app.ask(lambda work: work.rows("SELECT id FROM product"))) == 1


def test_family_and_kind_are_kept_for_new_products_and_changed_for_known_ones(app: App) -> None:
    bring_in(app, "Product|Price|Unit|Family|Kind", "A|5|user/month|Quill|addOn", "B|5|user/month||")
    kept = "SELECT name, family, kind FROM product ORDER BY id"
    assert app.ask(lambda work: work.rows(kept)) == [("A", "Quill", "add_on"), ("B", None, "plan")]
    seen = look(app, "Product|Price|Unit|Family|Kind", "A|5|user/month|Ink|plan", "B|5|user/month||odd")
    assert verdicts(seen) == [UPDATE, SAME]
    assert whys(seen) == [
        "Family: Quill → Ink; Kind: add-on → plan",
        "Nothing changes. “odd” is neither plan nor add-on; a new product is taken as a plan.",
    ]
    app.do(merge, seen)
    assert app.ask(lambda work: work.rows(kept)) == [("A", "Ink", "plan"), ("B", None, "plan")]
    app.undo()
    assert app.ask(lambda work: work.rows(kept)) == [("A", "Quill", "add_on"), ("B", None, "plan")]


# -- validity ------------------------------------------------------------------------------------------------------


def test_a_list_with_years_of_history_gives_the_price_of_each_day(app: App) -> None:
    bring_in(
        app, "Product|Price|Unit|Valid from", "A|10|seat/year|2024-01-01", "A|11|seat/year|2025-01-01",
        "A|13|seat/year|2027-01-01", "B|7|seat/year|2024-01-01",
    )  # fmt: skip
    days = (date(2023, 12, 31), date(2024, 6, 1), TODAY, date(2027, 1, 1))
    assert [amount(app, "A", on=on) for on in days] == [None, 10, 11, 13]
    assert amount(app, "B") == 7


def test_history_that_comes_after_the_newest_prices_changes_nothing_of_today(app: App) -> None:
    bring_in(app, "Product|Price|Unit|Valid from", "A|10|seat/year|2024-01-01", name="2024")
    bring_in(app, "Product|Price|Unit|Valid from", "A|10|seat/year|2026-01-01", name="2026")
    bring_in(app, "Product|Price|Unit|Valid from", "A|12|seat/year|2025-01-01", name="2025")
    assert amount(app, "A") == 10
    assert amount(app, "A", on=date(2025, 6, 1)) == 12


def test_a_list_without_days_holds_from_today_and_keeps_what_was_before(app: App, clock: ManualClock) -> None:
    bring_in(app, "Product|Price|Unit", "A|10|seat/year", "B|7|seat/year", name="acme")
    clock.advance(30 * 86_400)
    seen = look(app, "Product|Price|Unit", "A|12|seat/year", "B|7|seat/year", "C|1|seat/year", name="acme")
    assert verdicts(seen) == [UPDATE, SAME, NEW]
    assert whys(seen)[0] == "Price: 10.00 → 12.00 per year"
    assert app.do(merge, seen).made["price_entry"] == 2
    later = TODAY + timedelta(30)
    assert [amount(app, "A", on=on) for on in (TODAY, later)] == [10, 12]
    assert [amount(app, "B", on=on) for on in (TODAY, later)] == [7, 7]


def test_the_rep_may_say_from_which_day_a_list_holds(app: App) -> None:
    bring_in(app, "Product|Price|Unit", "A|10|seat/year", told=Overrides(valid_on=date(2027, 1, 1)))
    assert [amount(app, "A", on=on) for on in (TODAY, date(2027, 1, 1))] == [None, 10]


def test_a_corrected_list_of_the_same_day_changes_its_prices_in_place(app: App) -> None:
    header = "Product|Price|Cost|Unit|Valid from"
    bring_in(app, header, "A|10|6|seat/year|2026-01-01", "B|7||seat/year|2026-01-01", name="acme")
    seen = look(app, header, "A|10.5||seat/year|2026-01-01", "B|7|4|seat/year|2026-01-01", name="acme")
    assert verdicts(seen) == [UPDATE, UPDATE]
    assert whys(seen) == ["Price: 10.00 → 10.50 per year", "Cost: 4.00"]
    result = app.do(merge, seen)
    assert (result.made["price_entry"], result.changed["price_entry"]) == (0, 2)
    found = app.ask(price_of, products(app)["A"], currency="USD", on=TODAY)
    assert found is not None
    assert found.cost == 6  # a list that names no cost takes none away


def test_a_second_import_changes_nothing_and_overwrites_nothing_that_was_corrected_here(app: App) -> None:
    rows = ("A|10|seat/year|2026-01-01", "B|7|seat/year|2026-01-01")
    bring_in(app, "Product|Price|Unit|Valid from", *rows)
    entry = app.ask(lambda work: work.row("SELECT min(id) FROM price_entry"))
    assert entry is not None
    app.do(lambda work: work.update(PriceEntry, entry[0], amount=Decimal(9)))
    seen = look(app, "Product|Price|Unit|Valid from", *rows)
    assert verdicts(seen) == [SAME, SAME]
    assert whys(seen) == [UNCHANGED, UNCHANGED]
    before = content(app)
    app.do(merge, seen)
    assert content(app) == before


def test_the_same_price_twice_counts_once_and_another_for_the_same_day_is_a_problem(app: App) -> None:
    seen = look(app, "Product|Price|Unit", "A|10|seat/year", "A|10|seat/year", "A|11|seat/year", "A|1|seat/month")
    assert verdicts(seen) == [NEW, SAME, PROBLEM, NEW]
    assert whys(seen)[1:3] == [
        "The same as row 2; counted once.",
        "Row 2 has another price for the same product, day and quantity; that one is taken.",
    ]


def test_a_second_price_beside_one_that_stands_since_the_last_list_is_a_problem_too(app: App) -> None:
    header = "Product|Price|Unit|Valid from"
    bring_in(app, header, "A|10|seat/year|2026-01-01")
    seen = look(app, header, "A|10|seat/year|2026-01-01", "A|11|seat/year|2026-01-01")
    assert verdicts(seen) == [SAME, PROBLEM]


def test_quantity_breaks_are_kept_however_they_are_written(app: App) -> None:
    bring_in(
        app, "Product|Price|Unit|Volume tier", "A|10|seat/year|1-49", "A|9|seat/year|50+", "A|8|seat/year|from 1,000",
        "A|7|seat/year|>= 5000",
    )  # fmt: skip
    assert [amount(app, "A", quantity=quantity) for quantity in (1, 49, 50, 1000, 5000)] == [10, 10, 9, 8, 7]


def test_each_currency_has_a_book_and_a_sign_says_which(app: App) -> None:
    bring_in(app, "Product|Price|Unit", "A|€ 10,00|seat/year", "A|$12.50|seat/year")
    assert amount(app, "A") == Decimal("12.5")
    assert amount(app, "A", currency="EUR") == 10


# -- taking it back ------------------------------------------------------------------------------------------------


def test_a_merge_is_one_step_and_is_also_taken_back_after_a_restart(app: App) -> None:
    before = content(app)
    result = bring_in(app, DATED, "Q|A|S-1|add-on|10|6|USD|seat/year|1|2026-01-01|")
    after = content(app)
    assert app.undo_label == "Imported 1 price of Pasted text"
    app.undo()
    assert content(app) == before
    app.redo()
    assert content(app) == after
    app.forget_steps()  # as a restart does
    app.do(undo_import, result.batch_id)
    assert content(app) == before
    assert app.ask(batches)[0].undone_at is not None


def test_prices_that_were_worked_on_since_are_not_taken_back_silently(app: App) -> None:
    result = bring_in(app, "Product|Price|Unit", "A|10|seat/year")
    app.do(lambda work: work.update(PriceEntry, 1, cost=Decimal(3)))
    with pytest.raises(UserError, match="A price it brought or changed has been worked on since: “A”"):
        app.do(undo_import, result.batch_id)


def test_a_price_that_was_added_to_an_imported_book_stands_in_the_way(app: App) -> None:
    result = bring_in(app, "Product|Price|Unit", "A|10|seat/year")

    def add(work: Work) -> None:
        work.insert(PriceEntry, price_book_id=1, product_id=1, plan_months=1, amount=Decimal(1))

    app.do(add)
    with pytest.raises(UserError, match="Since then a price was added to a price book it brought: A"):
        app.do(undo_import, result.batch_id)


def test_a_product_in_a_contract_stands_in_the_way_of_taking_its_prices_back(app: App) -> None:
    result = bring_in(app, "Product|Price|Unit", "Endpoint Pro|10|seat/year")
    bring_in_contracts(app, {"Product": "Endpoint Pro"})
    with pytest.raises(UserError, match="Since then a contract line was added to a product it brought"):
        app.do(undo_import, result.batch_id)


# -- the whole list --------------------------------------------------------------------------------------------------


def test_a_list_of_contracts_and_one_of_prices_may_have_the_same_name(app: App) -> None:
    bring_in_contracts(app, {})
    bring_in(app, "Product|Price|Unit", "A|10|seat/year")
    names = app.ask(lambda work: work.rows("SELECT name FROM import_source ORDER BY id"))
    assert names == [("Pasted text",), ("Pasted text (prices)",)]
    bring_in(app, "Product|Price|Unit|Cost", "A|10|seat/year|4")
    assert len(app.ask(lambda work: work.rows("SELECT name FROM import_source"))) == 2
    assert (
        app.ask(preview, open_pasted("Contract No,End Customer,End Date\n1,A,2027-01-01")).profile.sort == "contracts"
    )


def test_the_rep_sees_row_by_row_what_will_be_taken(app: App) -> None:
    row = look(app, DATED, "Q|A|S-1|add-on|10|6|EUR|seat/year|5|2026-01-01|2026-12-31").rows()[0]
    assert (row.vendor, row.product, row.sku, row.kind, row.currency, row.months, row.unit, row.least) == (
        "Q", "A", "S-1", ProductKind.ADD_ON, "EUR", 12, "seat/year", 5
    )  # fmt: skip
    assert (row.price, row.cost, row.valid_from, row.valid_to) == (
        Decimal(10), Decimal(6), date(2026, 1, 1), date(2026, 12, 31)
    )  # fmt: skip


def test_a_real_list_of_923_prices_over_seven_years_arrives_whole(app: App, shared: Path) -> None:
    path = shared / "data" / "saas_price_list.csv"
    if not path.exists():
        pytest.skip("the list of prices beside the project is missing")
    source = open_source(path)
    assert app.ask(is_price_list, source)
    seen = app.ask(preview_prices, source)
    counts = seen.counts
    assert counts.is_complete
    assert (counts.verdicts[NEW], counts.verdicts[PROBLEM], sum(counts.verdicts.values())) == (672, 251, 923)
    assert sum("is no price; ask the vendor" in row.why for row in seen.rows(PROBLEM, limit=999)) == 207
    result = app.do(merge, seen)
    assert result.made["price_entry"] == 672

    def box(work: Work) -> list[Decimal | None]:
        found = work.row("SELECT id FROM product WHERE vendor = 'Box' AND name = 'BUSINESS'")
        assert found is not None
        days = (date(2019, 11, 13), date(2019, 11, 14), date(2020, 6, 1))
        prices = [price_of(work, found[0], currency="USD", on=on) for on in days]
        return [None if price is None else price.amount for price in prices]

    assert app.ask(box) == [None, 15, 15]
    again = app.ask(preview_prices, open_source(path))
    assert again.counts.verdicts[SAME] == 672


# -- any lists -----------------------------------------------------------------------------------------------------

LISTS = st.lists(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.integers(1, 9), st.integers(1, 5), st.sampled_from((1, 10))),
        min_size=1, max_size=5,
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@tuned(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(lists=LISTS)
def test_whatever_lists_come_in_the_newest_price_on_or_before_a_day_counts_and_all_are_taken_back(
    app: App, lists: list[list[tuple[str, int, int, int]]]
) -> None:
    """A row is (product, price, day of January, least quantity); of one list's rows for one day the first counts."""
    start = content(app)
    wanted: dict[tuple[str, int, int], int] = {}
    for rows in lists:
        lines = [f"{name}|{price}|seat/year|2026-01-{day:02}|{least}" for name, price, day, least in rows]
        seen = look(app, "Product|Price|Unit|Valid from|Min qty", *lines)
        assert seen.counts.is_complete
        app.do(merge, seen)
        wanted |= {(name, day, least): price for name, price, day, least in reversed(rows)}
    for name in {key[0] for key in wanted}:
        for day in range(1, 6):
            for quantity in (1, 10):
                fits = [
                    (on, least) for what, on, least in wanted if (what, on <= day, least <= quantity) == (name, 1, 1)
                ]
                expected = wanted[name, *max(fits)] if fits else None
                assert amount(app, name, on=date(2026, 1, day), quantity=quantity) == expected
    while app.undo_label:
        app.undo()
    assert content(app) == start
