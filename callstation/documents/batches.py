"""The batches there were: how far each came, what is blocked in it, and which can be gone on with."""

from dataclasses import dataclass
from datetime import datetime

from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import BatchState, DocumentKind, FileFormat


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch as a list shows it."""

    batch_id: int
    name: str
    kind: DocumentKind
    file_format: FileFormat
    language: str
    folder: str
    """Below the documents folder, with forward slashes."""
    state: BatchState
    created_at: datetime
    finished_at: datetime | None
    made: int
    blocked: int
    left: int
    """Not made yet: it was stopped, or the program ended."""

    @property
    def total(self) -> int:
        return self.made + self.blocked + self.left


@dataclass(frozen=True, slots=True)
class BlockedRow:
    """One document of a batch that could not be made, and why."""

    position: int
    account_id: int
    account: str
    renewal_id: int | None
    contract: str
    problem: str


def batches(work: Work, *, limit: int = 100) -> tuple[BatchRow, ...]:
    """The batches, the newest first."""
    return tuple(
        BatchRow(
            row[0], row[1], DocumentKind(row[2]), FileFormat(row[3]), row[4], row[5], BatchState(row[6]),
            from_micros(row[7]), None if row[8] is None else from_micros(row[8]), *row[9:],
        )
        for row in work.rows(
            "SELECT b.id, b.name, b.kind, b.format, b.language, b.folder, b.state, b.created_at, b.finished_at, "
            "count(*) FILTER (WHERE i.state = 'done'), count(*) FILTER (WHERE i.state = 'blocked'), "
            "count(*) FILTER (WHERE i.state = 'waiting') "
            "FROM document_batch b LEFT JOIN batch_item i ON i.batch_id = b.id "
            "GROUP BY b.id ORDER BY b.created_at DESC, b.id DESC LIMIT ?",
            (limit,),
        )
    )  # fmt: skip


def interrupted(work: Work) -> tuple[BatchRow, ...]:
    """The batches that were stopped, by the user or by the end of the program, with something left to make."""
    return tuple(one for one in batches(work) if one.left)


def blocked_of(work: Work, batch_id: int) -> tuple[BlockedRow, ...]:
    """What a batch could not make, each with why."""
    return tuple(
        BlockedRow(position, account_id, account, renewal_id, contract or "", problem)
        for position, account_id, account, renewal_id, contract, problem in work.rows(
            "SELECT i.position, i.account_id, a.name, i.renewal_id, k.number, i.problem FROM batch_item i "
            "JOIN account a ON a.id = i.account_id LEFT JOIN renewal r ON r.id = i.renewal_id "
            "LEFT JOIN contract k ON k.id = r.contract_id WHERE i.batch_id = ? AND i.state = 'blocked' "
            "ORDER BY i.position",
            (batch_id,),
        )
    )
