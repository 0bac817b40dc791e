"""Starts the window: paint first, then open the store in a job, then the first page."""

import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from callstation.errors import UserError
from callstation.paths import Places
from callstation.settings import Settings, load_settings
from ui import crash
from ui.bus import Notice
from ui.importing.drop import FileDrop
from ui.instance import Instance
from ui.keyboard import KeyKeeper
from ui.shell import Shell
from ui.theme import load_fonts, theme

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.clock import Clock
    from ui.jobs import Report


def qt_application(settings: Settings) -> QApplication:
    """The QApplication with fonts, look and key filter; made once a process."""
    made = QApplication.instance()
    if not isinstance(made, QApplication):
        made = QApplication(sys.argv[:1])
        made.setApplicationName("Callstation")
        made.setApplicationDisplayName("Callstation")
        made.setDesktopFileName("callstation")
        load_fonts()
        KeyKeeper(made)
    theme.apply(made, settings.theme, settings.text_size)
    return made


TOUR = Notice(
    "Practice book: Space starts a call, 1 to 9 logs it and opens the next account, Ctrl+Z takes it back.",
    "info",
    hint='The 40 accounts are made up. Ctrl+K, then "own", goes back to your own; ? shows every key.',
)
"""Two lines of the keys above the status bar, until they are closed."""


class Start:
    """Opens one book after another in the same window: the user's own, or the made-up one."""

    def __init__(self, shell: Shell, places: Places, clock: "Clock | None" = None) -> None:
        self._shell, self._own, self._clock = shell, places, clock
        shell.open_book, shell.own = self.open_book, places

    def open_book(self, which: str = "own") -> None:
        """Open the user's own book (``own``) or the made-up one (``sample``); the window stays and never waits."""
        before = self._shell.detach()
        if before is not None:
            before.close()
        work = partial(self._open, which == "sample")
        self._shell.jobs.run(work, done=self._on_open, label="open the store")

    def _on_open(self, opened: "tuple[App, str]") -> None:
        from callstation.calling.today import summary
        from ui.finding import records

        app, first = opened
        self._shell.summary = lambda: app.ask(summary)
        self._shell.search = partial(records, self._shell, app)
        self._shell.attach(app, first)
        if app.store == self._own.sample.store:
            self._shell.bus.noticed.emit(TOUR)

    def _open(self, is_sample: bool, report: "Report") -> "tuple[App, str]":
        """Import what is heavy, open the store, and import the first page; runs in a job."""
        from callstation.accounts.book import is_empty
        from callstation.opening import open_app

        if is_sample:
            from callstation.demo.practice import open_practice

            app = open_practice(self._own, clock=self._clock)
        else:
            app = open_app(self._own, clock=self._clock)
        first = "welcome" if app.ask(is_empty) else "desk"
        self._shell.entry(first).load()
        return app, first


def run(places: Places, *, clock: "Clock | None" = None) -> int:
    """Show the window on the store in ``places`` until it is closed; the exit code.

    A second start on the same store shows the first one's window and returns 0.
    """
    try:
        settings, problem = load_settings(places.settings), None
    except UserError as error:
        settings, problem = Settings(), error
    qt = qt_application(settings)
    one = Instance(places.root)
    if not one.take():
        one.call_first()
        return 0
    shell = Shell(state_file=places.root / "window.ini")
    crash.install(shell, places.logs)
    FileDrop(shell, lambda path: shell.go("import", path=path))
    shell.show()
    start = Start(shell, places, clock)
    # after the first paint, so that the window is there before anything heavy is imported
    QTimer.singleShot(0, start.open_book)
    QTimer.singleShot(0, partial(one.listen, shell.bring_to_front))
    if problem is not None:
        shell.show_problem(problem)
    try:
        return qt.exec()
    finally:
        one.release()
