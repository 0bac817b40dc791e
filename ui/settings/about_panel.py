"""What this program is: its version, and what it is made of with each licence."""

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from callstation import __version__
from ui.settings.parts import PARTS
from ui.widgets import Button, Card, Label

_SAID = "about version licence license third party libraries"


class AboutPanel(Card):
    """Version at once, licences when asked for."""

    def __init__(self) -> None:
        super().__init__(padding=20)
        self.body.setSpacing(0)
        self.body.setContentsMargins(20, 20, 20, 10)
        self.body.addWidget(Label("About", "pane_title"))
        self.body.addSpacing(8)
        line = QHBoxLayout()
        line.setContentsMargins(0, 10, 0, 10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(f"Callstation {__version__}", "emphasis", selectable=True))
        words.addWidget(
            Label(
                "A call desk for account managers. Only the sync needs a network.",
                "secondary",
                "text3",
                wraps=True,
            )
        )
        line.addLayout(words, 1)
        self.toggle = Button("Third-party licences", "plain")
        self.toggle.clicked.connect(self._on_toggled)
        line.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(line)
        self.licences = QWidget()
        grid = QGridLayout(self.licences)
        grid.setContentsMargins(0, 8, 0, 4)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for row, (package, name, licence) in enumerate(PARTS):
            grid.addWidget(Label(name), row, 0)
            grid.addWidget(Label(_version(package), "body", "text3", tabular=True), row, 1)
            grid.addWidget(Label(licence, "body", "text2"), row, 2)
        self.licences.hide()
        self.body.addWidget(self.licences)

    def keep(self, typed: str) -> bool:
        """Show the card if it has to do with what is typed; whether it does."""
        is_kept = all(word in _SAID for word in typed.casefold().split())
        self.setVisible(is_kept)
        return is_kept

    def _on_toggled(self) -> None:
        self.licences.setVisible(self.licences.isHidden())
        self.toggle.set_words("Third-party licences" if self.licences.isHidden() else "Hide licences")


def _version(package: str) -> str:
    try:
        return version(package) if package else ""
    except PackageNotFoundError:  # a frozen program may come without the metadata of its parts
        return ""
