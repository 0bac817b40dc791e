"""What the tests of every screen share: hostile words, and a walk over all widgets that take the focus."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

HOSTILE = (
    "<img src='file:///etc/passwd'><b>bold</b>",
    "AT&T & <Acme> &amp;",
    "\u202egnirts\u202c \u05e9\u05dc\u05d5\u05dd \u0639\u0627\u0644\u0645",
    "=1+1",
    "x" * 10_000,
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ünï",
    "two\nlines\r\nthree\u2028four\x00five",
    "",
)


def widgets(root: QWidget) -> Iterator[QWidget]:
    """A widget and everything inside it."""
    yield root
    yield from root.findChildren(QWidget)


def nameless(root: QWidget) -> list[str]:
    """Widgets one can reach by Tab that a screen reader could not name; lists that drop down count once they do."""
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in widgets(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and (widget.window() is root.window() or widget.window().isVisible())
        and not widget.objectName().startswith("qt_")
    ]


def rich(root: QWidget) -> list[str]:
    """Labels that would read their words as markup."""
    return [
        label.text()[:60]
        for label in root.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText and not label.objectName().startswith("qt_")
    ]
