"""Writing a worked-out option down as a quote: its number, every factor of each line, nothing left to look up."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.accounts.names import plain_key
from callstation.quotes.choices import as_json
from callstation.quotes.money import kept
from callstation.quotes.reading import SUBSCRIPTION
from callstation.quotes.worksheet import Choices, OptionView, PricedLine, Worksheet
from callstation.work import Work
from db.nouns import Product, QuoteLine
from db.vocabulary import QuoteOption

_LARGEST = Decimal(10) ** 14


def storable(choices: Choices) -> Choices:
    """The choices with every share and price as a store keeps it, so that a quote's rows give the sums shown."""
    return replace(
        choices,
        discount=kept(choices.discount),
        discounts={key: kept(share) for key, share in choices.discounts.items()},
        prices={key: kept(price) for key, price in choices.prices.items()},
    )


def is_beyond(view: OptionView) -> bool:
    """Whether its sums are larger than any quote's, and than a store keeps with room for adding them up."""
    return max(view.list_total, view.total, view.cost_total or Decimal(0)) > _LARGEST


def next_number(work: Work) -> str:
    """The first free number of the year: one above the highest."""
    begins = f"Q-{work.today.year}-"
    found = work.row(
        "SELECT max(CAST(substr(number, ?) AS INTEGER)) FROM quote WHERE number >= ? AND number < ?",
        (len(begins) + 1, begins, f"{begins}:"),
    )
    return f"{begins}{(found[0] or 0) + 1 if found else 1:04}"


def quote_values(sheet: Worksheet, choices: Choices, view: OptionView) -> dict[str, Any]:
    """The columns of a quote that its sums and its choices decide."""
    assert view.starts_on is not None
    assert view.ends_on is not None
    first = next((line.renewal_id for line in view.lines if line.renewal_id is not None), None)
    return {
        "account_id": sheet.account_id, "contact_id": sheet.contact_id, "target_id": sheet.target_id,
        "renewal_id": first, "option": view.option, "proration": sheet.policy.proration,
        "co_term": sheet.policy.co_term if view.option is QuoteOption.CO_TERM else None,
        "currency": sheet.currency, "base_currency": sheet.base_currency,
        "rate": "" if sheet.rate is None else f"{sheet.rate:f}", "rate_on": sheet.rate_on,
        "priced_on": sheet.priced_on, "valid_until": sheet.priced_on + timedelta(days=sheet.policy.valid_days),
        "starts_on": view.starts_on, "ends_on": view.ends_on, "list_total": view.list_total, "total": view.total,
        "cost_total": view.cost_total, "discount": view.discount, "approval_level": view.approval.level,
        "choices": as_json(choices), "note": choices.note,
    }  # fmt: skip


def line_values(sheet: Worksheet, view: OptionView) -> list[dict[str, Any]]:
    """The columns of each line, in order; whose licence it is stands on a partner's alone."""
    return [
        {**_line(position, line), "end_customer": line.end_customer if sheet.is_partner else ""}
        for position, line in enumerate(view.lines)
    ]


def write_lines(work: Work, quote_id: int, lines: list[dict[str, Any]]) -> list[int]:
    """Put the lines under a quote that has none; their ids."""
    ids = []
    for values in lines:
        product_id = values["product_id"] or _subscription(work)
        ids.append(work.insert(QuoteLine, uid=uuid4().hex, quote_id=quote_id, **{**values, "product_id": product_id}))
    return ids


def _line(position: int, line: PricedLine) -> dict[str, Any]:
    numerator, denominator = line.multiplier
    return {
        "position": position, "key": line.key, "kind": line.kind, "renewal_id": line.renewal_id,
        "product_id": line.product_id, "product": line.product, "sku": line.sku, "quantity": line.quantity,
        "unit_list": line.unit_list, "plan_months": line.plan_months,
        "price_source": line.price_source, "contracted": line.contracted, "uplift": line.uplift,
        "discount": line.discount, "multiplier": f"{numerator}/{denominator}",
        "multiplier_words": line.multiplier_words, "unit_cost": line.unit_cost, "fee": line.fee,
        "starts_on": line.starts_on, "ends_on": line.ends_on, "list_amount": line.list_amount, "amount": line.amount,
    }  # fmt: skip


def _subscription(work: Work) -> int:
    found = work.row("SELECT id FROM product WHERE name_key = ? LIMIT 1", (plain_key(SUBSCRIPTION),))
    return int(found[0]) if found else work.insert(Product, name=SUBSCRIPTION, name_key=plain_key(SUBSCRIPTION))
