"""What stages, categories, kinds and gaps are called on the page of the pipeline, and how they look."""

from datetime import datetime
from decimal import Decimal

from callstation.calling.outcomes import LOSS_REASONS
from callstation.quotes.months import months_words
from callstation.renewals.completeness import WORDS, Gap
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.settings import Settings
from db.vocabulary import ForecastCategory, GrowthKind, QuoteStatus, RenewalStage
from ui import words
from ui.tokens import Kind

STAGES: dict[RenewalStage, tuple[str, Kind]] = {
    RenewalStage.NOT_STARTED: ("Not started", "mute"),
    RenewalStage.CONTACTED: ("Contacted", "mute"),
    RenewalStage.QUOTED: ("Quoted", "info"),
    RenewalStage.VERBAL_YES: ("Verbal yes", "ok"),
    RenewalStage.ORDER_PROMISED: ("Order promised", "ok"),
    RenewalStage.AT_RISK: ("At risk", "warn"),
    RenewalStage.WON: ("Won", "ok"),
    RenewalStage.LOST: ("Lost", "bad"),
    RenewalStage.LAPSED: ("Lapsed", "bad"),
}
CATEGORIES: dict[ForecastCategory, str] = {
    ForecastCategory.PIPELINE: "Pipeline",
    ForecastCategory.BEST_CASE: "Best case",
    ForecastCategory.MOST_LIKELY: "Most likely",
    ForecastCategory.COMMIT: "Commit",
    ForecastCategory.OMITTED: "Omitted",
    ForecastCategory.CLOSED: "Closed",
}
PICKABLE = tuple(one for one in CATEGORIES if one is not ForecastCategory.CLOSED)
"""What a rep may pick: closed is what a won stage brings."""
KINDS: dict[GrowthKind, str] = {
    GrowthKind.CROSS_SELL: "Cross-sell", GrowthKind.ADD_ON: "Add-on", GrowthKind.UPGRADE: "Upgrade",
}  # fmt: skip
QUOTES: dict[QuoteStatus, str] = {one: one.value.replace("_", " ") for one in QuoteStatus}
MENDS: dict[Gap, tuple[str, str]] = {
    Gap.NEXT_STEP: ("N", "write it"), Gap.CONTACT: ("P", "name someone"), Gap.AMOUNT: ("A", "type it"),
    Gap.DATE: ("D", "move it"), Gap.NOTES: ("↵", "call, and note it"),
}  # fmt: skip
"""The key that mends each gap, and what it does."""
_SHORT: dict[Gap, str] = {
    Gap.NEXT_STEP: "step", Gap.CONTACT: "contact", Gap.AMOUNT: "amount", Gap.DATE: "date", Gap.NOTES: "note",
}  # fmt: skip
LONG_SILENCE = 30
"""Days without a two-way contact from which on silence is told in colour."""


def stage_of(row: PipelineRow) -> str:
    """The stage in words."""
    return STAGES[row.stage][0]


def category_of(row: PipelineRow) -> str:
    """The category in words, with whose it is: "Commit, picked"."""
    return f"{CATEGORIES[row.category]}, picked" if row.is_picked else CATEGORIES[row.category]


def title_of(row: PipelineRow) -> str:
    """What it is about in short: "Cross-sell: Mail Archive", or a renewal's products, else its number."""
    if row.kind is None:
        return row.title or row.number
    return f"{KINDS[row.kind]}: {row.title.removesuffix(f' for {row.account}')}"  # who it is for stands beside it


def what_of(row: PipelineRow) -> str:
    """The same, with the number of a renewal's contract, and the term of growth that is not for a year."""
    if row.kind is None and row.title and row.number:
        return f"{row.title} · {row.number}"
    return title_of(row) if row.term_months in (None, 12) else f"{title_of(row)} · {term_of(row)}"


def term_of(row: PipelineRow) -> str:
    """What the amount of growth, or of an accepted quote, is for: "3 years", "27.3 months"."""
    months = row.term_months or row.ordered_months or Decimal(12)
    return months_words(int(months)) if months == int(months) else f"{months:.1f} months"


