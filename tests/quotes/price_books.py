"""A price list as text, imported into a store."""

from callstation.accounts.importing.imports import ImportResult, merge
from callstation.accounts.importing.source import Overrides, open_pasted
from callstation.app import App
from callstation.quotes.price_lists.price_list import PricePreview, preview_prices
from db.nouns import Product
from db.vocabulary import Verdict
from tests import factories
from tests.importing.list_files import delimited


def listed(header: str, *rows: str) -> str:
    """Cells are parted by bars."""
    return delimited([line.split("|") for line in (header, *rows)])


def look(app: App, header: str, *rows: str, told: Overrides | None = None, name: str = "") -> PricePreview:
    """The preview of a list; ``name`` is what it is remembered by."""
    told = told or Overrides(profile=name)
    return app.ask(preview_prices, open_pasted(listed(header, *rows), told), told)


def bring_in(app: App, header: str, *rows: str, told: Overrides | None = None, name: str = "") -> ImportResult:
    """Import a list."""
    return app.do(merge, look(app, header, *rows, told=told, name=name))


def verdicts(seen: PricePreview) -> list[Verdict]:
    """By row."""
    return [row.verdict for row in seen.rows()]


def whys(seen: PricePreview) -> list[str]:
    """By row, the warnings behind."""
    return [" ".join((row.why, *row.warnings)) for row in seen.rows()]


HEADER = "Vendor|Product|Family|Kind|Price|Cost|Unit|Valid from|Min qty"


def fill(app: App) -> None:
    """Two vendors, an add-on, a break, an older price; an account; a product without a price; nothing to undo."""
    bring_in(
        app,
        HEADER,
        "Quillbase|Growth|Quill|plan|10|6|seat/year|2026-01-01|1",
        "Quillbase|Growth|Quill|plan|9|6|seat/year|2026-01-01|50",
        "Quillbase|Growth|Quill|plan|8||seat/year|2025-01-01|1",
        "Quillbase|Audit|Quill|add-on|3||seat/year|2026-01-01|1",
        "Vaultmere|Vault||plan|2|1|GB/month|2026-01-01|1",
    )
    app.do(lambda work: factories.account(work, "Halden Robotics"))
    app.do(lambda work: work.insert(Product, name="Bare", name_key="bare", vendor=None, family=None, sku=None))
    app.forget_steps()
