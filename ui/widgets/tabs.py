"""Segmented tabs with counts: one choice among a few lists."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line


class SegmentedTabs(Themed, QTabBar):
    """A QTabBar drawn as one sunken control; ``currentChanged(int)`` tells the choice."""

    def __init__(self, labels: list[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = [one_line(label) for label in labels]
        self._counts: list[int | None] = [None] * len(labels)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setDrawBase(False)
        self.setExpanding(True)
        self.setUsesScrollButtons(False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for label in self._labels:
            self.addTab(doubled(label))

    def set_labels(self, labels: list[str]) -> None:
        """Show other tabs, without telling of it; the first is the one chosen."""
        shown = [one_line(label) for label in labels]
        if shown == self._labels:
            return
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        self._labels, self._counts = shown, [None] * len(shown)
        for label in shown:
            self.addTab(doubled(label))
        self.blockSignals(False)
        self.updateGeometry()
        self.update()

    def choose(self, index: int) -> None:
        """Make a tab the chosen one without telling of it."""
        self.blockSignals(True)
        self.setCurrentIndex(index)
        self.blockSignals(False)
        self.update()

    def set_count(self, index: int, count: int | None) -> None:
        """Show a count behind the label of one tab, or none."""
        if self._counts[index] != count:
            self._counts[index] = count
            shown = self._labels[index] if count is None else f"{self._labels[index]} {count:,}"
            self.setTabText(index, doubled(shown))
            self.update()

    def tabSizeHint(self, index: int) -> QSize:
        every = max(1, self.count())
        return QSize(self.width() // every, theme.px(30))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(theme.px(40), theme.px(30))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("label", tabular=True))
        wide = sum(metrics.horizontalAdvance(self.tabText(i)) + theme.px(24) for i in range(self.count()))
        return QSize(wide, theme.px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(56) * self.count(), theme.px(30))

    def segment(self, index: int) -> QRect:
        """Where tab ``index`` lies, in reading direction."""
        every = max(1, self.count())
        left, right = self.width() * index // every, self.width() * (index + 1) // every
        rect = QRect(left, 0, right - left, self.height())
        if self.isRightToLeft():
            rect.moveLeft(self.width() - right)
        return rect

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px = paint.on(self), theme.tokens, theme.px
        is_plain = tokens.name != "high_contrast"
        paint.box(painter, self.rect(), 6, tokens.sunken, tokens.border)
        for index, label in enumerate(self._labels):
            at, is_current = self.segment(index), index == self.currentIndex()
            if is_current:
                fill = tokens.mute.bg if tokens.is_dark and is_plain else tokens.surface
                inset = at.adjusted(2, 2, -2, -2)
                paint.box(painter, inset, 5, fill, tokens.border if is_plain else tokens.strong)
            font = theme.font("label" if is_current else "secondary", tabular=True)
            metrics, count = QFontMetrics(font), self._counts[index]
            shown = "" if count is None else f"{count:,}"
            wide, gap = metrics.horizontalAdvance(label) + 1, px(6) if shown else 0
            count_wide = metrics.horizontalAdvance(shown) + 1 if shown else 0
            start = at.left() + max(px(6), (at.width() - wide - gap - count_wide) // 2)
            label_at = QRect(start, 0, min(wide, at.width() - px(12) - gap - count_wide), at.height())
            count_at = QRect(label_at.right() + 1 + gap, 0, count_wide, at.height())
            colour = tokens.text if is_current else tokens.text2
            paint.text(painter, paint.placed(painter, at, label_at), label, font, colour)
            if shown:
                paint.text(painter, paint.placed(painter, at, count_at), shown, font, colour)
            if is_current and self.hasFocus():
                paint.ring(painter, at.adjusted(1, 1, -1, -1), 6)

    def restyle(self) -> None:
        self.setFixedHeight(theme.px(30))
        self.updateGeometry()
