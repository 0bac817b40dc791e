"""What a price list's columns are taken for: whose price it is, its edition and number, in which book it stands."""

import pytest

from callstation.accounts.importing.fields import Field
from callstation.app import App
from db.vocabulary import Verdict
from tests.quotes.price_books import bring_in, look, verdicts, whys

NEW, UPDATE, SAME, PROBLEM = Verdict.NEW, Verdict.UPDATE, Verdict.SAME, Verdict.PROBLEM


def books(app: App) -> list[str]:
    return [name for (name,) in app.ask(lambda work: work.rows("SELECT name FROM price_book ORDER BY id"))]


@pytest.mark.parametrize("header", ["Customer", "Kunde", "End customer", "Client"])
def test_what_one_customer_pays_never_becomes_everyones_list_price(app: App, header: str) -> None:
    seen = look(app, f"Product|{header}|Price|Unit", "A||10|seat/year", "A|Obst AG|7|seat/year", "B|All|5|seat/year")
    assert verdicts(seen) == [NEW, PROBLEM, NEW]
    assert whys(seen)[1].startswith("It is what “Obst AG” pays, and no list price; add it as a contracted price")


def test_a_column_of_customers_may_be_told_to_mean_nothing(app: App) -> None:
    from callstation.accounts.importing.source import Overrides

    told = Overrides(columns={Field.CUSTOMER: None})
    seen = look(app, "Product|Customer|Price|Unit", "A|Obst AG|10|seat/year", told=told)
    assert verdicts(seen) == [NEW]


@pytest.mark.parametrize(
    "header", ["Article no.", "Artikel-Nr.", "Article number", "ARTICLE_NO", "Art.-Nr.", "Part number"]
)
def test_an_article_number_is_a_sku_and_not_a_product(app: App, header: str) -> None:
    seen = look(app, f"{header}|Article|Price|Unit", "4711|Growth|10|seat/year")
    assert [(row.sku, row.product) for row in seen.rows()] == [("4711", "Growth")]


def test_an_edition_beside_a_product_is_part_of_its_name(app: App) -> None:
    seen = look(
        app, "Product|Edition|Price|Unit", "Quill|Growth|10|seat/year", "Quill|Scale|20|seat/year",
        "Quill||5|seat/year", "Ink Pro|Pro|6|seat/year",
    )  # fmt: skip
    assert [row.product for row in seen.rows()] == ["Quill Growth", "Quill Scale", "Quill", "Ink Pro"]
    assert verdicts(seen) == [NEW] * 4
    alone = look(app, "Family|Edition|Price|Unit", "Quill|Growth|10|seat/year")
    assert [row.product for row in alone.rows()] == ["Growth"]


def test_each_currency_of_a_source_has_a_book_by_its_name(app: App) -> None:
    bring_in(app, "Product|Price|Unit", "A|€ 10,00|seat/year", "A|$12.50|seat/year", name="p")
    assert sorted(books(app)) == ["p EUR", "p USD"]


def test_the_same_price_of_the_same_day_in_another_book_stays_where_it_is(app: App) -> None:
    header = "Product|Price|Cost|Unit|Valid from"
    bring_in(app, header, "A|10|4|seat/year|2026-01-01", "B|7|4|seat/year|2026-01-01", name="List prices")
    seen = look(app, header, "A|10||seat/year|2026-01-01", "B|8||seat/year|2026-01-01", name="p")
    assert verdicts(seen) == [SAME, UPDATE]
    assert whys(seen)[1] == "Price: 7.00 → 8.00 per year"
    bring_in(app, header, "A|10||seat/year|2026-01-01", name="q")
    assert books(app) == ["List prices USD"]


def test_the_book_of_an_older_program_is_found_by_its_old_name(app: App) -> None:
    header, row = "Product|Price|Unit|Valid from", "A|10|seat/year|2026-01-01"
    bring_in(app, header, row, name="acme")
    app.do(lambda work: work.raw.execute("UPDATE price_book SET name = 'acme'"))
    bring_in(app, header, "A|11|seat/year|2026-01-01", name="acme")
    assert books(app) == ["acme"]
