"""What the opportunity in hand says: whose category it is, who with whom, what is missing and which key mends it."""

from PySide6.QtWidgets import QWidget

from callstation.renewals.completeness import WORDS, Gap
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.settings import Settings
from ui import words
from ui.pipeline import looks
from ui.pipeline.key_strip import KeyStrip, row_of
from ui.widgets import Chip, FlowLayout, KeyBadge, Label

_KEYS = (
    ("pipeline_stage", "Stage"), ("pipeline_category", "Category"), ("pipeline_date", "Date"),
    ("pipeline_step", "Next step"), ("pipeline_amount", "Amount"), ("pipeline_open", "On the desk"),
)  # fmt: skip


class PipelineStrip(KeyStrip):
    """The opportunity in hand."""

    def __init__(self) -> None:
        super().__init__("The opportunity in hand", _KEYS)
        self._gaps = QWidget()
        self._flow = FlowLayout(self._gaps, spacing=6)
        self.body.insertWidget(self.body.indexOf(self.foot), self._gaps)

    def show_row(self, row: PipelineRow, marked: int, settings: Settings) -> None:
        """Show another opportunity, or how many are marked instead of it."""
        if marked:
            self.title.setText(f"{looks.plural(marked, settings)} marked")
            self.chip.set_chip("The keys change all of them", "info", "list-checks")
            self.about.setText(f"In hand: {row.account}. Esc takes the marks off.")
        else:
            self.title.setText(f"{row.account} · {looks.what_of(row)}")
            words_of, kind = looks.STAGES[row.stage]
            self.chip.set_chip(words_of, kind)
            self.about.setText(". ".join(_about(row, settings)))
        self._show_gaps(() if marked else row.gaps, is_open=row.is_open and not marked)

    def _show_gaps(self, gaps: tuple[Gap, ...], *, is_open: bool) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown: list[QWidget] = []
        if gaps:
            shown.append(Chip("Incomplete", "warn", "triangle-alert"))
        elif is_open:
            shown.append(Chip("Complete", "ok", "circle-check"))
        for gap in gaps:
            key, mend = looks.MENDS[gap]
            shown.append(_gap(WORDS[gap], key, mend))
        for widget in shown:
            self._flow.addWidget(widget)
            widget.show()
        self._gaps.setVisible(bool(shown))


def _gap(said: str, key: str, mend: str) -> QWidget:
    return row_of(Label(said, "secondary", "warn"), KeyBadge(key), Label(mend, "secondary", "text3"))


def _about(row: PipelineRow, settings: Settings) -> list[str]:
    parts = [f"{looks.CATEGORIES[row.category]}, {looks.picked_words(row, settings)}"]
    if row.amount is not None and row.currency != settings.currency:
        base = words.money(row.base, settings.currency, settings)
        parts.append(f"{words.money(row.amount, row.currency, settings)} is {base or 'without a rate'}")
    if row.ordered_months is not None and row.amount is not None:
        parts.append(f"{words.money(row.amount, row.currency, settings)} for {looks.term_of(row)}")
    parts.append(f"With {row.contact}" if row.contact else "Nobody named")
    if row.partner:
        parts.append(f"Through {row.partner}")
    silence = looks.silence_of(row)
    parts.append(
        "Never spoken" if silence == "never" else f"Last spoken {silence}{' ago' if silence != 'today' else ''}"
    )
    if row.slips:
        parts.append("Slipped once" if row.slips == 1 else f"Slipped {row.slips} times")
    if row.quote_status is not None:
        parts.append(f"Quote {row.quote} {looks.QUOTES[row.quote_status]}")
    if row.next_step:
        parts.append(f"Next: {row.next_step}")
    return parts
