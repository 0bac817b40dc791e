"""The list some reports call XLS and send as a web page: the largest table of an HTML file."""

from html.parser import HTMLParser

from callstation.accounts.importing.cells import Cell
from callstation.accounts.importing.guards import MAX_CELLS, unreadable


class _Tables(HTMLParser):
    """Collects every table's rows; scripts and styles are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._is_silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._is_silent = True
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self._close()
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._is_silent = False
        elif tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._is_silent:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell).strip())
            self._cell = None


def rows_of_web_page(text: str) -> list[list[Cell]]:
    """The rows of the largest table; ``UserError`` where there is none."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    largest = max(parser.tables, key=lambda table: sum(map(len, table)), default=[])
    if not largest or sum(map(len, largest)) > MAX_CELLS:
        raise unreadable("The web page", "It has no table with a list in it.")
    return [list(row) for row in largest]
