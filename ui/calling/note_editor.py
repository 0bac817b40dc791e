"""The note of the call: plain text, kept while it is typed, with snippets at the caret."""

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from ui.theme import theme
from ui.widgets.base import Themed

KEPT_AFTER_MS = 500
LONGEST_NOTE = 20_000


class NoteEditor(Themed, QTextEdit):
    """``kept`` asks to save 500 ms after the last key; ``left`` tells that Escape was pressed."""

    kept = Signal()
    left = Signal()
    snippet_typed = Signal(str)
    """What follows the ``;`` at the caret, as it is typed."""
    snippet_left = Signal()
    snippet_moved = Signal(int)
    snippet_taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAccessibleName("Note")
        self.setPlaceholderText("Type while you talk. Type ; for a snippet.")
        self.setStyleSheet("QTextEdit, QTextEdit:focus { background: transparent; border: 0; padding: 0; }")
        self.document().setDocumentMargin(0)
        self._snippet_at: int | None = None
        self._is_filled_in = False
        self._keep = QTimer(self, singleShot=True, interval=KEPT_AFTER_MS)
        self._keep.timeout.connect(self.kept)
        self.textChanged.connect(self._on_changed)
        self.restyle()

    # -- text ------------------------------------------------------------------------------------------------------

    def fill_in(self, text: str) -> None:
        """Show the note of another account; nothing of the one before can be brought back by Ctrl+Z."""
        if text == self.toPlainText() and not self.document().isUndoAvailable():
            return
        self._is_filled_in = True
        self._keep.stop()
        self.setPlainText(text)
        self._space_lines()
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._is_filled_in = False
        self.close_snippets()

    @property
    def is_unsaved(self) -> bool:
        """Whether keys were pressed since ``kept`` was last told."""
        return self._keep.isActive()

    def rest(self) -> None:
        """What is typed has been saved by other means."""
        self._keep.stop()

    def insert_snippet(self, text: str) -> None:
        """Put words in place of the ``;`` and what follows it, or at the caret; one step for Ctrl+Z."""
        cursor = self.textCursor()
        if self._snippet_at is not None:
            end = cursor.position()
            cursor.setPosition(self._snippet_at)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self.setTextCursor(cursor)
        self.close_snippets()

    def begin_snippet(self) -> None:
        """Open the snippets as a typed ``;`` does."""
        cursor = self.textCursor()
        self._snippet_at = cursor.position()
        cursor.insertText(";")
        self.setTextCursor(cursor)
        self.snippet_typed.emit("")

    def close_snippets(self) -> None:
        """Leave what was typed as it is."""
        if self._snippet_at is not None:
            self._snippet_at = None
            self.snippet_left.emit()

    def _on_changed(self) -> None:
        if self._is_filled_in:
            return
        if len(self.toPlainText()) > LONGEST_NOTE:
            self.textCursor().deletePreviousChar()
        self._keep.start()
        self._tell_snippet()

    def _tell_snippet(self) -> None:
        if self._snippet_at is None:
            return
        typed, end = self.toPlainText(), self.textCursor().position()
        word = typed[self._snippet_at + 1 : end]
        if end <= self._snippet_at or typed[self._snippet_at : self._snippet_at + 1] != ";" or word[:1] in (" ", ";"):
            self.close_snippets()
        else:
            self.snippet_typed.emit(word)

    # -- keys ------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # Ctrl+Z is the note's own while there is typing to take back, and the desk's afterwards
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.document().isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        is_open = self._snippet_at is not None
        if is_open and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.snippet_moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif is_open and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.snippet_taken.emit()
        elif key == Qt.Key.Key_Escape:
            if is_open:
                self.close_snippets()
            else:
                self.left.emit()
        elif event.text() == ";" and not is_open and not self._is_in_word():
            self.begin_snippet()
        else:
            super().keyPressEvent(event)

    def _is_in_word(self) -> bool:
        """Whether a letter stands right before the caret, where a ``;`` is punctuation."""
        at = self.textCursor().position()
        return at > 0 and not self.toPlainText()[at - 1 : at].isspace()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_snippets()
        super().focusOutEvent(event)
        self._keep.stop()
        self.kept.emit()

    # -- looks and safety ------------------------------------------------------------------------------------------

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None  # nothing that is typed or pasted is ever fetched

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text()[:LONGEST_NOTE])

    def _space_lines(self) -> None:
        spaced = QTextBlockFormat()
        spaced.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)

    def restyle(self) -> None:
        self.setFont(theme.font("body"))
