"""What sort of list it is, contracts or prices: as its header says, and a switch to say otherwise."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from callstation.accounts.importing.lexicon import CONTRACTS, PRICES
from callstation.accounts.importing.preview import ListPreview
from ui import actions
from ui.importing.draft import Draft
from ui.widgets import Card, KeyBadge, Label, SegmentedTabs

SORTS = (CONTRACTS.name, PRICES.name)


class SortCard(Card):
    """``chosen(name)`` is the lexicon's name of the sort that the rep says it is."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("What it is")
        head = QHBoxLayout()
        head.addWidget(Label("What it is", "pane_title"))
        head.addStretch(1)
        head.addWidget(KeyBadge(*actions.caps_of("turn_list")))
        self.body.addLayout(head)
        self.tabs = SegmentedTabs(["A list of contracts", "A price list"], "What the list is")
        self.tabs.currentChanged.connect(lambda index: self.chosen.emit(SORTS[index]))
        self.body.addWidget(self.tabs)
        self.said = Label("", "secondary", "text2", wraps=True)
        self.body.addWidget(self.said)

    def show_preview(self, preview: ListPreview[Any], draft: Draft) -> None:
        """Show what it is taken for, and why."""
        name = preview.sort.lexicon.name
        self.tabs.choose(SORTS.index(name))
        is_prices, is_known = name == PRICES.name, preview.profile.source_id is not None
        if draft.sort:
            why = "as you say"
        elif is_known:
            why = "as the last list with these columns"
        elif is_prices:
            why = "for it names products and prices, but no customers or contracts"
        else:
            why = "for its columns are not those of a price list"
        self.said.setText(f"Taken as {'a price list' if is_prices else 'a list of contracts'}, {why}.")

    def turn(self) -> None:
        """Take it as the other sort."""
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())
