"""A look at the health of a store: what is checked, what was found, and what to do about it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from callstation.app import App
from callstation.backup import list_backups, made_at, newest_good, verify
from callstation.clock import Clock
from callstation.demo.bulk import SEARCH, rebuild_search
from callstation.errors import UserError
from callstation.opening import refuse_lost
from callstation.paths import Places, refuse_unsafe
from callstation.settings import load_settings
from callstation.work import Work
from db.engine import DatabaseError
from db.schema import SCHEMA_VERSION, StoreState, state_of
from db.stored import to_micros

LEAST_FREE_MB = 500
RELEASED_AT = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock before this is wrong, for the program did not exist."""


class Health(StrEnum):
    """How a check went."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was found, and what to do next ("" where nothing needs doing)."""

    check: str
    health: Health
    found: str
    advice: str = ""


def examine(places: Places, clock: Clock) -> list[Finding]:
    """Check everything that can be checked; never raises for what is wrong with the store."""
    from callstation.documents.health import documents
    from callstation.renewals.health import retention, snapshots
    from callstation.sync import health

    findings = [_place(places), _disk(places)]
    state, version = state_of(places.store)
    findings.append(_lost(places) or _version(state, version))
    if state is StoreState.CURRENT:
        app: App | None = None
        try:
            app = App(places.store, settings=load_settings(places.settings), clock=clock)
            own = (_sqlite, _integrity, _references, _search, _targets, _clock)
            others = (documents, snapshots, retention, health.sync, health.outbox, health.keychain)
            findings += [_tried(app, check) for check in (*own, *others)]
        except DatabaseError as error:
            findings.append(_damaged("integrity", str(error)))
        except UserError as error:
            findings.append(Finding("settings", Health.BAD, f"{error.title} {error.detail}", error.hint))
        except RuntimeError as error:  # what ``db.engine`` says of a SQLite too old or a disk without locks
            findings.append(Finding("sqlite", Health.BAD, f"{error}.", "Install Callstation anew, on a local disk."))
        finally:
            if app is not None:
                app.close()
    findings.append(_backups(places, clock.now()))
    return findings


def rebuild(work: Work) -> list[str]:
    """Make everything anew that can be computed: search, call targets, today's order. Run by ``app.record``."""
    from callstation.calling.day import build_day
    from callstation.calling.targets import refresh_targets
    from callstation.renewals.kept import refresh_kept
    from callstation.renewals.snapshots import look_at_all

    for index in SEARCH:
        rebuild_search(work.raw, index)
    changed = refresh_targets(work)
    refresh_kept(work)
    look_at_all(work)
    placed = build_day(work)
    return [f"search: {len(SEARCH)} indexes", f"call targets: {changed} changed", f"today's order: {placed} placed"]


def _tried(app: App, check: Callable[[Work], Finding]) -> Finding:
    try:
        return app.ask(check)
    except DatabaseError as error:
        return _damaged(check.__name__.lstrip("_"), str(error))


def _damaged(check: str, words: str) -> Finding:
    return Finding(check, Health.BAD, f"The store is damaged: {words}.", "Restore a backup: callstation restore")


def _place(places: Places) -> Finding:
    try:
        refuse_unsafe(places.root)
    except UserError as error:
        return Finding("place", Health.BAD, f"{error.title} {error.detail}", error.hint)
    return Finding("place", Health.GOOD, str(places.root))


