"""What each kind of document is called, and as which files it can be had."""

from callstation.errors import UserError
from db.vocabulary import LETTERS, DocumentKind, FileFormat

LABELS = {
    DocumentKind.QUOTE: "Quote",
    DocumentKind.FIRST_NOTICE: "First notice",
    DocumentKind.REMINDER: "Reminder",
    DocumentKind.FINAL_NOTICE: "Final notice",
    DocumentKind.LAPSE: "Lapse notice",
    DocumentKind.PRICE_CHANGE: "Price change",
    DocumentKind.THANK_YOU: "Thank-you letter",
    DocumentKind.AGREEMENT: "Agreement",
    DocumentKind.STATEMENT: "Partner statement",
    DocumentKind.CALL_SHEET: "Call sheet",
    DocumentKind.DAY_SHEET: "Day sheet",
    DocumentKind.WEEKLY_REPORT: "Weekly report",
    DocumentKind.PRINTED_PAGE: "Printed page",
}
FORMAT_LABELS = {
    FileFormat.PDF: "PDF",
    FileFormat.DOCX: "Word",
    FileFormat.XLSX: "Excel",
    FileFormat.EML: "e-mail draft",
}
_LETTER_FORMATS = (FileFormat.PDF, FileFormat.DOCX, FileFormat.EML)
FORMATS = dict.fromkeys(LETTERS, _LETTER_FORMATS) | {
    DocumentKind.QUOTE: (FileFormat.PDF, FileFormat.EML),
    DocumentKind.AGREEMENT: _LETTER_FORMATS,
    DocumentKind.STATEMENT: (FileFormat.PDF, FileFormat.XLSX, FileFormat.EML),
    DocumentKind.CALL_SHEET: (FileFormat.PDF,),
    DocumentKind.DAY_SHEET: (FileFormat.PDF, FileFormat.XLSX),
    DocumentKind.WEEKLY_REPORT: (FileFormat.PDF, FileFormat.XLSX),
    DocumentKind.PRINTED_PAGE: (FileFormat.PDF,),
}
"""The files each kind can be had as, the usual one first."""


def label_of(kind: DocumentKind) -> str:
    """What a kind is called on the screen and in file names."""
    return LABELS[kind]


def check_format(kind: DocumentKind, file_format: FileFormat) -> None:
    """``UserError`` where a kind cannot be had as such a file."""
    if file_format not in FORMATS[kind]:
        ways = ", ".join(one.value for one in FORMATS[kind])
        raise UserError(f"{label_of(kind)} is not made as {FORMAT_LABELS[file_format]}.", "", f"It is made as: {ways}.")
