"""The invented company whose letterhead the practice book's documents bear while the user has none of their own."""

from typing import Any

from callstation.settings import Settings

LETTERHEAD: dict[str, Any] = {
    "company_name": "Larkfield Renewals Inc.",
    "company_address": "214 Harbor Street, Suite 5\nBoston, MA 02110\nUnited States",
    "company_contact": "+1 617 555 0150\nrenewals@larkfield.example\nlarkfield.example",
    "company_footer": "Larkfield Renewals Inc. is an invented company. Registered in Delaware no. 0000000.",
    "company_colour": "#1F6F5C",
    "signed_by": "Jordan Ellery",
    "signed_as": "Retention Account Manager",
}
RATES = "EUR: 1.08, 2026-11-02\nGBP: 1.27, 2026-11-02\nCAD: 0.73, 2026-11-02\nAUD: 0.66, 2026-11-02"
"""Made-up rates into US dollars."""


def dressed(settings: Settings) -> Settings:
    """Settings with the invented letterhead and rates where the user has set none; a name of their own keeps all."""
    values = {} if settings.company_name.strip() else dict(LETTERHEAD)
    if not settings.rates.strip() and settings.currency == "USD":
        values["rates"] = RATES
    return settings.with_values(**values)


def undressed(settings: Settings) -> Settings:
    """The same settings as they may be kept: nothing invented among them."""
    invented = {**LETTERHEAD, "rates": RATES}
    usual = {name: getattr(Settings, name) for name, value in invented.items() if getattr(settings, name) == value}
    return settings.with_values(**usual)
