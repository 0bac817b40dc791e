"""Opening files and folders with whatever program the system has for them."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from callstation.errors import UserError


def open_file(path: Path) -> None:
    """Open a file. ``UserError`` where it is gone, or no program of this computer takes it."""
    if not path.exists():
        raise UserError("The file is not there any more.", str(path), "Make it again.")
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise UserError("No program opens this file.", f"It lies in {path.parent}.", f"Open {path.name} by hand.")


def open_folder(path: Path) -> None:
    """Open a folder. ``UserError`` where it cannot be."""
    if not path.is_dir():
        raise UserError("The folder is not there any more.", str(path), "Make the document again.")
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise UserError("The folder cannot be opened.", str(path), "Open it by hand.")
