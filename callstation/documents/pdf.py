"""Documents as PDF: the same data gives the same bytes, on any day and any computer."""

from callstation.documents.data import Data
from db.vocabulary import DocumentKind


def render_pdf(data: Data) -> bytes:
    """The file of a document. ``UserError`` where its logo is gone or was changed."""
    match data.kind:
        case DocumentKind.QUOTE:
            from callstation.documents.pdf_quote import quote_pages as pages
        case DocumentKind.AGREEMENT:
            from callstation.documents.pdf_agreement import agreement_pages as pages
        case DocumentKind.STATEMENT:
            from callstation.documents.pdf_statement import statement_pages as pages
        case DocumentKind.CALL_SHEET:
            from callstation.documents.pdf_call_sheet import call_sheet_pages as pages
        case _:
            from callstation.documents.pdf_letter import letter_pages as pages
    return pages(data)
