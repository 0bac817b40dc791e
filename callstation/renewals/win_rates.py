"""How likely a stage is to be won: a start value, until 60 that stood in it are closed; then the rep's own rate."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from callstation.quotes.money import exact, kept
from callstation.renewals.state import Key, State
from callstation.work import Work
from db.vocabulary import RenewalStage

FACT = "stage_win_rates"
ENOUGH = 60
START: Mapping[RenewalStage, Decimal] = MappingProxyType(
    {
        RenewalStage.NOT_STARTED: Decimal("0.70"),
        RenewalStage.CONTACTED: Decimal("0.80"),
        RenewalStage.QUOTED: Decimal("0.80"),
        RenewalStage.VERBAL_YES: Decimal("0.90"),
        RenewalStage.ORDER_PROMISED: Decimal("0.95"),
        RenewalStage.AT_RISK: Decimal("0.40"),
        RenewalStage.LAPSED: Decimal(0),  # the trade names none
    }
)
"""trade.md, "Pipeline, forecast, retention"."""
_OVER = (RenewalStage.WON, RenewalStage.LOST)


@dataclass(frozen=True, slots=True)
class WinRate:
    """The share of a stage that is won, 0 to 1."""

    share: Decimal
    closed: int
    """Won or lost that had stood in the stage, as far as snapshots tell."""

    @property
    def is_own(self) -> bool:
        """Whether it is the rep's own, or still the start value."""
        return self.closed >= ENOUGH


WinRates = Mapping[tuple[bool, RenewalStage], WinRate]
"""By whether it is growth, and the stage."""


def win_rates(work: Work) -> WinRates:
    """The rate of every stage that is open, renewals and growth apart."""
    counts = _counts(work)
    found = {}
    for is_growth in (False, True):
        for stage, start in START.items():
            won, lost = counts.get(_name(is_growth, stage), (0, 0))
            closed = won + lost
            with exact():
                share = kept(Decimal(won) / closed) if closed >= ENOUGH else start
            found[is_growth, stage] = WinRate(share, closed)
    return found


def learn(work: Work, changes: Iterable[tuple[Key, State | None, State | None]]) -> None:
    """Count what was won or lost since the last snapshot for each stage it had stood in; before its rows are written.

    One that is opened again is counted no longer.
    """
    counts = _counts(work)
    is_other = False
    for key, before, after in changes:
        was, now = _over(before), _over(after)
        if was is now or before is None:
            continue
        is_other = True
        stood = work.rows(
            "SELECT DISTINCT stage FROM snapshot_row WHERE is_growth = ? AND opportunity_id = ? "
            "AND stage NOT IN ('won', 'lost')",
            (int(key.is_growth), key.opportunity_id),
        )
        for (stage,) in stood:
            of = counts.setdefault(_name(key.is_growth, stage), [0, 0])
            for over, by in ((was, -1), (now, 1)):
                if over is not None:
                    at = _OVER.index(over)
                    of[at] = max(0, of[at] + by)
    if is_other:
        work.derive("INSERT OR REPLACE INTO store_fact (name, value) VALUES (?, ?)", (FACT, json.dumps(counts)))


def _over(state: State | None) -> RenewalStage | None:
    return state.stage if state is not None and state.stage in _OVER else None


def _counts(work: Work) -> dict[str, list[int]]:
    found = work.row("SELECT value FROM store_fact WHERE name = ?", (FACT,))
    return {} if found is None else json.loads(found[0])


def _name(is_growth: bool, stage: str) -> str:
    return f"{'growth' if is_growth else 'renewal'} {stage}"
