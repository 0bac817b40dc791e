"""Backups of the store: complete copies made while calls go on, thinned out by age, verified before use."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from callstation.app import App
from callstation.errors import UserError
from callstation.paths import Places
from callstation.sync.restored import doubt
from callstation.work import Work
from db.engine import APPLICATION_ID, DatabaseError, connect
from db.reading import connect_to_read
from db.schema import SCHEMA_VERSION, back_up, version_in_file

HOURLY, DAILY, WEEKLY = 24, 14, 8
"""How many are kept: the newest of each of that many hours, days and weeks (trust.md, R6)."""
STAMP = "callstation-%Y%m%d-%H%M%S"
NOUNS = ("account", "contact", "renewal", "activity", "callback")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reading a whole backup has shown. ``problem`` is "" for a good one; ``counts`` is rows by noun."""

    path: Path
    made_at: datetime | None
    size: int
    version: int
    counts: dict[str, int]
    problem: str

    @property
    def is_good(self) -> bool:
        return not self.problem


def make_backup(app: App, folder: Path) -> Path:
    """Write a new backup of the open store into ``folder`` and thin out the old ones; where it lies."""
    target = write_backup(app, folder)
    thin_out(folder, target)
    return target


def write_backup(app: App, folder: Path) -> Path:
    """Write a new backup of the open store into ``folder`` and leave the others; where it lies.

    The copy gets its name when it is complete, so that a kill leaves nothing that looks like a backup.
    """
    moment = app.clock.now()
    while (target := folder / f"{moment.strftime(STAMP)}.db").exists():  # two in one second are two
        moment += timedelta(seconds=1)
    copy_store(app, target)
    return target


def thin_out(folder: Path, newest: Path) -> list[Path]:
    """Delete what the rotation drops of a folder, ``newest`` and what it would displace aside; what was deleted."""
    others = [made for made in list_backups(folder) if made != newest]
    dropped = to_drop(others, {path for path in others if holds_accounts(path)})
    for path in dropped:
        path.unlink()
    return dropped


def holds_accounts(path: Path) -> bool:
    """Whether a backup has at least one account; one that cannot be read has none."""
    try:
        raw = connect_to_read(path)
        try:
            return bool(raw.execute("SELECT EXISTS (SELECT 1 FROM account)").fetchone()[0])
        finally:
            raw.close()
    except (OSError, DatabaseError):
        return False


def copy_store(app: App, target: Path) -> None:
    """Write a complete copy of the open store to ``target``, whoever writes to the store meanwhile."""

    def copy(work: Work) -> None:
        back_up(work.raw, target)

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        app.ask(copy)
    except (OSError, DatabaseError) as error:
        raise UserError(
            "The backup could not be written.", f"{target}: {error}", "Check the disk and its space."
        ) from error


def is_due(folder: Path, now: datetime) -> bool:
    """Whether an hour has passed since the newest backup."""
    newest = max((made_at(path) for path in list_backups(folder)), default=None)
    return newest is None or now - newest >= timedelta(hours=1) or newest > now + timedelta(hours=1)


def list_backups(folder: Path) -> list[Path]:
    """The rotated backups of a folder, oldest first; files of other names are left out."""
    found = []
    for path in folder.glob("callstation-*.db"):
        try:
            made_at(path)
        except ValueError:
            continue
        found.append(path)
    return sorted(found)


def made_at(path: Path) -> datetime:
    """The moment in a backup's name; ``ValueError`` where it is not one of ours."""
    return datetime.strptime(path.stem, STAMP).replace(tzinfo=UTC)


def to_drop(paths: Iterable[Path], full: Collection[Path]) -> list[Path]:
    """Which backups to delete: all but the newest of each of the last 24 hours, 14 days and 8 weeks that have one.

    ``full`` are those that hold accounts; they are thinned out among themselves, never because of an empty one.
    """
    every = list(paths)
    return [
        *_displaced(path for path in every if path in full),
        *(path for path in _displaced(every) if path not in full),
    ]


def _displaced(paths: Iterable[Path]) -> list[Path]:
    newest_first = sorted(paths, key=made_at, reverse=True)
    kept: set[Path] = set()
    for limit, span in ((HOURLY, "%Y%m%d%H"), (DAILY, "%Y%m%d"), (WEEKLY, "%G%V")):
        first_of: dict[str, Path] = {}
        for path in newest_first:
            first_of.setdefault(made_at(path).strftime(span), path)
        kept.update(list(first_of.values())[:limit])
    return [path for path in newest_first if path not in kept]


