"""Charts on paper: the same shapes as in the window, drawn with the fonts and the few operators of a page."""

from callstation.documents.layout.sheet import Sheet
from callstation.documents.layout.text import GREY, INK, Colour, Style, width_of
from callstation.reports.chart import Chart, Tone
from callstation.reports.geometry import lay_out
from callstation.reports.shapes import Drawing, Mark, RuleKind, Words

TEXT = Style(7.5, 9.5, colour=GREY, is_tabular=True)
WHITE: Colour = (1, 1, 1)
_GRID: Colour = (0.88, 0.89, 0.91)
_TONES: dict[Tone, Colour] = {
    Tone.ACCENT: (0.17, 0.35, 0.85), Tone.SOFT: (0.58, 0.67, 0.93), Tone.OK: (0.05, 0.47, 0.29),
    Tone.WARN: (0.80, 0.62, 0.10), Tone.BAD: (0.64, 0.16, 0.11), Tone.MUTE: (0.62, 0.65, 0.70),
}  # fmt: skip


def chart_on(sheet: Sheet, chart: Chart, x: float, y: float, width: float, height: float) -> None:
    """Draw a chart with its upper left corner at (x, y), in points."""
    made = lay_out(chart, width, height, measure=lambda text: width_of(text, TEXT), line=TEXT.leading)
    for rule in (one for one in made.rules if one.kind is not RuleKind.GOAL):
        colour = _GRID if rule.kind is RuleKind.GRID else GREY
        sheet.rule(x + rule.x, y + rule.y, x + rule.to_x, y + rule.to_y, colour, 0.4)
    for path in made.paths:
        for (from_x, from_y), (to_x, to_y) in zip(path.places, path.places[1:], strict=False):
            sheet.rule(x + from_x, y + from_y, x + to_x, y + to_y, _TONES[path.tone], 1.2)
    for mark in made.marks:
        _mark(sheet, mark, x, y)
    for rule in made.goals:
        sheet.rule(x + rule.x, y + rule.y, x + rule.to_x, y + rule.to_y, INK, 1.2)
    for box, _, tone in made.swatches:
        sheet.box(x + box.x, y + box.y, box.width, box.height, _TONES[tone])
    for words in made.words:
        _words(sheet, words, made, x, y)


def _mark(sheet: Sheet, mark: Mark, x: float, y: float) -> None:
    box = mark.box
    if mark.strength is None:
        for from_x, from_y, to_x, to_y in (
            (box.x, box.y, box.right, box.y), (box.x, box.bottom, box.right, box.bottom),
            (box.x, box.y, box.x, box.bottom), (box.right, box.y, box.right, box.bottom),
        ):  # fmt: skip
            sheet.rule(x + from_x, y + from_y, x + to_x, y + to_y, _GRID, 0.4)
    elif box.height > 0:  # nought is no line of colour; what is next to nothing is
        sheet.box(x + box.x, y + box.y, box.width, max(box.height, 0.6), _ground(mark))


def _words(sheet: Sheet, words: Words, made: Drawing, x: float, y: float) -> None:
    mark = made.mark_of(words.on) if words.on is not None else None
    colour = INK if words.role == "value" else GREY
    start, end = words.span(lambda text: width_of(text, TEXT))
    if mark is not None:
        r, g, b = _ground(mark)
        colour = INK if 0.3 * r + 0.59 * g + 0.11 * b > 0.55 else WHITE
    elif words.role == "value":  # no line of the grid runs through a number
        sheet.box(x + start - 0.5, y + words.y - 3.5, end - start + 1, 7, WHITE)
    sheet.text(x + start, y + words.y + TEXT.size * 0.36, words.text, TEXT.but(colour=colour), in_row=True)


def _ground(mark: Mark) -> Colour:
    if mark.is_dot or mark.strength is None:
        return _TONES[mark.tone]
    share = 1.0 if mark.strength >= 1 else 0.08 + 0.92 * mark.strength
    r, g, b = (share * part + 1 - share for part in _TONES[mark.tone])
    return r, g, b
