"""Pages of a PDF as pictures and as words, made in a job; a page can run no script and ask for no network here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from PySide6.QtGui import QImage

from callstation.errors import UserError

_TURN = Lock()
"""PDFium may be used by one thread at a time."""
LONGEST_PX = 4000
"""The longest side of a picture: a page of an absurd size must not take the memory."""
MOST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Paper:
    """How large the pages of a PDF are, in points (1/72 inch), and what its first page says."""

    sizes: tuple[tuple[float, float], ...]
    words: str

    def __len__(self) -> int:
        return len(self.sizes)


def read_paper(pdf: bytes) -> Paper:
    """Sizes and words of a PDF. ``UserError`` where it is none."""
    with _opened(pdf) as document:
        sizes = tuple(document.get_page_size(number) for number in range(len(document)))
        words = ""
        if sizes:
            page = document[0]
            text = page.get_textpage()
            words = text.get_text_range(0, min(text.count_chars(), MOST_WORDS))
            text.close()
            page.close()
        return Paper(sizes, words)


def picture_of(pdf: bytes, number: int, width: int) -> QImage:
    """Page ``number`` (from 0), ``width`` px wide on white. ``UserError`` where it cannot be drawn."""
    with _opened(pdf) as document:
        page = document[number]
        wide, high = page.get_size()
        longest = max(width, width * high / max(1.0, wide))
        scale = width / max(1.0, wide) * min(1.0, LONGEST_PX / max(1.0, longest))
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        size, stride = (bitmap.width, bitmap.height), bitmap.stride
        shown = QImage(bytes(bitmap.buffer), *size, stride, QImage.Format.Format_RGB32).copy()
        bitmap.close()
        page.close()
        return shown


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    """The document, in this thread's turn, and closed again."""
    import pypdfium2

    with _TURN:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise UserError("This PDF cannot be shown.", str(error), "Make it again.") from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise UserError("This page cannot be shown.", str(error), "Make the document again.") from error
        finally:
            document.close()