def _disk(places: Places) -> Finding:
    there: Path = next(path for path in (places.root, *places.root.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    if free < LEAST_FREE_MB:
        return Finding("disk", Health.WARNING, f"{free:,} MB free.", "Free some space, or nothing more can be saved.")
    return Finding("disk", Health.GOOD, f"{free:,} MB free.")


def _sqlite(work: Work) -> Finding:
    return Finding("sqlite", Health.GOOD, f"SQLite {work.rows('SELECT sqlite_version()')[0][0]}.")


def _lost(places: Places) -> Finding | None:
    try:
        refuse_lost(places)
    except UserError as error:
        return Finding("version", Health.BAD, f"{error.title} {error.detail}", error.hint)
    return None


def _version(state: StoreState, version: int) -> Finding:
    found = {
        StoreState.MISSING: (Health.WARNING, "There is no store yet.", "Start Callstation, or import a list."),
        StoreState.CURRENT: (Health.GOOD, f"Version {version}.", ""),
        StoreState.OLDER: (
            Health.WARNING,
            f"Version {version}, ours is {SCHEMA_VERSION}.",
            "The next start upgrades it.",
        ),
        StoreState.NEWER: (Health.BAD, f"Version {version}, newer than ours.", "Install the newer Callstation."),
        StoreState.FOREIGN: (Health.BAD, "It is no Callstation store.", "Restore a backup: callstation restore"),
    }
    return Finding("version", *found[state])


def _integrity(work: Work) -> Finding:
    answers = [str(row[0]) for row in work.rows("PRAGMA integrity_check(5)")]
    if answers != ["ok"]:
        return _damaged("integrity", answers[0].splitlines()[0])
    mode = work.rows("PRAGMA journal_mode")[0][0]
    pages = work.rows("PRAGMA page_count")[0][0] * work.rows("PRAGMA page_size")[0][0]
    if mode != "wal":
        return Finding(
            "integrity", Health.BAD, f"The journal is {mode}.", "The disk does not allow write-ahead logging."
        )
    return Finding("integrity", Health.GOOD, f"Sound, {pages / 1e6:,.1f} MB, write-ahead log on.")


def _references(work: Work) -> Finding:
    broken = work.rows("PRAGMA foreign_key_check")
    if broken:
        return Finding(
            "references", Health.BAD, f"{len(broken)} rows of {broken[0][0]} point to nothing.", "Restore a backup."
        )
    return Finding("references", Health.GOOD, "Every row finds what it refers to.")


def _search(work: Work) -> Finding:
    wrong = []
    work.raw.execute("PRAGMA query_only = OFF")  # the check is worded as an insert; it writes nothing
    try:
        for index, (table, _, condition) in SEARCH.items():
            try:
                work.raw.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
            except DatabaseError:
                wrong.append(index)
                continue
            rows, found = work.rows(
                f"SELECT (SELECT count(*) FROM {table} {condition}), (SELECT count(*) FROM {index}_docsize)"
            )[0]
            if rows != found:
                wrong.append(index)
    finally:
        work.raw.execute("PRAGMA query_only = ON")
    if wrong:
        return Finding(
            "search", Health.WARNING, f"Out of step: {', '.join(wrong)}.", "Type: callstation doctor --rebuild"
        )
    return Finding("search", Health.GOOD, f"{len(SEARCH)} indexes in step.")


def _targets(work: Work) -> Finding:
    renewals, lost, targets = work.rows(
        "SELECT (SELECT count(*) FROM renewal WHERE closed_at IS NULL), "
        "(SELECT count(*) FROM renewal WHERE closed_at IS NULL AND target_id IS NULL), "
        "(SELECT count(*) FROM call_target)"
    )[0]
    if lost:
        return Finding(
            "targets", Health.WARNING, f"{lost:,} of {renewals:,} open renewals stand in no queue.",
            "Type: callstation doctor --rebuild",
        )  # fmt: skip
    return Finding(
        "targets", Health.GOOD, f"{renewals:,} open renewals, all in the queue through {targets:,} call targets."
    )


def _clock(work: Work) -> Finding:
    newest = work.rows("SELECT max(happened_at) FROM activity")[0][0]
    if work.now < RELEASED_AT:
        return Finding("clock", Health.BAD, f"It says {work.now:%Y-%m-%d}.", "Set the computer's clock.")
    if newest is not None and newest > to_micros(work.now + timedelta(minutes=5)):
        return Finding(
            "clock", Health.WARNING, "There are activities from the future: the clock was or is wrong.",
            "Compare the computer's clock with another one.",
        )  # fmt: skip
    return Finding("clock", Health.GOOD, f"{work.now.astimezone(work.settings.zone):%Y-%m-%d %H:%M %Z}.")


def _backups(places: Places, now: datetime) -> Finding:
    kept = list_backups(places.backups)
    if not kept:
        return Finding("backups", Health.WARNING, "There is none.", "Type: callstation backup")
    good = newest_good(places.backups)
    if good is None:
        return Finding("backups", Health.BAD, f"None of {len(kept)} can be read.", "Type: callstation backup")
    if good.path != kept[-1]:
        fault = "holds no accounts" if verify(kept[-1]).is_good else "is damaged"
        return Finding("backups", Health.WARNING, f"The newest, {kept[-1].name}, {fault}.", "Type: callstation backup")
    words = f"{len(kept)} kept, the newest good one from {made_at(good.path):%Y-%m-%d %H:%M} UTC."
    if now - made_at(good.path) > timedelta(days=7):
        return Finding("backups", Health.WARNING, words, "Type: callstation backup")
    return Finding("backups", Health.GOOD, words)
