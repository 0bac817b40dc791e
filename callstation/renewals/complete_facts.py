"""What each open opportunity lacks, read by the rules of ``completeness``: for the sync and for lists of changes."""

import json
from collections.abc import Iterable

from callstation.renewals.completeness import Gap
from callstation.renewals.pipeline_sql import GROWTH, RENEWALS, gap_sql
from callstation.work import Work


def gaps_of(work: Work, ids: Iterable[int], *, is_growth: bool) -> dict[int, tuple[Gap, ...]]:
    """The id of each of these open opportunities that lacks something to what it lacks; none for what is closed."""
    side = GROWTH if is_growth else RENEWALS
    tests = gap_sql(work, side)
    missing = ", ".join(tests[gap] for gap in Gap)
    found = {}
    for opportunity_id, *said in work.rows(
        f"SELECT x.id, {missing} FROM {side.table} x WHERE x.id IN (SELECT value FROM json_each(?)) "
        "AND x.closed_at IS NULL",
        (json.dumps(list(ids)),),
    ):
        gaps = tuple(gap for gap, is_missing in zip(Gap, said, strict=True) if is_missing)
        if gaps:
            found[opportunity_id] = gaps
    return found
