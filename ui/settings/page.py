"""The settings page, generated from the declared settings; each change counts at once and is kept at once."""

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.calling.day import build_day
from callstation.changes import Changes
from callstation.demo.letterhead import undressed
from callstation.documents.letterhead import keep_logo
from callstation.errors import UserError
from callstation.settings import Settings, save_settings
from ui.page import Commands, Page
from ui.settings.about_panel import AboutPanel
from ui.settings.data_panel import DataPanel
from ui.settings.group import Group
from ui.settings.letterhead_preview import LetterheadPreview
from ui.settings.row import SettingRow
from ui.theme import theme
from ui.widgets import Label, Scroll, SearchField

if TYPE_CHECKING:
    from ui.shell import Shell

_WIDEST, _WIDEST_WITH_ASIDE = 820, 1180
_ORDER_PAUSE_MS = 400
_RANKED = tuple(item.name for item in fields(Settings) if item.name.startswith("weight_"))


class SettingsPage(Page):
    """A group a card, a setting a line; typing in the search field leaves what matches."""

    nouns = ("no noun: settings are no part of the book",)

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.search = SearchField("Search settings")
        self.search.textChanged.connect(self._on_typed)
        self.search.left.connect(self.setFocus)
        self.search.entered.connect(self._to_first)
        self._nothing = Label("", "body", "text2", wraps=True)
        self._nothing.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_ORDER_PAUSE_MS)
        self._pause.timeout.connect(self._put_in_order)
        self.groups: dict[str, Group] = {}
        self.rows: dict[str, SettingRow] = {}
        inside = self._inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        head = QWidget()
        head.setLayout(self._head())
        column.addLayout(_across(head))
        column.addLayout(_across(self._nothing))
        for declared in fields(Settings):
            group = declared.metadata["group"]
            if group not in self.groups:
                self.groups[group] = Group(group)
                has_aside = group == "Letterhead"
                column.addLayout(_across(self.groups[group], _WIDEST_WITH_ASIDE if has_aside else _WIDEST))
            row = self.rows[declared.name] = SettingRow(declared, self._take)
            self.groups[group].add(row)
        self.preview = LetterheadPreview(shell.jobs)
        self.groups["Letterhead"].add_aside(self.preview)
        self.data, self.about = DataPanel(self), AboutPanel()
        column.addLayout(_across(self.data))
        column.addLayout(_across(self.about))
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(inside)
        outer.addWidget(self._scroll)
        self._on_typed("")

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(Label("Settings", "account"))
        words.addWidget(Label("Every change counts at once and is kept on this computer.", "body", "text2", wraps=True))
        head.addLayout(words, 1)
        head.addWidget(self.search, 0, Qt.AlignmentFlag.AlignVCenter)
        return head

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        return {"search": self._to_search, "back": self._on_back}

    def refresh(self) -> None:
        for name, row in self.rows.items():
            row.show_value(getattr(self.app.settings, name))
        self.data.refresh()
        self._show_letterhead()

    def take_changes(self, changes: Changes) -> None:
        """Nothing the store says is shown here."""

    def open(self, *, setting: str = "", **target: Any) -> None:
        """Bring one setting into view, with the caret in it."""
        row = self.rows.get(setting)
        if row is not None:
            self.search.clear()
            row.control.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            top = row.mapTo(self._inside, QPoint(0, 0)).y()
            self._scroll.verticalScrollBar().setValue(top - theme.px(110))

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_back(self) -> None:
        self.search.clear()
        self.setFocus()

    def _to_first(self) -> None:
        shown = [row for row in self.rows.values() if row.isVisible()]
        if shown:
            shown[0].control.widget.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(shown[0], 0, 80)

    def _on_typed(self, typed: str) -> None:
        words = typed.strip()
        found = [group.keep(words) for group in self.groups.values()]
        others = [panel.keep(words) for panel in (self.data, self.about)]
        self._nothing.setText(f"No setting speaks of “{words}”.")
        self._nothing.setVisible(not any((*found, *others)))

    # -- a change --------------------------------------------------------------------------------------------------

    def _take(self, row: SettingRow, value: Any) -> None:
        if value == getattr(self.app.settings, row.name):
            row.show_problem(None)
            return
        try:
            if row.name == "company_logo" and value:
                value = str(keep_logo(self.shell.places.root, Path(value)))
            self._keep(self.app.settings.with_values(**{row.name: value}))
            row.show_value(value)
        except UserError as error:
            if row.name == "company_logo":
                row.show_value(self.app.settings.company_logo)  # a picture that is refused is not shown either
            row.show_problem(error)

    def _keep(self, settings: Settings) -> None:
        """On disk first: what is shown as set is set."""
        try:
            save_settings(self.shell.places.settings, undressed(settings))
        except OSError as error:
            raise UserError("The setting could not be saved.", str(error), f"{error}. Check the disk.") from error
        has_new_order = any(
            getattr(settings, name) != getattr(self.app.settings, name) for name in (*_RANKED, "small_share")
        )
        self.app.settings = settings
        self._show_letterhead()
        self.shell.look_again()
        self.shell.bus.changed.emit(Changes(everything=True))
        if has_new_order:
            self._pause.start()

    def _show_letterhead(self) -> None:
        app = self.app
        self.preview.show_settings(app.settings, app.store.parent, app.ask(lambda work: work.today))

    def _put_in_order(self) -> None:
        """The weights say another order: every open target is placed anew, beside the window."""
        app = self.app
        self.shell.jobs.run(lambda report: app.do(build_day), done=self._on_in_order, label="order", owner=self)

    def _on_in_order(self, count: int) -> None:
        self.shell.bus.changed.emit(Changes(everything=True))


def _across(widget: QWidget, widest: int = _WIDEST) -> QHBoxLayout:
    """A widget in the middle of the page, at most ``widest`` px wide."""
    row = QHBoxLayout()
    row.addStretch(1)
    widget.setMaximumWidth(widest)
    row.addWidget(widget, 100)
    row.addStretch(1)
    return row
