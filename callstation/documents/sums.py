"""How a line's price comes about, from its factors alone, so that a customer can repeat the sum in its own language."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from callstation.documents.labels import Labels
from callstation.documents.values import Money, Number, Row, Share, Value, in_words
from callstation.quotes.money import exact, minor_digits, round_to
from callstation.quotes.pricing import Factors, amount_of, undiscounted

_BY_PRICE = re.compile(r"([\d,.]+) / (\d+) days? x (\d+) days?")
"""A co-term by price, as ``callstation.quotes.coterm.price_words`` writes it."""


class Step(NamedTuple):
    """One step of a sum, in words, and what it comes to."""

    words: str
    amount: str


def before_discount(line: Row, currency: str) -> Decimal:
    """What a line would cost without its discount, rounded as its amount is."""
    factors = _factors(line)
    taken_off = undiscounted(factors, currency) - (amount_of(factors, currency) - factors.fee)
    return _decimal(line["amount"]) + taken_off


def steps_of(line: Row, labels: Labels, locale: str) -> tuple[Step, ...]:
    """The sum of a line, step by step, ending in its amount; factors of one are left out."""
    amount = line["amount"]
    assert isinstance(amount, Money)
    currency = amount.currency
    with exact():
        steps = _steps(line, _factors(line), labels, locale, currency)
        without_fee = amount.amount - _decimal(line["fee"])
        if steps[-1].amount != without_fee:
            steps[-1] = steps[-1]._replace(words=f"{steps[-1].words}, {labels['rounded']}", amount=without_fee)
        if line["fee"] and _decimal(line["fee"]):
            steps.append(_Running(f"+ {in_words(line['fee'], locale)} {labels['reinstatement']}", amount.amount))
        return tuple(Step(step.words, _shown(step.amount, currency, locale)) for step in steps)


class _Running(NamedTuple):
    words: str
    amount: Decimal


def _steps(line: Row, factors: Factors, labels: Labels, locale: str, currency: str) -> list[_Running]:
    numerator, denominator = factors.multiplier
    running = factors.quantity * factors.unit_price
    is_by_price = factors.price_source == "last_paid" and factors.contracted is not None
    if is_by_price:
        running *= numerator
        steps = [_Running(_paid_words(factors.multiplier_words, labels, locale, currency), running / denominator)]
    else:
        unit = in_words(Money(factors.unit_price, currency), locale)
        basis = labels.get(f"basis_{factors.price_source}", "").format(months=in_words(line["plan_months"], locale))
        steps = [_Running(f"{in_words(line['quantity'], locale)} × {unit} {basis}".rstrip(), running)]
    over = denominator if is_by_price else 1
    if factors.uplift:
        running *= 1 + factors.uplift
        words = f"× {_number(1 + factors.uplift, locale)} ({labels['uplift']} {in_words(line['uplift'], locale)})"
        steps.append(_Running(words, running / over))
    if factors.discount:
        running *= 1 - factors.discount
        words = f"× {_number(1 - factors.discount, locale)} ({labels['discount']} {in_words(line['discount'], locale)})"
        steps.append(_Running(words, running / over))
    if not is_by_price and numerator != denominator:
        running *= numerator
        times = str(numerator) if denominator == 1 else f"{numerator}/{denominator}"
        steps.append(_Running(f"× {times} {labels['of_the_term']}", running / denominator))
    return steps


def _paid_words(words: str, labels: Labels, locale: str, currency: str) -> str:
    """A co-term by price in the customer's language: "6.000,00 € / 181 Tage × 306 Tage"."""
    found = _BY_PRICE.fullmatch(words)
    if found is None:
        return words
    paid = in_words(Money(Decimal(found[1].replace(",", "")), currency), locale)
    return labels["by_price"].format(paid=paid, old=found[2], new=found[3])


def _factors(line: Row) -> Factors:
    numerator, _, denominator = str(line["multiplier"]).partition("/")
    contracted = line["contracted"]
    return Factors(
        int(_decimal(line["quantity"])), _decimal(line["unit_list"]), int(_decimal(line["plan_months"])),
        str(line["price_source"]), None if contracted is None else _decimal(contracted), _decimal(line["uplift"]),
        _decimal(line["discount"]), (int(numerator), int(denominator or 1)), str(line.get("multiplier_words") or ""),
        _decimal(line["fee"]),
    )  # fmt: skip


def _decimal(value: Value) -> Decimal:
    match value:
        case Money(amount=plain) | Number(value=plain) | Share(share=plain):
            return plain
    return Decimal(0)


def _shown(amount: Decimal, currency: str, locale: str) -> str:
    """An amount; one in between, which the sum does not round, with two decimals more than the currency has."""
    if amount == round_to(amount, currency):
        return in_words(Money(round_to(amount, currency), currency), locale)
    return in_words(Number(amount.quantize(Decimal(1).scaleb(-minor_digits(currency) - 2), ROUND_HALF_UP)), locale)


def _number(value: Decimal, locale: str) -> str:
    return in_words(Number(value.normalize()), locale)
