"""The table of pages; each is imported at its first visit."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.page import Page


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: where its class is, how it looks in the rail, and the action that goes there."""

    id: str
    title: str
    icon: str
    module: str
    cls: str
    action_id: str | None = None
    is_in_rail: bool = True
    under: str = ""
    """The page at whose place in the rail it is, if not at its own."""

    def load(self) -> "type[Page]":
        """Import the page's class."""
        found: type[Page] = getattr(import_module(self.module), self.cls)
        return found


PAGES: tuple[PageEntry, ...] = (
    PageEntry("desk", "Desk", "phone-call", "ui.calling.page", "DeskPage", "go_desk"),
    PageEntry("callbacks", "Callbacks", "calendar-clock", "ui.callbacks.page", "CallbacksPage", "go_callbacks"),
    PageEntry("accounts", "Accounts", "building-2", "ui.accounts.page", "AccountsPage", "go_accounts"),
    PageEntry("campaigns", "Campaigns", "megaphone", "ui.campaigns.page", "CampaignsPage", "go_campaigns"),
    PageEntry("pipeline", "Pipeline", "chart-no-axes-column", "ui.pipeline.page", "PipelinePage", "go_pipeline"),
    PageEntry("forecast", "Forecast", "calendar-days", "ui.forecast.page", "ForecastPage", "go_forecast"),
    PageEntry("reports", "Reports", "newspaper", "ui.reports.page", "ReportsPage", "go_reports"),
    PageEntry("quotes", "Quotes", "tag", "ui.quotes.page", "QuotesPage", "go_quotes"),
    PageEntry("documents", "Documents", "file-text", "ui.documents.page", "DocumentsPage", "go_documents"),
    PageEntry("closing", "Closing", "list-checks", "ui.closing.page", "ClosingPage", "go_closing"),
    PageEntry("catalogue", "Catalogue", "package", "ui.catalogue.page", "CataloguePage", "go_catalogue"),
    PageEntry("import", "Import", "file-spreadsheet", "ui.importing.page", "ImportPage", "go_import"),
    PageEntry("sync", "Sync", "refresh-cw", "ui.sync.page", "SyncPage", "go_sync"),
    PageEntry(
        "whitespace",
        "Whitespace",
        "package",
        "ui.pipeline.whitespace_page",
        "WhitespacePage",
        "whitespace",
        is_in_rail=False,
        under="pipeline",
    ),
    PageEntry("settings", "Settings", "settings", "ui.settings.page", "SettingsPage", "go_settings", is_in_rail=False),
    PageEntry("welcome", "Welcome", "graduation-cap", "ui.welcome.page", "WelcomePage", None, is_in_rail=False),
)
