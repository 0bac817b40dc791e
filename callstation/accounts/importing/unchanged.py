"""Rows that stand in a list just as they stood when it was last imported: known by a digest, and not looked at again.

This is what makes a second import of a file touch only what changed in the file: what the rep has corrected in the
book since then is not overwritten by a row that says what it has always said.
"""

from collections.abc import Callable
from hashlib import blake2b

from callstation.accounts.importing.cells import text_of
from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.layout import Table
from callstation.accounts.importing.mapping import Mapping
from callstation.accounts.importing.typed import Assumptions
from callstation.work import Work

SIZE = 8
"""Bytes of a digest: among a million rows two fall together once in 37 million files."""


def row_digests(table: Table, mapping: Mapping, assumed: Assumptions) -> list[bytes]:
    """One for each row, of the cells that are used and of how they are understood."""
    choices = sorted(mapping.values(), key=lambda choice: choice.field)
    order, mark = assumed.date_order or assumed.usual_order, assumed.decimal_mark or assumed.usual_mark
    understood = repr(([choice.field for choice in choices], assumed.region, assumed.currency, order, mark))
    if assumed.plan_months or assumed.valid_on:  # of a price list
        understood += repr((assumed.plan_months, assumed.valid_on))
    key = blake2b(understood.encode(), digest_size=16).digest()
    return [
        blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=SIZE, key=key).digest()
        for row in zip(*(table.columns[choice.column] for choice in choices), strict=True)
    ]


def remembered_digests(work: Work, source_id: int | None) -> set[bytes]:
    """Of the rows that the source's last import took, unless that was undone."""
    row = source_id and work.row(
        "SELECT row_digests FROM import_batch WHERE source_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
        (source_id,),
    )
    packed: bytes = row[0] if row and row[0] else b""
    return {packed[at : at + SIZE] for at in range(0, len(packed), SIZE)}


Together = tuple[tuple[Field, Callable[[str], str]], ...]
"""Fields, each with its key: rows with one key in a field that the list has are looked at together."""


def changed_rows(
    table: Table, mapping: Mapping, digests: list[bytes], known: set[bytes], together: Together
) -> list[int] | None:
    """Positions of the rows to look at: what changed, and all rows that go together with it; None: every row.

    The rows of a customer are looked at together, for the first of several details they give is the one that counts.
    """
    grouped = [(item, key_of) for item, key_of in together if item in mapping]
    if not known or not grouped:
        return None
    wanted = {at for at, digest in enumerate(digests) if digest not in known}
    if not wanted:
        return []
    groups = []
    for item, key_of in grouped:
        cells = table.columns[mapping[item].column]
        by_cell = {cell: key_of(text_of(cell)) for cell in set(cells)}
        groups.append([by_cell[cell] for cell in cells])
    before = -1
    while before != len(wanted):
        before = len(wanted)
        for keys in groups:
            touched = {keys[at] for at in wanted}
            wanted = {at for at, key in enumerate(keys) if key in touched}
    return sorted(wanted)


def part_of(table: Table, rows: list[int]) -> Table:
    """The same table with these rows alone."""
    too_long = {place: table.too_long[at] for place, at in enumerate(rows) if at in table.too_long}
    return Table(
        table.headers,
        tuple([column[at] for at in rows] for column in table.columns),
        [table.row_numbers[at] for at in rows],
        table.skipped,
        too_long,
        table.header_row,
        table.rows_in_file,
    )
