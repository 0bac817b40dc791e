"""Growth as the CRM is to have it: an opportunity of its own beside those of the renewals."""

from collections.abc import Iterator, Sequence

from callstation.sync.context import Context
from callstation.sync.records import PRODUCTS_MAKE, Record, closed_day, marks
from callstation.work import Work
from db.vocabulary import SyncEntity

LONGEST_NAME = 120


def read_growth(work: Work, ids: Sequence[int], context: Context) -> Iterator[Record]:
    """The growth with these ids, as ``local.read_records`` gives it."""
    for row in work.rows(
        "SELECT x.id, x.uid, x.crm_id, a.id, a.name, a.crm_id, x.stage, x.amount, x.currency, x.close_on, "
        f"x.closed_at, x.next_step, x.category, x.title, x.kind, {PRODUCTS_MAKE} "
        "FROM growth x JOIN account a ON a.id = x.account_id "
        f"WHERE x.id IN ({marks(ids)})"
    ):
        stage, closed_at = row[6], row[10]
        values = {
            "stage": stage, "amount": row[7], "currency": row[8],
            "close_on": closed_day(context, stage, closed_at) or row[9], "next_step": row[11], "category": row[12],
            "account": row[5], "title": row[13][:LONGEST_NAME], "kind": row[14], "products_make": row[15],
        }  # fmt: skip
        needs = () if row[5] else ((SyncEntity.ACCOUNT, row[3]),)
        yield Record(SyncEntity.GROWTH, row[0], row[1], row[2], row[3], row[4], values, needs)
