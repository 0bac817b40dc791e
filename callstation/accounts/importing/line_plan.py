"""The lines of a contract: one row per product, and the same product through two distributors counted once."""

from collections.abc import Iterable
from dataclasses import dataclass

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.known import Known, StoredLine
from callstation.accounts.importing.plan import Change, Plan
from callstation.accounts.names import plain_key
from db.stored import from_units
from db.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """One product on a contract, by its ref; ``value`` in whole ten-thousandths."""

    product: int | None
    quantity: int | None
    value: int | None
    through: str
    row: int


def fold_lines(plan: Plan, group: list[int], product_refs: list[int | None]) -> list[Line]:
    """The lines of the rows of one contract. A row that repeats another gets the verdict *same* and says which."""
    rows = plan.rows
    distributors, partners = rows.texts[Field.DISTRIBUTOR], rows.partner_keys
    lines: list[Line] = []
    seen: dict[tuple[int | None, int | None, str | None], Line] = {}
    for at in group:
        through = distributors[at] or partners[at]
        line = Line(product_refs[at], rows.quantities[at], rows.values[at], through, at)
        twin = seen.setdefault((line.product, line.quantity, rows.ends_on[at]), line)
        if twin is line or (line.value != twin.value and line.through == twin.through):
            lines.append(line)
            continue
        plan.verdicts[at] = Verdict.SAME
        how = f", there through {twin.through}" if twin.through and twin.through != through else ""
        plan.whys[at] = f"The same as row {plan.row_numbers[twin.row]}{how}; counted once."
    return lines


def compare_lines(plan: Plan, stored: list[StoredLine], contract_id: int, lines: list[Line]) -> bool:
    """Plan what the list changes of a contract's lines; whether a quantity is among it.

    Lines are the same by product, in their order. One that the list lacks stays: it may hold part of a contract.
    """
    wanted = [line for line in lines if line.product is not None]
    if [(line.product, line.quantity, line.value) for line in wanted] == [item[1:] for item in stored]:
        return False
    left: dict[int, list[StoredLine]] = {}
    for item in stored:
        left.setdefault(item[1], []).append(item)
    has_new_seats = False
    for line in wanted:
        same = left.get(line.product or 0)
        if not same:
            plan.lines.append((contract_id, len(stored), line.product, line.quantity, line.value))
            texts = plan.rows.texts
            named = (texts[item][line.row] for item in (Field.PRODUCT, Field.SKU, Field.VENDOR))
            plan.note_change(line.row, Change("Product", "", next(filter(None, named), "")))
            has_new_seats = True
            continue
        exact = next((item for item in same if item[2:] == (line.quantity, line.value)), same[0])
        same.remove(exact)
        line_id, _, quantity, value = exact
        if line.quantity is not None and line.quantity != quantity:
            plan.update("contract_line", line_id, quantity=line.quantity)
            plan.note_change(line.row, Change("Quantity", str(quantity or ""), str(line.quantity)))
            has_new_seats = True
        if line.value is not None and line.value != value:
            plan.update("contract_line", line_id, value=line.value)
            if len(lines) > 1:
                was = "" if value is None else f"{from_units(value):,}"
                plan.note_change(line.row, Change("Line value", was, f"{from_units(line.value):,}"))
    return has_new_seats


def plan_products(plan: Plan, known: Known, usable: Iterable[int]) -> list[int | None]:
    """A product ref for each row, by name, SKU and vendor; None for a row that names nothing sold or is not taken."""
    texts = plan.rows.texts
    offers = list(zip(texts[Field.PRODUCT], texts[Field.SKU], texts[Field.VENDOR], strict=True))
    refs: dict[tuple[str, str, str], int | None] = {}
    for offer in dict.fromkeys(offers[at] for at in usable):
        product, sku, vendor = offer
        name = product or sku or vendor
        ref: int | None = None
        if name:
            key = plain_key(name)
            ref = known.products.find(key, sku, vendor)
            if ref is None:
                plan.products.append((name, key, vendor or None, sku or None))
                ref = -len(plan.products)
                known.products.put(ref, key, sku, vendor)
        refs[offer] = ref
    return [refs.get(offer) for offer in offers]
