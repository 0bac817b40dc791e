"""How likely a stage is to be won: a start value, until 60 that stood in it are closed; then the rep's own rate."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from callstation.quotes.money import exact, kept
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
_OVER = ("won", "lost")


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


def learn(work: Work, day: int) -> None:
    """Count what was won or lost by a snapshot's rows for each stage it had stood in before; ``day`` as stored.

    One that is opened again, or is no longer in the book, is counted no longer.
    """
    moved = work.rows(
        "SELECT r.is_growth, r.opportunity_id, iif(r.is_gone, '', r.stage), iif(p.is_gone, '', p.stage) "
        "FROM snapshot_row r CROSS JOIN snapshot_row p ON p.is_growth = r.is_growth "
        "AND p.opportunity_id = r.opportunity_id AND p.taken_on = (SELECT max(n.taken_on) FROM snapshot_row n "
        "WHERE n.is_growth = r.is_growth AND n.opportunity_id = r.opportunity_id AND n.taken_on < r.taken_on) "
        f"WHERE r.taken_on = ? AND (r.stage IN {_OVER} OR p.stage IN {_OVER})",
        (day,),
    )
    if not moved:
        return
    counts = _counts(work)
    for is_growth, opportunity_id, now, was in moved:
        stood = work.rows(
            f"SELECT DISTINCT stage FROM snapshot_row WHERE is_growth = ? AND opportunity_id = ? AND taken_on < ? "
            f"AND stage NOT IN {_OVER}",
            (is_growth, opportunity_id, day),
        )
        for (stage,) in stood:
            of = counts.setdefault(_name(bool(is_growth), stage), [0, 0])
            for over, by in ((was, -1), (now, 1)):
                if over in _OVER:
                    of[_OVER.index(over)] = max(0, of[_OVER.index(over)] + by)
    work.derive("INSERT OR REPLACE INTO store_fact (name, value) VALUES (?, ?)", (FACT, json.dumps(counts)))


def _counts(work: Work) -> dict[str, list[int]]:
    found = work.row("SELECT value FROM store_fact WHERE name = ?", (FACT,))
    return {} if found is None else json.loads(found[0])


def _name(is_growth: bool, stage: str) -> str:
    return f"{'growth' if is_growth else 'renewal'} {stage}"
