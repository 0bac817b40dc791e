"""What the list is narrowed to, as chips that take themselves off, and the saved filters with their digits."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import actions
from ui.pipeline.filter_words import Part
from ui.pipeline.key_strip import row_of
from ui.theme import Role, theme
from ui.widgets import Button, FlowLayout, KeyBadge, Label
from ui.widgets.base import one_line

_LONGEST = 40


class FilterBar(QWidget):
    """``narrowed(Filter)`` for a chip that was taken off, ``recalled(place)`` for a saved filter, from 1.

    ``wanted(action id)`` for the buttons that take every chip off, and that save the filter.
    """

    narrowed = Signal(object)
    recalled = Signal(int)
    wanted = Signal(str)

    def __init__(self, whole: str = "Everything open", *, is_kept: bool = True) -> None:
        """``whole``: what stands there where nothing is narrowed; ``is_kept``: filters can be saved."""
        super().__init__()
        self._whole, self._is_kept = whole, is_kept
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._flow = FlowLayout(self, spacing=6)
        self._is_compact = False
        self._shown: tuple[object, ...] | None = None
        self.chips: list[Button] = []
        self.saved: list[Button] = []

    def show_filter(self, parts: Sequence[Part[Any]], saved: Sequence[tuple[str, bool]] = ()) -> None:
        """``saved``: names, and whether that one is the filter of now."""
        shown = (tuple(parts), tuple(saved), theme.tokens.name, theme.text_size)
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        self.chips = [self._chip(part) for part in parts]
        self.saved = [self._name(place, *one) for place, one in enumerate(saved[:9], 1)]
        if not parts:
            self._put(_line(self._whole, "secondary", "text2"))
        for chip in self.chips:
            self._put(chip)
        if parts:
            self._put(self._key("pipeline_zero", "Take all off"))
        if parts and self._is_kept and not any(is_current for _, is_current in saved):
            self._put(self._key("pipeline_save", "Save"))
        if self.saved:
            self._put(_line("Saved", "label", "text3"))
        for place, button in enumerate(self.saved, 1):
            self._put(row_of(button, KeyBadge(str(place))))
        self._fit()

    def be_compact(self, is_compact: bool) -> None:
        """Stand only where there is something to take off or to recall."""
        self._is_compact = is_compact
        self._fit()

    def _fit(self) -> None:
        self.setVisible(not self._is_compact or bool(self.chips) or bool(self.saved))
        self.updateGeometry()

    def _chip(self, part: Part[Any]) -> Button:
        words = one_line(part.words)[:_LONGEST]
        button = Button(words, "small", "x")
        button.setAccessibleName(f"Take off the filter: {words}")
        button.clicked.connect(lambda _=False: self.narrowed.emit(part.without))
        return button

    def _name(self, place: int, name: str, is_current: bool) -> Button:
        button = Button(one_line(name)[:_LONGEST], "small", "check" if is_current else None)
        button.setAccessibleName(f"Saved filter {button.words}{', shown now' if is_current else ''}")
        button.clicked.connect(lambda _=False: self.recalled.emit(place))
        return button

    def _key(self, action_id: str, words: str) -> QWidget:
        button = Button(words, "text")
        button.clicked.connect(lambda _=False: self.wanted.emit(action_id))
        return row_of(button, KeyBadge(*actions.caps_of(action_id)))

    def _put(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _line(words: str, role: Role, tone: str) -> Label:
    made = Label(words, role, tone)
    made.setFixedHeight(theme.px(26))
    return made
