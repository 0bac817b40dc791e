"""Where pages end: what a table comes to never stands alone on the next page, and nothing runs into the footer."""

from dataclasses import replace
from decimal import Decimal

import pytest

from callstation.app import App
from callstation.documents.data import Data, Subject, document_data
from callstation.documents.pdf import render_pdf
from callstation.documents.values import Day, Money, Number, Row
from db.vocabulary import DocumentKind
from tests.documents.papers import agree_on_uplifts, pages_of
from tests.documents.test_offers import quote_of

COUNTS = range(1, 26)


def many(data: Data, count: int) -> Data:
    """The same with so many lines, named by their numbers."""
    first = data.lines[0]
    return replace(data, rows={**data.rows, "lines": tuple({**first, "product": f"Ware{n}."} for n in range(count))})


def last_before(pages: list[str], total: str, count: int) -> bool:
    """Whether the last row stands above the total on the page of that."""
    page = next(page for page in pages if total in page)
    return f"Ware{count - 1}." in page[: page.index(total)]


@pytest.mark.parametrize("is_discounted", [False, True])
@pytest.mark.parametrize("is_foreign", [False, True])
def test_the_total_of_a_quote_stands_below_a_row(
    app: App, sales: dict[str, int], is_discounted: bool, is_foreign: bool
) -> None:
    _, data = quote_of(app, sales, discount=Decimal("0.05") if is_discounted else Decimal(0))
    if is_foreign:
        more: Row = {
            "base_total": Money(Decimal(1), "CHF"),
            "rate": Number(Decimal("1.1")),
            "rate_on": Day(data.made_on),
        }
        data = replace(data, fields={**data.fields, "quote": {**data.group("quote"), **more}})
    for count in COUNTS:
        assert last_before(pages_of(render_pdf(many(data, count))), "All amounts net", count), count


def test_the_total_of_an_agreement_stands_below_a_row(app: App, sales: dict[str, int]) -> None:
    agree_on_uplifts(app)
    data = app.ask(document_data, DocumentKind.AGREEMENT, Subject(sales["en"]))
    for count in COUNTS:
        assert last_before(pages_of(render_pdf(many(data, count))), "Total", count), count
