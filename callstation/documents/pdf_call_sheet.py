"""A call sheet as PDF: one page, never more; what does not fit is counted ("and 5 more")."""

from collections.abc import Sequence

from callstation.documents.data import Data
from callstation.documents.labels import Labels, labels_of
from callstation.documents.layout.faces import SEMIBOLD
from callstation.documents.layout.finish import finished
from callstation.documents.layout.head import LABEL, SMALL, colour_of
from callstation.documents.layout.look import CELL, CELL_STRONG, FIGURE, NOTE
from callstation.documents.layout.sheet import MM, Sheet
from callstation.documents.layout.text import GREY, Style, lines_of, width_of
from callstation.documents.values import Day, Number, Row, Value, day_in_figures, in_words

NAME = Style(18, 22, SEMIBOLD)
HEAD = Style(9.5, 13, SEMIBOLD)
LEFT = 20 * MM
GAP = 8 * MM
LEAST_NOTES = 50 * MM
"""Points at the foot that stay white for writing."""
RULE = (0.88, 0.89, 0.91)


def call_sheet_pages(data: Data) -> bytes:
    """The file of a call sheet."""
    page = _Page(data, Sheet(data.paper), labels_of(data.locale))
    page.head()
    page.contracts()
    page.columns()
    page.notes()
    return finished(page.sheet, data, has_foot=False)


