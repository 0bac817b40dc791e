"""The sum of a line, step by step, in a sheet at the side: what one reads out when they ask how it comes about."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from callstation.quotes.worksheet import PricedLine, SumStep
from callstation.settings import Settings
from ui import words
from ui.calling.wrapping import wrapped
from ui.overlay import Overlay
from ui.theme import theme
from ui.widgets import Divider, KeyBadge, Label, Scroll, paint
from ui.widgets.base import Themed, one_line

_WIDTH, _MARGIN = 420, 16


class ExplainSheet(Overlay):
    """``E`` opens it and ``E`` or Escape closes it; J and K go through the lines."""

    stepped = Signal(int)

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground, "How the price comes about", width=_WIDTH, top=_MARGIN)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = self.layout()
        assert outer is not None
        outer.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        outer.setAlignment(self.card, Qt.AlignmentFlag.AlignRight)
        body = self.card.body
        body.setContentsMargins(20, 16, 20, 16)
        head = QHBoxLayout()
        self.title, self.about = Label("", "pane_title", wraps=True), Label("", "secondary", "text2", wraps=True)
        head.addWidget(self.title, 1)
        head.addWidget(KeyBadge("J"))
        head.addWidget(KeyBadge("K"))
        head.addSpacing(8)
        head.addWidget(KeyBadge("Esc"))
        body.addLayout(head)
        body.addWidget(self.about)
        body.addSpacing(4)
        body.addWidget(Divider())
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 4, 8, 4)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.steps: list[StepLine] = []
        self.area = Scroll(inside)
        body.addWidget(self.area)
        self.foot = Label("", "secondary", "text3", wraps=True)
        body.addWidget(self.foot)

    def explain(self, line: PricedLine, total: str, currency: str, settings: Settings) -> None:
        """Open with, or go to, one line; ``total`` is the sentence about the whole quote."""
        who = f", {line.end_customer}" if line.end_customer else ""
        self.title.setText(f"{one_line(line.product)}{who}")
        about = f"{words.count(line.quantity, settings)} units, {line.multiplier_words}".rstrip(", ")
        self.about.setText(about)
        self.foot.setText(total)
        for old in self.steps:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        last = len(line.steps) - 1
        self.steps = [
            StepLine(step, currency, settings, is_last=place == last) for place, step in enumerate(line.steps)
        ]
        for place, made in enumerate(self.steps):
            self._column.insertWidget(place, made)
        if self.isHidden():
            self.open()
        self._fit_steps()
        self.setFocus()

    def _fit_steps(self) -> None:
        for step in self.steps:
            step.set_room(self.card.width() - 56)
        wanted = sum(step.height() for step in self.steps) + theme.px(12)
        self.area.setFixedHeight(max(theme.px(60), min(wanted, self.height() - theme.px(190))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed, bar = event.text().lower(), self.area.verticalScrollBar()
        scrolled = {Qt.Key.Key_PageDown: 120, Qt.Key.Key_PageUp: -120}.get(Qt.Key(event.key()))
        if typed == "e":
            self.close_overlay()
        elif typed in ("j", "k") or event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if typed == "j" or event.key() == Qt.Key.Key_Down else -1)
        elif scrolled is not None:
            bar.setValue(bar.value() + theme.px(scrolled))
        else:
            super().keyPressEvent(event)


class StepLine(Themed, QWidget):
    """A step's words at the start of a line, wrapped, and what it comes to at the end."""

    def __init__(self, step: SumStep, currency: str, settings: Settings, *, is_last: bool) -> None:
        super().__init__()
        self._words, self._is_last = one_line(step.words), is_last
        self.amount = words.money(step.amount, currency, settings) if is_last else _shown(step, settings)
        self._lines: tuple[str, ...] = ()
        self.setAccessibleName(f"{self._words}: {self.amount}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_room(self, width: int) -> None:
        """Wrap the words for a width in px."""
        font = theme.font("label" if self._is_last else "secondary", tabular=True)
        self._wide = QFontMetrics(font).horizontalAdvance(self.amount) + 2
        self._lines = wrapped(self._words, "secondary", max(theme.px(80), width - self._wide - theme.px(16)), 4)
        self.setFixedHeight(theme.px(17) * max(1, len(self._lines)) + theme.px(13))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        for number, said in enumerate(self._lines):
            at = QRect(0, px(6) + px(17) * number, self.width() - self._wide - px(16), px(17))
            ink = tokens.text if self._is_last else tokens.text2
            paint.text(painter, paint.placed(painter, whole, at), said, theme.font("secondary"), ink)
        font = theme.font("label" if self._is_last else "secondary", tabular=True)
        at = QRect(self.width() - self._wide, px(6), self._wide, px(17))
        ink, side = tokens.text, Qt.AlignmentFlag.AlignRight
        paint.text(painter, paint.placed(painter, whole, at), self.amount, font, ink, side)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("border"))


def _shown(step: SumStep, settings: Settings) -> str:
    """A sum on the way, to a ten-thousandth: it is rounded once, at the end."""
    from decimal import ROUND_HALF_UP, Decimal, localcontext

    from babel.numbers import format_decimal

    with localcontext() as context:
        context.prec, context.rounding = 40, ROUND_HALF_UP
        return format_decimal(step.amount.quantize(Decimal("0.0001")), "#,##0.00##", locale=settings.language)
