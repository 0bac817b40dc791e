"""The index of a batch: a sheet in its folder that says what became of each document."""

from pathlib import Path

from callstation.documents.disk import PART, sync_folder, told
from callstation.export.files import write_xlsx
from callstation.export.sheets import Column, Kind, Sheet
from callstation.work import Work
from db.vocabulary import BatchState

NAME = "Index.xlsx"
COLUMNS = (
    Column("number", "Number", Kind.NUMBER), Column("account", "Account"), Column("contract", "Contract"),
    Column("file", "File"), Column("state", "State"), Column("problem", "Problem"),
)  # fmt: skip
_STATES = {
    BatchState.DONE: "made",
    BatchState.BLOCKED: "blocked",
    BatchState.WAITING: "not made yet",
    BatchState.CANCELLED: "not made yet",
}


def index_rows(work: Work, batch_id: int) -> list[tuple[int, str, str, str, str, str]]:
    """Every document of a batch: number, account, contract, file, state and problem in words."""
    return [
        (number, account, contract or "", (path or "").rpartition("/")[2], _STATES[BatchState(state)], problem)
        for number, account, contract, path, state, problem in work.rows(
            "SELECT i.position, a.name, k.number, d.path, i.state, i.problem FROM batch_item i "
            "JOIN account a ON a.id = i.account_id LEFT JOIN renewal r ON r.id = i.renewal_id "
            "LEFT JOIN contract k ON k.id = r.contract_id LEFT JOIN document d ON d.id = i.document_id "
            "WHERE i.batch_id = ? ORDER BY i.position",
            (batch_id,),
        )
    ]


def write_index(work: Work, batch_id: int, folder: Path) -> Path:
    """Write the index of a batch into its folder, over an older one; where it lies. ``UserError`` from the disk."""
    path = folder / NAME
    half = path.with_name(NAME + PART)
    with told(folder):
        try:
            write_xlsx(Sheet("index", COLUMNS, list(index_rows(work, batch_id))), half)
            half.replace(path)
        except OSError:
            half.unlink(missing_ok=True)
            raise
        sync_folder(folder)
    return path
