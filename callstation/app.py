"""The application without a window: the store, the settings and the clock, and the doors to everything else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from callstation.changes import DERIVED, Changes, Image, Journal, Key, meets
from callstation.clock import Clock, SystemClock, working_date
from callstation.errors import UserError
from callstation.settings import Settings
from callstation.sync.stepping import step_again, step_back
from callstation.work import Work
from db.engine import OperationalError, connect

P = ParamSpec("P")
T = TypeVar("T")

UNDO_STEPS = 200
"""How many actions can be taken back: more than a day of calls."""


class App:
    """An open store. Usable from any thread: reads have a connection a thread, writes take turns on one."""

    def __init__(self, store: Path, *, settings: Settings | None = None, clock: Clock | None = None) -> None:
        """Open a store of our version; ``callstation.opening.open_app`` is the careful way in."""
        self.store = store
        self.clock = clock or SystemClock()
        self.settings = settings or Settings()
        self.on_changed: list[Callable[[Changes], None]] = []
        self._undo: list[Journal] = []
        self._redo: list[Journal] = []
        self._turn = threading.RLock()
        self._readers = threading.local()
        self._all: list[Any] = []
        self._writer = self._connect()
        self._seen_version = self._data_version()

    # -- the doors ---------------------------------------------------------------------------------------------

    def ask(self, question: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read, in one consistent view of the store."""
        raw = getattr(self._readers, "raw", None)
        if raw is None:
            raw = self._readers.raw = self._connect()
            raw.execute("PRAGMA query_only = ON")
        raw.execute("BEGIN")
        try:
            return question(self._work(raw), *args, **kwargs)
        finally:
            raw.execute("COMMIT")

    def do(self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One user action: one transaction, durable when this returns, one undo step, one announcement."""
        with self._turn:
            with self._writing() as work:
                result = verb(work, *args, **kwargs)
            if not work.journal.is_empty:
                self._undo.append(work.journal)
                del self._undo[:-UNDO_STEPS]
                self._redo.clear()
        if not work.journal.is_empty or work.journal.told:
            self._announce(work.journal.changes)
        return result

    def record(self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """``do`` for what no user did (a build, answers of the CRM): nothing to undo.

        Steps of the user that touched the same columns of a row, and those before them, can no longer be undone.
        """
        with self._turn:
            with self._writing() as work:
                result = verb(work, *args, **kwargs)
            self._forget_touched(work.journal)
        self._announce(work.journal.changes)
        return result

    def undo(self) -> str | None:
        """Take the last action back; what it was, or None where there is none."""
        return self._step(self._undo, self._redo, is_undo=True)

    def redo(self) -> str | None:
        """Do the last undone action again; what it was, or None where there is none."""
        return self._step(self._redo, self._undo, is_undo=False)

    @property
    def undo_label(self) -> str | None:
        """What ``undo`` would take back."""
        return self._undo[-1].label if self._undo else None

    def is_long_step(self, *, is_undo: bool) -> bool:
        """Whether the next ``undo`` (or ``redo``) touches so many rows that a window should not wait for it."""
        steps = self._undo if is_undo else self._redo
        return bool(steps) and steps[-1].reversal is not None

    def forget_steps(self) -> None:
        """Drop the undo list: rows it speaks of may have changed behind its back."""
        self._undo.clear()
        self._redo.clear()

    def _forget_touched(self, journal: Journal) -> None:
        if journal.reversal is not None:
            self.forget_steps()
        written: dict[tuple[str, Key], list[Image]] = {}
        for image in journal.images:
            if image.table not in DERIVED:
                written.setdefault((image.table, image.key), []).append(image)
        for steps in (self._undo, self._redo):
            overlap = (
                at
                for at, step in enumerate(steps)
                if step.reversal is not None
                or any(meets(image, one) for image in step.images for one in written.get((image.table, image.key), ()))
            )
            if written:
                del steps[: max(overlap, default=-1) + 1]

    def notice_outside(self) -> bool:
        """Whether another process wrote to the store since the last look; screens are told to read anew.

        Never waits: while a job writes, the look is left for the next time.
        """
        if not self._turn.acquire(blocking=False):
            return False
        try:
            version = self._data_version()
            if version == self._seen_version:
                return False
            self._seen_version = version
        finally:
            self._turn.release()
        self.forget_steps()
        self._announce(Changes(everything=True))
        return True

    def rest(self) -> None:
        """Move finished writes into the main file; called in the pauses, for its milliseconds belong to no log."""
        if self._turn.acquire(blocking=False):
            try:
                self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
            finally:
                self._turn.release()

    def close(self) -> None:
        """Close every connection; the store is complete in its main file afterwards."""
        with self._turn:
            for raw in self._all:
                raw.close()
            self._all.clear()

    # -- how -----------------------------------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        """The rep's own time zone."""
        return self.settings.zone

    def _step(self, source: list[Journal], other: list[Journal], *, is_undo: bool) -> str | None:
        with self._turn:  # until the lists are right again: another thread's action must not come between
            if self.notice_outside() or not source:
                return None
            step = source[-1]
            with self._writing() as work:
                is_corrected = False
                if step.reversal is not None:
                    step.reversal[0 if is_undo else 1](work)
                else:
                    is_corrected = step_back(work, step) if is_undo else step_again(work, step)
            other.append(source.pop())
        self._announce(step.changes)
        return f"{step.label}. Salesforce gets a correction" if is_corrected else step.label

    @contextmanager
    def _writing(self) -> Iterator[Work]:
        with self._turn:
            raw = self._writer
            work = self._work(raw)
            try:
                raw.execute("BEGIN IMMEDIATE")
                yield work
                raw.execute("COMMIT")
            except BaseException as error:
                if raw.in_transaction:
                    raw.execute("ROLLBACK")
                if isinstance(error, OperationalError):
                    raise _disk_error(error, self.store) from error
                raise

    def _work(self, raw: Any) -> Work:
        now = self.clock.now()
        settings = self.settings
        today = working_date(now, settings.zone, settings.day_turns_at_hour)
        return Work(raw, now, today, settings, Journal(), self.store.parent)

    def _connect(self) -> Any:
        raw = connect(self.store)
        self._all.append(raw)
        return raw

    def _data_version(self) -> int:
        version: int = self._writer.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _announce(self, changes: Changes) -> None:
        for listener in self.on_changed:
            listener(changes)


def _disk_error(error: Exception, store: Path) -> Exception:
    """The sentence for a disk that would not take the write; any other database error stays a bug."""
    words = str(error)
    for sign, detail, hint in (
        ("full", "The disk is full.", "Free some space, then do it again."),
        ("disk I/O error", "The disk did not take the write.", "Check the disk, then do it again."),
        ("readonly", "The store may only be read.", "Check the folder's permissions, then do it again."),
        ("locked", "Another program holds the store.", "Close it, then do it again."),
    ):
        if sign in words:
            return UserError("Not saved.", f"{detail} ({store.name}: {words})", hint)
    return error
