"""The only place a thread begins: long work in a pool, its results delivered on the GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

from callstation.errors import CancelledError

T = TypeVar("T")
Progress = Callable[[int, int, str], object]


class Report:
    """Handed to the work: call it with (done, total, words) as it goes; it raises ``CancelledError`` once stopped."""

    def __init__(self, job: "Job[Any]", relay: "_Relay") -> None:
        self._job, self._relay = job, relay

    @property
    def is_cancelled(self) -> bool:
        """Whether the user stopped the work, or nobody waits for it any more."""
        return self._job.stop.is_set()

    def sleep(self, seconds: float) -> None:
        """Wait, but no longer than the work is wanted; raises ``CancelledError`` once stopped."""
        if self._job.stop.wait(seconds):
            raise CancelledError

    def __call__(self, done: int, total: int, words: str = "") -> None:
        if self.is_cancelled:
            raise CancelledError
        self._relay.progressed.emit(self._job, done, total, words)


@dataclass(eq=False, slots=True)
class Job(Generic[T]):
    """One piece of work under way, as ``Jobs.run`` returns it."""

    fn: Callable[[Report], T]
    done: Callable[[T], object] | None
    failed: Callable[[Exception], object] | None
    progress: Progress | None
    label: str
    owner: QObject | None
    stop: Event = field(default_factory=Event)
    is_stale: bool = False

    def cancel(self) -> None:
        """Ask the work to stop at its next report; ``failed`` then receives ``CancelledError``."""
        self.stop.set()

    def drop(self) -> None:
        """Stop, and deliver nothing: the answer is no longer wanted."""
        self.is_stale = True
        self.stop.set()


class _Relay(QObject):
    """Lives on the GUI thread; its signals carry answers there."""

    finished = Signal(object, object, object)  # job, result, error
    progressed = Signal(object, int, int, str)


class _Task(QRunnable):
    def __init__(self, job: Job[Any], relay: _Relay) -> None:
        super().__init__()
        self._job, self._relay = job, relay

    def run(self) -> None:
        job, result, error = self._job, None, None
        try:
            if job.stop.is_set():
                raise CancelledError
            result = job.fn(Report(job, self._relay))
        except Exception as raised:  # delivered to the GUI thread below, whatever it is
            error = raised
        if isValid(self._relay):
            self._relay.finished.emit(job, result, error)


class Jobs:
    """All background work of one window, in one pool."""

    def __init__(self) -> None:
        self._pool, self._relay = QThreadPool(), _Relay()
        self._relay.finished.connect(self._on_finished)
        self._relay.progressed.connect(self._on_progressed)
        self._running: list[Job[Any]] = []

    @property
    def running(self) -> list[str]:
        """The labels of what is under way, oldest first."""
        return [job.label for job in self._running]

    def run(
        self,
        fn: Callable[[Report], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        progress: Progress | None = None,
        label: str = "",
        owner: QObject | None = None,
    ) -> Job[T]:
        """Run ``fn(report)`` off the GUI thread; ``done``, ``failed`` and ``progress`` are called on the GUI thread.

        A new job with the same owner and label replaces the older one, whose answer is dropped; so is any answer
        whose owner is gone. Without ``failed`` an error is raised on the GUI thread, where the error screen shows it.
        """
        if owner is not None:
            for other in self._running:
                if other.owner is owner and other.label == label:
                    other.drop()
        job = Job(fn, done, failed, progress, label, owner)
        self._running.append(job)
        self._pool.start(_Task(job, self._relay))
        return job

    def finish(self, wait_ms: int = 5000) -> bool:
        """Drop all work and wait for it to stop; whether all of it did."""
        for job in self._running:
            job.drop()
        return self._pool.waitForDone(wait_ms)

    def _is_wanted(self, job: Job[Any]) -> bool:
        return not job.is_stale and (job.owner is None or isValid(job.owner))

    @Slot(object, int, int, str)
    def _on_progressed(self, job: Job[Any], done: int, total: int, words: str) -> None:
        if job.progress is not None and self._is_wanted(job):
            job.progress(done, total, words)

    @Slot(object, object, object)
    def _on_finished(self, job: Job[Any], result: Any, error: Exception | None) -> None:
        self._running.remove(job)
        if not self._is_wanted(job):
            return
        if error is None:
            if job.done is not None:
                job.done(result)
        elif job.failed is not None:
            job.failed(error)
        elif not isinstance(error, CancelledError):
            raise error
