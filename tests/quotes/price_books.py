"""A price list as text, imported into a store."""

from callstation.accounts.importing.imports import ImportResult, merge
from callstation.accounts.importing.source import Overrides, open_pasted
from callstation.app import App
from callstation.quotes.price_lists.price_list import PricePreview, preview_prices
from db.vocabulary import Verdict
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
