"""The lines of a quote as the table shows them: what is owned, what is left out, and what was added."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.quotes.option_lines import add_on_key
from callstation.quotes.worksheet import Offer, OwnedLine, PricedLine
from db.vocabulary import LineKind
from ui.quotes.draft import Draft


@dataclass(frozen=True, slots=True)
class LineRow:
    """One row. ``product_id`` names an add-on; ``owned`` is the line it renews, None for an add-on."""

    key: str
    kind: LineKind
    product: str
    end_customer: str
    contract_number: str
    quantity: int
    before: int
    """Units owned now; 0 for an add-on."""
    unit_price: Decimal
    """For one unit and ``plan_months``, before uplift and discount."""
    plan_months: int
    price_source: str
    discount: Decimal
    amount: Decimal | None
    """None for a line that is left out, or that has no price."""
    ends_on: date | None
    product_id: int | None
    owned: OwnedLine | None
    line: PricedLine | None

    @property
    def is_out(self) -> bool:
        """Whether it is not in the quote: left out, or it ends after the common end."""
        return self.line is None

    @property
    def why_out(self) -> str:
        """Why it is not in the quote, short."""
        return "left out" if not self.quantity else "ends later"

    @property
    def is_changed(self) -> bool:
        """Whether there are more or fewer units than are owned."""
        return self.owned is not None and self.quantity != self.before


def rows_of(draft: Draft) -> tuple[LineRow, ...]:
    """The rows of the chosen option: every owned line in the order of the worksheet, then what was added."""
    priced = {line.key: line for line in draft.view.lines}
    units = draft.choices.quantities
    rows = [_owned(one, units.get(one.key, one.quantity), priced.get(one.key)) for one in draft.sheet.lines]
    offers = {offer.product_id: offer for offer in draft.sheet.offers if offer.kind is LineKind.ADD_ON}
    for product_id in draft.choices.add_ons:
        line = priced.get(add_on_key(product_id))
        if line is not None:
            rows.append(_added(line))
        elif product_id in offers:
            rows.append(_no_more(offers[product_id]))
    return tuple(rows)


def stored_rows(lines: tuple[PricedLine, ...]) -> tuple[LineRow, ...]:
    """The rows of a quote that is stored, as they were."""
    return tuple(_added(line) for line in lines)


def _owned(owned: OwnedLine, units: int, line: PricedLine | None) -> LineRow:
    if line is None:
        return LineRow(
            owned.key, LineKind.RENEWAL, owned.product, owned.account, owned.contract_number, units, owned.quantity,
            owned.unit_list, owned.plan_months, owned.price_source, Decimal(0), None, owned.ends_on, None, owned, None,
        )  # fmt: skip
    return LineRow(
        owned.key, line.kind, line.product, line.end_customer or owned.account, owned.contract_number, line.quantity,
        owned.quantity, _unit(line), line.plan_months, line.price_source, line.discount, _amount(line), line.ends_on,
        None, owned, line,
    )  # fmt: skip


def _added(line: PricedLine) -> LineRow:
    product_id = line.product_id if line.kind is LineKind.ADD_ON else None
    return LineRow(
        line.key, line.kind, line.product, line.end_customer, "", line.quantity, 0, _unit(line), line.plan_months,
        line.price_source, line.discount, _amount(line), line.ends_on, product_id, None, line,
    )  # fmt: skip


def _no_more(offer: Offer) -> LineRow:
    """An add-on whose units are being typed, and are none as yet."""
    return LineRow(
        add_on_key(offer.product_id), LineKind.ADD_ON, offer.product, "", "", 0, 0, offer.unit_list, offer.plan_months,
        "list", Decimal(0), None, None, offer.product_id, None, None,
    )  # fmt: skip


def _unit(line: PricedLine) -> Decimal:
    return line.contracted if line.contracted is not None else line.unit_list


def _amount(line: PricedLine) -> Decimal | None:
    return None if line.price_source == "unknown" else line.amount
