"""What the page of the pipeline asks the book: a window of rows, the sums, the names that a filter speaks of."""

from collections.abc import Sequence

from callstation.accounts import accounts
from callstation.renewals.pipeline import pipeline_keys, pipeline_rows
from callstation.renewals.pipeline_filter import Filter
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.work import Work
from ui.tables import Order

NATURAL = "closes"
"""The order as long as no column is chosen: what is expected first."""


def window(work: Work, wanted: Filter, order: Order, offset: int, limit: int) -> Sequence[PipelineRow]:
    """One window of the table."""
    keys = pipeline_keys(
        work, wanted, order=order.key or NATURAL, is_descending=order.is_descending, offset=offset, limit=limit
    )
    return pipeline_rows(work, keys)


def name_of(work: Work, account_id: int) -> str:
    """The name of an account; "an account" where it is gone."""
    return next((row.name for row in accounts.rows(work, [account_id])), "an account")
