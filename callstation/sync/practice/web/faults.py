"""Planned faults: which request meets what, so that a test or a trainer can have the network and the org misbehave."""

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from callstation.sync.practice.errors import OrgError

KINDS = frozenset(
    (
        *(
            "drop_after",
            "drop_before",
            "refuse",
            "delay",
            "truncate",
            "401",
            "403_daily",
            "403_concurrent",
            "500",
            "503",
        ),
        *("row_lock", "repeat_page", "reorder_page", "validation_rule", "duplicate_rule", "clock_skew"),
        *("expire_sessions", "daily_limit"),
    )
)
ANSWERS = {
    "401": OrgError("INVALID_SESSION_ID", "Session expired or invalid", status=401),
    "403_daily": OrgError("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", status=403),
    "403_concurrent": OrgError("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.", status=403),
    "500": OrgError("UNKNOWN_EXCEPTION", "An unexpected error occurred.", status=500),
    "503": OrgError("SERVER_UNAVAILABLE", "The server is temporarily unavailable.", status=503),
}


class CutError(Exception):
    """The connection ends here: nothing of the answer is sent (``sent`` None), or only its first bytes."""

    def __init__(self, kind: str, head: tuple[str, list[tuple[str, str]]] | None = None, sent: bytes = b"") -> None:
        super().__init__(kind)
        self.kind, self.head, self.sent = kind, head, sent


@dataclass(slots=True)
class Fault:
    """What happens to the ``at``-th request (1 is the next) of those that match, and to the ``times - 1`` after it.

    Without ``at`` it begins with the first that matches. ``path`` is a regular expression searched in path and query,
    ``times`` 0 means always. ``is_after``: an answer such as 503 comes although the work was done. ``rows`` are the
    row numbers (from 0) of a ``row_lock``, all without it. ``facts`` are what a rule, a skew or a limit needs.
    """

    kind: str
    at: int = 1
    times: int = 1
    method: str = ""
    path: str = ""
    is_after: bool = False
    seconds: float = 0.0
    rows: tuple[int, ...] | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    met: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault is called {self.kind!r}; there are: {', '.join(sorted(KINDS))}")
        re.compile(self.path)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Fault":
        """From JSON; keys that are no field of a fault become ``facts``. Raises ``ValueError`` or ``TypeError``."""
        names = {one.name for one in fields(cls)} - {"facts", "met"}
        own = {key: value for key, value in values.items() if key in names}
        if isinstance(own.get("rows"), list):
            own["rows"] = tuple(own["rows"])
        rest = {key: value for key, value in values.items() if key not in names}
        return cls(**own, facts={**rest.pop("facts", {}), **rest})

    def fires(self, method: str, path: str) -> bool:
        """Count this request if it matches, and say whether it is hit."""
        if (self.method and self.method.upper() != method) or not re.search(self.path, path):
            return False
        self.met += 1
        return self.met >= self.at and (self.times == 0 or self.met < self.at + self.times)


@dataclass(frozen=True, slots=True)
class Seen:
    """One request the server met; ``status`` 0 where its answer was cut."""

    number: int
    method: str
    path: str
    status: int


class Faults:
    """The plan and what has been seen so far; safe from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plan: list[Fault] = []
        self._seen: list[Seen] = []
        self._count = 0

    def plan(self, *faults: Fault) -> None:
        """Add faults; each counts requests from now on."""
        with self._lock:
            self._plan += faults

    def reset(self) -> None:
        """Forget the plan and the requests."""
        with self._lock:
            self._plan, self._seen, self._count = [], [], 0

    def take(self, method: str, path: str) -> tuple[int, list[Fault]]:
        """This request's number and what it shall meet."""
        with self._lock:
            self._count += 1
            return self._count, [fault for fault in self._plan if fault.fires(method, path)]

    def note(self, number: int, method: str, path: str, status: int) -> None:
        with self._lock:
            self._seen.append(Seen(number, method, path, status))

    @property
    def seen(self) -> list[Seen]:
        """The requests since the last reset, in the order of their answers; control calls are not among them."""
        with self._lock:
            return list(self._seen)


def locked_rows(faults: Iterable[Fault], count: int) -> set[int]:
    """Which of ``count`` rows another transaction holds."""
    held: set[int] = set()
    for fault in faults:
        if fault.kind == "row_lock":
            held |= set(range(count)) if fault.rows is None else {row for row in fault.rows if row < count}
    return held


def lock_error(record_id: str = "") -> OrgError:
    return OrgError(
        "UNABLE_TO_LOCK_ROW",
        f"unable to obtain exclusive access to this record or 1 records: {record_id or '001000000000000AAA'}",
    )
