"""A figure's value in words: a count, a share, money, days, or a span of time; "-" where nothing was measured."""

from decimal import Decimal

from callstation.percents import percent, written
from callstation.quotes.money import show as money
from callstation.reports.kpis import Figure, Unit


def figure_shown(figure: Figure, value: Decimal | None, language: str) -> str:
    """``value`` is the figure's own, or that of the week or year before."""
    if value is None:
        return "-"
    match figure.unit:
        case Unit.SHARE:
            return percent(value, language)
        case Unit.MONEY:
            return money_shown(value, figure.currency, language)
        case Unit.SECONDS:
            minutes = int(value) // 60
            return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"
        case Unit.DAYS:
            days = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
            return f"{days} {'day' if value == 1 else 'days'}"
        case _:
            return whole(value, language)


def whole(number: Decimal | int, language: str) -> str:
    """A number without decimals: "1,234", "1.234"."""
    return written(f"{number:,.0f}", language)


def money_shown(amount: Decimal, currency: str, language: str) -> str:
    """Money with its currency: "1,234.50 EUR", "1.234,50 EUR"."""
    return written(money(amount, currency), language)


def counted(number: int, language: str) -> str:
    """How many contracts: "1 contract", "1,234 contracts"."""
    return f"{whole(number, language)} {'contract' if number == 1 else 'contracts'}"
