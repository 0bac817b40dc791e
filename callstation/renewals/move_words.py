"""A move of the bridge in words: from where to where, and worth what."""

from collections.abc import Mapping
from types import MappingProxyType

from callstation.calling.clock_words import date_words
from callstation.quotes.money import show
from callstation.renewals.amounts import units_amount
from callstation.renewals.bridge import LineKind, Move
from callstation.renewals.measures import LABELS, Measure
from callstation.renewals.state import State
from db.vocabulary import RenewalStage

STAGES: Mapping[RenewalStage, str] = MappingProxyType(
    {
        RenewalStage.NOT_STARTED: "not started",
        RenewalStage.CONTACTED: "contacted",
        RenewalStage.QUOTED: "quoted",
        RenewalStage.VERBAL_YES: "verbal yes",
        RenewalStage.ORDER_PROMISED: "order promised",
        RenewalStage.AT_RISK: "at risk",
        RenewalStage.WON: "won",
        RenewalStage.LOST: "lost",
        RenewalStage.LAPSED: "lapsed",
    }
)


def move_words(move: Move) -> str:
    """What became of an opportunity: "Commit to Closed, won; 15 Dec 2026 to 20 Nov 2026"; every change of it."""
    before, after = move.before, move.after
    if before is None or after is None:
        state = after or before
        assert state is not None
        what = "came into the book" if before is None else "no longer in the book"
        return f"{what}: {_worth(state)}, {_category(state)}, {date_words(state.close_on)}"
    said = []
    if before.category is not after.category:
        said.append(f"{_category(before)} to {_category(after)}")
    if before.stage is not after.stage and (move.kind is LineKind.LOST or after.stage is RenewalStage.WON or not said):
        said.append(STAGES[after.stage])
    if before.close_on != after.close_on:
        said.append(f"{date_words(before.close_on)} to {date_words(after.close_on)}")
    if (before.units, before.currency) != (after.units, after.currency):
        said.append(f"{_worth(before)} to {_worth(after)}")
    return "; ".join(said)


def _worth(state: State) -> str:
    return "no amount" if state.units is None else show(units_amount(state.units), state.currency)


def _category(state: State) -> str:
    return LABELS[Measure(state.category.value)]
