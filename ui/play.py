"""A day on the desk, played by keys through the real window: for a machine without a display, and for pictures."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEventLoop, QKeyCombination
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from callstation.clock import ManualClock, SystemClock
from callstation.paths import Places
from callstation.settings import Settings, save_settings
from ui.main import Start, qt_application
from ui.shell import Shell

PATIENCE_S = 30
"""How long a step may take before the day is called broken."""


class BrokenDayError(Exception):
    """Something did not come to pass that the script waited for."""


@dataclass(slots=True)
class Done:
    """One step of the day: what was done, with how many key presses, and what came of it."""

    what: str
    presses: int
    result: str
    picture: str = ""


@dataclass(slots=True)
class Player:
    """Fingers, eyes and a clock: everything the script does goes through here."""

    out: Path
    shell: Shell
    start: Start
    clock: ManualClock
    qt: QApplication
    done: list[Done] = field(default_factory=list)
    _presses: int = 0
    _pictures: int = 0

    @staticmethod
    def at_desk(out: Path, *, at: datetime, settings: Settings, size: tuple[int, int] = (1440, 900)) -> "Player":
        """A window on an empty book in ``out``, at a moment of its own; off screen, to look alike everywhere."""
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        if out.exists():
            shutil.rmtree(out)
        home = Places(out / "book")
        places = home.sample  # the place of the practice book, which may practise syncing
        places.root.mkdir(parents=True)
        save_settings(places.settings, settings)
        qt = qt_application(settings)
        shell = Shell(state_file=places.root / "window.ini")
        shell.resize(*size)
        shell.show()
        clock = ManualClock(at)
        player = Player(out, shell, Start(shell, places, clock), clock, qt)
        shell.own = home
        player.start.open_book()
        player.until(lambda: shell.current != "", "the store is open")
        return player

    def press(self, *keys: str) -> None:
        """Press keys as a person would, each one counted: "Space", "Ctrl+5", "G"."""
        for key in keys:
            self._presses += 1
            stroke: QKeyCombination = QKeySequence.fromString(key)[0]  # type: ignore[index]
            QTest.keyClick(self._focused(), stroke.key(), stroke.keyboardModifiers())
            self.settle()

    def type(self, words: str) -> None:
        """Type words into whatever has the focus; not counted as presses, for words are not commands."""
        for letter in words:  # one by one, for the first letter may move the focus
            QTest.keyClicks(self._focused(), letter)
            self.qt.processEvents()
        self.settle()

    def settle(self) -> None:
        """Let the window catch up."""
        for _ in range(3):
            self.qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Let the window work until something is so; ``BrokenDayError`` where it never is."""
        end = monotonic() + PATIENCE_S
        while not is_so():
            if monotonic() > end:
                raise BrokenDayError(f"waited {PATIENCE_S} s in vain: {what}")
            self.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        self.settle()

    def picture(self, name: str) -> str:
        """Save what the window shows, numbered in the order of the day."""
        self.settle()
        self._pictures += 1
        file = self.out / f"{self._pictures:02}-{name}.png"
        self.shell.grab().save(str(file))
        return file.name

    def tell(self, what: str, result: str, picture: str = "") -> None:
        """Close a step: its presses are those since the one before."""
        self.done.append(Done(what, self._presses, result, self.picture(picture) if picture else ""))
        self._presses = 0

    def count(self, table: str, condition: str = "1") -> int:
        """How many rows of the store are so; what the script checks itself against."""
        found: int = self.shell.app.ask(lambda work: work.rows(f"SELECT count(*) FROM {table} WHERE {condition}"))[0][0]
        return found

    def expect(self, is_so: bool, what: str) -> None:
        """``BrokenDayError`` where something that must be is not."""
        if not is_so:
            raise BrokenDayError(what)

    def pass_time(self, minutes: float) -> None:
        """Move the clock on and let the desk notice."""
        self.clock.advance(minutes * 60)
        page = self.shell.page("desk")
        page.tick()  # type: ignore[attr-defined]
        self.settle()

    def in_hand(self) -> str | None:
        """The account on the desk, if any."""
        card = self.shell.page("desk").card  # type: ignore[attr-defined]
        return card.account if card is not None else None

    def close(self) -> None:
        """Leave the window; everything is saved already."""
        app = self.shell.detach()
        if app is not None:
            app.close()
        self.shell.close()
        self.settle()

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self.shell


def monday_at(hour: int, minute: int = 0) -> datetime:
    """Today or next Monday at that hour in New York: a working day for most, whenever the script is run."""
    zone = ZoneInfo("America/New_York")
    today = SystemClock().now().astimezone(zone).date()
    return datetime.combine(today + timedelta(days=-today.weekday() % 7), time(hour, minute), zone)


def clipboard(words: str) -> None:
    """Put words on the clipboard, as copying from a spreadsheet does."""
    QGuiApplication.clipboard().setText(words)
