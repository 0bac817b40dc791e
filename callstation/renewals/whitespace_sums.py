"""What the whitespace grid comes to under a filter: its accounts, cells by state, and the growth open for them."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from callstation.renewals.pipeline import Total, total_of
from callstation.renewals.whitespace import Market, whitespace, whitespace_count
from callstation.renewals.whitespace_filter import WHOLE_GRID, GridFilter
from callstation.work import Work
from db.vocabulary import WhitespaceState

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking at each account found."""

    account_ids: tuple[int, ...]
    """The accounts under the filter, its states among them, in the order of the grid."""
    cells: Mapping[tuple[str, WhitespaceState | None], int]
    """How many of these accounts stand how to each family that is shown."""
    eligible_accounts: int
    """How many of them are eligible for at least one."""
    growth: Total
    """The open opportunities for eligible cells."""

    @property
    def eligible(self) -> int:
        """How many cells are eligible."""
        return sum(count for (_, state), count in self.cells.items() if state is WhitespaceState.ELIGIBLE)


def look_through(work: Work, market: Market, wanted: GridFilter = WHOLE_GRID) -> Looked:
    """Look at every account under a filter; of very many, beside the window."""
    account_ids: list[int] = []
    cells: Counter[tuple[str, WhitespaceState | None]] = Counter()
    growth_ids: list[int] = []
    eligible_accounts = 0
    for offset in range(0, whitespace_count(work, wanted), CHUNK):
        for row in whitespace(work, market, wanted, offset=offset, limit=CHUNK):
            if wanted.states and not any(cell.state in wanted.states for cell in row.cells):
                continue
            account_ids.append(row.account_id)
            cells.update((cell.family, cell.state) for cell in row.cells)
            eligible = [cell for cell in row.cells if cell.state is WhitespaceState.ELIGIBLE]
            eligible_accounts += bool(eligible)
            growth_ids += [cell.growth_id for cell in eligible if cell.growth_id is not None]
    return Looked(tuple(account_ids), cells, eligible_accounts, _growth(work, growth_ids))


def _growth(work: Work, growth_ids: list[int]) -> Total:
    return total_of(
        work,
        work.rows(
            "SELECT currency, count(*), count(amount), coalesce(sum(amount), 0) FROM growth "
            "WHERE id IN (SELECT value FROM json_each(?)) GROUP BY currency",
            (json.dumps(growth_ids),),
        ),
    )
