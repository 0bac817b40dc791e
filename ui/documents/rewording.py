"""The company's own words of a letter, or its own Word form: opened to be edited, and watched until they are saved."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher

from callstation.documents.kinds import label_of
from callstation.errors import UserError
from db.vocabulary import DocumentKind, FileFormat
from ui.documents.opening import open_file

if TYPE_CHECKING:
    from ui.documents.documenting import Documenting


class Rewording:
    """Of the documents of one desk."""

    def __init__(self, documenting: "Documenting") -> None:
        self._documenting, self._page = documenting, documenting.page
        self._watcher = QFileSystemWatcher(documenting.sheet)
        self._watcher.fileChanged.connect(self._on_saved)

    @property
    def may_begin(self) -> bool:
        """Whether the words of what is in hand, or its Word form, can be the company's own."""
        kind = self._documenting.kind
        is_word = self._documenting.file_format is FileFormat.DOCX
        return kind.is_letter or (kind is DocumentKind.AGREEMENT and is_word)

    def begin(self) -> None:
        """Open the company's own copy, made from ours where there is none."""
        found, app = self._documenting, self._documenting.app
        kind = found.kind
        if not self.may_begin:
            raise UserError(f"The words of a {label_of(kind).lower()} are not to be edited here.", "",
                            "Letters can be worded anew; an agreement as a Word form.")  # fmt: skip
        language = found.languages[max(0, found.sheet.languages.currentIndex())]
        if found.file_format is FileFormat.DOCX:
            from callstation.documents.word_own import write_form

            self._page.shell.jobs.run(
                lambda report: app.ask(write_form, kind, language), done=self._open, failed=found.on_failed,
                label="words", owner=found.sheet,
            )  # fmt: skip
        else:
            from callstation.documents.wording import write_own

            self._open(write_own(app.store.parent, language, kind))

    def forget(self) -> None:
        """Nothing is edited any more."""
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())

    def _open(self, path: Path) -> None:
        self._watcher.addPath(str(path))
        self._page.keys.guarded(lambda: open_file(path))
        self._page.teller.say(f"Your own words lie in {path.name}; save it and the page follows.", kind="info")

    def _on_saved(self, path: str) -> None:
        if self._documenting.is_open:
            self._documenting.look_soon()
        if path not in self._watcher.files() and Path(path).exists():
            self._watcher.addPath(path)  # an editor that saves by renaming
