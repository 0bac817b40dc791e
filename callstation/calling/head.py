"""The first look at the queue: what the desk shows of it before anything heavy is imported."""

from typing import NamedTuple

from callstation.calling.queue import QueueCounts, QueuePage, counts, page
from callstation.work import Work

QUEUE_BUILT_ON = "queue_built_on"
"""The fact in the store that names the day the order was made for."""


class Head(NamedTuple):
    """The first rows, and the numbers on the tabs."""

    page: QueuePage
    counts: QueueCounts

    @property
    def first(self) -> int | None:
        """The target at the top of those that can be called now."""
        rows = (*self.page.due, *self.page.next)
        return rows[0].target_id if rows else None


def is_built(work: Work) -> bool:
    """Whether the queue was built for today."""
    found = work.row("SELECT value FROM store_fact WHERE name = ?", (QUEUE_BUILT_ON,))
    return found is not None and found[0] == work.today.isoformat()


def read_head(work: Work, *, limit: int = 50) -> Head | None:
    """The head of the queue; None where it was not built for today yet."""
    return Head(page(work, limit=limit), counts(work)) if is_built(work) else None
