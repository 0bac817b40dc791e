"""``callstation prices``: what the catalogue's products cost."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from callstation.cli.frame import AsJson, Data, UsageError, opened, printable, read_day, show, told

if TYPE_CHECKING:
    from callstation.settings import Settings

TITLES = {
    "vendor": "Vendor", "family": "Family", "product": "Product", "sku": "SKU", "kind": "Kind", "amount": "Price",
    "per": "Per", "least": "From", "cost": "Cost", "margin": "Margin", "valid_from": "Valid from", "valid_to": "To",
    "contracted": "Contracted", "book": "Price book",
}  # fmt: skip


def add_to(cli: typer.Typer) -> None:
    """Add the command of this file."""
    cli.command("prices")(told(prices))


def prices(
    product: Annotated[str, typer.Option(metavar="WORDS", help="Only products with these words in name or SKU.")] = "",
    vendor: Annotated[str, typer.Option(metavar="WORDS", help="Only this vendor's.")] = "",
    currency: Annotated[str, typer.Option(metavar="CODE", help="Only prices in this currency, as EUR.")] = "",
    on: Annotated[str, typer.Option(metavar="DAY", help="Another day than today, as 2026-11-30.")] = "",
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print what products cost, by vendor and family.

    Example: callstation prices --vendor Quillbase --on 2026-01-01
    """
    from callstation.accounts.importing.amounts import is_currency
    from callstation.quotes.listing import Sought, catalogue

    code = currency.strip().upper()
    if code and not is_currency(code):
        raise UsageError(f"There is no currency “{printable(currency)}”.", "", "Give its three letters, such as EUR.")
    with opened(data) as app:
        day = read_day(on) if on else app.ask(lambda work: work.today)
        rows = app.ask(catalogue, Sought(product=product, vendor=vendor, currency=code), on=day)
        facts = [_facts(row, app.settings, as_json=as_json) for row in rows]
        show(
            facts, TITLES, as_json=as_json, settings=app.settings,
            empty="No price is known; callstation import PRICELIST brings some.",
        )  # fmt: skip


def _facts(row: Any, settings: "Settings", *, as_json: bool) -> dict[str, Any]:
    from dataclasses import asdict

    from callstation.cli.words import cell
    from callstation.percents import percent
    from callstation.quotes.price_lists.staging import words_of

    facts = {**asdict(row), "kind": row.kind.value, "per": words_of(row.months)}
    facts["breaks"] = [one._asdict() for one in facts.pop("prices")]
    if not as_json:
        facts["kind"] = row.kind.value.replace("_", "-")
        facts["margin"] = "" if row.margin is None else percent(row.margin, settings.language)
        facts["cost"] = "unknown" if row.cost is None and row.amount is not None else row.cost
        facts["least"] = None if row.least == 1 else row.least
        facts["contracted"] = row.contracted or None
        facts["amount"] = row.amount
        if len(row.prices) > 1:
            facts["amount"] = "; ".join(
                f"{cell(one.amount, facts, settings)} from {one.min_quantity:,}" for one in row.prices
            )
            facts["least"] = None
        elif row.amount is None:
            facts["amount"] = "none that day" if row.starts_on is None else f"from {row.starts_on}"
        facts["per"] = "" if row.amount is None else facts["per"]
    return facts
