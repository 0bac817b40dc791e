"""The whitespace grid, account by product family: a window of it, what the rep marks, and growth made from a cell."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callstation.errors import UserError
from callstation.renewals.growth import make_growth
from callstation.renewals.pipeline_rows import Key
from callstation.renewals.whitespace_filter import WHOLE_GRID, GridFilter
from callstation.renewals.whitespace_read import Market, read_accounts, read_market, read_marks
from callstation.renewals.whitespace_rules import Family, judge
from callstation.work import Work
from db.nouns import Growth, WhitespaceMark
from db.vocabulary import GrowthKind, WhitespaceState

__all__ = [
    "Cell", "Family", "GridRow", "Market", "clear_mark", "grow_from_cell", "mark_cell", "read_market", "whitespace",
    "whitespace_count", "whitespace_of",
]  # fmt: skip

MARKS = (WhitespaceState.COMPETITOR, WhitespaceState.NOT_ELIGIBLE)
"""What can be marked; all else follows from the contracts."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How an account stands to a family, and why."""

    family: str
    state: WhitespaceState | None
    """None where nothing speaks for it."""
    reason: str
    is_marked: bool
    growth_id: int | None
    """The open opportunity for it."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One account; a cell for each family that is shown, in the order of the market."""

    account_id: int
    account: str
    segment: str
    partner: str
    cells: tuple[Cell, ...]


def whitespace(
    work: Work, market: Market, wanted: GridFilter = WHOLE_GRID, *, offset: int = 0, limit: int = 100
) -> tuple[GridRow, ...]:  # fmt: skip
    """One window of the grid, customers by name, under a filter but for its states: for them each account must be
    looked at (``whitespace_sums.look_through``).
    """
    where, values = wanted.where()
    rows = work.rows(
        f"SELECT a.id, a.name FROM account a WHERE {where} ORDER BY a.name_key, a.id LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return _judged(work, market, wanted.columns(market), dict(rows))


def whitespace_of(
    work: Work, market: Market, account_ids: Sequence[int], wanted: GridFilter = WHOLE_GRID
) -> tuple[GridRow, ...]:  # fmt: skip
    """The rows of these accounts, in their order, with the columns of a filter; without what is gone."""
    names = dict(
        work.rows("SELECT id, name FROM account WHERE id IN (SELECT value FROM json_each(?))",
                  (json.dumps(list(account_ids)),))
    )  # fmt: skip
    return _judged(work, market, wanted.columns(market), {one: names[one] for one in account_ids if one in names})


def whitespace_count(work: Work, wanted: GridFilter = WHOLE_GRID) -> int:
    """How many rows the grid has under a filter but for its states."""
    where, values = wanted.where()
    found: int = work.rows(f"SELECT count(*) FROM account a WHERE {where}", values)[0][0]
    return found


def mark_cell(work: Work, account_id: int, family: str, state: WhitespaceState, *, words: str = "") -> None:
    """Note what no contract says: whose competitor's product they have (``words`` names it), or why it is nothing for
    them. ``UserError`` for a state that follows from the contracts.
    """
    if state not in MARKS:
        raise UserError(f"{state.value.capitalize()} follows from the contracts.", "", "Mark a competitor, or as not "
                        "eligible.")  # fmt: skip
    name = _named(work, account_id, family)
    work.replace(
        WhitespaceMark, account_id=account_id, family=family, state=state, words=words.strip(), marked_at=work.now
    )
    said = "with a competitor" if state is WhitespaceState.COMPETITOR else "not eligible"
    work.journal.label = f"Marked {family} at {name} as {said}"


def clear_mark(work: Work, account_id: int, family: str) -> None:
    """Take a mark back: the contracts alone speak again."""
    name = _named(work, account_id, family)
    if not work.delete(WhitespaceMark, account_id, family):
        raise UserError(f"{family} at {name} is not marked.", "", "")
    work.journal.label = f"Took the mark of {family} at {name} back"


def grow_from_cell(work: Work, account_id: int, family: str) -> Key:
    """The opportunity for a cell: the open one where there is one, else it is made."""
    name = _named(work, account_id, family)
    found = work.row(
        "SELECT id FROM growth WHERE account_id = ? AND family = ? AND closed_at IS NULL ORDER BY id",
        (account_id, family),
    )
    if found is not None:
        return Key(True, int(found[0]))
    kinds = {kind for (kind,) in work.rows("SELECT DISTINCT kind FROM product WHERE family = ?", (family,))}
    kind = GrowthKind.ADD_ON if kinds == {"add_on"} else GrowthKind.CROSS_SELL
    growth_id = make_growth(work, account_id, kind=kind, family=family, title=f"{family} for {name}")
    mark = read_marks(work, [account_id]).get((account_id, family))
    if mark is not None and mark.state is WhitespaceState.COMPETITOR and mark.words:
        work.update(Growth, growth_id, competitor=mark.words)
    return Key(True, growth_id)


def _judged(work: Work, market: Market, families: Sequence[Family], names: dict[int, str]) -> tuple[GridRow, ...]:
    accounts, marks, growth = read_accounts(work, market, list(names)), read_marks(work, names), _growth(work, names)
    rows = []
    for account_id, name in names.items():
        account = accounts[account_id]
        cells = []
        for family in families:
            mark = marks.get((account_id, family.name))
            verdict = judge(family, account, mark, market.segments.get(account.segment))
            cells.append(
                Cell(
                    family.name, verdict.state, verdict.reason, mark is not None, growth.get((account_id, family.name))
                )
            )
        rows.append(GridRow(account_id, name, account.segment, account.partner, tuple(cells)))
    return tuple(rows)


def _growth(work: Work, account_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    rows = work.rows(
        "SELECT account_id, family, min(id) FROM growth WHERE closed_at IS NULL AND family <> '' "
        "AND account_id IN (SELECT value FROM json_each(?)) GROUP BY account_id, family",
        (json.dumps(list(account_ids)),),
    )
    return {(account_id, family): growth_id for account_id, family, growth_id in rows}


def _named(work: Work, account_id: int, family: str) -> str:
    """The account's name; ``UserError`` where it is gone, or no product is of the family."""
    found = work.row("SELECT name FROM account WHERE id = ?", (account_id,))
    if found is None:
        raise UserError("This account is gone.", f"There is no account {account_id}.", "Reload the grid.")
    if work.row("SELECT 1 FROM product WHERE family = ?", (family,)) is None:
        raise UserError(f"No product is of the family {family}.", "", "Reload the grid.")
    return str(found[0])
