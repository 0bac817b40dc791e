"""How likely a stage is to be won: a start value, until 60 that stood in it are closed; then the rep's own rate."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from callstation.quotes.money import exact, kept
from db.vocabulary import RenewalStage

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


def win_rate(stage: RenewalStage, *, won: int, lost: int) -> WinRate:
    """The rate of a stage in which so many stood that were won or lost."""
    closed = won + lost
    if closed < ENOUGH:
        return WinRate(START[stage], closed)
    with exact():
        return WinRate(kept(Decimal(won) / closed), closed)
