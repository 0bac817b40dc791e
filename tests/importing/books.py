"""A list of expiring contracts as text, imported into a store, and the store's content for comparison."""

from typing import Any

from callstation.accounts.importing.contract_list import Preview
from callstation.accounts.importing.imports import ImportResult, merge, preview
from callstation.accounts.importing.plan import Decisions
from callstation.accounts.importing.source import Overrides, open_pasted
from callstation.app import App
from tests.importing.list_files import delimited

HEADER = [
    "Contract No", "End Customer", "Reseller", "Product", "Qty", "Start Date", "End Date", "Value", "Currency",
    "Contact", "E-mail", "Phone", "City", "State", "Country", "Notes",
]  # fmt: skip
USUAL = dict(
    zip(
        HEADER,
        [
            "C-100", "Orchard & Vine Ltd", "", "Endpoint Pro", "25", "2026-01-01", "2026-12-31", "1200.50", "USD",
            "Maria Reyes", "maria@orchard.example", "+1 617 555 0142", "Boston", "MA", "United States", "",
        ],
        strict=True,
    )
)  # fmt: skip
DERIVED = ("alembic_version", "snapshot_due", "store_fact", "import_source", "import_batch", "import_image")


def listed(*rows: dict[str, str]) -> str:
    """A list with one row for each dict; what a dict does not speak of is as usual. Spaces in keys are ``_``."""
    lines = []
    for number, row in enumerate(rows):
        told = {name.replace("_", " ").replace("E mail", "E-mail"): value for name, value in row.items()}
        assert not told.keys() - set(HEADER), told
        lines.append([{**USUAL, "Contract No": f"C-{100 + number}", **told}[name] for name in HEADER])
    return delimited([HEADER, *lines])


def look(
    app: App, *rows: dict[str, str], overrides: Overrides | None = None, decisions: Decisions | None = None
) -> Preview:
    """The preview of a list."""
    return app.ask(preview, open_pasted(listed(*rows)), overrides, decisions)


def bring_in(app: App, *rows: dict[str, str], decisions: Decisions | None = None) -> ImportResult:
    """Import a list."""
    return app.do(merge, look(app, *rows), decisions)


def verdicts(previewed: Preview) -> list[str]:
    """By row."""
    return [row.verdict.value for row in previewed.rows()]


def content(app: App) -> dict[str, list[Any]]:
    """Every row of every table of nouns, the search index included."""

    def read(work: Any) -> dict[str, list[Any]]:
        tables = work.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'")
        found = {name: work.rows(f"SELECT * FROM {name} ORDER BY 1") for (name,) in tables if name not in DERIVED}
        for index in ("search_account", "search_contact", "search_contract", "search_phone"):
            found[index] = work.rows(
                f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY 1", ('"555" OR orchard OR c',)
            )
        return found

    return app.ask(read)


def cells(app: App, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows of one statement."""

    def read(work: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = work.rows(sql, values)
        return found

    return app.ask(read)
