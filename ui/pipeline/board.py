"""What the board shows of each stage: what it comes to, its first cards, and more of them on demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from callstation.renewals.board import CARDS, Column, board, cards_of
from callstation.renewals.pipeline_filter import LATELY_DAYS, Filter, Standing
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.settings import Settings
from callstation.work import Work
from db.vocabulary import RenewalStage
from ui import words
from ui.pipeline.looks import STAGES


@dataclass(frozen=True, slots=True)
class Lane:
    """One stage with the cards that are shown of it."""

    column: Column
    cards: tuple[PipelineRow, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, self.column.count - len(self.cards))


def board_filter(wanted: Filter) -> Filter:
    """On the board of what is open, what was closed lately has its columns too."""
    return replace(wanted, standing=Standing.LATELY) if wanted.standing is Standing.OPEN else wanted


def lanes(work: Work, wanted: Filter, asked: Mapping[RenewalStage, int]) -> list[Lane]:
    """The lanes under a filter; ``asked``: how many cards of a stage, where it is more than at first."""
    whole = board_filter(wanted)
    return [
        Lane(
            one, one.cards + cards_of(work, one.stage, whole, offset=len(one.cards), limit=asked[one.stage] - CARDS)
            if asked.get(one.stage, 0) > CARDS
            else one.cards,
        )
        for one in board(work, whole)
    ]  # fmt: skip


def closed_lately(shown: Sequence[Lane]) -> int:
    """How many of what is shown are closed: they stand on the board, and in no sum of what is open."""
    return sum(one.column.count for one in shown if not one.column.stage.is_open)


def head_words(column: Column, settings: Settings) -> tuple[str, str]:
    """What stands under the name of a stage: the renewals' sum, and growth apart from it."""
    renewals, growth = column.renewals, column.growth
    is_known = bool(renewals.base) or (bool(renewals.count) and not renewals.without_rate)
    first = words.money(renewals.base, settings.currency, settings, is_whole=True) if is_known else ""
    second = []
    if growth.count:
        second.append(f"+ {words.money(growth.base, settings.currency, settings, is_whole=True)} growth")
    without = sum(one.count for total in (renewals, growth) for one in total.without_rate)
    if without:
        second.append(f"{words.count(without, settings)} without a rate")
    return (first, ", ".join(second)) if first else (", ".join(second), "")


def name_words(stage: RenewalStage) -> str:
    """The name over a column; of what is closed, how far it looks back."""
    return STAGES[stage][0] if stage.is_open else f"{STAGES[stage][0]}, {LATELY_DAYS} days"
