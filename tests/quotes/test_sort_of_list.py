"""Which sort of list one is: known by its header, or by what the rep took such a header for before."""

import pytest

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.imports import merge
from callstation.accounts.importing.source import Overrides, open_pasted
from callstation.app import App
from callstation.quotes.price_lists.price_list import is_price_list, preview_prices
from tests.quotes.price_books import listed


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        ("Vendor|Product|Price", True), ("SKU|List price|Currency|Valid from|Valid to", True),
        ("Artikel|Listenpreis|Gültig ab", True), ("vendor|year|created_at|kind|item|price|unit", True),
        ("Vendor|Part number|Product|List price for a year", True), ("Subscription plan|Price", True),
        ("Product|Price|Expiry date", True), ("Customer company|Product|Unit price", False),
        ("Contract no|End customer|Product|Price|End date", False), ("Customer|Product|Price", False),
        ("Product|Quantity", False), ("Licence key|Product|Price", False), ("Kunde|Produkt|Preis", False),
    ],
)  # fmt: skip
def test_a_price_list_is_told_by_its_header(app: App, header: str, is_one: bool) -> None:
    cells = ["12" if "pri" in one.lower() or "prei" in one.lower() else "Alpha" for one in header.split("|")]
    assert app.ask(is_price_list, open_pasted(listed(header, "|".join(cells)))) is is_one


def test_what_the_rep_took_a_header_for_is_remembered(app: App) -> None:
    text = listed("Subscription|Company|List price", "Growth|Quillbase|10")
    assert not app.ask(is_price_list, open_pasted(text))
    told = Overrides(columns={Field.PRODUCT: "Subscription", Field.VENDOR: "Company"})
    app.do(merge, app.ask(preview_prices, open_pasted(text), told))
    assert app.ask(is_price_list, open_pasted(text))
    seen = app.ask(preview_prices, open_pasted(text))
    assert {field: choice.header for field, choice in seen.mapping.items()} == {
        Field.PRODUCT: "Subscription", Field.VENDOR: "Company", Field.PRICE: "List price"
    }  # fmt: skip
