"""The receipt of a sync: what went out and came in, what is left to decide, and that both sides agree."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from callstation.sync.both_sides import Count, as_facts
from callstation.work import Work
from db.stored import from_micros, to_micros

if TYPE_CHECKING:
    from callstation.sync.run import Run

KEPT = 500
"""Receipts that are kept."""
SIGN_IN = "sign_in"
"""The trouble of a receipt whose sync was refused at the door."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One sync. ``problem`` is "" for a whole one."""

    run_id: int
    started_at: datetime
    finished_at: datetime
    sent: int
    received: int
    refused: int
    conflicts: int
    requests: int
    api_used: int | None
    api_limit: int | None
    took_s: float
    problem: str
    sent_by_object: dict[str, int]
    received_by_object: dict[str, int]
    counts: tuple[Count, ...]
    waiting: int
    """Records that still wait afterwards."""
    trouble: str = ""
    """``standing.OFFLINE`` or ``SIGN_IN`` where that ended it."""

    @property
    def is_whole(self) -> bool:
        return not self.problem

    @property
    def is_balanced(self) -> bool:
        """Whether counts and sums of both sides agree."""
        return all(one.is_equal for one in self.counts)


def keep(
    work: Work,
    run: "Run",
    *,
    started_at: datetime,
    took_s: float,
    problem: str,
    counts: Sequence[Count],
    trouble: str = "",
) -> Receipt:
    """Write the receipt of a run."""
    usage = run.crm.usage
    waiting = work.row("SELECT count(*) FROM outbox_entry")
    detail = {
        "sent": run.tally.sent, "received": {name: count for name, count in run.received.items() if count},
        "counts": as_facts(counts), "waiting": int(waiting[0]) if waiting else 0,
        "trouble": trouble,
    }  # fmt: skip
    work.derive(
        "INSERT INTO sync_run (started_at, finished_at, sent, received, refused, conflicts, requests, api_used, "
        "api_limit, took_ms, problem, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            to_micros(started_at), to_micros(work.now), run.tally.total, sum(run.received.values()), run.tally.refused,
            run.conflicts, run.crm.requests, usage.used if usage else None, usage.limit if usage else None,
            round(took_s * 1000), problem, json.dumps(detail),
        ),
        told="sync_run",
    )  # fmt: skip
    work.derive("DELETE FROM sync_run WHERE id <= (SELECT max(id) FROM sync_run) - ?", (KEPT,))
    found = receipts(work, limit=1)
    return found[0]


def receipts(work: Work, *, limit: int = 50) -> list[Receipt]:
    """The last syncs, the newest first."""
    return [
        _receipt(row)
        for row in work.rows(
            "SELECT id, started_at, finished_at, sent, received, refused, conflicts, requests, api_used, api_limit, "
            "took_ms, problem, detail FROM sync_run ORDER BY id DESC LIMIT ?",
            (limit,),
        )
    ]


def sent_since(work: Work, since: datetime) -> int:
    """How many rows were accepted since a moment."""
    found = work.row("SELECT coalesce(sum(sent), 0) FROM sync_run WHERE started_at >= ?", (to_micros(since),))
    return int(found[0]) if found else 0


def last_whole_at(work: Work) -> datetime | None:
    """When the last sync ended that went through."""
    found = work.row("SELECT finished_at FROM sync_run WHERE problem = '' ORDER BY id DESC LIMIT 1")
    return None if found is None else from_micros(found[0])


def words(receipt: Receipt) -> str:
    """The receipt in one sentence."""
    parts = [f"{receipt.sent:,} sent", f"{receipt.received:,} received"]
    if receipt.refused:
        parts.append(f"{receipt.refused:,} refused")
    if receipt.conflicts:
        parts.append(f"{receipt.conflicts:,} to decide")
    requests = "1 request" if receipt.requests == 1 else f"{receipt.requests:,} requests"
    return f"{', '.join(parts)}, in {requests} and {timedelta(seconds=receipt.took_s).total_seconds():.1f} s."


def _receipt(row: tuple[Any, ...]) -> Receipt:
    detail = json.loads(row[12])
    run_id, started_at, finished_at, sent, received, refused, conflicts, requests, used, limit, took_ms, problem = row[
        :12
    ]
    return Receipt(
        run_id, from_micros(started_at), from_micros(finished_at), sent, received, refused, conflicts, requests, used,
        limit, took_ms / 1000, problem, detail.get("sent", {}), detail.get("received", {}),
        tuple(Count(**one) for one in detail.get("counts", ())), detail.get("waiting", 0),
        detail.get("trouble", ""),
    )  # fmt: skip
