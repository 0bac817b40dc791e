"""What the whitespace grid comes to: how much is eligible, and the growth that is open for it."""

from callstation.renewals.whitespace_sums import Looked
from callstation.settings import Settings
from ui import words
from ui.pipeline.looks import plural
from ui.pipeline.sums_bar import PairBar, TotalCard


class EligibleBar(PairBar):
    """Cells to sell into, and what is in the pipeline of them already."""

    def __init__(self) -> None:
        self.eligible = TotalCard("Eligible", "", "")
        self.growth = TotalCard("Growth open for it", "growth opportunity for it", "growth opportunities for it")
        super().__init__(self.eligible, self.growth)

    def show_looked(self, looked: Looked | None, settings: Settings) -> None:
        """Show what was found; None while each account is still looked at."""
        self.growth.setVisible(looked is not None)
        if looked is None:
            self.eligible.show_words("–", "Looking at each account.", "")
            return
        accounts = plural(looked.eligible_accounts, settings, "account", "accounts")
        number = words.count(looked.eligible, settings)
        self.eligible.show_words(number, f"eligible, in {accounts}", _said(looked, settings))
        self.growth.show_total(looked.growth, settings)


def _said(looked: Looked, settings: Settings) -> str:
    """How much of what is eligible is in the pipeline."""
    without = looked.eligible - looked.growth.count
    if not looked.eligible:
        return ""
    if not looked.growth.count:
        return "none of them in the pipeline yet"
    return f"{words.count(without, settings)} of them not in the pipeline yet" if without else "all in the pipeline"
