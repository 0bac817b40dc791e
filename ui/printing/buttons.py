"""The buttons of a page's head that print it and export its table, each with its key."""

from ui.keyed_buttons import KeyedButtons

LEAST_WIDE = 1180
"""A page that is less wide leaves them to the sheet of keys; px at 100 %."""
_NAMES = (("print_page", "Print"), ("export_table", "Export"))


class PrintButtons(KeyedButtons):
    """On the pages that print and export."""

    def __init__(self) -> None:
        super().__init__(_NAMES, 6)

    def fit(self, wide: int) -> None:
        """Stand there where a page of a width has room; px at 100 %."""
        self.setVisible(wide >= LEAST_WIDE)
