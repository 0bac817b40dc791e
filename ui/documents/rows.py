"""How one document reads in a list: its mark, its title, what it is and when, and whether its file is there."""

from datetime import date
from pathlib import Path

from callstation.documents.filing import DocumentRow, file_of
from callstation.errors import UserError
from callstation.settings import Settings
from db.vocabulary import FileFormat
from ui import words
from ui.documents.looking import FORMAT_NAMES, language_name

MARKS = {
    FileFormat.PDF: "file-text", FileFormat.DOCX: "pencil", FileFormat.XLSX: "file-spreadsheet", FileFormat.EML: "mail"
}  # fmt: skip


def about(row: DocumentRow) -> str:
    """``PDF, German, to Priya Raman``; the language only where it is not English."""
    language = row.language.partition("_")[0]
    said = [FORMAT_NAMES[row.file_format], "" if language == "en" else language_name(language),
            f"to {row.contact}" if row.contact else ""]  # fmt: skip
    return ", ".join(part for part in said if part)


def whose(row: DocumentRow) -> str:
    """The account it is for; a report is of them all."""
    return "The whole book" if row.account_id is None else row.account


def made_words(row: DocumentRow, today: date, settings: Settings) -> str:
    """``4:30 PM`` for today, else ``24 Nov``."""
    on = row.made_at.astimezone(settings.zone).date()
    return words.clock(row.made_at, settings) if on == today else words.day(on, today, settings)


def place_of(row: DocumentRow, folder: Path) -> Path | None:
    """Where its file lies; None where it is not there, or its path leads out of the folder."""
    try:
        path = file_of(folder, row.path)
        return path if path.is_file() else None
    except (UserError, OSError, ValueError):
        return None
