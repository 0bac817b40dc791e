"""A desk to drive: the real window on a small book, keys that are counted, and what the store holds afterwards."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from callstation.app import App
from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets
from callstation.calling.today import summary
from callstation.clock import ManualClock
from callstation.work import Work
from tests import factories as make
from ui.calling.page import DeskPage
from ui.shell import Shell

NAMES = ("Halden Robotics", "Blue Fjord Logistics", "Orchard & Vine", "Kestrel Analytics", "Northgate Dental")
HELD = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Shift": Qt.KeyboardModifier.ShiftModifier}
KEYS = {"Space": Qt.Key.Key_Space, "Esc": Qt.Key.Key_Escape, "Enter": Qt.Key.Key_Return, "Down": Qt.Key.Key_Down}


class Dialler(QObject):
    """Stands in for the phone program the desktop would start."""

    def __init__(self) -> None:
        super().__init__()
        self.rung: list[str] = []

    @Slot(QUrl)
    def ring(self, url: QUrl) -> None:
        self.rung.append(url.toString())


def small_book(work: Work, names: tuple[str, ...] = NAMES) -> list[int]:
    """Customers whose contracts end one after the other, each with a person and a number; their account ids."""
    return [
        make.customer(
            work, name, ends_on=work.today + timedelta(days=min(10 + 3 * place, 110)), person=f"Person {place}",
            e164=f"+16175550{142 + place:03d}", amount=Decimal(max(50000 - 5000 * place, 1000)),
        )
        for place, name in enumerate(names)
    ]  # fmt: skip


class Desk:
    """The window and its store. ``press`` sends keys to whoever has the focus and counts them."""

    def __init__(self, app: App, clock: ManualClock, *, size: tuple[int, int] = (1440, 900)) -> None:
        self.app, self.clock, self.presses = app, clock, 0
        self.dialler = Dialler()
        for scheme in ("tel", "sip"):
            QDesktopServices.setUrlHandler(scheme, self.dialler, "ring")  # type: ignore[arg-type]  # takes a name
        self.shell = Shell()
        self.shell.summary = lambda: app.ask(summary)
        self.shell.resize(*size)
        self.shell.show()
        self.shell.attach(app, "desk")
        QTest.qWaitForWindowExposed(self.shell)

    @property
    def page(self) -> DeskPage:
        page = self.shell.page("desk")
        assert isinstance(page, DeskPage)
        return page

    @property
    def account(self) -> str:
        """Who is in hand, "" for nobody."""
        return self.page.card.account if self.page.card else ""

    @property
    def said(self) -> str:
        """The line of the last action."""
        return self.page.space.last.text

    def press(self, *keys: str) -> None:
        """Press keys one after the other: "Space", "6", "Ctrl+Z", "Ctrl+Shift+Z"."""
        for key in keys:
            *held, last = key.split("+") if len(key) > 1 else [key]
            modifiers = Qt.KeyboardModifier.NoModifier
            for name in held:
                modifiers |= HELD[name]
            target = QApplication.focusWidget() or self.shell
            QTest.keyClick(target, KEYS.get(last) or Qt.Key(ord(last.upper())), modifiers)
            self.presses += 1

    def type(self, text: str) -> None:
        """Type words where the caret is; not counted as presses."""
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or self.shell, letter)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the store holds."""
        return self.app.ask(lambda work: work.rows(sql, values))

    def close(self) -> None:
        for scheme in ("tel", "sip"):
            QDesktopServices.unsetUrlHandler(scheme)
        self.shell.detach()
        self.shell.close()
        self.shell.deleteLater()


def open_desk(app: App, clock: ManualClock, names: tuple[str, ...] = NAMES, **how: Any) -> Desk:
    """A desk on the small book, with the first account in hand and nothing to undo."""
    app.do(small_book, names)
    app.record(refresh_targets)
    app.record(build_day)
    app.forget_steps()
    return Desk(app, clock, **how)
