"""The CRM as the sync sees it: what is asked, what comes back, and which errors say what about a lost answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from callstation.errors import UserError

API_VERSION = "66.0"
"""Spring '26; the practice org answers 31.0 to 68.0."""
MOST_ROWS = 200
"""Rows of one sObject Collections request."""
MOST_PARTS, MOST_LISTS = 25, 5
"""Subrequests of one composite, and how many of them may be queries or collections."""


@dataclass(frozen=True, slots=True)
class Part:
    """One subrequest of a composite. ``path`` follows ``/services/data/vXX.0``, query string included and encoded."""

    method: str
    path: str
    body: Any = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one subrequest came to: its HTTP status and its JSON (None where there is none)."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the CRM refused a request or a row: its own code and words, and the fields it names."""

    code: str
    message: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What one row of a batch came to: the record's 18-character id, or why it was refused."""

    crm_id: str | None
    is_created: bool = False
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """API calls of the rolling 24 hours, from ``Sforce-Limit-Info``."""

    used: int
    limit: int


@dataclass(frozen=True, slots=True)
class Job:
    """A Bulk API 2.0 ingest job as the server tells of it."""

    job_id: str
    state: str
    """Open, UploadComplete, InProgress, JobComplete, Failed or Aborted."""
    processed: int = 0
    failed: int = 0
    error: str = ""

    @property
    def is_over(self) -> bool:
        return self.state in ("JobComplete", "Failed", "Aborted")


class CrmError(Exception):
    """The CRM answered with a refusal that the user cannot mend here; a bug, or its schema has changed."""

    def __init__(self, status: int, refusal: Refusal) -> None:
        super().__init__(f"{status} {refusal.code}: {refusal.message}")
        self.status, self.refusal = status, refusal


class LostAnswerError(Exception):
    """The request went out and no answer came back: it may have been carried out, or not."""


class OfflineError(UserError):
    """Nothing reached the CRM."""


class SignInError(UserError):
    """The session is over for good: only signing in again helps."""


class BudgetError(UserError):
    """The day's API calls are used up."""


class Crm(Protocol):
    """What push and pull need of a CRM. Raises the errors above; retries within, where a retry can do no harm."""

    requests: int
    """HTTP requests sent so far, retries and token calls included."""
    usage: Usage | None
    server_time: datetime | None
    """Aware UTC, from the last answer's ``Date``."""

    def composite(self, parts: Sequence[Part], *, is_repeatable: bool) -> list[Answer]:
        """Do up to 25 subrequests in order in one request. ``is_repeatable``: doing all of it twice does no harm, so
        it is sent again after a lost answer; else that raises ``LostAnswerError``."""
        ...

    def pause(self, seconds: float) -> None:
        """Wait before something is tried again."""
        ...

    def get(self, path: str) -> Any:
        """The JSON of one resource below ``/services/data/vXX.0``."""
        ...

    def open_job(self, sobject: str, operation: str, key_field: str | None) -> Job:
        """Make an empty bulk job (``insert``, ``update``, ``upsert``, ``delete``)."""
        ...

    def fill_job(self, job_id: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Upload the rows (CSV cells as Bulk 2.0 reads them: "" leaves alone, "#N/A" clears) and start the job."""
        ...

    def job(self, job_id: str) -> Job:
        """How a job stands."""
        ...

    def abort_job(self, job_id: str) -> None:
        """Give up a job that was not started."""
        ...

    def job_rows(self, job_id: str, which: str) -> list[dict[str, str]]:
        """The rows of ``successfulResults``, ``failedResults`` or ``unprocessedrecords``, in no order."""
        ...