def amount_of(row: PipelineRow, settings: Settings) -> str | None:
    """The amount in its own currency; None where there is none."""
    return words.money(row.amount, row.currency, settings) or None


def silence_of(row: PipelineRow) -> str:
    """Days since both sides spoke: "12 d", "today", "never"."""
    if row.silent_days is None:
        return "never"
    return "today" if row.silent_days <= 0 else f"{row.silent_days:,} d"


def slips_of(row: PipelineRow) -> str | None:
    """How often it moved to a later month; None for never."""
    return f"{row.slips}×" if row.slips else None


def gaps_of(row: PipelineRow) -> str | None:
    """What is missing in a word each: "step, note", "step, contact +2"; None where nothing is."""
    rest = f" +{len(row.gaps) - 2}" if len(row.gaps) > 2 else ""
    return ", ".join(_SHORT[gap] for gap in row.gaps[:2]) + rest or None


def picked_words(row: PipelineRow, settings: Settings) -> str:
    """Whose category it is: "picked by Dana Cole on 21 Nov 2026, 3:04 PM", or what suggests it."""
    if not row.is_open:
        return f"as {STAGES[row.stage][0].lower()} brings it"
    if not row.is_picked:
        return _suggested_by(row, settings)
    by = row.picked_by or "someone"
    if row.picked_at is None:
        return f"picked by {by}"
    return f"picked by {by} on {_day(row.picked_at, settings)}, {words.clock(row.picked_at, settings)}"


def _suggested_by(row: PipelineRow, settings: Settings) -> str:
    """A yes on a call or to a quote suggests more than the stage alone: "suggested by the call on 3 Nov 2026"."""
    if row.category is row.suggested:
        return f"suggested by the stage “{STAGES[row.stage][0]}”"
    said, accepted = row.said_yes_at, row.accepted_at
    if said is not None and (accepted is None or said <= accepted):
        return f"suggested by the call on {_day(said, settings)}"
    if accepted is not None:
        return f"suggested by the yes to {row.quote} on {_day(accepted, settings)}"
    return "suggested, not picked"  # such as by Salesforce


def _day(at: datetime, settings: Settings) -> str:
    on = at.astimezone(settings.zone).date()
    return f"{words.day(on, on, settings)} {on.year}"


def plural(count: int, settings: Settings, one: str = "opportunity", many: str = "opportunities") -> str:
    """ "1 opportunity", "1,204 opportunities"."""
    return f"{words.count(count, settings)} {one if count == 1 else many}"


def is_long_silent(row: PipelineRow) -> bool:
    """Whether both sides spoke once, and not for long."""
    return row.is_open and row.silent_days is not None and row.silent_days > LONG_SILENCE


def card_chip(row: PipelineRow) -> tuple[str, Kind, str | None] | None:
    """What a card must say: a date that has passed, silence, a slip, your pick; None where nothing must be said."""
    if Gap.DATE in row.gaps:
        return "Overdue", "warn", "alarm-clock"
    if is_long_silent(row):
        return f"Silent {silence_of(row)}", "warn", None
    if row.slips and row.is_open:
        return f"Slipped {row.slips}×", "warn", None
    return (CATEGORIES[row.category], "mute", "pencil") if row.is_picked and row.is_open else None


def card_words(row: PipelineRow) -> tuple[str, str]:
    """What a card says where nothing must be said: the next step, else what is missing; and its tone.

    Of what is closed: why it was lost, or what it was.
    """
    if not row.is_open:
        return LOSS_REASONS[row.loss_reason] if row.loss_reason else title_of(row), "text2"
    if row.next_step:
        return row.next_step, "text2"
    rest = f" +{len(row.gaps) - 1}" if len(row.gaps) > 1 else ""
    return (f"{WORDS[row.gaps[0]].capitalize()}{rest}", "text3") if row.gaps else (CATEGORIES[row.category], "text2")
