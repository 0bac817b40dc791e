"""A long command's progress on a terminal, and Ctrl-C that stops it between two requests."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from callstation.sync.run import Report

WORDS = b"\nStopping after this request. Ctrl-C again ends at once; nothing is lost either way.\n"


@contextmanager
def stopping() -> Iterator[Event]:
    """Set by the first Ctrl-C, which also ends a wait on it; the second ends the command where it stands."""
    asked = Event()

    def on_press(*_: Any) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        if sys.stderr.isatty():
            os.write(sys.stderr.fileno(), WORDS)  # not print: the press may have come in the middle of one

    before = signal.signal(signal.SIGINT, on_press)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress() -> Iterator["Report"]:
    """One line on a terminal that says what is going on and how far it is; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, total, words: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as shown:
        line = shown.add_task("", total=None)

        def report(done: int, total: int, words: str) -> None:
            shown.update(line, completed=done, total=total or None, description=words, refresh=True)

        yield report
