"""A desk on a book that letters can be written for, and what was opened instead of the desktop's programs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.calling.day import build_day
from callstation.clock import ManualClock
from callstation.paths import Places
from callstation.settings import Settings
from tests.documents.office import LETTERHEAD, fill
from tests.journeys.desk import Desk


class Opener(QObject):
    """Stands in for whatever the desktop would open a file with."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []
        QDesktopServices.setUrlHandler("file", self, "take")  # type: ignore[arg-type]  # takes a name

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def settings() -> Settings:
    return LETTERHEAD


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    yield made
    QDesktopServices.unsetUrlHandler("file")


class Clerk(Desk):
    """A desk with somebody who waits for what is made beside the window."""

    def __init__(self, app: App, clock: ManualClock, qtbot: QtBot, opener: Opener) -> None:
        super().__init__(app, clock)
        self._qtbot, self.opened = qtbot, opener.opened

    def settle(self) -> None:
        """Until nothing is under way, and nothing is about to be."""
        timers = [self.page.documenting._pause] if "documenting" in self.page.__dict__ else []
        if "documents" in self.shell._pages:
            timers.append(self.shell.page("documents").batching._pause)  # type: ignore[attr-defined]
        self._qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers), timeout=10_000)
        self._qtbot.waitUntil(lambda: not self.shell.jobs.running, timeout=20_000)

    @property
    def folder(self) -> Path:
        return Places(self.app.store.parent).documents

    @property
    def files(self) -> list[str]:
        """Every file that was filed, below the folder."""
        found = (path for path in self.folder.rglob("*") if path.is_file()) if self.folder.exists() else ()
        return sorted(path.relative_to(self.folder).as_posix() for path in found)


def as_pattern(words: str) -> str:
    """A name for ``fill`` that is these words and a number; half letters, which no store takes, are question marks."""
    return words.replace("\ud800", "?").replace("{", "{{").replace("}", "}}") + " {}"


def ready(app: App) -> None:
    """The day's order is there, and nothing is left to undo."""
    app.record(build_day)
    app.forget_steps()


@pytest.fixture
def clerk(app: App, clock: ManualClock, qtbot: QtBot, opener: Opener) -> Iterator[Clerk]:
    """Twelve customers of five countries, the first of them in hand."""
    fill(app, 12)
    ready(app)
    made = Clerk(app, clock, qtbot, opener)
    yield made
    made.shell.jobs.finish()
    made.close()
