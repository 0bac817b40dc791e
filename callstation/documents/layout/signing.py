"""Lines to sign on."""

from collections.abc import Sequence

from callstation.documents.layout.flow import Flow
from callstation.documents.layout.head import LABEL
from callstation.documents.layout.text import GREY

ROW = 40.0
"""Points from one line to the next: room for a hand."""
GAP = 24.0


def signature_block(flow: Flow, *rows: Sequence[str]) -> None:
    """Rows of lines, side by side, each with what belongs on it below; together on one page."""
    flow.keep(block_height(len(rows)))
    for row in rows:
        wide = (flow.width - GAP * (len(row) - 1)) / len(row)
        flow.y += ROW
        for number, words in enumerate(row):
            x = flow.left + number * (wide + GAP)
            flow.sheet.rule(x, flow.y, x + wide, flow.y, GREY, 0.5)
            flow.sheet.text(x, flow.y + 10, words, LABEL, in_row=True)
    flow.y += 16


def block_height(rows: int) -> float:
    """Points that so many rows take."""
    return rows * ROW + 16
