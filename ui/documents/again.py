"""Makes a document again from its data, beside the window, and tells where it lies."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from callstation.documents.filing import DocumentRow, put_back
from callstation.errors import UserError
from callstation.paths import Places

if TYPE_CHECKING:
    from ui.shell import Shell


def documents_folder(shell: "Shell") -> Path:
    """Where the documents of the open book are filed."""
    return Places(shell.app.store.parent).documents


def make_again(shell: "Shell", row: DocumentRow, owner: QObject, then: Callable[[], object]) -> None:
    """Write its file where it was; ``then`` is called once it is there, what is wrong is told."""
    app, folder = shell.app, documents_folder(shell)

    def done(path: Path) -> None:
        shell.say(f"Made again: {path.name}.")
        then()

    def failed(error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        shell.show_problem(error)

    shell.jobs.run(
        lambda report: put_back(app, row.document_id, folder=folder), done=done, failed=failed, label="make again",
        owner=owner,
    )  # fmt: skip
