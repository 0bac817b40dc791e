"""The sizes and weights that tables and headings of all documents share."""

from callstation.documents.layout.faces import SEMIBOLD
from callstation.documents.layout.text import GREY, Style

TITLE = Style(17, 22, SEMIBOLD)
HEADING = Style(11, 15, SEMIBOLD)
CELL = Style(9, 12.5)
CELL_STRONG = CELL.but(weight=SEMIBOLD)
FIGURE = CELL.but(is_tabular=True)
FIGURE_STRONG = FIGURE.but(weight=SEMIBOLD)
NOTE = Style(7.8, 11, colour=GREY)
TOTAL = Style(12, 17, SEMIBOLD, is_tabular=True)
