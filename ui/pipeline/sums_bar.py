"""What all that is filtered comes to: renewals and growth side by side, in the own currency and in each one's."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.renewals.pipeline import Sums, Total
from callstation.settings import Settings
from ui import words
from ui.pipeline.looks import plural
from ui.widgets import Card, ElidedLabel, Label


class TotalCard(Card):
    """A figure with what it is; in words also for a screen reader."""

    def __init__(self, name: str, one: str, many: str) -> None:
        super().__init__(padding=12)
        self.body.setContentsMargins(16, 8, 16, 8)
        self._name, self._one, self._many = name, one, many
        row = QHBoxLayout()
        row.setSpacing(12)
        self.number = Label("", "number", tabular=True)
        told = QVBoxLayout()
        told.setSpacing(0)
        self.count, self.parts = ElidedLabel("", "label", tabular=True), ElidedLabel("", "secondary", tabular=True)
        told.addWidget(self.count)
        told.addWidget(self.parts)
        row.addWidget(self.number)
        row.addLayout(told, 1)
        self.body.addLayout(row)

    def show_total(self, total: Total, settings: Settings) -> None:
        """Show what some opportunities come to."""
        is_unknown = not total.base and bool(total.without_rate)
        number = "–" if is_unknown else words.money(total.base, settings.currency, settings, is_whole=True)
        said, is_short = currency_words(total, settings)
        self.show_words(number, f"in {plural(total.count, settings, self._one, self._many)}", said)
        self.parts.set_tone("warn" if is_short else "text2")

    def show_words(self, number: str, count: str, said: str) -> None:
        """Show a figure, what it is, and what there is to say of it."""
        self.number.setText(number)
        self.count.setText(count)
        self.parts.setText(said)
        self.parts.set_tone("text2")
        self.parts.setVisible(bool(said))
        self.setAccessibleName(f"{self._name}: {self.number.text()} {self.count.text()}. {said}")

    def be_compact(self, is_compact: bool) -> None:
        """Give less height to it."""
        edge = 2 if is_compact else 8
        self.body.setContentsMargins(12, edge, 12, edge)


def currency_words(total: Total, settings: Settings) -> tuple[str, bool]:
    """The originals in words, and whether the sum leaves something out.

    "$4,100 + €1,000; not in it, for there is no rate: ¥900 in 3; 2 without an amount".
    """
    own = settings.currency
    valued = [one for one in total.by_currency if one.base is not None]
    said: list[str] = []
    if len(valued) > 1 or (valued and valued[0].currency != own):
        said.append(" + ".join(words.money(one.amount, one.currency, settings, is_whole=True) for one in valued))
    if total.without_rate:
        apart = " + ".join(
            f"{words.money(one.amount, one.currency, settings, is_whole=True)} in {words.count(one.count, settings)}"
            for one in total.without_rate
        )
        said.append(f"not in it, for there is no rate: {apart}")
    if total.unvalued:
        said.append(f"{words.count(total.unvalued, settings)} without an amount")
    return "; ".join(said), bool(total.without_rate)


class PairBar(QWidget):
    """Two cards side by side."""

    def __init__(self, first: TotalCard, second: TotalCard) -> None:
        super().__init__()
        self._cards = (first, second)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(first, 3)
        row.addWidget(second, 2)

    def be_compact(self, is_compact: bool) -> None:
        """Give less height to it."""
        for card in self._cards:
            card.be_compact(is_compact)


class SumsBar(PairBar):
    """Renewals and growth, never added up."""

    def __init__(self) -> None:
        self.renewals = TotalCard("Renewals", "renewal", "renewals")
        self.growth = TotalCard("Growth beyond them", "growth opportunity", "growth opportunities")
        super().__init__(self.renewals, self.growth)

    def show_sums(self, sums: Sums, settings: Settings) -> None:
        """Show other sums."""
        self.renewals.show_total(sums.renewals, settings)
        self.growth.show_total(sums.growth, settings)
