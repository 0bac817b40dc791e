"""What all requests share: the org, its sessions, open cursors and jobs, the plan of faults, the day's call count."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callstation.clock import Clock
from callstation.sync.practice.org import Org
from callstation.sync.practice.web.faults import Faults
from callstation.sync.practice.web.tokens import Tokens

if TYPE_CHECKING:
    from callstation.sync.practice.web.jobs import Job

OPEN_CURSORS = 200
"""Query locators kept; the oldest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the org treats those who sign in. ``tokens`` is the file sessions are kept in, None for memory."""

    is_auto_approved: bool = False
    is_rotating: bool = False
    tokens: Path | None = None
    redirect_uris: tuple[str, ...] = ()
    """Redirects allowed beside those to loopback."""
    daily_limit: int = 100_000


@dataclass(slots=True)
class Cursor:
    """A query's rows, served page by page."""

    records: list[dict[str, Any]]
    size: int


class Site:
    """Everything that outlives one request."""

    def __init__(self, org: Org, clock: Clock, options: Options) -> None:
        self.org, self.clock, self.options = org, clock, options
        self.faults = Faults()
        self.tokens = Tokens(options.tokens)
        self.lock = threading.RLock()
        self.cursors: OrderedDict[str, Cursor] = OrderedDict()
        self.jobs: OrderedDict[str, Job] = OrderedDict()
        self.is_rotating, self.is_auto_approved = options.is_rotating, options.is_auto_approved
        self.daily_limit, self.calls = options.daily_limit, 0
        self.skew = 0.0
        self.assigned_owner_id = ""
        self.authorize_error: tuple[str, str] | None = None
        self.described_at = self.now()
        self._numbers = 0

    def now(self) -> datetime:
        """The org's own clock, skew included."""
        return self.clock.now() + timedelta(seconds=self.skew)

    def set_skew(self, seconds: float) -> None:
        self.skew = seconds
        self.org.set_skew(seconds)

    def count_call(self) -> bool:
        """Count one API call of the rolling 24 hours; False when they are used up."""
        with self.lock:
            if self.calls >= self.daily_limit:
                return False
            self.calls += 1
            return True

    def number(self) -> int:
        """1, 2, 3...: what new cursors and jobs are named by."""
        with self.lock:
            self._numbers += 1
            return self._numbers

    def keep_cursor(self, cursor_id: str, cursor: Cursor) -> None:
        with self.lock:
            self.cursors[cursor_id] = cursor
            while len(self.cursors) > OPEN_CURSORS:
                self.cursors.popitem(last=False)

    def close(self) -> None:
        """Close what this side opened; the org is its owner's."""
        self.tokens.close()
