"""A desk on a book with a catalogue, which hands its e-mail drafts to a program of the test's own."""

from dataclasses import replace
from time import monotonic
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from callstation.app import App
from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from tests.journeys.desk import Desk
from tests.ui.quotes.owned import customers
from ui.quotes.quoting import Quoting

PATIENCE_S = 20


class MailProgram(QObject):
    """Stands in for the program that the desktop would open an e-mail draft with."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


class QuoteDesk(Desk):
    """A desk whose e-mail drafts are opened by ``mail``."""

    def __init__(self, app: App, clock: ManualClock, *, size: tuple[int, int] = (1440, 900)) -> None:
        self.mail = MailProgram()
        QDesktopServices.setUrlHandler("file", self.mail, "show")  # type: ignore[arg-type]  # takes a name
        super().__init__(app, clock, size=size)

    @property
    def quoting(self) -> Quoting:
        return self.page.quoting

    @property
    def told(self) -> str:
        """What the sheet says below the table."""
        return self.quoting.sheet.said.text()

    @property
    def totals(self) -> list[str]:
        """What the four columns come to."""
        return [column.face.total for column in self.quoting.sheet.columns]

    def finish(self) -> None:
        """Let what runs beside the window come to its end."""
        end = monotonic() + PATIENCE_S
        while self.shell.jobs.running:
            assert monotonic() < end, self.shell.jobs.running
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        QApplication.processEvents()

    def close(self) -> None:
        QDesktopServices.unsetUrlHandler("file")
        super().close()


def quote_desk(app: App, clock: ManualClock, fill: Any = customers, *args: Any, **how: Any) -> QuoteDesk:
    """A desk on a filled book, with the company's name on its paper and the first account in hand."""
    app.settings = replace(
        app.settings, company_name="Northwind Licences", company_address="1 Main Street\nBoston",
        signed_by="Dana Cole", dial_with="tel",
    )  # fmt: skip
    app.do(fill, *args)
    app.record(refresh_targets)
    app.record(build_day)
    app.forget_steps()
    return QuoteDesk(app, clock, **how)
