"""The head of a page of the pipeline: its name, how much it shows, where it is narrowed, and the views."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.widgets import KeyBadge, Label, SearchField, SegmentedTabs

VIEWS = ("Table", "Board", "Whitespace")


class Head(QHBoxLayout):
    """``keys`` turn to the other views."""

    def __init__(self, title: str, prompt: str, keys: tuple[str, ...]) -> None:
        super().__init__()
        self.said = Label("", "body", "text2", tabular=True)
        self.search = SearchField(prompt)
        self.tabs = SegmentedTabs(list(VIEWS), "How the pipeline is shown")
        self.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(Label(title, "account"))
        told.addWidget(self.said)
        self.addLayout(told, 3)
        self.addWidget(self.search, 4)
        self.addWidget(self.tabs, 3)
        for key in keys:
            self.addWidget(KeyBadge(key))
