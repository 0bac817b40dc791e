"""The main window: rail, pages, status bar, and the keys that reach them."""

from __future__ import annotations

import sys
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from callstation.errors import UserError
from ui.window import Window

if TYPE_CHECKING:  # the first frame is painted before any of these is imported
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent

    from callstation.app import App
    from callstation.calling.today import DaySummary
    from callstation.changes import Changes
    from callstation.paths import Places
    from callstation.secrets import SecretStore
    from ui.bus import Notice
    from ui.calling.early_desk import EarlyDesk
    from ui.first_frame import FirstFrame
    from ui.jobs import Jobs
    from ui.keys_sheet import KeysSheet
    from ui.notice_line import NoticeLine
    from ui.overlay import Overlay
    from ui.page import Page
    from ui.pages import PageEntry
    from ui.palette import Palette
    from ui.palette_rows import Found
    from ui.sync.runner import Runner
    from ui.tokens import Kind
    from ui.undoing import Undoing

Layer = TypeVar("Layer", bound="Overlay")


class Shell(Window):
    """Shown before the store is open; ``attach`` brings the store and the first page."""

    def __init__(
        self,
        pages: tuple[PageEntry, ...] = (),
        *,
        state_file: Path | None = None,
        first_frame: FirstFrame | None = None,
    ) -> None:
        """A window with ``first_frame`` in it is shown at once, and furnished after that was painted."""
        super().__init__(state_file)
        self.search: Callable[[str], Iterable[Found]] = lambda words: ()
        self.summary: Callable[[], DaySummary] | None = None
        self.open_book: Callable[[str], object] | None = None
        self.own: Places | None = None
        self.early: EarlyDesk | None = None
        self._pages: dict[str, Page] = {}
        self._layers: list[Overlay] = []
        self._current, self._is_furnished = "", False
        self._app: App | None = None
        self._first_frame = first_frame
        if first_frame is None:
            self.furnish(pages)
        else:
            self.setCentralWidget(first_frame)

    def furnish(self, pages: tuple[PageEntry, ...] = ()) -> None:
        """Put in rail, status bar and keys, once; every page of the product where none are named."""
        if self._is_furnished:
            return
        from ui.bus import Bus
        from ui.pages import PAGES
        from ui.shortcuts import Shortcuts

        self.bus = Bus()
        pages = pages or PAGES
        self._entries = {entry.id: entry for entry in pages}
        self._lay_out(pages)
        self.bus.changed.connect(self._on_changed)
        self.bus.noticed.connect(self._on_noticed)
        self._shortcuts = Shortcuts(self, self.run)
        if sys.platform == "darwin":
            self._shortcuts.fill(self.menuBar())
        self._is_furnished, self._first_frame = True, None
        self.renew_commands()

    def show_early(self, early: EarlyDesk) -> None:
        """Show what of the desk is there already, be it before the window is furnished; the desk takes it over."""
        self.early = early
        if self._first_frame is not None:
            self._first_frame.hold(early)
        else:
            self._stack.setCurrentIndex(self._stack.addWidget(early))

    @cached_property
    def jobs(self) -> Jobs:
        """All work of this window that runs beside it."""
        from ui.jobs import Jobs

        return Jobs()

    @cached_property
    def secrets(self) -> SecretStore:
        """Where the keys to Salesforce are kept, for as long as the program runs."""
        from callstation.secrets import find_secrets

        return find_secrets()

    @cached_property
    def sync_runner(self) -> Runner:
        """The one that syncs the open book."""
        from ui.sync.runner import Runner

        return Runner(self)

    def _lay_out(self, pages: tuple[PageEntry, ...]) -> None:
        from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

        from ui.rail import Rail
        from ui.status_bar import StatusBar

        self._ground = QWidget()
        self._rail, self._stack, self.status = Rail(pages), QStackedWidget(), StatusBar()
        grid = self._grid = QGridLayout(self._ground)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self._rail, 0, 0, 2, 1)
        grid.addWidget(self._stack, 0, 1)
        grid.addWidget(self.status, 2, 0, 1, 2)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(1, 1)
        if self.early is not None:
            self._stack.addWidget(self.early)  # out of the first frame, which goes
        self.setCentralWidget(self._ground)
        self._rail.page_chosen.connect(self.go)
        self._rail.action_chosen.connect(self.run)
        self.status.action_chosen.connect(self.run)

    @cached_property
    def _line(self) -> NoticeLine:
        from ui.notice_line import NoticeLine

        made = NoticeLine()
        self._grid.addWidget(made, 1, 1)
        made.undo_chosen.connect(lambda: self.run("undo"))
        return made

    def _hide_line(self) -> None:
        if "_line" in self.__dict__:
            self._line.hide()

    # -- the store -------------------------------------------------------------------------------------------------

    @property
    def app(self) -> App:
        """The open store; only pages ask, and there are none before ``attach``."""
        assert self._app is not None
        return self._app

    @property
    def places(self) -> Places:
        """The user's own folder, also while the made-up book is open."""
        from callstation.paths import Places

        return self.own or Places(self.app.store.parent)

    def attach(self, app: App, first: str | None = "desk") -> None:
        """Take an open store and show the first page, if there is one; pages of a store before it are thrown away."""
        early, self.early = self.early, None
        self.detach()
        self.early, self._app = early, app
        app.on_changed.append(self._announce)
        self.look_again()
        if first is not None:
            self.go(first)
            self.refresh_status()

    def detach(self) -> App | None:
        """Give the store back, with nothing of it left on the screen."""
        for layer in self._layers:
            layer.close_overlay()
        self._leave()
        self.jobs.finish()
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._drop_early()
        self._current, app, self._app = "", self._app, None
        if app is not None:
            app.on_changed.remove(self._announce)
        self._hide_line()
        self.status.show_sync("")
        self.renew_commands()
        return app

    def _drop_early(self) -> None:
        if self.early is not None:
            self._stack.removeWidget(self.early)
            self.early.deleteLater()
            self.early = None

    def look_again(self) -> None:
        """Put the theme and text size of the settings on the window."""
        from PySide6.QtWidgets import QApplication

        from ui.theme import theme

        settings, qt = self.app.settings, QApplication.instance()
        if isinstance(qt, QApplication) and (str(theme.scheme), theme.text_size) != (
            settings.theme,
            settings.text_size,
        ):
            theme.apply(qt, settings.theme, settings.text_size)

    # -- pages -----------------------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The id of the page in view, empty before the first."""
        return self._current

    def entry(self, page_id: str) -> PageEntry:
        """A line of the table of pages."""
        return self._entries[page_id]

    def page(self, page_id: str) -> Page:
        """A page, imported and created at its first visit."""
        if page_id not in self._pages:
            page = self._pages[page_id] = self._entries[page_id].load()(self)
            page.setAccessibleName(self._entries[page_id].title)
            self._stack.addWidget(page)
            if page_id == "desk":
                self._drop_early()
        return self._pages[page_id]

    def go(self, page_id: str, **target: Any) -> None:
        """Bring a page into view, and one thing on it if a target is given, such as ``account_id=5``."""
        if self._app is None:
            return
        page = self.page(page_id)
        if page_id != self._current:
            self._leave()
            self._current = page_id
            self._stack.setCurrentWidget(page)
            self._hide_line()
        self._rail.set_current(self._entries[page_id].under or page_id)
        if page.is_stale:
            page.is_stale = False
            page.refresh()
        self.renew_commands()
        page.on_shown()
        if target:
            page.open(**target)

    def _leave(self) -> None:
        if self._current in self._pages:
            self._pages[self._current].on_hidden()

    # -- what can be done ------------------------------------------------------------------------------------------

    def run(self, action_id: str, digit: int | None = None) -> None:
        """Do an action of the registry, as the page in view or the window answers it."""
        command = self._commands().get(action_id)
        if command is None:
            return
        try:
            command() if digit is None else command(digit)
        except UserError as error:
            self.show_problem(error)

    def show_problem(self, error: UserError) -> None:
        """Tell what the user can put right, without a dialog."""
        from ui.bus import Notice

        self.bus.noticed.emit(Notice.of(error))

    def say(self, words: str, kind: Kind = "ok", *, may_undo: bool = False) -> None:
        """Tell the user what was done, on the line of the last action and to a screen reader."""
        from ui.bus import Notice

        self.bus.noticed.emit(Notice(words, kind, may_undo=may_undo))

    def renew_commands(self) -> None:
        """Enable the keys of what is answered now; a page calls it when it answers to other actions than before."""
        is_covered = not all(layer.isHidden() for layer in self._layers)
        self._shortcuts.enable(() if is_covered else self._commands(), self._place)

    @property
    def _place(self) -> str:
        """Where the keys are: the page in view, or what it has open with keys of its own."""
        return self._current and (self._pages[self._current].place or self._current)

    def _commands(self) -> dict[str, Callable[..., object]]:
        found: dict[str, Callable[..., object]] = {"quit": self.close, "keys": self._open_keys}
        if self._app is None:
            return found
        found |= {"palette": self._open_palette, "undo": self._undoing.undo, "redo": self._undoing.redo}
        found |= {"attention": self._attend, "sync_now": self._sync}
        for entry in self._entries.values():
            if entry.action_id:
                found[entry.action_id] = partial(self.go, entry.id)
        if self.open_book is not None:
            books = self.open_book
            found |= {"practise": partial(books, "sample"), "own_book": partial(books, "own")}
        if self._current in self._pages:
            found |= self._pages[self._current].commands()
        return found

    # made at their first use: a start does not pay for them

    @cached_property
    def _palette(self) -> Palette:
        from ui.palette import Palette, Sources

        find = lambda words: self.search(words)  # noqa: E731, PLW0108 (the search is put in when the store is open)
        return self._layer(Palette(self._ground, Sources(self._found_commands, find)))

    @cached_property
    def _keys(self) -> KeysSheet:
        from ui.keys_sheet import KeysSheet

        return self._layer(KeysSheet(self._ground))

    def _open_palette(self) -> None:
        self._palette.open()

    def _open_keys(self) -> None:
        self._keys.open()

    @cached_property
    def _undoing(self) -> Undoing:
        from ui.undoing import Undoing

        return Undoing(self)

    def _layer(self, made: Layer) -> Layer:
        self._layers.append(made)
        made.opened.connect(self.renew_commands)
        made.closed.connect(self.renew_commands)
        return made

    def _found_commands(self) -> list[Found]:
        from ui import actions
        from ui.palette_rows import Found

        known = self._commands()
        return [
            Found("Commands", item.icon, item.label, partial(self.run, item.id), keys=actions.caps_of(item.id))
            for item in actions.ACTIONS
            if item.id in known and item.is_at(self._place) and not item.takes_digit and item.id != "palette"
        ]

    def _attend(self) -> None:
        """Go where something waits for the rep: decisions about the CRM first, then accounts without a number."""
        if self.summary is not None and self.summary().crm.attention:
            self.go("sync")
        else:
            self.go("accounts", needs="attention")

    def _sync(self) -> None:
        self.sync_runner.start()

    # -- what is heard ---------------------------------------------------------------------------------------------

    def _announce(self, changes: Changes) -> None:
        self.bus.changed.emit(changes)

    def _on_changed(self, changes: Changes) -> None:
        for page_id, page in list(self._pages.items()):
            if page.nouns and not changes.touch(*page.nouns):
                continue
            if page_id == self._current:
                page.take_changes(changes)
            else:
                page.is_stale = True
        self.refresh_status()

    def refresh_status(self) -> None:
        """Read the counts of the status bar anew."""
        if self.summary is not None and self._app is not None:
            self.status.show_summary(self.summary(), self._app.settings)

    def _on_noticed(self, notice: Notice) -> None:
        page = self._pages.get(self._current)
        if page is None or not page.shows_notices or notice.detail or notice.hint:
            self._line.show_notice(notice)
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        event = QAccessibleAnnouncementEvent(self, " ".join((notice.words, notice.detail, notice.hint)).strip())
        QAccessible.updateAccessibility(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep_place()
        app = self.detach() if self._is_furnished else None
        if app is not None:
            app.close()
        super().closeEvent(event)
