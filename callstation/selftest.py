"""The program's test of itself: the whole way of the data on a store of its own, with what was checked in words."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.paths import Places

LIST = """Contract no.;End customer;Product;Quantity;End;Value;Phone
T-1;Self Test & Co;Tested;12;{end};1.250,00;+16175550142
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried."""

    name: str
    is_good: bool
    words: str


def run(paint: Callable[[Path], str]) -> list[Step]:
    """Try everything in order, each step on what the one before left; stops at the first that fails.

    ``paint`` is asked in the packaged program only, where the window's parts could be missing.
    """
    from callstation.paths import Places
    from callstation.sync import selftest

    steps: list[Step] = []
    with tempfile.TemporaryDirectory(prefix="callstation-selftest-", ignore_cleanup_errors=True) as folder:
        desk = _Desk(Places(Path(folder) / "book"))
        tries: list[tuple[str, Callable[[], str]]] = [
            ("store", desk.open), ("demo", desk.fill), ("queue", desk.queue), ("log", desk.log), ("undo", desk.undo),
            ("search", desk.search), ("export", desk.export), ("documents", desk.documents),
            ("reports", desk.reports), ("import", desk.import_list),
            ("backup", desk.back_up), ("restore", desk.restore),
            ("sync", lambda: selftest.sync_inside(desk.app, calls=1)),
            ("http", selftest.over_http), ("keychain", selftest.keychain),
        ]  # fmt: skip
        if getattr(sys, "frozen", False):
            tries.append(("window", lambda: paint(Path(folder) / "window")))
        try:
            for name, attempt in tries:
                try:
                    steps.append(Step(name, True, attempt()))
                except Exception as error:  # whatever it is, the test of ourselves has failed
                    steps.append(Step(name, False, f"{type(error).__name__}: {error}"))
                    break
        finally:
            desk.close()
    return steps


class _Desk:
    """The store under test, from one step to the next."""

    def __init__(self, places: "Places") -> None:
        self._places = places
        self._app: App | None = None

    @property
    def app(self) -> "App":
        assert self._app is not None
        return self._app

    def open(self) -> str:
        from callstation.opening import open_app
        from db.schema import SCHEMA_VERSION

        self._app = open_app(self._places)
        version, sqlite = self._app.ask(
            lambda work: work.rows("SELECT user_version, sqlite_version() FROM pragma_user_version")
        )[0]
        _need(version == SCHEMA_VERSION, f"version {version} instead of {SCHEMA_VERSION}")
        return f"migrated to version {version}, SQLite {sqlite}"

    def fill(self) -> str:
        from callstation.demo import make_book

        made = self.app.record(make_book, 60, history_per_renewal=3)
        return f"{made.renewals} renewals, {made.activities} activities"

    def queue(self) -> str:
        from callstation.calling import queue

        rows = self.app.ask(queue.page).rows
        _need(bool(rows), "nobody is in the queue")
        self._target_id = rows[0].target_id
        return f"{len(rows)} to call, first {rows[0].score:.0f} points"

    def log(self) -> str:
        from callstation.calling.calls import log_outcome
        from db.vocabulary import Disposition

        note = "The self-test rang."
        self.app.do(log_outcome, self._target_id, Disposition.NO_ANSWER, note=note)
        _need(self._notes() == 1, "the call is not in the store")
        return "one call logged"

    def undo(self) -> str:
        label = self.app.undo()
        _need(self._notes() == 0, "the call is still in the store")
        self.app.redo()
        _need(self._notes() == 1, "the call did not come back")
        return f"taken back and done again: {label}"

    def search(self) -> str:
        from callstation.accounts.search import find

        hits = self.app.ask(find, "self-test rang")
        _need(bool(hits), "the note is not found")
        return f"{len(hits)} found"

    def export(self) -> str:
        from callstation.export.files import export

        sizes = []
        for name in ("renewals.xlsx", "activities.csv"):
            path = self._places.root / name
            self.app.ask(export, name.split(".")[0], path)
            sizes.append(path.stat().st_size)
            _need(sizes[-1] > 500, f"{name} is empty")
        return f"XLSX {sizes[0]:,} bytes, CSV {sizes[1]:,} bytes"

    def documents(self) -> str:
        from callstation.documents.selftest import every_format

        return every_format(self.app, self._places.documents)

    def reports(self) -> str:
        from callstation.reports.making import ReportKind, make_report
        from db.vocabulary import FileFormat

        day, sizes = self.app.ask(lambda work: work.today), []
        for form in (FileFormat.PDF, FileFormat.XLSX):
            made = make_report(self.app, ReportKind.WEEK, form, day, folder=self._places.documents)
            sizes.append(made.path.stat().st_size)
        return f"the week as PDF of {sizes[0]:,} bytes and XLSX of {sizes[1]:,}"

    def import_list(self) -> str:
        from callstation.accounts.importing import imports
        from callstation.accounts.importing.source import open_source
        from db.vocabulary import Verdict

        path = self._places.root / "list.csv"
        end = self.app.clock.now().date() + timedelta(days=30)
        path.write_text(LIST.format(end=end.isoformat()), encoding="cp1252")
        preview = self.app.ask(imports.preview, open_source(path))
        _need(preview.counts.verdicts[Verdict.NEW] == 1, f"verdicts {preview.counts.verdicts}")
        self.app.do(imports.merge, preview)
        amount = self.app.ask(lambda work: work.rows("SELECT value FROM contract WHERE number = 'T-1'"))[0][0]
        _need(amount == 12_500_000, f"1.250,00 was read as {amount}")
        return "one row of a cp1252 list with a decimal comma"

    def back_up(self) -> str:
        from callstation.backup import make_backup, verify

        verdict = verify(make_backup(self.app, self._places.backups))
        _need(verdict.is_good, verdict.problem)
        return f"{verdict.size:,} bytes, read back"

    def restore(self) -> str:
        from callstation.backup import restore
        from callstation.opening import open_app

        self.close()
        verdict, _aside = restore(self._places, None, _now())
        self._app = open_app(self._places)
        _need(self._notes() == 1, "the logged call is not in the backup")
        return f"{verdict.counts['activity']} activities back"

    def close(self) -> None:
        if self._app is not None:
            self._app.close()
            self._app = None

    def _notes(self) -> int:
        found: int = self.app.ask(
            lambda work: work.rows("SELECT count(*) FROM activity WHERE note LIKE 'The self-test%'")
        )[0][0]
        return found


def _now() -> datetime:
    from callstation.clock import SystemClock

    return SystemClock().now()


def _need(is_so: bool, words: str) -> None:
    """Not an assert, which an optimised build would leave out."""
    if not is_so:
        raise RuntimeError(words)
