"""How a line's price comes about, from its factors alone, so that a customer can repeat the sum in its own language."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from callstation.documents.labels import Labels
from callstation.documents.values import Money, Number, Row, Share, in_words
from callstation.quotes.money import minor_digits, round_to


class Step(NamedTuple):
    """One step of a sum, in words, and what it comes to."""

    words: str
    amount: str


def before_discount(line: Row, currency: str) -> Decimal:
    """What a line would cost without its discount, rounded as its amount is."""
    amount, fee, discount = (_amount(line[name]) for name in ("amount", "fee", "discount"))
    if not discount:
        return amount
    full = _price(line) * _quantity(line) * (1 + _fraction(line["uplift"])) * _multiplier(line)
    return _rounded(full, currency) + fee


def steps_of(line: Row, labels: Labels, locale: str) -> tuple[Step, ...]:
    """The sum of a line, step by step, ending in its amount; factors of one are left out."""
    amount = line["amount"]
    assert isinstance(amount, Money)
    currency = amount.currency
    price, quantity = _price(line), _quantity(line)
    unit = line["contracted"] if line["contracted"] is not None else line["unit_list"]
    running = price * quantity
    source = "contracted" if line["contracted"] is not None else str(line["price_source"])
    basis = labels.get(f"basis_{source}", "").format(months=in_words(line["plan_months"], locale))
    steps = [Step(f"{in_words(line['quantity'], locale)} × {in_words(unit, locale)} {basis}".rstrip(), "")]
    amounts = [running]

    def step(words: str, factor: Fraction) -> None:
        if factor != 1:
            amounts.append(amounts[-1] * factor)
            steps.append(Step(words, ""))

    uplift, discount, multiplier = _fraction(line["uplift"]), _fraction(line["discount"]), _multiplier(line)
    step(f"× {_number(1 + uplift, locale)} {labels['uplift']} {in_words(line['uplift'], locale)}", 1 + uplift)
    step(f"× {_number(1 - discount, locale)} {labels['discount']} {in_words(line['discount'], locale)}", 1 - discount)
    step(f"× {line['multiplier']} {labels['of_the_term']}", multiplier)
    fee = line["fee"]
    shown = [Step(one.words, _shown(value, currency, locale)) for one, value in zip(steps, amounts, strict=True)]
    if isinstance(fee, Money) and fee.amount:
        shown[-1] = Step(shown[-1].words, in_words(Money(amount.amount - fee.amount, currency), locale))
        shown.append(Step(f"+ {in_words(fee, locale)} {labels['reinstatement']}", in_words(amount, locale)))
    else:
        shown[-1] = Step(shown[-1].words, in_words(amount, locale))
    return tuple(shown)


def _price(line: Row) -> Fraction:
    """Per unit for the plan's months: what is agreed, else the list's, as the price is worked out from."""
    return _fraction(line["contracted"] if line["contracted"] is not None else line["unit_list"])


def _quantity(line: Row) -> Fraction:
    return _fraction(line["quantity"])


def _multiplier(line: Row) -> Fraction:
    return Fraction(str(line["multiplier"]))


def _fraction(value: object) -> Fraction:
    return Fraction(_amount(value))


def _amount(value: object) -> Decimal:
    match value:
        case Money(amount=plain) | Number(value=plain) | Share(share=plain):
            return plain
    return Decimal(0)


def _rounded(value: Fraction, currency: str) -> Decimal:
    digits = minor_digits(currency)
    scaled = value * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)  # half-up; prices are never below 0
    return round_to(Decimal(whole).scaleb(-digits), currency)


def _shown(value: Fraction, currency: str, locale: str) -> str:
    """A step in between, which is not rounded in the sum: shown with two decimals more than the currency has."""
    from babel.numbers import format_decimal

    digits = minor_digits(currency) + 2
    shown = Decimal(round(value * 10**digits)).scaleb(-digits)
    if shown == round_to(shown, currency):
        return in_words(Money(round_to(shown, currency), currency), locale)
    return str(format_decimal(shown, locale=locale, decimal_quantization=False))


def _number(value: Fraction, locale: str) -> str:
    return in_words(Number((Decimal(value.numerator) / Decimal(value.denominator)).normalize()), locale)
