"""Text flowing down the pages: paragraphs that break well, blocks that stay together, the top of each new page."""

from collections.abc import Callable
from dataclasses import dataclass, field

from callstation.documents.layout.sheet import Sheet
from callstation.documents.layout.text import Style, lines_of, width_of


@dataclass
class Flow:
    """Where the next thing goes: ``y`` is how far down the page in hand is filled, in points."""

    sheet: Sheet
    left: float
    width: float
    y: float
    bottom: float
    next_top: float
    on_page: Callable[[], None] = field(default=lambda: None)
    """Draws what a page after the first begins with."""
    turns: bool = False
    """The language runs from right to left."""

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def room(self) -> float:
        """Points that are left on the page in hand."""
        return self.bottom - self.y

    def new_page(self) -> None:
        self.sheet.new_page()
        self.y = self.next_top
        self.on_page()

    def keep(self, height: float) -> None:
        """Go on to the next page unless so much fits on this one."""
        if self.room < height and self.y > self.next_top:
            self.new_page()

    def space(self, height: float) -> None:
        """White space, none at the top of a page."""
        if self.y > self.next_top:
            self.y += height

    def paragraph(self, text: str, style: Style, *, after: float = 0.0, indent: float = 0.0) -> None:
        """Lines of text; never one alone at the foot or the head of a page. A bullet hangs."""
        hang = indent
        if text.startswith("• "):
            hang, text = indent + width_of("•  ", style), text[2:]
        room = self.width * 0.9 if self.turns else self.width  # all of such a line is set in the wider face
        lines = lines_of(text, style, room - hang)
        for number, line in enumerate(lines):
            left = len(lines) - number
            together = 2 if (number == 0 and left > 1) or left == 2 else 1
            self.keep(together * style.leading)
            base = self.y + style.leading * 0.76
            if hang > indent and number == 0:
                self.line(self.left + indent, base, "•", style)
            self.line(self.left + hang, base, line, style)
            self.y += style.leading
        self.y += after

    def line(self, x: float, base: float, text: str, style: Style) -> None:
        """One line, from the side its language begins at."""
        if self.turns:
            self.sheet.text(self.right - (x - self.left), base, text, style, "right", turns=True)
        else:
            self.sheet.text(x, base, text, style)

    def height_of(self, text: str, style: Style) -> float:
        """How high a paragraph will be."""
        return len(lines_of(text, style, self.width)) * style.leading
