"""A product is known by name and SKU, of its own vendor; never guessed where it could be several."""

import pytest

from callstation.accounts.importing.imports import merge, preview
from callstation.accounts.importing.products import Shelf
from callstation.accounts.importing.source import open_pasted
from callstation.app import App

STORED = (
    (1, "enterprise", "", "Quillbase Inc."),
    (2, "enterprise", "", "Vaultmere"),
    (3, "growth", "QB-G", "Quillbase"),
    (4, "scale", "A", ""),
    (5, "scale", "B", ""),
    (6, "guard", "", ""),
)


@pytest.fixture
def shelf() -> Shelf:
    made = Shelf()
    for product in STORED:
        made.put(*product)
    return made


@pytest.mark.parametrize(
    ("key", "sku", "vendor", "found"),
    [
        ("enterprise", "", "quillbase", 1), ("enterprise", "", "Vaultmere", 2), ("enterprise", "", "", 1),
        ("enterprise", "", "Sentrylane", None), ("growth", "", "Quillbase", 3), ("growth", "", "Vaultmere", None),
        ("growth", "QB-X", "Quillbase", None), ("scale", "", "", None), ("scale", "B", "", 5),
        ("guard", "", "Sentrylane", 6), ("nothing", "", "", None),
    ],
)  # fmt: skip
def test_a_contracts_product_is_the_vendors_own(
    shelf: Shelf, key: str, sku: str, vendor: str, found: int | None
) -> None:
    assert shelf.find(key, sku, vendor) == found


@pytest.mark.parametrize(
    ("key", "sku", "vendor", "found"),
    [
        ("renamed", "QB-G", "Quillbase", 3), ("renamed", "QB-G", "Vaultmere", None), ("guard", "SL-1", "Sentrylane", 6),
        ("enterprise", "E", "Vaultmere", 2), ("growth", "QB-X", "Quillbase", None), ("scale", "C", "", None),
    ],
)  # fmt: skip
def test_a_price_lists_product_is_found_by_its_sku_or_takes_its_first_one(
    shelf: Shelf, key: str, sku: str, vendor: str, found: int | None
) -> None:
    assert shelf.find_priced(key, sku, vendor) == found


def test_two_vendors_products_of_one_name_in_a_list_of_contracts_stay_two(app: App) -> None:
    header = "Contract No,End Customer,End Date,Product,Vendor\n"
    vendors = ("Quillbase", "Vaultmere", "Quillbase")
    rows = "".join(f"{number},A,2027-01-01,Enterprise,{vendor}\n" for number, vendor in enumerate(vendors, 1))
    app.do(merge, app.ask(preview, open_pasted(header + rows)))
    found = app.ask(
        lambda work: work.rows(
            """SELECT k.number, p.vendor FROM contract k JOIN contract_line l ON l.contract_id = k.id
               JOIN product p ON p.id = l.product_id ORDER BY k.number"""
        )
    )
    assert found == [("1", "Quillbase"), ("2", "Vaultmere"), ("3", "Quillbase")]
