"""The columns of the pipeline's table, and which of them stay where there is little room."""

from collections.abc import Callable
from datetime import date

from callstation.renewals.pipeline_rows import Key, PipelineRow
from callstation.settings import Settings
from db.vocabulary import ForecastCategory
from ui import words
from ui.pipeline import looks
from ui.tables import Column
from ui.tokens import Kind

NARROW = ("", "Account", "Stage", "Category", "Amount", "Closes", "Missing")
MIDDLE = (*NARROW, "Next step", "Silent")
"""What is shown where there is little room, and where there is some more."""
SORTS = ("closes", "account", "stage", "category", "amount", "contact", "slips", "gaps", "next_step", "title")
"""The orders that the key goes through."""
_CHIPS: dict[ForecastCategory, Kind] = {
    ForecastCategory.COMMIT: "ok", ForecastCategory.MOST_LIKELY: "info", ForecastCategory.BEST_CASE: "info",
    ForecastCategory.PIPELINE: "mute", ForecastCategory.OMITTED: "mute", ForecastCategory.CLOSED: "ok",
}  # fmt: skip


def pipeline_columns(
    settings: Callable[[], Settings], today: Callable[[], date], is_marked: Callable[[Key], bool]
) -> list[Column[PipelineRow]]:
    """The mark, who, what, how far, how sure, how much, when, what next, and what is not as it should be."""

    def silence_tone(row: PipelineRow) -> str:
        is_long = row.silent_days is None or row.silent_days > looks.LONG_SILENCE
        return "warn" if row.is_open and is_long else "text2"

    def day_tone(row: PipelineRow) -> str:
        return "bad" if row.is_open and row.close_on < today() else "text"

    return [
        Column("", lambda row: "✓" if is_marked(row.key) else None, width=36, role="emphasis", tone="accent_text"),
        Column("Account", lambda row: row.account, width=0, sort="account", role="emphasis"),
        Column("What", looks.title_of, width=0, sort="title", role="secondary", tone="text2"),
        Column("Stage", looks.stage_of, width=124, sort="stage", chip=lambda row: (looks.STAGES[row.stage][1], None)),
        Column("Category", lambda row: looks.CATEGORIES[row.category], width=118, sort="category",
               chip=lambda row: (_CHIPS[row.category], "pencil" if row.is_picked else None)),
        Column("Amount", lambda row: looks.amount_of(row, settings()), width=108, sort="amount", align="right",
               role="emphasis", is_tabular=True),
        Column("Closes", lambda row: words.day(row.close_on, today(), settings()), width=112, sort="closes",
               align="right", tone=day_tone, is_tabular=True),
        Column("Next step", lambda row: row.next_step or None, width=0, sort="next_step", role="secondary"),
        Column("Silent", looks.silence_of, width=64, sort="contact", align="right", role="secondary",
               tone=silence_tone, is_tabular=True),
        Column("Slips", looks.slips_of, width=60, sort="slips", align="right", role="secondary", tone="warn",
               is_tabular=True),
        Column("Missing", looks.gaps_of, width=120, sort="gaps", role="secondary", tone="text2"),
    ]  # fmt: skip
