"""The pipeline as a board: a column for each stage with its count and sums, and the cards of it that are in view."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from callstation.renewals.pipeline import Total, pipeline_keys, total_of
from callstation.renewals.pipeline_filter import LATELY, Filter
from callstation.renewals.pipeline_rows import PipelineRow, pipeline_rows
from callstation.renewals.pipeline_sql import parts_of
from callstation.work import Work
from db.vocabulary import RenewalStage

CARDS = 30
"""How many cards of a column are read at once."""


@dataclass(frozen=True, slots=True)
class Column:
    """One stage; the first of its cards, what closes first on top."""

    stage: RenewalStage
    renewals: Total
    growth: Total
    cards: tuple[PipelineRow, ...]

    @property
    def count(self) -> int:
        return self.renewals.count + self.growth.count


def board(work: Work, wanted: Filter = LATELY, *, cards: int = CARDS) -> tuple[Column, ...]:
    """The columns in the order of the stages, empty ones too where the filter allows their stage."""
    totals = _totals(work, wanted)
    return tuple(
        Column(
            stage, *totals.get(stage, (Total(), Total())),
            cards_of(work, stage, wanted, limit=cards) if stage in totals else (),
        )
        for stage in wanted.stages or RenewalStage
    )  # fmt: skip


def cards_of(
    work: Work, stage: RenewalStage, wanted: Filter = LATELY, *, offset: int = 0, limit: int = CARDS
) -> tuple[PipelineRow, ...]:  # fmt: skip
    """More cards of one column."""
    one = replace(wanted, stages=(stage,))
    return tuple(pipeline_rows(work, pipeline_keys(work, one, offset=offset, limit=limit)))


def _totals(work: Work, wanted: Filter) -> Mapping[RenewalStage, tuple[Total, Total]]:
    found: dict[str, tuple[dict[str, list[int]], dict[str, list[int]]]] = {}
    for part in parts_of(work, wanted):
        for stage, currency, *figures in work.rows(
            "SELECT x.stage, x.currency, count(*), count(x.amount), coalesce(sum(x.amount), 0) "
            f"FROM {part.source()} GROUP BY x.stage, x.currency",
            part.values,
        ):
            known = found.setdefault(stage, ({}, {}))[part.side.is_growth].setdefault(currency, [0, 0, 0])
            known[:] = [one + more for one, more in zip(known, figures, strict=True)]
    return {
        RenewalStage(stage): (
            total_of(work, [(one, *figures) for one, figures in renewals.items()]),
            total_of(work, [(one, *figures) for one, figures in growth.items()]),
        )
        for stage, (renewals, growth) in found.items()
    }