def verify(path: Path) -> Verdict:
    """Read a backup whole: its pages, its references, its version, what it holds. Never raises, never writes to it."""
    size = path.stat().st_size if path.exists() else 0
    try:
        moment: datetime | None = made_at(path)
    except ValueError:
        moment = None
    counts: dict[str, int] = {}
    version, problem = 0, ""
    try:
        application, version = version_in_file(path)
        if application != APPLICATION_ID:
            problem = "it is no Callstation store"
        elif version > SCHEMA_VERSION:
            problem = f"a newer Callstation wrote it (version {version})"
        else:
            raw = connect_to_read(path)
            try:
                answer = raw.execute("PRAGMA quick_check").fetchone()[0]
                problem = "" if answer == "ok" else str(answer).splitlines()[0]
                for noun in NOUNS if not problem and version else ():
                    counts[noun] = raw.execute(f"SELECT count(*) FROM {noun}").fetchone()[0]
            finally:
                raw.close()
    except (OSError, DatabaseError, RuntimeError) as error:
        problem = str(error)
    return Verdict(path, moment, size, version, counts, problem)


def newest_good(folder: Path) -> Verdict | None:
    """The newest backup that verifies and has accounts, else the newest that verifies, else None."""
    newest: Verdict | None = None
    for path in reversed(list_backups(folder)):
        verdict = verify(path)
        if verdict.is_good and verdict.counts.get("account"):
            return verdict
        if verdict.is_good and newest is None:
            newest = verdict
    return newest


def restore(places: Places, source: Path | None, now: datetime) -> tuple[Verdict, Path | None]:
    """Put a backup in the store's place; ``source`` None takes the newest good one.

    The replaced store is kept beside the backups; returns the restored backup and where the old store went (None
    where there was none). Raises ``UserError`` where the backup is damaged or the store in use; then nothing changed.
    """
    if source is not None and not source.is_file():
        raise UserError(
            "This backup cannot be restored.",
            f"{source} {'is a folder, not a file' if source.is_dir() else 'is not there'}.",
            "Give the file of a backup, or none for the newest good one.",
        )
    verdict = verify(source) if source is not None else newest_good(places.backups)
    if verdict is None:
        raise UserError(
            "There is no good backup.", f"{places.backups} holds none that can be read.", "Give the file of a copy."
        )
    if not verdict.is_good:
        raise UserError("This backup cannot be restored.", f"{verdict.path}: {verdict.problem}.", "Take another one.")
    places.root.mkdir(parents=True, exist_ok=True)
    half = places.store.with_name(places.store.name + ".restored.part")
    half.unlink(missing_ok=True)
    raw = connect_to_read(verdict.path)
    try:
        back_up(raw, half)
    finally:
        raw.close()
    doubt(half, places.store, now)
    # A journal left without its store counts: SQLite would play it back into the restored one.
    is_there = any(places.store.with_name(places.store.name + ending).exists() for ending in ("", "-wal"))
    aside = _set_aside(places, now) if is_there else None
    half.replace(places.store)
    return verdict, aside


def _set_aside(places: Places, now: datetime) -> Path:
    """Move the store with its journal out of the way, under a name that no rotation deletes."""
    if places.store.exists():
        refuse_in_use(places.store)
    places.backups.mkdir(parents=True, exist_ok=True)
    aside = places.backups / f"replaced-{now.strftime('%Y%m%d-%H%M%S')}.db"
    number = 1
    while aside.exists():
        number += 1
        aside = aside.with_stem(f"replaced-{now.strftime('%Y%m%d-%H%M%S')}-{number}")
    # The journal first: a store without it is whole as of the last checkpoint, a journal without its store is lost.
    for ending in ("-wal", "-shm", ""):
        part = places.store.with_name(places.store.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    return aside


def refuse_in_use(store: Path) -> None:
    """``UserError`` where another program has the store open; a damaged store is in nobody's use."""
    try:
        raw = connect(store)
    except (DatabaseError, RuntimeError):
        return
    try:
        raw.execute("PRAGMA busy_timeout = 0")
        # Leaving WAL needs the file for oneself, and brings the whole journal into the main file.
        raw.execute("PRAGMA journal_mode = DELETE")
    except DatabaseError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise UserError(
                "The store is open in another window or program.",
                f"{store} is in use.",
                "Close Callstation, then restore.",
            ) from error
    finally:
        raw.close()
