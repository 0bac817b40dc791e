"""Starts the window: its first frame, then the head of the queue, then all the rest, each painted before the next."""

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from callstation.errors import UserError
from callstation.settings import Settings, load_settings

if TYPE_CHECKING:  # each step imports what it needs when it comes to it; see tests/house/test_cold_start.py
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from callstation.app import App
    from callstation.calling.head import Head
    from callstation.clock import Clock
    from callstation.paths import Places
    from ui.jobs import Report
    from ui.keeping import Keeper
    from ui.shell import Shell
    from ui.sync.schedule import Schedule


class Opened(NamedTuple):
    """A store that was opened: which page comes first, and the head of the queue where that is the desk."""

    app: "App"
    first: str
    head: "Head | None"


class Start:
    """Opens one book after another in the same window: the user's own, or the made-up one.

    ``tell`` hears "rows" and "page" once they are painted, for whoever measures the start.
    """

    def __init__(
        self, shell: "Shell", places: "Places", clock: "Clock | None" = None, tell: "Callable[[str], object]" = str
    ) -> None:
        self._shell, self._own, self._clock, self._tell = shell, places, clock, tell
        self._keeper: Keeper | None = None
        self._schedule: Schedule | None = None
        shell.open_book, shell.own = self.open_book, places

    def open_book(self, which: str = "own") -> None:
        """Open the user's own book (``own``) or the made-up one (``sample``); the window stays and never waits."""
        before = self._shell.detach()
        if before is not None:
            before.close()
        self.begin(which)

    def begin(self, which: str = "own") -> None:
        """Open a book in a window that has none yet."""
        work = partial(self._open, which == "sample")
        self._shell.jobs.run(work, done=self._on_open, failed=self._on_not_open, label="open the store")

    def _open(self, is_sample: bool, report: "Report") -> Opened:
        """Open the store and read the first rows, before anything heavy is imported; runs in a job."""
        from callstation.accounts.book import is_empty
        from callstation.calling.head import read_head
        from callstation.opening import open_app

        if is_sample:
            from callstation.demo.practice import open_practice

            app = open_practice(self._own, clock=self._clock)
        else:
            app = open_app(self._own, clock=self._clock)
        if app.ask(is_empty):
            return Opened(app, "welcome", None)
        return Opened(app, "desk", app.ask(read_head))

    def _on_open(self, opened: Opened) -> None:
        from PySide6.QtCore import QTimer

        if opened.head is not None:
            from ui.calling.early_desk import EarlyDesk

            self._shell.show_early(EarlyDesk(opened.app.settings, opened.head))
        QTimer.singleShot(0, self._shell, partial(self._on_rows, opened))

    def _on_not_open(self, error: Exception) -> None:
        self._shell.furnish()
        raise error

    def _on_rows(self, opened: Opened) -> None:
        """The first rows are on the screen: now rail, status bar and keys, and the rest of the page behind them."""
        from callstation.calling.today import summary

        self._tell("rows")
        self._shell.furnish()
        self._shell.attach(opened.app, None)
        app = opened.app
        self._shell.summary = lambda: app.ask(summary)
        self._shell.refresh_status()
        self._shell.jobs.run(partial(self._warm, opened), done=self._on_warm, label="open the first page")

    def _warm(self, opened: Opened, report: "Report") -> Opened:
        """Import the first page, what its first account needs, and the keeper of the store; runs in a job."""
        from callstation.log import get_log
        from ui import keeping
        from ui.sync import schedule

        get_log(), keeping.Keeper, schedule.Schedule
        self._shell.entry(opened.first).load()
        if opened.head is not None and opened.head.first is not None:
            from callstation.calling.card import read_card

            opened.app.ask(read_card, opened.head.first)
        return opened

    def _on_warm(self, opened: Opened) -> None:
        from PySide6.QtCore import QTimer

        from ui.finding import records
        from ui.keeping import Keeper
        from ui.sync.schedule import Schedule

        self._shell.search = partial(records, self._shell, opened.app)
        for one in (self._keeper, self._schedule):
            if one is not None:
                one.stop()
        self._keeper, self._schedule = Keeper(self._shell, opened.app), Schedule(self._shell, opened.app)
        if not self._shell.current:
            self._shell.go(opened.first)
        if opened.app.store == self._own.sample.store:
            from ui.welcome.tour import TOUR

            self._shell.bus.noticed.emit(TOUR)
        QTimer.singleShot(0, self._shell, partial(self._tell, "page"))


def qt_application(settings: Settings) -> "QApplication":
    """The QApplication with fonts, look and key filter; made once a process."""
    made = bare_application()
    dress(made, settings)
    return made


def bare_application() -> "QApplication":
    """The QApplication as Qt makes it; enough for the first frame."""
    from PySide6.QtWidgets import QApplication

    made = QApplication.instance()
    if not isinstance(made, QApplication):
        # Fusion, whose look is ours on every system; asked for here, for ``setStyle`` makes QStyle's 600 enum members
        made = QApplication([*sys.argv[:1], "-style", "Fusion"])
        made.setApplicationName("Callstation")
        made.setApplicationDisplayName("Callstation")
        made.setDesktopFileName("callstation")
    return made


def dress(qt: "QApplication", settings: Settings) -> None:
    """Give the application its fonts, its look and its key filter."""
    from ui.keyboard import KeyKeeper
    from ui.theme import load_fonts, theme

    if not qt.findChildren(KeyKeeper):
        load_fonts()
        KeyKeeper(qt)
    theme.apply(qt, settings.theme, settings.text_size)


def run(places: "Places", *, clock: "Clock | None" = None, tell: "Callable[[str], object]" = str) -> int:
    """Show the window on the store in ``places`` until it is closed; the exit code.

    A second start on the same store shows the first one's window and returns 0. ``tell`` hears "window", "rows" and
    "page" as each is painted.
    """
    gc.disable()  # a start makes much and drops little; collected again from the first page on
    from ui import crash
    from ui.first_frame import FirstFrame
    from ui.instance import Instance
    from ui.shell import Shell
    from ui.tokens import tokens_of

    try:
        settings, problem = load_settings(places.settings), None
    except UserError as error:
        settings, problem = Settings(), error
    qt = bare_application()
    one = Instance(places.root)
    if not one.take():
        one.call_first()
        return 0
    is_dark = qt.palette().window().color().lightness() < 128
    frame = FirstFrame(tokens_of(settings.theme, is_dark=is_dark))
    shell = Shell(state_file=places.root / "window.ini", first_frame=frame)
    crash.install(shell, places.logs)

    def heard(step: str) -> None:
        if step == "page":
            from ui.importing.drop import FileDrop

            FileDrop(shell, lambda path: shell.go("import", path=path))
            one.listen(shell.bring_to_front)
            if problem is not None:
                shell.show_problem(problem)
            gc.freeze()  # what a start made stays: no collection between two calls needs to look at it again
            gc.enable()
        tell(step)

    def go_on() -> None:
        tell("window")
        start = Start(shell, places, clock, heard)
        start.begin()
        dress(qt, settings)
        import ui.calling.early_desk  # noqa: F401 (while the job opens the store)

    frame.painted.connect(go_on)
    shell.show()
    try:
        return qt.exec()
    finally:
        gc.enable()
        one.release()
