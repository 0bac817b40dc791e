"""The note with its heading, its snippets as buttons, and the word that it is saved."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from callstation.calling.notes import Snippet
from ui import actions
from ui.calling.note_editor import NoteEditor
from ui.calling.snippet_popup import SnippetPopup
from ui.widgets import Button, Card, KeyBadge, Label

BUTTONS = 3


class NoteCard(Card):
    """``edited`` tells that keys were pressed; ``kept`` that it is time to save."""

    edited = Signal()
    kept = Signal()
    left = Signal()

    def __init__(self, page: QWidget, expand: Callable[[str], str]) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Note")
        self.body.setContentsMargins(20, 14, 16, 12)
        self._expand = expand
        self._snippets: Sequence[Snippet] = ()
        self.editor, self.popup = NoteEditor(), SnippetPopup(page)
        self.saved = Label("", "secondary", "text3")
        self.buttons = [Button("", "small") for _ in range(BUTTONS)]
        head = QHBoxLayout()
        head.addWidget(Label("Note", "emphasis"))
        head.addStretch(1)
        head.addWidget(Label("Focus", "secondary", "text3"))
        head.addWidget(KeyBadge(*actions.caps_of("note")))
        foot = QHBoxLayout()
        foot.setSpacing(6)
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, place=place: self._insert(self._snippets[place].text))
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.saved)
        self.body.addLayout(head)
        self.body.addWidget(self.editor, 1)
        self.body.addLayout(foot)
        editor = self.editor
        editor.textChanged.connect(self._on_changed)
        editor.kept.connect(self.kept)
        editor.left.connect(self.left)
        editor.snippet_typed.connect(self._on_snippet)
        editor.snippet_left.connect(self.popup.hide)
        editor.snippet_moved.connect(self.popup.move_by)
        editor.snippet_taken.connect(self.popup.take)
        self.popup.taken.connect(self._insert)

    def show_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Offer these; the first few are buttons."""
        self._snippets = snippets
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(snippets))
            if place < len(snippets):
                button.set_words(snippets[place].name)
                button.setToolTip("")

    def fill_in(self, text: str) -> None:
        """Show the note of another account."""
        self.editor.fill_in(text)
        self.saved.setText("Saved" if text else "")

    def say_saved(self) -> None:
        """The note is on disk."""
        self.editor.rest()
        self.saved.setText("Saved" if self.editor.toPlainText() else "")

    def begin_snippet(self) -> None:
        """Open the snippets at the caret."""
        self.editor.setFocus()
        self.editor.begin_snippet()

    @property
    def text(self) -> str:
        """The note as typed."""
        return self.editor.toPlainText()

    def _insert(self, text: str) -> None:
        self.editor.insert_snippet(self._expand(text))

    def _on_changed(self) -> None:
        if self.editor.is_unsaved:
            self.saved.setText("")
            self.edited.emit()

    def _on_snippet(self, typed: str) -> None:
        page, at = self.popup.page, self.editor.cursorRect()
        origin = self.editor.viewport().mapTo(page, QPoint(at.left(), at.top()))
        if not self.popup.show_matching(self._snippets, typed, QRect(origin, at.size())) and typed:
            self.editor.close_snippets()
