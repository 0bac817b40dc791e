"""Which stored product a list means: by name and SKU, of the same vendor, for many vendors sell an "Enterprise"."""

from collections import defaultdict
from typing import NamedTuple

from callstation.accounts.names import name_key
from callstation.work import Work


class Product(NamedTuple):
    """A product as it is compared; ``ref`` is its id, or -1, -2, ... for one that is to be made."""

    ref: int
    key: str
    """Of its name."""
    sku: str
    vendor: str
    """The vendor's name key; "" where none is known."""


class Shelf:
    """The products that are known, stored or to be made."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Product]] = defaultdict(list)
        self._by_sku: dict[str, list[Product]] = defaultdict(list)

    def put(self, ref: int, key: str, sku: str, vendor: str) -> None:
        """Add one; ``vendor`` as it is written."""
        one = Product(ref, key, sku, name_key(vendor) if vendor else "")
        self._by_name[key].append(one)
        if sku:
            self._by_sku[sku].append(one)

    def find(self, key: str, sku: str, vendor: str) -> int | None:
        """The product of this name and SKU; without a SKU the only one of the name, whatever its SKU."""
        named = self._by_name.get(key, ())
        maker = name_key(vendor) if vendor else ""
        found = _of_vendor([one for one in named if one.sku == sku], maker)
        if found is None and not sku:
            kin = [one for one in named if not maker or one.vendor in (maker, "")]
            found = kin[0] if len(kin) == 1 else None
        return None if found is None else found.ref

    def find_priced(self, key: str, sku: str, vendor: str) -> int | None:
        """The same for a price list, where a SKU names the product even if its name was changed.

        A SKU that is new is taken for that of the product of this name that has none yet.
        """
        maker = name_key(vendor) if vendor else ""
        by_sku = _of_vendor(self._by_sku.get(sku, []), maker) if sku else None
        if by_sku is not None:
            return by_sku.ref
        found = self.find(key, sku, vendor)
        if found is not None or not sku:
            return found
        plain = _of_vendor([one for one in self._by_name.get(key, ()) if not one.sku], maker)
        return None if plain is None else plain.ref


def _of_vendor(products: list[Product], maker: str) -> Product | None:
    """Of the same vendor, else one whose vendor is not known; for a row without a vendor also the first of any."""
    for wanted in (maker, ""):
        found = next((one for one in products if one.vendor == wanted), None)
        if found is not None:
            return found
    return products[0] if products and not maker else None


def stored_products(work: Work) -> Shelf:
    """All products of the store, the oldest first."""
    shelf = Shelf()
    for product_id, key, sku, vendor in work.each("SELECT id, name_key, sku, vendor FROM product ORDER BY id"):
        shelf.put(product_id, key, sku or "", vendor or "")
    return shelf
