"""Why an account stands where it stands: the parts of its score as bars and words, and what would move it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from callstation.calling.ranking_words import Part
from callstation.calling.why import Why
from ui.calling.wrapping import wrapped
from ui.overlay import Overlay
from ui.theme import theme
from ui.widgets import Divider, KeyBadge, Label, paint
from ui.widgets.base import Themed

ROWS = 8


class WhySheet(Overlay):
    """``W`` opens it and ``W`` or Escape closes it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page, "Why here?", width=520, top=72)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = self.card.body
        body.setContentsMargins(24, 16, 24, 20)
        head = QHBoxLayout()
        self.title, self.total = Label("", "pane_title", wraps=True), Label("", "account", tabular=True)
        head.addWidget(self.title, 1)
        head.addWidget(self.total)
        head.addWidget(Label("of 100", "secondary", "text3"))
        head.addSpacing(8)
        head.addWidget(KeyBadge("Esc"))
        self.parts = [PartRow() for _ in range(ROWS)]
        self.moves = Label("", "body", "text2", wraps=True)
        body.addLayout(head)
        body.addSpacing(4)
        for row in self.parts:
            body.addWidget(row)
        self._line = Divider()
        body.addWidget(self._line)
        body.addSpacing(4)
        body.addWidget(self.moves)

    def explain(self, account: str, why: Why) -> None:
        """Open with the reasons for one account."""
        self.title.setText(f"Why {account} is here")
        self.total.setText(f"{why.total:.0f}")
        parts = sorted(why.parts, key=lambda part: -part.points)[:ROWS]
        for place, row in enumerate(self.parts):
            row.setVisible(place < len(parts))
            if place < len(parts):
                row.show_part(parts[place])
        self.moves.setText(why.moves)
        for widget in (self._line, self.moves):
            widget.setVisible(bool(why.moves))
        self.open()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().lower() == "w":
            self.close_overlay()
        else:
            super().keyPressEvent(event)


class PartRow(Themed, QWidget):
    """A part's name, its bar, its points of its weight, and the reason in words."""

    def __init__(self) -> None:
        super().__init__()
        self._part: Part | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_part(self, part: Part) -> None:
        """Show another part."""
        self._part = part
        self.setAccessibleName(f"{part.name}: {part.points:.1f} of {part.weight:.0f} points. {part.why}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        part = self._part
        if part is None:
            return
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        side, line = px(150), px(19)
        name, bar = QRect(0, 0, side, line), QRect(side, px(7), px(160), px(6))
        points = QRect(self.width() - px(90), 0, px(90), line)
        is_nothing = part.points < 0.05
        ink = tokens.text3 if is_nothing else tokens.text
        label = part.name.replace("_", " ").capitalize()
        paint.text(painter, paint.placed(painter, whole, name), label, theme.font("label"), ink)
        paint.box(painter, paint.placed(painter, whole, bar), 3, tokens.mute.bg)
        share = min(1.0, part.points / part.weight) if part.weight else 0.0
        if share > 0:
            filled = QRect(bar.left(), bar.top(), max(px(6), round(bar.width() * share)), bar.height())
            paint.box(painter, paint.placed(painter, whole, filled), 3, tokens.accent)
        shown, right = f"{part.points:.1f} of {part.weight:.0f}", Qt.AlignmentFlag.AlignRight
        font = theme.font("secondary", tabular=True)
        paint.text(painter, paint.placed(painter, whole, points), shown, font, tokens.text2, right)
        why = QRect(0, line, self.width(), px(18))
        said = next(iter(wrapped(part.why, "secondary", why.width(), 1)), "")
        paint.text(painter, paint.placed(painter, whole, why), said, theme.font("secondary"), tokens.text3)