class _Page:
    def __init__(self, data: Data, sheet: Sheet, labels: Labels) -> None:
        self.data, self.sheet, self.labels = data, sheet, labels
        self.right, self.foot = sheet.width - LEFT, sheet.height - 20 * MM
        self.colour = colour_of(data.sender)
        self.y = 0.0

    def head(self) -> None:
        """Whom, where, how much, and the day."""
        sheet, call, locale = self.sheet, self.data.group("call"), self.data.locale
        sheet.box(0, 0, sheet.width, 2.2 * MM, self.colour)
        sheet.text(self.right, 16 * MM, in_words(Day(self.data.made_on), locale), SMALL, "right")
        name = str(self.data.group("account")["name"])
        sheet.shortened(LEFT, 18 * MM, name, NAME, self.right - LEFT - 110)
        sheet.bookmark(self.data.title, 18 * MM - NAME.size)
        facts = [_text(call.get("contact")), _text(call.get("place")), _text(call.get("zone")).replace("_", " ")]
        if call.get("value") is not None:
            facts.append(in_words(call["value"], locale))
        self.sheet.shortened(LEFT, 24 * MM, " · ".join(fact for fact in facts if fact), CELL, self.right - LEFT)
        self.y = 29 * MM

    def contracts(self) -> None:
        """What ends when, at most a third of the page."""
        rows, labels, locale = self.data.lines, self.labels, self.data.locale
        if not rows:
            return
        self._heading(labels["contracts"], LEFT, self.right)
        value = max(24.0, *(width_of(in_words(row["value"], locale), FIGURE) for row in rows))
        days_at = self.right - value - 14
        end_at, quantity_at = days_at - 44, days_at - 116
        number = min(110.0, max(width_of(_text(row["contract"]), CELL) for row in rows) + 2)
        step, most = 13.0, int((self.sheet.height * 0.33) // 13)
        shown = rows if len(rows) <= most else rows[: most - 1]
        for row in shown:
            base = self.y + 9
            end = row["ends_on"]
            assert isinstance(end, Day)
            what = " · ".join(part for part in (_text(row["customer"]), _text(row["products"])) if part)
            self.sheet.shortened(LEFT, base, _text(row["contract"]), CELL, number)
            x = LEFT + number + 10
            self.sheet.shortened(x, base, what or labels["not_known"], CELL, quantity_at - 34 - x)
            quantity = in_words(row["quantity"], locale)
            self.sheet.text(quantity_at, base, quantity, FIGURE, "right")
            self.sheet.text(end_at, base, day_in_figures(end.on, locale), FIGURE, "right")
            left = row["days_left"]
            assert isinstance(left, Number)
            days = labels["ended"] if left.value < 0 else labels["in_days"].format(days=in_words(left, locale))
            self.sheet.text(days_at, base, days, FIGURE.but(colour=GREY), "right")
            self.sheet.text(self.right, base, in_words(row["value"], locale) or "–", FIGURE, "right")
            self.y += step
        self._more(len(rows) - len(shown), LEFT)
        self.y += 8

    def columns(self) -> None:
        """People, what is open and the last contacts beside what to say."""
        top, middle = self.y, LEFT + (self.right - LEFT) * 0.56
        end = self.foot - LEAST_NOTES
        labels = self.labels
        people = [
            (f"{row['name']}", _joined(row, "role", "numbers", "email")) for row in self.data.rows.get("people", ())
        ]
        opened = [(_text(row["title"]), _text(row["words"])) for row in self.data.rows.get("open", ())]
        past = [(self._past(row), _text(row["words"])) for row in self.data.rows.get("history", ())]
        blocks = [(labels["people"], people), (labels["open_items"], opened), (labels["history"], past)]
        wanted = [block for block in blocks if block[1]]
        for number, (title, entries) in enumerate(wanted):
            share = (end - self.y) / (len(wanted) - number)  # what one list leaves is the next one's
            self._list(title, entries, LEFT, middle - GAP, self.y + share)
        left_end, self.y = self.y, top
        talk = [("", _text(row["words"])) for row in self.data.rows.get("talk", ())]
        if talk:
            self._list(labels["talk_track"], talk, middle, self.right, end, is_ticked=True)
        self.y = max(left_end, self.y)

    def notes(self) -> None:
        """Lines to write on, down to the foot."""
        self.y += 4
        self._heading(self.labels["notes"], LEFT, self.right)
        self.y += 14
        while self.y <= self.foot - 6:
            self.sheet.rule(LEFT, self.y, self.right, self.y, RULE, 0.4)
            self.y += 18

    def _past(self, row: Row) -> str:
        day = row["day"]
        assert isinstance(day, Day)
        return f"{day_in_figures(day.on, self.data.locale)}  {row['title']}"

    def _heading(self, words: str, x: float, right: float) -> None:
        self.sheet.text(x, self.y + 9, words, HEAD.but(colour=self.colour), in_row=True)
        self.y += 13
        self.sheet.rule(x, self.y, right, self.y, self.colour, 0.6)
        self.y += 4

    def _list(
        self,
        title: str,
        entries: Sequence[tuple[str, str]],
        x: float,
        right: float,
        end: float,
        *,
        is_ticked: bool = False,
    ) -> None:
        """As many entries as fit above ``end``, and how many more there are."""
        self._heading(title, x, right)
        indent = 14.0 if is_ticked else 0.0
        for number, (name, words) in enumerate(entries):
            style = CELL if is_ticked else NOTE
            lines = lines_of(words, style, right - x - indent)[:4] if words else ()
            height = (CELL_STRONG.leading if name else 0.0) + len(lines) * style.leading + 4
            needs_more = LABEL.leading + 2 if number < len(entries) - 1 else 0.0
            if self.y + height + needs_more > end:
                self._more(len(entries) - number, x)
                break
            if is_ticked:
                self._box(x, self.y + 2)
            if name:
                self.sheet.shortened(x, self.y + 9, name, CELL_STRONG, right - x)
                self.y += CELL_STRONG.leading
            for line in lines:
                self.sheet.text(x + indent, self.y + style.leading * 0.76, line, style, in_row=True)
                self.y += style.leading
            self.y += 4
        self.y += 6

    def _box(self, x: float, y: float) -> None:
        for from_x, from_y, to_x, to_y in ((0, 0, 8, 0), (8, 0, 8, 8), (8, 8, 0, 8), (0, 8, 0, 0)):
            self.sheet.rule(x + from_x, y + from_y, x + to_x, y + to_y, GREY, 0.6)

    def _more(self, count: int, x: float) -> None:
        if count > 0:
            self.sheet.text(x, self.y + 8, self.labels["more"].format(count=count), NOTE, in_row=True)
            self.y += LABEL.leading + 2


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _joined(row: Row, *names: str) -> str:
    return " · ".join(_text(row[name]) for name in names if row[name])
