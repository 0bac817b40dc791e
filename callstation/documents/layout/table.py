"""Tables that break across pages: the heading again on each, and what is carried over from one to the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from callstation.documents.layout.flow import Flow
from callstation.documents.layout.text import Colour, Style, lines_of

PAD = 5.0
"""Points of white above and below the text of a row."""
GAP = 12.0
"""Points between two columns."""
HAIR: Colour = (0.84, 0.85, 0.88)


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in points; 0 takes what the others leave. Figures stand to the right."""

    title: str
    width: float = 0.0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a cell a column, each its paragraphs with their styles; ``amount`` is what it adds to the sum."""

    cells: Sequence[Sequence[tuple[str, Style]]]
    amount: Decimal | None = None
    is_ruled: bool = True
    keeps_next: bool = False
    """Never the last on its page."""
    is_spanning: bool = False
    """Its first cell goes across all columns."""
    is_tight: bool = False
    """Less white above and below."""

    @property
    def pad(self) -> float:
        return PAD * 0.55 if self.is_tight else PAD


@dataclass
class Table:
    """How a table looks; ``carried`` words the sum at the foot and the head of a page, where there is one."""

    flow: Flow
    columns: Sequence[Column]
    head: Style
    colour: Colour
    carried: Callable[[Decimal, bool], tuple[str, str]] | None = None
    small: Style | None = None
    _sum: Decimal = field(default=Decimal(0))

    def __post_init__(self) -> None:
        flow = self.flow
        taken = sum(column.width for column in self.columns) + GAP * (len(self.columns) - 1)
        free = sum(1 for column in self.columns if not column.width)
        self._places: list[tuple[float, float]] = []
        x = flow.left
        for column in self.columns:
            width = column.width or (flow.width - taken) / free
            self._places.append((x, width))
            x += width + GAP

    def width_of(self, column: int) -> float:
        """How wide a column has become, in points."""
        return self._places[column][1]

    def draw(self, lines: Sequence[Line], *, below: float = 0.0) -> None:
        """The heading and all rows, over as many pages as it takes.

        ``below`` are the points of what the rows come to: the last row stands on its page, so that no sum is alone.
        """
        flow = self.flow
        rows = [(line, self._wrapped(line)) for line in lines]
        foot = 16.0 if self.carried else 0.0
        flow.keep(self._head_height + (rows[0][1][0] if rows else 0.0) + foot)
        self._heading()
        for number, (line, (height, cells)) in enumerate(rows):
            is_last = number == len(rows) - 1
            needed = height + (foot if not is_last else below if number else 0.0)
            if line.keeps_next and not is_last:
                needed += rows[number + 1][1][0] + (below if number + 2 == len(rows) else 0.0)
            if flow.room < needed and flow.y > flow.next_top + self._head_height + foot:
                self._over()
            if height > flow.room:  # higher than a page: as much of it as fits, and on
                self._tall(cells, line)
            else:
                self._row(cells, height, line)
            if line.amount is not None:
                self._sum += line.amount

    @property
    def _head_height(self) -> float:
        return (
            max(
                (
                    len(lines_of(column.title, self.head, width))
                    for column, (_, width) in zip(self.columns, self._places, strict=True)
                ),
                default=1,
            )
            * self.head.leading
            + PAD
        )

    def _heading(self) -> None:
        flow, sheet = self.flow, self.flow.sheet
        deep = self._head_height
        for column, (x, width) in zip(self.columns, self._places, strict=True):
            for number, text in enumerate(lines_of(column.title, self.head, width)):
                base = flow.y + self.head.leading * (0.76 + number)
                sheet.text(
                    x + width if column.align == "right" else x, base, text, self.head, column.align, in_row=True
                )
        flow.y += deep
        sheet.rule(flow.left, flow.y, flow.right, flow.y, self.colour, 1.0)

    def _over(self) -> None:
        """End the page, with the sum so far, and begin the next with it."""
        if self.carried and self._sum:
            self._sum_line(*self.carried(self._sum, True))
        self.flow.new_page()
        self._heading()
        if self.carried and self._sum:
            self._sum_line(*self.carried(self._sum, False))

    def _sum_line(self, words: str, amount: str) -> None:
        style = self.small or self.head
        base = self.flow.y + PAD * 0.6 + style.leading * 0.76
        self.flow.sheet.text(self.flow.left, base, words, style)
        self.flow.sheet.text(self.flow.right, base, amount, style.but(is_tabular=True), "right")
        self.flow.y += style.leading + PAD * 1.2
        self.flow.sheet.rule(self.flow.left, self.flow.y, self.flow.right, self.flow.y, HAIR)

    def _wrapped(self, line: Line) -> tuple[float, list[list[tuple[str, Style]]]]:
        widths = [self.flow.width if line.is_spanning else width for _, width in self._places]
        cells = [
            [(text, style) for words, style in cell for text in lines_of(words, style, width)]
            for cell, width in zip(line.cells, widths, strict=True)
        ]
        return max(sum(style.leading for _, style in cell) for cell in cells) + 2 * line.pad, cells

    def _row(self, cells: list[list[tuple[str, Style]]], height: float, line: Line) -> None:
        flow = self.flow
        for cell, column, (x, width) in zip(cells, self.columns, self._places, strict=True):
            y = flow.y + line.pad
            for text, style in cell:
                base = y + style.leading * 0.76
                flow.sheet.text(
                    x + width if column.align == "right" else x, base, text, style, column.align, in_row=True
                )
                y += style.leading
        flow.y += height
        if line.is_ruled:
            flow.sheet.rule(flow.left, flow.y, flow.right, flow.y, HAIR)

    def _tall(self, cells: list[list[tuple[str, Style]]], line: Line) -> None:
        while any(cells):
            fits: list[list[tuple[str, Style]]] = []
            for cell in cells:
                room, taken = self.flow.room - 2 * line.pad, 0
                while taken < len(cell) and room >= cell[taken][1].leading:
                    room -= cell[taken][1].leading
                    taken += 1
                fits.append(cell[:taken])
                del cell[:taken]
            height = max(sum(style.leading for _, style in cell) for cell in fits) + 2 * line.pad
            self._row(fits, height, line)
            if any(cells):
                self._over()
