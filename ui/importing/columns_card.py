"""Which column of the list is which field, why we think so, and a way to say otherwise."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.mapping import Choice, Origin
from callstation.accounts.importing.preview import Column, ListPreview
from ui.tokens import Kind
from ui.widgets import Button, Card, Chip, ElidedLabel, Label, Select

NOT_THERE = "Not in this list"
SURE = 0.85


class ColumnsCard(Card):
    """``chosen(Field, header or None)`` when the rep says which column it is."""

    chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Columns")
        head = QHBoxLayout()
        head.addWidget(Label("Columns", "pane_title"))
        head.addStretch(1)
        self.unused = Label("", "secondary", "text3", tabular=True)
        head.addWidget(self.unused)
        self.body.addLayout(head)
        self._rows = QWidget()
        self.body.addWidget(self._rows)
        self.more = Button("Other fields", "text")
        self.more.clicked.connect(self._on_more)
        self.body.addWidget(self.more)
        self._preview: ListPreview[Any] | None = None
        self._shows_all = False
        self.choices: dict[Field, Select] = {}

    def show_preview(self, preview: ListPreview[Any]) -> None:
        """Show how a list is understood; the choice in focus keeps it."""
        self._preview = preview
        focused = next((item for item, choice in self.choices.items() if choice.hasFocus()), None)
        self._fill()
        if focused in self.choices:
            self.choices[focused].setFocus()

    def _on_more(self) -> None:
        self._shows_all = not self._shows_all
        self.more.set_words("Fewer fields" if self._shows_all else "Other fields")
        self._fill()

    def _fill(self) -> None:
        preview = self._preview
        if preview is None:
            return
        columns = preview.columns
        unused = [column.header for column in columns if column.field is None]
        self.unused.setText(f"{len(unused)} of {len(columns)} not used" if unused else "all used")
        old, self._rows = self._rows, QWidget()
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.choices = {}
        lexicon = preview.sort.lexicon
        always = (*lexicon.usual, lexicon.money)
        shown = [item for item in lexicon.words if item in preview.mapping or item in always]
        shown += [item for item in lexicon.words if item not in shown] if self._shows_all else []
        by_place = {choice.column: column for choice, column in _pairs(preview, columns)}
        for row, item in enumerate(shown):
            self._add(grid, row, preview, item, by_place, [column.header for column in columns])
        self.body.replaceWidget(old, self._rows)
        self._rows.show()
        old.hide()
        old.deleteLater()

    def _add(
        self, grid: QGridLayout, row: int, preview: ListPreview[Any], item: Field, by_place: dict[int, Column],
        headers: list[str],
    ) -> None:  # fmt: skip
        choice = preview.mapping.get(item)
        name = QVBoxLayout()
        name.setSpacing(0)
        name.setContentsMargins(0, 6, 0, 6)
        name.addWidget(Label(item.label, "label"))
        select = self.choices[item] = Select(f"Column of {item.label}")
        select.addItem(NOT_THERE)
        select.addItems(headers)
        select.setCurrentIndex(0 if choice is None else choice.column + 1)
        select.setMinimumContentsLength(8)
        select.activated.connect(
            lambda index, item=item: self.chosen.emit(item, None if index == 0 else headers[index - 1])
        )
        words, kind = _confidence(preview, item, choice)
        samples = by_place[choice.column].samples if choice is not None and choice.column in by_place else ()
        middle = QVBoxLayout()
        middle.setSpacing(2)
        middle.setContentsMargins(0, 4, 0, 4)
        middle.addWidget(select)
        if samples:
            middle.addWidget(ElidedLabel(" · ".join(samples), "secondary", "text3"))
        grid.addLayout(name, row, 0)
        grid.addLayout(middle, row, 1)
        chip = Chip(words, kind)
        grid.addWidget(chip, row, 2)


def _pairs(preview: ListPreview[Any], columns: tuple[Column, ...]) -> list[tuple[Choice, Column]]:
    return [(choice, columns[choice.column]) for choice in preview.mapping.values()]


def _confidence(preview: ListPreview[Any], item: Field, choice: Choice | None) -> tuple[str, Kind]:
    """How sure the column is, in one word and a colour."""
    lexicon = preview.sort.lexicon
    if choice is None:
        is_needed = item in lexicon.required and bool(lexicon.missing(preview.mapping, (item,)))
        return ("Needed", "bad") if is_needed else ("None", "mute")
    if choice.origin is Origin.TOLD:
        return "Your choice", "info"
    if choice.origin is Origin.REMEMBERED:
        return "Remembered", "info"
    if choice.confidence >= SURE:
        return "Sure", "ok"
    return f"Check, {choice.confidence:.0%}", "warn"
