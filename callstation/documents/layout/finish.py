"""The last step of every document: the foot of each page, the watermark, title, author, language, bookmarks."""

from callstation.documents.data import Data
from callstation.documents.labels import labels_of
from callstation.documents.layout.faces import SEMIBOLD
from callstation.documents.layout.head import foot
from callstation.documents.layout.sheet import Sheet
from callstation.documents.layout.text import Style

WATERMARK = Style(72, 72, SEMIBOLD, (0.92, 0.92, 0.94))


def finished(sheet: Sheet, data: Data, *, is_numbered: bool = True, has_foot: bool = True) -> bytes:
    """The file."""
    words = labels_of(data.locale).get(f"watermark_{data.watermark}", "")
    mark = WATERMARK if len(words) < 12 else WATERMARK.but(size=54)

    def each_page(page: int, pages: int) -> None:
        if words:
            sheet.slanted(words, mark)
        if has_foot:
            foot(sheet, data, page, pages, is_numbered=is_numbered)

    about = ", ".join(data.address[:2])
    return sheet.finished(
        title=data.title, author=data.sender.name, subject=about, lang=data.locale.replace("_", "-"),
        made_on=data.made_on, footer=each_page,
    )  # fmt: skip
