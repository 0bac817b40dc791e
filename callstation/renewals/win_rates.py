"""The rep's own win rate of each stage, counted as snapshots see what stood in it being won or lost."""

import json

from callstation.renewals.likelihood import START, WinRates, win_rate
from callstation.work import Work

FACT = "stage_win_rates"
_OVER = ("won", "lost")


def win_rates(work: Work) -> WinRates:
    """The rate of every stage that is open, renewals and growth apart."""
    counts = _counts(work)
    found = {}
    for is_growth in (False, True):
        for stage in START:
            won, lost = counts.get(_name(is_growth, stage), (0, 0))
            found[is_growth, stage] = win_rate(stage, won=won, lost=lost)
    return found


def learn(work: Work, day: int, last: str) -> None:
    """Count what was won or lost by a snapshot's rows for each stage it had stood in before.

    ``day`` as stored; ``last``: the table of the rows that were the last before. One that is opened again, or is no
    longer in the book, is counted no longer.
    """
    moved = work.rows(
        "SELECT r.is_growth, r.opportunity_id, iif(r.is_gone, '', r.stage), iif(p.is_gone, '', p.stage) "
        f"FROM {last} p CROSS JOIN snapshot_row r ON r.taken_on = ? AND r.is_growth = p.is_growth "
        f"AND r.opportunity_id = p.opportunity_id WHERE r.stage IN {_OVER} OR p.stage IN {_OVER}",
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
