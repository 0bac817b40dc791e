"""Turns the registry of actions into the window's keys, of which only those of the page in view are live."""

from collections.abc import Callable, Container

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from ui import actions


class Shortcuts:
    """One QAction a key; two pages may use the same key, because only one of them is enabled."""

    def __init__(self, window: QMainWindow, run: Callable[..., object]) -> None:
        self._live: list[tuple[actions.Action, QAction]] = []
        for item in actions.ACTIONS:
            if item.takes_digit:
                for key in item.keys:
                    self._add(window, item, [key], lambda _=False, name=item.id, key=key: run(name, int(key[-1])))
            else:
                self._add(window, item, list(item.keys), lambda _=False, name=item.id: run(name))

    def _add(self, window: QMainWindow, item: actions.Action, keys: list[str], pressed: Callable[..., object]) -> None:
        made = QAction(item.label.replace("&", "&&"), window)
        made.setShortcuts([QKeySequence(key) for key in keys])
        made.setAutoRepeat(item.id in ("next", "previous", "undo", "redo"))
        # by hand: text heuristics would move "Settings" or "Quit" of any page into the macOS program menu
        role = {"quit": QAction.MenuRole.QuitRole, "go_settings": QAction.MenuRole.PreferencesRole}
        made.setMenuRole(role.get(item.id, QAction.MenuRole.NoRole))
        made.triggered.connect(pressed)
        window.addAction(made)
        self._live.append((item, made))

    def fill(self, bar: QMenuBar) -> None:
        """Put the actions into menus by group, for systems whose users look for a menu bar."""
        menus: dict[str, QMenu] = {}
        for item, made in self._live:
            if item.takes_digit:
                continue
            if item.group not in menus:
                menus[item.group] = bar.addMenu(item.group)
            menus[item.group].addAction(made)

    def enable(self, answered: Container[str], page_id: str) -> None:
        """Keep only the keys of actions that are answered and belong to the page in view."""
        for item, made in self._live:
            made.setEnabled(item.id in answered and item.is_at(page_id))
