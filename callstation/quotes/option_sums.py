"""An option's lines added up: list, price, discount, growth, margin, price per seat and month, and who may allow it."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from callstation.quotes.approval import approve
from callstation.quotes.money import kept, minor_unit, round_to
from callstation.quotes.months import term_end
from callstation.quotes.option_lines import Worked, add_ons
from callstation.quotes.proration import multiplier
from callstation.quotes.terms import USUAL_MONTHS
from callstation.quotes.worksheet import Choices, Offer, OptionView, OwnedLine, PricedLine, Worksheet
from db.vocabulary import LineKind, Proration, QuoteOption

_TITLES = {
    QuoteOption.AS_IS: "As is", QuoteOption.CO_TERM: "Co-term", QuoteOption.THREE_YEARS: "Three years",
    QuoteOption.UPGRADE: "Upgrade",
}  # fmt: skip


def summed(
    option: QuoteOption,
    about: str,
    renewed: Sequence[Worked],
    problems: Sequence[str],
    as_is: Sequence[Worked],
    sheet: Worksheet,
    choices: Choices,
) -> OptionView:
    """The option with its add-ons and all its sums; ``as_is``: the same lines as they are, to tell growth from them.

    To be called in ``money.exact``.
    """
    starts_on = min((line.starts_on for line, _ in renewed), default=None)
    ends_on = max((line.ends_on for line, _ in renewed), default=sheet.priced_on - timedelta(days=1))
    if ends_on < sheet.priced_on:  # a late renewal may end before today: what is added cannot
        ends_on = _alone_until(option, sheet, choices)
    worked = (*renewed, *add_ons(sheet, choices, starts_on, ends_on))
    lines = tuple(line for line, _ in worked)
    zero = minor_unit(sheet.currency) * 0
    total = sum((line.amount for line in lines), zero)
    before = sum((amount for _, amount in worked), zero)
    taken = before - total + sum((line.fee for line in lines), zero)
    costs = [line.cost for line in lines if line.cost is not None]
    cost_total = sum(costs, zero) if lines and len(costs) == len(lines) else None
    return OptionView(
        option=option, title=_TITLES[option], about=about, lines=lines,
        list_total=sum((line.list_amount for line in lines), zero), total=total, discount_total=taken,
        discount=kept(taken / before) if before > 0 else Decimal(0),
        growth=zero + _growth(lines, as_is), cost_total=cost_total,
        margin=None if cost_total is None or total <= 0 else kept((total - cost_total) / total),
        per_seat_month=_per_seat_month(lines, total, sheet.currency),
        starts_on=min((line.starts_on for line in lines), default=None),
        ends_on=max((line.ends_on for line in lines), default=None),
        approval=approve(lines, sheet.policy), problems=(*problems, *_problems(lines, problems, sheet)),
    )  # fmt: skip


def _alone_until(option: QuoteOption, sheet: Worksheet, choices: Choices) -> date:
    """How long add-ons run where nothing is renewed beyond today: a year or three, or co-termed with what is owned."""
    if option is QuoteOption.CO_TERM:
        end = choices.ends_on or max((line.ends_on for line in sheet.lines), default=sheet.priced_on)
        if end > sheet.priced_on:
            return end
    return term_end(sheet.priced_on, 36 if option is QuoteOption.THREE_YEARS else USUAL_MONTHS)


def _growth(lines: Sequence[PricedLine], as_is: Sequence[Worked]) -> Decimal:
    """Add-ons, and what each upgraded line comes to above renewing it as it is."""
    growth, plain = Decimal(0), None
    for line in lines:
        if line.kind is LineKind.ADD_ON:
            growth += line.amount
        elif line.kind is LineKind.UPGRADE:
            plain = plain or {one.line.key: one.line.amount for one in as_is}
            growth += max(line.amount - plain.get(line.key, 0), Decimal(0))
    return growth


def _per_seat_month(lines: Sequence[PricedLine], total: Decimal, currency: str) -> Decimal | None:
    """The total over all seat-months: each line's seats times its own months (a day is 12/365), added up.

    Seats are the units of renewed and upgraded lines; an add-on costs, but seats nobody, unless there is nothing else.
    """
    seated = [line for line in lines if line.kind is not LineKind.ADD_ON] or lines
    seat_months_365 = 0
    for line in seated:
        months = multiplier(Proration.MONTH_PLUS_DAY, line.starts_on, line.ends_on, 1)
        seat_months_365 += line.quantity * months.numerator * (365 // months.denominator)
    return round_to(total * 365 / seat_months_365, currency) if seat_months_365 > 0 else None


def _problems(lines: Sequence[PricedLine], others: Sequence[str], sheet: Worksheet) -> tuple[str, ...]:
    if not lines:
        if others:
            return ()
        return ("Nothing is left to quote." if sheet.lines else "Nothing is up for renewal here.",)
    unknown = {line.product_id: line.product for line in lines if line.price_source == "unknown"}
    if not unknown:
        return ()
    priced: tuple[OwnedLine | Offer, ...] = (*sheet.lines, *sheet.offers)
    least = {one.product_id: one.breaks[0].min_quantity for one in priced if one.breaks}
    return tuple(
        dict.fromkeys(
            f"{product} has no price below {least[product_id]} units."
            if product_id in least
            else f"No price is known for {product}."
            for product_id, product in unknown.items()
        )
    )
