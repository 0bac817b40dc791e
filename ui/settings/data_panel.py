"""Where the data lies, and its backups: the newest one, and one more now."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.backup import list_backups, made_at, make_backup
from callstation.errors import UserError
from ui import words
from ui.widgets import Button, Card, Divider, Label

if TYPE_CHECKING:
    from ui.page import Page

_SAID = "data folder store backup copy restore where lies"


class DataPanel(Card):
    """Two lines: the folder, with a button that opens it; the backups, with a button that makes one."""

    def __init__(self, page: "Page") -> None:
        super().__init__(padding=20)
        self._page = page
        self.body.setSpacing(0)
        self.body.setContentsMargins(20, 20, 20, 10)
        self.body.addWidget(Label("Data", "pane_title"))
        self.body.addSpacing(8)
        self.folder = Label("", "secondary", "text3", wraps=True, selectable=True)
        self.open_folder = Button("Open folder", "plain", "external-link")
        self.open_folder.clicked.connect(self._on_open_folder)
        self.body.addLayout(_line("Where your data lies", self.folder, self.open_folder))
        self.body.addWidget(Divider())
        self.backups = Label("", "secondary", "text3", wraps=True)
        self.back_up = Button("Back up now", "plain", "download")
        self.back_up.clicked.connect(self._on_back_up)
        self.body.addLayout(_line("Backups", self.backups, self.back_up))

    def refresh(self) -> None:
        """Read the folder anew."""
        store = self._page.app.store
        self.folder.setText(str(store))
        self._show_backups()

    def keep(self, typed: str) -> bool:
        """Show the card if it has to do with what is typed; whether it does."""
        is_kept = all(word in _SAID for word in typed.casefold().split())
        self.setVisible(is_kept)
        return is_kept

    @property
    def _backup_folder(self) -> Path:
        return self._page.app.store.parent / "backups"

    def _show_backups(self) -> None:
        kept = list_backups(self._backup_folder)
        if not kept:
            self.backups.setText("None yet. One is made every hour in which you work.")
            return
        newest = made_at(kept[-1])
        count = "1 backup" if len(kept) == 1 else f"{len(kept)} backups"
        self.backups.setText(f"The newest is from {self._moment(newest)}. {count} kept beside the store.")

    def _moment(self, at: datetime) -> str:
        settings = self._page.app.settings
        local = at.astimezone(settings.zone)
        today = self._page.app.clock.now().astimezone(settings.zone).date()
        day = "today" if local.date() == today else words.weekday(local.date(), today, settings)
        return f"{day}, {words.clock(at, settings)}"

    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._page.app.store.parent)))

    def _on_back_up(self) -> None:
        app, folder = self._page.app, self._backup_folder
        self.back_up.setEnabled(False)
        self.back_up.set_words("Backing up")
        self._page.shell.jobs.run(
            lambda report: make_backup(app, folder),
            done=self._on_backed_up, failed=self._on_failed, label="back up", owner=self,
        )  # fmt: skip

    def _on_backed_up(self, made: Path) -> None:
        self._rest()
        self._page.shell.say(f"Backed up as {made.name}.")

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, UserError):
            raise error
        self._page.shell.show_problem(error)

    def _rest(self) -> None:
        self.back_up.setEnabled(True)
        self.back_up.set_words("Back up now")
        self._show_backups()


def _line(title: str, said: QWidget, button: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(0, 10, 0, 10)
    line.setSpacing(24)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(title, "emphasis"))
    words.addWidget(said)
    line.addLayout(words, 1)
    line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return line
