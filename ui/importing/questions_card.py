"""What only the rep can answer: how dates and amounts are meant, and whether two spellings are one account."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callstation.accounts.importing.plan import Review
from callstation.accounts.importing.preview import ListPreview, Question, QuestionKind
from ui.widgets import Button, Card, Chip, Divider, FlowLayout, Label

SHOWN = 8


class QuestionsCard(Card):
    """``answered(kind, value)`` for the whole list, ``decided(dict)`` for near matches; hidden without questions."""

    answered = Signal(object, str)
    decided = Signal(dict)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Questions")
        self._content = QWidget()
        self.body.addWidget(self._content)
        self.buttons: dict[tuple[str, str], Button] = {}
        self.hide()

    def show_preview(self, preview: ListPreview[Any], decisions: Mapping[str, str]) -> None:
        """Ask what is open; what was answered goes to the end, still to be changed."""
        asked = [one for one in preview.questions if one.kind is not QuestionKind.COLUMN]
        reviews = sorted(preview.reviews, key=lambda one: bool(one.decided or decisions.get(one.key)))
        old, self._content = self._content, QWidget()
        self.buttons = {}
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for question in asked:
            self._ask(column, question)
        if reviews:
            self._review(column, reviews, decisions, is_first=not asked)
        self.body.replaceWidget(old, self._content)
        self._content.show()
        old.hide()
        old.deleteLater()
        self.setVisible(bool(asked or reviews))

    def _ask(self, column: QVBoxLayout, question: Question) -> None:
        if column.count():
            column.addWidget(Divider())
        column.addWidget(Label(question.text, "emphasis", wraps=True))
        assumed = next((said for value, said in question.options if value == question.answer), "")
        if assumed:
            column.addWidget(Label(f"Until you answer: {assumed}.", "secondary", "text3", wraps=True))
        self._options(column, question.kind.value, question.options, "", question.kind)

    def _review(
        self, column: QVBoxLayout, reviews: list[Review], decisions: Mapping[str, str], *, is_first: bool
    ) -> None:
        if not is_first:
            column.addWidget(Divider())
        open_ones = [one for one in reviews if not (one.decided or decisions.get(one.key))]
        head = "Is it the same account?" if open_ones else "All near matches are answered"
        column.addWidget(Label(head, "pane_title"))
        if len(open_ones) > 1:
            column.addWidget(
                Label(
                    f"{len(open_ones):,} names in the list are close to one you have.", "secondary", "text2", wraps=True
                )
            )
            all_alike = Button(f"Take the likelier answer for all {len(open_ones):,}", "small")
            likelier = {one.key: one.options[0][0] for one in open_ones}
            all_alike.clicked.connect(lambda: self.decided.emit(likelier))
            self.buttons["", ""] = all_alike
            column.addWidget(all_alike)
        for one in reviews[:SHOWN]:
            column.addWidget(Divider())
            column.addWidget(Label(one.text, "body", wraps=True))
            self._options(column, one.key, one.options, one.decided or decisions.get(one.key, ""), None)
        if len(reviews) > SHOWN:
            column.addWidget(Label(f"{len(reviews) - SHOWN:,} more after these.", "secondary", "text3"))

    def _options(
        self, column: QVBoxLayout, key: str, options: tuple[tuple[str, str], ...], chosen: str,
        kind: QuestionKind | None,
    ) -> None:  # fmt: skip
        holder = QWidget()
        flow = FlowLayout(holder, spacing=6)
        for value, said in options:
            button = Button(said, "small", "check" if value == chosen else None)
            button.clicked.connect(
                lambda _=False, value=value: (
                    self.decided.emit({key: value}) if kind is None else self.answered.emit(kind, value)
                )
            )
            self.buttons[key, value] = button
            flow.addWidget(button)
        if chosen:
            flow.addWidget(Chip("Answered", "ok"))
        column.addWidget(holder)
